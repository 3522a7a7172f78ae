"""Hangars, cargo sheds, service buildings, tanks and towers."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry import Point as Place
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.elements import Building
from spatiotemporal.airport_model.frame import Point as Corner
from spatiotemporal.airport_model.frame import heading_deg, moved
from spatiotemporal.scene import roofs
from spatiotemporal.scene.footprints import oblong, offset
from spatiotemporal.scene.sketch import Sketch, Thing
from spatiotemporal.scene.surfaces import (
    Surface,
    box,
    cap,
    floor,
    joined,
    polygons,
    prism,
    sides,
    upright_cylinder,
    walls,
)

DOOR_PANEL_M = 14.0
DOCK_M = 9.0
PROUD_M = 0.35
"""Doors stand this far before a wall, so that they are seen."""


def add_hangar(sketch: Sketch, thing: Thing, building: Building, pavement: BaseGeometry) -> None:
    """A hall with a barrel roof and its doors towards the pavement."""
    shape = oblong(building.shape)
    filled = building.shape.area / (shape.length_m * shape.width_m)
    eaves = building.height_m * (0.74 if filled > 0.9 else 1.0)
    sketch.add(thing, "hangar", walls(building.shape, 0.0, eaves))
    if filled > 0.9:
        sketch.add(thing, "roof_dark", roofs.barrel(shape, eaves, building.height_m))
    else:
        sketch.add(thing, "roof_dark", cap(building.shape, eaves))
    start, end = _front(building.shape, pavement)
    panels = max(2, round(math.dist(start, end) / DOOR_PANEL_M))
    sketch.add(thing, "hangar_door", *_panels(start, end, panels, (0.2, eaves * 0.86), 0.94))
    sketch.add(thing, "wall", *_panels(start, end, 1, (eaves * 0.88, eaves * 0.98), 1.0))


def _front(shape: BaseGeometry, pavement: BaseGeometry) -> tuple[Corner, Corner]:
    """The long enough side that lies deepest in the pavement around a building."""

    def weight(side: tuple[Corner, Corner]) -> float:
        start, end = side
        length = math.dist(start, end)
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        out = heading_deg(start, end) + 90.0
        ahead = Place(moved(middle, out, 35.0)).buffer(min(30.0, length / 2))
        return ahead.intersection(pavement).area / ahead.area * math.sqrt(length)

    return max(sides(shape), key=weight)


def _panels(
    start: tuple[float, float],
    end: tuple[float, float],
    count: int,
    height: tuple[float, float],
    share: float,
) -> list[Surface]:
    """Panels side by side on a wall that runs from start to end with the building at its left."""
    along = heading_deg(start, end)
    step = math.dist(start, end) / count
    one = box((-PROUD_M, PROUD_M), (0.0, step * share), height)
    gap = step * (1 - share) / 2
    return [
        one.moved(*moved(start, along, gap + number * step), heading_deg=along)
        for number in range(count)
    ]


def add_cargo(sketch: Sketch, thing: Thing, building: Building) -> None:
    """A flat shed with dock doors along its long sides and strips of light in its roof."""
    height = building.height_m
    sketch.add(thing, "cargo", walls(building.shape, 0.0, height))
    top, rim = roofs.parapet(building.shape, height)
    sketch.add(thing, "roof_light", top)
    sketch.add(thing, "cargo", rim)
    shape = oblong(building.shape)
    for start, end in sides(building.shape):
        length = math.dist(start, end)
        if length > 40.0:
            count = int(length // DOCK_M)
            sketch.add(thing, "dock", *_panels(start, end, count, (1.1, 5.2), 0.52))
            sketch.add(thing, "wall", *_panels(start, end, 1, (5.8, 6.5), 1.0))
    _roof_lights(sketch, thing, shape.length_m, shape.width_m, height, building)


def _roof_lights(
    sketch: Sketch, thing: Thing, length: float, width: float, height: float, building: Building
) -> None:
    shape = oblong(building.shape)
    for along in np.arange(-length / 2 + 18.0, length / 2 - 12.0, 24.0).tolist():
        strip = box((-width * 0.36, width * 0.36), (along, along + 3.0), (height, height + 0.5))
        placed = strip.moved(*shape.centre, heading_deg=shape.heading_deg)
        if building.shape.contains(shapely.MultiPoint(placed.points[:4, :2])):
            sketch.add(thing, "skylight", placed)


def add_service(sketch: Sketch, thing: Thing, building: Building) -> None:
    """Walls with a row of windows per storey, a flat roof with plant on it."""
    step = building.height_m / max(1, building.storeys)
    for storey in range(max(1, building.storeys)):
        low = storey * step
        sketch.add(thing, "brick", walls(building.shape, low, low + step * 0.42))
        sketch.add(thing, "glass", walls(building.shape, low + step * 0.42, low + step * 0.8))
        sketch.add(thing, "brick", walls(building.shape, low + step * 0.8, low + step))
    top, rim = roofs.parapet(building.shape, building.height_m)
    sketch.add(thing, "roof_light", top)
    sketch.add(thing, "brick", rim)
    shape = oblong(building.shape)
    size = min(10.0, shape.width_m * 0.3)
    plant = box((-size / 2, size / 2), (-size, size), (building.height_m, building.height_m + 2.6))
    sketch.add(thing, "metal", plant.moved(*shape.centre, heading_deg=shape.heading_deg))


def add_hub(sketch: Sketch, thing: Thing, building: Building) -> None:
    """A transport centre: decks of stone and glass under one thin roof."""
    step = (building.height_m - 3.0) / max(1, building.storeys)
    for storey in range(building.storeys):
        low = storey * step
        sketch.add(thing, "wall", walls(building.shape, low, low + step * 0.3))
        sketch.add(thing, "glass", walls(building.shape, low + step * 0.3, low + step))
    outline = offset(building.shape, 5.0)
    low = building.height_m - 3.0
    sketch.add(thing, "roof_light", walls(outline, low, low + 1.4), floor(outline, low))
    sketch.add(thing, "roof", roofs.vault(outline, low + 1.4, ((20.0, 1.0), (50.0, 1.6))))
    for strip in _strips(outline):
        sketch.add(thing, "skylight", prism(strip, low + 1.4, low + 3.3))


def _strips(outline: BaseGeometry) -> list[BaseGeometry]:
    shape = oblong(outline)
    made: list[BaseGeometry] = []
    for across in (-0.28, 0.0, 0.28):
        start = moved(
            shape.centre, shape.heading_deg, -shape.length_m * 0.4, across * shape.width_m
        )
        end = moved(shape.centre, shape.heading_deg, shape.length_m * 0.4, across * shape.width_m)
        made.append(shapely.LineString([start, end]).buffer(7.0, cap_style="flat"))
    return made


def add_tank(sketch: Sketch, thing: Thing, building: Building) -> None:
    """Round tanks with a low cone on top."""
    for part in polygons(building.shape):
        radius = math.sqrt(part.area / math.pi)
        body = upright_cylinder(radius, 0.0, building.height_m * 0.88, 20)
        lid = upright_cylinder(
            (radius, radius * 0.1), building.height_m * 0.88, building.height_m, 20
        )
        x, y = part.centroid.x, part.centroid.y
        sketch.add(thing, "tank", body.moved(x, y), lid.moved(x, y))


def add_tower(sketch: Sketch, thing: Thing, building: Building) -> None:
    """A control tower: a shaft, a cab wider at its eyes than at its feet, a mast."""
    centre = building.shape.centroid
    radius = min(7.0, math.sqrt(building.shape.area / math.pi))
    height = building.height_m
    parts = (
        ("wall", (radius * 0.72, radius * 0.55), (0.0, height * 0.8)),
        ("wall_dark", (radius * 0.55, radius * 1.15), (height * 0.8, height * 0.87)),
        ("glass", (radius * 1.1, radius * 1.35), (height * 0.87, height * 0.95)),
        ("roof_light", (radius * 1.45, radius * 1.3), (height * 0.95, height * 0.975)),
        ("mast", (0.35, 0.2), (height * 0.975, height * 1.1)),
    )
    for material, radii, (low, high) in parts:
        sketch.add(
            thing, material, upright_cylinder(radii, low, high, 16).moved(centre.x, centre.y)
        )
    foot = joined([prism(offset(building.shape, 0.0), 0.0, 5.0)])
    sketch.add(thing, "brick", foot)


def add_coarse(sketch: Sketch, thing: Thing, building: Building, height: float) -> None:
    """A building as seen from afar: its outline with a flat roof."""
    wall, roof = _COARSE.get(building.use, ("wall", "roof_light"))
    sketch.add(thing, wall, walls(building.shape, 0.0, height))
    sketch.add(thing, roof, cap(building.shape, height))


_COARSE = {
    "terminal": ("glass", "roof"),
    "transport": ("glass", "roof"),
    "hangar": ("hangar", "roof_dark"),
    "cargo": ("cargo", "roof_light"),
    "service": ("brick", "roof_light"),
    "tank": ("tank", "tank"),
}
