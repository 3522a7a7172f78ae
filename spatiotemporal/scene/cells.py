"""What lies in which cell of an airport: pieces of a scene that are loaded together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import shapely

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.frame import Point
from spatiotemporal.scene import bridges, buildings, furniture, paint
from spatiotemporal.scene.sketch import Sketch

CELL_M = 1_200.0
"""Side of a cell: a terminal's pier with its stands."""

Key = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Cell:
    """The pieces of one cell.

    Attributes:
        far: buildings as boxes.
        near: buildings with roofs and fronts, fixed parts of bridges, masts, signs.
        bridges: the moving parts of bridges.
        paint: markings.
    """

    key: Key
    far: Sketch = field(default_factory=Sketch)
    near: Sketch = field(default_factory=Sketch)
    bridges: Sketch = field(default_factory=Sketch)
    paint: Sketch = field(default_factory=Sketch)

    @property
    def centre(self) -> Point:
        """Middle of the cell in the frame."""
        return (self.key[0] + 0.5) * CELL_M, (self.key[1] + 0.5) * CELL_M


def cells(airport: Airport, docked: frozenset[str]) -> list[Cell]:
    """Everything but the ground, by cell, in the order of the cells.

    Args:
        airport: whose scene it is.
        docked: numbers of the stands whose bridges are docked.
    """
    found: dict[Key, Cell] = {}

    def at(place: Point) -> Cell:
        key = (int(place[0] // CELL_M), int(place[1] // CELL_M))
        return found.setdefault(key, Cell(key=key))

    _built(airport, at)
    for bridge in bridges.gate_bridges(airport):
        cell = at(bridge.front)
        cell.near.extend(bridges.fixed_part(bridge))
        moving = bridges.moving_part(bridge, docked=bridge.stand in docked)
        cell.bridges.extend(moving)
    for pieces in (furniture.masts, furniture.signs):
        for place, patches in pieces(airport):
            at(place).near.extend(patches)
    for painted in (paint.runway_paint, paint.taxi_paint, paint.hold_paint):
        for place, patches in painted(airport):
            at(place).paint.extend(patches)
    return [found[key] for key in sorted(found)]


def _built(airport: Airport, at: Callable[[Point], Cell]) -> None:
    pavement = shapely.union_all([apron.shape for apron in airport.aprons])
    for building in airport.buildings:
        middle = building.shape.centroid
        cell = at((middle.x, middle.y))
        cell.far.extend(buildings.coarse(airport, building))
        cell.near.extend(buildings.detailed(airport, building, pavement))
