"""Terminals: glass fronts between floor slabs, a roof that stands out, a lit hall above the piers."""

from __future__ import annotations

from collections.abc import Iterator

from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.elements import Building
from spatiotemporal.airport_model.frame import moved
from spatiotemporal.scene import roofs
from spatiotemporal.scene.footprints import hall_and_piers, oblong, offset
from spatiotemporal.scene.sketch import Sketch, Thing
from spatiotemporal.scene.surfaces import cap, floor, joined, prism, walls

PIER_SHARE = 0.62
"""Height of a pier's eaves as a share of the terminal's height."""

HALL_SHARE = 0.8
"""Height of the hall's eaves; its vault and its lantern take the rest."""

GROUND_FLOOR_M = 4.6
SLAB_M = 0.9
RIB_M = 5.0
RIB_EVERY_M = 22.0
EAVES_M = 2.6
"""The roof stands out this far over the glass."""


def add_terminal(sketch: Sketch, thing: Thing, building: Building) -> None:
    """Draw a terminal into a sketch."""
    hall, piers = hall_and_piers(building.shape)
    if not hall:
        hall, piers = [], piers or hall
    for part in piers:
        eaves = building.height_m * (PIER_SHARE if hall else 0.85)
        _fronts(sketch, thing, part, eaves, max(2, building.storeys - 1))
        _roof(sketch, thing, part, eaves, building.height_m * 0.09)
    for part in hall:
        eaves = building.height_m * HALL_SHARE
        _fronts(sketch, thing, part, eaves, building.storeys)
        _roof(sketch, thing, part, eaves, building.height_m * 0.1)
        _lantern(sketch, thing, part, eaves + building.height_m * 0.1, building.height_m)


def _fronts(sketch: Sketch, thing: Thing, part: Polygon, eaves: float, storeys: int) -> None:
    """Ground floor of stone, then storeys of glass between slabs."""
    sketch.add(thing, "plinth", walls(part, 0.0, GROUND_FLOOR_M))
    step = (eaves - GROUND_FLOOR_M) / storeys
    for storey in range(storeys):
        low = GROUND_FLOOR_M + storey * step
        sketch.add(thing, "wall", walls(part, low, low + SLAB_M))
        sketch.add(thing, "glass", walls(part, low + SLAB_M, low + step))


def _roof(sketch: Sketch, thing: Thing, part: Polygon, eaves: float, rise: float) -> None:
    outline = offset(part, EAVES_M)
    edge = joined([walls(outline, eaves, eaves + 1.2), floor(outline, eaves)])
    sketch.add(thing, "roof_light", edge)
    rises = ((5.0, rise * 0.45), (13.0, rise * 0.8), (24.0, rise))
    sketch.add(thing, "roof", roofs.vault(outline, eaves + 1.2, rises))


def _lantern(sketch: Sketch, thing: Thing, part: Polygon, low: float, high: float) -> None:
    """The raised middle of the hall's roof, glazed all round."""
    middle = roofs.clerestory(part, 26.0)
    if middle is None:
        return
    top = max(low + 3.0, high - 1.0)
    sketch.add(thing, "glass", walls(middle, low - 1.0, top))
    edge = offset(middle, 2.0)
    sketch.add(thing, "roof_light", walls(edge, top, top + 1.0), floor(edge, top))
    inner = offset(middle, -9.0)
    if inner.is_empty:
        sketch.add(thing, "roof", cap(edge, top + 1.0))
        return
    sketch.add(thing, "roof", cap(edge, top + 1.0))
    for strip in _ribs(inner):
        sketch.add(thing, "skylight", prism(strip, top + 1.0, top + 1.8))


def _ribs(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Strips of light across a hall's roof, evenly spaced along it."""
    lying = oblong(shape)
    half = lying.width_m / 2
    count = max(2, round(lying.length_m / RIB_EVERY_M))
    for number in range(count):
        along = ((number + 0.5) / count - 0.5) * lying.length_m
        ends = [moved(lying.centre, lying.heading_deg, along, side) for side in (-half, half)]
        strip = LineString(ends).buffer(RIB_M / 2, cap_style="flat").intersection(shape)
        if strip.area > 20.0:
            yield strip
