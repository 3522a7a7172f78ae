"""Exactly-once effects on SQLite: inbox, outbox, relay and migration, with crashes in between."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from service_bus import Envelope, Position, Record, TooLarge, Topic, Unavailable
from service_bus.adapters.memory import MemoryBus
from service_bus.sql import (
    INBOX_KEPT,
    Inbox,
    Outbox,
    UtcDateTime,
    inbox_table,
    migrate,
    open_engine,
    outbox_table,
    reading,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOPIC = Topic(name="a.b.c.v1", owner="o", summary="s", key="k", max_bytes=100)
OTHER = Topic(name="a.b.d.v1", owner="o", summary="s", key="k")

METADATA = sa.MetaData()
INBOX = inbox_table(METADATA, "pkg")
OUTBOX = outbox_table(METADATA, "pkg")
STATE = sa.Table(
    "state", METADATA, sa.Column("id", sa.Text, primary_key=True), sa.Column("at", UtcDateTime)
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'pkg.sqlite3'}")
    METADATA.create_all(engine)
    yield engine
    engine.dispose()


def envelope(number: int, topic: Topic = TOPIC, *, data: bytes = b"d") -> Envelope:
    return Envelope(
        id=f"m-{number}", source="/s", type=topic.name, subject="k", time=NOON, data=data
    )


def record(number: int, *, appended: datetime = NOON, source: str = "/s") -> Record:
    return Record(
        topic=TOPIC.name,
        partition=0,
        offset=number,
        appended=appended,
        envelope=Envelope(
            id=f"m-{number}", source=source, type=TOPIC.name, subject="k", time=NOON, data=b""
        ),
    )


def fresh_ids(engine: sa.Engine, records: Sequence[Record], group: str = "g") -> list[str]:
    with engine.begin() as connection:
        return [r.envelope.id for r in Inbox(INBOX).fresh(connection, group, records)]


# Inbox.


def test_what_was_applied_is_not_fresh_again(engine: sa.Engine) -> None:
    assert fresh_ids(engine, [record(2), record(1), record(2)]) == ["m-2", "m-1"]
    assert fresh_ids(engine, [record(1), record(3)]) == ["m-3"]
    assert fresh_ids(engine, []) == []


def test_groups_and_sources_are_told_apart(engine: sa.Engine) -> None:
    assert fresh_ids(engine, [record(1)]) == ["m-1"]
    assert fresh_ids(engine, [record(1)], group="other") == ["m-1"]
    assert fresh_ids(engine, [record(1, source="/elsewhere")]) == ["m-1"]


def test_thousands_in_one_batch_keep_their_order(engine: sa.Engine) -> None:
    records = [record(n) for n in range(2500)]
    assert fresh_ids(engine, records) == [f"m-{n}" for n in range(2500)]
    assert fresh_ids(engine, records) == []


def test_a_rolled_back_batch_is_fresh_again(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        assert Inbox(INBOX).fresh(connection, "g", [record(1)])
        connection.rollback()
    assert fresh_ids(engine, [record(1)]) == ["m-1"]


def test_old_entries_are_forgotten(engine: sa.Engine) -> None:
    fresh_ids(engine, [record(1)])
    fresh_ids(engine, [record(2, appended=NOON + INBOX_KEPT + timedelta(seconds=1))])
    with reading(engine) as connection:
        assert connection.execute(sa.select(INBOX.c.message_id)).scalars().all() == ["m-2"]


# Outbox.


async def published(bus: MemoryBus, topic: Topic = TOPIC) -> list[Envelope]:
    consumer = await bus.consume([topic], group=None)
    return [r.envelope for r in await consumer.poll(max_records=10_000, timeout_s=0)]


def waiting(engine: sa.Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(OUTBOX)).scalar_one())


async def test_envelopes_go_out_whole_and_in_order(engine: sa.Engine) -> None:
    bus, outbox = MemoryBus([TOPIC, OTHER]), Outbox(engine, OUTBOX, [TOPIC, OTHER])
    full = Envelope(
        id="x",
        source="/s",
        type=TOPIC.name,
        subject="k",
        time=datetime(2026, 3, 1, 20, tzinfo=timezone(timedelta(hours=8))),
        data=bytes(range(100)),
        content_type="image/jpeg",
        schema_version=2,
        correlation_id="c",
        causation_id="d",
        headers={"中": "文"},
    )
    with engine.begin() as connection:
        outbox.add(connection, TOPIC, envelope(1))
        outbox.add(connection, OTHER, envelope(1, OTHER))
        outbox.add(connection, TOPIC, envelope(2), full)
        outbox.add(connection, TOPIC)
    assert await outbox.drain(bus) == 4
    assert await outbox.drain(bus) == 0
    assert await published(bus) == [envelope(1), envelope(2), full]
    assert await published(bus, OTHER) == [envelope(1, OTHER)]


async def test_nothing_goes_out_of_a_rolled_back_transaction(engine: sa.Engine) -> None:
    bus, outbox = MemoryBus([TOPIC]), Outbox(engine, OUTBOX, [TOPIC])
    with engine.connect() as connection:
        outbox.add(connection, TOPIC, envelope(1))
        connection.rollback()
    assert await outbox.drain(bus) == 0


async def test_a_crash_between_publishing_and_forgetting_makes_no_second_message(
    engine: sa.Engine,
) -> None:
    bus = MemoryBus([TOPIC])

    class Dies(Outbox):
        def _forget(self, seqs: list[int]) -> None:
            raise RuntimeError("killed")

    with engine.begin() as connection:
        Outbox(engine, OUTBOX, [TOPIC]).add(connection, TOPIC, envelope(1), envelope(2))
    with pytest.raises(RuntimeError, match="killed"):
        await Dies(engine, OUTBOX, [TOPIC]).drain(bus)
    assert waiting(engine) == 2
    assert await Outbox(engine, OUTBOX, [TOPIC]).drain(bus) == 2
    assert waiting(engine) == 0
    assert await published(bus) == [envelope(1), envelope(2)]


def test_what_the_bus_would_refuse_is_refused_at_once(engine: sa.Engine) -> None:
    outbox = Outbox(engine, OUTBOX, [TOPIC])
    with engine.begin() as connection:
        with pytest.raises(TooLarge):
            outbox.add(connection, TOPIC, envelope(1, data=b"x" * 101))
        with pytest.raises(ValueError, match="not told of topic"):
            outbox.add(connection, OTHER, envelope(1, OTHER))


async def until_published(bus: MemoryBus, count: int) -> float:
    started = time.monotonic()
    while len(await published(bus)) < count:
        assert time.monotonic() - started < 10
        await asyncio.sleep(0.002)
    return time.monotonic() - started


async def test_the_relay_hears_of_a_commit_at_once_and_takes_what_an_earlier_run_left(
    engine: sa.Engine,
) -> None:
    bus, outbox = MemoryBus([TOPIC]), Outbox(engine, OUTBOX, [TOPIC])
    with engine.begin() as connection:
        outbox.add(connection, TOPIC, envelope(0))
    stop = asyncio.Event()
    relay = asyncio.create_task(outbox.relay(bus, stop))
    await until_published(bus, 1)
    await asyncio.sleep(0.05)

    def handle() -> None:
        with engine.begin() as connection:
            outbox.add(connection, TOPIC, envelope(1))
            time.sleep(0.05)  # a relay that woke on add would look too early

    thread = threading.Thread(target=handle)
    thread.start()
    assert await until_published(bus, 2) < 0.4  # sooner than its idle wait
    thread.join()
    with engine.begin() as connection:
        outbox.add(connection, TOPIC, envelope(2))
    stop.set()
    await relay
    assert len(await published(bus)) == 3


class Away(MemoryBus):
    away = True

    async def publish(self, topic: Topic, envelopes: Sequence[Envelope]) -> list[Position]:
        if self.away:
            raise Unavailable("broker away")
        return await super().publish(topic, envelopes)


async def test_the_relay_waits_out_an_absent_bus(engine: sa.Engine) -> None:
    bus, outbox, stop = Away([TOPIC]), Outbox(engine, OUTBOX, [TOPIC]), asyncio.Event()
    with engine.begin() as connection:
        outbox.add(connection, TOPIC, envelope(1))
    relay = asyncio.create_task(outbox.relay(bus, stop))
    await asyncio.sleep(0.1)
    assert not relay.done()
    bus.away = False
    await until_published(bus, 1)
    stop.set()
    await relay


# Engine and types.


def test_times_are_utc_and_never_naive(engine: sa.Engine) -> None:
    shanghai = datetime(2026, 3, 1, 20, tzinfo=timezone(timedelta(hours=8)))
    with engine.begin() as connection:
        connection.execute(sa.insert(STATE).values(id="a", at=shanghai))
        connection.execute(sa.insert(STATE).values(id="b", at=None))
        with pytest.raises(sa.exc.StatementError, match="naive"):
            connection.execute(sa.insert(STATE).values(id="c", at=shanghai.replace(tzinfo=None)))
    with reading(engine) as connection:
        rows = {row.id: row.at for row in connection.execute(sa.select(STATE))}
    assert rows == {"a": NOON, "b": None}
    assert rows["a"] is not None
    assert rows["a"].tzinfo == UTC


def test_readers_do_not_wait_for_a_writer_and_writers_queue(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.insert(STATE).values(id="a", at=NOON))
        with reading(engine) as other:
            assert other.execute(sa.select(STATE.c.id)).all() == []
    done: list[str] = []

    def write(name: str) -> None:
        for n in range(5):
            with engine.begin() as connection:
                connection.execute(sa.select(STATE.c.id)).all()
                connection.execute(sa.insert(STATE).values(id=f"{name}{n}", at=NOON))
        done.append(name)

    threads = [threading.Thread(target=write, args=(name,)) for name in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["x", "y", "z"]


VERSION = """
import sqlalchemy as sa
from alembic import op
revision = "{revision}"
down_revision = {down}
branch_labels = None
depends_on = None
def upgrade():
    op.create_table("{table}", sa.Column("id", sa.Text, primary_key=True))
    {more}
"""


def version(folder: Path, revision: str, down: str | None, table: str, more: str = "") -> None:
    (folder / "versions").mkdir(exist_ok=True)
    (folder / "versions" / f"{revision}.py").write_text(
        VERSION.format(revision=revision, down=repr(down), table=table, more=more or "pass")
    )


def test_migration_brings_tables_up_step_by_step_and_is_repeatable(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}")
    version(tmp_path, "0001", None, "first")
    migrate(engine, package="pkg", scripts=tmp_path)
    migrate(engine, package="pkg", scripts=tmp_path)
    version(tmp_path, "0002", "0001", "second")
    migrate(engine, package="pkg", scripts=tmp_path)
    tables = set(sa.inspect(engine).get_table_names())
    assert tables == {"first", "second", "pkg_schema_version"}
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}")
    version(tmp_path, "0001", None, "first")
    version(tmp_path, "0002", "0001", "second", more="raise RuntimeError('power cut')")
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(engine, package="pkg", scripts=tmp_path)
    assert sa.inspect(engine).get_table_names() == []
    version(tmp_path, "0002", "0001", "second")
    migrate(engine, package="pkg", scripts=tmp_path)
    assert "second" in sa.inspect(engine).get_table_names()
    engine.dispose()


def test_two_packages_share_a_database(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        version(tmp_path / name, "0001", None, f"{name}_things")
        migrate(engine, package=name, scripts=tmp_path / name)
    assert {"one_schema_version", "two_schema_version"} <= set(sa.inspect(engine).get_table_names())
    engine.dispose()


def test_every_commit_reaches_the_disk(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
