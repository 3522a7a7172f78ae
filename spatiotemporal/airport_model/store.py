"""Airports ready to serve: each is read and drawn once, on first use, and kept.

A layer is kept as the bytes that go out, with their SHA-256 as the entity tag, so that a browser
that has a layer is answered without a body.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import orjson

from spatiotemporal.airport_model import description, generator, graphs, own_layers
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.errors import UnknownAirport, UnknownLayer
from spatiotemporal.airport_model.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerBytes:
    """A layer as it is sent."""

    layer: generator.Layer
    data: bytes
    count: int
    etag: str


class AirportModel:
    """One airport with its layers and graphs, each made when first asked for."""

    def __init__(self, airport: Airport, own: Path | None = None) -> None:
        self.airport = airport
        self._own = own

    @property
    def drawn(self) -> Mapping[str, generator.FeatureCollection]:
        """The layers by name as features, read back from what is sent."""
        return {name: orjson.loads(layer.data) for name, layer in self.layers.items()}

    @cached_property
    def layers(self) -> Mapping[str, LayerBytes]:
        """The layers by name, in drawing order; an operator's own in place of ours.

        Raises:
            UnreadableLayers: an operator's file is no feature collection.
        """
        drawn = generator.layers(self.airport) | own_layers.read(self._own, self.airport.icao)
        listed = (own_layers.layer(name, collection) for name, collection in drawn.items())
        return MappingProxyType({layer.name: _bytes(layer, drawn) for layer in listed})

    @cached_property
    def taxi_graph(self) -> Network:
        """Where aircraft taxi."""
        return graphs.taxi_graph(self.airport)

    @cached_property
    def road_graph(self) -> Network:
        """Where service vehicles drive."""
        return graphs.road_graph(self.airport)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the boundary, degrees."""
        west, south, east, north = self.airport.frame.world(self.airport.boundary).bounds
        return west, south, east, north

    def layer(self, name: str) -> LayerBytes:
        """One layer.

        Raises:
            UnknownLayer: there is none of that name.
        """
        if name not in self.layers:
            raise UnknownLayer(name, tuple(self.layers))
        return self.layers[name]


def _bytes(layer: generator.Layer, drawn: Mapping[str, generator.FeatureCollection]) -> LayerBytes:
    collection = drawn[layer.name]
    features = collection["features"]
    assert isinstance(features, list)
    data = orjson.dumps(collection)
    tag = hashlib.sha256(data).hexdigest()
    return LayerBytes(layer=layer, data=data, count=len(features), etag=f'"{tag}"')


class ModelStore:
    """All described airports of a folder; safe to share between threads.

    Args:
        own: folder of operators' own layers, which replace those of the descriptions.
    """

    def __init__(self, folder: Path = description.AIRPORTS, own: Path | None = None) -> None:
        self._folder, self._own = folder, own
        self._models: dict[str, AirportModel] = {}
        self._lock = threading.Lock()

    def airports(self) -> tuple[str, ...]:
        """ICAO codes, sorted."""
        return description.known_airports(self._folder)

    def model(self, icao: str) -> AirportModel:
        """One airport, by ICAO code in any case.

        Raises:
            UnknownAirport: it is not described.
            DescriptionFault: its description is wrong.
        """
        code = icao.upper()
        with self._lock:
            if code not in self._models:
                if code not in self.airports():
                    raise UnknownAirport(icao, self.airports())
                read = description.load_airport(code, folder=self._folder)
                self._models[code] = AirportModel(read, self._own)
            return self._models[code]
