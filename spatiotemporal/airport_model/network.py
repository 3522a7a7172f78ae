"""A graph of named lines, and the ways through it.

Edges carry length in metres, speed in m/s and the largest aircraft size letter; a line that is not
one-way has an edge in each direction. Ways are searched edge by edge, because what may follow an
edge depends on where it came from: wheels do not double back at a junction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import heappop, heappush

import networkx as nx

from spatiotemporal.airport_model.errors import NoRoute, UnknownPlace
from spatiotemporal.airport_model.frame import Point
from spatiotemporal.airport_model.frame import heading_deg as heading
from spatiotemporal.airport_model.size_codes import fits

ANY_CODE = "F"

MOST_TURN_DEG = 140.0
"""Nothing turns sharper than this between two edges; a U-turn needs a loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One direction of a line between two neighbouring nodes.

    Attributes:
        points: the way, in driving order.
        leg_m: how far the line goes on straight, counted from ``start``.
        cost_s: time, weighed with the line's reluctance.
    """

    start: str
    end: str
    strand: str
    name: str
    kind: str
    points: tuple[Point, ...]
    length_m: float
    leg_m: float
    speed_mps: float
    max_code: str
    cost_s: float

    def turned(self) -> Edge:
        """The same piece of line against its direction."""
        return replace(
            self, start=self.end, end=self.start, points=self.points[::-1], leg_m=self.length_m
        )

    def turn_deg(self, onward: Edge) -> float:
        """How much, 0 to 180, the heading changes from the end of this edge into ``onward``."""
        come = heading(self.points[-2], self.points[-1])
        go = heading(onward.points[0], onward.points[1])
        return abs((go - come + 180.0) % 360.0 - 180.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way through a network: at least one node, and the edges between them."""

    network: str
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]

    @property
    def length_m(self) -> float:
        """Sum of the edges."""
        return sum(edge.length_m for edge in self.edges)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """An edge that the search has settled, with the step before it."""

    edge: Edge
    before: _Step | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A woven graph.

    Attributes:
        name: for messages, e.g. ``ZSSS taxiways``.
        graph: nodes are ids; every edge has its :class:`Edge` under ``"edge"``.
        points: place of each node in the frame.
        named: the node of each named place.
    """

    name: str
    graph: nx.DiGraph[str]
    points: Mapping[str, Point]
    named: Mapping[str, str]

    def places(self) -> tuple[str, ...]:
        """Named places: stands, facilities, runway ends, holding points."""
        return tuple(self.named)

    def node(self, place: str) -> str:
        """The node of a named place, or of a node's own id.

        Raises:
            UnknownPlace: there is neither.
        """
        if place in self.named:
            return self.named[place]
        if place not in self.points:
            raise UnknownPlace(self.name, place)
        return place

    def edges(self) -> Iterable[Edge]:
        """All edges, in the order of weaving."""
        for *_, data in self.graph.edges(data=True):
            yield data["edge"]

    def leaving(self, node: str) -> list[Edge]:
        """Edges that start at a node."""
        return [data["edge"] for *_, data in self.graph.out_edges(node, data=True)]

    def way(self, start: str, goal: str, *, code: str = "A") -> Way:
        """The quickest way from one place to another for an aircraft of size ``code``.

        Raises:
            UnknownPlace: an end is not in the network.
            NoRoute: nothing joins them.
        """
        first, last = self.node(start), self.node(goal)
        if first == last:
            return Way(network=self.name, nodes=(first,), edges=())
        for step in self._search(first, code):
            if step.edge.end == last:
                return self._way(step)
        raise NoRoute(self.name, start, goal, f" for code {code}")

    def reachable(self, start: str, *, code: str = "A") -> frozenset[str]:
        """Every node that an aircraft of size ``code`` can get to."""
        first = self.node(start)
        return frozenset({first, *(step.edge.end for step in self._search(first, code))})

    def backwards(self) -> Network:
        """The network with every edge turned: what is reachable in it, can reach in this one."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.graph.nodes(data=True))
        for edge in self.edges():
            graph.add_edge(edge.end, edge.start, edge=edge.turned())
        return replace(self, graph=graph)

    def closing(self, *lines: str) -> Network:
        """The network while lines, named by id or name, are closed.

        Raises:
            UnknownPlace: there is no such line.
        """
        edges = list(self.edges())
        known = {edge.strand for edge in edges} | {edge.name for edge in edges}
        for line in lines:
            if line not in known:
                raise UnknownPlace(self.name, line)
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.graph.nodes(data=True))
        for edge in edges:
            if edge.strand not in lines and edge.name not in lines:
                graph.add_edge(edge.start, edge.end, edge=edge)
        return replace(self, graph=graph)

    def _search(self, first: str, code: str) -> Iterable[_Step]:
        """Dijkstra over edges: each edge once, in the order of the time it takes to its end."""
        queue: list[tuple[float, int, _Step]] = []
        pushed = 0
        for edge in self.leaving(first):
            if fits(code, edge.max_code):
                heappush(queue, (edge.cost_s, pushed, _Step(edge=edge, before=None)))
                pushed += 1
        settled: set[tuple[str, str]] = set()
        while queue:
            cost, _, step = heappop(queue)
            key = (step.edge.start, step.edge.end)
            if key in settled:
                continue
            settled.add(key)
            yield step
            for onward in self.leaving(step.edge.end):
                if (onward.start, onward.end) in settled or not fits(code, onward.max_code):
                    continue
                if step.edge.turn_deg(onward) > MOST_TURN_DEG:
                    continue
                heappush(queue, (cost + onward.cost_s, pushed, _Step(edge=onward, before=step)))
                pushed += 1

    def _way(self, last: _Step) -> Way:
        edges: list[Edge] = []
        step: _Step | None = last
        while step is not None:
            edges.append(step.edge)
            step = step.before
        edges.reverse()
        nodes = (edges[0].start, *(edge.end for edge in edges))
        return Way(network=self.name, nodes=nodes, edges=tuple(edges))
