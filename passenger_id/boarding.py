"""The passenger state machine, and what a gate must know before it looks at a face. Pure.

Main line: booked, checked in, ID verified, screened, gate recheck, boarded, flown. Every step names
its event: the same event again changes nothing, another event that wants the same state is a
second scan and is refused as :class:`~passenger_id.errors.AlreadyThere`. Nobody boards without a
security-check mark that is still valid.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from passenger_id.domain import FlightPhase, FlightView, Journey, JourneyId, Method, State
from passenger_id.errors import AlreadyThere, TransitionRefused

MAIN_LINE: tuple[State, ...] = (
    State.BOOKED,
    State.CHECKED_IN,
    State.ID_VERIFIED,
    State.SCREENED,
    State.GATE_RECHECK,
    State.BOARDED,
    State.FLOWN,
)

_NOT_ON_BOARD = frozenset({State.OFFLOADED, State.NO_SHOW})

TRANSITIONS: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.BOOKED: frozenset({State.CHECKED_IN, State.NO_SHOW}),
        State.CHECKED_IN: frozenset({State.ID_VERIFIED}) | _NOT_ON_BOARD,
        State.ID_VERIFIED: frozenset({State.SCREENED}) | _NOT_ON_BOARD,
        State.SCREENED: frozenset({State.GATE_RECHECK}) | _NOT_ON_BOARD,
        State.GATE_RECHECK: frozenset({State.BOARDED}) | _NOT_ON_BOARD,
        State.BOARDED: frozenset({State.FLOWN, State.OFFLOADED}),
        State.FLOWN: frozenset(),
        State.OFFLOADED: frozenset(),
        State.NO_SHOW: frozenset(),
    }
)
"""From each state, where to. What is not here is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One transition as it is kept: who, where, by what, why.

    Attributes:
        event_id: the event that drove it; with ``to`` it makes the step unique.
        actor: account, key or system that acted.
        device: gate or terminal ("" when none).
        reason: code from the reason catalogue, or the word of the system that drove it.
        score_band: band of the face score ("" without a face).
    """

    journey_id: JourneyId
    event_id: str
    to: State
    at: datetime
    actor: str
    device: str
    method: Method
    reason: str
    score_band: str = ""


def advance(journey: Journey, step: Step, done: Collection[tuple[str, State]]) -> Journey:
    """Take one step; a step already ``done`` (event id, state) gives the journey unchanged.

    Raises:
        AlreadyThere: another event has brought the journey to that state before.
        TransitionRefused: the state machine knows no such way.
    """
    if (step.event_id, step.to) in done:
        return journey
    if step.to is journey.state or _behind(journey.state, step.to):
        raise AlreadyThere(journey.id, journey.state, step.to)
    if step.to not in TRANSITIONS[journey.state]:
        raise TransitionRefused(journey.id, journey.state, step.to)
    return replace(journey, state=step.to, updated_at=step.at)


def _behind(state: State, to: State) -> bool:
    """Whether ``to`` lies on the main line before where the journey stands."""
    return state in MAIN_LINE and to in MAIN_LINE and MAIN_LINE.index(to) < MAIN_LINE.index(state)


def way_to(state: State, target: State) -> tuple[State, ...]:
    """States to pass, in order, to reach ``target`` on the main line; empty when not ahead.

    >>> [str(step) for step in way_to(State.SCREENED, State.BOARDED)]
    ['gate_recheck', 'boarded']
    """
    if state not in MAIN_LINE or target not in MAIN_LINE:
        return ()
    return MAIN_LINE[MAIN_LINE.index(state) + 1 : MAIN_LINE.index(target) + 1]


_STATE_REASONS: Mapping[State, str] = MappingProxyType(
    {
        State.BOOKED: "not_checked_in",
        State.BOARDED: "duplicate",
        State.FLOWN: "duplicate",
        State.OFFLOADED: "offloaded",
        State.NO_SHOW: "no_show",
    }
)

_PHASE_REASONS: Mapping[FlightPhase, str] = MappingProxyType(
    {
        FlightPhase.OPEN: "",
        FlightPhase.GATE_CLOSED: "gate_closed",
        FlightPhase.DEPARTED: "flight_departed",
        FlightPhase.CANCELLED: "flight_cancelled",
        FlightPhase.DIVERTED: "flight_diverted",
    }
)


def refusal(
    journey: Journey,
    flight: FlightView | None,
    *,
    gate: str,
    now: datetime,
    screening_valid: timedelta,
) -> str:
    """Give the code of why no face is looked at, here and now, for this journey ("" when it is).

    The order is the passenger's interest: what is final for the person first (boarded, offloaded),
    then the flight, then the place, then what can still be made good.

    Args:
        journey: who.
        flight: as last announced; ``None`` when no feed knows it.
        gate: where.
        now: when.
        screening_valid: how long a security-check mark counts.
    """
    if journey.state in {State.BOARDED, State.FLOWN, State.OFFLOADED}:
        return _STATE_REASONS[journey.state]
    if flight is not None and (code := _PHASE_REASONS[flight.phase]):
        return code
    if code := _STATE_REASONS.get(journey.state, ""):
        return code
    gates = gates_of(journey, flight)
    if gates and gate_name(gate) not in gates:
        return "wrong_gate"
    return _screening_refusal(journey, now, screening_valid)


def _screening_refusal(journey: Journey, now: datetime, valid: timedelta) -> str:
    if journey.screened_at is None:
        # The first confirmed face is the identity check before security; a second is not boarding.
        return "" if journey.state is State.CHECKED_IN else "not_screened"
    return "screening_expired" if now - journey.screened_at > valid else ""


def target_of_match(journey: Journey) -> State:
    """Where a confirmed face at a gate brings a journey: on board, or past the identity check."""
    screened = journey.state in {State.SCREENED, State.GATE_RECHECK}
    return State.BOARDED if screened else State.ID_VERIFIED


def gates_of(journey: Journey, flight: FlightView | None) -> frozenset[str]:
    """Gates a journey may use: the flight's as announced, else the one the DCS gave."""
    if flight is not None and flight.gates:
        return frozenset(gate_name(gate) for gate in flight.gates)
    return frozenset({gate_name(journey.gate)}) if journey.gate else frozenset()


def gate_name(text: str) -> str:
    """One spelling of a gate: capitals, no blanks, no leading zeros, no word before the number.

    >>> gate_name(" 07"), gate_name("d12"), gate_name("Gate 5")
    ('7', 'D12', '5')
    """
    return text.strip().upper().removeprefix("GATE").strip().lstrip("0")
