"""What stands about on an airfield: floodlight masts between stands, signs at holding points."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from shapely.geometry import Point as Place

from spatiotemporal.airport_model import pavement
from spatiotemporal.airport_model.elements import Airport, HoldLine
from spatiotemporal.airport_model.frame import Point, moved
from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.airport_model.size_codes import SIZE_CODES
from spatiotemporal.scene import glyphs
from spatiotemporal.scene.sketch import Patch, Sketch, Thing
from spatiotemporal.scene.surfaces import box, upright_cylinder

MAST_M = 25.0
MAST_EVERY_M = 110.0
SIGN_HIGH_M = 1.3
SIGN_FOOT_M = 0.5
SIGN_BESIDE_M = 6.0


def masts(airport: Airport) -> Iterator[tuple[Point, list[Patch]]]:
    """Floodlight masts at the heads of stands, one in some hundred metres, with their places."""
    solid = [building.shape for building in airport.buildings]
    rooms = [stand.polygon for stand in airport.stands]
    lanes = [pavement.way_line(way).buffer(way.paved_width_m / 2) for way in airport.taxiways]
    roads = [shapely.LineString(road.points).buffer(road.width_m / 2) for road in airport.roads]
    taken = shapely.union_all([*solid, *rooms, *lanes, *roads])
    shapely.prepare(taken)
    placed: list[Place] = []
    for stand in airport.stands:
        side = stand.span_limit_m / 2 + SIZE_CODES[stand.code].clearance_m / 2
        at = moved(stand.nose, stand.heading_deg, 4.0, side)
        spot = Place(at)
        if taken.intersects(spot.buffer(1.0)):
            continue
        if any(spot.distance(other) < MAST_EVERY_M for other in placed):
            continue
        placed.append(spot)
        thing = Thing(
            id=f"{airport.icao}.mast.{stand.number}",
            kind="mast",
            label=Label(zh=f"{stand.number} 机位高杆灯", en=f"Floodlight mast at {stand.number}"),
        )
        yield at, _mast(thing, at, stand.heading_deg)


def _mast(thing: Thing, at: Point, heading: float) -> list[Patch]:
    sketch = Sketch()
    pole = upright_cylinder((0.45, 0.22), 0.0, MAST_M, 6)
    head = box((-2.4, 2.4), (-0.5, 0.5), (MAST_M, MAST_M + 0.5))
    lamps = box((-2.3, 2.3), (-0.95, -0.5), (MAST_M - 0.5, MAST_M + 0.3))
    sketch.add(thing, "mast", pole.moved(*at), head.moved(*at, heading_deg=heading))
    sketch.add(thing, "lamp", lamps.moved(*at, heading_deg=heading))
    return sketch.patches


def signs(airport: Airport) -> Iterator[tuple[Point, list[Patch]]]:
    """At each runway holding point the mandatory sign (ICAO Annex 14, 5.4.2), left of the line.

    White runway designators on red; towards the taxiway its own letter, yellow on black.
    """
    names = {way.id: way.name for way in airport.taxiways}
    for hold in airport.hold_lines:
        at = moved(hold.point, hold.heading_deg, 0.0, -hold.width_m / 2 - SIGN_BESIDE_M)
        yield at, _sign(airport, hold, names[hold.taxiway], at)


def _sign(airport: Airport, hold: HoldLine, way: str, at: Point) -> list[Patch]:
    sketch = Sketch()
    runway = hold.runway.replace("/", "-")
    thing = Thing(
        id=f"{airport.icao}.sign.{hold.id}",
        kind="sign",
        label=Label(zh=f"{way} 等待点标记牌 {runway}", en=f"Holding sign {way} {runway}"),
    )
    letters = SIGN_HIGH_M * 0.6
    boards = (("sign_red", "paint_white", runway), ("sign_black", "sign_yellow", way))
    left = 0.0
    for board, ink, text in boards:
        half = glyphs.width(text) * letters / 2 + 0.3
        plate = box((-half, half), (0.0, 0.2), (SIGN_FOOT_M, SIGN_FOOT_M + SIGN_HIGH_M))
        low = SIGN_FOOT_M + SIGN_HIGH_M * 0.2
        words = glyphs.standing(text, letters).moved(0.0, -0.03, low)
        for material, surface in ((board, plate), (ink, words)):
            placed = surface.moved(-left - half, 0.0)
            sketch.add(thing, material, placed.moved(*at, heading_deg=hold.heading_deg))
        post = box((-0.06, 0.06), (0.05, 0.15), (0.0, SIGN_FOOT_M)).moved(-left - half, 0.0)
        sketch.add(thing, "mast", post.moved(*at, heading_deg=hold.heading_deg))
        left += 2 * half + 0.1
    return sketch.patches
