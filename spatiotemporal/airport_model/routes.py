"""A way through an airport as something moves along it: a polyline in WGS84 with distances.

Corners are rounded the way wheels take them, so a route is a little shorter than the way it is
made from. :func:`position_along` is pure and cheap (a bisection), made to be called for hundreds
of movers each second.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spatiotemporal.airport_model import shapes
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.errors import UnknownPlace
from spatiotemporal.airport_model.frame import Point, heading_deg
from spatiotemporal.airport_model.network import Edge, Network, Way
from spatiotemporal.airport_model.stands import Stand

TAXI_RADIUS_M = 45.0
ROAD_RADIUS_M = 9.0
STRAIGHT_DEG = 0.5
"""Bends below this are not corners."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A stretch of a route on one named line."""

    name: str
    kind: str
    from_m: float
    to_m: float
    speed_mps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Waypoint:
    """A named place that a route passes (a holding point, a junction), in metres from its start."""

    name: str
    at_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A polyline with what is needed to move along it.

    Attributes:
        positions: (latitude, longitude) of its vertices.
        distances_m: of the vertices from the start; the last is the length.
        headings_deg: true heading of each segment, one fewer than the vertices.
        legs: what it runs on, without gaps.
        waypoints: nodes that it passes, both ends included.
        tail_first: pushed backwards; the nose points against the motion.
    """

    positions: tuple[tuple[float, float], ...]
    distances_m: tuple[float, ...]
    headings_deg: tuple[float, ...]
    legs: tuple[Leg, ...]
    waypoints: tuple[Waypoint, ...]
    tail_first: bool = False

    @property
    def length_m(self) -> float:
        """Metres from start to end."""
        return self.distances_m[-1]

    @property
    def holds(self) -> tuple[Waypoint, ...]:
        """Holding points on the way, in order."""
        return tuple(point for point in self.waypoints if point.name.startswith("hold:"))

    def speed_mps(self, metres: float) -> float:
        """The limit where ``metres`` of the route are behind."""
        for leg in self.legs:
            if metres < leg.to_m:
                return leg.speed_mps
        return self.legs[-1].speed_mps


def position_along(route: Route, metres: float) -> tuple[float, float, float]:
    """Latitude, longitude and heading (true, of the nose) after ``metres``; clamped to the ends."""
    last = len(route.positions) - 2
    index = min(max(bisect_right(route.distances_m, metres) - 1, 0), last)
    start, end = route.distances_m[index], route.distances_m[index + 1]
    share = min(max((metres - start) / (end - start), 0.0), 1.0)
    here, there = route.positions[index], route.positions[index + 1]
    heading = route.headings_deg[index]
    if route.tail_first:
        heading = (heading + 180.0) % 360.0
    return (
        here[0] + (there[0] - here[0]) * share,
        here[1] + (there[1] - here[1]) * share,
        heading,
    )


def along(airport: Airport, way: Way, *, radius_m: float, tail_first: bool = False) -> Route:
    """Make a route of a way.

    Raises:
        UnknownPlace: the way has no edge, so there is nothing to move along.
    """
    if not way.edges:
        raise UnknownPlace(way.network, f"a way from {way.nodes[0]} to itself")
    corners, node_at = _corners(way.edges)
    points, at_m = _rounded(corners, radius_m)
    distances = _distances(points)
    stops = [_stop(corners, at_m, corners_m) for corners_m in node_at]
    return Route(
        positions=airport.frame.positions(points),
        distances_m=distances,
        headings_deg=tuple(
            airport.frame.true_deg(heading_deg(a, b)) for a, b in itertools.pairwise(points)
        ),
        legs=_legs(way.edges, stops),
        waypoints=tuple(
            Waypoint(name=node, at_m=at) for node, at in zip(way.nodes, stops, strict=True)
        ),
        tail_first=tail_first,
    )


def _corners(edges: Sequence[Edge]) -> tuple[list[Point], list[float]]:
    """The way's points without those on straight lines; and each node's distance on the way."""
    points: list[Point] = [edges[0].points[0]]
    node_at = [0.0]
    for edge in edges:
        for point in edge.points[1:]:
            if math.dist(points[-1], point) > 0.01:
                points.append(point)
        node_at.append(node_at[-1] + edge.length_m)
    kept = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if abs(shapes.turn_deg(before, here, after)) > STRAIGHT_DEG:
            kept.append(here)
    return [*kept, points[-1]], node_at


def _rounded(corners: Sequence[Point], radius_m: float) -> tuple[list[Point], list[float]]:
    """Rounded points, and for each corner the distance on them where it is passed."""
    points: list[Point] = [corners[0]]
    at_m = [0.0]
    total = 0.0
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        room = 0.49 * min(math.dist(before, corner), math.dist(corner, after))
        turn = shapes.turn_deg(before, corner, after)
        bend = shapes.arc(before, corner, after, shapes.tangent_m(turn, radius_m, room))
        total += math.dist(points[-1], bend[0])
        length = _distances(bend)[-1]
        at_m.append(total + length / 2)
        total += length
        points.extend(bend)
    at_m.append(total + math.dist(points[-1], corners[-1]))
    points.append(corners[-1])
    return points, at_m


def _distances(points: Sequence[Point]) -> tuple[float, ...]:
    total, distances = 0.0, [0.0]
    for a, b in itertools.pairwise(points):
        total += math.dist(a, b)
        distances.append(total)
    return tuple(distances)


def _stop(corners: Sequence[Point], at_m: Sequence[float], path_m: float) -> float:
    """Distance on the rounded line of a place ``path_m`` along the way with sharp corners."""
    sharp = _distances(corners)
    index = min(max(bisect_right(sharp, path_m) - 1, 0), len(sharp) - 2)
    share = (path_m - sharp[index]) / (sharp[index + 1] - sharp[index])
    return at_m[index] + (at_m[index + 1] - at_m[index]) * min(share, 1.0)


def _legs(edges: Sequence[Edge], stops: Sequence[float]) -> tuple[Leg, ...]:
    legs: list[Leg] = []
    for edge, start, end in zip(edges, stops, stops[1:], strict=False):
        if legs and legs[-1].name == edge.name and legs[-1].speed_mps == edge.speed_mps:
            start = legs.pop().from_m
        legs.append(
            Leg(name=edge.name, kind=edge.kind, from_m=start, to_m=end, speed_mps=edge.speed_mps)
        )
    return tuple(legs)


def taxi_route(
    airport: Airport, network: Network, start: str, goal: str, *, code: str = "A"
) -> Route:
    """The quickest taxi route between two places, e.g. ``threshold:36L`` to ``stand:221``."""
    way = network.way(start, goal, code=code)
    return along(airport, way, radius_m=TAXI_RADIUS_M)


def drive_route(airport: Airport, network: Network, start: str, goal: str) -> Route:
    """The quickest drive between two places, e.g. ``facility:fuel`` to ``stand:221``."""
    return along(airport, network.way(start, goal), radius_m=ROAD_RADIUS_M)


def push_back(airport: Airport, network: Network, stand: Stand) -> Route:
    """Backwards from the stand to the taxilane; a taxi route goes on from its last waypoint.

    Raises:
        UnknownPlace: nothing leads away from the stand.
    """
    start = network.node(f"stand:{stand.number}")
    leaving = network.leaving(start)
    if not leaving:
        raise UnknownPlace(network.name, f"a way back from stand {stand.number}")
    # A line that goes on past the nose leaves a stand forward too; one is pushed back, though.
    back = stand.heading_deg + 180.0
    edge = min(leaving, key=lambda one: abs(_turn(back, heading_deg(*one.points[:2]))))
    way = Way(network=network.name, nodes=(edge.start, edge.end), edges=(edge,))
    return along(airport, way, radius_m=TAXI_RADIUS_M, tail_first=True)


def _turn(one: float, other: float) -> float:
    """Change of heading, -180 to 180."""
    return (other - one + 180.0) % 360.0 - 180.0
