"""Layers of lines: what is painted for aircraft, and the service roads."""

from __future__ import annotations

from collections.abc import Iterable

from shapely.geometry import LineString, MultiLineString

from spatiotemporal.airport_model import pavement, shapes
from spatiotemporal.airport_model.drawing import Drawing, Feature
from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.airport_model.turns import Turn

ROAD_CORNER_M = 12.0
"""Radius at the corners of service roads."""


def taxi_lines(drawing: Drawing) -> Iterable[Feature]:
    """Centre lines, lead-in lines and the curves between them."""
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


def _turn_lines(drawing: Drawing) -> Iterable[Feature]:
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


def hold_lines(drawing: Drawing) -> Iterable[Feature]:
    """Runway holding positions."""
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


def roads(drawing: Drawing) -> Iterable[Feature]:
    """Service roads with zone and speed limit."""
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
