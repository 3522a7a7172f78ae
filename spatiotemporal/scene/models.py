"""The file of models that are drawn many times: aircraft, vehicles, the moving parts of bridges."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.scene import bridges
from spatiotemporal.scene.aircraft import aircraft, plan
from spatiotemporal.scene.aircraft_types import BY_CODE, SAME_SHAPE, TYPES
from spatiotemporal.scene.glb import Node, write_glb
from spatiotemporal.scene.sketch import Patch, Sketch, Thing
from spatiotemporal.scene.surfaces import Surface
from spatiotemporal.scene.vehicles import BUILDERS, vehicle


@cache
def models_glb() -> bytes:
    """One GLB with a node per model, without feature numbers.

    Nodes are named ``aircraft.A320``, ``plan.A320`` (seen from above), ``vehicle.bus`` or
    ``bridge.tunnel``. The node ``names`` has no mesh; its extras say which other type names share a
    model and which type stands for a size letter.
    """
    nodes = [*_aircraft(), *_vehicles(), *_bridges()]
    names = Node(
        name="names", patches=(), extras={"same": dict(SAME_SHAPE), "by_code": dict(BY_CODE)}
    )
    return write_glb([*nodes, names], featured=False)


def _aircraft() -> Iterator[Node]:
    for kind in TYPES.values():
        sizes = {"length_m": kind.length_m, "span_m": kind.span_m, "height_m": kind.height_m}
        extras = {**sizes, "code": kind.code}
        yield Node(name=f"aircraft.{kind.designator}", patches=aircraft(kind), extras=extras)
        yield Node(name=f"plan.{kind.designator}", patches=plan(kind))


def _vehicles() -> Iterator[Node]:
    for fleet in BUILDERS:
        yield Node(name=f"vehicle.{fleet}", patches=vehicle(fleet))


def _bridges() -> Iterator[Node]:
    """The moving parts; the tunnel is one metre long, to be stretched to a bridge's own length."""
    parts: dict[str, dict[str, Surface]] = {
        "tunnel": bridges.tunnel(),
        "cab": bridges.cab(),
        "legs": bridges.legs(bridges.FLOOR_M),
    }
    for name, surfaces in parts.items():
        yield Node(name=f"bridge.{name}", patches=_patches(name, surfaces))


def _patches(name: str, surfaces: dict[str, Surface]) -> list[Patch]:
    sketch = Sketch()
    thing = Thing(id=f"bridge.{name}", kind="bridge", label=Label(zh=name, en=name))
    for material, surface in surfaces.items():
        sketch.add(thing, material, surface)
    return sketch.patches
