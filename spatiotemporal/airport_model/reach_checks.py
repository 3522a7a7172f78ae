"""Rules about ways: everything can be reached, and runways only past a holding point."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import shapely
from shapely import STRtree
from shapely.geometry import LineString

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.findings import Finding, Rule, finding
from spatiotemporal.airport_model.frame import Point
from spatiotemporal.airport_model.graphs import road_graph, taxi_graph
from spatiotemporal.airport_model.network import Edge, Network
from spatiotemporal.airport_model.weaving import SNAP_M

NEAR_MISS_M = 12.0
"""A line that ends this close to another one, without touching it, was meant to touch it."""


def _taxi_reach(airport: Airport) -> Iterable[Finding]:
    """Every stand can be reached from, and can reach, every runway end at its own size."""
    network = taxi_graph(airport)
    yield from _connected(network)
    ends = [end.designator for runway in airport.runways for end in runway.ends]
    back = network.backwards()
    for code in sorted({stand.code for stand in airport.stands}):
        stands = [stand for stand in airport.stands if stand.code == code]
        for end in ends:
            there = network.reachable(f"runway:{end}", code=code)
            away = back.reachable(f"runway:{end}", code=code)
            for stand in stands:
                node = network.node(f"stand:{stand.number}")
                if node not in there or node not in away:
                    message = f"no way from or to runway {end} at code {code}"
                    yield finding("taxi-reach", f"stand {stand.number}", message)


def _road_reach(airport: Airport) -> Iterable[Finding]:
    yield from _connected(road_graph(airport))


def _connected(network: Network) -> Iterable[Finding]:
    """Every place can be reached from every other, one-way lines in their direction."""
    groups = sorted(nx.strongly_connected_components(network.graph), key=len, reverse=True)
    for group in groups[1:]:
        sample = min(group)
        message = f"{len(group)} nodes are cut off from the rest, among them {sample}"
        yield finding("connected", network.name, message)


def _near_misses(airport: Airport) -> Iterable[Finding]:
    yield from _near_missing({way.id: way.points for way in airport.taxiways})
    yield from _near_missing({road.id: road.points for road in airport.roads})


def _near_missing(lines: dict[str, tuple[Point, ...]]) -> Iterable[Finding]:
    names, shapes = list(lines), [LineString(points) for points in lines.values()]
    tree = STRtree(shapes)
    for index, (name, points) in enumerate(lines.items()):
        for end in (shapely.Point(points[0]), shapely.Point(points[-1])):
            near = tree.query(end, predicate="dwithin", distance=NEAR_MISS_M)
            gaps = {names[int(n)]: shapes[int(n)].distance(end) for n in near if n != index}
            nearest = min(gaps, key=lambda other: gaps[other], default="")
            if nearest and SNAP_M < gaps[nearest] < NEAR_MISS_M:
                message = f"ends {gaps[nearest]:.1f} m from {nearest} without touching it"
                yield finding("near-miss", name, message, (end.x, end.y))


def _holds(airport: Airport) -> Iterable[Finding]:
    """Between a runway and anywhere else there is a holding point."""
    network = taxi_graph(airport)
    holds = {network.node(f"hold:{hold.id}") for hold in airport.hold_lines}
    seen = {edge.start for edge in network.edges() if edge.kind == "runway"}
    open_ends = sorted(seen)
    while open_ends:
        for edge in network.leaving(open_ends.pop()):
            if edge.end in seen or edge.end in holds:
                continue
            seen.add(edge.end)
            if _in_a_strip(airport, network, edge):
                open_ends.append(edge.end)
            else:
                message = f"{edge.end} is reached from a runway past no holding point"
                yield finding("hold-line", edge.name, message)


def _in_a_strip(airport: Airport, network: Network, edge: Edge) -> bool:
    point = shapely.Point(network.points[edge.end])
    return any(runway.strip.buffer(1.0).covers(point) for runway in airport.runways)


RULES: tuple[Rule, ...] = (
    (("near-miss",), _near_misses),
    (("hold-line",), _holds),
    (("taxi-reach", "connected"), _taxi_reach),
    (("connected",), _road_reach),
)
