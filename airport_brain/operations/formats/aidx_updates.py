"""AIDX legs turned into what the flight database applies, and the airport whose view they give.

AIDX does not name the reporting airport in a field of its own. It is worked out from what a message
shows, most certain first: what the receiver was told, the sender's code, the one airport that all
legs share, the side whose resources or times are given, the linked leg of the same aircraft, the
airports that are ours. When nothing tells, the leg is shown at both its ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from airport_brain.operations import aodb
from airport_brain.operations.domain import (
    ClockTime,
    LegKey,
    LegUpdate,
    Origin,
    Value,
)
from airport_brain.operations.formats.aidx_message import (
    ABSENT,
    Absent,
    AircraftInfo,
    AirlineRole,
    BaggageBelt,
    CheckInInfo,
    Coded,
    CodeShareInfo,
    FlightLeg,
    Given,
    Group,
    LegData,
    LegIdentifier,
    Message,
    Resource,
)

_T = TypeVar("_T")

ARRIVAL_EVENTS = frozenset({"ONB", "TDN", "ATO"})
"""Events an arrival airport reports; ATO is the take-off at the outstation."""

DEPARTURE_EVENTS = frozenset({"OFB", "TKO", "BST", "FCT", "BEN", "GCL", "GTO", "CHK", "CHC"})
"""Events a departure airport reports."""


def leg_key(identifier: LegIdentifier) -> LegKey:
    """Identity of a leg; leading zeros of the number do not count."""
    return LegKey(
        airline=identifier.airline.value,
        number=identifier.flight_number.lstrip("0") or "0",
        suffix=identifier.operational_suffix,
        origin_date=identifier.origin_date,
        departure=identifier.departure_airport.value,
        arrival=identifier.arrival_airport.value,
        repeat=identifier.repeat_number.value if identifier.repeat_number else 0,
    )


GENERAL_AVIATION = "GN"
"""Stands for the airline of flights that have none, as the IATA guide has it."""


def key_of(leg: FlightLeg) -> LegKey | None:
    """Identity of a leg of a message.

    A flight of general aviation is named by its call sign or registration; ``None`` when its message
    says neither from when nor from where to where it flies.
    """
    if leg.leg_identifier is not None:
        return leg_key(leg.leg_identifier)
    identifier = leg.general_aviation_leg_identifier
    departure, arrival = ends_of(leg)
    if identifier is None or not (departure or arrival):
        return None
    planned = identifier.planned_departure_date_time
    name = re.sub(r"[^A-Z0-9]", "", identifier.general_aviation_identifier.value.upper())
    if not isinstance(planned, datetime) or not name:
        return None
    return LegKey(
        airline=GENERAL_AVIATION,
        number=name,
        origin_date=planned.date(),
        departure=departure,
        arrival=arrival,
        repeat=identifier.repeat_number.value if identifier.repeat_number else 0,
    )


def ends_of(leg: FlightLeg) -> tuple[str, str]:
    """Airports of departure and arrival, "" where none is given."""
    identifier = leg.leg_identifier or leg.general_aviation_leg_identifier
    if identifier is None:
        return "", ""
    departure, arrival = _text(identifier.departure_airport), _text(identifier.arrival_airport)
    return str(departure or ""), str(arrival or "")


def updates(
    message: Message,
    *,
    source: str,
    message_id: str,
    received_at: datetime,
    airport: str = "",
    home: Sequence[str] = (),
) -> Iterator[LegUpdate]:
    """The updates a message makes, one per leg that can be named.

    Args:
        message: the message as read.
        source: feed it came by.
        message_id: its id.
        received_at: when it came in.
        airport: reporting airport as the receiver was told, ``""`` if not.
        home: airports that are ours.
    """
    origin = Origin(
        source=source,
        message_id=message_id,
        as_of=aodb.as_of(message.time_stamp, received_at),
        received_at=received_at,
    )
    reporting = reporting_airports(message, airport=airport, home=home)
    for leg, airports in zip(message.flight_leg, reporting, strict=True):
        key = key_of(leg)
        if key is None:
            continue
        data = leg.leg_data if isinstance(leg.leg_data, LegData) else LegData()
        yield LegUpdate(
            key=key,
            airports=airports,
            origin=origin,
            values={name: value for name, value in _values(leg, data) if value is not ABSENT},
            times=_times(data),
        )


def reporting_airports(
    message: Message, *, airport: str = "", home: Sequence[str] = ()
) -> list[tuple[str, ...]]:
    """For each leg the airport whose view the message gives; both ends when nothing tells."""
    told = ({airport}, _sender_codes(message), _shared(message))
    return [_reporting(leg, told, set(home)) for leg in message.flight_leg]


def _reporting(leg: FlightLeg, told: Iterable[set[str]], home: set[str]) -> tuple[str, ...]:
    departure, arrival = ends = ends_of(leg)
    shown = (evidence(leg, departure, arrival) for evidence in (_sides, _events, _linked))
    for candidates in (*told, *shown, home):
        found = candidates.intersection(ends)
        if len(found) == 1:
            return tuple(found)
    return tuple(dict.fromkeys(end for end in ends if end))


def _sender_codes(message: Message) -> set[str]:
    parties = (message.delivering_system, message.originator)
    return {name for p in parties if p is not None for name in (p.code, p.company_short_name)}


def sender(message: Message) -> str:
    """What a message calls its sender: code before name, the system that delivers before others."""
    parties = [p for p in (message.delivering_system, message.originator) if p is not None]
    names = [p.code for p in parties] + [p.company_short_name for p in parties]
    return next((name for name in names if name), "")


def _shared(message: Message) -> set[str]:
    """Airports at an end of every leg; of a single leg that says nothing."""
    if len(message.flight_leg) < 2:
        return set()
    return set.intersection(*(set(ends_of(leg)) for leg in message.flight_leg)) - {""}


def _sides(leg: FlightLeg, departure: str, arrival: str) -> set[str]:
    ends = {"Departure": departure, "Arrival": arrival}
    return {
        ends[resource.departure_or_arrival]
        for _, resource in _resources(leg.leg_data)
        if resource.departure_or_arrival in ends
    }


def _events(leg: FlightLeg, departure: str, arrival: str) -> set[str]:
    data = leg.leg_data
    times = _items(data.operation_time) if isinstance(data, LegData) else ()
    events = {time.operation_qualifier for time in times if time.value is not None}
    found = {arrival} if events & ARRIVAL_EVENTS else set()
    return found | ({departure} if events & DEPARTURE_EVENTS else set())


def _linked(leg: FlightLeg, departure: str, arrival: str) -> set[str]:
    """The airport at which the aircraft turns round between this and the linked leg."""
    data = leg.leg_data
    linked = _items(data.associated_flight_leg_aircraft) if isinstance(data, LegData) else ()
    found: set[str] = set()
    for other in linked:
        if other.departure_airport.value == arrival:
            found.add(arrival)
        if other.arrival_airport.value == departure:
            found.add(departure)
    return found


def _resources(data: Given[LegData]) -> Iterator[tuple[str, Resource]]:
    """Resources with their usage (``planned``, ``actual`` or ``""``)."""
    if isinstance(data, LegData):
        for resources in _items(data.airport_resources):
            for resource in _items(resources.resource):
                yield resources.usage.lower(), resource


def _values(leg: FlightLeg, data: LegData) -> Iterator[tuple[str, Value]]:
    """Fields and what is said about them; ``ABSENT`` where nothing is."""
    yield "special_action", leg.special_action
    yield "international_status", data.international_status or ABSENT
    yield "status", _group(data.operational_status, _code)
    yield "public_status", _first(data.public_status)
    yield "service_type", data.service_type
    yield "flight_duration", data.est_flight_duration
    yield "owner_airline", _airline(data.owner_airline)
    yield "arrival_history", _group(data.planned_arrival_apt_history, _word)
    yield (
        "delays",
        _group(
            data.irregularity_delay,
            lambda d: _filled(
                reason=_text(d.reason_code), duration=d.duration, side=d.departure_or_arrival
            ),
        ),
    )
    yield (
        "cabins",
        _group(
            data.cabin_class,
            lambda c: _filled(
                cabin=c.cabin,
                seats=c.seat_capacity,
                passengers=[
                    _filled(count=p.value, usage=p.usage, destination=p.destination_type)
                    for p in _items(c.pax_count)
                ],
            ),
        ),
    )
    yield "codeshares", _group(data.code_share_info, _marketing_flight)
    yield (
        "linked_legs",
        _group(data.associated_flight_leg_aircraft, lambda other: str(leg_key(other).id)),
    )
    yield (
        "route",
        _group(
            data.associated_flight_leg_schedule,
            lambda hop: [hop.departure_airport.value, hop.arrival_airport.value],
        ),
    )
    yield "remark_codes", _group(data.remark_text_code, _code)
    yield "remarks", _group(data.remark_free_text, _word)
    yield from _aircraft_values(data.aircraft_info)
    for usage, resource in _resources(data):
        yield from _resource_values(usage, resource)


def _aircraft_values(info: Given[AircraftInfo]) -> Iterator[tuple[str, Value]]:
    if info is None:
        for name in ("aircraft_type", "aircraft_sub_type", "registration", "call_sign"):
            yield name, None
    if not isinstance(info, AircraftInfo):
        return
    yield "aircraft_type", _first(info.aircraft_type)
    yield "aircraft_sub_type", _text(info.aircraft_sub_type)
    # Senders use one of two names for the aircraft's registration mark.
    tail = info.tail_number if info.tail_number else ABSENT
    yield "registration", info.registration if info.registration is not ABSENT else tail
    yield "call_sign", info.call_sign
    yield (
        "agents",
        _group(info.agent_info, lambda a: _filled(agent=a.value, side=a.departure_or_arrival)),
    )


def _resource_values(usage: str, resource: Resource) -> Iterator[tuple[str, Value]]:
    stem = f"{resource.departure_or_arrival.lower()}.{usage}"
    yield f"{stem}.zone", _text(resource.airport_zone)
    yield f"{stem}.stand", _text(resource.aircraft_parking_position)
    yield f"{stem}.gates", _group(resource.passenger_gate, _word)
    yield f"{stem}.remote_gates", _group(resource.remote_operational_gate, _word)
    yield f"{stem}.runway", _text(resource.runway)
    yield f"{stem}.terminal", _text(resource.aircraft_terminal)
    yield f"{stem}.public_terminals", _group(resource.public_terminal, _word)
    yield f"{stem}.belts", _group(resource.baggage_claim_unit, _word)
    yield f"{stem}.makeup_belts", _group(resource.baggage_makeup_belt, _word)
    yield f"{stem}.check_in", _group(resource.check_in_info, _counters)
    yield f"{stem}.de_icing", _text(resource.de_ice_location)


def _times(data: LegData) -> tuple[ClockTime, ...] | None:
    if data.operation_time is ABSENT:
        return None
    found = {
        clock.key: clock
        for time in _items(data.operation_time)
        if (
            clock := ClockTime(
                qualifier=time.operation_qualifier,
                time_type=time.time_type,
                code_context=time.code_context,
                repeat_index=time.repeat_index,
                value=time.value,
            )
        )
    }
    return tuple(found.values())


def _items(group: Group[_T]) -> tuple[_T, ...]:
    return () if isinstance(group, Absent) else group


def _group(group: Group[_T], plain: Callable[[_T], Value]) -> Value:
    return ABSENT if isinstance(group, Absent) else [plain(item) for item in group]


def _text(value: Given[Coded]) -> Value:
    return value.value if isinstance(value, Coded) else value


def _airline(role: Given[AirlineRole]) -> Value:
    """Code of the airline; nothing is said by a role that names none."""
    return (role.code or ABSENT) if isinstance(role, AirlineRole) else role


def _first(group: Group[Coded]) -> Value:
    """Of several the first, as senders put what counts most first; ``None`` when cleared."""
    if isinstance(group, Absent):
        return ABSENT
    return group[0].value if group else None


def _word(item: Coded | BaggageBelt) -> str:
    return item.value


def _code(item: Coded) -> Value:
    return {"code": item.value, "code_context": item.code_context}


def _marketing_flight(share: CodeShareInfo) -> str:
    return (
        f"{share.airline.value}{share.flight_number.lstrip('0') or '0'}{share.operational_suffix}"
    )


def _counters(info: CheckInInfo) -> Value:
    return _filled(first=info.first_position, last=info.last_position)


def _filled(**members: Value) -> Value:
    """An object of the members that say something."""
    return {name: value for name, value in members.items() if value not in (ABSENT, None, "", [])}
