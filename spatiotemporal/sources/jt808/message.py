"""Whole messages: which body belongs to which id, streams in, bytes out."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from service_bus import Malformed, Mode, Notice, TooLarge
from spatiotemporal.sources.jt808 import bodies, commands, location, parameters
from spatiotemporal.sources.jt808.bodies import (
    Authenticate,
    Register,
    RegisterReply,
    Reply,
    Resend,
    ServerTime,
)
from spatiotemporal.sources.jt808.commands import ConfirmAlarm, Control, Text, Track
from spatiotemporal.sources.jt808.faults import Notices, fault, write_text
from spatiotemporal.sources.jt808.frame import (
    LONGEST_FRAME,
    Frame,
    Header,
    Splitter,
    escape,
    read_frame,
)
from spatiotemporal.sources.jt808.location import Answer, Batch, Location
from spatiotemporal.sources.jt808.packages import Assembler, write_frames
from spatiotemporal.sources.jt808.parameters import AskParameters, SetParameters, ToldParameters
from spatiotemporal.sources.later import Later
from spatiotemporal.sources.log import Log

GENERAL_REPLY_UP: Final = 0x0001
HEARTBEAT: Final = 0x0002
DEREGISTER: Final = 0x0003
ASK_SERVER_TIME: Final = 0x0004
RESEND_UP: Final = 0x0005
REGISTER: Final = 0x0100
AUTHENTICATE: Final = 0x0102
TOLD_PARAMETERS: Final = 0x0104
LOCATION: Final = 0x0200
LOCATION_ANSWER: Final = 0x0201
BATCH: Final = 0x0704
GENERAL_REPLY: Final = 0x8001
RESEND: Final = 0x8003
SERVER_TIME: Final = 0x8004
REGISTER_REPLY: Final = 0x8100
SET_PARAMETERS: Final = 0x8103
ASK_ALL_PARAMETERS: Final = 0x8104
CONTROL: Final = 0x8105
ASK_PARAMETERS: Final = 0x8106
ASK_LOCATION: Final = 0x8201
TRACK: Final = 0x8202
CONFIRM_ALARM: Final = 0x8203
TEXT: Final = 0x8300

_POSITIONS: Final = (LOCATION, LOCATION_ANSWER, BATCH)

MAX_BYTES: Final = 2 * 1024 * 1024
"""Default cap of a stream given to :func:`parse`: a day's log of a terminal that reports every two or three
seconds."""

_NO_TEXT: Final = re.compile(rb"[^\t\n\r\x20-\x7e\x80-\xff]")
_NO_DIGIT: Final = re.compile(rb"[^0-9A-Fa-f\s,-]")
_IN_TEXT: Final = re.compile(rb"(?<![0-9A-Fa-f])7[eE][0-9A-Fa-f ,\t-]*7[eE](?![0-9A-Fa-f])")
"""A frame, or several, in digits within a line."""

MOST_FRAMES: Final = 50_000
MOST_INCOMPLETE: Final = 1_000
"""Sets with missing packages: 2 MiB have room for so many of two full packages."""
LONGEST_POSITIONS: Final = 64 * 1024
"""Bytes of a body of positions, joined: some two thousand of them, where terminals send tens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """A message without a body: heartbeat, deregister, questions for everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A message whose body this reader does not know, or could not read: its bytes."""

    body: bytes


Body = (
    Location
    | Batch
    | Answer
    | Register
    | Authenticate
    | Reply
    | RegisterReply
    | ServerTime
    | Resend
    | Text
    | Track
    | Control
    | ConfirmAlarm
    | SetParameters
    | AskParameters
    | ToldParameters
    | Empty
    | Other
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Later):
    """A message with its header, the frames it came in, and what was odd about it."""

    header: Header
    body: Body
    original: bytes = b""
    notices: tuple[Notice, ...] = ()

    def again(self) -> Message:
        """The same from its frames."""
        return next(_read(self.original, "tolerant", _raised))


def _raised(wrong: Malformed) -> None:
    raise wrong


def parse(data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MAX_BYTES) -> list[Message]:
    """Read a stream of frames; sub-packages are joined.

    Of a set with missing packages the joined rest is given as :class:`Other` with a notice. A frame among
    others that cannot be read is left out with a notice on the message after it; only the first ones are
    told one by one.

    Raises:
        Malformed: no frame can be read; in strict mode a frame is broken, or anything is odd.
        TooLarge: more than ``max_bytes``.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "stream of JT/T 808 frames")
    _check_flags(data)
    again = ("header", "body", "notices")
    log: Log[Message] = Log("jt808-left-out", mode == "tolerant", again)
    wrong: Malformed | None = None
    try:
        for message in _read(data, mode, log.leave_out):
            log.take(message)
        messages = log.close()
    except Malformed as error:
        wrong = error
    if wrong is not None or log.left_out:
        # A frame that was logged without its escapes looks like several broken ones.
        whole = _read_unescaped(data, mode)
        if whole is not None:
            return [whole]
    if wrong is not None:
        raise wrong
    return messages


def _read(data: bytes, mode: Mode, leave_out: Callable[[Malformed], None]) -> Iterator[Message]:
    assembler = Assembler(most_asked=0, longest_wait_s=float("inf"))
    for number, original in enumerate(Splitter().feed(data), start=1):
        message = None
        _check_count("frame", number, number, MOST_FRAMES)
        try:
            frame = assembler.add(read_frame(original), 0.0)
            if frame is not None:
                message = read_message(frame, mode=mode)
        except Malformed as error:
            if len(original) < len(data):
                error.position = f"frame {number} {error.position}"
            leave_out(error)
        _check_count("incomplete set", number, assembler.given_up, MOST_INCOMPLETE)
        if message is not None:
            yield message
    for one in assembler.rest():
        notices = Notices(mode)
        text = f"packages {', '.join(map(str, one.missing[:20]))} of {one.total} are missing"
        notices.add("jt808-package-missing", "package index", "byte 15", text)
        frame = one.join()
        body = Other(body=frame.body)
        yield Message(
            header=frame.header, body=body, original=frame.original, notices=notices.taken()
        )


def _check_count(what: str, number: int, count: int, most: int) -> None:
    if count > most:
        raise fault(
            f"too many {what}s", field=what, position=f"frame {number} byte 0",
            expected=f"at most {most}", code="too-many",
        )  # fmt: skip


def _read_unescaped(data: bytes, mode: Mode) -> Message | None:
    """One frame that was logged with its escapes already undone, if that is what it is."""
    inner = data[1:-1]
    if not (b"\x7e" in inner or b"\x7d" in inner) or len(data) > LONGEST_FRAME:
        return None
    try:
        frame = read_frame(b"\x7e" + escape(inner) + b"\x7e")
    except Malformed:
        return None
    message = read_message(replace(frame, original=data), mode=mode)
    notices = Notices(mode)
    notices.add("jt808-not-escaped", "frame", "byte 0", "the frame was logged without its escapes")
    return replace(message, notices=(*notices.taken(), *message.notices))


def _check_flags(data: bytes) -> None:
    if len(data) > 1 and data[0] == data[-1] == 0x7E:
        return
    opened = data[:1] == b"\x7e"
    wrong = data[-1:] if opened else data[:1]
    raise fault(
        "data do not begin and end with a flag",
        field="flag",
        position=f"byte {max(len(data) - 1, 0) if opened else 0}",
        found=wrong.hex().upper() or "nothing",
        expected="7E",
        code="no-flag",
    )


def read_message(frame: Frame, *, mode: Mode = "tolerant") -> Message:
    """Read the body of a whole frame.

    Raises:
        Malformed: the body is too short or too long for its kind; in strict mode also anything odd.
    """
    header, notices = frame.header, Notices(mode)
    if len(frame.body) > LONGEST_POSITIONS and header.message_id in _POSITIONS:
        raise fault(
            "too many positions in one message", field="body length", position="byte 3",
            found=f"{len(frame.body)} bytes", expected=f"at most {LONGEST_POSITIONS} bytes",
            code="too-long",
        )  # fmt: skip
    if not header.phone.isdecimal():
        place = f"byte {6 if header.version is not None else 5}"
        notices.add("jt808-phone-not-bcd", "terminal phone", place, "the phone is not BCD")
    body: Body
    if header.encryption:
        text = f"the body is encrypted (bits {header.encryption:03b}) and was not read"
        notices.add("jt808-encrypted", "properties", "byte 3", text)
        body = Other(body=frame.body)
    elif header.message_id == LOCATION:
        body = location.read_location(frame.body, notices)
    else:
        body = _READERS.get(header.message_id, _other)(frame.body, header, notices)
    return Message(header=header, body=body, original=frame.original, notices=notices.taken())


def encode(message: Message) -> bytes:
    """Bytes of a message, flags included; a body of over 1,023 bytes gives several frames."""
    body, header = message.body, message.header
    writer = _WRITERS.get(type(body))
    data = writer(body, header) if writer is not None else b""
    return b"".join(write_frames(header, data))


def recognise(data: bytes) -> float:
    """How surely bytes, or text of hexadecimal digits, are JT/T 808 frames: 0 to 1."""
    head = data[:8_192]
    data = from_hex(head)
    if data[:1] != b"\x7e" or len(data) < 15:
        return 0.0
    try:
        first = next(Splitter().feed(data), None)
        if first is None:
            return 0.1
        read_frame(first)
    except Malformed:
        return 0.2 if head.lstrip()[:2] in (b"7e", b"7E") or head[:1] == b"\x7e" else 0.0
    return 0.98


def from_hex(data: bytes) -> bytes:
    """Bytes of frames that a log holds as hexadecimal digits; other data as they are.

    Octets may stand apart, by blanks, hyphens, commas or ends of lines; or other text stands around the
    frames of a line.
    """
    text = data.strip()
    if data[:1] == b"\x7e" or _NO_TEXT.search(text):
        return data
    whole = text[:2] in (b"7e", b"7E") and not _NO_DIGIT.search(text)
    found = text if whole else b"".join(_IN_TEXT.findall(text))
    try:
        return bytes.fromhex(found.translate(None, b"-,").decode("ascii")) or data
    except ValueError:
        return data


def _empty(data: bytes, _header: Header, notices: Notices) -> Empty:
    bodies.extra(data, 0, "empty message", notices)
    return Empty()


def _other(data: bytes, _header: Header, _notices: Notices) -> Other:
    return Other(body=data)


_READERS: Final[Mapping[int, Callable[[bytes, Header, Notices], Body]]] = {
    GENERAL_REPLY_UP: bodies.read_reply,
    HEARTBEAT: _empty,
    DEREGISTER: _empty,
    ASK_SERVER_TIME: _empty,
    RESEND_UP: bodies.read_resend,
    REGISTER: bodies.read_register,
    AUTHENTICATE: bodies.read_authenticate,
    TOLD_PARAMETERS: parameters.read_told,
    LOCATION_ANSWER: lambda data, _header, notices: location.read_answer(data, notices),
    BATCH: lambda data, _header, notices: location.read_batch(data, notices),
    GENERAL_REPLY: bodies.read_reply,
    RESEND: bodies.read_resend,
    SERVER_TIME: bodies.read_server_time,
    REGISTER_REPLY: bodies.read_register_reply,
    SET_PARAMETERS: parameters.read_set,
    ASK_ALL_PARAMETERS: _empty,
    CONTROL: commands.read_control,
    ASK_PARAMETERS: parameters.read_ask,
    ASK_LOCATION: _empty,
    TRACK: commands.read_track,
    CONFIRM_ALARM: commands.read_confirm,
    TEXT: commands.read_words,
}

_WRITERS: Final[Mapping[type, Callable[[Any, Header], bytes]]] = {
    Location: lambda body, _header: location.write_location(body),
    Batch: lambda body, _header: location.write_batch(body),
    Answer: lambda body, _header: (
        body.serial.to_bytes(2, "big") + location.write_location(body.location)
    ),
    Register: bodies.write_register,
    Authenticate: bodies.write_authenticate,
    Reply: lambda body, _header: struct.pack(">HHB", body.serial, body.reply_to, body.result),
    RegisterReply: lambda body, _header: (
        struct.pack(">HB", body.serial, body.result) + write_text(body.code)
    ),
    ServerTime: lambda body, _header: bodies.write_server_time(body),
    Resend: bodies.write_resend,
    Text: commands.write_words,
    Track: lambda body, _header: commands.write_track(body),
    Control: lambda body, _header: commands.write_control(body),
    ConfirmAlarm: lambda body, _header: commands.write_confirm(body),
    SetParameters: lambda body, _header: parameters.write_set(body),
    AskParameters: lambda body, _header: parameters.write_ask(body),
    ToldParameters: lambda body, _header: parameters.write_told(body),
    Other: lambda body, _header: body.body,
}
