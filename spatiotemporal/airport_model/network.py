"""Named lines woven into a graph: where lines meet there is a junction, so routing never depends
on how a drawing was made.

Lines are authored so that they meet; ends that miss another line by no more than
:data:`SNAP_M` are taken to touch it. Edges carry length in metres, speed in m/s and the largest
aircraft size letter; a line that is not one-way gives an edge in each direction.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely import STRtree
from shapely.geometry import LineString
from shapely.ops import substring

from spatiotemporal.airport_model.errors import NoRoute, UnknownPlace
from spatiotemporal.airport_model.frame import Point
from spatiotemporal.airport_model.size_codes import fits

SNAP_M = 0.5
"""Places nearer than this are one junction; far below the width of any pavement."""

ANY_CODE = "F"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """A line on its way into a network.

    Attributes:
        id: of the element that it draws.
        places: named points on the line that must become nodes.
        reluctance: factor on time when routes are chosen (1 = none).
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One direction of a line between two neighbouring nodes.

    Attributes:
        points: the way, in driving order.
        leg_m: how far the line goes on straight, counted from ``start``.
        cost_s: time, weighed with the strand's reluctance.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A way through a network: at least one node, and the edges between them."""

    network: str
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]

    @property
    def length_m(self) -> float:
        """Sum of the edges."""
        return sum(edge.length_m for edge in self.edges)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A woven graph.

    Attributes:
        name: for messages, e.g. ``ZSSS taxiways``.
        graph: nodes are ids; every edge has its :class:`Edge` under ``"edge"``.
        points: place of each node in the frame.
        places: named places and the node each one is.
    """

    name: str
    graph: nx.DiGraph[str]
    points: Mapping[str, Point]
    places: Mapping[str, str]

    def node(self, place: str) -> str:
        """The node of a named place, or of a node's own id.

        Raises:
            UnknownPlace: there is neither.
        """
        if place in self.places:
            return self.places[place]
        if place not in self.points:
            raise UnknownPlace(self.name, place)
        return place

    def edges(self) -> Iterable[Edge]:
        """All edges, in the order of weaving."""
        for *_, data in self.graph.edges(data=True):
            yield data["edge"]

    def path(self, start: str, goal: str, *, code: str = "A") -> Path:
        """The quickest way from one place to another for an aircraft of size ``code``.

        Raises:
            UnknownPlace: an end is not in the network.
            NoRoute: nothing joins them.
        """

        def weight(_: str, __: str, data: Mapping[str, Edge]) -> float | None:
            edge = data["edge"]
            return edge.cost_s if fits(code, edge.max_code) else None

        first, last = self.node(start), self.node(goal)
        try:
            nodes = nx.dijkstra_path(self.graph, first, last, weight=weight)
        except nx.NetworkXNoPath:
            raise NoRoute(self.name, start, goal, f" for code {code}") from None
        edges = tuple(self.graph.edges[pair]["edge"] for pair in itertools.pairwise(nodes))
        return Path(network=self.name, nodes=tuple(nodes), edges=edges)

    def reachable(self, start: str, *, code: str = "A") -> frozenset[str]:
        """Every node that an aircraft of size ``code`` can get to."""

        def allowed(a: str, b: str) -> bool:
            return fits(code, self.graph.edges[a, b]["edge"].max_code)

        view = nx.subgraph_view(self.graph, filter_edge=allowed)
        first = self.node(start)
        return frozenset(nx.descendants(view, first) | {first})


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
    points, places = _name_nodes(strands, cuts)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for node, point in points.items():
        graph.add_node(node, point=point)
    by_strand: dict[int, list[_Cut]] = defaultdict(list)
    for cut in cuts:
        by_strand[cut.strand].append(cut)
    for index, strand in enumerate(strands):
        ordered = sorted(by_strand[index], key=lambda cut: cut.distance_m)
        for before, after in itertools.pairwise(ordered):
            if before.node != after.node:
                _join(graph, points, strand, lines[index], before, after)
    return Network(name=name, graph=graph, points=points, places=places)


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


def _name_nodes(
    strands: Sequence[Strand], cuts: Sequence[_Cut]
) -> tuple[dict[str, Point], dict[str, str]]:
    """Gather cuts into nodes, name them, and write each cut's node into it."""
    groups = _gather([cut.point for cut in cuts])
    points: dict[str, Point] = {}
    places: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for members in groups:
        found = [cuts[member] for member in members]
        labels = list(dict.fromkeys(cut.label for cut in found if cut.label))
        names = sorted({strands[cut.strand].name for cut in found})
        node = labels[0] if labels else "/".join(names)
        seen[node] += 1
        if seen[node] > 1:
            node = f"{node}#{seen[node]}"
        points[node] = found[0].point
        places.update(dict.fromkeys(labels, node))
        for cut in found:
            cut.node = node
    return points, places


def _gather(points: Sequence[Point]) -> list[list[int]]:
    """Indices of points that lie within :data:`SNAP_M` of each other, in first-seen order."""
    near: nx.Graph[int] = nx.Graph()
    near.add_nodes_from(range(len(points)))
    near.add_edges_from(sorted(cKDTree(np.asarray(points)).query_pairs(SNAP_M)))
    return sorted(sorted(group) for group in nx.connected_components(near))


def _join(
    graph: nx.DiGraph[str],
    points: dict[str, Point],
    strand: Strand,
    line: LineString,
    before: _Cut,
    after: _Cut,
) -> None:
    """Add the edges between two neighbouring cuts of a strand."""
    piece = substring(line, before.distance_m, after.distance_m)
    inner = [(x, y) for x, y in list(piece.coords)[1:-1]]
    way = (points[before.node], *inner, points[after.node])
    if graph.has_edge(before.node, after.node):
        known = graph.edges[before.node, after.node]["edge"]
        if abs(known.length_m - _length(way)) < SNAP_M:
            return
        middle = shapely.Point(line.interpolate((before.distance_m + after.distance_m) / 2))
        node = f"{strand.id}@{round(before.distance_m)}"
        points[node] = (middle.x, middle.y)
        graph.add_node(node, point=points[node])
        half = _Cut(
            strand=before.strand,
            distance_m=(before.distance_m + after.distance_m) / 2,
            point=points[node],
            node=node,
        )
        _join(graph, points, strand, line, before, half)
        _join(graph, points, strand, line, half, after)
        return
    corners = [0.0, *_corner_distances(strand.points)]
    onward = min(c for c in corners if c > before.distance_m + SNAP_M) - before.distance_m
    back = after.distance_m - max(c for c in corners if c < after.distance_m - SNAP_M)
    _add(graph, strand, (before.node, after.node), way, onward)
    if not strand.one_way:
        _add(graph, strand, (after.node, before.node), way[::-1], back)


def _corner_distances(points: Sequence[Point]) -> list[float]:
    total, distances = 0.0, []
    for a, b in itertools.pairwise(points):
        total += math.dist(a, b)
        distances.append(total)
    return distances


def _length(points: Sequence[Point]) -> float:
    return sum(math.dist(a, b) for a, b in itertools.pairwise(points))


def _add(
    graph: nx.DiGraph[str],
    strand: Strand,
    ends: tuple[str, str],
    way: tuple[Point, ...],
    leg_m: float,
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
    graph.add_edge(*ends, edge=edge)
