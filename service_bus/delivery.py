"""The consumer loop: hands records to a subscription's handler and commits what is done.

For every record exactly one of these holds before its offset is committed: the handler returned,
the record is on disk in the group's retry topic, or it is on disk as a dead letter. So a crash at
any moment repeats work and never loses a message.

* A batch that fails is handed over again one record at a time, so one bad record stops no other.
* :class:`Reject` (and :class:`Malformed`: bytes never get better) makes a dead letter at once.
* :class:`Retry` and every other exception put the record into the retry topic; its partition goes
  on, so later messages of the same key may overtake it. After the last attempt: a dead letter.
* :class:`Unavailable` (the log or broker is away) is waited out in place; nothing is committed.

This is the one place below the gateway with a broad ``except``.
"""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from service_bus.component import Subscription
from service_bus.dead_letters import (
    Failure,
    dead_letter,
    dead_letter_topic,
    retry_topic,
    waiting_letter,
)
from service_bus.domain import NO_HEADERS, Envelope, Record, Topic, TopicPartition, utc_now
from service_bus.errors import (
    Malformed,
    OffsetOutOfRange,
    Reject,
    Retry,
    StaleGeneration,
    Unavailable,
)
from service_bus.ports import Bus, Clock, Consumer, Observer
from service_bus.retries import Turn, WaitingRoom

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

POLL_S = 1.0
"""Longest wait for records: how soon the loop notices that a retry fell due early."""

BACK_OFF_S = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Waits while the bus is away; the last one repeats."""

REASON_CHARACTERS = 2_000
TRACE_CHARACTERS = 4_000
"""Bounds of an unexpected exception's text in a dead letter's headers."""


class Unobserved:
    """An :class:`~service_bus.ports.Observer` that looks away."""

    def handled(self, group: str, count: int, seconds: float) -> None:
        """Ignore."""

    def failed(self, group: str, topic: str, fault: BaseException) -> None:
        """Ignore."""

    def dead_lettered(self, group: str, topic: str) -> None:
        """Ignore."""


_UNOBSERVED = Unobserved()


async def deliver(
    bus: Bus,
    subscription: Subscription,
    stop: asyncio.Event,
    *,
    clock: Clock = utc_now,
    observer: Observer = _UNOBSERVED,
) -> None:
    """Run a subscription, retries included, until ``stop`` is set; finish the batch in hand."""
    with ThreadPoolExecutor(1, thread_name_prefix=f"handle-{subscription.group}") as thread:
        loop = _Loop(bus, subscription, stop, clock, observer, thread)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(loop.run(loop.follow_topics))
            tasks.create_task(loop.run(loop.follow_retries))


class _Loop:
    """One subscription at work. Its handler runs on one thread, so never beside itself."""

    def __init__(
        self,
        bus: Bus,
        subscription: Subscription,
        stop: asyncio.Event,
        clock: Clock,
        observer: Observer,
        thread: ThreadPoolExecutor,
    ) -> None:
        self._bus = bus
        self._subscription = subscription
        self._group = subscription.group
        self._topics = {topic.name: topic for topic in subscription.topics}
        self._stop = stop
        self._clock = clock
        self._observer = observer
        self._thread = thread

    # Following a consumer.

    async def run(self, follow: Callable[[], Awaitable[None]]) -> None:
        """Follow until stopped; join again after the bus was away."""
        tries = 0
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                await follow()
            except Unavailable as away:
                tries = 0 if time.monotonic() - started > BACK_OFF_S[-1] else tries
                _log.warning("bus away group=%s reason=%s", self._group, away)
                await self._pause(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)])
                tries += 1

    async def follow_topics(self) -> None:
        """Hand over what comes in on the subscription's topics."""
        consumer = await self._bus.consume(self._subscription.topics, group=self._group)
        try:
            while not self._stop.is_set():
                records = await self._poll(consumer, POLL_S, self._subscription.max_records)
                if records:
                    await self._hand_over([Turn(record=record) for record in records])
                    await self._commit(consumer, _next_offsets(records))
        finally:
            await _leave(consumer)

    async def follow_retries(self) -> None:
        """Hand over again what is due in the subscription's retry topics."""
        retries = [retry_topic(topic, self._group) for topic in self._subscription.topics]
        consumer = await self._bus.consume(retries, group=f"{self._group}-retry")
        waiting = WaitingRoom(longest_wait_s=POLL_S)
        try:
            while not self._stop.is_set():
                wait_s = waiting.seconds_to_next(self._clock())
                if waiting.full:
                    await self._pause(wait_s)
                else:
                    waiting.add(await self._poll(consumer, wait_s, self._subscription.max_records))
                waiting.keep_only(consumer.assignment())
                due = waiting.take_due(self._clock(), self._subscription.max_records)
                if due:
                    await self._hand_over([turn for _place, _offset, turn in due])
                    await self._commit(consumer, waiting.done(due))
        finally:
            await _leave(consumer)

    async def _poll(self, consumer: Consumer, timeout_s: float, limit: int) -> list[Record]:
        """Wait for records, but not past a stop; what a broken-off poll read is not committed."""
        polling = asyncio.ensure_future(consumer.poll(max_records=limit, timeout_s=timeout_s))
        stopped = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({polling, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return await polling if polling.done() else []
        except OffsetOutOfRange as gone:
            # Retention was faster than this group. What is gone is gone; say so and read on.
            _log.error("messages lost to retention group=%s reason=%s", self._group, gone)
            self._observer.failed(self._group, gone.topic, gone)
            place = TopicPartition(gone.topic, gone.partition)
            await consumer.seek(place, min(max(gone.offset, gone.low), gone.high))
            return []
        finally:
            stopped.cancel()
            polling.cancel()

    async def _commit(self, consumer: Consumer, offsets: Mapping[TopicPartition, int]) -> None:
        try:
            await self._insist(lambda: consumer.commit(offsets))
        except StaleGeneration as stale:
            # Another member has the partitions and will see these records again.
            _log.info("commit refused group=%s reason=%s", self._group, stale)

    # Handing over.

    async def _hand_over(self, turns: Sequence[Turn]) -> None:
        """Give records to the handler and put what fails where it is safe."""
        letters = await self._attempt(turns)
        for topic, envelopes in letters.items():
            await self._insist(lambda t=topic, e=envelopes: self._bus.publish(t, e))  # type: ignore[misc]

    async def _attempt(self, turns: Sequence[Turn]) -> dict[Topic, list[Envelope]]:
        """Call the handler; give the letters to write for what failed."""
        try:
            await self._insist(lambda: self._call([turn.record for turn in turns]))
        except Unavailable:
            raise  # stopped while the bus was away: nothing is committed
        except Exception as fault:
            if len(turns) == 1:
                topic, letter = self._letter(turns[0], fault)
                return {topic: [letter]}
            _log.info(
                "batch failed, handing over singly group=%s records=%d fault=%s",
                self._group,
                len(turns),
                type(fault).__name__,
            )
        else:
            return {}
        letters: dict[Topic, list[Envelope]] = defaultdict(list)
        for turn in turns:
            for topic, single in (await self._attempt([turn])).items():
                letters[topic] += single
        return letters

    async def _call(self, records: Sequence[Record]) -> None:
        started = time.perf_counter()
        running = asyncio.get_running_loop()
        await running.run_in_executor(self._thread, self._subscription.handler, records)
        self._observer.handled(self._group, len(records), time.perf_counter() - started)

    def _letter(self, turn: Turn, fault: Exception) -> tuple[Topic, Envelope]:
        """Decide between another attempt and a dead letter."""
        topic = self._topics[turn.record.topic]
        self._observer.failed(self._group, topic.name, fault)
        failure = self._failure(turn, fault, personal=topic.personal)
        policy = self._subscription.retry
        last = isinstance(fault, Reject | Malformed) or failure.attempts >= policy.attempts
        _log.warning(
            "record failed group=%s topic=%s partition=%d offset=%d attempts=%d last=%s fault=%s",
            self._group,
            topic.name,
            turn.record.partition,
            turn.record.offset,
            failure.attempts,
            last,
            type(fault).__name__,
        )
        if last:
            self._observer.dead_lettered(self._group, topic.name)
            letter = dead_letter(topic, self._group, turn.record, failure, turn=turn.entry)
            return dead_letter_topic(topic, self._group), letter
        delay_s = policy.delays_s[failure.attempts - 1]
        if isinstance(fault, Retry) and fault.after_s is not None:
            delay_s = fault.after_s
        letter = waiting_letter(
            topic,
            self._group,
            turn.record,
            due=failure.last + timedelta(seconds=delay_s),
            failure=failure,
            turn=turn.entry,
        )
        return retry_topic(topic, self._group), letter

    def _failure(self, turn: Turn, fault: Exception, *, personal: bool) -> Failure:
        now = self._clock()
        failure = Failure(
            attempts=turn.attempts + 1,
            first=turn.first_failure or now,
            last=now,
            reason=type(fault).__name__,
            facts=NO_HEADERS,
        )
        if isinstance(fault, Reject):
            return replace(failure, reason=fault.reason, facts=fault.facts)
        if isinstance(fault, Malformed):
            facts = {name: text for name, text in fault.facts().items() if name != "reason"}
            return replace(failure, reason=fault.reason, facts=facts)
        if isinstance(fault, Retry):
            return replace(failure, reason=fault.reason)
        # Texts of foreign exceptions may quote values (a database error its parameters), so of a
        # topic about people only the type and the places in the code are kept.
        text = type(fault).__name__ if personal else f"{type(fault).__name__}: {fault}"
        places = "".join(
            f"{frame.filename}:{frame.lineno} {frame.name}\n"
            for frame in traceback.extract_tb(fault.__traceback__)
        )
        return replace(
            failure,
            reason=text[:REASON_CHARACTERS],
            facts={"code": "exception", "trace": places[-TRACE_CHARACTERS:]},
        )

    # Waiting.

    async def _insist(self, action: Callable[[], Awaitable[_T]]) -> _T:
        """Do it, waiting out an absent bus; gives up only when told to stop."""
        tries = 0
        while True:
            try:
                return await action()
            except Unavailable as away:
                if self._stop.is_set():
                    raise
                _log.warning("waiting for the bus group=%s reason=%s", self._group, away)
                await self._pause(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)])
                tries += 1

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return


def _next_offsets(records: Iterable[Record]) -> dict[TopicPartition, int]:
    return {record.place: record.offset + 1 for record in records}


async def _leave(consumer: Consumer) -> None:
    try:
        await consumer.close()
    except Unavailable:
        _log.info("could not leave the group: its lease will run out")
