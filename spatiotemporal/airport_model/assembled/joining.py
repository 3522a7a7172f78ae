"""Drawn lines become one net: ends that nearly touch are joined, pieces that lie apart are linked.

People draw guidance lines to be looked at: they end a metre before the line that they lead to, or
begin again behind a crossing. What is drawn further than needed is kept; nothing is moved.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import networkx as nx
import shapely
from shapely import STRtree
from shapely.geometry import LineString
from shapely.geometry import Point as Dot
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from spatiotemporal.airport_model.frame import Point
from spatiotemporal.airport_model.weaving import SNAP_M

Line = tuple[Point, ...]

JOIN_M = 8.0
"""An end this near to another line was meant to touch it: half a taxiway's width."""

BRIDGE_M = 90.0
"""Pieces apart by no more than this get a link; farther ones are really apart."""

ROUNDS = 6
"""Each round links every piece to its nearest neighbour, so their number halves at least."""


def joined(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """Lines drawn on to what their ends nearly touch.

    Args:
        others: lines that may be touched, and are not drawn on themselves.
    """
    made = list(lines)
    shapes = [LineString(line) for line in (*lines, *others)]
    tree = STRtree(shapes)
    settled: set[tuple[int, int]] = set()
    for number in range(len(lines)):
        for end in (0, -1):
            if (number, end) not in settled:
                _draw_on(made, number, end, shapes, tree, settled)
    return made


def _draw_on(
    made: list[Line], number: int, end: int, shapes: Sequence[LineString], tree: STRtree,
    settled: set[tuple[int, int]],
) -> None:  # fmt: skip
    dot = Dot(made[number][end])
    near = [int(n) for n in tree.query(dot, predicate="dwithin", distance=JOIN_M) if n != number]
    gaps = {other: shapes[other].distance(dot) for other in near}
    other = min(gaps, key=lambda n: gaps[n], default=-1)
    if other < 0 or gaps[other] <= SNAP_M:
        return
    _, meeting = nearest_points(dot, shapes[other])
    place = meeting.x, meeting.y
    made[number] = (place, *made[number]) if end == 0 else (*made[number], place)
    for far in (0, -1):
        if other < len(made) and math.dist(made[other][far], place) <= SNAP_M:
            settled.add((other, far))


def links(
    lines: Sequence[Line], others: Sequence[Line], blocked: BaseGeometry, most_m: float = BRIDGE_M
) -> list[Line]:
    """Straight links between pieces that lie apart.

    Args:
        others: more lines that pieces may hang on.
        blocked: what no link goes through (buildings).
    """
    shapes = [LineString(line) for line in (*lines, *others)]
    found: list[Line] = []
    for _ in range(ROUNDS):
        new = _round(shapes, blocked, most_m)
        if not new:
            break
        found += new
        shapes += [LineString(link) for link in new]
    return found


def _round(shapes: Sequence[LineString], blocked: BaseGeometry, most_m: float) -> list[Line]:
    """A link from every piece but the largest to the nearest line of another piece."""
    if len(shapes) < 2:
        return []
    tree = STRtree(shapes)
    near: nx.Graph[int] = nx.Graph()
    near.add_nodes_from(range(len(shapes)))
    near.add_edges_from(tree.query(shapes, predicate="dwithin", distance=SNAP_M).T.tolist())
    pieces = sorted(nx.connected_components(near), key=lambda piece: (-len(piece), min(piece)))
    made: list[Line] = []
    for piece in pieces[1:]:
        link = _shortest(sorted(piece), shapes, tree, blocked, most_m)
        # Two pieces that are each other's nearest would get the same link twice.
        if link is not None and link not in made and link[::-1] not in made:
            made.append(link)
    return made


def _shortest(
    piece: Sequence[int], shapes: Sequence[LineString], tree: STRtree, blocked: BaseGeometry,
    most_m: float,
) -> Line | None:  # fmt: skip
    own = set(piece)
    best: tuple[float, Line] | None = None
    for one in piece:
        for other in tree.query(shapes[one], predicate="dwithin", distance=most_m):
            if int(other) in own:
                continue
            a, b = nearest_points(shapes[one], shapes[int(other)])
            gap = a.distance(b)
            if best is not None and gap >= best[0]:
                continue
            if not blocked.is_empty and LineString([a, b]).intersects(blocked):
                continue
            best = gap, ((a.x, a.y), (b.x, b.y))
    return best[1] if best is not None and best[0] > SNAP_M else None


def trimmed(line: Line, rooms: STRtree, shapes: Sequence[BaseGeometry]) -> Line:
    """A line without the parts of its two ends that lie inside a room (a parking position).

    What is left may be shorter than two points; then nothing is left.
    """
    for _ in range(2):
        line = _cut(line, rooms, shapes)[::-1]
    return line


def _cut(line: Line, rooms: STRtree, shapes: Sequence[BaseGeometry]) -> Line:
    """Cut the last end."""
    if len(line) < 2:
        return line
    dot = Dot(line[-1])
    inside = [shapes[int(n)] for n in rooms.query(dot, predicate="within")]
    if not inside:
        return line
    kept = list(line)
    while len(kept) > 1 and any(room.covers(Dot(kept[-2])) for room in inside):
        kept.pop()
    if len(kept) < 2:
        return ()
    last = LineString(kept[-2:])
    out = shapely.difference(last, shapely.union_all(inside))
    places = shapely.get_coordinates(out).tolist()
    if not places:
        return tuple(kept[:-1])
    x, y = max(places, key=lambda p: last.project(Dot(p)))
    return tuple(kept[:-1]) if math.dist(kept[-2], (x, y)) < SNAP_M else (*kept[:-1], (x, y))


def length_m(line: Line) -> float:
    """Length of a line."""
    return sum(math.dist(a, b) for a, b in pairwise(line))
