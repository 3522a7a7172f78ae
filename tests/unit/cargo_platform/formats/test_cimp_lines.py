"""Texts of many lines are read from a table of them, with the same result as from a list."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime

import pytest

from cargo_platform.formats import fsu, fwb
from cargo_platform.formats.cimp_lines import FEW, Line, Table, each_row
from cargo_platform.formats.cimp_segments import segments
from service_bus import Malformed

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TEXT = "FWB/17\n  OSI/A\n/B\nSSR/C\n"


def table() -> Table:
    lines = Table(TEXT, array("I"))
    at = 0
    for number, row in enumerate(each_row(TEXT), 1):
        lines.add(Line(number, row.strip(), len(row) - len(row.lstrip())), at)
        at += len(row) + 1
    return lines


def test_a_table_gives_the_lines_put_in() -> None:
    lines = table()
    whole = [Line(1, "FWB/17"), Line(2, "OSI/A", 2), Line(3, "/B"), Line(4, "SSR/C")]
    assert list(lines) == whole
    assert list(lines[1:3]) == whole[1:3]
    assert lines[-1] == whole[-1]
    with pytest.raises(IndexError):
        lines[4]


def test_segments_of_many_lines_are_those_of_few() -> None:
    few = [Line(number, text) for number, text in enumerate(["OSI/A", "/B", "SSR/C"], 1)]
    found = segments(few * FEW)
    told = [(one.identifier, list(one.lines)) for one in segments(few)]
    assert told == [("OSI", few[:2]), ("SSR", few[2:])]
    assert [(one.identifier, list(one.lines)) for one in found] == told * FEW
    assert [one.identifier for one in found[1:3]] == ["SSR", "OSI"]
    assert list(segments([Line(1, "/X"), *few * FEW])[0].lines) == [Line(1, "/X")]


def test_a_waybill_of_very_many_lines_is_read_whole() -> None:
    head = b"FWB/17\r\n112-12345675PVGFRA/T25K1250.5\r\nFLT/CK261/23\r\nRTG/FRACK\r\n"
    texts = [b"OSI/LINE %d\r\n" % number for number in range(2 * FEW)]
    (message,) = fwb.parse(head + b"".join(texts), reference=NOW)
    assert message.other_service[0] == "LINE 0"
    assert message.other_service[-1] == f"LINE {2 * FEW - 1}"


def test_a_fault_far_behind_names_its_line() -> None:
    head = b"FSU/12\r\n112-12345675PVGFRA/T25\r\n"
    status = b"RCS/23NOV1015/PVG/T25\r\n"
    with pytest.raises(Malformed) as caught:
        fsu.parse(head + status * 2 * FEW + b"  XXX\r\n", reference=NOW)
    assert caught.value.position == f"line {2 * FEW + 3} column 3"
