"""What the platform kept after crashes, read from its own files, beside what it had acknowledged."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from airport_brain import config, wiring
from service_bus import Record, Topic, utc_now

FIXES = "spatiotemporal.fix.reported.v1"
INTAKES: Mapping[str, str] = {
    "aidx": "operations.aidx.received.v1",
    "jt808": "spatiotemporal.jt808.received.v1",
    "jt808-registration": "spatiotemporal.jt808.received.v1",
    "dcs": "passenger.journey.received.v1",
    "fsu": "cargo.cimp.received.v1",
    "fsu-file": "cargo.cimp.received.v1",
}
"""Channel of the journal and the topic its messages must be on."""

Noted = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """How often each message id is on each topic, and each fix's mover."""

    ids: Mapping[str, Counter[str]]

    def fixes_by_mover(self) -> Counter[str]:
        """Fixes of each mover on the bus."""
        return Counter(identity.rpartition("@")[0] for identity in self.ids[FIXES])


async def read_log(data: Path) -> Log:
    """Read every declared topic from its beginning; the platform must not run."""
    bus = await wiring.open_bus(config.load(data), clock=utc_now)
    try:
        ids = {topic.name: Counter[str]() for topic in wiring.TOPICS}
        for topic in wiring.TOPICS:
            async for record in _records(bus, topic):
                ids[topic.name][f"{record.envelope.id}"] += 1
        return Log(ids=ids)
    finally:
        await bus.close()


async def _records(bus: Any, topic: Topic) -> Any:
    consumer = await bus.consume([topic], group=None)
    try:
        while records := await consumer.poll(max_records=5_000, timeout_s=0.2):
            for record in records:
                assert isinstance(record, Record)
                yield record
    finally:
        await consumer.close()


def not_once_on_the_bus(noted: Noted, log: Log) -> list[str]:
    """Acknowledged messages that are not on their topic exactly once."""
    return [
        f"{entry['channel']} {entry['id']} is {count} times on {INTAKES[entry['channel']]}"
        for entry in noted
        if entry["channel"] in INTAKES
        and (count := log.ids[INTAKES[entry["channel"]]][entry["id"]]) != 1
    ]


def fixes_not_once(noted: Noted, log: Log) -> list[str]:
    """Acknowledged positions that are not exactly one fix."""
    wanted = {
        f"vehicle:{entry['phone']}@{second}"
        for entry in noted
        if entry["channel"] == "jt808"
        for second in entry["seconds"]
    }
    return [f"{one}: {log.ids[FIXES][one]}" for one in wanted if log.ids[FIXES][one] != 1]


def repeated(log: Log) -> list[str]:
    """Messages that are on a topic more than once."""
    return [
        f"{topic}: {identity} {count} times"
        for topic, counts in log.ids.items()
        for identity, count in counts.items()
        if count > 1
    ]


def movers_counted_wrong(data: Path, log: Log) -> list[str]:
    """Movers whose number of fixes in the live picture differs from the bus."""
    rows = _rows(
        data / "spatiotemporal.sqlite3", "SELECT mover_id, fixes FROM spatiotemporal_movers"
    )
    shown = {str(mover): int(fixes) for mover, fixes in rows}
    return [
        f"{mover}: {shown.get(mover)} in the picture, {count} on the bus"
        for mover, count in log.fixes_by_mover().items()
        if shown.get(mover) != count
    ]


def flights_not_once(data: Path, noted: Noted) -> list[str]:
    """Acknowledged flight messages that were not applied exactly once, or whose leg is missing."""
    file = data / "operations.sqlite3"
    applied = Counter(
        str(one) for (one,) in _rows(file, "SELECT message_id FROM operations_messages")
    )
    legs = {str(one) for (one,) in _rows(file, "SELECT id FROM operations_legs")}
    return [
        f"{entry['id']} applied {applied[entry['id']]} times, leg {entry['leg']}"
        for entry in _of(noted, "aidx")
        if applied[entry["id"]] != 1 or entry["leg"] not in legs
    ]


def journeys_not_once(data: Path, noted: Noted) -> list[str]:
    """Acknowledged journey messages that were not applied exactly once, or without a journey."""
    file = data / "passenger_id.sqlite3"
    applied = _inbox(file, "passenger_id", "passenger-journeys")
    journeys = Counter(str(one) for (one,) in _rows(file, "SELECT id FROM passenger_id_journeys"))
    return [
        f"{entry['id']} applied {applied[entry['id']]} times"
        for entry in _of(noted, "dcs")
        if applied[entry["id"]] != 1 or journeys[entry["journey"]] != 1
    ]


def milestones_not_once(data: Path, noted: Noted) -> list[str]:
    """Acknowledged status messages that are not exactly one milestone of their shipment."""
    rows = _rows(
        data / "cargo_platform.sqlite3", "SELECT message_id, awb, code FROM cargo_milestones"
    )
    kept = Counter((str(m), str(awb), str(code)) for m, awb, code in rows)
    return [
        f"{entry['awb']} {entry['status']}: {count} times"
        for entry in _of(noted, "fsu", "fsu-file")
        if (count := kept[entry["id"], entry["awb"].replace("-", ""), entry["status"]]) != 1
    ]


def _of(noted: Noted, *channels: str) -> Iterator[Mapping[str, Any]]:
    return (entry for entry in noted if entry["channel"] in channels)


def _inbox(file: Path, package: str, group: str) -> Counter[str]:
    rows = _rows(file, f"SELECT message_id FROM {package}_inbox WHERE grp = ?", group)
    return Counter(str(one) for (one,) in rows)


def _rows(file: Path, query: str, *values: object) -> Iterable[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()
