"""Schedule records to dated legs: period, days of operation and frequency, in the file's time mode.

A leg operates on each day of its period whose weekday is among its days; with frequency rate 2 on
every second week, counted from the first day of the period. Days and times are those of the record's
time mode. A date variation is read as days after the record's day, as the departure or arrival field
says; without one, the departure is on that day and the arrival is the first moment after it that has
the arrival's time of day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from airport_brain.operations.formats.ssim.checks import Key, leg_key
from airport_brain.operations.formats.ssim.records import Carrier, FlightLeg, Schedule

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedLeg:
    """One operation of a leg.

    Attributes:
        day: the day of the period, in the time mode of the file.
        departure: aircraft departure, aware UTC; ``None`` when the file has local times and the leg
            does not say how far they are from UTC.
        arrival: aircraft arrival, aware UTC, or ``None`` likewise.
    """

    leg: FlightLeg
    day: date
    departure: datetime | None
    arrival: datetime | None


def operating_days(leg: FlightLeg, first: date, last: date) -> Iterator[date]:
    """Days between ``first`` and ``last``, both included, on which a leg operates."""
    begin = leg.period_of_operation_from
    end = last if leg.period_of_operation_to is None else min(last, leg.period_of_operation_to)
    day = max(begin, first)
    while day <= end:
        week = (day - begin).days // 7
        if day.isoweekday() in leg.days_of_operation and (
            leg.frequency_rate != "2" or week % 2 == 0
        ):
            yield day
        day += DAY


def dated_legs(schedule: Schedule, first: date, last: date) -> Iterator[DatedLeg]:
    """Every operation of every leg of a file between two days, both included.

    Repeats of a leg within a data set are passed over; the first one counts.
    """
    seen: set[Key] = set()
    local = False
    number = 0
    for record in schedule.records:
        if isinstance(record, Carrier):
            local = record.time_mode == "L"
            number += 1
        elif isinstance(record, FlightLeg) and (key := leg_key(number, record)) not in seen:
            seen.add(key)
            for day in operating_days(record, first, last):
                yield _dated(record, day, local=local)


def _dated(leg: FlightLeg, day: date, *, local: bool) -> DatedLeg:
    out, back = leg.departure_utc_variation, leg.arrival_utc_variation
    if local and (out is None or back is None):
        return DatedLeg(leg=leg, day=day, departure=None, arrival=None)
    departure = _moment(day, leg.departure_date_variation or 0, leg.aircraft_std)
    departure -= timedelta(minutes=(out or 0) if local else 0)
    change = leg.arrival_date_variation
    shift = timedelta(minutes=(back or 0) if local else 0)
    if change is not None:
        arrival = _moment(day, change, leg.aircraft_sta) - shift
    else:
        # From the day before on: across the date line one may land before one has started.
        arrival = _moment(day, -1, leg.aircraft_sta) - shift
        while arrival <= departure:
            arrival += DAY
    return DatedLeg(leg=leg, day=day, departure=departure, arrival=arrival)


def _moment(day: date, change: int, minutes: int) -> datetime:
    return datetime.combine(day, time(), UTC) + timedelta(days=change, minutes=minutes)
