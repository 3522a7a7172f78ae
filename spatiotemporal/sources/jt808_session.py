"""One terminal's conversation with the platform, without any socket.

Registration gives an authentication code; positions are taken only after it was shown. Every frame
that is answered "ok" is on the bus first, as received: frames that arrive together are published
together, then answered in their order. A frame that cannot be read is kept as a dead letter and
answered "bad message" where its header could be read.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from service_bus import Bus, Clock, Envelope, Malformed, Topic, Unavailable, content_id, refuse
from spatiotemporal.sources import jt808
from spatiotemporal.sources.jt808_frame import (
    Assembler,
    Frame,
    Header,
    Splitter,
    read_frame,
    read_header,
    unescape,
)

log = logging.getLogger(__name__)

SOURCE = "/spatiotemporal/jt808"
CONTENT_TYPE = "application/vnd.jt808"
VEHICLE_UNKNOWN = 2
"""Result of a register reply."""


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
    _assembler: Assembler = field(default_factory=Assembler)

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
            except Malformed as fault:
                await self._refused(data, fault)
                break
            if original is None:
                break
            await self._frame(original, answers)
        await self._publish([a.frame for a in answers if a.frame is not None])
        return b"".join(self._reply(answer) for answer in answers)

    async def _frame(self, original: bytes, answers: list[_Answer]) -> None:
        try:
            frame = self._assembler.add(read_frame(original), self.clock().timestamp())
            if frame is None:
                return
            message = jt808.read_message(frame)
        except Malformed as fault:
            await self._refused(original, fault)
            if (header := _header_of(original)) is not None:
                answers.append(_Answer(header=header, result=jt808.BAD_MESSAGE))
            return
        if self.phone and message.header.phone != self.phone:
            stranger = Malformed(
                "jt808",
                "another terminal's phone on this connection",
                field="terminal phone",
                position="byte 5",
                code="wrong-phone",
            )
            await self._refused(original, stranger)
            answers.append(_Answer(header=message.header, result=jt808.FAILED))
            return
        answer = self._answer(message, frame)
        if answer is not None:
            answers.append(answer)

    def _answer(self, message: jt808.Message, frame: Frame) -> _Answer | None:
        header = message.header
        match message.body:
            case jt808.Register():
                return self._register(header, frame)
            case jt808.Authenticate(code=code):
                self.authenticated = self.codes.holds(header.phone, code)
                self.phone = header.phone if self.authenticated else self.phone
                result = jt808.OK if self.authenticated else jt808.FAILED
                return _Answer(header=header, result=result)
            case jt808.Location() | jt808.Batch():
                if not self.authenticated:
                    return _Answer(header=header, result=jt808.FAILED)
                return _Answer(header=header, result=jt808.OK, frame=frame)
            case jt808.Reply():
                return None
            case jt808.Empty():
                if header.message_id == jt808.DEREGISTER:
                    self.authenticated = False
                return _Answer(header=header, result=jt808.OK)
        result = jt808.OK if self.authenticated else jt808.FAILED
        known = header.message_id in (jt808.LOCATION, jt808.BATCH)
        return _Answer(header=header, result=result if known else jt808.UNSUPPORTED)

    def _register(self, header: Header, frame: Frame) -> _Answer:
        allowed = self.may_register(header.phone)
        body = jt808.RegisterReply(
            serial=header.serial,
            result=jt808.OK if allowed else VEHICLE_UNKNOWN,
            code=self.codes.code(header.phone) if allowed else "",
        )
        return _Answer(
            header=header,
            result=jt808.OK,
            frame=frame if allowed else None,
            reply=self._write(header, jt808.REGISTER_REPLY, body),
        )

    async def _publish(self, frames: list[Frame]) -> None:
        if not frames:
            return
        now = self.clock()
        await self.bus.publish(self.intake, [_envelope(f, self.intake, now) for f in frames])

    async def _refused(self, original: bytes, fault: Malformed) -> None:
        self.malformed += 1
        try:
            await refuse(
                self.bus,
                self.intake,
                original,
                fault,
                source=SOURCE,
                received=self.clock(),
                content_type=CONTENT_TYPE,
            )
        except Unavailable as away:
            log.warning("refused frame not kept peer=%s fault=%s bus=%s", self.peer, fault, away)

    def _reply(self, answer: _Answer) -> bytes:
        if answer.reply is not None:
            return answer.reply
        body = jt808.Reply(
            serial=answer.header.serial, reply_to=answer.header.message_id, result=answer.result
        )
        return self._write(answer.header, jt808.GENERAL_REPLY, body)

    def _write(self, to: Header, message_id: int, body: jt808.Body) -> bytes:
        self._serial = (self._serial + 1) & 0xFFFF
        header = Header(
            message_id=message_id, phone=to.phone, serial=self._serial, version=to.version
        )
        return jt808.encode(jt808.Message(header=header, body=body))


def _header_of(original: bytes) -> Header | None:
    try:
        return read_header(unescape(original.strip(b"\x7e")))[0]
    except Malformed:
        return None


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
