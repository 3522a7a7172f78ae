"""Low-poly aircraft made of their type's sizes: body, wings, engines, fins, wheels.

The origin lies on the ground below the middle of the length; the nose points along ``y``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from shapely.geometry import Polygon

from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.scene.aircraft_types import AircraftType
from spatiotemporal.scene.sketch import Patch, Sketch, Thing
from spatiotemporal.scene.surfaces import Surface, box, cap, hull, lying_tube, plate

SIDES = 10
FLAT_M = (0.3, 0.5, 0.7)
"""Heights of wings, body and fin in the view from above."""

CLEAR_SHARE = 0.46
"""Room under the body as a share of its width: wheels and legs."""

WING_ROOT_SHARE = 0.335
"""Where the wing's front edge leaves the body, as a share of the length behind the nose."""

SWEEP = 0.5
"""How far a wing's front edge falls back per metre of span."""

BODY = (
    (-0.5, 0.1, 0.3),
    (-0.42, 0.32, 0.2),
    (-0.27, 0.78, 0.06),
    (-0.16, 1.0, 0.0),
    (0.36, 1.0, 0.0),
)
NOSE = ((0.42, 0.9, -0.03), (0.465, 0.66, -0.1), (0.49, 0.34, -0.17), (0.5, 0.05, -0.2))
"""Rings of the body: share of the length, of the radius, height of the axis in body widths."""


class _Shape:
    """A type's derived measures."""

    def __init__(self, kind: AircraftType) -> None:
        self.kind = kind
        self.axis = kind.body_m * (0.5 + CLEAR_SHARE)
        self.radius = kind.body_m / 2
        self.root_y = kind.length_m * (0.5 - WING_ROOT_SHARE)
        if kind.engines == "two at the tail":
            self.root_y -= kind.length_m * 0.1
        self.root_chord = min(kind.span_m * 0.2, kind.length_m * 0.21)
        self.tip_chord = self.root_chord * 0.24
        self.wing_z = self.axis - kind.body_m * 0.3

    def front_edge(self, out: float) -> float:
        return self.root_y - (out - self.radius) * SWEEP


def aircraft(kind: AircraftType) -> list[Patch]:
    """Patches of a type."""
    sketch, shape = Sketch(), _Shape(kind)
    thing = Thing(
        id=f"aircraft.{kind.designator}",
        kind="aircraft",
        label=Label(zh=kind.designator, en=kind.designator),
    )
    sketch.add(thing, "fuselage", *_body(shape))
    sketch.add(thing, "window", *_windows(shape))
    sketch.add(thing, "wing", *_wings(shape), *_tailplane(shape))
    sketch.add(thing, "tail", _fin(shape))
    for material, surface in _engines(shape):
        sketch.add(thing, material, surface)
    sketch.add(thing, "rubber", *_wheels(shape))
    return sketch.patches


def plan(kind: AircraftType) -> list[Patch]:
    """A type as seen from above, in two dozen triangles: for shadows and for looking from afar."""
    sketch, shape = Sketch(), _Shape(kind)
    name = Label(zh=kind.designator, en=kind.designator)
    thing = Thing(id=f"plan.{kind.designator}", kind="aircraft", label=name)
    outline = [(y * kind.length_m, share * shape.radius) for y, share, _ in (*BODY, *NOSE)]
    sides = [(x, y) for y, x in outline] + [(-x, y) for y, x in reversed(outline)]
    sketch.add(thing, "fuselage", cap(Polygon(sides), FLAT_M[1]))
    tops = [_flat(blade, FLAT_M[0]) for blade in (*_wings(shape), *_tailplane(shape))]
    sketch.add(thing, "wing_above", *tops)
    back = -kind.length_m * 0.5
    thick = kind.body_m * 0.09
    sketch.add(
        thing, "tail", plate((-thick, thick), (back, back + kind.length_m * 0.18), FLAT_M[2])
    )
    return sketch.patches


def _flat(solid: Surface, z: float) -> Surface:
    """The top of a hull, laid flat: corners 4 to 7 are its upper outline."""
    points = solid.points[4:].copy()
    points[:, 2] = z
    rows = solid.triangles[(solid.triangles >= 4).all(axis=1)] - 4
    return Surface(points, rows)


def _body(shape: _Shape) -> Iterator[Surface]:
    length, body = shape.kind.length_m, shape.kind.body_m
    stations = [
        (y * length, radius * shape.radius, shape.axis + rise * body)
        for y, radius, rise in (*BODY, *NOSE)
    ]
    yield lying_tube(stations, SIDES)
    if shape.kind.deck:
        first = length * (0.44 - shape.kind.deck)
        low, high = shape.axis + body * 0.16, shape.axis + body * 0.24
        hump = [
            (first - body, 0.2 * shape.radius, low),
            (first, 0.8 * shape.radius, high),
            (length * 0.38, 0.8 * shape.radius, high),
            (length * 0.46, 0.2 * shape.radius, low),
        ]
        yield lying_tube(hump, SIDES)


def _windows(shape: _Shape) -> Iterator[Surface]:
    """Dark bands along the cabin and the cockpit's panes."""
    length, body, radius = shape.kind.length_m, shape.kind.body_m, shape.radius
    low = shape.axis + body * 0.1
    for side in (-1.0, 1.0):
        edge = sorted((side * radius * 0.86, side * radius * 0.95))
        yield box((edge[0], edge[1]), (-length * 0.27, length * 0.37), (low, low + body * 0.065))
    front = length * 0.455
    yield box(
        (-radius * 0.62, radius * 0.62),
        (front - body * 0.25, front + body * 0.12),
        (shape.axis + body * 0.14, shape.axis + body * 0.27),
        taper=0.86,
    )


def _wings(shape: _Shape) -> Iterator[Surface]:
    half = shape.kind.span_m / 2
    wing = _blade(
        inner=(0.0, shape.root_y, shape.root_chord, shape.wing_z, shape.root_chord * 0.11),
        outer=(
            half,
            shape.front_edge(half),
            shape.tip_chord,
            shape.wing_z + half * 0.09,
            shape.tip_chord * 0.12,
        ),
    )
    yield wing
    yield wing.mirrored()
    tip_y = shape.front_edge(half) - shape.tip_chord
    z = shape.wing_z + half * 0.09
    winglet = box(
        (half - 0.12, half + 0.12), (tip_y, tip_y + shape.tip_chord * 0.8), (z, z + half * 0.1)
    )
    yield winglet
    yield winglet.mirrored()


def _blade(
    *,
    inner: tuple[float, float, float, float, float],
    outer: tuple[float, float, float, float, float],
) -> Surface:
    """A wing to the right: (x, front edge, chord, z, thickness) at its root and at its tip."""
    (x0, front0, chord0, z0, thick0), (x1, front1, chord1, z1, thick1) = inner, outer
    flat = np.array(
        [[x0, front0 - chord0], [x1, front1 - chord1], [x1, front1], [x0, front0]], dtype=np.float64
    )
    low = np.column_stack(
        [flat, [z0 - thick0 / 2, z1 - thick1 / 2, z1 - thick1 / 2, z0 - thick0 / 2]]
    )
    high = np.column_stack(
        [flat, [z0 + thick0 / 2, z1 + thick1 / 2, z1 + thick1 / 2, z0 + thick0 / 2]]
    )
    return hull(low, high)


def _tailplane(shape: _Shape) -> Iterator[Surface]:
    length, half = shape.kind.length_m, shape.kind.span_m * 0.18
    on_fin = shape.kind.engines == "two at the tail"
    z = shape.kind.height_m - 0.5 if on_fin else shape.axis + shape.kind.body_m * 0.24
    front = -length * (0.42 if on_fin else 0.385)
    chord = length * 0.105
    blade = _blade(
        inner=(0.0, front, chord, z, chord * 0.1),
        outer=(half, front - half * 0.62, chord * 0.42, z + half * 0.06, chord * 0.06),
    )
    yield blade
    yield blade.mirrored()


def _fin(shape: _Shape) -> Surface:
    length = shape.kind.length_m
    foot, head = shape.axis + shape.kind.body_m * 0.3, shape.kind.height_m
    root, tip = length * 0.17, length * 0.07
    front = -length * 0.31
    back = (head - foot) * 0.85
    outline = np.array(
        [[front - root, foot], [front, foot], [front - back, head], [front - back - tip, head]]
    )
    thick = shape.kind.body_m * 0.055
    sides = [np.column_stack([np.full(4, x), outline]) for x in (-thick, thick)]
    return hull(sides[0], sides[1])


def _engines(shape: _Shape) -> Iterator[tuple[str, Surface]]:
    kind = shape.kind
    if kind.engines == "two at the tail":
        places = [(kind.body_m * 0.86, -kind.length_m * 0.22, shape.axis + kind.body_m * 0.2)]
        size = kind.body_m * 0.44
    else:
        shares = (0.33,) if kind.engines != "four under the wing" else (0.38, 0.66)
        size = kind.body_m * (0.56 if len(shares) == 1 else 0.42)
        places = [
            (out, shape.front_edge(out) + size * 0.5, shape.wing_z - size * 0.42 + out * 0.06)
            for out in (share * kind.span_m / 2 for share in shares)
        ]
    for x, y, z in places:
        nacelle = lying_tube(
            [
                (y - size * 1.5, size * 0.24, z),
                (y - size * 0.9, size * 0.44, z),
                (y + size * 0.3, size * 0.5, z),
                (y + size * 0.6, size * 0.46, z),
            ],
            8,
            x,
        )
        mouth = lying_tube(
            [(y + size * 0.5, size * 0.4, z), (y + size * 0.63, size * 0.4, z)], 8, x
        )
        for material, surface in (("engine", nacelle), ("engine_dark", mouth)):
            yield material, surface
            yield material, surface.mirrored()
    if kind.engines == "three":
        high = shape.axis + kind.body_m * 0.75
        stations = [(-kind.length_m * 0.5, 0.8, high), (-kind.length_m * 0.33, 1.4, high)]
        yield "engine", lying_tube(stations, 8)


def _wheels(shape: _Shape) -> Iterator[Surface]:
    length, body = shape.kind.length_m, shape.kind.body_m
    wide, tall = body * 0.14, body * 0.26
    belly = shape.axis - body * 0.4
    yield box((-wide, wide), (length * 0.38, length * 0.38 + tall), (0.0, tall))
    yield box((-wide * 0.4, wide * 0.4), (length * 0.385, length * 0.385 + wide), (tall, belly))
    back = shape.root_y - shape.root_chord * 0.75
    for side in (-1.0, 1.0):
        x = side * body * 0.68
        yield box((x - wide * 1.2, x + wide * 1.2), (back - tall, back + tall), (0.0, tall * 1.1))
        yield box(
            (x - wide * 0.5, x + wide * 0.5), (back - wide, back + wide), (tall, belly + body * 0.1)
        )
