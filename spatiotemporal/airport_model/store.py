"""Airports ready to serve: each is read and drawn once, on first use, and kept.

An airport comes from its description, from an operator's own layers, or from both. A layer is kept
as the bytes that go out, with their SHA-256 as the entity tag, so that a browser that has a layer is
answered without a body. When an import has changed an airport's own layers it is read anew.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import orjson

from spatiotemporal.airport_model import assembled, description, generator, graphs, own_layers
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.errors import UnknownAirport, UnknownLayer
from spatiotemporal.airport_model.network import Network
from spatiotemporal.errors import SpatiotemporalError

log = logging.getLogger(__name__)

Collections = Mapping[str, generator.FeatureCollection]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerBytes:
    """A layer as it is sent."""

    layer: generator.Layer
    data: bytes
    count: int
    etag: str


class AirportModel:
    """One airport with its layers and graphs, each made when first asked for.

    Args:
        airport: the airport.
        own: an operator's layers beside it.
        alone: the airport is made of these layers, and nothing else is drawn but what they lack.
    """

    def __init__(
        self, airport: Airport, own: Collections | None = None, *, alone: bool = False
    ) -> None:
        self.airport = airport
        self.alone = alone
        self._own = own or {}

    @property
    def drawn(self) -> Mapping[str, generator.FeatureCollection]:
        """The layers by name as features, read back from what is sent."""
        return {name: orjson.loads(layer.data) for name, layer in self.layers.items()}

    @cached_property
    def layers(self) -> Mapping[str, LayerBytes]:
        """The layers by name, in drawing order; an operator's own in place of ours."""
        if self.alone:
            drawn = assembled.completed(self._own, self.airport)
        else:
            drawn = generator.layers(self.airport) | dict(self._own)
        listed = (own_layers.layer(name, collection) for name, collection in drawn.items())
        return MappingProxyType({layer.name: _bytes(layer, drawn) for layer in listed})

    @cached_property
    def own_digests(self) -> Mapping[str, str]:
        """Names what the operator's own layers hold, by layer; empty for a plain description."""
        names = self.layers if self.alone else self._own
        return MappingProxyType({name: self.layers[name].etag.strip('"')[:16] for name in names})

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


def _bytes(layer: generator.Layer, drawn: Collections) -> LayerBytes:
    collection = drawn[layer.name]
    features = collection["features"]
    assert isinstance(features, list)
    data = orjson.dumps(collection)
    tag = hashlib.sha256(data).hexdigest()
    return LayerBytes(layer=layer, data=data, count=len(features), etag=f'"{tag}"')


class ModelStore:
    """All described and imported airports; safe to share between threads.

    Args:
        own: folder of operators' own layers, which replace those of the descriptions or stand alone.
    """

    def __init__(self, folder: Path = description.AIRPORTS, own: Path | None = None) -> None:
        self._folder, self._own = folder, own
        self._models: dict[str, tuple[str, AirportModel]] = {}
        self._lock = threading.Lock()

    def airports(self) -> tuple[str, ...]:
        """ICAO codes, sorted."""
        described = description.known_airports(self._folder)
        return tuple(sorted({*described, *own_layers.airports_in(self._own)}))

    def readable(self) -> list[AirportModel]:
        """All airports that can be read; what is wrong with the others goes to the log."""
        found = []
        for icao in self.airports():
            try:
                found.append(self.model(icao))
            except SpatiotemporalError as fault:
                log.warning("airport=%s left out of the list: %s", icao, fault)
        return found

    def model(self, icao: str) -> AirportModel:
        """One airport, by ICAO code in any case.

        Raises:
            UnknownAirport: it is neither described nor imported.
            DescriptionFault: its description is wrong.
            UnreadableLayers: an operator's file cannot be used.
        """
        code = icao.upper()
        with self._lock:
            stamp = own_layers.stamp(self._own, code)
            kept = self._models.get(code)
            if kept is None or kept[0] != stamp:
                kept = stamp, self._read(code)
                self._models[code] = kept
            return kept[1]

    def _read(self, code: str) -> AirportModel:
        if code not in self.airports():
            raise UnknownAirport(code, self.airports())
        own = own_layers.read(self._own, code)
        manifest = own_layers.manifest(self._own, code)
        described = code in description.known_airports(self._folder)
        if own and (not described or manifest.get("alone") is True):
            identity = assembled.Identity.read(code, manifest)
            apart = assembled.told_apart(own)
            return AirportModel(assembled.assemble(identity, apart), apart, alone=True)
        return AirportModel(description.load_airport(code, folder=self._folder), own)

    def own_digests(self, icao: str) -> Mapping[str, str]:
        """What an airport's own layers hold, by layer; nothing for an airport that is not here."""
        try:
            return self.model(icao).own_digests
        except UnknownAirport:
            return {}
