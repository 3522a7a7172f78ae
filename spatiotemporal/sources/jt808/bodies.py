"""The conversation: registration, authentication, replies, server time, lost sub-packages.

========  =====================================================================================
message   body
========  =====================================================================================
0x0001,   general reply: WORD serial answered, WORD message id answered, BYTE result (0 ok,
0x8001    1 failed, 2 bad message, 3 unsupported, 4 alarm confirmed: only down)
0x0100    registration: WORD province, WORD city, maker, model, terminal id, BYTE plate colour,
          plate STRING; the three texts have 5, 8, 7 bytes (2011), 5, 20, 7 (2013), 11, 30, 30
          (2019). Nothing but the length tells 2011 from 2013
0x8100    registration reply: WORD serial, BYTE result, code STRING only if the result is 0
0x0102    authentication: code STRING; 2019: BYTE length, code, IMEI[15], software[20]
0x8004    server time: BCD[6] (UTC in the standard of 2019)
0x8003,   sub-packages again: WORD serial of the first package, count (BYTE; 2019: WORD),
0x0005    WORD index of each missing one
========  =====================================================================================
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from spatiotemporal.sources.jt808.faults import Notices, read_text, too_short, write_text
from spatiotemporal.sources.jt808.frame import Header
from spatiotemporal.sources.jt808.times import read_time, write_time

OK, FAILED, BAD_MESSAGE, UNSUPPORTED = 0, 1, 2, 3
"""Results of a general reply."""

Edition = Literal[2011, 2013, 2019]

_TEXTS: Final[dict[Edition, tuple[int, int, int]]] = {
    2011: (5, 8, 7),
    2013: (5, 20, 7),
    2019: (11, 30, 30),
}
"""Bytes of maker, model and terminal id in a registration."""

_FIXED_2011, _FIXED_2013 = 25, 37
"""Bytes of a registration before its plate."""
_FRAME_NUMBER = 17
"""Characters of a vehicle's frame number, which stands for the plate of colour 0."""
_IMEI, _SOFTWARE = 15, 20
_EIGHT_HOURS = timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A terminal says who it is; ``edition`` only tells 2011 from 2013 under the older header."""

    province: int
    city: int
    maker: str
    model: str
    terminal_id: str
    plate_colour: int
    plate: str
    edition: Edition = 2013


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
class ServerTime:
    """The platform's time."""

    time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Resend:
    """Sub-packages to send again; ``serial`` is of the set's first package."""

    serial: int
    indices: tuple[int, ...]


def read_register(data: bytes, header: Header, notices: Notices) -> Register:
    """Read a registration."""
    edition: Edition = 2019 if header.version is not None else _older_edition(data)
    sizes = _TEXTS[edition]
    fixed = 4 + sum(sizes) + 1
    if len(data) < fixed:
        raise too_short("registration", len(data), fixed)
    province, city = struct.unpack_from(">HH", data)
    at, texts = 4, []
    for name, size in zip(("maker", "model", "terminal id"), sizes, strict=True):
        texts.append(read_text(data[at : at + size], name, at, notices))
        at += size
    return Register(
        province=province,
        city=city,
        maker=texts[0],
        model=texts[1],
        terminal_id=texts[2],
        plate_colour=data[at],
        plate=read_text(data[at + 1 :], "plate", at + 1, notices),
        edition=edition,
    )


def _older_edition(data: bytes) -> Edition:
    """2011 or 2013, by the length; a frame number for a plate makes the older form as long as the newer."""
    if len(data) < _FIXED_2013:
        return 2011
    colour, plate = data[_FIXED_2011 - 1], data[_FIXED_2011:].rstrip(b"\x00")
    return 2011 if not colour and len(plate) == _FRAME_NUMBER and plate.isalnum() else 2013


def write_register(body: Register, header: Header) -> bytes:
    """Body of a registration; the header decides between 2019 and the older ones."""
    older: Edition = 2011 if body.edition == 2011 else 2013
    maker, model, terminal = _TEXTS[2019 if header.version is not None else older]
    return (
        struct.pack(">HH", body.province, body.city)
        + write_text(body.maker, maker)
        + write_text(body.model, model)
        + write_text(body.terminal_id, terminal)
        + bytes([body.plate_colour])
        + write_text(body.plate)
    )


def read_authenticate(data: bytes, header: Header, notices: Notices) -> Authenticate:
    """Read an authentication."""
    if header.version is None:
        return Authenticate(code=read_text(data, "code", 0, notices))
    size = data[0] if data else 0
    if len(data) < 1 + size or not data:
        raise too_short("authentication code", len(data), 1 + size)
    end = 1 + size
    imei, software = data[end : end + _IMEI], data[end + _IMEI : end + _IMEI + _SOFTWARE]
    return Authenticate(
        code=read_text(data[1:end], "code", 1, notices),
        imei=read_text(imei, "IMEI", end, notices),
        software=read_text(software, "software version", end + _IMEI, notices),
    )


def write_authenticate(body: Authenticate, header: Header) -> bytes:
    """Body of an authentication."""
    code = write_text(body.code)
    if header.version is None:
        return code
    rest = write_text(body.imei, _IMEI) + write_text(body.software, _SOFTWARE)
    return bytes([len(code)]) + code + rest


def read_reply(data: bytes, _header: Header, notices: Notices) -> Reply:
    """Read a general reply."""
    if len(data) < 5:
        raise too_short("general reply", len(data), 5)
    extra(data, 5, "general reply", notices)
    serial, reply_to, result = struct.unpack_from(">HHB", data)
    return Reply(serial=serial, reply_to=reply_to, result=result)


def read_register_reply(data: bytes, _header: Header, notices: Notices) -> RegisterReply:
    """Read the answer to a registration."""
    if len(data) < 3:
        raise too_short("register reply", len(data), 3)
    serial, result = struct.unpack_from(">HB", data)
    code = read_text(data[3:], "code", 3, notices) if result == 0 else ""
    if result:
        extra(data, 3, "register reply", notices)
    return RegisterReply(serial=serial, result=result, code=code)


def read_server_time(data: bytes, _header: Header, notices: Notices) -> ServerTime:
    """Read the platform's time (UTC)."""
    moment = read_time(data[:6]) if len(data) >= 6 else None
    if moment is None:
        raise too_short("server time in BCD", len(data), 6)
    extra(data, 6, "server time", notices)
    return ServerTime(time=moment + _EIGHT_HOURS)


def write_server_time(body: ServerTime) -> bytes:
    """Body of the platform's time."""
    return write_time(body.time - _EIGHT_HOURS)


def read_resend(data: bytes, header: Header, notices: Notices) -> Resend:
    """Read a request for lost sub-packages."""
    start = 4 if header.version is not None else 3
    if len(data) < start:
        raise too_short("request for sub-packages", len(data), start)
    count = int.from_bytes(data[2:start], "big")
    if len(data) < start + 2 * count:
        raise too_short("list of sub-packages", len(data), start + 2 * count)
    extra(data, start + 2 * count, "list of sub-packages", notices)
    return Resend(
        serial=int.from_bytes(data[:2], "big"),
        indices=struct.unpack_from(f">{count}H", data, start),
    )


def write_resend(body: Resend, header: Header) -> bytes:
    """Body of a request for lost sub-packages."""
    count = len(body.indices)
    form = f">HH{count}H" if header.version is not None else f">HB{count}H"
    return struct.pack(form, body.serial, count, *body.indices)


def extra(data: bytes, size: int, what: str, notices: Notices) -> None:
    """Note bytes beyond the end of a message."""
    if len(data) > size:
        text = f"{len(data) - size} bytes follow the {what}"
        notices.add("jt808-extra-bytes", what, f"body byte {size}", text)
