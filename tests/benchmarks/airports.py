"""Airports: building, importing, routes, layers and tiles, each beside a bare twin of the same work.

Run with ``pytest tests/benchmarks/airports.py -m benchmark_run -s``. Large layouts of others are read
only where they are; nothing is made from them.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import networkx as nx
import pytest

from spatiotemporal.adapters.layer_store import SqlLayers
from spatiotemporal.airport_model import (
    AirportModel,
    ModelStore,
    apt_dat,
    exchange,
    install,
    load_airport,
    write_layers,
)
from spatiotemporal.airport_model.routing import Router
from spatiotemporal.airport_model.thematic import Author, LayerService, tiles
from spatiotemporal.scene import build_tiles, city_model

pytestmark = pytest.mark.benchmark_run

QUERIES = 10_000
PLAIN_QUERIES = 200
NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def models() -> dict[str, AirportModel]:
    store = ModelStore()
    return {icao: store.model(icao) for icao in store.airports()}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall and of this processor."""
    wall, own = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - own


def tell(what: str, **figures: object) -> None:
    shown = "  ".join(f"{name} {value}" for name, value in figures.items())
    sys.stdout.write(f"\n{what}: {shown}\n")


def test_building_both_airports(tmp_path: Path) -> None:
    def build() -> None:
        for icao in ("ZSSS", "ZSPD"):
            write_layers(load_airport(icao), tmp_path / icao)

    wall, own = timed(build)
    tell("build of both airports", wall_s=f"{wall:.2f}", cpu_s=f"{own:.2f}", limit_s=20)
    assert own < 20


@pytest.mark.parametrize("icao", ["ZSSS", "ZSPD"])
def test_importing_a_layout(icao: str, reference_data: Path) -> None:
    file = reference_data / "geo" / icao / f"{icao}_apt.dat"
    if not file.is_file():
        pytest.skip(f"no layout at {file}")
    data = file.read_bytes()
    found: list[apt_dat.AptAirport] = []
    parse = timed(lambda: found.extend(apt_dat.parse(data)))
    draw = timed(lambda: apt_dat.layers(found[0], valid_from=date(2026, 1, 1)))
    bare = timed(lambda: [[float(w) for w in line.split()[1:3]] for line in _numbers(data)])
    lines = data.count(b"\n")
    tell(
        f"import of {icao}, {lines} lines", parse_s=f"{parse[1]:.2f}", layers_s=f"{draw[1]:.2f}",
        bare_split_s=f"{bare[1]:.2f}", lines_per_s=f"{lines / parse[1]:,.0f}",
    )  # fmt: skip


def _numbers(data: bytes) -> list[bytes]:
    return [line for line in data.split(b"\n") if line[:2] == b"11" and line[3:4] == b" "]


@pytest.mark.parametrize("icao", ["ZSSS", "ZSPD"])
def test_routes_from_stands_to_runways(icao: str, models: dict[str, AirportModel]) -> None:
    airport, network = models[icao].airport, models[icao].taxi_graph
    dice = random.Random(20261127)
    ends = [f"runway:{end.designator}" for r in airport.runways for end in r.ends]
    asked = [(dice.choice(airport.stands), dice.choice(ends)) for _ in range(QUERIES)]
    made: list[Router] = []
    set_up, _ = timed(lambda: made.append(Router(network, airport.frame)))
    quick = made[0]
    wall, own = timed(
        lambda: [quick.way(f"stand:{s.number}", end, code=s.code) for s, end in asked]
    )
    plain, _ = timed(
        lambda: [
            nx.shortest_path(network.graph, network.node(f"stand:{s.number}"), network.node(end),
                             weight=lambda a, b, d: d["edge"].cost_s)
            for s, end in asked[:PLAIN_QUERIES]
        ]
    )  # fmt: skip
    each = wall / QUERIES * 1000
    tell(
        f"{QUERIES} routes at {icao}", set_up_ms=f"{set_up * 1000:.0f}", each_ms=f"{each:.4f}",
        cpu_ms=f"{own / QUERIES * 1000:.4f}", networkx_ms=f"{plain / PLAIN_QUERIES * 1000:.2f}",
    )  # fmt: skip
    assert each <= 1.0


def test_layers_and_tiles(tmp_path: Path, models: dict[str, AirportModel]) -> None:
    store = SqlLayers(f"sqlite:///{tmp_path / 'layers.sqlite3'}")
    drawn = models["ZSPD"].drawn
    service = LayerService(store, lambda: NOW, lambda icao: drawn)
    publish, _ = timed(lambda: service.begin("ZSPD"))
    counts = store.counts("ZSPD", NOW)
    reads = [timed(lambda: service.features("ZSPD", "taxi_line", NOW))[0] for _ in range(5)]
    frame = models["ZSPD"].airport.frame
    edits = [timed(lambda n=n: _change(service, n))[0] for n in range(20)]
    places = [(z, *_tile(frame.longitude, frame.latitude, z)) for z in (12, 13, 14, 15, 16)]
    sizes, took = [], []
    for place in places:
        box = tiles.box_of(*place)
        found = {name: service.features("ZSPD", name, NOW, box=box) for name in counts}
        _, seconds = timed(lambda f=found, p=place: sizes.append(len(tiles.encode(f, *p))))
        took.append(seconds)
    tell(
        f"layers of Pudong in SQLite, {sum(counts.values())} features",
        publish_s=f"{publish:.2f}", read_ms=f"{median(reads) * 1000:.1f}",
        edit_ms=f"{median(edits) * 1000:.1f}",
        tile_cpu_ms=[f"{s * 1000:.0f}" for s in took], tile_kB=[f"{s / 1000:.0f}" for s in sizes],
        bare_json_ms=f"{timed(lambda: json.dumps(drawn['taxi_line']))[0] * 1000:.1f}",
    )  # fmt: skip
    store.close()


def test_thousands_of_features(tmp_path: Path, reference_data: Path) -> None:
    """A layout of another origin as an airport of its own: assembly, layers, queries, tiles, routes."""
    file = reference_data / "geo" / "ZSPD" / "ZSPD_apt.dat"
    if not file.is_file():
        pytest.skip(f"no layout at {file}")
    layers, manifest = exchange.read(file, icao="ZSPD", valid_from=date(2026, 1, 1))
    put = timed(lambda: install(tmp_path / "own", "ZSPD", layers, manifest, alone=True))
    model = ModelStore(own=tmp_path / "own").model("ZSPD")
    drawn: list[object] = []
    layering = timed(lambda: drawn.append(model.drawn))
    weaving = timed(lambda: model.taxi_graph)
    store = SqlLayers(f"sqlite:///{tmp_path / 'layers.sqlite3'}")
    service = LayerService(store, lambda: NOW, lambda icao: model.drawn, lambda icao: {})
    publish = timed(lambda: service.begin("ZSPD"))
    count = sum(store.counts("ZSPD", NOW).values())
    frame = model.airport.frame
    near = tiles.box_of(15, *_tile(frame.longitude, frame.latitude, 15))
    reads = [timed(lambda: service.features("ZSPD", "taxi_line", NOW))[1] for _ in range(5)]
    boxed = [
        timed(lambda: service.features("ZSPD", "taxi_line", NOW, box=near))[1] for _ in range(5)
    ]
    bare = timed(lambda: json.dumps(model.drawn["taxi_line"]))
    tell(
        f"a layout of Pudong as an airport, {count} features", install_cpu_s=f"{put[1]:.2f}",
        layers_cpu_s=f"{layering[1]:.2f}", graph_cpu_s=f"{weaving[1]:.2f}",
        publish_cpu_s=f"{publish[1]:.2f}", lines=len(model.drawn["taxi_line"]["features"]),  # type: ignore[arg-type]
        read_cpu_ms=f"{median(reads) * 1000:.1f}", box_cpu_ms=f"{median(boxed) * 1000:.1f}",
        bare_json_ms=f"{bare[1] * 1000:.1f}",
    )  # fmt: skip
    store.close()


@pytest.mark.parametrize("icao", ["ZSSS", "ZSPD"])
def test_scenes(icao: str, models: dict[str, AirportModel]) -> None:
    made: list[dict[str, bytes]] = []
    build = timed(lambda: made.append(build_tiles(models[icao].airport)))
    files = made[0]
    packed = {name: len(gzip.compress(data, 6)) for name, data in files.items()}
    first = [name for name in files if name.startswith(("far", "near", "bridges", "tileset"))]
    tell(
        f"scene of {icao}, {len(files)} files", build_cpu_s=f"{build[1]:.2f}",
        MB=f"{sum(map(len, files.values())) / 1e6:.2f}",
        gzip_MB=f"{sum(packed.values()) / 1e6:.2f}",
        buildings_gzip_MB=f"{sum(packed[name] for name in first) / 1e6:.2f}",
        city_json_kB=f"{len(city_model(models[icao].airport)) / 1e3:.0f}",
    )  # fmt: skip


def _change(service: LayerService, number: int) -> object:
    version = service.features("ZSPD", "stand", NOW)[number]
    return service.change("ZSPD", "stand", version.content, Author(who="li", reason="benchmark"))


def _tile(lon: float, lat: float, z: int) -> tuple[int, int]:
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon / 360 + 0.5) * 2**z), int(y * 2**z)
