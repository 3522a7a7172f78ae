"""What makes no sense across the records of a file: repeats, gaps, loose ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from airport_brain.operations.formats.ssim.records import (
    Carrier,
    Filler,
    FlightLeg,
    Header,
    Record,
    Schedule,
    Segment,
    Trailer,
)
from airport_brain.operations.formats.text_reading import TextReading

Key: TypeAlias = tuple[int, str, str, str, str, str, str]
Itinerary: TypeAlias = tuple[int, str, str, str, str, str]

LAST_SERIAL = 999_999
"""After it the count goes on at 2, because the header keeps 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A leg that a file holds twice.

    Attributes:
        first: number of the record that came first, from 0.
        again: number of the record that repeats its key.
        same: whether everything but the serial number is the same.
    """

    first: int
    again: int
    leg: FlightLeg
    same: bool


def leg_key(number: int, record: FlightLeg | Segment) -> Key:
    """What names a leg: data set, airline, number, suffix, itinerary variation, leg sequence."""
    return (
        number,
        record.airline_designator,
        record.flight_number.lstrip("0"),
        record.operational_suffix,
        record.itinerary_variation_identifier,
        record.itinerary_variation_overflow,
        record.leg_sequence_number,
    )


def duplicates(schedule: Schedule) -> list[Duplicate]:
    """All legs whose key was there before in the same data set; the first one counts."""
    found: list[Duplicate] = []
    seen: dict[Key, tuple[int, FlightLeg]] = {}
    number = 0
    for index, record in enumerate(schedule.records):
        if isinstance(record, Carrier):
            number += 1
        elif isinstance(record, FlightLeg):
            first, leg = seen.setdefault(leg_key(number, record), (index, record))
            if first != index:
                found.append(
                    Duplicate(first=first, again=index, leg=record, same=_same(leg, record))
                )
    return found


def _same(one: FlightLeg, other: FlightLeg) -> bool:
    return replace(one, record_serial_number=None) == replace(other, record_serial_number=None)


@dataclass(slots=True)
class _Walk:
    """What the check knows on its way through the file."""

    reading: TextReading
    place: Callable[[int, int], str]
    records: Sequence[Record]
    carriers: int = 0
    open: Carrier | None = None
    serial: int | None = None
    legs: dict[Key, int] = field(default_factory=dict)
    last_leg: dict[Itinerary, FlightLeg] = field(default_factory=dict)
    headed: bool = False

    def note(self, index: int, byte: int, code: str, name: str, text: str) -> None:
        self.reading.notice(self.place(index, byte), code, name, text)


def check(
    records: Sequence[Record], reading: TextReading, place: Callable[[int, int], str]
) -> None:
    """Note (or in strict mode refuse) what does not hang together.

    Args:
        records: all of the file.
        reading: gathers the notices.
        place: record index and byte to a place in the original.
    """
    walk = _Walk(reading, place, records)
    for index, record in enumerate(records):
        if isinstance(record, Filler):
            continue
        _serial(walk, index, record)
        if isinstance(record, FlightLeg):
            _leg(walk, index, record)
        elif isinstance(record, Segment):
            if leg_key(walk.carriers, record) not in walk.legs:
                walk.note(index, 6, "segment-without-leg", "flight number", "no such leg before it")
        elif isinstance(record, Carrier):
            _carrier(walk, index, record)
        elif isinstance(record, Trailer):
            _trailer(walk, index, record)
        else:
            walk.headed = True
    if walk.open is not None:
        walk.note(
            len(records) - 1, 1, "no-trailer", "record type", "the last carrier has no trailer"
        )


def _serial(
    walk: _Walk, index: int, record: Header | Carrier | FlightLeg | Segment | Trailer
) -> None:
    number = record.record_serial_number
    if number is None:
        return
    if walk.serial is not None and number != walk.serial + 1 and walk.serial != LAST_SERIAL:
        walk.note(
            index,
            195,
            "serial-gap",
            "record serial number",
            f"{number:06d} does not follow {walk.serial:06d}",
        )
    walk.serial = number


def _carrier(walk: _Walk, index: int, record: Carrier) -> None:
    if not walk.headed:
        walk.note(index, 1, "no-header", "record type", "the file does not begin with a header")
        walk.headed = True
    if walk.open is not None:
        walk.note(index, 1, "no-trailer", "record type", "the carrier before has no trailer")
    walk.open = record
    walk.carriers += 1


def _trailer(walk: _Walk, index: int, record: Trailer) -> None:
    told, before = record.serial_number_check_reference, record.record_serial_number
    if told is not None and before is not None and told != before - 1:
        walk.note(
            index,
            188,
            "serial-check",
            "serial number check reference",
            f"it says {told:06d}, the record before is {before - 1:06d}",
        )
    if walk.open is None:
        walk.note(index, 1, "no-carrier", "record type", "a trailer without its carrier")
    elif walk.open.airline_designator != record.airline_designator:
        walk.note(
            index, 3, "other-airline", "airline designator", "not the airline of the carrier record"
        )
    walk.open = None


def _leg(walk: _Walk, index: int, record: FlightLeg) -> None:
    if walk.open is None:
        walk.note(
            index, 1, "no-carrier", "record type", "a leg without its carrier; times taken as UTC"
        )
    elif walk.open.airline_designator != record.airline_designator:
        walk.note(
            index, 3, "other-airline", "airline designator", "not the airline of the carrier record"
        )
    key = leg_key(walk.carriers, record)
    first = walk.legs.setdefault(key, index)
    if first != index:
        leg = walk.records[first]
        same = isinstance(leg, FlightLeg) and _same(leg, record)
        walk.note(
            index,
            10,
            "duplicate-leg" if same else "conflicting-leg",
            "itinerary variation identifier",
            f"{record.flight} has this leg already at {walk.place(first, 10)}"
            + ("" if same else ", with other content; the first counts"),
        )
        return
    _chain(walk, index, record, key[:-1])
    end = record.period_of_operation_to
    if end is not None and end < record.period_of_operation_from:
        walk.note(index, 22, "period-reversed", "period of operation to", "ends before it begins")
    if not record.days_of_operation:
        walk.note(index, 29, "no-days", "days of operation", "the leg operates on no day")


def _chain(walk: _Walk, index: int, record: FlightLeg, itinerary: Itinerary) -> None:
    before = walk.last_leg.get(itinerary)
    walk.last_leg[itinerary] = record
    sequence = record.leg_sequence_number
    expected = "01" if before is None else f"{_count(before.leg_sequence_number) + 1:02d}"
    if sequence != expected:
        walk.note(
            index, 12, "leg-sequence", "leg sequence number", f"{sequence} where {expected} follows"
        )
    elif before is not None and before.arrival_station != record.departure_station:
        walk.note(
            index,
            37,
            "leg-chain",
            "departure station",
            f"leaves {record.departure_station}, the leg before arrives at {before.arrival_station}",
        )


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else 0
