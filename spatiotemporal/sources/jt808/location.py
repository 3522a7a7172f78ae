"""Positions: 0x0200, 0x0201 (asked for) and 0x0704 (sent late).

Location body (28 bytes, then items ``id, length, value``, see :mod:`.items`):

======  =======  =========================================================
offset  type     field
======  =======  =========================================================
0       DWORD    alarm bits
4       DWORD    status bits (0 ACC, 1 positioned, 2 south, 3 west, 5 plug-in, ...)
8       DWORD    latitude, 1e-6 degree
12      DWORD    longitude, 1e-6 degree
16      WORD     altitude, m
18      WORD     speed, 0.1 km/h
20      WORD     direction, degrees clockwise from true north
22      BCD[6]   YYMMDDhhmmss, GMT+8
======  =======  =========================================================

Batch: WORD count, BYTE kind (1 = from an area without coverage), then count times a WORD length and
a location body. Answer to a request: WORD serial of the request, then a location body.

Units: speeds are in m/s, times aware UTC, positions in the terminal's own datum. Status bit 5 says that
latitude and longitude went through the map-secrecy plug-in, which shifts them to GCJ-02; some fleets send
GCJ-02 without saying so, and which ones is configuration, never guessed from one message.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from spatiotemporal.sources.jt808.faults import Notices, too_short
from spatiotemporal.sources.jt808.items import LENGTHS, Item
from spatiotemporal.sources.jt808.times import read_time, write_time

_FIXED = struct.Struct(">IIIIHHH6s")
_SIZE = _FIXED.size
_SOUTH, _WEST, _POSITIONED, _ACC, _PLUG_IN = 1 << 2, 1 << 3, 1 << 1, 1, 1 << 5
_NO_TIME = bytes(6)


ALARMS: Final = (
    "emergency", "overspeed", "fatigue", "danger", "GNSS fault", "antenna open", "antenna shorted",
    "undervoltage", "power lost", "display fault", "speech fault", "camera fault", "card fault",
    "overspeed early warning", "fatigue early warning", "illegal driving", "tyre pressure",
    "blind spot on the right", "driving too long", "parked too long", "area crossed",
    "route crossed", "segment time", "off the route", "speed sensor fault", "fuel", "stolen",
    "illegal ignition", "illegal move", "collision", "rollover", "door opened illegally",
)  # fmt: skip
"""Bits of the alarms, from bit 0; 15 to 17 since 2019."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One position report.

    Attributes:
        latitude: degrees, south negative, in the terminal's datum.
        longitude: degrees, west negative.
        heading_deg: from true north; 0 .. 359 unless the terminal errs.
        time: of the fix; ``None`` when the bytes are no moment.
        rest: what follows when the item list ends inside an item.
    """

    alarm: int
    status: int
    latitude: float
    longitude: float
    altitude_m: int
    speed_mps: float
    heading_deg: int
    time: datetime | None
    items: tuple[Item, ...] = ()
    rest: bytes = b""

    @property
    def positioned(self) -> bool:
        """The receiver had a fix."""
        return bool(self.status & _POSITIONED)

    @property
    def alarms(self) -> tuple[str, ...]:
        """Alarms by name."""
        return tuple(name for bit, name in enumerate(ALARMS) if self.alarm >> bit & 1)

    @property
    def acc_on(self) -> bool:
        """Ignition is on."""
        return bool(self.status & _ACC)

    @property
    def shifted(self) -> bool:
        """The terminal says that its position is shifted to GCJ-02."""
        return bool(self.status & _PLUG_IN)

    @property
    def possible(self) -> bool:
        """The position is on the earth."""
        return abs(self.latitude) <= 90 and abs(self.longitude) <= 180

    def number(self, item_id: int) -> int | None:
        """Unsigned value of an additional item, e.g. 0x01 mileage in 0.1 km."""
        for item in self.items:
            if item.id == item_id and item.value:
                return int.from_bytes(item.value, "big")
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Locations sent late; ``backfill`` when they come from an area without coverage."""

    locations: tuple[Location, ...]
    backfill: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A location that was asked for; ``serial`` is of the request."""

    serial: int
    location: Location


def read_location(data: bytes, notices: Notices, start: int = 0) -> Location:
    """Read a location body that begins at byte ``start`` of a frame's body.

    Raises:
        Malformed: it is cut short, or odd in strict mode.
    """
    if len(data) < _SIZE:
        raise too_short("location", len(data), _SIZE, start)
    alarm, status, lat, lon, altitude, speed, heading, bcd = _FIXED.unpack_from(data)
    if lat > 90_000_000 or lon > 180_000_000:
        _impossible(lat, start, notices)
    if heading > 359:
        place = f"body byte {start + 20}"
        notices.add("jt808-impossible-heading", "direction", place, "direction beyond 359 degrees")
    items: tuple[Item, ...] = ()
    rest = b""
    if len(data) > _SIZE:
        items, rest = _read_items(data, notices, start)
    return Location(
        alarm=alarm,
        status=status,
        latitude=-lat / 1e6 if status & _SOUTH else lat / 1e6,
        longitude=-lon / 1e6 if status & _WEST else lon / 1e6,
        altitude_m=altitude,
        speed_mps=speed / 36,
        heading_deg=heading,
        time=_read_time(bcd, start + 22, notices),
        items=items,
        rest=rest,
    )


def write_location(location: Location) -> bytes:
    """Body of a location."""
    status = location.status & ~(_SOUTH | _WEST)
    # A zero keeps the hemisphere that its status names; it has no sign of its own.
    south = location.latitude < 0 or (not location.latitude and location.status & _SOUTH)
    west = location.longitude < 0 or (not location.longitude and location.status & _WEST)
    time = location.time
    return (
        _FIXED.pack(
            location.alarm,
            status | (_SOUTH if south else 0) | (_WEST if west else 0),
            round(abs(location.latitude) * 1e6),
            round(abs(location.longitude) * 1e6),
            location.altitude_m,
            round(location.speed_mps * 36),
            location.heading_deg,
            write_time(time) if time is not None else _NO_TIME,
        )
        + b"".join(bytes([item.id, len(item.value)]) + item.value for item in location.items)
        + location.rest
    )


def read_batch(data: bytes, notices: Notices) -> Batch:
    """Read a batch of locations."""
    if len(data) < 3:
        raise too_short("batch of locations", len(data), 3)
    count, kind = struct.unpack_from(">HB", data)
    at, locations = 3, []
    for index in range(count):
        what = f"location {index + 1} of {count}"
        if at + 2 > len(data):
            raise too_short(what, len(data), at + 2)
        length = int.from_bytes(data[at : at + 2], "big")
        if at + 2 + length > len(data):
            raise too_short(what, len(data), at + 2 + length)
        locations.append(read_location(data[at + 2 : at + 2 + length], notices, at + 2))
        at += 2 + length
    if at < len(data):
        place = f"body byte {at}"
        notices.add("jt808-extra-bytes", "batch of locations", place, "bytes follow the last one")
    return Batch(locations=tuple(locations), backfill=kind == 1)


def write_batch(batch: Batch) -> bytes:
    """Body of a batch."""
    inner = [write_location(location) for location in batch.locations]
    head = struct.pack(">HB", len(inner), 1 if batch.backfill else 0)
    return head + b"".join(len(one).to_bytes(2, "big") + one for one in inner)


def read_answer(data: bytes, notices: Notices) -> Answer:
    """Read the answer to a request for a position."""
    if len(data) < 2:
        raise too_short("location reply", len(data), 2)
    serial = int.from_bytes(data[:2], "big")
    return Answer(serial=serial, location=read_location(data[2:], notices, 2))


def _read_time(bcd: bytes, at: int, notices: Notices) -> datetime | None:
    moment = read_time(bcd)
    if moment is None:
        text = f"time {bcd.hex().upper()} is not a moment in BCD"
        notices.add("jt808-no-time", "time", f"body byte {at}", text)
    return moment


def _impossible(lat: int, start: int, notices: Notices) -> None:
    north = lat > 90_000_000
    notices.add(
        "jt808-impossible-position",
        "latitude" if north else "longitude",
        f"body byte {start + (8 if north else 12)}",
        f"{'latitude beyond 90' if north else 'longitude beyond 180'} degrees",
    )


def _read_items(data: bytes, notices: Notices, start: int) -> tuple[tuple[Item, ...], bytes]:
    items: list[Item] = []
    at, end = _SIZE, len(data)
    while at < end:
        if at + 2 > end or at + 2 + data[at + 1] > end:
            place = f"body byte {start + at}"
            text = "the list of additional items ends inside an item"
            notices.add("jt808-items-cut", "additional items", place, text)
            return tuple(items), data[at:]
        kind, length = data[at], data[at + 1]
        allowed = LENGTHS.get(kind)
        if allowed is not None and length not in allowed:
            text = f"item 0x{kind:02X} has {length} bytes"
            place = f"body byte {start + at + 1}"
            notices.add("jt808-item-length", f"item 0x{kind:02X}", place, text)
        items.append(Item(kind, data[at + 2 : at + 2 + length]))
        at += 2 + length
    return tuple(items), b""
