"""Chains become lines: curves are flattened, and lines are cut where their paint changes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spatiotemporal.airport_model.apt_dat.message import Chain, Node
from spatiotemporal.airport_model.frame import Frame, Point

FLATNESS_M = 0.05
"""A flattened curve stays this close to the true one."""

SAME_M = 0.02
"""Nodes nearer than this are one node with two controls."""

MOST_STEPS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """A node in the frame, with its controls towards both neighbours."""

    at: Point
    leaving: Point | None
    arriving: Point | None
    paint: int
    light: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Neighbouring segments with the same paint, or the same light."""

    code: int
    points: tuple[Point, ...]


def corners(chain: Chain, frame: Frame) -> tuple[Corner, ...]:
    """The nodes of a chain in metres."""
    at = frame.points([node.place for node in chain.nodes])
    controls = frame.points([node.control or node.place for node in chain.nodes])
    return tuple(
        _corner(node, here, control)
        for node, here, control in zip(chain.nodes, at, controls, strict=True)
    )


def _corner(node: Node, here: Point, control: Point) -> Corner:
    curved = node.control is not None
    mirrored = 2 * here[0] - control[0], 2 * here[1] - control[1]
    return Corner(
        at=here,
        leaving=control if curved else None,
        arriving=mirrored if curved else None,
        paint=node.paint,
        light=node.light,
    )


def _segments(found: Sequence[Corner], *, closed: bool) -> Iterable[tuple[Corner, Corner]]:
    yield from pairwise(found)
    if closed and len(found) > 1:
        yield found[-1], found[0]


def ring(chain: Chain, frame: Frame) -> tuple[Point, ...]:
    """The corners of a closed chain, curves flattened; the first is not repeated."""
    points: list[Point] = []
    for start, end in _segments(corners(chain, frame), closed=True):
        points.extend(flattened(start, end)[:-1])
    return tuple(points)


def runs(chain: Chain, frame: Frame, *, lights: bool = False) -> tuple[Run, ...]:
    """A chain cut where its paint (or its lights) changes; bare stretches are left out."""
    made: list[Run] = []
    code, points = 0, list[Point]()
    for start, end in _segments(corners(chain, frame), closed=chain.closed):
        piece = flattened(start, end)
        here = start.light if lights else start.paint
        if len(piece) < 2:
            continue
        if here != code:
            _close(made, code, points)
            code, points = here, [piece[0]]
        points.extend(piece[1:])
    _close(made, code, points)
    return tuple(made)


def _close(made: list[Run], code: int, points: list[Point]) -> None:
    if code and len(points) > 1:
        made.append(Run(code=code, points=tuple(points)))


def flattened(start: Corner, end: Corner) -> list[Point]:
    """Points from one corner to the next, both included; one point where they coincide."""
    if math.dist(start.at, end.at) < SAME_M:
        return [end.at]
    inner = [point for point in (start.leaving, end.arriving) if point is not None]
    if not inner:
        return [start.at, end.at]
    hull = [start.at, *inner, end.at]
    steps = _steps(hull)
    return [start.at, *(_bezier(hull, n / steps) for n in range(1, steps)), end.at]


def _steps(hull: Sequence[Point]) -> int:
    """Pieces that keep a Bezier curve within :data:`FLATNESS_M` (bound by second differences)."""
    bend = max(
        math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1])
        for a, b, c in zip(hull, hull[1:], hull[2:], strict=False)
    )
    degree = len(hull) - 1
    wanted = math.sqrt(degree * (degree - 1) * bend / (8 * FLATNESS_M))
    return min(max(1, math.ceil(wanted)), MOST_STEPS)


def _bezier(hull: Sequence[Point], share: float) -> Point:
    points = list(hull)
    while len(points) > 1:
        points = [
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            for a, b in pairwise(points)
        ]
    return points[0]
