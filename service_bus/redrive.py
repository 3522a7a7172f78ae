"""Looking at dead letters and sending them back; what the web routes and the command line call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from service_bus.dead_letters import (
    DeadLetter,
    dead_letter_topic,
    derived_id,
    parse_dead_letter_topic,
    read_letter,
    retry_topic,
    waiting_letter,
)
from service_bus.domain import Envelope, Position, Record, Topic
from service_bus.errors import BusError
from service_bus.partitions import places
from service_bus.ports import Bus, Clock, Consumer

SEARCHED = 10_000
"""How many of the newest letters per topic and group are looked through for an id."""

_MARK = "dlq-redriven"
_READ_S = 1.0


class UnknownDeadLetter(BusError, LookupError):
    """No dead letter of this id among the newest."""

    def __init__(self, letter_id: str) -> None:
        self.letter_id = letter_id
        super().__init__(f"no dead letter {letter_id!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A dead letter, where it was filed and whether it was sent back already."""

    letter: DeadLetter
    filed: datetime
    redriven: datetime | None


async def list_dead_letters(
    bus: Bus, groups: Mapping[Topic, Iterable[str]], *, limit: int = 100
) -> list[Filed]:
    """The newest dead letters, newest first.

    Args:
        bus: where to look.
        groups: topics to look at -> groups that read them (``intake`` for what edges refused).
        limit: how many to give.
    """
    found: list[Filed] = []
    for topic, names in groups.items():
        for group in names:
            found += await _filed(bus, topic, group, limit)
    found.sort(key=lambda filed: filed.filed, reverse=True)
    return found[:limit]


async def redrive(
    bus: Bus, groups: Mapping[Topic, Iterable[str]], letter_id: str, *, clock: Clock
) -> Position:
    """Send a dead letter back to the group that failed, to be handled at once.

    Doing it twice is harmless: the second time gives a position marked ``duplicate``.

    Raises:
        UnknownDeadLetter: not among the newest letters of these topics and groups.
    """
    for topic, names in groups.items():
        for group in names:
            for filed in await _filed(bus, topic, group, SEARCHED):
                if filed.letter.id == letter_id:
                    return await _send_back(bus, topic, group, filed.letter, clock())
    raise UnknownDeadLetter(letter_id)


async def redrive_all(bus: Bus, groups: Mapping[Topic, Iterable[str]], *, clock: Clock) -> int:
    """Send back every letter that was not sent back yet; give how many."""
    sent = 0
    for topic, names in groups.items():
        for group in names:
            for filed in await _filed(bus, topic, group, SEARCHED):
                if filed.redriven is None:
                    position = await _send_back(bus, topic, group, filed.letter, clock())
                    sent += not position.duplicate
    return sent


async def _send_back(
    bus: Bus, topic: Topic, group: str, letter: DeadLetter, now: datetime
) -> Position:
    if letter.record is None:
        target, envelope = topic, letter.original
    else:
        target = retry_topic(topic, group)
        envelope = waiting_letter(
            topic, group, letter.record, due=now, failure=None, turn=letter.id
        )
    (position,) = await bus.publish(target, [envelope])
    mark = Envelope(
        id=derived_id("redriven", letter.id),
        source=letter.original.source,
        type=dead_letter_topic(topic, group).name,
        subject=letter.original.subject,
        time=now,
        data=b"",
        correlation_id=letter.original.correlation_id,
        causation_id=letter.id,
        headers=MappingProxyType({_MARK: letter.id}),
    )
    await bus.publish(dead_letter_topic(topic, group), [mark])
    return position


async def _filed(bus: Bus, topic: Topic, group: str, limit: int) -> list[Filed]:
    letters = dead_letter_topic(topic, group)
    ends = {lag.place: lag for lag in await bus.lag(group, [letters]) if lag.high > lag.low}
    if not ends:
        return []
    records: list[Record] = []
    consumer = await bus.consume([letters], group=None)
    try:
        for place in places([letters]):
            if place in ends:
                # Each letter may have a mark behind it.
                start = max(ends[place].low, ends[place].high - 2 * limit)
                await consumer.seek(place, start)
                records += await _read_to(consumer, ends[place].high)
    finally:
        await consumer.close()
    marks: dict[str, datetime] = {}
    for record in records:
        if _MARK in record.envelope.headers:
            marks[record.envelope.headers[_MARK]] = record.envelope.time
    return [
        Filed(
            letter=read_letter(record.envelope, personal=topic.personal),
            filed=record.appended,
            redriven=marks.get(record.envelope.id),
        )
        for record in records
        if _MARK not in record.envelope.headers
    ][-limit:]


async def _read_to(consumer: Consumer, end: int) -> list[Record]:
    """Records up to offset ``end`` (a dead-letter topic has one partition)."""
    records: list[Record] = []
    while not records or records[-1].offset + 1 < end:
        found = await consumer.poll(timeout_s=_READ_S)
        if not found:
            break
        records += found
    return [record for record in records if record.offset < end]


async def groups_with_letters(bus: Bus, topics: Iterable[Topic]) -> dict[Topic, list[str]]:
    """Declared topics with the groups that have a dead-letter topic beside them.

    A group is named as in the topic's name, which is enough to find its topics again.
    """
    declared = {topic.name: topic for topic in topics}
    found: dict[Topic, list[str]] = {}
    for name in await bus.names():
        beside = parse_dead_letter_topic(name)
        if beside and beside.topic in declared:
            found.setdefault(declared[beside.topic], []).append(beside.group)
    return found
