"""Weaves named lines into a network: where lines meet there is a junction, so routing never
depends on how a drawing was made.

Lines are authored so that they meet; an end that misses another line by no more than
:data:`SNAP_M` is taken to touch it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely import STRtree
from shapely.geometry import LineString
from shapely.ops import substring

from spatiotemporal.airport_model.frame import Point
from spatiotemporal.airport_model.network import ANY_CODE, Edge, Network

SNAP_M = 0.5
"""Places nearer than this are one junction; far below the width of any pavement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """A line on its way into a network.

    Attributes:
        id: of the element that it draws.
        places: named points on the line that must become nodes.
        reluctance: factor on time when ways are chosen (1 = none).
    """

    id: str
    name: str
    kind: str
    points: tuple[Point, ...]
    speed_mps: float
    max_code: str = ANY_CODE
    one_way: bool = False
    places: tuple[tuple[str, Point], ...] = ()
    reluctance: float = 1.0


@dataclass(slots=True, kw_only=True)
class _Cut:
    """A place on a strand that becomes a node."""

    strand: int
    distance_m: float
    point: Point
    label: str = ""
    node: str = ""


def weave(name: str, strands: Sequence[Strand]) -> Network:
    """Join strands wherever they meet."""
    lines = [LineString(strand.points) for strand in strands]
    cuts = [*_ends(strands, lines), *_labels(strands, lines), *_meetings(lines)]
    loom = _Loom(strands, lines, cuts)
    by_strand: dict[int, list[_Cut]] = defaultdict(list)
    for cut in cuts:
        by_strand[cut.strand].append(cut)
    for index in range(len(strands)):
        ordered = sorted(by_strand[index], key=lambda cut: cut.distance_m)
        for before, after in pairwise(ordered):
            if before.node != after.node:
                loom.join(before, after)
    return Network(name=name, graph=loom.graph, points=loom.points, named=loom.named)


def _ends(strands: Sequence[Strand], lines: Sequence[LineString]) -> Iterable[_Cut]:
    for index, (strand, line) in enumerate(zip(strands, lines, strict=True)):
        yield _Cut(strand=index, distance_m=0.0, point=strand.points[0])
        yield _Cut(strand=index, distance_m=line.length, point=strand.points[-1])


def _labels(strands: Sequence[Strand], lines: Sequence[LineString]) -> Iterable[_Cut]:
    for index, (strand, line) in enumerate(zip(strands, lines, strict=True)):
        for label, point in strand.places:
            distance = line.project(shapely.Point(point))
            yield _Cut(strand=index, distance_m=distance, point=point, label=label)


def _meetings(lines: Sequence[LineString]) -> Iterable[_Cut]:
    """Both sides of every crossing and touch."""
    if not lines:
        return
    pairs = STRtree(lines).query(lines, predicate="dwithin", distance=SNAP_M)
    for one, other in sorted((int(a), int(b)) for a, b in pairs.T if a < b):
        for point in _shared(lines[one], lines[other]):
            for index in (one, other):
                distance = lines[index].project(shapely.Point(point))
                yield _Cut(strand=index, distance_m=distance, point=point)


def _shared(one: LineString, other: LineString) -> list[Point]:
    """Points that two lines have in common; ends that nearly touch count."""
    found = shapely.get_coordinates(one.intersection(other))
    shared: list[Point] = [(float(x), float(y)) for x, y in found]
    for line, against in ((one, other), (other, one)):
        ends = ((x, y) for x, y in (line.coords[0], line.coords[-1]))
        shared.extend(end for end in ends if against.distance(shapely.Point(end)) <= SNAP_M)
    return shared


def _gather(points: Sequence[Point]) -> list[list[int]]:
    """Indices of points that lie within :data:`SNAP_M` of each other, in first-seen order."""
    near: nx.Graph[int] = nx.Graph()
    near.add_nodes_from(range(len(points)))
    if not points:
        return []
    near.add_edges_from(sorted(cKDTree(np.asarray(points)).query_pairs(SNAP_M)))
    return sorted(sorted(group) for group in nx.connected_components(near))


class _Loom:
    """The graph while it is being made."""

    def __init__(
        self, strands: Sequence[Strand], lines: Sequence[LineString], cuts: Sequence[_Cut]
    ) -> None:
        self.graph: nx.DiGraph[str] = nx.DiGraph()
        self.points: dict[str, Point] = {}
        self.named: dict[str, str] = {}
        self._strands, self._lines = strands, lines
        self._name_nodes(cuts)

    def _name_nodes(self, cuts: Sequence[_Cut]) -> None:
        """Gather cuts into nodes, name them, and write each cut's node into it."""
        seen: Counter[str] = Counter()
        for members in _gather([cut.point for cut in cuts]):
            found = [cuts[member] for member in members]
            labels = list(dict.fromkeys(cut.label for cut in found if cut.label))
            names = sorted({self._strands[cut.strand].name for cut in found})
            node = labels[0] if labels else "/".join(names)
            seen[node] += 1
            if seen[node] > 1:
                node = f"{node}#{seen[node]}"
            self._add_node(node, found[0].point)
            self.named.update(dict.fromkeys(labels, node))
            for cut in found:
                cut.node = node

    def _add_node(self, node: str, point: Point) -> None:
        self.points[node] = point
        self.graph.add_node(node, point=point)

    def join(self, before: _Cut, after: _Cut) -> None:
        """Add the edges between two neighbouring cuts of a strand."""
        strand, line = self._strands[before.strand], self._lines[before.strand]
        piece = substring(line, before.distance_m, after.distance_m)
        inner = ((x, y) for x, y in list(piece.coords)[1:-1])
        way = (self.points[before.node], *inner, self.points[after.node])
        if self.graph.has_edge(before.node, after.node):
            known: Edge = self.graph.edges[before.node, after.node]["edge"]
            if abs(known.length_m - _length(way)) >= SNAP_M:
                self._join_over_middle(before, after)
            return
        corners = [0.0, *_corner_distances(strand.points)]
        # Two nodes may lie within a snap of a strand's end: there the leg is what is left of it.
        ahead = (c for c in corners if c > before.distance_m + SNAP_M)
        behind = (c for c in corners if c < after.distance_m - SNAP_M)
        onward = min(ahead, default=corners[-1]) - before.distance_m
        back = after.distance_m - max(behind, default=0.0)
        self._add_edge(strand, (before.node, after.node), way, onward)
        if not strand.one_way:
            self._add_edge(strand, (after.node, before.node), way[::-1], back)

    def _join_over_middle(self, before: _Cut, after: _Cut) -> None:
        """Two ways join the same two nodes: give this one a node of its own."""
        distance = (before.distance_m + after.distance_m) / 2
        middle = self._lines[before.strand].interpolate(distance)
        node = f"{self._strands[before.strand].id}@{round(distance)}"
        self._add_node(node, (middle.x, middle.y))
        cut = _Cut(strand=before.strand, distance_m=distance, point=(middle.x, middle.y), node=node)
        self.join(before, cut)
        self.join(cut, after)

    def _add_edge(
        self, strand: Strand, ends: tuple[str, str], way: tuple[Point, ...], leg_m: float
    ) -> None:
        length = _length(way)
        edge = Edge(
            start=ends[0],
            end=ends[1],
            strand=strand.id,
            name=strand.name,
            kind=strand.kind,
            points=way,
            length_m=length,
            leg_m=leg_m,
            speed_mps=strand.speed_mps,
            max_code=strand.max_code,
            cost_s=length / strand.speed_mps * strand.reluctance,
        )
        self.graph.add_edge(*ends, edge=edge)


def _corner_distances(points: Sequence[Point]) -> list[float]:
    total, distances = 0.0, []
    for a, b in pairwise(points):
        total += math.dist(a, b)
        distances.append(total)
    return distances


def _length(points: Sequence[Point]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(points))
