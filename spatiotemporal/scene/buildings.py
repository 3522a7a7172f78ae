"""Buildings by use: which builder draws what."""

from __future__ import annotations

from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.elements import Airport, Building
from spatiotemporal.scene import footprints, sheds, terminals
from spatiotemporal.scene.sketch import Sketch, Thing
from spatiotemporal.scene.surfaces import cap, walls


def thing_of(airport: Airport, building: Building) -> Thing:
    """The identity of a building: the same id as in the map's layer."""
    return Thing(id=f"{airport.icao}.building.{building.id}", kind="building", label=building.label)


def detailed(airport: Airport, building: Building, pavement: BaseGeometry) -> Sketch:
    """A building as seen from near."""
    sketch, thing = Sketch(), thing_of(airport, building)
    match building.use:
        case "terminal":
            terminals.add_terminal(sketch, thing, building)
        case "transport" | "parking":
            sheds.add_hub(sketch, thing, building)
        case "hangar":
            sheds.add_hangar(sketch, thing, building, pavement)
        case "cargo":
            sheds.add_cargo(sketch, thing, building)
        case "tank":
            sheds.add_tank(sketch, thing, building)
        case "tower":
            sheds.add_tower(sketch, thing, building)
        case _:
            sheds.add_service(sketch, thing, building)
    return sketch


def coarse(airport: Airport, building: Building) -> Sketch:
    """A building as seen from afar: boxes, the terminal's piers lower than its hall."""
    sketch, thing = Sketch(), thing_of(airport, building)
    if building.use == "terminal":
        hall, piers = footprints.hall_and_piers(building.shape)
        low = building.height_m * (0.7 if hall else 0.95)
        for parts, height in ((piers, low), (hall, building.height_m * 0.92)):
            for part in parts:
                sketch.add(thing, "glass", walls(part, 0.0, height))
                sketch.add(thing, "roof", cap(part, height))
    elif building.use == "tower":
        sheds.add_tower(sketch, thing, building)
    else:
        sheds.add_coarse(sketch, thing, building, building.height_m)
    return sketch
