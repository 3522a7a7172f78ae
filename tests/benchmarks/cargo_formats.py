"""Freight messages per second of one core, beside the least that reading the same bytes can cost.

The twin of a Cargo-IMP reader splits the text into lines and fields; that of an XML reader parses with
lxml and visits every element; that of ONE Record loads the JSON. Rates are of processor time, so that
other work on the machine counts little; several different messages are read in turn.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from lxml import etree

from cargo_platform.formats import ffm, fhl, fsu, fwb, mt, one_record, xfsu
from tests.unit.cargo_platform.formats.test_cargo_xml import STATUS
from tests.unit.cargo_platform.formats.test_fhl import LABELLED
from tests.unit.cargo_platform.formats.test_fsu import EXAMPLES, HEAD
from tests.unit.cargo_platform.formats.test_fwb import WAYBILL_16, WAYBILL_17
from tests.unit.cargo_platform.formats.test_manifests import FULL
from tests.unit.cargo_platform.formats.test_mt import ALLOTTED, TALLY
from tests.unit.cargo_platform.formats.test_one_record import SHIPMENT

pytestmark = pytest.mark.benchmark_run

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SECONDS = 1.0
LOWEST = {"FSU": 20_000, "FWB": 5_000}
"""Messages per second of one core that the platform needs."""


def wire(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def split(data: bytes) -> object:
    return [line.split("/") for line in data.decode("ascii").split("\r\n")]


def visit(data: bytes) -> object:
    return [(element.tag, element.text) for element in etree.fromstring(data).iter()]


MESSAGES: dict[str, tuple[list[bytes], Callable[[bytes], object], Callable[[bytes], object]]] = {
    "FSU": (
        [wire(f"{HEAD}{line}\n") for line in EXAMPLES.values()],
        lambda data: fsu.parse(data, reference=NOW),
        split,
    ),
    "FSU, 3 statuses": (
        [wire(f"{HEAD}{EXAMPLES['RCS']}\n{EXAMPLES['DEP']}\n{EXAMPLES['RCF']}\n")],
        lambda data: fsu.parse(data, reference=NOW),
        split,
    ),
    "FWB": (
        [wire(WAYBILL_17), wire(WAYBILL_16)],
        lambda data: fwb.parse(data, reference=NOW),
        split,
    ),
    "FFM": ([wire(FULL)], lambda data: ffm.parse(data, reference=NOW), split),
    "FHL": ([wire(LABELLED)], lambda data: fhl.parse(data, reference=NOW), split),
    "XFSU": ([STATUS], xfsu.parse, visit),
    "MT": ([TALLY.encode(), ALLOTTED.encode()], mt.parse, visit),
    "ONE Record": ([SHIPMENT.encode()], one_record.parse, json.loads),
}


def rate(read: Callable[[bytes], object], messages: list[bytes]) -> float:
    """Messages per second of processor time, the best of three runs."""
    best = 0.0
    for _ in range(3):
        count, started = 0, time.process_time()
        while (spent := time.process_time() - started) < SECONDS / 3:
            for data in messages:
                read(data)
            count += len(messages)
        best = max(best, count / spent)
    return best


def test_messages_per_second() -> None:
    lines = [f"{'':16}{'bytes':>7}{'read/s':>10}{'bare/s':>10}{'ratio':>7}"]
    rates = {}
    for name, (messages, read, bare) in MESSAGES.items():
        rates[name], least = rate(read, messages), rate(bare, messages)
        size = sum(map(len, messages)) // len(messages)
        lines.append(
            f"{name:16}{size:7}{rates[name]:10,.0f}{least:10,.0f}{least / rates[name]:7.1f}"
        )
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    for name, lowest in LOWEST.items():
        assert rates[name] >= lowest, f"{name}: {rates[name]:,.0f}/s"
