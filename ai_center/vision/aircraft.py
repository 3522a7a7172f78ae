"""Narrow-body aircraft as meshes; the origin is where the nose wheel stands, x forward.

Sizes follow the common types roughly (length, span, fuselage): they are shapes to be recognised, not
drawings. The livery is drawn by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ai_center.vision.meshes import (
    BLACK,
    Colour,
    Mesh,
    box,
    joined,
    middles,
    painted,
    plate,
    solid,
    tube,
)

WINDOW: Final[Colour] = (60, 50, 45)
METAL: Final[Colour] = (150, 145, 140)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Sizes of a type in metres.

    Attributes:
        length: nose to tail.
        span: wing tip to wing tip.
        radius: of the fuselage.
        overhang: nose to nose wheel.
        door: passenger door behind the nose wheel; negative is before it.
    """

    length: float
    span: float
    radius: float
    overhang: float
    door: float


BUILDS: Final = {
    "A320": Build(length=37.6, span=35.8, radius=2.0, overhang=5.1, door=0.0),
    "A321": Build(length=44.5, span=35.8, radius=2.0, overhang=5.1, door=0.0),
    "B737": Build(length=39.5, span=35.8, radius=1.9, overhang=4.0, door=1.0),
    "E190": Build(length=36.2, span=28.7, radius=1.6, overhang=3.6, door=0.6),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Livery:
    """Colours of an airline: fuselage, belly, tail and engines."""

    body: Colour
    belly: Colour
    tail: Colour
    engine: Colour


def aircraft(build: Build, livery: Livery) -> tuple[Mesh, ...]:
    """Parts of an aircraft: fuselage with gear, wings with engines, tail; each casts its own shadow."""
    return (_fuselage(build, livery), _wings(build, livery), _tail(build, livery))


def _fuselage(build: Build, livery: Livery) -> Mesh:
    nose, tail = build.overhang, build.overhang - build.length
    r, axis = build.radius, build.radius + 1.75
    tapered = build.length * 0.3
    stations = [(tail, 0.25, axis + 0.9), (tail + tapered * 0.5, r * 0.65, axis + 0.45)]
    stations += [(tail + tapered, r, axis)]
    cabin = np.linspace(tail + tapered, nose - 5.0, 7)[1:]
    stations += [(float(x), r, axis) for x in cabin]
    stations += [(nose - 3.4, r * 0.95, axis - 0.05), (nose - 1.6, r * 0.72, axis - 0.3)]
    stations += [(nose - 0.5, r * 0.4, axis - 0.5), (nose, r * 0.1, axis - 0.55)]
    body = tube(stations, livery.body, sides=14)
    at = middles(body)
    body = painted(body, at[:, 2] < axis - 0.35 * r, livery.belly)
    glass = (at[:, 0] > nose - 3.4) & (at[:, 0] < nose - 1.2) & (at[:, 2] > axis + 0.15 * r)
    body = painted(body, glass & (at[:, 2] < axis + 0.7 * r), WINDOW)
    door = -build.door
    return joined(
        [
            body,
            box((door - 0.4, door + 0.5), (r * 0.96, r + 0.03), (axis - 0.7, axis + 1.1), METAL),
            *_gear(build, axis),
        ]
    )


def _gear(build: Build, axis: float) -> list[Mesh]:
    main = -build.length * 0.335
    legs = [box((-0.15, 0.15), (-0.12, 0.12), (0.4, axis - build.radius + 0.3), METAL)]
    legs += [box((-0.4, 0.4), (s * 0.3 - 0.12, s * 0.3 + 0.12), (0.0, 0.8), BLACK) for s in (-1, 1)]
    for side in (-1, 1):
        y = side * 3.5
        legs.append(box((main - 0.2, main + 0.2), (y - 0.2, y + 0.2), (0.5, axis - 1.0), METAL))
        legs.append(box((main - 0.6, main + 0.6), (y - 0.5, y + 0.5), (0.0, 1.1), BLACK))
    return legs


def _wings(build: Build, livery: Livery) -> Mesh:
    half, r = build.span / 2, build.radius
    root, chord, low = -build.length * 0.2, build.length * 0.2, r + 0.75
    sweep = half * 0.5
    parts = []
    for side in (-1.0, 1.0):
        for start, end in ((0.1, 0.4), (0.4, 0.7), (0.7, 1.0)):
            parts.append(_strip(side, (start, end), (root, chord, sweep), half, low))
        y, front = side * half * 0.32, root - sweep * 0.32 + 3.2
        radius = 0.62 * r
        spots = [(front - 3.8, radius * 0.55, low - 0.35), (front - 1.2, radius, low - 0.45)]
        spots += [(front, radius * 0.92, low - 0.45)]
        engine = tube(spots, livery.engine, y=y, sides=10)
        face = middles(engine)[:, 0] > front - 0.1
        parts.append(painted(engine, face, BLACK))
        tip = (root - sweep - 1.6, root - sweep)
        over = low + 0.09 * half
        parts.append(
            box(tip, (side * half - 0.1, side * half + 0.1), (over, over + 1.9), livery.tail)
        )
    return joined(parts)


def _strip(
    side: float,
    part: tuple[float, float],
    plan: tuple[float, float, float],
    half: float,
    low: float,
) -> Mesh:
    """A piece of a wing between two shares of the half span."""
    root, chord, sweep = plan
    edges = []
    for share in part:
        deep = chord * (1 - 0.78 * share)
        front = root - sweep * share
        edges.append((front, front - deep, side * half * share, low + 0.09 * half * share))
    (f0, b0, y0, z0), (f1, b1, y1, z1) = edges
    corners = [(b0, y0, z0), (f0, y0, z0), (f1, y1, z1), (b1, y1, z1)]
    return plate(corners if side > 0 else corners[::-1], 0.35, (205, 205, 205))


def _tail(build: Build, livery: Livery) -> Mesh:
    end, axis = build.overhang - build.length, build.radius + 2.4
    rings = [
        [(x - c, -0.2, z), (x, -0.2, z), (x, 0.2, z), (x - c, 0.2, z)]
        for x, c, z in ((end + 7.5, 6.0, axis + 0.6), (end + 2.8, 2.6, axis + 6.6))
    ]
    fin = np.array(rings, np.float64)
    parts = [solid(fin, livery.tail)]
    for side in (-1.0, 1.0):
        corners = [
            (end + 0.8, 0.0, axis + 0.3),
            (end + 4.6, 0.0, axis + 0.3),
            (end + 1.6, side * 6.2, axis + 0.9),
            (end + 0.2, side * 6.2, axis + 0.9),
        ]
        parts.append(plate(corners if side > 0 else corners[::-1], 0.25, (200, 200, 200)))
    return joined(parts)
