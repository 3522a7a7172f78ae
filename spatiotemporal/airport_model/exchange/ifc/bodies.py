"""Bodies of IFC as faces in the model's unit: swept, faceted, with curved edges, and primitives."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

import numpy as np

from spatiotemporal.airport_model.exchange.ifc.curves import edge
from spatiotemporal.airport_model.exchange.ifc.geometry import (
    Broken,
    Matrix,
    Points,
    corners,
    moved,
    number,
    numbers,
    refs,
    rows,
)
from spatiotemporal.airport_model.exchange.ifc.model import Model
from spatiotemporal.airport_model.exchange.ifc.profiles import circle, outlines, rectangle
from spatiotemporal.airport_model.exchange.ifc.step import Instance, Value

TURN_RAD = math.radians(15.0)


def _prism(bottom: Points, top: Points) -> Iterable[Points]:
    """Both ends and the sides between them; sides only where the ends have equally many corners."""
    yield bottom
    yield top
    if len(bottom) == len(top):
        for i in range(len(bottom)):
            yield np.array([bottom[i], bottom[i - 1], top[i - 1], top[i]])


def _open(outline: Points) -> Points:
    """An outline without its first corner again at the end."""
    closed = len(outline) > 1 and np.allclose(outline[0], outline[-1])
    return outline[:-1] if closed else outline


def _areas(model: Model, value: Value) -> list[Points]:
    return [one for o in outlines(model, value) if len(one := _open(o)) > 2]


def _extruded(model: Model, item: Instance) -> Iterable[Points]:
    up = model.direction(item.value(2)) * number(item.value(3))
    axes = model.raw_axes(item.value(1))
    areas = _areas(model, item.value(0))
    tapered = item.kind == "IFCEXTRUDEDAREASOLIDTAPERED"
    ends = _areas(model, item.value(4)) if tapered else areas
    for bottom, top in zip(areas, ends, strict=False):
        for face in _prism(bottom, top + up):
            yield moved(face, axes)


def _revolved(model: Model, item: Instance) -> Iterable[Points]:
    axis = model.get(item.value(2), "IFCAXIS1PLACEMENT")
    at = model.point(axis.value(0))
    up = model.direction(axis.value(1)) if axis.value(1) is not None else np.array([0.0, 0.0, 1.0])
    angle = number(item.value(3)) * model.angle_rad
    axes = model.raw_axes(item.value(1))
    turns = np.linspace(0.0, angle, min(60, max(2, math.ceil(abs(angle) / TURN_RAD) + 1)))
    for area in _areas(model, item.value(0)):
        stages = [(area - at) @ _rotation(up, float(turn)).T + at for turn in turns]
        for before, after in pairwise(stages):
            for face in _prism(before, after):
                yield moved(face, axes)


def _rotation(up: Points, turn: float) -> Matrix:
    """Rodrigues: a turn about a direction of length one."""
    x, y, z = up
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    made: Matrix = np.eye(3) + math.sin(turn) * cross + (1 - math.cos(turn)) * (cross @ cross)
    return made


def _block(model: Model, item: Instance) -> Iterable[Points]:
    x, y, z = (number(item.value(n)) for n in (1, 2, 3))
    bottom = rectangle([x, y]) + np.array([x / 2, y / 2, 0.0])
    for face in _prism(bottom, bottom + np.array([0.0, 0.0, z])):
        yield moved(face, model.raw_axes(item.value(0)))


def _cylinder(model: Model, item: Instance) -> Iterable[Points]:
    """Also a cone, which covers the same ground and is as high."""
    bottom = circle([number(item.value(2))])
    for face in _prism(bottom, bottom + np.array([0.0, 0.0, number(item.value(1))])):
        yield moved(face, model.raw_axes(item.value(0)))


def _sphere(model: Model, item: Instance) -> Iterable[Points]:
    radius = number(item.value(1))
    bands = [
        circle([radius * math.cos(lean)]) + np.array([0.0, 0.0, radius * math.sin(lean)])
        for lean in np.linspace(-math.pi / 2, math.pi / 2, 13)
    ]
    for low, high in pairwise(bands):
        for face in _prism(low, high):
            yield moved(face, model.raw_axes(item.value(0)))


def box(model: Model, item: Instance) -> Iterable[Points]:
    """A bounding box."""
    x, y, z = (number(item.value(n)) for n in (1, 2, 3))
    bottom = rectangle([x, y]) + np.array([x / 2, y / 2, 0.0]) + model.point(item.value(0))
    yield from _prism(bottom, bottom + np.array([0.0, 0.0, z]))


def _brep(model: Model, item: Instance) -> Iterable[Points]:
    yield from _shell(model, item.value(0))


def _surfaces(model: Model, item: Instance) -> Iterable[Points]:
    for shell in refs(item.value(0)):
        yield from _shell(model, shell)


def _shell(model: Model, reference: Value) -> Iterable[Points]:
    """Outer bounds of the faces: inner ones are windows, and hide nothing from above."""
    for one in refs(model.get(reference).value(0)):
        face = model.get(one, "IFCFACE", "IFCADVANCEDFACE")
        bounds = [model.get(bound, "IFCFACE") for bound in refs(face.value(0))]
        outer = [bound for bound in bounds if bound.kind == "IFCFACEOUTERBOUND"]
        for bound in (outer or bounds)[:1]:
            loop = _loop(model, bound.value(0))
            if len(loop) > 2:
                yield loop


def _loop(model: Model, reference: Value) -> Points:
    loop = model.get(reference, "IFCPOLYLOOP", "IFCEDGELOOP")
    if loop.kind == "IFCPOLYLOOP":
        return np.array([model.point(one) for one in refs(loop.value(0))]).reshape(-1, 3)
    points = [point for one in refs(loop.value(0)) for point in _edge(model, one)[:-1]]
    return np.array(points).reshape(-1, 3)


def _edge(model: Model, reference: Value) -> Points:
    """An edge in the direction of its loop."""
    oriented = model.get(reference, "IFCORIENTEDEDGE")
    told = model.get(oriented.value(2), "IFCEDGE")
    start, end = (model.point(model.get(told.value(n), "IFCVERTEXPOINT").value(0)) for n in (0, 1))
    points = np.array([start, end])
    if told.kind == "IFCEDGECURVE":
        same = told.value(3) != "F"
        points = edge(model, told.value(2), *((start, end) if same else (end, start)))
        points = points if same else points[::-1]
    return points if oriented.value(3) != "F" else points[::-1]


def _triangles(model: Model, item: Instance) -> Iterable[Points]:
    yield from _numbered(model, item.value(0), rows(item.value(3)), item.value(4))


def _polygons(model: Model, item: Instance) -> Iterable[Points]:
    faces = [model.get(one, "IFCINDEXEDPOLYGONALFACE").value(0) for one in refs(item.value(2))]
    yield from _numbered(model, item.value(0), faces, item.value(3))


def _numbered(
    model: Model, points: Value, faces: Iterable[Value], numbering: Value
) -> Iterable[Points]:
    """Faces by numbers of corners, which may be numbers in a list of numbers."""
    listed = corners(model.get(points, "IFCCARTESIANPOINTLIST3D").value(0))
    if numbering is not None:
        listed = _at(listed, numbers(numbering))
    for face in faces:
        wanted = numbers(face)
        if len(wanted) < 3:
            raise Broken("a face of fewer than three corners")
        yield _at(listed, wanted)


def _at(listed: Points, wanted: list[float]) -> Points:
    found = [int(n) - 1 for n in wanted]
    if found and (min(found) < 0 or max(found) >= len(listed)):
        raise Broken("a number that points at no corner")
    return listed[found]


BODIES: Mapping[str, Callable[[Model, Instance], Iterable[Points]]] = {
    "IFCEXTRUDEDAREASOLID": _extruded,
    "IFCEXTRUDEDAREASOLIDTAPERED": _extruded,
    "IFCREVOLVEDAREASOLID": _revolved,
    "IFCBLOCK": _block,
    "IFCRIGHTCIRCULARCYLINDER": _cylinder,
    "IFCRIGHTCIRCULARCONE": _cylinder,
    "IFCSPHERE": _sphere,
    "IFCFACETEDBREP": _brep,
    "IFCFACETEDBREPWITHVOIDS": _brep,
    "IFCADVANCEDBREP": _brep,
    "IFCADVANCEDBREPWITHVOIDS": _brep,
    "IFCSHELLBASEDSURFACEMODEL": _surfaces,
    "IFCFACEBASEDSURFACEMODEL": _surfaces,
    "IFCTRIANGULATEDFACESET": _triangles,
    "IFCTRIANGULATEDIRREGULARNETWORK": _triangles,
    "IFCPOLYGONALFACESET": _polygons,
}
