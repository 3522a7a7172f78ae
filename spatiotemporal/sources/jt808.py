"""JT/T 808 messages of vehicle terminals: bodies read and written (2011, 2013, 2019).

Read: general reply 0x0001, heartbeat 0x0002, deregister 0x0003, register 0x0100, authenticate
0x0102, location 0x0200, batch of locations 0x0704. Written to terminals: general reply 0x8001,
register reply 0x8100. Any other message keeps its body as bytes (:class:`Other`).

Location body (28 bytes, then items ``id, length, value``):

======  =======  =========================================================
offset  type     field
======  =======  =========================================================
0       DWORD    alarm bits
4       DWORD    status bits (0 ACC, 1 positioned, 2 south, 3 west, ...)
8       DWORD    latitude, 1e-6 degree
12      DWORD    longitude, 1e-6 degree
16      WORD     altitude, m
18      WORD     speed, 0.1 km/h
20      WORD     direction, degrees clockwise from true north
22      BCD[6]   YYMMDDhhmmss, GMT+8
======  =======  =========================================================

Units: speeds are in m/s, times aware UTC, positions in the terminal's own datum (``gcj02``).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from service_bus import Malformed
from spatiotemporal.sources.jt808_frame import (
    FORMAT,
    Assembler,
    Frame,
    Header,
    Splitter,
    read_frame,
    write_frame,
)

GENERAL_REPLY_UP = 0x0001
HEARTBEAT = 0x0002
DEREGISTER = 0x0003
REGISTER = 0x0100
AUTHENTICATE = 0x0102
LOCATION = 0x0200
BATCH = 0x0704
GENERAL_REPLY = 0x8001
REGISTER_REPLY = 0x8100

OK, FAILED, BAD_MESSAGE, UNSUPPORTED = 0, 1, 2, 3
"""Results of a general reply."""

BEIJING = timezone(timedelta(hours=8))

_FIXED = struct.Struct(">IIIIHHH6s")
_SOUTH, _WEST, _POSITIONED, _ACC = 1 << 2, 1 << 3, 1 << 1, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An additional item of a location, as sent."""

    id: int
    value: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One position report.

    Attributes:
        latitude: degrees, south negative, in the terminal's datum.
        longitude: degrees, west negative.
        heading_deg: 0 .. 359 from true north.
        time: of the fix.
        positioned: the receiver had a fix.
        truncated: the item list ended inside an item; the rest was dropped.
    """

    alarm: int
    status: int
    latitude: float
    longitude: float
    altitude_m: int
    speed_mps: float
    heading_deg: int
    time: datetime
    items: tuple[Item, ...] = ()
    truncated: bool = False

    @property
    def positioned(self) -> bool:
        """The receiver had a fix."""
        return bool(self.status & _POSITIONED)

    @property
    def acc_on(self) -> bool:
        """Ignition is on."""
        return bool(self.status & _ACC)

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
class Register:
    """A terminal says who it is."""

    province: int
    city: int
    maker: str
    model: str
    terminal_id: str
    plate_colour: int
    plate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticate:
    """A terminal shows the code it was given."""

    code: str
    imei: str = ""
    software: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """General reply, up or down: ``reply_to`` is the message id answered."""

    serial: int
    reply_to: int
    result: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReply:
    """Answer to a registration; the code only on success."""

    serial: int
    result: int
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """A message without a body: heartbeat, deregister."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A message whose body this reader does not know."""

    body: bytes


Body = Location | Batch | Register | Authenticate | Reply | RegisterReply | Empty | Other


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message with its header, the frame it came in, and what was odd about it."""

    header: Header
    body: Body
    original: bytes = b""
    warnings: tuple[str, ...] = ()


def parse(data: bytes, *, mode: Literal["strict", "tolerant"] = "tolerant") -> list[Message]:
    """Read a stream of frames; sub-packages are joined.

    Raises:
        Malformed: a frame is broken, or in strict mode anything is left over or cut short.
    """
    splitter, assembler = Splitter(), Assembler()
    messages: list[Message] = []
    if not data.startswith(b"\x7e") or not data.endswith(b"\x7e") or len(data) < 2:
        raise Malformed(
            FORMAT,
            "data do not begin and end with a flag",
            field="frame",
            position="byte 0" if not data.startswith(b"\x7e") else f"byte {len(data)}",
            found=data[:1].hex().upper() or "nothing",
            expected="7E",
            code="no-flag",
        )
    for original in splitter.feed(data):
        frame = assembler.add(read_frame(original), 0.0)
        if frame is None:
            continue
        message = read_message(frame)
        if mode == "strict" and message.warnings:
            raise Malformed(FORMAT, message.warnings[0], field="items", code="not-strict")
        messages.append(message)
    return messages


def read_message(frame: Frame) -> Message:
    """Read the body of a whole frame.

    Raises:
        Malformed: the body is too short for its kind or holds impossible values.
    """
    header = frame.header
    if header.encryption:
        return Message(
            header=header,
            body=Other(body=frame.body),
            original=frame.original,
            warnings=("jt808-encrypted: the body is encrypted and was not read",),
        )
    reader = _READERS.get(header.message_id, _other)
    body = reader(frame.body, header)
    warnings: tuple[str, ...] = ()
    if isinstance(body, Location) and body.truncated:
        warnings = ("jt808-items-cut: the list of additional items ends inside an item",)
    return Message(header=header, body=body, original=frame.original, warnings=warnings)


def encode(message: Message) -> bytes:
    """Bytes of a message, flags included."""
    body, newer = message.body, message.header.version is not None
    match body:
        case Location():
            data = write_location(body)
        case Batch():
            inner = [write_location(location) for location in body.locations]
            data = struct.pack(">HB", len(inner), 1 if body.backfill else 0) + b"".join(
                len(one).to_bytes(2, "big") + one for one in inner
            )
        case Register():
            data = _write_register(body, newer)
        case Authenticate():
            data = _write_authenticate(body, newer)
        case Reply():
            data = struct.pack(">HHB", body.serial, body.reply_to, body.result)
        case RegisterReply():
            data = struct.pack(">HB", body.serial, body.result) + body.code.encode("gbk")
        case Other():
            data = body.body
        case _:
            data = b""
    return write_frame(message.header, data)


def read_location(data: bytes, start: int = 0) -> Location:
    """Read a location body.

    Args:
        data: the body.
        start: where it begins in the frame's body, for error positions.
    """
    if len(data) < _FIXED.size:
        raise _too_short("location", len(data), _FIXED.size, start)
    alarm, status, lat, lon, altitude, speed, heading, bcd = _FIXED.unpack_from(data)
    latitude, longitude = lat / 1e6, lon / 1e6
    if latitude > 90 or longitude > 180:
        raise Malformed(
            FORMAT,
            "position outside the earth",
            field="latitude" if latitude > 90 else "longitude",
            position=f"body byte {start + (8 if latitude > 90 else 12)}",
            found=f"{lat if latitude > 90 else lon}",
            expected="at most 90 degrees" if latitude > 90 else "at most 180 degrees",
            code="impossible-position",
        )
    items: tuple[Item, ...] = ()
    cut = False
    if len(data) > _FIXED.size:
        items, cut = _read_items(data)
    return Location(
        alarm=alarm,
        status=status,
        latitude=-latitude if status & _SOUTH else latitude,
        longitude=-longitude if status & _WEST else longitude,
        altitude_m=altitude,
        speed_mps=speed / 36,
        heading_deg=heading,
        time=_read_time(bcd, start + 22),
        items=items,
        truncated=cut,
    )


def write_location(location: Location) -> bytes:
    """Body of a location."""
    status = location.status & ~(_SOUTH | _WEST)
    status |= _SOUTH if location.latitude < 0 else 0
    status |= _WEST if location.longitude < 0 else 0
    return _FIXED.pack(
        location.alarm,
        status,
        round(abs(location.latitude) * 1e6),
        round(abs(location.longitude) * 1e6),
        location.altitude_m,
        round(location.speed_mps * 36),
        location.heading_deg,
        bytes.fromhex(location.time.astimezone(BEIJING).strftime("%y%m%d%H%M%S")),
    ) + b"".join(bytes([item.id, len(item.value)]) + item.value for item in location.items)


def _read_items(data: bytes) -> tuple[tuple[Item, ...], bool]:
    items: list[Item] = []
    at = _FIXED.size
    while at < len(data):
        if at + 2 > len(data) or at + 2 + data[at + 1] > len(data):
            return tuple(items), True
        length = data[at + 1]
        items.append(Item(id=data[at], value=data[at + 2 : at + 2 + length]))
        at += 2 + length
    return tuple(items), False


def _read_time(bcd: bytes, at: int) -> datetime:
    text = bcd.hex()
    try:
        return datetime(
            2000 + int(text[0:2]),
            int(text[2:4]),
            int(text[4:6]),
            int(text[6:8]),
            int(text[8:10]),
            int(text[10:12]),
            tzinfo=BEIJING,
        ).astimezone(UTC)
    except ValueError as error:
        raise Malformed(
            FORMAT,
            "time is not a moment in BCD",
            field="time",
            position=f"body byte {at}",
            found=text.upper(),
            expected="YYMMDDhhmmss",
            code="impossible-time",
        ) from error


def _location(data: bytes, _header: Header) -> Location:
    return read_location(data)


def _batch(data: bytes, _header: Header) -> Batch:
    if len(data) < 3:
        raise _too_short("batch of locations", len(data), 3)
    count, kind = struct.unpack_from(">HB", data)
    at, locations = 3, []
    for index in range(count):
        if at + 2 > len(data):
            raise _too_short(f"location {index + 1} of {count}", len(data), at + 2)
        length = int.from_bytes(data[at : at + 2], "big")
        if at + 2 + length > len(data):
            raise _too_short(f"location {index + 1} of {count}", len(data), at + 2 + length)
        locations.append(read_location(data[at + 2 : at + 2 + length], at + 2))
        at += 2 + length
    return Batch(locations=tuple(locations), backfill=kind == 1)


def _register(data: bytes, header: Header) -> Register:
    maker, model, terminal = _register_sizes(len(data), header)
    fixed = 4 + maker + model + terminal + 1
    if len(data) < fixed:
        raise _too_short("registration", len(data), fixed)
    province, city = struct.unpack_from(">HH", data)
    at = 4
    texts = []
    for size in (maker, model, terminal):
        texts.append(_text(data[at : at + size]))
        at += size
    return Register(
        province=province,
        city=city,
        maker=texts[0],
        model=texts[1],
        terminal_id=texts[2],
        plate_colour=data[at],
        plate=_text(data[at + 1 :]),
    )


def _register_sizes(length: int, header: Header) -> tuple[int, int, int]:
    """Widths of maker, model and terminal id: 2019, 2013, or 2011 (too short for 2013)."""
    if header.version is not None:
        return 11, 30, 30
    return (5, 20, 7) if length >= 37 else (5, 8, 7)


def _write_register(body: Register, newer: bool) -> bytes:
    maker, model, terminal = (11, 30, 30) if newer else (5, 20, 7)
    return (
        struct.pack(">HH", body.province, body.city)
        + _padded(body.maker, maker)
        + _padded(body.model, model)
        + _padded(body.terminal_id, terminal)
        + bytes([body.plate_colour])
        + body.plate.encode("gbk")
    )


def _authenticate(data: bytes, header: Header) -> Authenticate:
    if header.version is None:
        return Authenticate(code=_text(data))
    if not data or len(data) < 1 + data[0]:
        raise _too_short("authentication code", len(data), 1 + (data[0] if data else 0))
    end = 1 + data[0]
    return Authenticate(
        code=_text(data[1:end]),
        imei=_text(data[end : end + 15]),
        software=_text(data[end + 15 : end + 35]),
    )


def _write_authenticate(body: Authenticate, newer: bool) -> bytes:
    code = body.code.encode("gbk")
    if not newer:
        return code
    return bytes([len(code)]) + code + _padded(body.imei, 15) + _padded(body.software, 20)


def _reply(data: bytes, _header: Header) -> Reply:
    if len(data) < 5:
        raise _too_short("general reply", len(data), 5)
    serial, reply_to, result = struct.unpack_from(">HHB", data)
    return Reply(serial=serial, reply_to=reply_to, result=result)


def _register_reply(data: bytes, _header: Header) -> RegisterReply:
    if len(data) < 3:
        raise _too_short("register reply", len(data), 3)
    serial, result = struct.unpack_from(">HB", data)
    return RegisterReply(serial=serial, result=result, code=_text(data[3:]) if result == 0 else "")


def _empty(_data: bytes, _header: Header) -> Empty:
    return Empty()


def _other(data: bytes, _header: Header) -> Other:
    return Other(body=data)


_READERS: Mapping[int, Callable[[bytes, Header], Body]] = {
    GENERAL_REPLY_UP: _reply,
    HEARTBEAT: _empty,
    DEREGISTER: _empty,
    REGISTER: _register,
    AUTHENTICATE: _authenticate,
    LOCATION: _location,
    BATCH: _batch,
    GENERAL_REPLY: _reply,
    REGISTER_REPLY: _register_reply,
}


def _text(data: bytes) -> str:
    """STRING and padded BYTE[n]: GBK up to the padding; bytes that are not GBK are marked."""
    return data.strip(b"\x00 ").decode("gbk", "replace")


def _padded(text: str, size: int) -> bytes:
    return text.encode("gbk")[:size].ljust(size, b"\x00")


def _too_short(what: str, found: int, expected: int, start: int = 0) -> Malformed:
    return Malformed(
        FORMAT,
        f"{what} is cut short",
        field=what,
        position=f"body byte {start + found}",
        found=f"{found} bytes",
        expected=f"at least {expected} bytes",
        code="too-short",
    )
