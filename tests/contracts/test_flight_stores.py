"""The flight stores keep their contract; the durable ones also across a reopening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from airport_brain.operations.adapters.memory import MemoryStore
from airport_brain.operations.adapters.sql_store import METADATA, PACKAGE, SqlStore
from airport_brain.operations.app import MIGRATIONS
from airport_brain.operations.ports import BoardQuery
from service_bus.sql import migrate, open_engine
from tests.contracts.flight_store_contract import FlightStoreContract, OpenStore, keep, update


def opened(url: str, engines: list[sa.Engine]) -> SqlStore:
    engine = open_engine(url)
    engines.append(engine)
    migrate(engine, package=PACKAGE, scripts=MIGRATIONS)
    return SqlStore(engine)


class TestMemoryStore(FlightStoreContract):
    @pytest.fixture
    def open_store(self) -> OpenStore:
        return MemoryStore


class DurableContract(FlightStoreContract):
    def test_everything_is_there_after_reopening(self, open_store: OpenStore) -> None:
        keep(open_store(), update())
        again = open_store()
        assert again.board(BoardQuery())[1] == 1
        assert again.leg(update().key.id) is not None
        assert len(again.clocks(update().key.id, limit=9)) == 1


class TestSqliteStore(DurableContract):
    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Iterator[OpenStore]:
        engines: list[sa.Engine] = []
        yield lambda: opened(f"sqlite:///{tmp_path / 'operations.sqlite3'}", engines)
        for engine in engines:
            engine.dispose()

    def test_the_migrations_make_the_tables_the_code_uses(self, tmp_path: Path) -> None:
        engine = open_engine(f"sqlite:///{tmp_path / 'tables.sqlite3'}")
        migrate(engine, package=PACKAGE, scripts=MIGRATIONS)
        found = sa.inspect(engine)
        for table in METADATA.sorted_tables:
            columns = {c["name"]: c for c in found.get_columns(table.name)}
            assert {c.name for c in table.columns} == set(columns)
            assert [
                c.name for c in table.columns if c.nullable != columns[c.name]["nullable"]
            ] == []
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert {index.name for index in table.indexes} == indexes
        engine.dispose()


@pytest.mark.postgres
class TestPostgresStore(DurableContract):
    @pytest.fixture
    def open_store(self, new_postgres_database: Callable[[], str]) -> Iterator[OpenStore]:
        url = new_postgres_database()
        engines: list[sa.Engine] = []
        yield lambda: opened(url, engines)
        for engine in engines:
            engine.dispose()
