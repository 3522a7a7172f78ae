"""Positions as JSON, for senders that speak HTTP or MQTT: this project's own format.

One object, a list of objects, ``{"positions": [...]}``, or one object a line. An object holds:

=============  ========  ==========================================================================
member         needed    value
=============  ========  ==========================================================================
id             yes       1 to 100 characters; ``kind:identity`` where the kind is known, e.g.
                         ``vehicle:tug-17`` or ``equipment:stairs-4``
time           yes       ISO 8601 with a zone; a number is Unix seconds, or milliseconds from 1e11
latitude       yes       degrees, -90 to 90
longitude      yes       degrees, -180 to 180
datum          no        ``WGS84`` (default), ``CGCS2000`` (the same at our accuracy), ``GCJ-02``
altitude_m     no        metres above mean sea level
speed_mps      no        metres a second, not negative
heading_deg    no        degrees from true north, 0 to 360
accuracy_m     no        radius that holds 95 % of positions, metres
label          no        what people call it, up to 80 characters
fleet          no        fleet, up to 40 characters
=============  ========  ==========================================================================

``null`` is the same as absent. Members of other names are kept in ``extra``. A byte order mark before the
text is passed over.

================================  ==================================================================
notice                            meaning
================================  ==================================================================
position-json-unknown-member      A member of another name; kept.
position-json-time-without-zone   The time has no zone and was taken as UTC.
position-json-numeric-text        A number was sent as text.
================================  ==================================================================

In strict mode each of them is a fault. Of one text the first 10,000 are told. Places are ``line N`` of the
text and the path of the member.

A text of more than 32 KiB is read object by object, none of which may be longer than that (``too-long``).
Positions of a long text keep their bytes, and read their values anew when they are asked for
(:mod:`spatiotemporal.sources.later`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar

import orjson

from service_bus import Malformed, Mode, Notice, TooLarge
from spatiotemporal.sources.later import VALUES_KEPT, Later, let_go
from spatiotemporal.sources.position_texts import BYTE_ORDER_MARK, fault, objects
from spatiotemporal.sources.position_texts import FORMAT as FORMAT

MAX_BYTES: Final = 4 * 1024 * 1024
MOST_NOTICES: Final = 10_000
MOST_NOTICES_OF_ONE: Final = 20
MILLISECONDS_FROM: Final = 1e11
"""Unix seconds reach it in the year 5138, milliseconds left it in 1973."""

T = TypeVar("T")

Datum = Literal["WGS84", "CGCS2000", "GCJ-02"]
DATUMS: Final[tuple[Datum, ...]] = ("WGS84", "CGCS2000", "GCJ-02")

_NUMBERS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "latitude": (-90.0, 90.0),
        "longitude": (-180.0, 180.0),
        "altitude_m": (-1_000.0, 50_000.0),
        "speed_mps": (0.0, 1_000.0),
        "heading_deg": (0.0, 360.0),
        "accuracy_m": (0.0, 1e6),
    }
)
_TEXTS: Final[Mapping[str, int]] = MappingProxyType({"id": 100, "label": 80, "fleet": 40})
_NEEDED: Final = ("id", "time", "latitude", "longitude")
_MEMBERS: Final = frozenset({*_NUMBERS, *_TEXTS, "time", "datum"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Later):
    """One position, in its own datum."""

    id: str
    time: datetime
    latitude: float
    longitude: float
    datum: Datum = "WGS84"
    altitude_m: float | None = None
    speed_mps: float | None = None
    heading_deg: float | None = None
    accuracy_m: float | None = None
    label: str | None = None
    fleet: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    original: bytes = b""
    notices: tuple[Notice, ...] = ()

    def again(self) -> Message:
        """The same from its text; notices are kept."""
        return _read(orjson.loads(self.original), "", self.original, "tolerant", 0)


_LET_GO: Final = tuple(
    one.name for one in fields(Message) if one.name not in ("original", "notices")
)


def parse(data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MAX_BYTES) -> list[Message]:
    """Read positions.

    Raises:
        Malformed: the text is no JSON, or a member is missing or has an impossible value.
        TooLarge: more than ``max_bytes``.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "JSON text")
    messages: list[Message] = []
    size = told = 0
    for value, place, original in objects(data.removeprefix(BYTE_ORDER_MARK)):
        message = _read(value, place, original, mode, MOST_NOTICES - told)
        size += len(original)
        told += len(message.notices)
        if size > VALUES_KEPT:
            let_go(message, *_LET_GO)
        messages.append(message)
    return messages


def encode(message: Message) -> bytes:
    """One object; members in the order of the table, unknown ones after them."""
    members: dict[str, object] = {
        "id": message.id,
        "time": message.time.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "latitude": message.latitude,
        "longitude": message.longitude,
    }
    if message.datum != "WGS84":
        members["datum"] = message.datum
    for name in ("altitude_m", "speed_mps", "heading_deg", "accuracy_m", "label", "fleet"):
        value = getattr(message, name)
        if value is not None:
            members[name] = value
    return orjson.dumps({**members, **message.extra})


def recognise(data: bytes) -> float:
    """How surely text is this format: 0 to 1."""
    head = data[:4_096].removeprefix(BYTE_ORDER_MARK).lstrip()
    if head[:1] not in (b"{", b"["):
        return 0.0
    found = [f'"{name}"'.encode() in head for name in _NEEDED]
    return 0.9 if all(found) else 0.1


class _Object:
    """One object while it is read."""

    def __init__(self, value: dict[str, Any], place: str, mode: Mode, most: int) -> None:
        self.value = value
        self.place = place
        self.mode = mode
        self.most = min(most, MOST_NOTICES_OF_ONE)
        self.notices: list[Notice] = []

    def odd(self, code: str, name: str, text: str) -> None:
        position = f"{self.place}.{name[:40]}"
        if self.mode == "strict":
            raise fault(text, field=name[:40], position=position, code=code)
        if len(self.notices) < self.most:
            self.notices.append(Notice(code=code, field=name[:40], position=position, text=text))

    def wrong(self, name: str, expected: str) -> Malformed:
        return fault(
            f"{name} is not possible",
            field=name,
            position=f"{self.place}.{name}",
            found=self.value.get(name),
            expected=expected,
            code="wrong-value",
        )

    def number(self, name: str) -> float | None:
        low, high = _NUMBERS[name]
        value = self.value.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            value = self._from_text(name, value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, "a number")
        if not low <= value <= high or not math.isfinite(value):
            raise self.wrong(name, f"{low:g} to {high:g}")
        return float(value)

    def _from_text(self, name: str, text: str) -> float:
        try:
            number = float(text) if len(text) <= 30 and "_" not in text else math.nan
        except ValueError as error:
            raise self.wrong(name, "a number") from error
        self.odd("position-json-numeric-text", name, f"{name} was sent as text")
        return number

    def text(self, name: str) -> str | None:
        value = self.value.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not 1 <= len(value.strip()) <= _TEXTS[name]:
            raise self.wrong(name, f"1 to {_TEXTS[name]} characters")
        return value

    def needed(self, value: T | None, name: str) -> T:
        if value is None:
            raise fault(
                f"{name} is missing",
                field=name,
                position=f"{self.place}.{name}",
                expected=f"a member {name}",
                code="missing",
            )
        return value

    def time(self) -> datetime:
        value = self.needed(self.value.get("time"), "time")
        try:
            if isinstance(value, bool):
                raise self.wrong("time", "ISO 8601 or a Unix time")
            if isinstance(value, int | float):
                seconds = value / 1000 if abs(value) >= MILLISECONDS_FROM else value
                return datetime.fromtimestamp(seconds, UTC)
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                self.odd("position-json-time-without-zone", "time", "time without a zone")
                return moment.replace(tzinfo=UTC)
            return moment.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, OSError) as error:
            if isinstance(error, Malformed):
                raise
            raise self.wrong("time", "ISO 8601 or a Unix time") from error


def _read(value: object, place: str, original: bytes, mode: Mode, most: int) -> Message:
    if not isinstance(value, dict):
        raise fault(
            "a position is an object",
            field="position",
            position=place,
            found=type(value).__name__,
            expected="object",
            code="no-object",
        )
    one = _Object(value, place, mode, most)
    extra = {name: kept for name, kept in value.items() if name not in _MEMBERS}
    for name in extra:
        one.odd("position-json-unknown-member", name[:40] or '""', "a member of another name")
    datum = "WGS84" if value.get("datum") is None else value["datum"]
    if datum not in DATUMS:
        raise one.wrong("datum", ", ".join(DATUMS))
    return Message(
        id=one.needed(one.text("id"), "id"),
        time=one.time(),
        latitude=one.needed(one.number("latitude"), "latitude"),
        longitude=one.needed(one.number("longitude"), "longitude"),
        datum=datum,
        altitude_m=one.number("altitude_m"),
        speed_mps=one.number("speed_mps"),
        heading_deg=one.number("heading_deg"),
        accuracy_m=one.number("accuracy_m"),
        label=one.text("label"),
        fleet=one.text("fleet"),
        extra=extra,
        original=original,
        notices=tuple(one.notices),
    )
