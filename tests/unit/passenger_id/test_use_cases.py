"""Enrol, verify, withdraw, sweep and the feeds behind them, over every store."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from passenger_id.domain import JourneyId, ModelRef, State
from passenger_id.errors import (
    ConsentMissing,
    EncoderUnavailable,
    EnrolmentRefused,
    GuardianRequired,
    NotEnrolled,
    PhotoRefused,
    UnknownJourney,
)
from passenger_id.events import JOURNEY_RECEIVED
from passenger_id.gate import Decision
from passenger_id.ports import Store
from passenger_id.service import ConsentGiven
from service_bus import Reject
from tests.unit.passenger_id.desk import NOW, STD, Desk, TurnedClock, flat_picture, picture

CONSENT = ConsentGiven(version="2026-11", channel="kiosk")
SAME, OTHER = picture(1), picture(2)


async def enrolled(desk: Desk, **changes: object) -> JourneyId:
    journey_id = desk.state_journey(**changes)
    await desk.passengers.enrol(journey_id, SAME, CONSENT, actor="counter")
    return journey_id


async def shown(
    desk: Desk, journey_id: JourneyId, photo: bytes = SAME, gate: str = "D12", event_id: str = ""
) -> Decision:
    return await desk.gate.verify(journey_id, photo, gate=gate, actor="kiosk", event_id=event_id)


def said(decision: Decision) -> tuple[str, str]:
    return str(decision.verdict.outcome), decision.verdict.reason.code


def state(desk: Desk, journey_id: JourneyId) -> State:
    return desk.passengers.journey(journey_id)[0].state


async def test_the_same_person_boards_with_another_photo(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    decision = await shown(desk, journey_id, picture(1, noise=6))
    assert said(decision) == ("match", "face_match")
    assert decision.journey.state is State.BOARDED
    assert decision.verdict.score is not None
    assert decision.verdict.model.sha256 == desk.encoder.model.sha256
    journey, _, steps = desk.passengers.journey(journey_id)
    assert journey.state is State.BOARDED
    assert [(s.to, str(s.method)) for s in steps] == [
        (State.CHECKED_IN, "dcs"),
        (State.ID_VERIFIED, "security_mark"),
        (State.SCREENED, "security_mark"),
        (State.GATE_RECHECK, "face"),
        (State.BOARDED, "face"),
    ]
    assert {s.score_band for s in steps if str(s.method) == "face"} == {"strong"}


async def test_another_person_does_not(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    decision = await shown(desk, journey_id, OTHER)
    assert said(decision) == ("no_match", "face_differs")
    assert state(desk, journey_id) is State.SCREENED


async def test_a_second_scan_is_a_duplicate(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    await shown(desk, journey_id)
    assert said(await shown(desk, journey_id)) == ("refused", "duplicate")
    assert len([s for s in desk.passengers.journey(journey_id)[2] if s.to is State.BOARDED]) == 1


async def test_two_gates_at_once_board_once(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    answers = await asyncio.gather(*(shown(desk, journey_id) for _ in range(5)))
    outcomes = sorted(said(answer)[0] for answer in answers)
    assert outcomes == ["match", "refused", "refused", "refused", "refused"]


async def test_the_same_event_gets_the_same_answer(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    first = await shown(desk, journey_id, event_id="kiosk-7-0001")
    again = await shown(desk, journey_id, OTHER, event_id="kiosk-7-0001")
    assert said(again) == said(first) == ("match", "face_match")
    assert again.verdict == first.verdict


@pytest.mark.parametrize(
    ("status", "code"),
    [("DX", "flight_cancelled"), ("GCL", "gate_closed"), ("DV", "flight_diverted")],
)
async def test_a_closed_flight_refuses_with_its_reason(desk: Desk, status: str, code: str) -> None:
    journey_id = await enrolled(desk)
    desk.announce_flight(status={"code": status, "zh": "…", "en": "…"})
    decision = await shown(desk, journey_id)
    assert said(decision) == ("refused", code)
    assert decision.flight is not None
    assert decision.flight.status_code == status
    assert decision.verdict.reason.zh


async def test_a_departure_ends_every_journey_of_the_flight(desk: Desk) -> None:
    aboard = await enrolled(desk)
    left = desk.state_journey(booking_reference="LATE99", sequence=18, seat="14C")
    await shown(desk, aboard)
    desk.clock.turn(hours=2)
    desk.announce_flight(actual=desk.clock.now.isoformat(), status={"code": "OFB"})
    assert state(desk, aboard) is State.FLOWN
    assert state(desk, left) is State.NO_SHOW
    assert said(await shown(desk, left)) == ("refused", "flight_departed")


async def test_the_gate_as_announced_counts(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    desk.announce_flight(gates=["E3"])
    assert said(await shown(desk, journey_id, gate="D12")) == ("refused", "wrong_gate")
    assert [j.id for j, _ in desk.passengers.at_gate("E3")] == [journey_id]
    assert said(await shown(desk, journey_id, gate="e3")) == ("match", "face_match")


async def test_without_a_security_mark_a_match_identifies_but_does_not_board(desk: Desk) -> None:
    journey_id = await enrolled(desk, screened_at=None)
    decision = await shown(desk, journey_id)
    assert said(decision) == ("match", "id_verified")
    assert decision.journey.state is State.ID_VERIFIED
    assert said(await shown(desk, journey_id)) == ("refused", "not_screened")
    desk.state_journey(screened_at=NOW.isoformat())
    assert said(await shown(desk, journey_id)) == ("match", "face_match")
    assert state(desk, journey_id) is State.BOARDED


async def test_not_checked_in_is_said_before_any_face_is_looked_at(desk: Desk) -> None:
    journey_id = desk.state_journey(sequence=None)
    desk.encoder.available = False
    assert said(await shown(desk, journey_id)) == ("refused", "not_checked_in")


async def test_without_enrolment_the_document_is_asked_for(desk: Desk) -> None:
    journey_id = desk.state_journey()
    assert said(await shown(desk, journey_id)) == ("refused", "not_enrolled")


async def test_withdrawal_removes_only_the_face(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    desk.passengers.withdraw(journey_id, actor="counter")
    assert desk.passengers.census().active_templates == 0
    assert said(await shown(desk, journey_id)) == ("refused", "consent_withdrawn")
    assert state(desk, journey_id) is State.SCREENED
    with pytest.raises(NotEnrolled):
        desk.passengers.withdraw(journey_id, actor="counter")
    await desk.passengers.enrol(journey_id, SAME, CONSENT, actor="counter")
    assert said(await shown(desk, journey_id)) == ("match", "face_match")


async def test_a_model_that_is_away_sends_to_the_desk(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    desk.encoder.available = False
    decision = await shown(desk, journey_id)
    assert said(decision) == ("refused", "centre_starting")
    assert decision.verdict.degraded
    with pytest.raises(EncoderUnavailable):
        await desk.passengers.enrol(journey_id, SAME, CONSENT, actor="counter")


async def test_a_degraded_answer_never_boards(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    desk.encoder.degraded = True
    decision = await shown(desk, journey_id)
    assert said(decision) == ("refused", "degraded")
    assert decision.verdict.degraded
    assert state(desk, journey_id) is State.SCREENED


async def test_another_model_never_compares(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    desk.encoder.model = ModelRef(name="other", version="1", sha256="c" * 64)
    assert said(await shown(desk, journey_id)) == ("refused", "model_changed")


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        (flat_picture(), "no_face"),
        (picture(1, width=480), "several_faces"),
        (b"\xff\xd8\xffnothing", "not_an_image"),
    ],
)
async def test_an_unusable_photo_is_refused_with_its_reason(
    desk: Desk, photo: bytes, code: str
) -> None:
    journey_id = await enrolled(desk)
    assert said(await shown(desk, journey_id, photo)) == ("refused", code)
    with pytest.raises(PhotoRefused) as refused:
        await desk.passengers.enrol(journey_id, photo, CONSENT, actor="counter")
    assert (refused.value.field, refused.value.code) == ("photo", code)


@pytest.mark.parametrize(
    ("liveness", "minimum", "expected"),
    [
        (0.1, 0.0, ("match", "face_match")),
        (0.1, 0.5, ("refused", "presentation_attack_suspected")),
        (0.5, 0.5, ("match", "face_match")),
        (None, 0.5, ("refused", "degraded")),
        (None, 0.0, ("match", "face_match")),
    ],
)
async def test_a_face_that_does_not_look_live_goes_to_the_desk_where_that_is_asked(
    store: Store,
    clock: TurnedClock,
    liveness: float | None,
    minimum: float,
    expected: tuple[str, str],
) -> None:
    desk = Desk(store, clock, min_liveness=minimum)
    journey_id = await enrolled(desk)
    desk.encoder.liveness = liveness
    assert said(await shown(desk, journey_id)) == expected
    assert state(desk, journey_id) is (State.BOARDED if expected[0] == "match" else State.SCREENED)


@pytest.mark.parametrize("given", [replace(CONSENT, version=" "), replace(CONSENT, channel="")])
async def test_no_consent_no_enrolment(desk: Desk, given: ConsentGiven) -> None:
    journey_id = desk.state_journey()
    with pytest.raises(ConsentMissing):
        await desk.passengers.enrol(journey_id, SAME, given, actor="counter")
    assert desk.passengers.census().active_templates == 0


async def test_under_fourteen_a_guardian_consents(desk: Desk) -> None:
    journey_id = desk.state_journey()
    child = replace(CONSENT, born=date(2012, 11, 25))
    with pytest.raises(GuardianRequired):
        await desk.passengers.enrol(journey_id, SAME, child, actor="counter")
    done = await desk.passengers.enrol(
        journey_id, SAME, replace(child, guardian="mother"), actor="counter"
    )
    assert done.consent.guardian == "mother"
    birthday = replace(CONSENT, born=date(2012, 11, 24))
    await desk.passengers.enrol(journey_id, SAME, birthday, actor="counter")


async def test_nobody_enrols_for_a_journey_that_is_over(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    await shown(desk, journey_id)
    with pytest.raises(EnrolmentRefused):
        await desk.passengers.enrol(journey_id, SAME, CONSENT, actor="counter")
    late = desk.state_journey(booking_reference="LATE99", sequence=18)
    desk.clock.turn(hours=30)
    with pytest.raises(EnrolmentRefused):
        await desk.passengers.enrol(late, SAME, CONSENT, actor="counter")


async def test_an_unknown_journey_is_said(desk: Desk) -> None:
    with pytest.raises(UnknownJourney):
        await shown(desk, JourneyId("nobody"))


async def test_templates_go_two_hours_after_departure(desk: Desk) -> None:
    journey_id = await enrolled(desk)
    desk.clock.turn(hours=2, minutes=10)
    desk.announce_flight(actual=desk.clock.now.isoformat())
    assert desk.passengers.sweep() == 0
    desk.clock.turn(hours=1, minutes=59)
    assert desk.passengers.census().templates_overdue == 0
    assert desk.passengers.sweep() == 1
    assert desk.passengers.census().active_templates == 0
    assert not desk.passengers.journey(journey_id)[0].enrolled


async def test_templates_go_a_day_after_schedule_when_no_departure_is_told(desk: Desk) -> None:
    await enrolled(desk)
    desk.announce_flight(status={"code": "CX"})
    desk.clock.now = STD + timedelta(hours=24) - timedelta(minutes=3)
    assert desk.passengers.sweep() == 0
    desk.clock.turn(minutes=2)
    assert desk.passengers.sweep() == 1


def test_a_message_applied_twice_is_one_journey(desk: Desk) -> None:
    first = desk.state_journey(message_id="m-00000001")
    again = desk.state_journey(message_id="m-00000001", seat="33F")
    assert first == again
    assert desk.passengers.journey(first)[0].seat == "12A"


def test_a_later_message_changes_the_seat_and_keeps_the_state(desk: Desk) -> None:
    journey_id = desk.state_journey()
    desk.state_journey(seat="33F", screened_at=None)
    journey = desk.passengers.journey(journey_id)[0]
    assert (journey.seat, journey.state) == ("33F", State.SCREENED)


def test_a_message_that_was_held_up_overwrites_nothing(desk: Desk) -> None:
    journey_id = desk.state_journey(seat="33F", screened_at=None)
    desk.clock.turn(minutes=-5)
    desk.state_journey(seat="12A", gate="E3")
    journey = desk.passengers.journey(journey_id)[0]
    assert (journey.seat, journey.gate) == ("33F", "D12")
    assert journey.state is State.SCREENED


def test_an_offload_is_final_and_frees_the_sequence(desk: Desk) -> None:
    journey_id = desk.state_journey()
    desk.state_journey(status="offloaded")
    assert state(desk, journey_id) is State.OFFLOADED
    desk.state_journey(booking_reference="NEXT01")


def test_two_passengers_of_one_sequence_are_rejected(desk: Desk) -> None:
    desk.state_journey()
    with pytest.raises(Reject) as rejected:
        desk.state_journey(booking_reference="NEXT01")
    assert rejected.value.facts["field"] == "sequence"


def test_a_mark_from_the_future_is_rejected(desk: Desk) -> None:
    with pytest.raises(Reject) as rejected:
        desk.state_journey(screened_at=(NOW + timedelta(hours=1)).isoformat())
    assert rejected.value.facts["field"] == "screened_at"


def test_bytes_that_are_no_journey_are_rejected_with_the_place(desk: Desk) -> None:
    with pytest.raises(Reject) as rejected:
        desk.feeds.apply_journeys([desk.record(JOURNEY_RECEIVED, b"[]")])
    assert rejected.value.facts["position"] == "line 1 column 1"


def test_arrivals_are_not_kept(desk: Desk) -> None:
    journey_id = desk.state_journey()
    desk.announce_flight(direction="arrival")
    assert desk.passengers.journey(journey_id)[1] is None
    desk.announce_flight()
    assert desk.passengers.journey(journey_id)[1] is not None
