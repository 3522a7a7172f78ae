"""The state machine: whatever happens in whatever order, its promises hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from passenger_id import boarding
from passenger_id.adapters.memory import MemoryStore
from passenger_id.boarding import MAIN_LINE, Step, advance, refusal
from passenger_id.domain import FlightPhase, Journey, JourneyId, Method, State
from passenger_id.errors import AlreadyThere, SequenceTaken, TransitionRefused
from tests.unit.passenger_id.desk import FLIGHT, NOW, journey, view

VALID = timedelta(hours=12)


def step(to: State, event_id: str = "e1") -> Step:
    return Step(
        journey_id=JourneyId("jtest"),
        event_id=event_id,
        to=to,
        at=NOW,
        actor="test",
        device="D12",
        method=Method.FACE,
        reason="face_match",
    )


def test_the_same_event_changes_nothing_the_second_time() -> None:
    held = journey(state=State.GATE_RECHECK)
    boarded = advance(held, step(State.BOARDED), ())
    assert boarded.state is State.BOARDED
    assert advance(boarded, step(State.BOARDED), {("e1", State.BOARDED)}) is boarded


def test_a_second_scan_is_a_duplicate() -> None:
    with pytest.raises(AlreadyThere):
        advance(journey(state=State.BOARDED), step(State.BOARDED, "e2"), ())


@pytest.mark.parametrize("state", [State.BOOKED, State.CHECKED_IN, State.ID_VERIFIED])
def test_nobody_boards_unscreened(state: State) -> None:
    with pytest.raises(TransitionRefused):
        advance(journey(state=state), step(State.BOARDED), ())


@pytest.mark.parametrize(
    ("phase", "code"),
    [
        (FlightPhase.CANCELLED, "flight_cancelled"),
        (FlightPhase.GATE_CLOSED, "gate_closed"),
        (FlightPhase.DEPARTED, "flight_departed"),
        (FlightPhase.DIVERTED, "flight_diverted"),
        (FlightPhase.OPEN, ""),
    ],
)
def test_the_flight_decides_before_the_face(phase: FlightPhase, code: str) -> None:
    found = refusal(journey(), view(phase=phase), gate="D12", now=NOW, screening_valid=VALID)
    assert found == code


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.BOOKED, "not_checked_in"),
        (State.BOARDED, "duplicate"),
        (State.FLOWN, "duplicate"),
        (State.OFFLOADED, "offloaded"),
        (State.NO_SHOW, "no_show"),
        (State.SCREENED, ""),
        (State.GATE_RECHECK, ""),
    ],
)
def test_the_state_decides_before_the_face(state: State, code: str) -> None:
    found = refusal(journey(state=state), None, gate="D12", now=NOW, screening_valid=VALID)
    assert found == code


def test_the_flights_gate_counts_more_than_the_dcs() -> None:
    moved = view(gates=("E03",))
    ask = {"now": NOW, "screening_valid": VALID}
    assert refusal(journey(), moved, gate="D12", **ask) == "wrong_gate"
    assert refusal(journey(), moved, gate="e3", **ask) == "wrong_gate"
    assert refusal(journey(), moved, gate="E03", **ask) == ""
    assert refusal(journey(), view(gates=()), gate="D12", **ask) == ""
    assert refusal(journey(gate=""), None, gate="Z9", **ask) == ""


def test_a_mark_expires_and_its_absence_is_named() -> None:
    ask = {"gate": "D12", "now": NOW, "screening_valid": VALID}
    old = NOW - VALID - timedelta(seconds=1)
    assert refusal(journey(screened_at=old), None, **ask) == "screening_expired"
    unmarked = journey(screened_at=None, state=State.ID_VERIFIED)
    assert refusal(unmarked, None, **ask) == "not_screened"
    assert refusal(replace(unmarked, state=State.CHECKED_IN), None, **ask) == ""


def test_a_match_boards_the_screened_and_only_identifies_others() -> None:
    assert boarding.target_of_match(journey(state=State.SCREENED)) is State.BOARDED
    assert boarding.target_of_match(journey(state=State.CHECKED_IN)) is State.ID_VERIFIED


EVENTS = [f"e{n}" for n in range(12)]


class Boarding(RuleBasedStateMachine):
    """Random events over a few passengers of one flight, on the books of the memory twin."""

    people = Bundle("people")

    def __init__(self) -> None:
        super().__init__()
        self.store = MemoryStore()
        self.boardings: dict[str, int] = {}
        self.count = 0

    @rule(target=people, sequence=st.integers(1, 4))
    def accept(self, sequence: int) -> str | None:
        self.count += 1
        accepted = journey(
            id=JourneyId(f"j{self.count}"), sequence=sequence, state=State.CHECKED_IN
        )
        try:
            with self.store.writing() as books:
                books.journeys.save(accepted)
        except SequenceTaken:
            return None
        return accepted.id

    @rule(person=people, to=st.sampled_from(list(State)), event=st.sampled_from(EVENTS))
    def happen(self, person: str | None, to: State, event: str) -> None:
        if person is None:
            return
        with self.store.writing() as books:
            held = books.journeys.find(JourneyId(person))
            assert held is not None
            done = {(kept.event_id, kept.to) for kept in books.journeys.steps(held.id)}
            wanted = replace(step(to, event), journey_id=held.id)
            try:
                moved = advance(held, wanted, done)
            except TransitionRefused:
                assert (event, to) not in done
                return
            if (event, to) in done:
                assert moved is held
                return
            assert to in boarding.TRANSITIONS[held.state]
            books.journeys.record(wanted)
            books.journeys.save(moved)
            self.boardings[held.id] = self.boardings.get(held.id, 0) + (to is State.BOARDED)

    def _all(self) -> list[Journey]:
        with self.store.reading() as books:
            return books.journeys.of_flight(FLIGHT)

    @invariant()
    def nobody_boards_twice(self) -> None:
        assert all(times <= 1 for times in self.boardings.values())

    @invariant()
    def nobody_on_board_has_skipped_screening(self) -> None:
        with self.store.reading() as books:
            for held in self._all():
                passed = [kept.to for kept in books.journeys.steps(held.id)]
                if State.BOARDED in passed:
                    assert passed[: passed.index(State.BOARDED)][-2:] == [
                        State.SCREENED,
                        State.GATE_RECHECK,
                    ]

    @invariant()
    def the_main_line_is_never_walked_back(self) -> None:
        with self.store.reading() as books:
            for held in self._all():
                line = [k.to for k in books.journeys.steps(held.id) if k.to in MAIN_LINE]
                assert line == sorted(line, key=MAIN_LINE.index)

    @invariant()
    def active_sequences_are_unique(self) -> None:
        active = [held.sequence for held in self._all() if held.active]
        assert len(active) == len(set(active))


TestBoarding = Boarding.TestCase
TestBoarding.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
