"""Layers of areas: ground, pavement, runways and what stands on them."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

import shapely
from shapely.geometry import Point

from spatiotemporal.airport_model import pavement, shapes
from spatiotemporal.airport_model.drawing import Drawing, Feature
from spatiotemporal.airport_model.frame import DECIMALS
from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.airport_model.size_codes import SIZE_CODES

KIND_ZH = MappingProxyType(
    {"taxiway": "滑行道", "rapid_exit": "快速出口滑行道", "taxilane": "机位滑行通道"}
)
KIND_EN = MappingProxyType(
    {"taxiway": "Taxiway", "rapid_exit": "Rapid exit", "taxilane": "Taxilane"}
)


def boundary(drawing: Drawing) -> Iterable[Feature]:
    """The airport's fence."""
    airport = drawing.airport
    name = Label(zh=f"{airport.label.zh}场界", en=f"{airport.label.en} boundary")
    yield drawing.feature("boundary", "1", airport.boundary, name, airport.provenance)


def grass(drawing: Drawing) -> Iterable[Feature]:
    """Unpaved ground between the pavements."""
    airport = drawing.airport
    taken = [pavement.runway_shoulder(runway) for runway in airport.runways]
    taken += [building.shape for building in airport.buildings]
    shape = airport.grass.difference(shapely.union_all([drawing.paved, *taken]))
    for number, part in enumerate(shapes.polygons(shape).geoms, start=1):
        name = Label(zh="草地", en="Grass")
        yield drawing.feature("grass", str(number), part, name, airport.provenance)


def shoulders(drawing: Drawing) -> Iterable[Feature]:
    """Runway shoulders and blast pads."""
    for runway in drawing.airport.runways:
        name = Label(zh=f"{runway.name} 跑道道肩", en=f"Runway {runway.name} shoulder")
        shape = pavement.runway_shoulder(runway)
        yield drawing.feature("runway_shoulder", runway.name, shape, name, runway.provenance)


def taxiways(drawing: Drawing) -> Iterable[Feature]:
    """Taxiway pavement, one feature per authored line."""
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


def aprons(drawing: Drawing) -> Iterable[Feature]:
    """Apron pavement without the buildings on it."""
    for apron in drawing.airport.aprons:
        shape = shapes.polygons(pavement.apron_area(drawing.airport, apron))
        stands = sum(apron.declared.values())
        yield drawing.feature(
            "apron", apron.id, shape, apron.label, apron.provenance, stands=stands
        )


def runways(drawing: Drawing) -> Iterable[Feature]:
    """Runway pavement."""
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


def thresholds(drawing: Drawing) -> Iterable[Feature]:
    """Landing thresholds, with the end of the pavement as a property."""
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


def stands(drawing: Drawing) -> Iterable[Feature]:
    """Parking positions, sized by code letter."""
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


def buildings(drawing: Drawing) -> Iterable[Feature]:
    """Footprints with storeys and height."""
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


def facilities(drawing: Drawing) -> Iterable[Feature]:
    """Named places on the service roads."""
    for facility in drawing.airport.facilities:
        yield drawing.feature(
            "facility",
            facility.id,
            Point(facility.point),
            facility.label,
            facility.provenance,
            use=facility.use,
        )
