"""A day is planned the same way each time, and what is planned is what a platform accepts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from airport_brain.operations import aidx
from airport_brain.scenarios.hongqiao_day.day import Day, Plan, plan_day
from airport_brain.scenarios.hongqiao_day.faces import Cast
from airport_brain.scenarios.hongqiao_day.flights import Leg
from airport_brain.scenarios.hongqiao_day.speakers.gate_camera import photos
from airport_brain.scenarios.hongqiao_day.speakers.terminal import location
from airport_brain.scenarios.hongqiao_day.telling import Telling
from cargo_platform import fsu, parse_awb
from passenger_id.formats import dcs_json
from spatiotemporal import jt808, jt808_frame

START = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
HOUR = Day(seed=7, speed=1.0, scale=1.0, hours=1.0, start=START)
CAST = 6


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_day(HOUR, cast=CAST)


def said(plan: Plan) -> list[tuple[datetime, bytes]]:
    """Every message of the day that does not depend on a connection."""
    tellings: list[Telling] = [*plan.flights, *plan.freight, *plan.journeys]
    return [(telling.at, telling.body) for telling in tellings]


def reported(plan: Plan, seconds: int) -> list[bytes]:
    """Bodies of the location reports of all terminals."""
    reports = []
    for second in range(0, seconds, 5):
        for driver in plan.drivers:
            driver.advance_to(second)
            report = location(driver.motion(), START + timedelta(seconds=second))
            reports.append(
                jt808.encode(
                    jt808.Message(header=jt808_header(driver.vehicle.phone, second), body=report)
                )
            )
    return reports


def jt808_header(phone: str, serial: int) -> jt808_frame.Header:
    return jt808_frame.Header(message_id=jt808.LOCATION, phone=phone, serial=serial)


def test_the_same_day_is_said_twice_byte_for_byte(plan: Plan) -> None:
    again = plan_day(HOUR, cast=CAST)
    assert said(again) == said(plan)
    assert again.travellers == plan.travellers


def test_vehicles_report_the_same_twice_byte_for_byte() -> None:
    small = replace(HOUR, scale=0.3)
    first, again = plan_day(small, cast=0), plan_day(small, cast=0)
    assert reported(first, 900) == reported(again, 900)


def test_speed_changes_nothing_but_marks_from_the_future(plan: Plan) -> None:
    fast = plan_day(replace(HOUR, speed=10.0), cast=CAST)
    assert [(t.at, t.body) for t in fast.flights] == [(t.at, t.body) for t in plan.flights]
    assert [(t.at, t.body) for t in fast.freight] == [(t.at, t.body) for t in plan.freight]
    for one, slow in zip(fast.travellers, plan.travellers, strict=True):
        assert replace(one, screened_at=slow.screened_at) == slow
        told_at = START + (one.checked_in_at - START) / 10
        assert one.screened_at <= told_at


def test_another_seed_is_another_day(plan: Plan) -> None:
    other = plan_day(replace(HOUR, seed=8), cast=CAST)
    assert {t.body for t in other.flights}.isdisjoint({t.body for t in plan.flights})
    assert {t.body for t in other.freight}.isdisjoint({t.body for t in plan.freight})


def test_the_hour_has_the_traffic_of_a_busy_hour(plan: Plan) -> None:
    moving = [leg for leg in plan.legs if START <= leg.actual <= HOUR.end and not leg.cancelled]
    assert 38 <= len(moving) <= 54
    assert len(plan.drivers) == 200
    assert len({telling.subject for telling in plan.freight}) == 500
    assert any(leg.moved for leg in plan.legs)
    assert [leg for leg in plan.legs if leg.cancelled_at and START < leg.cancelled_at < HOUR.end]


def test_flight_messages_are_whole_and_read_without_a_notice(plan: Plan) -> None:
    for telling in plan.flights:
        (message,) = aidx.parse(telling.body)
        assert message.notices == ()
        assert aidx.encode(message) == telling.body


def test_freight_messages_are_canonical(plan: Plan) -> None:
    for telling in plan.freight:
        (message,) = fsu.parse(telling.body, reference=START)
        assert fsu.encode(message) == telling.body
        assert message.consignment.awb == parse_awb(telling.subject)


def test_journey_messages_are_read(plan: Plan) -> None:
    for telling in plan.journeys:
        message, _ = dcs_json.read_journey(telling.body)
        assert message.screened_at is not None
        assert message.screened_at <= telling.at


def test_what_is_past_is_told_in_the_first_seconds(plan: Plan) -> None:
    told = {t.subject for t in plan.flights if t.at <= START + timedelta(seconds=15)}
    due = {leg.display for leg in plan.legs if leg.scheduled <= START + timedelta(hours=1)}
    assert due <= told
    assert all(telling.at >= START for telling in (*plan.flights, *plan.freight, *plan.journeys))


def test_stands_are_not_used_twice_at_once(plan: Plan) -> None:
    stays: dict[str, list[tuple[datetime, datetime, str]]] = {}
    arrivals = {leg.registration: leg for leg in plan.legs if leg.arriving}
    for leg in plan.legs:
        if not leg.arriving:
            arrival = arrivals[leg.registration]
            stays.setdefault(leg.stand, []).append(
                (arrival.scheduled, leg.scheduled, leg.registration)
            )
    for stand, uses in stays.items():
        for (_, until, _), (since, _, aircraft) in pairwise(sorted(uses)):
            assert until <= since, f"stand {stand} is not free for {aircraft}"


def test_everything_of_a_leg_is_said_in_order_of_its_moments(plan: Plan) -> None:
    for telling, following in pairwise(plan.flights):
        assert telling.at <= following.at


def last_message(plan: Plan, leg: Leg) -> bytes:
    return [t.body for t in plan.flights if t.subject == leg.display][-1]


def test_a_cancelled_leg_ends_with_its_cancellation(plan: Plan) -> None:
    for leg in plan.legs:
        if leg.cancelled:
            assert b">DX</OperationalStatus>" in last_message(plan, leg)


def test_cameras_see_the_same_picture_twice(plan: Plan) -> None:
    cast = Cast.load()
    assert len(cast.people) == CAST
    traveller = next(one for one in plan.travellers if one.face is not None)
    assert photos(traveller, cast) == photos(traveller, Cast.load())
    assert photos(traveller, cast)[0] != photos(traveller, cast)[1]
