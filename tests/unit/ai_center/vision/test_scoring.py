"""Events against the truth, by hand."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from ai_center.vision.core_data import core_datum
from ai_center.vision.happenings import Happening, Milestone
from ai_center.vision.scoring import by_milestone, matched, scored
from ai_center.vision.watching import Event


def event(milestone: Milestone, at_s: float) -> Event:
    return Event(milestone=milestone, at_s=at_s, told_s=at_s + 12, confidence=0.8, zone="z")


TRUTH = (
    Happening(milestone=Milestone.ON_BLOCK, at_s=100.0),
    Happening(milestone=Milestone.FUEL_IN, at_s=300.0),
    Happening(milestone=Milestone.CHOCKS_OFF, at_s=900.0),
    Happening(milestone=Milestone.OFF_BLOCK, at_s=1000.0),
)


def test_pairs_missed_and_false_events_are_counted() -> None:
    told = [
        event(Milestone.ON_BLOCK, 102.0),
        event(Milestone.ON_BLOCK, 97.0),
        event(Milestone.FUEL_IN, 340.0),
        event(Milestone.OFF_BLOCK, 1004.0),
    ]
    rows = matched(TRUTH, told)
    assert sum(row.found for row in rows) == 2
    found = scored([rows])
    # Chocks off is behind the tug and not asked for; the nearer of the two on-blocks is the pair.
    assert (found.happened, found.told, found.found) == (3, 4, 2)
    assert found.precision.value == pytest.approx(0.5)
    assert found.recall.value == pytest.approx(2 / 3)
    assert found.f1.value == pytest.approx(4 / 7)
    assert found.off_s.value == pytest.approx(3.0)
    assert found.bias_s == pytest.approx(3.0)
    assert found.delay_s == pytest.approx(15.0)
    assert by_milestone([rows])[Milestone.FUEL_IN].found == 0


def test_intervals_come_from_films_and_hold_the_value() -> None:
    good = matched(TRUTH, [event(one.milestone, one.at_s + 1) for one in TRUTH[:2]])
    bad = matched(TRUTH, [])
    found = scored([good] * 8 + [bad] * 2)
    assert found.recall.low <= found.recall.value <= found.recall.high
    assert found.recall.low < found.recall.high
    assert scored([good] * 5).off_s.low == pytest.approx(1.0)


def test_nothing_to_measure_is_not_a_number() -> None:
    found = scored([matched([], [])])
    assert math.isnan(found.f1.value)
    assert math.isnan(found.off_s.value)


def test_core_data_carry_time_confidence_and_source() -> None:
    start = datetime(2026, 11, 27, 4, tzinfo=UTC)
    found = core_datum(event(Milestone.OFF_BLOCK, 60.0), start=start, stand="215", model="m@1")
    assert (found.code, found.name, found.acdm) == ("off_block", "航空器推出", "AOBT")
    assert found.at == datetime(2026, 11, 27, 4, 1, tzinfo=UTC)
    assert (found.known_at - found.at).total_seconds() == 12
    assert (found.confidence, found.source) == (0.8, "video")
    with pytest.raises(ValueError, match="time zone"):
        core_datum(
            event(Milestone.ON_BLOCK, 1.0), start=start.replace(tzinfo=None), stand="1", model="m"
        )
