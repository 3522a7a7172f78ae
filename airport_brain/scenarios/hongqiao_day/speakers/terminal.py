"""A JT/T 808 vehicle terminal: one TCP link, positions kept until the platform has answered them.

A terminal registers once and shows the code it was given on every link. Each report is sent as a
location (0x0200). Reports that could not be sent, or were not answered before the link broke, go
out again as late batches (0x0704) on the next link, oldest first. A third of the terminals speak
the 2019 edition, the others that of 2013.

How often: a moving vehicle reports every second at real speed. At higher speeds the interval is
widened so that a terminal sends at most two reports per real second (every 5 s of the day at ten
times the speed); a standing one reports every ten real seconds.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from airport_brain.scenarios.clock import DayClock
from airport_brain.scenarios.hongqiao_day.journal import Journal
from airport_brain.scenarios.hongqiao_day.vehicles import Driver, Motion
from service_bus import Malformed, content_id
from spatiotemporal import jt808, jt808_frame

log = logging.getLogger(__name__)

REPORTS_PER_S = 2.0
"""Most reports of one moving terminal per real second."""
STANDING_EVERY_S = 10.0
"""Real seconds between the reports of a terminal that stands."""

BATCH = 25
"""Locations in one batch: 25 of 36 bytes stay below the 1,023 bytes of a body."""
IN_FLIGHT = 40
"""Frames sent and not yet answered; further reports wait."""

ANSWER_LIMIT_S = 15.0
"""A link on which a frame stays unanswered for longer is given up."""
HEARTBEAT_S = 60.0
FIRST_WAIT_S = 0.4
LONGEST_WAIT_S = 4.0

SHANGHAI, ANY_CITY, BLUE = 31, 115, 1
"""Province and city by GB/T 2260 (31 0115 Pudong), colour of plate by JT/T 697.7."""

NEWER_EVERY = 3
"""Each third terminal speaks JT/T 808-2019."""

CHANNEL = "jt808"
REGISTRATION = "jt808-registration"
ACC_ON_POSITIONED = 0b11
MILEAGE = 0x01


def report_every_s(speed: float) -> int:
    """Seconds of the day between two reports of a moving terminal.

    >>> report_every_s(1), report_every_s(10), report_every_s(0.5)
    (1, 5, 1)
    """
    return max(1, math.ceil(speed / REPORTS_PER_S))


def location(motion: Motion, moment: datetime) -> jt808.Location:
    """The report of a moment."""
    return jt808.Location(
        alarm=0,
        status=ACC_ON_POSITIONED,
        latitude=motion.latitude,
        longitude=motion.longitude,
        altitude_m=3,
        speed_mps=motion.speed_mps,
        heading_deg=round(motion.heading_deg) % 360,
        time=moment,
        items=(jt808.Item(id=MILEAGE, value=round(motion.driven_m / 100).to_bytes(4, "big")),),
    )


@dataclass(slots=True)
class _Sent:
    """A frame that waits for its answer, with the reports in it."""

    at: float
    frame: bytes
    locations: tuple[jt808.Location, ...]


class _Link(asyncio.Protocol):
    """One TCP connection; hands messages on as they come."""

    def __init__(self, take: Callable[[jt808.Message], None]) -> None:
        self._take = take
        self._splitter = jt808_frame.Splitter()
        self._transport: asyncio.Transport | None = None
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not say that they are asyncio's.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            for original in self._splitter.feed(data):
                self._take(jt808.read_message(jt808_frame.read_frame(original)))
        except Malformed as fault:
            log.warning("platform sent what cannot be read fault=%s", fault)
            self.abort()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.lost.done():
            self.lost.set_result(None)

    def send(self, data: bytes) -> None:
        """Write; on a lost link nothing happens, the frame stays unanswered."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def abort(self) -> None:
        """Cut the link."""
        if self._transport is not None:
            self._transport.abort()


@dataclass(slots=True)
class Terminal:
    """The terminal of one vehicle.

    Attributes:
        driver: moves the vehicle.
        number: of the terminal in the fleet; spreads the reports of all over the second.
        refused: frames that the platform answered with anything but "ok".
    """

    driver: Driver
    host: str
    port: int
    number: int
    refused: int = 0
    _journal: Journal = field(init=False)
    _serial: int = 0
    _code: str = ""
    _link: _Link | None = None
    _linked: bool = False
    _answers: dict[int, asyncio.Future[jt808.Message]] = field(default_factory=dict)
    _sent: dict[int, _Sent] = field(default_factory=dict)
    _unsent: deque[jt808.Location] = field(default_factory=deque)
    _last_sent: float = 0.0
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, clock: DayClock, end: datetime, journal: Journal) -> None:
        """Drive and report until the day ends and every report was answered."""
        self._journal = journal
        linking = asyncio.create_task(self._stay_linked())
        try:
            await self._report(clock, end)
            while self._unsent or self._sent:
                self._answered.clear()
                await self._answered.wait()
        finally:
            linking.cancel()
            if self._link is not None:
                self._link.abort()

    async def _report(self, clock: DayClock, end: datetime) -> None:
        every = report_every_s(clock.speed)
        standing = max(every, round(STANDING_EVERY_S * clock.speed / every) * every)
        # Terminals are not in step with each other.
        second, spread = self.number % every, (self.number * 0.618) % 1.0
        told = -standing
        while (moment := clock.start + timedelta(seconds=second)) <= end:
            await clock.until(moment + timedelta(seconds=spread))
            if self.driver.advance_to(second) or second - told >= standing:
                self._unsent.append(location(self.driver.motion(), moment))
                self._offer()
                told = second
            second += every

    def _offer(self) -> None:
        """Send what waits, if there is a link."""
        while self._unsent and self._linked and len(self._sent) < IN_FLIGHT:
            if len(self._unsent) == 1:
                body: jt808.Body = (one := self._unsent.popleft())
                locations: tuple[jt808.Location, ...] = (one,)
            else:
                count = min(BATCH, len(self._unsent))
                locations = tuple(self._unsent.popleft() for _ in range(count))
                body = jt808.Batch(locations=locations, backfill=True)
            serial, frame = self._frame(
                jt808.LOCATION if len(locations) == 1 else jt808.BATCH, body
            )
            self._sent[serial] = _Sent(time.monotonic(), frame, locations)
            self._write(frame)

    def _frame(self, message_id: int, body: jt808.Body) -> tuple[int, bytes]:
        self._serial = (self._serial + 1) & 0xFFFF
        newer = self.number % NEWER_EVERY == 0
        header = jt808_frame.Header(
            message_id=message_id,
            phone=self.driver.vehicle.phone,
            serial=self._serial,
            version=1 if newer else None,
        )
        return self._serial, jt808.encode(jt808.Message(header=header, body=body))

    def _write(self, frame: bytes) -> None:
        if self._link is not None:
            self._last_sent = time.monotonic()
            self._link.send(frame)

    async def _stay_linked(self) -> None:
        wait = FIRST_WAIT_S
        while True:
            try:
                await self._converse()
                wait = FIRST_WAIT_S
            except (OSError, TimeoutError) as error:
                log.debug("terminal %s has no link: %s", self.number, error)
            self._unlink()
            await asyncio.sleep(wait + (self.number % 20) * 0.02)
            wait = min(wait * 2, LONGEST_WAIT_S)

    async def _converse(self) -> None:
        """Hold one link until it breaks."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(ANSWER_LIMIT_S):
            _, self._link = await loop.create_connection(
                lambda: _Link(self._take), self.host, self.port
            )
        if not self._code:
            await self._register()
        await self._authenticate()
        self._linked = True
        self._offer()
        while not self._link.lost.done():
            await asyncio.wait([self._link.lost], timeout=ANSWER_LIMIT_S / 3)
            self._watch()

    def _watch(self) -> None:
        """Give up a link that does not answer; show life on one that is quiet."""
        now = time.monotonic()
        oldest = min((sent.at for sent in self._sent.values()), default=now)
        if now - oldest > ANSWER_LIMIT_S and self._link is not None:
            self._link.abort()
        elif now - self._last_sent > HEARTBEAT_S:
            self._write(self._frame(jt808.HEARTBEAT, jt808.Empty())[1])

    async def _register(self) -> None:
        vehicle = self.driver.vehicle
        body = jt808.Register(
            province=SHANGHAI,
            city=ANY_CITY,
            maker="HQDAY",
            model=vehicle.fleet,
            terminal_id=vehicle.terminal_id,
            plate_colour=BLUE,
            plate=vehicle.plate,
        )
        serial, frame = self._frame(jt808.REGISTER, body)
        answer = (await self._ask(serial, frame)).body
        if not isinstance(answer, jt808.RegisterReply) or answer.result != jt808.OK:
            self.refused += 1
            raise ConnectionRefusedError("the platform does not register the terminal")
        self._code = answer.code
        facts = {"id": content_id(frame)} if self._journal.noting else {}
        self._journal.acknowledged(REGISTRATION, phone=vehicle.phone, **facts)

    async def _authenticate(self) -> None:
        serial, frame = self._frame(jt808.AUTHENTICATE, jt808.Authenticate(code=self._code))
        answer = (await self._ask(serial, frame)).body
        if not isinstance(answer, jt808.Reply) or answer.result != jt808.OK:
            self._code = ""  # given by another platform: register anew
            raise ConnectionRefusedError("the platform does not know the terminal's code")

    async def _ask(self, serial: int, frame: bytes) -> jt808.Message:
        """Send a frame and wait for its answer.

        Raises:
            OSError: the link broke.
            TimeoutError: no answer in time.
        """
        link = self._link
        if link is None:
            raise ConnectionResetError("no link")
        answer: asyncio.Future[jt808.Message] = asyncio.get_running_loop().create_future()
        self._answers[serial] = answer
        try:
            self._write(frame)
            waits: list[asyncio.Future[jt808.Message] | asyncio.Future[None]] = [answer, link.lost]
            await asyncio.wait(waits, timeout=ANSWER_LIMIT_S, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            if link.lost.done():
                raise ConnectionResetError("the link broke")
            raise TimeoutError("no answer")
        finally:
            del self._answers[serial]

    def _take(self, message: jt808.Message) -> None:
        """Handle what the platform sent."""
        body = message.body
        if not isinstance(body, jt808.Reply | jt808.RegisterReply):
            return
        if (waiting := self._answers.get(body.serial)) is not None and not waiting.done():
            waiting.set_result(message)
            return
        sent = self._sent.pop(body.serial, None)
        if sent is None:
            return  # a heartbeat's answer
        if body.result == jt808.OK:
            self._answered.set()
            self._note(sent)
            self._offer()
        else:
            self.refused += 1
            self._unsent.extendleft(reversed(sent.locations))
            if self._link is not None:
                self._link.abort()

    def _note(self, sent: _Sent) -> None:
        if not self._journal.noting:
            self._journal.acknowledged(CHANNEL)
            return
        self._journal.acknowledged(
            CHANNEL,
            id=content_id(sent.frame),
            phone=self.driver.vehicle.phone,
            seconds=[int(one.time.timestamp()) for one in sent.locations if one.time],
        )

    def _unlink(self) -> None:
        """Forget the link; what it did not answer goes to the front of what waits."""
        if self._link is not None:
            self._link.abort()
        self._link, self._linked = None, False
        kept = [one for sent in self._sent.values() for one in sent.locations]
        self._unsent.extendleft(reversed(kept))
        self._sent.clear()
