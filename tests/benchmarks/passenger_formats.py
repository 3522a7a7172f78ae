"""Reading passenger formats: messages a second on one core, beside a bare reader of the same bytes.

The bare reader cuts the same fields out by their offsets or marks and looks at nothing: the least that
any reader must do. CPU time is measured, so that other work on the machine disturbs less.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from passenger_id.formats import bcbp, gb11643, mrz, name_list, paxlst

pytestmark = pytest.mark.benchmark_run

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SECONDS = 1.0

MANDATORY = b"M1ZHANG/SAN           EK7Q2ZP SHAPEKMU 5101 328Y031A0017 100"
FULL = (
    b"M1ZHANG/SAN           EK7Q2ZP SHAPEKMU 5101 328Y031A0017 14E>8180WW6327BMU 1781234567001"
    b"2A7811234567890 0MU MU 620012345678     20KN*3ABCD^108SIGNATUR"
)
ZONE = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
NUMBER = b"11010519491231002X"
LIST = (
    b"PNL\nMU5101/24NOV SHA PART1\n-PEK100Y\n"
    + b"".join(
        b"1ZHANG/SAN%sMR .L/K7Q2ZP/MU\n.R/VGML HK1\n.R/TKNE HK1 781123456%04d/1\n"
        % (bytes([65 + i % 26]) * (1 + i // 26), i)
        for i in range(100)
    )
    + b"ENDPNL\n"
)
PERSON = (
    b"NAD+FL+++ZHANG:SAN'ATT+2++M'DTM+329:800229'LOC+178+PVG'LOC+179+NRT'NAT+2+CHN'"
    b"RFF+AVF:K7Q2ZP'DOC+P:110:111+E12345678'DTM+36:310101'LOC+91+CHN'"
)
PAXLST = (
    b"UNB+UNOA:4+MUAIR+CUSTOMS+261124:0455+1'UNH+1+PAXLST:D:02B:UN:IATA'BGM+745'TDT+20+MU523+++MU'"
    + PERSON * 100
    + b"CNT+42:100'UNT+1005+1'UNZ+1+1'"
)


def rate(work: Callable[[], object]) -> float:
    """Rounds a second of CPU time, the best of three spells."""
    best = 0.0
    for _ in range(3):
        rounds, started = 0, time.process_time()
        while (spent := time.process_time() - started) < SECONDS / 3:
            for _ in range(20):
                work()
            rounds += 20
        best = max(best, rounds / spent)
    return best


LEG = ((23, 30), (30, 33), (33, 36), (36, 39), (39, 44), (44, 47), (47, 48), (48, 52), (52, 57))
UNIQUE = ((64, 65), (65, 66), (66, 67), (67, 71), (71, 72), (72, 75), (75, 88))
REPEATED = ((90, 93), (93, 103), (103, 104), (104, 105), (105, 108), (108, 111), (111, 127))
LAST = ((127, 128), (128, 131), (131, 132), (132, 138), (139, 140), (142, 150))


def cut(data: bytes, *spans: tuple[tuple[int, int], ...]) -> list[str]:
    """The bare reader of fixed fields."""
    text = data.decode("ascii")
    return [text[start:end].rstrip(" <") for part in spans for start, end in part]


def compared(name: str, ours: float, bare: float, least: float) -> None:
    sys.stdout.write(
        f"\n{name:24} {ours:10,.0f}/s  {1e6 / ours:8.1f} us   bare {bare:10,.0f}/s, {bare / ours:.1f} x\n"
    )
    assert ours >= least


def test_boarding_passes() -> None:
    mandatory = rate(lambda: bcbp.parse(MANDATORY, reference=NOW))
    bare = rate(lambda: cut(MANDATORY, ((2, 22), (22, 23)), LEG))
    compared("bcbp, mandatory items", mandatory, bare, 50_000)
    full = rate(lambda: bcbp.parse(FULL, reference=NOW))
    bare = rate(lambda: cut(FULL, ((2, 22), (22, 23)), LEG, UNIQUE, REPEATED, LAST))
    compared("bcbp, all items", full, bare, 50_000)
    (message,) = bcbp.parse(FULL, reference=NOW)
    compared("bcbp, written", rate(lambda: bcbp.encode(message)), bare, 5_000)


def test_machine_readable_zones() -> None:
    spans = ((0, 2), (2, 5), (5, 44), (45, 54), (55, 58), (58, 64), (65, 66), (66, 72), (73, 87))
    ours = rate(lambda: mrz.parse(ZONE, reference=NOW))
    compared("mrz, passport", ours, rate(lambda: cut(ZONE, spans)), 5_000)


def test_identity_numbers() -> None:
    ours = rate(lambda: gb11643.parse(NUMBER, reference=NOW))
    bare = rate(lambda: cut(NUMBER, ((0, 6), (6, 14), (14, 17), (17, 18))))
    compared("gb11643", ours, bare, 10_000)


def test_name_lists() -> None:
    ours = rate(lambda: name_list.parse(LIST, reference=NOW))
    bare = rate(lambda: [line.split(" .") for line in LIST.decode("ascii").split("\n")])
    compared("pnl, 100 names", ours, bare, 50)


def test_paxlst() -> None:
    ours = rate(lambda: paxlst.parse(PAXLST, reference=NOW))
    bare = rate(
        lambda: [
            [element.split(":") for element in segment.split("+")]
            for segment in PAXLST.decode("ascii").split("'")
        ]
    )
    compared("paxlst, 100 people", ours, bare, 20)
