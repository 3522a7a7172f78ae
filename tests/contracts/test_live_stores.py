"""The stores of the live picture keep their contract; the durable ones also across a reopening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from service_bus.sql import open_engine
from spatiotemporal.adapters import sql_store
from spatiotemporal.adapters.memory import MemorySnapshots
from spatiotemporal.adapters.sql_store import SqlSnapshots
from tests.contracts.live_store_contract import PLACE, LiveStoreContract, OpenStore, followed


def opening(url: str) -> Iterator[OpenStore]:
    stores: list[SqlSnapshots] = []

    def open_store() -> SqlSnapshots:
        stores.append(SqlSnapshots(url))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


class TestMemorySnapshots(LiveStoreContract):
    @pytest.fixture
    def open_store(self) -> OpenStore:
        return MemorySnapshots


class DurableContract(LiveStoreContract):
    def test_everything_is_there_after_reopening(self, open_store: OpenStore) -> None:
        store = open_store()
        store.save(followed(0, 1).unsaved())
        store.close()
        found = open_store().load()
        assert [state.fixes for state in found.movers] == [2]
        assert found.next_offsets == {PLACE: 11}


class TestSqliteSnapshots(DurableContract):
    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Iterator[OpenStore]:
        yield from opening(f"sqlite:///{tmp_path / 'spatiotemporal.sqlite3'}")

    def test_the_migrations_make_the_tables_the_code_uses(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'tables.sqlite3'}"
        SqlSnapshots(url).close()
        engine = open_engine(url)
        found = sa.inspect(engine)
        for table in sql_store.metadata.sorted_tables:
            columns = {c["name"]: c for c in found.get_columns(table.name)}
            assert {c.name for c in table.columns} == set(columns)
            assert [
                c.name for c in table.columns if c.nullable != columns[c.name]["nullable"]
            ] == []
        engine.dispose()

    def test_opening_twice_migrates_once(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'twice.sqlite3'}"
        SqlSnapshots(url).close()
        SqlSnapshots(url).close()


@pytest.mark.postgres
class TestPostgresSnapshots(DurableContract):
    @pytest.fixture
    def open_store(self, new_postgres_database: Callable[[], str]) -> Iterator[OpenStore]:
        yield from opening(new_postgres_database())
