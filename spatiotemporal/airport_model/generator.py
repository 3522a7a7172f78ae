"""Makes the map layers of an airport: GeoJSON feature collections in WGS84.

Layers follow the feature classes of aerodrome mapping practice (RTCA DO-272 / EUROCAE ED-99) in
name and geometry. Every feature has a stable ``id``, ``name_zh``, ``name_en``, ``source``,
``quality`` and ``valid_from``. The same description gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spatiotemporal.airport_model import ground_layers, line_layers
from spatiotemporal.airport_model.drawing import Drawing, Feature, draw
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.provenance import Label

FeatureCollection = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer's name, titles and kind of geometry, as the manifest lists them."""

    name: str
    title: Label
    geometry: str


def layers(airport: Airport) -> dict[str, FeatureCollection]:
    """All layers by name, in drawing order (first is lowest)."""
    drawing = draw(airport)
    return {
        layer.name: {
            "type": "FeatureCollection",
            "name": f"{airport.icao} {layer.name}",
            "features": list(features(drawing)),
        }
        for layer, features in _LAYERS
    }


def _layer(name: str, zh: str, en: str, geometry: str) -> Layer:
    return Layer(name=name, title=Label(zh=zh, en=en), geometry=geometry)


_LAYERS: tuple[tuple[Layer, Callable[[Drawing], Iterable[Feature]]], ...] = (
    (_layer("boundary", "场界", "Boundary", "Polygon"), ground_layers.boundary),
    (_layer("grass", "草地", "Grass", "Polygon"), ground_layers.grass),
    (
        _layer("runway_shoulder", "跑道道肩", "Runway shoulders", "MultiPolygon"),
        ground_layers.shoulders,
    ),
    (_layer("taxiway", "滑行道", "Taxiways", "Polygon"), ground_layers.taxiways),
    (_layer("apron", "机坪", "Aprons", "MultiPolygon"), ground_layers.aprons),
    (_layer("runway", "跑道", "Runways", "Polygon"), ground_layers.runways),
    (_layer("threshold", "跑道入口", "Thresholds", "Point"), ground_layers.thresholds),
    (_layer("stand", "机位", "Stands", "Polygon"), ground_layers.stands),
    (_layer("taxi_line", "滑行引导线", "Guidance lines", "LineString"), line_layers.taxi_lines),
    (_layer("hold_line", "跑道等待线", "Holding positions", "LineString"), line_layers.hold_lines),
    (_layer("service_road", "服务车道", "Service roads", "LineString"), line_layers.roads),
    (_layer("building", "建筑物", "Buildings", "Polygon"), ground_layers.buildings),
    (_layer("facility", "保障设施", "Facilities", "Point"), ground_layers.facilities),
)

LAYERS: tuple[Layer, ...] = tuple(layer for layer, _ in _LAYERS)
"""Every layer that :func:`layers` makes, lowest first."""
