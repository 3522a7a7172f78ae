"""The stores, one after the other, and a desk over each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from passenger_id.adapters import key_file, sql_store, sql_vault
from passenger_id.adapters.memory import MemoryStore
from passenger_id.app import MIGRATIONS
from passenger_id.events import TOPICS
from passenger_id.ports import Store
from service_bus.sql import migrate, open_engine
from tests.unit.passenger_id.desk import Desk, TurnedClock


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def open_sql_store(tmp_path: Path) -> Iterator[Callable[[], sql_store.SqlStore]]:
    """Opens the durable store again and again on the same files."""
    engines = []

    def opened() -> sql_store.SqlStore:
        keys = key_file.open_key_file(tmp_path / "master.key")
        engine = open_engine(f"sqlite:///{tmp_path / 'passenger.sqlite3'}")
        sql_store.overwrite_deleted(engine)
        migrate(engine, package="passenger_id", scripts=MIGRATIONS)
        sql_vault.check_master_key(engine, keys)
        engines.append(engine)
        return sql_store.SqlStore(
            engine, vault_on=partial(sql_vault.SqlVault, keys=keys), topics=TOPICS
        )

    yield opened
    for engine in engines:
        engine.dispose()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest) -> Store:
    """Every adapter of the store, one after the other."""
    if request.param == "memory":
        return MemoryStore()
    opened: sql_store.SqlStore = request.getfixturevalue("open_sql_store")()
    return opened


@pytest.fixture
def desk(store: Store, clock: TurnedClock) -> Desk:
    return Desk(store, clock)
