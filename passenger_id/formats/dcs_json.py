"""Journeys as a departure control system (DCS) states them.

A message is JSON (RFC 8259, UTF-8), one object::

    {"booking_reference": "K7Q2ZP", "passenger_name": "ZHANG/SAN", "seat": "12A", "sequence": 17,
     "gate": "D12", "document_last4": "002X", "id_number": "...", "screened_at": "...Z",
     "status": "offloaded", "message_id": "...",
     "flight": {"carrier": "MU", "number": "5101", "date": "2026-11-24", "from": "SHA",
                "to": "PEK", "std": "2026-11-24T08:00:00Z"}}

Unknown fields and double names are refused and every text has its own alphabet, so that no photo
and no identity number can hide in a field that is published. Faults name field and place, never
the value of a personal field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

import orjson

from passenger_id.domain import FlightKey, State, flight_number
from passenger_id.formats.dcs_json_object import FORMAT, fault, known, read_object
from passenger_id.formats.masking import shape
from passenger_id.formats.plain import plain
from service_bus import Malformed, Mode, TooLarge

__all__ = [
    "FORMAT", "MAX_BYTES", "JourneyMessage", "Told", "decode_journeys", "masked", "parse",
    "read_journey", "recognise", "without_id_number",
]  # fmt: skip

MAX_BYTES: Final = 64 * 1024
"""Bytes taken by default: more than a hundred times what a message holds."""

DCS_STATES = {"offloaded": State.OFFLOADED, "no_show": State.NO_SHOW}
"""What a DCS may say beyond acceptance, which is told by a sequence number."""

Day = date
"""``date`` by another name, for a class with a field of that name."""

_SAID: Final[Mapping[State | None, Literal["offloaded", "no_show"]]] = {
    State.OFFLOADED: "offloaded",
    State.NO_SHOW: "no_show",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyMessage:
    """A journey as the DCS states it; ``status`` is ``None`` for the main line."""

    booking_reference: str
    passenger_name: str
    flight: FlightKey
    destination: str
    std: datetime
    seat: str
    sequence: int | None
    gate: str
    document_last4: str
    screened_at: datetime | None
    status: State | None
    message_id: str

    @property
    def natural_key(self) -> tuple[str, ...]:
        """What makes this passenger on this flight one, from message to message."""
        flight = self.flight
        name = re.sub(r"\s+", " ", self.passenger_name.upper())
        place = (flight.carrier, flight.number, flight.date.isoformat(), flight.origin)
        return (*place, self.booking_reference, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a message says, for people and programs: nothing of a document, no identity number.

    Attributes:
        flight: carrier and number as on the boards.
        date: local day of departure at ``origin``.
        seat, gate: empty where the message says none.
        sequence: check-in sequence number, 1 to 9999.
    """

    booking_reference: str
    passenger_name: str
    flight: str
    date: Day
    origin: str
    destination: str
    std: datetime
    seat: str = ""
    sequence: int | None = None
    gate: str = ""
    screened_at: datetime | None = None
    status: Literal["offloaded", "no_show"] | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    """Alphabet of one text field; ``shown``: its value is not personal and may be quoted."""

    pattern: re.Pattern[str]
    expected: str
    required: bool = False
    shown: bool = True


_TEXTS: Mapping[str, _Field] = {
    "booking_reference": _Field(
        re.compile(r"[A-Z0-9]{5,8}"), "5 to 8 letters or digits", required=True, shown=False
    ),
    "passenger_name": _Field(
        re.compile(r"[A-Za-z\u3400-\u9fff\u00b7][A-Za-z\u3400-\u9fff\u00b7/ .'-]{0,59}"),
        "1 to 60 letters, / . ' - or spaces",
        required=True,
        shown=False,
    ),
    "seat": _Field(re.compile(r"\d{1,3}[A-Z]|"), "a row and a letter, like 12A"),
    "gate": _Field(re.compile(r"[A-Za-z0-9 ]{1,8}|"), "up to 8 letters or digits"),
    "document_last4": _Field(re.compile(r"[0-9A-Z]{4}|"), "4 letters or digits", shown=False),
    "message_id": _Field(re.compile(r"[A-Za-z0-9._:-]{8,64}|"), "8 to 64 of A-Z a-z 0-9 . _ : -"),
    "id_number": _Field(
        re.compile(r"[0-9A-Za-z]{6,20}|"), "6 to 20 letters or digits", shown=False
    ),
}

_FLIGHT_TEXTS: Mapping[str, _Field] = {
    "carrier": _Field(re.compile(r"[A-Z0-9]{2,3}"), "an airline designator", required=True),
    "number": _Field(re.compile(r"\d{1,4}[A-Za-z]?"), "1 to 4 digits and a suffix", required=True),
    "from": _Field(re.compile(r"[A-Z]{3}"), "an IATA airport code", required=True),
    "to": _Field(re.compile(r"[A-Z]{3}"), "an IATA airport code", required=True),
}

_OTHERS = frozenset({"flight", "sequence", "screened_at", "status"})
_FLIGHT_OTHERS = frozenset({"date", "std"})
MAX_SEQUENCE = 9999
"""BCBP gives the check-in sequence number five places, the last a suffix."""


def read_journey(data: bytes) -> tuple[JourneyMessage, str]:
    """Understand a journey message; give it and the identity number it may carry ("").

    Raises:
        Malformed: naming field and place.
    """
    body = read_object(data)
    known(body, frozenset(_TEXTS) | _OTHERS, "")
    text = {name: _text(body, name, field, "") for name, field in _TEXTS.items()}
    flight = body.get("flight")
    if not isinstance(flight, dict):
        raise fault("flight is not an object", "flight", code="missing")
    known(flight, frozenset(_FLIGHT_TEXTS) | _FLIGHT_OTHERS, "flight.")
    leg = {name: _text(flight, name, field, "flight.") for name, field in _FLIGHT_TEXTS.items()}
    screened = body.get("screened_at")
    message = JourneyMessage(
        booking_reference=text["booking_reference"],
        passenger_name=text["passenger_name"],
        flight=FlightKey(
            carrier=leg["carrier"],
            number=flight_number(leg["number"]),
            date=_date(flight.get("date"), "flight.date"),
            origin=leg["from"],
        ),
        destination=leg["to"],
        std=_time(flight.get("std"), "flight.std"),
        seat=text["seat"],
        sequence=_sequence(body.get("sequence")),
        gate=text["gate"],
        document_last4=text["document_last4"],
        screened_at=None if screened is None else _time(screened, "screened_at"),
        status=_status(body.get("status")),
        message_id=text["message_id"],
    )
    return message, text["id_number"]


def recognise(data: bytes) -> float:
    """How much bytes look like a journey message, 0 to 1.

    >>> recognise(b'{"booking_reference": "K7Q2ZP", "passenger_name": "ZHANG/SAN", "flight": {}}')
    0.95
    """
    start = data[:4096].lstrip()
    if not start.startswith(b"{"):
        return 0.0
    names = (b'"booking_reference"', b'"passenger_name"', b'"flight"')
    return (0.0, 0.3, 0.6, 0.95)[sum(name in start for name in names)]


def without_id_number(data: bytes) -> bytes:
    """A journey message's bytes fit for the bus: as they came, or without the identity number.

    >>> without_id_number(b'{"seat": "12A"}')
    b'{"seat": "12A"}'
    >>> without_id_number(b'{"id_number": "11010519491231002X", "seat": "12A"}')
    b'{"seat":"12A"}'
    """
    body = read_object(data)
    if "id_number" not in body:
        return data
    return orjson.dumps({name: value for name, value in body.items() if name != "id_number"})


def masked(data: bytes) -> bytes:
    """The shape of refused bytes without what they say: places stay, letters and digits do not.

    >>> masked(b'{"id_number": "110105"}')
    b'{"xx_xxxxxx": "999999"}'
    """
    return re.sub(rb"[^\x00-\x7f]", b"?", re.sub(rb"[A-Za-z]", b"x", re.sub(rb"\d", b"9", data)))


def _text(body: Mapping[str, Any], name: str, field: _Field, prefix: str) -> str:
    value = body.get(name)
    if value is None:
        if field.required:
            raise fault("field is missing", prefix + name, code="missing")
        return ""
    if not isinstance(value, str) or not field.pattern.fullmatch(value.strip()):
        raise Malformed(
            FORMAT,
            "value does not fit",
            field=prefix + name,
            position=f"$.{prefix}{name}",
            found=shape(str(value)) if field.shown else "",
            expected=field.expected,
            code="wrong-value",
        )
    return value.strip()


def _sequence(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_SEQUENCE:
        raise fault(f"not a number from 1 to {MAX_SEQUENCE}", "sequence")
    return value


def _status(value: object) -> State | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in DCS_STATES:
        raise fault(f"not one of {', '.join(sorted(DCS_STATES))}", "status")
    return DCS_STATES[value]


def _date(value: object, field: str) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise fault("not a date YYYY-MM-DD", field) from None


def _time(value: object, field: str) -> datetime:
    try:
        time = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise fault("not an ISO 8601 time", field) from None
    if time.tzinfo is None:
        raise fault("time without a zone: end it with Z or an offset", field)
    return time.astimezone(UTC)


def parse(data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MAX_BYTES) -> list[Told]:
    """Read a journey message; both modes are strict, and the identity number is left out.

    Raises:
        Malformed: naming field and place.
        TooLarge: over the cap.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "journey")
    message, _ = read_journey(data)
    return [
        Told(
            booking_reference=message.booking_reference,
            passenger_name=message.passenger_name,
            flight=message.flight.display,
            date=message.flight.date,
            origin=message.flight.origin,
            destination=message.destination,
            std=message.std,
            seat=message.seat,
            sequence=message.sequence,
            gate=message.gate,
            screened_at=message.screened_at,
            status=_SAID.get(message.status),
        )
    ]


def decode_journeys(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """A journey message as plain facts; the identity number is left out. Both modes are strict."""
    return [
        {**plain(one), "from": one.origin, "to": one.destination} for one in parse(data, mode=mode)
    ]
