"""One terminal's conversation with the platform, without any socket.

Registration gives an authentication code; positions are taken only after it was shown. Every frame
that is answered "ok" is on the bus first, as received: frames that arrive together are published
together, then answered in their order. A frame that cannot be read is kept as a dead letter and
answered "bad message" where its header could be read. Sub-packages are answered once their message
is whole; missing ones are asked for, and what stays incomplete is a dead letter too.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from service_bus import Bus, Clock, Envelope, Malformed, Topic, Unavailable, content_id, refuse
from spatiotemporal.sources.jt808 import bodies, message
from spatiotemporal.sources.jt808.bodies import Authenticate, Register, RegisterReply, Reply
from spatiotemporal.sources.jt808.faults import fault
from spatiotemporal.sources.jt808.frame import (
    Frame,
    Header,
    Splitter,
    read_frame,
    read_header,
    unescape,
)
from spatiotemporal.sources.jt808.location import Answer, Batch, Location
from spatiotemporal.sources.jt808.message import Body, Empty, Message
from spatiotemporal.sources.jt808.packages import Assembler, PartSet

log = logging.getLogger(__name__)

SOURCE = "/spatiotemporal/jt808"
CONTENT_TYPE = "application/vnd.jt808"
VEHICLE_UNKNOWN = 2
"""Result of a register reply."""

MOST_SETS = 4
"""Incomplete messages kept of one terminal: 4 MB at the very most."""

MOST_ASKED = 100
"""Missing sub-packages named in one request."""


@dataclass(frozen=True, slots=True)
class AuthenticationCodes:
    """Codes that only this platform can give: a keyed digest of the terminal's phone.

    Being computed, they are the same after a restart and need no table.
    """

    secret: bytes

    def code(self, phone: str) -> str:
        """The code of one terminal."""
        return hmac.new(self.secret, phone.lstrip("0").encode(), hashlib.sha256).hexdigest()[:20]

    def holds(self, phone: str, code: str) -> bool:
        """Whether a code is the terminal's own."""
        return hmac.compare_digest(self.code(phone), code)


@dataclass(slots=True)
class _Answer:
    """A reply that waits for its frame to be on disk; ``frame`` is ``None`` when nothing must."""

    header: Header
    result: int
    frame: Frame | None = None
    reply: bytes | None = None


@dataclass(slots=True)
class TerminalSession:
    """Takes the bytes of one connection and gives the bytes to send back.

    Attributes:
        intake: topic for frames.
        may_register: whether a vehicle of this phone may register.
    """

    bus: Bus
    intake: Topic
    codes: AuthenticationCodes
    clock: Clock
    may_register: Callable[[str], bool]
    peer: str = ""
    phone: str = ""
    authenticated: bool = False
    malformed: int = 0
    _serial: int = 0
    _splitter: Splitter = field(default_factory=Splitter)
    _assembler: Assembler = field(default_factory=lambda: Assembler(most=MOST_SETS))

    async def receive(self, data: bytes) -> bytes:
        """Handle what came in; give what to send.

        Raises:
            Unavailable: the bus cannot take frames; nothing of this call was answered, so the
                terminal will send it again.
        """
        answers: list[_Answer] = []
        frames = self._splitter.feed(data)
        while True:
            try:
                original = next(frames, None)
            except Malformed as error:
                await self._refused(data, error)
                break
            if original is None:
                break
            await self._frame(original, answers)
        await self._publish([a.frame for a in answers if a.frame is not None])
        now_s = self.clock().timestamp()
        for gone in self._assembler.lost(now_s):
            await self._refused(gone.join().original, _incomplete(gone))
        asked = [self._ask_again(one) for one in self._assembler.due(now_s)]
        return b"".join([*(self._reply(answer) for answer in answers), *asked])

    async def _frame(self, original: bytes, answers: list[_Answer]) -> None:
        try:
            piece = read_frame(original)
            if piece.header.package is not None and not self.authenticated:
                # Nothing is kept for strangers.
                answers.append(_Answer(header=piece.header, result=bodies.FAILED))
                return
            frame = self._assembler.add(piece, self.clock().timestamp())
            if frame is None:
                return
            found = message.read_message(frame)
        except Malformed as error:
            await self._refused(original, error)
            if (header := _header_of(original)) is not None:
                answers.append(_Answer(header=header, result=bodies.BAD_MESSAGE))
            return
        if self.phone and piece.header.phone != self.phone:
            stranger = fault(
                "another terminal's phone on this connection",
                field="terminal phone",
                position="byte 6" if piece.header.version is not None else "byte 5",
                code="wrong-phone",
            )
            await self._refused(original, stranger)
            answers.append(_Answer(header=piece.header, result=bodies.FAILED))
            return
        answer = self._answer(found, piece.header, frame)
        if answer is not None:
            answers.append(answer)

    def _answer(self, found: Message, header: Header, frame: Frame) -> _Answer | None:
        match found.body:
            case Register():
                return self._register(header, frame)
            case Authenticate(code=code):
                self.authenticated = self.codes.holds(header.phone, code)
                self.phone = header.phone if self.authenticated else self.phone
                result = bodies.OK if self.authenticated else bodies.FAILED
                return _Answer(header=header, result=result)
            case Location() | Batch() | Answer():
                if not self.authenticated:
                    return _Answer(header=header, result=bodies.FAILED)
                return _Answer(header=header, result=bodies.OK, frame=frame)
            case Reply():
                return None
            case Empty():
                return self._empty(header)
        # What is known but says nothing about positions is taken note of; encrypted ones are not.
        taken = header.message_id == message.TOLD_PARAMETERS
        return _Answer(header=header, result=bodies.OK if taken else bodies.UNSUPPORTED)

    def _empty(self, header: Header) -> _Answer:
        if header.message_id == message.DEREGISTER:
            self.authenticated = False
        if header.message_id == message.ASK_SERVER_TIME:
            told = self._write(header, message.SERVER_TIME, bodies.ServerTime(time=self.clock()))
            return _Answer(header=header, result=bodies.OK, reply=told)
        return _Answer(header=header, result=bodies.OK)

    def _register(self, header: Header, frame: Frame) -> _Answer:
        allowed = self.may_register(header.phone)
        body = RegisterReply(
            serial=header.serial,
            result=bodies.OK if allowed else VEHICLE_UNKNOWN,
            code=self.codes.code(header.phone) if allowed else "",
        )
        return _Answer(
            header=header,
            result=bodies.OK,
            frame=frame if allowed else None,
            reply=self._write(header, message.REGISTER_REPLY, body),
        )

    async def _publish(self, frames: list[Frame]) -> None:
        if not frames:
            return
        now = self.clock()
        await self.bus.publish(self.intake, [_envelope(f, self.intake, now) for f in frames])

    def _ask_again(self, one: PartSet) -> bytes:
        body = bodies.Resend(serial=one.first_serial, indices=one.missing[:MOST_ASKED])
        return self._write(one.header, message.RESEND, body)

    async def _refused(self, original: bytes, error: Malformed) -> None:
        self.malformed += 1
        try:
            await refuse(
                self.bus,
                self.intake,
                original,
                error,
                source=SOURCE,
                received=self.clock(),
                content_type=CONTENT_TYPE,
            )
        except Unavailable as away:
            log.warning("refused frame not kept peer=%s fault=%s bus=%s", self.peer, error, away)

    def _reply(self, answer: _Answer) -> bytes:
        if answer.reply is not None:
            return answer.reply
        body = Reply(
            serial=answer.header.serial, reply_to=answer.header.message_id, result=answer.result
        )
        return self._write(answer.header, message.GENERAL_REPLY, body)

    def _write(self, to: Header, message_id: int, body: Body) -> bytes:
        self._serial = (self._serial + 1) & 0xFFFF
        header = Header(
            message_id=message_id, phone=to.phone, serial=self._serial, version=to.version
        )
        return message.encode(Message(header=header, body=body))


def _header_of(original: bytes) -> Header | None:
    try:
        return read_header(unescape(original.strip(b"\x7e")))[0]
    except Malformed:
        return None


def _incomplete(gone: PartSet) -> Malformed:
    missing = ", ".join(map(str, gone.missing[:10]))
    return fault(
        "sub-packages never came",
        field="package index",
        position="byte 15",
        found=f"{len(gone.parts)} of {gone.total}",
        expected=f"also {missing}",
        code="package-missing",
    )


def _envelope(frame: Frame, topic: Topic, now: datetime) -> Envelope:
    return Envelope(
        id=content_id(frame.original),
        source=SOURCE,
        type=topic.name,
        subject=frame.header.phone,
        time=now,
        data=frame.original,
        content_type=CONTENT_TYPE,
    )
