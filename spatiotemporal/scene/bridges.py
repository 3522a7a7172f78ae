"""Passenger bridges: where each hangs on its terminal, and how it stands docked or drawn back.

A bridge has a fixed part (a link from the front to a rotunda on a column) and a moving one (a
telescope that turns about the rotunda and ends in a cab). It docks at a door on the aircraft's left
side; drawn back it is short and turned away, so that an aircraft may come.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

import shapely
from shapely.geometry import LineString
from shapely.geometry import Point as Place
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.frame import Point, heading_deg, moved
from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.airport_model.stands import Stand
from spatiotemporal.scene.sketch import Patch, Sketch, Thing
from spatiotemporal.scene.surfaces import Surface, box, joined, upright_cylinder

FLOOR_M = 4.7
"""Floor of a rotunda above the apron."""

REACH_M = 75.0
"""A terminal further ahead of the nose than this has no bridge to the stand."""

ROTUNDA_OUT_M = 5.0
SHORTEST_M = 9.0
SECOND_LONGEST_M = 56.0
"""A second bridge that would have to be longer is not built."""

TUNNEL_HALF_M = 1.6
TUNNEL_HIGH_M = 2.9
TURNED_AWAY_DEG = 24.0
CAB_M = 3.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A door on the left side, as a bridge needs it; metres."""

    behind_nose_m: float
    from_axis_m: float
    sill_m: float
    hung_left_m: float
    """How far left of the stand's axis the rotunda hangs."""


_ROWS = {
    "B": ((4.0, 1.3, 2.0, 10.0),),
    "C": ((5.2, 2.0, 3.4, 13.0),),
    "D": ((6.6, 2.6, 4.2, 17.0),),
    "E": ((7.4, 2.9, 4.8, 20.0), (19.0, 2.9, 4.8, 31.0)),
    "F": ((8.6, 3.5, 5.0, 22.0), (22.0, 3.5, 5.0, 35.0)),
}
DOORS = MappingProxyType(
    {
        code: tuple(
            Door(behind_nose_m=back, from_axis_m=side, sill_m=sill, hung_left_m=left)
            for back, side, sill, left in rows
        )
        for code, rows in _ROWS.items()
    }
)
"""Doors that are served, by size letter; wide aircraft have two bridges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """How the moving part stands: heading in the frame and length from the rotunda."""

    heading_deg: float
    length_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GateBridge:
    """One bridge of a stand, in the airport's frame.

    Attributes:
        front: where it leaves the terminal.
        rotunda: axis that the moving part turns about.
        sill_m: height of the cab's floor when docked.
    """

    id: str
    stand: str
    front: Point
    rotunda: Point
    sill_m: float
    docked: Pose
    retracted: Pose

    def pose(self, docked: bool) -> Pose:
        """The pose in a state."""
        return self.docked if docked else self.retracted


def gate_bridges(airport: Airport) -> tuple[GateBridge, ...]:
    """All bridges of an airport, in the order of the stands."""
    fronts = shapely.union_all([b.shape for b in airport.buildings if b.use == "terminal"])
    if fronts.is_empty:
        return ()
    shapely.prepare(fronts)
    found: list[GateBridge] = []
    for stand in airport.stands:
        if stand.contact:
            found.extend(_bridges(airport, stand, fronts))
    return tuple(found)


def _bridges(airport: Airport, stand: Stand, fronts: BaseGeometry) -> Iterator[GateBridge]:
    for number, door in enumerate(DOORS.get(stand.code, ()), start=1):
        front = _front(stand, door, fronts)
        if front is None:
            continue
        at = moved(stand.nose, stand.heading_deg, -door.behind_nose_m, -door.from_axis_m - 0.4)
        out = heading_deg(front, _beside(stand, door))
        rotunda = moved(front, out, ROTUNDA_OUT_M)
        length = math.dist(rotunda, at)
        if number > 1 and length > SECOND_LONGEST_M:
            continue
        if length < SHORTEST_M or fronts.intersects(LineString([rotunda, at])):
            continue
        docked = heading_deg(rotunda, at)
        back = stand.heading_deg + 180.0
        turned = (docked - back + 180.0) % 360.0 - 180.0
        away = (back + max(TURNED_AWAY_DEG, turned + TURNED_AWAY_DEG)) % 360.0
        yield GateBridge(
            id=f"{airport.icao}.bridge.{stand.number}.{number}",
            stand=stand.number,
            front=front,
            rotunda=rotunda,
            sill_m=door.sill_m,
            docked=Pose(heading_deg=docked, length_m=length),
            retracted=Pose(heading_deg=away, length_m=max(SHORTEST_M, min(length * 0.62, 18.0))),
        )


def _beside(stand: Stand, door: Door) -> Point:
    return moved(stand.nose, stand.heading_deg, -2.0, -door.hung_left_m)


def _front(stand: Stand, door: Door, fronts: BaseGeometry) -> Point | None:
    """Where the terminal is met straight ahead, else its nearest point."""
    start = _beside(stand, door)
    ahead = LineString([start, moved(start, stand.heading_deg, REACH_M)])
    met = ahead.intersection(fronts.boundary)
    if not met.is_empty:
        (x, y) = min(shapely.get_coordinates(met).tolist(), key=lambda at: math.dist(start, at))
        return x, y
    nearest = shapely.shortest_line(Place(stand.nose), fronts)
    if nearest is None or nearest.length > REACH_M:
        return None
    x, y = nearest.coords[1]
    return x, y


def thing_of(bridge: GateBridge) -> Thing:
    """The identity of a bridge."""
    return Thing(
        id=bridge.id,
        kind="bridge",
        label=Label(zh=f"{bridge.stand} 机位登机桥", en=f"Bridge of stand {bridge.stand}"),
    )


def fixed_part(bridge: GateBridge) -> list[Patch]:
    """The link from the terminal and the rotunda on its column."""
    sketch, thing = Sketch(), thing_of(bridge)
    length = math.dist(bridge.front, bridge.rotunda)
    out = heading_deg(bridge.front, bridge.rotunda)
    link = box((-1.5, 1.5), (-1.0, length), (FLOOR_M, FLOOR_M + TUNNEL_HIGH_M))
    sketch.add(thing, "bridge", link.moved(*bridge.front, heading_deg=out))
    sketch.add(thing, "bridge", rotunda().moved(*bridge.rotunda))
    sketch.add(thing, "mast", column().moved(*bridge.rotunda))
    return sketch.patches


def rotunda() -> Surface:
    """The drum that a bridge turns about, about the origin."""
    return upright_cylinder(2.3, FLOOR_M - 0.3, FLOOR_M + TUNNEL_HIGH_M + 0.3, 10)


def column() -> Surface:
    """What carries the rotunda."""
    return upright_cylinder(0.6, 0.0, FLOOR_M, 8)


def tunnel(length: float = 1.0) -> dict[str, Surface]:
    """The telescope by material, from the origin forward, its floor at height zero.

    Two boxes that slide into each other, with windows along both sides.
    """
    half, high = TUNNEL_HALF_M, TUNNEL_HIGH_M
    outer = box((-half, half), (0.0, length * 0.58), (0.0, high))
    inner = box((-half + 0.25, half - 0.25), (length * 0.55, length), (0.15, high - 0.2))
    pane = box((-half - 0.05, half + 0.05), (length * 0.04, length * 0.54), (1.1, 2.1))
    return {"bridge": joined([outer, inner]), "bridge_glass": pane}


def cab() -> dict[str, Surface]:
    """The cab by material, about the origin, its floor at height zero."""
    body = box((-1.9, 1.9), (-1.2, CAB_M - 1.6), (-0.1, 3.1))
    hood = box((-2.1, 2.1), (CAB_M - 1.6, CAB_M - 0.9), (-0.1, 3.3))
    return {"bridge": body, "wall_dark": hood}


def legs(height: float) -> dict[str, Surface]:
    """The driven column under the telescope, from the ground to a height."""
    posts = [box((x - 0.2, x + 0.2), (-0.25, 0.25), (0.6, height)) for x in (-1.2, 1.2)]
    wheels = box((-1.7, 1.7), (-0.7, 0.7), (0.0, 0.9))
    return {"mast": joined(posts), "rubber": wheels}


def moving_part(bridge: GateBridge, *, docked: bool) -> list[Patch]:
    """The telescope, its legs and the cab in a state."""
    sketch, thing = Sketch(), thing_of(bridge)
    pose = bridge.pose(docked)
    floor = bridge.sill_m if docked else FLOOR_M
    end = moved(bridge.rotunda, pose.heading_deg, pose.length_m - 1.0)
    for material, surface in tunnel(pose.length_m).items():
        tilted = _tilted(surface, pose.length_m, FLOOR_M, floor)
        sketch.add(thing, material, tilted.moved(*bridge.rotunda, heading_deg=pose.heading_deg))
    for material, surface in cab().items():
        sketch.add(thing, material, surface.moved(*end, floor, heading_deg=pose.heading_deg))
    foot = moved(bridge.rotunda, pose.heading_deg, pose.length_m * 0.72)
    for material, surface in legs(floor + 0.2).items():
        sketch.add(thing, material, surface.moved(*foot, heading_deg=pose.heading_deg))
    return sketch.patches


def _tilted(surface: Surface, length: float, low: float, high: float) -> Surface:
    points = surface.points.copy()
    points[:, 2] += low + (high - low) * points[:, 1] / length
    return Surface(points, surface.triangles)
