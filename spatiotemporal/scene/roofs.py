"""Roofs: vaults that follow an outline inwards, barrels over oblongs, flat ones with a parapet."""

from __future__ import annotations

import numpy as np
from shapely.geometry.base import BaseGeometry

from spatiotemporal.scene.footprints import Oblong, offset
from spatiotemporal.scene.surfaces import EMPTY, Surface, cap, joined, loft, slope, walls

BARREL_STEPS = 8


def vault(shape: BaseGeometry, low: float, rises: tuple[tuple[float, float], ...]) -> Surface:
    """A roof that rises inwards in steps.

    Args:
        shape: outline of the eaves.
        low: height of the eaves.
        rises: (metres inwards from the eaves, height above them), both rising; it ends flat where
            the outline has become too narrow for the next step.
    """
    made: list[Surface] = []
    before, height = shape, low
    for inwards, rise in rises:
        after = offset(shape, -inwards)
        if after.is_empty or after.area < 20.0:
            break
        made.append(slope(before, after, height, low + rise))
        before, height = after, low + rise
    return joined([*made, cap(before, height)])


def clerestory(shape: BaseGeometry, inwards: float) -> BaseGeometry | None:
    """The raised middle of a wide roof, or nothing when there is no room for it."""
    middle = offset(shape, -inwards)
    return None if middle.is_empty or middle.area < 600.0 else middle


def barrel(oblong: Oblong, eaves: float, ridge: float) -> Surface:
    """A barrel roof along an oblong, gables included."""
    half, length = oblong.width_m / 2, oblong.length_m / 2
    angles = np.linspace(0.0, np.pi, BARREL_STEPS + 1)
    across, up = np.cos(angles) * half, eaves + np.sin(angles) * (ridge - eaves)
    rings = [np.column_stack([-across, np.full_like(across, y), up]) for y in (-length, length)]
    skin = loft(rings)
    return skin.moved(*oblong.centre, heading_deg=oblong.heading_deg)


def parapet(shape: BaseGeometry, height: float, above: float = 0.9) -> tuple[Surface, Surface]:
    """A flat roof and the low wall round it."""
    inner = offset(shape, -0.5)
    if inner.is_empty:
        return cap(shape, height), EMPTY
    rim = joined(
        [
            walls(shape, height, height + above),
            cap(shape.difference(inner), height + above),
            _inside(inner, height, height + above),
        ]
    )
    return cap(inner, height), rim


def _inside(shape: BaseGeometry, low: float, high: float) -> Surface:
    """Walls as seen from within."""
    points, triangles = walls(shape, low, high)
    return Surface(points, triangles[:, ::-1])
