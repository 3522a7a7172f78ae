"""The life of a leg: nothing is known before it happens, some of it late, one piece at the start."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from airport_brain.scenarios.hongqiao_day.day import Day, Plan, plan_day
from airport_brain.scenarios.hongqiao_day.flight_news import FIRST_TOLD_S, Known, tell_life
from airport_brain.scenarios.hongqiao_day.flights import Leg

START = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
SEED = 4
SHIFT = Day(seed=SEED, speed=1.0, scale=1.0, hours=6.0, start=START)


@pytest.fixture(scope="module")
def lives() -> list[tuple[Leg, list[Known]]]:
    plan: Plan = plan_day(SHIFT, cast=0)
    return [(leg, tell_life(SEED, leg, START)) for leg in plan.legs]


def test_no_actual_time_is_known_before_it_happens(lives: list[tuple[Leg, list[Known]]]) -> None:
    for leg, news in lives:
        for known in news:
            early = {
                event
                for (event, kind), moment in known.times.items()
                if kind == "ACT" and moment > known.at
            }
            assert not early, f"{leg.display} at {known.at}"


def test_news_come_in_order_and_after_the_start(lives: list[tuple[Leg, list[Known]]]) -> None:
    for _, news in lives:
        moments = [known.at for known in news]
        assert moments == sorted(moments)
        assert moments[0] > START


def test_what_was_known_at_the_start_is_one_piece(lives: list[tuple[Leg, list[Known]]]) -> None:
    first = START + timedelta(seconds=FIRST_TOLD_S)
    for leg, news in lives:
        at_once = [known for known in news if known.as_of == START]
        assert len(at_once) <= 1
        if leg.scheduled < START + timedelta(hours=2):
            assert at_once
            assert at_once[0].at <= first


def test_a_departure_ends_airborne_and_an_arrival_with_its_last_bag(
    lives: list[tuple[Leg, list[Known]]],
) -> None:
    for leg, news in lives:
        if leg.cancelled:
            assert news[-1].status == "DX"
            assert ("OFB", "ACT") not in news[-1].times
            continue
        last = max(news, key=lambda known: len(known.times))
        assert (("LBG" if leg.arriving else "TKO"), "ACT") in last.times


def test_some_news_are_late_and_some_are_overtaken(lives: list[tuple[Leg, list[Known]]]) -> None:
    found: Counter[str] = Counter()
    for _, news in lives:
        stamps = [known.as_of for known in news]
        found["overtaken"] += stamps != sorted(stamps)
        last = news[-1]
        actual = max((m for (_, kind), m in last.times.items() if kind == "ACT"), default=last.at)
        found["late"] += last.at - actual > timedelta(minutes=5)
    assert found["overtaken"] >= 3
    assert found["late"] >= 3


def test_changes_of_stand_are_told(lives: list[tuple[Leg, list[Known]]]) -> None:
    moved = [(leg, news) for leg, news in lives if leg.moved and leg.moved.at > START]
    assert moved
    for leg, news in moved:
        assert leg.moved is not None
        assert {known.stand for known in news} == {leg.stand, leg.moved.stand}
        assert news[-1].gate == leg.moved.gate
