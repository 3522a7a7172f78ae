"""The shipment stores keep their contract; the durable ones also across a reopening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from cargo_platform.adapters.memory import MemoryStore
from cargo_platform.adapters.sql_store import SqlStore, metadata
from service_bus.sql import open_engine
from tests.contracts.shipment_store_contract import (
    AWB,
    OpenStore,
    ShipmentStoreContract,
    keep,
    milestone,
    record,
    shipment,
)


class TestMemoryStore(ShipmentStoreContract):
    @pytest.fixture
    def open_store(self) -> OpenStore:
        return MemoryStore


class DurableContract(ShipmentStoreContract):
    def test_everything_is_there_after_reopening(self, open_store: OpenStore) -> None:
        first = open_store()
        keep(first, shipment())
        with first.batch() as batch:
            batch.fresh("g", [record("m1")])
        first.close()
        again = open_store()
        assert again.find(AWB) == (shipment(), [milestone()])
        with again.batch() as batch:
            assert batch.fresh("g", [record("m1")]) == []


class TestSqliteStore(DurableContract):
    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Iterator[OpenStore]:
        opened: list[SqlStore] = []

        def open_one() -> SqlStore:
            opened.append(SqlStore(f"sqlite:///{tmp_path / 'cargo.sqlite3'}"))
            return opened[-1]

        yield open_one
        for store in opened:
            store.close()

    def test_the_migrations_make_the_tables_the_code_uses(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'tables.sqlite3'}"
        SqlStore(url).close()
        engine = open_engine(url)
        found = sa.inspect(engine)
        for table in metadata.sorted_tables:
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
        opened: list[SqlStore] = []

        def open_one() -> SqlStore:
            opened.append(SqlStore(url))
            return opened[-1]

        yield open_one
        for store in opened:
            store.close()
