"""A leg as an airport's board shows it: one row per airport, arrival or departure.

Field names of a leg's state, as the format readers fill them:
``status``, ``public_status``, ``service_type``, ``aircraft_type``, ``registration``, ``call_sign``,
``codeshares``, ``remarks``, ``special_action`` ...; resources are ``arrival.planned.stand`` or
``departure.actual.gates``: side, usage, name.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from airport_brain.operations import aodb, statuses
from airport_brain.operations.domain import (
    ClockTime,
    Direction,
    Flight,
    LegState,
    Origin,
    flight_id,
)

EVENTS = {Direction.ARRIVAL: ("ONB", "TDN"), Direction.DEPARTURE: ("OFB", "TKO")}
"""Events that stand for a leg at an airport, the one at the stand before the one on the runway."""

USAGES = ("actual", "planned", "")
"""A resource as used is shown before the same as planned."""

ESTIMATES = ("EST", "TAR", "CAL")
"""Kinds of expected times, the sender's own estimate first."""

HIDING = frozenset({"delete", "donotdisplay"})
"""Special actions that take a leg off the boards."""


def views(state: LegState) -> tuple[Flight, ...]:
    """The rows of a leg, one per airport that shows it."""
    return tuple(view(state, airport) for airport in state.airports)


def view(state: LegState, airport: str) -> Flight:
    """The row of a leg at one airport."""
    key = state.key
    direction = key.direction_at(airport)
    times = aodb.current_times(state.times)
    scheduled, scheduled_event = _time(times, direction, ("SCT",))
    estimated, estimated_event = _time(times, direction, ESTIMATES)
    actual, actual_event = _time(times, direction, ("ACT",))
    happened = frozenset(event for event, kind in times if kind == "ACT")
    codes = [item["code"] for item in aodb.value_of(state, "status") or ()]
    public = aodb.value_of(state, "public_status")
    best = actual or estimated
    return Flight(
        id=flight_id(key.id, airport),
        leg_id=key.id,
        airline=key.airline,
        flight_number=key.number,
        suffix=key.suffix,
        display=key.display,
        codeshares=tuple(aodb.value_of(state, "codeshares") or ()),
        origin_date=key.origin_date,
        origin=key.departure,
        destination=key.arrival,
        direction=direction,
        airport=airport,
        scheduled=scheduled,
        scheduled_event=scheduled_event,
        estimated=estimated,
        estimated_event=estimated_event,
        actual=actual,
        actual_event=actual_event,
        status=statuses.stated(codes)
        or statuses.implied(direction, happened, estimated=estimated is not None),
        public_status=public or "",
        aircraft_type=aodb.value_of(state, "aircraft_type") or "",
        registration=aodb.value_of(state, "registration") or "",
        call_sign=aodb.value_of(state, "call_sign") or "",
        stand=_resource(state, direction, "stand") or "",
        gates=tuple(_resource(state, direction, "gates") or ()),
        terminal=_terminal(state, direction),
        belts=tuple(_resource(state, direction, "belts") or ()),
        runway=_resource(state, direction, "runway") or "",
        delay_min=round((best - scheduled).total_seconds() / 60) if best and scheduled else None,
        hidden=(aodb.value_of(state, "special_action") or "").lower() in HIDING,
        updated_at=state.last.received_at,
        source=state.last.source,
        message_id=state.last.message_id,
    )


def _time(times: Any, direction: Direction, kinds: tuple[str, ...]) -> tuple[datetime | None, str]:
    for event in EVENTS[direction]:
        for kind in kinds:
            found: tuple[ClockTime, Origin] | None = times.get((event, kind))
            if found is not None:
                return found[0].value, event
    return None, ""


def _resource(state: LegState, direction: Direction, name: str) -> Any:
    for usage in USAGES:
        value = aodb.value_of(state, f"{direction}.{usage}.{name}")
        if value:
            return value
    return None


def _terminal(state: LegState, direction: Direction) -> str:
    public = _resource(state, direction, "public_terminals") or ()
    return str(_resource(state, direction, "terminal") or next(iter(public), ""))


def sort_moment(flight: Flight) -> datetime:
    """Where a flight stands in the order of a board: its best known time, else its origin date."""
    known = flight.actual or flight.estimated or flight.scheduled
    return known or datetime.combine(flight.origin_date, time(), UTC)


def search_text(flight: Flight) -> str:
    """What a free search looks through, in lower case."""
    words = (
        flight.display,
        f"{flight.airline} {flight.flight_number}",
        *flight.codeshares,
        flight.origin,
        flight.destination,
        flight.airport,
        flight.registration,
        flight.call_sign,
        flight.aircraft_type,
        f"stand {flight.stand}" if flight.stand else "",
        *(f"gate {gate}" for gate in flight.gates),
        flight.status.code,
        flight.status.zh,
        flight.status.en,
        flight.public_status,
    )
    return " ".join(word for word in words if word).lower()
