"""Both airports and their tilesets, made once for all tests of scenes."""

from __future__ import annotations

import pytest

from spatiotemporal.airport_model import Airport, load_airport
from spatiotemporal.scene import build_tiles
from spatiotemporal.scene.tileset_reading import Tile, read_tileset

ICAOS = ("ZSSS", "ZSPD")
_airports: dict[str, Airport] = {}
_files: dict[str, dict[str, bytes]] = {}
_tiles: dict[str, list[Tile]] = {}


@pytest.fixture(params=ICAOS)
def airport(request: pytest.FixtureRequest) -> Airport:
    icao = request.param
    if icao not in _airports:
        _airports[icao] = load_airport(icao)
    return _airports[icao]


@pytest.fixture
def files(airport: Airport) -> dict[str, bytes]:
    if airport.icao not in _files:
        _files[airport.icao] = build_tiles(airport)
    return _files[airport.icao]


@pytest.fixture
def tiles(airport: Airport, files: dict[str, bytes]) -> list[Tile]:
    if airport.icao not in _tiles:
        _tiles[airport.icao] = read_tileset(files)
    return _tiles[airport.icao]
