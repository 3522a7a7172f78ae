"""Other flights of a passenger: ``.I/`` the one before, ``.O/`` and ``.O2/`` those after, ``.M/`` as sold.

Written without dividers: ``MU2405Y24PEKXIY1130HK`` is flight MU 2405, class Y, the 24th, from PEK to XIY
at 1130 local, status HK. The older form has one airport, that of the connection's other end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

_FORM: Final = re.compile(
    r"([A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z])(\d{1,4})([A-Z]?)([A-Z])(\d\d)([A-Z]{3})([A-Z]{3})?"
    r"(?:/?(\d{4})(?:/?([+-]?\d))?)?/?([A-Z]{2})?\d{0,2}",
    re.ASCII,
)
_CODE: Final = re.compile("([IOM])([2-9]?)")
_FAR: Final = 16
"""Days within which every day of the month comes once."""

Kind = Literal["inbound", "onward", "marketing"]
_KINDS: Final[dict[str, Kind]] = {"I": "inbound", "O": "onward", "M": "marketing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A flight before or after this one, or this one under the number it was sold by.

    Attributes:
        kind: ``inbound``, ``onward`` or ``marketing``.
        order: 1 next to this flight, 2 the one beyond.
        carrier, number, suffix: the flight; the number as written.
        booking_class: a letter.
        day: of the month, two digits.
        origin, destination: IATA codes; ``""`` where the form leaves it out.
        time: local, HHMM; arrival of an inbound flight, departure of the others; ``""`` if not stated.
        days: what follows the time where it is of another day: ``+1``.
        status: of the reservation, ``HK``.
    """

    kind: Kind
    carrier: str
    number: str
    booking_class: str
    day: str
    order: int = 1
    suffix: str = ""
    origin: str = ""
    destination: str = ""
    time: str = ""
    days: str = ""
    status: str = ""

    @property
    def flight(self) -> str:
        """Carrier and number as they are called: ``MU5101``."""
        return f"{self.carrier}{self.number.lstrip('0') or '0'}{self.suffix}"

    def date(self, flight_date: date | None) -> date | None:
        """The day with its month and year: the nearest to that of the list's flight."""
        if flight_date is None:
            return None
        far = range(-_FAR, _FAR + 1)
        near = (flight_date + timedelta(days=step) for step in sorted(far, key=abs))
        return next((found for found in near if found.day == int(self.day)), None)


def connection(code: str, text: str) -> Connection | None:
    """The flight of an element; ``None`` where it is another element or has another form.

    >>> connection("O2", "HX305Y25XIYHKG0830").flight
    'HX305'
    """
    named, found = _CODE.fullmatch(code), _FORM.fullmatch(text.strip())
    if named is None or found is None:
        return None
    carrier, number, suffix, booked, day, first, second, time, days, status = found.groups("")
    kind = _KINDS[named[1]]
    if not second:  # the other end of the connection
        first, second = (first, "") if kind == "inbound" else ("", first)
    return Connection(
        kind=kind,
        order=int(named[2] or 1),
        carrier=carrier,
        number=number,
        suffix=suffix,
        booking_class=booked,
        day=day,
        origin=first,
        destination=second,
        time=time,
        days=days,
        status=status,
    )
