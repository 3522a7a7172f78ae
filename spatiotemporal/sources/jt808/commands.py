"""What the platform tells a terminal: texts, tracking, control, questions.

========  =====================================================================================
message   body
========  =====================================================================================
0x8105    terminal control: BYTE command word, then STRING parameters
0x8201    ask for a position: empty
0x8202    temporary tracking: WORD interval in s (0 stops it, and nothing follows), DWORD
          validity in s
0x8203    confirm alarms: WORD serial of the alarm message (0: all of its kinds), DWORD kinds
0x8300    text: BYTE flags; 2019: BYTE kind (1 notice, 2 service); STRING of at most 1,024 bytes
========  =====================================================================================

Flags of a text before 2019: bit 0 urgent, 2 display, 3 read aloud, 4 advertising screen, 5 CAN
fault code instead of navigation. In 2019 bits 0-1 are one number: 1 service, 2 urgent, 3 notice.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from spatiotemporal.sources.jt808.bodies import extra
from spatiotemporal.sources.jt808.faults import Notices, read_text, too_short, write_text
from spatiotemporal.sources.jt808.frame import Header

URGENT, DISPLAY, READ_ALOUD = 1 << 0, 1 << 2, 1 << 3
"""Flags of a text; URGENT is the meaning before 2019."""

NOTICE, SERVICE = 1, 2
"""Kinds of a text (2019)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text for the driver; ``kind`` only travels in 2019."""

    flags: int
    text: str
    kind: int = NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Report every ``interval_s`` for ``valid_s``; an interval of 0 ends it."""

    interval_s: int
    valid_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A command word (1 upgrade, 2 connect to a server, 3 off, 4 reset, 5 factory reset, ...)."""

    command: int
    parameters: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmAlarm:
    """Alarms of a message were seen by a person; ``kinds`` are alarm bits."""

    serial: int
    kinds: int


def read_words(data: bytes, header: Header, notices: Notices) -> Text:
    """Read a text."""
    start = 2 if header.version is not None else 1
    if len(data) < start:
        raise too_short("text", len(data), start)
    return Text(
        flags=data[0],
        kind=data[1] if start == 2 else NOTICE,
        text=read_text(data[start:], "text", start, notices),
    )


def write_words(body: Text, header: Header) -> bytes:
    """Body of a text."""
    head = [body.flags, body.kind] if header.version is not None else [body.flags]
    return bytes(head) + write_text(body.text)


def read_track(data: bytes, _header: Header, notices: Notices) -> Track:
    """Read a request to track."""
    if len(data) < 2:
        raise too_short("tracking interval", len(data), 2)
    interval = int.from_bytes(data[:2], "big")
    if not interval and len(data) == 2:
        return Track(interval_s=0)
    if len(data) < 6:
        raise too_short("tracking validity", len(data), 6)
    extra(data, 6, "tracking", notices)
    return Track(interval_s=interval, valid_s=int.from_bytes(data[2:6], "big"))


def write_track(body: Track) -> bytes:
    """Body of a request to track."""
    if not body.interval_s and not body.valid_s:
        return bytes(2)
    return struct.pack(">HI", body.interval_s, body.valid_s)


def read_control(data: bytes, _header: Header, notices: Notices) -> Control:
    """Read a command."""
    if not data:
        raise too_short("command word", 0, 1)
    return Control(command=data[0], parameters=read_text(data[1:], "parameters", 1, notices))


def write_control(body: Control) -> bytes:
    """Body of a command."""
    return bytes([body.command]) + write_text(body.parameters)


def read_confirm(data: bytes, _header: Header, notices: Notices) -> ConfirmAlarm:
    """Read the confirmation of alarms."""
    if len(data) < 6:
        raise too_short("alarm confirmation", len(data), 6)
    extra(data, 6, "alarm confirmation", notices)
    serial, kinds = struct.unpack_from(">HI", data)
    return ConfirmAlarm(serial=serial, kinds=kinds)


def write_confirm(body: ConfirmAlarm) -> bytes:
    """Body of the confirmation of alarms."""
    return struct.pack(">HI", body.serial, body.kinds)
