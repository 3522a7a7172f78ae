"""Ground vehicles, bridge head and small things on a stand as meshes; x forward, middle on the ground.

Sizes are those of common equipment, rounded. ``Look`` holds the few colours that differ from one to
the next.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from ai_center.vision.meshes import BLACK, Colour, Mesh, box, joined, placed, tube, wedge

GLASS: Final[Colour] = (95, 80, 70)
RUBBER: Final[Colour] = (30, 30, 30)
STEEL: Final[Colour] = (140, 140, 140)
ORANGE: Final[Colour] = (20, 90, 235)
YELLOW: Final[Colour] = (30, 200, 235)
VEST: Final[Colour] = (40, 240, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Main colour and second colour."""

    main: Colour
    second: Colour


def wheels(length: float, width: float, radius: float = 0.45) -> Mesh:
    """Four dark wheels under a vehicle of this size."""
    return joined(
        box(
            (x - radius, x + radius),
            (side * width / 2 - 0.16, side * width / 2 + 0.16),
            (0.0, 2 * radius),
            RUBBER,
        )
        for x in (-length * 0.32, length * 0.32)
        for side in (-1, 1)
    )


def cab(front: float, length: float, width: float, z: tuple[float, float], colour: Colour) -> Mesh:
    """A driver's cab that ends at ``front``, with dark glass round its upper half."""
    middle, half = (z[0] + z[1]) / 2, width / 2
    return joined(
        [
            box((front - length, front), (-half, half), (z[0], middle), colour),
            box((front - length, front - 0.1), (-half, half), (middle, z[1] - 0.15), GLASS),
            box((front - length, front - 0.1), (-half, half), (z[1] - 0.15, z[1]), colour),
        ]
    )


def fuel_truck(look: Look) -> Mesh:
    """A refueller: cab and a long tank, 10 m."""
    tank = tube([(-4.9, 0.95, 2.0), (-4.6, 1.2, 2.0), (2.2, 1.2, 2.0)], look.main)
    frame = box((-4.9, 4.9), (-1.1, 1.1), (0.6, 0.9), BLACK)
    stripe = box((-4.4, 2.0), (-1.24, 1.24), (1.85, 2.15), look.second)
    return joined(
        [wheels(9.5, 2.3), frame, tank, stripe, cab(4.9, 2.2, 2.4, (0.7, 2.8), look.main)]
    )


def belt_loader(look: Look) -> Mesh:
    """A belt loader, 8 m; its raised end is in front."""
    belt = wedge((-4.0, 4.2), (-0.55, 0.55), (0.7, 2.1), (1.1, 2.5), look.second)
    rails = [
        wedge((-4.0, 4.2), (s * 0.6 - 0.08, s * 0.6 + 0.08), (0.9, 2.3), (1.4, 2.8), look.main)
        for s in (-1, 1)
    ]
    body = box((-2.6, 2.2), (-1.0, 1.0), (0.4, 0.85), look.main)
    seat = placed(cab(0.9, 1.2, 0.7, (0.85, 2.0), look.main), 0.3, 0.85, 0.0)
    return joined([wheels(5.2, 1.9, 0.35), body, belt, *rails, seat])


def catering_truck(look: Look, *, raised: bool) -> Mesh:
    """A high-loader: cab and a box body, driven low, worked at the door sill with a platform."""
    floor = 3.1 if raised else 1.1
    hull = box((-3.9, 2.2), (-1.2, 1.2), (floor, floor + 2.3), look.main)
    band = box((-3.92, 2.22), (-1.22, 1.22), (floor + 0.7, floor + 1.2), look.second)
    frame = box((-3.9, 4.0), (-1.1, 1.1), (0.6, 1.0), BLACK)
    parts = [wheels(7.6, 2.3), frame, hull, band, cab(4.1, 1.7, 2.3, (0.7, 2.5), look.second)]
    if raised:
        parts.append(wedge((-3.0, 1.4), (-0.9, 0.9), (0.9, 0.9), (3.1, 3.1), STEEL))
        parts.append(box((2.2, 4.6), (-1.1, 1.1), (floor - 0.12, floor), STEEL))
    return joined(parts)


def tug(look: Look) -> Mesh:
    """A push-back tractor: low, wide and heavy."""
    return joined(
        [
            wheels(6.0, 2.6, 0.6),
            box((-3.4, 3.4), (-1.4, 1.4), (0.35, 1.25), look.main),
            box((-3.42, 3.42), (-1.42, 1.42), (0.75, 0.9), look.second),
            placed(cab(0.7, 1.4, 2.0, (1.25, 2.15), look.main), 1.2, 0.0, 0.0),
        ]
    )


def ground_power(look: Look) -> Mesh:
    """A ground power unit: a cabinet on wheels with a cable boom."""
    return joined(
        [
            wheels(3.0, 1.6, 0.3),
            box((-1.7, 1.7), (-0.9, 0.9), (0.45, 1.75), look.main),
            box((-1.72, 0.2), (-0.92, 0.92), (0.8, 1.4), BLACK),
            box((1.3, 1.6), (-0.7, 0.7), (1.75, 2.25), look.second),
        ]
    )


def baggage_train(look: Look, trailers: int) -> Mesh:
    """A tractor with trailers of bags behind it."""
    parts = [
        wheels(2.6, 1.3, 0.35),
        box((-1.4, 1.4), (-0.7, 0.7), (0.35, 1.0), look.main),
        placed(cab(0.3, 1.1, 1.2, (1.0, 1.95), look.main), 0.0, 0.0, 0.0),
    ]
    for number in range(trailers):
        x = -3.4 - 3.3 * number
        parts.append(placed(wheels(2.4, 1.4, 0.25), x, 0.0, 0.0))
        parts.append(box((x - 1.4, x + 1.4), (-0.75, 0.75), (0.4, 0.55), BLACK))
        parts.append(box((x - 1.2, x + 1.2), (-0.65, 0.65), (0.55, 1.5), look.second))
    return joined(parts)


def bus(look: Look) -> Mesh:
    """A bus or lorry that passes by."""
    return joined(
        [
            wheels(10.0, 2.4, 0.5),
            box((-5.8, 5.8), (-1.25, 1.25), (0.4, 1.5), look.main),
            box((-5.75, 5.75), (-1.24, 1.24), (1.5, 2.4), GLASS),
            box((-5.8, 5.8), (-1.25, 1.25), (2.4, 3.0), look.main),
        ]
    )


def lorry(look: Look) -> Mesh:
    """A high lorry: what stands before the lens hides what is behind it."""
    hull = box((-4.2, 2.6), (-1.25, 1.25), (0.9, 6.2), look.main)
    frame = box((-4.4, 4.4), (-1.1, 1.1), (0.5, 0.9), BLACK)
    return joined([wheels(8.4, 2.3, 0.5), frame, hull, cab(4.5, 1.8, 2.4, (0.7, 2.9), look.second)])


def person(look: Look) -> Mesh:
    """Somebody in a vest."""
    return joined(
        [
            box((-0.15, 0.15), (-0.2, 0.2), (0.0, 0.85), look.second),
            box((-0.18, 0.18), (-0.28, 0.28), (0.85, 1.45), VEST),
            box((-0.12, 0.12), (-0.12, 0.12), (1.45, 1.75), (120, 150, 190)),
        ]
    )


def chocks() -> Mesh:
    """Two long chocks before and behind a nose wheel."""
    front = wedge((0.5, 0.85), (-0.75, 0.75), (0.0, 0.0), (0.36, 0.1), YELLOW)
    back = wedge((-0.85, -0.5), (-0.75, 0.75), (0.0, 0.0), (0.1, 0.36), YELLOW)
    return joined([front, back])


def cone() -> Mesh:
    """A traffic cone."""
    return joined(
        [
            box((-0.22, 0.22), (-0.22, 0.22), (0.0, 0.06), BLACK),
            box((-0.14, 0.14), (-0.14, 0.14), (0.06, 0.45), ORANGE),
            box((-0.07, 0.07), (-0.07, 0.07), (0.45, 0.75), ORANGE),
        ]
    )


def bridge_head(look: Look) -> Mesh:
    """Cab of a boarding bridge on its drive column; x points at the aircraft."""
    return joined(
        [
            box((-0.5, 0.5), (-1.6, 1.6), (0.0, 0.9), RUBBER),
            box((-0.3, 0.3), (-1.3, -0.9), (0.9, 3.2), STEEL),
            box((-0.3, 0.3), (0.9, 1.3), (0.9, 3.2), STEEL),
            box((-1.6, 1.6), (-1.7, 1.7), (3.2, 6.0), look.main),
            box((1.6, 2.3), (-1.5, 1.5), (3.1, 5.9), BLACK),
            box((-1.62, 1.62), (-1.72, 1.72), (4.6, 5.4), GLASS),
        ]
    )


def bridge_tunnel(look: Look, start: tuple[float, float], end: tuple[float, float]) -> Mesh:
    """The tunnel between the rotunda and the head, and the rotunda's column."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    inner = box((0.0, length * 0.55), (-1.2, 1.2), (3.5, 5.8), look.main)
    outer = box((length * 0.5, length - 1.0), (-1.45, 1.45), (3.3, 6.0), look.second)
    tunnel = placed(joined([inner, outer]), start[0], start[1], math.atan2(dy, dx))
    return joined([tunnel, placed(tube_column(), start[0], start[1], 0.0)])


def tube_column() -> Mesh:
    """The round column under a rotunda."""
    return box((-0.7, 0.7), (-0.7, 0.7), (0.0, 6.2), STEEL)
