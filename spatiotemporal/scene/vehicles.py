"""Low-poly service vehicles, one per fleet: boxes on wheels in the fleet's colour.

The origin lies on the ground below the middle; the vehicle drives along ``y``. Sizes in metres.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.scene.sketch import Patch, Sketch, Thing
from spatiotemporal.scene.surfaces import Surface, box, lying_tube

Parts = list[tuple[str, Surface]]


def vehicle(fleet: str) -> list[Patch]:
    """Patches of a fleet's vehicle; an unknown fleet is drawn as a van."""
    sketch = Sketch()
    thing = Thing(id=f"vehicle.{fleet}", kind="vehicle", label=Label(zh=fleet, en=fleet))
    for material, surface in BUILDERS.get(fleet, _van("body_grey"))():
        sketch.add(thing, material, surface)
    return sketch.patches


def _wheels(length: float, width: float, radius: float = 0.45) -> Parts:
    made: Parts = []
    for y in (-length * 0.32, length * 0.32):
        axle = box((-width / 2, width / 2), (y - radius, y + radius), (0.0, 2 * radius))
        made.append(("rubber", axle))
    return made


def _cab(
    length: float, width: float, colour: str, *, high: float = 2.4, long: float = 1.9
) -> Parts:
    """A lorry's cab at the front."""
    front = length / 2
    half = width / 2
    return [
        (colour, box((-half, half), (front - long, front), (0.5, high))),
        (
            "window",
            box(
                (-half * 0.92, half * 0.92),
                (front - long * 0.6, front + 0.06),
                (high * 0.58, high * 0.9),
            ),
        ),
    ]


def _lorry(
    colour: str, *, length: float, load: tuple[float, float], material: str | None = None
) -> Callable[[], Parts]:
    """A cab and a box from ``load[0]`` to ``load[1]`` above the ground."""

    def build() -> Parts:
        half = 1.25
        frame = box((-half * 0.8, half * 0.8), (-length / 2, length / 2), (0.5, 0.95))
        cargo = box((-half, half), (-length / 2, length / 2 - 2.2), load)
        return [
            *_wheels(length, 2.4),
            *_cab(length, 2.5, colour),
            ("wall_dark", frame),
            (material or colour, cargo),
        ]

    return build


def _van(colour: str, *, bar: str | None = None, length: float = 5.2) -> Callable[[], Parts]:
    def build() -> Parts:
        half = 0.98
        parts: Parts = [
            *_wheels(length, 1.96, 0.36),
            (colour, box((-half, half), (-length / 2, length / 2), (0.4, 1.15))),
            (colour, box((-half, half), (-length / 2, length * 0.22), (1.15, 2.0), taper=0.94)),
            (
                "window",
                box(
                    (-half * 0.99, half * 0.99),
                    (-length * 0.44, length * 0.26),
                    (1.25, 1.75),
                    taper=0.96,
                ),
            ),
        ]
        if bar:
            parts.append((bar, box((-0.7, 0.7), (-0.1, 0.3), (2.0, 2.25))))
        return parts

    return build


def _follow_me() -> Parts:
    board = box((-0.95, 0.95), (-1.6, -1.4), (1.95, 3.0))
    return [
        *_van("body_yellow")(),
        ("sign_black", board),
        ("lamp", box((-0.8, 0.8), (-1.66, -1.6), (2.1, 2.85))),
    ]


def _tug() -> Parts:
    return [
        *_wheels(7.4, 3.6, 0.6),
        ("body_blue", box((-2.0, 2.0), (-3.7, 3.7), (0.45, 1.5))),
        ("body_blue", box((-1.4, 1.4), (1.2, 3.2), (1.5, 2.5))),
        ("window", box((-1.45, 1.45), (1.35, 3.25), (1.75, 2.35))),
    ]


def _bus() -> Parts:
    return [
        *_wheels(13.8, 2.9),
        ("body_white", box((-1.5, 1.5), (-6.9, 6.9), (0.35, 1.3))),
        ("window", box((-1.52, 1.52), (-6.8, 6.92), (1.3, 2.5))),
        ("body_sky", box((-1.5, 1.5), (-6.9, 6.9), (2.5, 3.0))),
    ]


def _stairs() -> Parts:
    steps = [
        ("metal", box((-1.2, 1.2), (-3.2 + at * 0.85, -2.3 + at * 0.85), (0.9, 1.25 + at * 0.42)))
        for at in range(7)
    ]
    platform = box((-1.4, 1.4), (2.6, 4.6), (3.3, 3.6))
    return [*_wheels(8.0, 2.3), *_cab(8.0, 2.4, "body_sky", high=2.0), *steps, ("metal", platform)]


def _baggage() -> Parts:
    """A tractor with three dollies."""
    parts: Parts = [
        ("body_green", box((-0.75, 0.75), (3.4, 6.4), (0.35, 1.15))),
        ("window", box((-0.7, 0.7), (3.7, 4.7), (1.15, 1.95))),
        ("rubber", box((-0.8, 0.8), (3.7, 6.0), (0.0, 0.7))),
    ]
    for at in range(3):
        y = -6.4 + at * 3.2
        parts += [
            ("rubber", box((-0.7, 0.7), (y + 0.4, y + 2.0), (0.0, 0.45))),
            ("metal", box((-0.85, 0.85), (y, y + 2.5), (0.45, 0.65))),
            (
                "body_green" if at % 2 else "body_grey",
                box((-0.75, 0.75), (y + 0.1, y + 2.4), (0.65, 1.6)),
            ),
        ]
    return parts


def _loader() -> Parts:
    return [
        *_wheels(9.0, 3.2, 0.5),
        ("body_green", box((-1.8, 1.8), (-4.5, 1.4), (0.9, 1.3))),
        ("metal", box((-1.7, 1.7), (-4.4, 1.3), (2.6, 2.9))),
        ("wall_dark", box((-1.5, -1.2), (-3.6, 0.6), (1.3, 2.6))),
        ("wall_dark", box((1.2, 1.5), (-3.6, 0.6), (1.3, 2.6))),
        ("metal", box((-1.7, 1.7), (1.7, 4.3), (3.0, 3.3))),
        ("body_green", box((-2.2, -1.4), (2.6, 4.2), (3.3, 4.4))),
        ("wall_dark", box((-1.2, 1.2), (2.4, 3.4), (0.9, 3.0))),
    ]


def _fuel() -> Parts:
    stations = [(-5.0, 1.0, 1.95), (-4.8, 1.2, 1.95), (2.2, 1.2, 1.95), (2.4, 1.0, 1.95)]
    return [
        *_wheels(10.0, 2.5, 0.5),
        *_cab(10.0, 2.5, "body_orange"),
        ("wall_dark", box((-1.0, 1.0), (-5.0, 5.0), (0.5, 0.9))),
        ("body_white", lying_tube(stations, 8)),
        ("body_orange", box((-1.28, 1.28), (-4.6, 2.1), (1.7, 2.0))),
    ]


def _catering() -> Parts:
    """A box lifted on scissors."""
    return [
        *_wheels(8.6, 2.4),
        *_cab(8.6, 2.5, "body_white"),
        ("wall_dark", box((-1.1, 1.1), (-4.3, 2.2), (0.5, 0.95))),
        ("metal", box((-0.9, -0.6), (-3.4, 1.2), (0.95, 2.6))),
        ("metal", box((0.6, 0.9), (-3.4, 1.2), (0.95, 2.6))),
        ("body_purple", box((-1.25, 1.25), (-4.3, 2.9), (2.6, 4.9))),
    ]


def _fire() -> Parts:
    return [
        *_wheels(11.6, 2.9, 0.65),
        ("body_red", box((-1.5, 1.5), (-5.8, 5.8), (0.7, 2.2))),
        ("body_red", box((-1.5, 1.5), (-5.8, 3.2), (2.2, 3.3))),
        ("window", box((-1.45, 1.45), (3.4, 5.85), (2.2, 3.2))),
        ("body_white", box((-1.52, 1.52), (-5.7, 5.7), (1.35, 1.6))),
        ("metal", box((-0.3, 0.3), (2.4, 5.2), (3.3, 3.7))),
    ]


BUILDERS: MappingProxyType[str, Callable[[], Parts]] = MappingProxyType(
    {
        "follow-me": _follow_me,
        "tug": _tug,
        "bus": _bus,
        "stairs": _stairs,
        "baggage": _baggage,
        "loader": _loader,
        "fuel": _fuel,
        "water": _lorry("body_sky", length=7.6, load=(0.95, 2.5), material="body_white"),
        "catering": _catering,
        "cleaning": _lorry("body_purple", length=6.8, load=(0.95, 2.7)),
        "sweeper": _lorry("body_orange", length=7.4, load=(0.6, 2.6), material="metal"),
        "police": _van("body_blue", bar="body_red"),
        "fire": _fire,
        "other": _van("body_grey"),
    }
)
"""A builder per fleet."""
