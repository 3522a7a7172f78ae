"""The stores of thematic layers keep their contract; the durable ones also across a reopening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from service_bus.sql import open_engine
from spatiotemporal.adapters import layer_tables
from spatiotemporal.adapters.layer_store import SqlLayers
from spatiotemporal.adapters.memory_layers import MemoryLayers
from spatiotemporal.airport_model.thematic import EditConflict
from tests.components import missing
from tests.contracts.layer_store_contract import (
    ICAO,
    LAYER,
    NOW,
    LayerStoreContract,
    OpenStore,
    content,
    new_edit,
    write,
)


def opening(url: str) -> Iterator[OpenStore]:
    stores: list[SqlLayers] = []

    def open_store() -> SqlLayers:
        stores.append(SqlLayers(url))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


class TestMemoryLayers(LayerStoreContract):
    @pytest.fixture
    def open_store(self) -> OpenStore:
        return MemoryLayers


class DurableContract(LayerStoreContract):
    def test_everything_is_there_after_reopening(self, open_store: OpenStore) -> None:
        store = open_store()
        made = write(store, content("1"), content("2"))
        store.close()
        again = open_store()
        assert again.counts(ICAO, NOW) == {LAYER: 2}
        assert again.edits(ICAO) == [made]

    def test_of_edits_at_once_one_wins(self, open_store: OpenStore) -> None:
        stores = [open_store() for _ in range(3)]
        plans = [new_edit(store, content(str(n))) for n, store in enumerate(stores, start=1)]

        def attempt(number: int) -> bool:
            try:
                stores[number].apply(plans[number], NOW)
            except EditConflict:
                return False
            return True

        with ThreadPoolExecutor(3) as pool:
            won = list(pool.map(attempt, range(3)))
        assert won.count(True) == 1
        assert stores[0].counts(ICAO, NOW) == {LAYER: 1}


class TestSqliteLayers(DurableContract):
    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Iterator[OpenStore]:
        yield from opening(f"sqlite:///{tmp_path / 'layers.sqlite3'}")

    def test_the_migrations_make_the_tables_the_code_uses(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'tables.sqlite3'}"
        SqlLayers(url).close()
        engine = open_engine(url)
        found = sa.inspect(engine)
        for table in layer_tables.metadata.sorted_tables:
            columns = {c["name"]: c for c in found.get_columns(table.name)}
            assert {c.name for c in table.columns} == set(columns)
            assert [
                c.name for c in table.columns if c.nullable != columns[c.name]["nullable"]
            ] == []
        engine.dispose()


@pytest.mark.postgres
class TestPostgresLayers(DurableContract):
    """With PostGIS where the server has it."""

    @pytest.fixture
    def open_store(self, new_postgres_database: Callable[[], str]) -> Iterator[OpenStore]:
        yield from opening(new_postgres_database())


@pytest.mark.postgres
class TestPostgis:
    @pytest.fixture
    def url(self, new_postgres_database: Callable[[], str]) -> str:
        url = new_postgres_database()
        engine = sa.create_engine(url)
        offered = "SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'"
        with engine.connect() as connection:
            found = connection.execute(sa.text(offered)).scalar()
        engine.dispose()
        if not found:
            missing("PostGIS (Debian's package postgresql-15-postgis-3)")
        return url

    def test_programs_see_geometry_with_an_index_and_what_holds_now(self, url: str) -> None:
        store = SqlLayers(url)
        assert store.postgis
        began = NOW.replace(year=2020)
        write(store, content("1", began), content("2", began, NOW.replace(year=2021)))
        engine = sa.create_engine(url)
        with engine.connect() as connection:
            rows = connection.execute(
                sa.text(
                    "SELECT feature_id, ST_SRID(geom), ST_GeometryType(geom), properties->>'name_zh', "
                    "ST_Area(geom::geography) FROM spatiotemporal_layer_features"
                )
            ).all()
            registered = connection.execute(
                sa.text(
                    "SELECT srid FROM geometry_columns WHERE f_table_name LIKE 'spatiotemporal_layer%'"
                )
            ).scalars()
            assert set(registered) == {4326}
        engine.dispose()
        assert [tuple(r)[:4] for r in rows] == [(f"{ICAO}.{LAYER}.1", 4326, "ST_Polygon", "机位")]
        assert 2000 < rows[0][4] < 3000
        store.close()

    def test_an_account_without_rights_does_without(self, url: str) -> None:
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            connection.execute(sa.text("DROP ROLE IF EXISTS plain"))
            connection.execute(sa.text("CREATE ROLE plain LOGIN"))
            connection.execute(sa.text("GRANT ALL ON SCHEMA public TO plain"))
        engine.dispose()
        store = SqlLayers(url.replace("postgres@", "plain@"))
        assert not store.postgis
        write(store, content("3"))
        assert len(store.features(ICAO, LAYER, NOW, box=(121.0, 30.0, 122.0, 32.0))) == 1
        store.close()
