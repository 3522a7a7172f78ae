"""Makes the map layers of an airport: GeoJSON feature collections in WGS84.

Layers follow the feature classes of aerodrome mapping practice (RTCA DO-272 / EUROCAE ED-99) in
name and geometry. Every feature has a stable ``id``, ``name_zh``, ``name_en``, ``source``,
``quality`` and ``valid_from``. The same description gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import shapely
from shapely.geometry import LineString, MultiLineString, Point, mapping
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import pavement, shapes
from spatiotemporal.airport_model.elements import Airport, Label, Provenance
from spatiotemporal.airport_model.frame import DECIMALS
from spatiotemporal.airport_model.graphs import taxi_graph
from spatiotemporal.airport_model.size_codes import SIZE_CODES
from spatiotemporal.airport_model.turns import Turn, turns

Feature = dict[str, object]
FeatureCollection = dict[str, object]

ROAD_CORNER_M = 12.0

KIND_ZH = MappingProxyType(
    {"taxiway": "滑行道", "rapid_exit": "快速出口滑行道", "taxilane": "机位滑行通道"}
)
KIND_EN = MappingProxyType(
    {"taxiway": "Taxiway", "rapid_exit": "Rapid exit", "taxilane": "Taxilane"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer's name, titles and kind of geometry, as the manifest lists them."""

    name: str
    title: Label
    geometry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """An airport with what several layers share, computed once."""

    airport: Airport
    turns: tuple[Turn, ...]
    ways: Mapping[str, BaseGeometry]
    paved: BaseGeometry

    def feature(
        self,
        layer: str,
        key: str,
        shape: BaseGeometry,
        label: Label,
        provenance: Provenance,
        **facts: object,
    ) -> Feature:
        """One feature; ``shape`` is in the frame."""
        return {
            "type": "Feature",
            "id": f"{self.airport.icao}.{layer}.{key}",
            "geometry": mapping(self.airport.frame.world(shape)),
            "properties": {
                "id": f"{self.airport.icao}.{layer}.{key}",
                "name_zh": label.zh,
                "name_en": label.en,
                **facts,
                "source": provenance.source,
                "quality": provenance.quality,
                "valid_from": provenance.valid_from.isoformat(),
            },
        }


def layers(airport: Airport) -> dict[str, FeatureCollection]:
    """All layers by name, in drawing order (first is lowest)."""
    curves = turns(taxi_graph(airport))
    ways = pavement.way_areas(airport, curves)
    drawing = _Drawing(
        airport=airport, turns=curves, ways=ways, paved=pavement.whole(airport, ways)
    )
    return {
        layer.name: {
            "type": "FeatureCollection",
            "name": f"{airport.icao} {layer.name}",
            "features": list(draw(drawing)),
        }
        for layer, draw in _LAYERS
    }


def _boundary(drawing: _Drawing) -> Iterable[Feature]:
    airport = drawing.airport
    name = Label(zh=f"{airport.label.zh}场界", en=f"{airport.label.en} boundary")
    yield drawing.feature("boundary", "1", airport.boundary, name, airport.provenance)


def _grass(drawing: _Drawing) -> Iterable[Feature]:
    airport = drawing.airport
    taken = [pavement.runway_shoulder(runway) for runway in airport.runways]
    taken += [building.shape for building in airport.buildings]
    shape = airport.grass.difference(shapely.union_all([drawing.paved, *taken]))
    for number, part in enumerate(shapes.polygons(shape).geoms, start=1):
        name = Label(zh="草地", en="Grass")
        yield drawing.feature("grass", str(number), part, name, airport.provenance)


def _shoulders(drawing: _Drawing) -> Iterable[Feature]:
    for runway in drawing.airport.runways:
        name = Label(zh=f"{runway.name} 跑道道肩", en=f"Runway {runway.name} shoulder")
        shape = pavement.runway_shoulder(runway)
        yield drawing.feature("runway_shoulder", runway.name, shape, name, runway.provenance)


def _taxiways(drawing: _Drawing) -> Iterable[Feature]:
    for way in drawing.airport.taxiways:
        name = Label(zh=f"{KIND_ZH[way.kind]} {way.name}", en=f"{KIND_EN[way.kind]} {way.name}")
        yield drawing.feature(
            "taxiway",
            way.id,
            drawing.ways[way.id],
            name,
            way.provenance,
            designator=way.name,
            kind=way.kind,
            max_code=way.max_code,
            width_m=SIZE_CODES[way.max_code].taxiway_width_m,
            paved_width_m=way.paved_width_m,
            one_way=way.one_way,
        )


def _aprons(drawing: _Drawing) -> Iterable[Feature]:
    for apron in drawing.airport.aprons:
        shape = shapes.polygons(pavement.apron_area(drawing.airport, apron))
        stands = sum(apron.declared.values())
        yield drawing.feature(
            "apron", apron.id, shape, apron.label, apron.provenance, stands=stands
        )


def _runways(drawing: _Drawing) -> Iterable[Feature]:
    for runway in drawing.airport.runways:
        name = Label(zh=f"跑道 {runway.name}", en=f"Runway {runway.name}")
        yield drawing.feature(
            "runway",
            runway.name,
            runway.polygon,
            name,
            runway.provenance,
            designator=runway.name,
            bearing_true_deg=runway.bearing_true_deg,
            length_m=runway.length_m,
            width_m=runway.width_m,
            surface=runway.surface,
        )


def _thresholds(drawing: _Drawing) -> Iterable[Feature]:
    for runway in drawing.airport.runways:
        for end in runway.ends:
            name = Label(zh=f"{end.designator} 跑道入口", en=f"Threshold {end.designator}")
            ((latitude, longitude),) = drawing.airport.frame.positions([end.pavement_end])
            yield drawing.feature(
                "threshold",
                end.designator,
                Point(end.threshold),
                name,
                runway.provenance,
                designator=end.designator,
                runway=runway.name,
                bearing_true_deg=round(drawing.airport.frame.true_deg(end.heading_deg), 3),
                displaced_m=end.displaced_m,
                landing_distance_m=runway.length_m - end.displaced_m,
                pavement_end=[round(longitude, DECIMALS), round(latitude, DECIMALS)],
            )


def _taxi_lines(drawing: _Drawing) -> Iterable[Feature]:
    airport = drawing.airport
    for way in airport.taxiways:
        name = Label(zh=f"{way.name} 中线", en=f"{way.name} centre line")
        yield drawing.feature(
            "taxi_line",
            way.id,
            pavement.way_line(way),
            name,
            way.provenance,
            designator=way.name,
            kind=way.kind,
            max_code=way.max_code,
        )
    for stand in airport.stands:
        name = Label(zh=f"{stand.number} 机位引入线", en=f"Stand {stand.number} lead-in")
        yield drawing.feature(
            "taxi_line",
            f"stand.{stand.number}",
            LineString(stand.lead_in),
            name,
            stand.provenance,
            designator=stand.number,
            kind="lead_in",
            max_code=stand.code,
        )
    yield from _turn_lines(drawing)


def _turn_lines(drawing: _Drawing) -> Iterable[Feature]:
    by_line: dict[tuple[str, str], list[Turn]] = {}
    for turn in drawing.turns:
        by_line.setdefault((turn.strand, turn.kind), []).append(turn)
    for (strand, kind), found in by_line.items():
        shape = MultiLineString([turn.points for turn in found if len(turn.points) > 1])
        if shape.is_empty:
            continue
        name = Label(zh=f"{strand} 转弯线", en=f"{strand} turns")
        yield drawing.feature(
            "taxi_line",
            f"turns.{kind}.{strand}",
            shape,
            name,
            drawing.airport.provenance,
            designator=strand,
            kind=f"turn_{kind}",
        )


def _hold_lines(drawing: _Drawing) -> Iterable[Feature]:
    airport = drawing.airport
    names = {way.id: way.name for way in airport.taxiways}
    for hold in airport.hold_lines:
        way = names[hold.taxiway]
        name = Label(zh=f"{way} 跑道等待线", en=f"Runway holding position {way}")
        yield drawing.feature(
            "hold_line",
            hold.id,
            hold.line,
            name,
            airport.provenance,
            runway=hold.runway,
            taxiway=way,
            bearing_true_deg=round(airport.frame.true_deg(hold.heading_deg), 1),
        )


def _stands(drawing: _Drawing) -> Iterable[Feature]:
    for stand in drawing.airport.stands:
        name = Label(zh=f"{stand.number} 机位", en=f"Stand {stand.number}")
        ((latitude, longitude),) = drawing.airport.frame.positions([stand.nose])
        yield drawing.feature(
            "stand",
            stand.number,
            stand.polygon,
            name,
            stand.provenance,
            number=stand.number,
            apron=stand.apron,
            code=stand.code,
            kind=stand.kind,
            contact=stand.contact,
            bearing_true_deg=round(drawing.airport.frame.true_deg(stand.heading_deg), 1),
            span_limit_m=stand.span_limit_m,
            excludes=list(stand.excludes),
            nose=[round(longitude, DECIMALS), round(latitude, DECIMALS)],
        )


def _buildings(drawing: _Drawing) -> Iterable[Feature]:
    for building in drawing.airport.buildings:
        yield drawing.feature(
            "building",
            building.id,
            building.shape,
            building.label,
            building.provenance,
            use=building.use,
            storeys=building.storeys,
            height_m=building.height_m,
        )


def _roads(drawing: _Drawing) -> Iterable[Feature]:
    for road in drawing.airport.roads:
        yield drawing.feature(
            "service_road",
            road.id,
            LineString(shapes.rounded(road.points, ROAD_CORNER_M)),
            road.label,
            road.provenance,
            designator=road.name,
            zone=road.zone.id,
            speed_limit_mps=round(road.zone.limit_mps, 3),
            width_m=road.width_m,
            one_way=road.one_way,
            tunnel=road.tunnel,
        )


def _facilities(drawing: _Drawing) -> Iterable[Feature]:
    for facility in drawing.airport.facilities:
        yield drawing.feature(
            "facility",
            facility.id,
            Point(facility.point),
            facility.label,
            facility.provenance,
            use=facility.use,
        )


def _layer(name: str, zh: str, en: str, geometry: str) -> Layer:
    return Layer(name=name, title=Label(zh=zh, en=en), geometry=geometry)


_LAYERS: tuple[tuple[Layer, Callable[[_Drawing], Iterable[Feature]]], ...] = (
    (_layer("boundary", "场界", "Boundary", "Polygon"), _boundary),
    (_layer("grass", "草地", "Grass", "Polygon"), _grass),
    (_layer("runway_shoulder", "跑道道肩", "Runway shoulders", "MultiPolygon"), _shoulders),
    (_layer("taxiway", "滑行道", "Taxiways", "Polygon"), _taxiways),
    (_layer("apron", "机坪", "Aprons", "MultiPolygon"), _aprons),
    (_layer("runway", "跑道", "Runways", "Polygon"), _runways),
    (_layer("threshold", "跑道入口", "Thresholds", "Point"), _thresholds),
    (_layer("stand", "机位", "Stands", "Polygon"), _stands),
    (_layer("taxi_line", "滑行引导线", "Guidance lines", "LineString"), _taxi_lines),
    (_layer("hold_line", "跑道等待线", "Holding positions", "LineString"), _hold_lines),
    (_layer("service_road", "服务车道", "Service roads", "LineString"), _roads),
    (_layer("building", "建筑物", "Buildings", "Polygon"), _buildings),
    (_layer("facility", "保障设施", "Facilities", "Point"), _facilities),
)

LAYERS: tuple[Layer, ...] = tuple(layer for layer, _ in _LAYERS)
"""Every layer that :func:`layers` makes, lowest first."""
