"""The flight as telexes name it, and the line of flight, aircraft and station below MVT and LDM."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from airport_brain.operations.formats.near_times import at_midnight, near_date
from airport_brain.operations.formats.text_reading import Line, TextReading

_FLIGHT: Final = re.compile(
    r"(?P<airline>(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])[A-Z]?)(?P<blank> ?)(?P<number>\d{1,4})(?P<suffix>[A-Z])?",
    re.ASCII,
)
_DAY: Final = re.compile(r"\d{2}(?:[A-Z]{3}(?:\d{2})?)?", re.ASCII)
_STATION: Final = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class TelexFlight:
    """A flight on a day.

    Attributes:
        flight_number: digits as sent, so that filling zeros stay.
        day: day of departure near the reference, UTC; ``None`` when none is given.
        day_as_sent: ``24``, ``24NOV`` or ``24NOV26``.
    """

    airline: str
    flight_number: str
    operational_suffix: str = ""
    day: date | None = None
    day_as_sent: str = ""

    @property
    def designator(self) -> str:
        """Airline, number without filling zeros, suffix."""
        return f"{self.airline}{self.flight_number.lstrip('0') or '0'}{self.operational_suffix}"

    def text(self) -> str:
        """As it is written in a message."""
        day = f"/{self.day_as_sent}" if self.day_as_sent else ""
        return f"{self.airline}{self.flight_number}{self.operational_suffix}{day}"


def flight(
    word: Line,
    reading: TextReading,
    reference: datetime,
    *,
    dated: bool = True,
    private: bool = False,
) -> TelexFlight:
    """Read ``MU5101/24``.

    Args:
        word: the flight and nothing else.
        reading: the reading.
        reference: gives the day its month.
        dated: a day must follow.
        private: a name may stand here by mistake, so a fault does not repeat it.

    Raises:
        Malformed: not a flight, or no such day.
    """
    name, slash, day = word.text.partition("/")
    match = _FLIGHT.fullmatch(name)
    if match is None:
        raise reading.fault(
            word,
            "flight",
            "not a flight",
            field="flight identifier",
            expected="e.g. MU5101/24",
            private=private,
        )
    found = near_date(day, reference) if _DAY.fullmatch(day) else None
    if found is None and (slash or dated):
        raise reading.fault(
            word.cut(len(name) + len(slash)),
            "date",
            "not a day",
            field="date",
            expected="dd, ddMMM or ddMMMyy",
            private=private,
        )
    if match["blank"]:
        reading.notice(
            word.cut(match.start("blank")), "blank", "flight identifier", "a blank in it; left out"
        )
    return TelexFlight(
        airline=match["airline"],
        flight_number=match["number"],
        operational_suffix=match["suffix"] or "",
        day=found,
        day_as_sent=day,
    )


EARLY: Final = timedelta(hours=14)
"""How far a local day begins before the day UTC, at most."""

FAR: Final = timedelta(hours=36)
"""A telex this long after its flight's day began was kept for long; its times are of that day."""


def near_flight(leg: TelexFlight, received: datetime) -> datetime:
    """The moment that times of a telex without day are near to."""
    if leg.day is None:
        return received
    begin = at_midnight(leg.day)
    return received if -EARLY <= received - begin <= FAR else begin + timedelta(hours=12)


def station(
    word: Line, reading: TextReading, field: str = "airport", *, private: bool = False
) -> str:
    """Read an airport.

    Raises:
        Malformed: not three letters.
    """
    if not _STATION.fullmatch(word.text):
        raise reading.fault(
            word,
            "airport",
            "not an airport",
            field=field,
            expected="three letters, e.g. PEK",
            private=private,
        )
    return word.text
