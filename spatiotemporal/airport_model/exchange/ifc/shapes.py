"""Shapes of IFC as faces in space: placements, profiles, bodies."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from spatiotemporal.airport_model.exchange.ifc.step import Instance, Ref, Value

Points = NDArray[np.float64]
"""Shape (n, 3), metres of the model after placement."""

Matrix = NDArray[np.float64]

DEEPEST = 32
CORNERS = 24
"""Of a circle."""


class Broken(ValueError):
    """An attribute that is not what its type asks for; the shape is left out."""


@dataclass(slots=True)
class Shapes:
    """Draws the shapes of a model.

    Attributes:
        unit_m: metres of the model's length unit.
        not_drawn: kinds of shape that are not read, with how often.
        cut: boolean results taken whole.
        broken: shapes that had to be left out.
    """

    instances: Mapping[int, Instance]
    unit_m: float = 1.0
    not_drawn: Counter[str] = field(default_factory=Counter)
    cut: int = 0
    broken: int = 0

    def get(self, value: Value, *kinds: str) -> Instance:
        """The instance that a reference names.

        Raises:
            Broken: there is none, or it is of another kind.
        """
        found = self.instances.get(value) if isinstance(value, Ref) else None
        if found is None or (kinds and not found.kind.startswith(kinds)):
            raise Broken(f"{value} is none of {kinds}")
        return found

    def product(self, product: Instance) -> list[Points]:
        """Faces of a product, in the model's own axes; empty when it has no shape."""
        try:
            placed = self.placement(product.value(5)) if product.value(5) is not None else np.eye(4)
            shape = self.get(product.value(6), "IFCPRODUCTDEFINITIONSHAPE")
        except Broken:
            return []
        faces: list[Points] = []
        for reference in _refs(shape.value(2)):
            try:
                representation = self.get(reference, "IFCSHAPEREPRESENTATION")
            except Broken:
                continue
            if representation.text(1) in ("Body", "Facetation", ""):
                for item in _refs(representation.value(3)):
                    faces += self._guarded(item, placed, 0)
        return faces

    def _guarded(self, item: Value, placed: Matrix, depth: int) -> list[Points]:
        try:
            return list(self.item(item, placed, depth))
        except (Broken, ArithmeticError):
            self.broken += 1
            return []

    def item(self, reference: Value, placed: Matrix, depth: int) -> Iterable[Points]:
        """Faces of a representation item.

        Raises:
            Broken: an attribute is not what the kind asks for.
        """
        if depth > DEEPEST:
            raise Broken("items nest too deep")
        item = self.get(reference)
        if item.kind in ("IFCBOOLEANRESULT", "IFCBOOLEANCLIPPINGRESULT"):
            self.cut += 1
            yield from self.item(item.value(1), placed, depth + 1)
        elif item.kind == "IFCMAPPEDITEM":
            yield from self._mapped(item, placed, depth)
        elif (draw := _BODIES.get(item.kind)) is not None:
            for face in draw(self, item):
                yield _moved(face * (self.unit_m, self.unit_m, self.unit_m), placed)
        else:
            self.not_drawn[item.kind] += 1

    def _mapped(self, item: Instance, placed: Matrix, depth: int) -> Iterable[Points]:
        source = self.get(item.value(0), "IFCREPRESENTATIONMAP")
        target = self.operator(item.value(1))
        origin = self.axes(source.value(0))
        inner = placed @ target @ np.linalg.inv(origin)
        mapped = self.get(source.value(1), "IFCSHAPEREPRESENTATION")
        for one in _refs(mapped.value(3)):
            yield from self.item(one, inner, depth + 1)

    def placement(self, reference: Value) -> Matrix:
        """From an object's axes to the model's; metres."""
        matrix = np.eye(4)
        for _ in range(DEEPEST):
            placement = self.get(reference, "IFCLOCALPLACEMENT")
            matrix = self.axes(placement.value(1)) @ matrix
            reference = placement.value(0)
            if reference is None:
                return matrix
        raise Broken("placements nest too deep")

    def axes(self, reference: Value) -> Matrix:
        """A placement in two or three dimensions as a matrix; metres."""
        placement = self.get(reference, "IFCAXIS2PLACEMENT")
        flat = placement.kind.endswith("2D")
        up = np.array([0.0, 0.0, 1.0])
        if not flat and placement.value(1) is not None:
            up = self.direction(placement.value(1))
        ahead = placement.value(1 if flat else 2)
        x = self.direction(ahead) if ahead is not None else np.array([1.0, 0.0, 0.0])
        return _frame(self.point(placement.value(0)) * self.unit_m, x, up)

    def operator(self, reference: Value) -> Matrix:
        """A transformation of a mapped item; metres."""
        told = self.get(reference, "IFCCARTESIANTRANSFORMATIONOPERATOR")
        x = self.direction(told.value(0)) if told.value(0) is not None else np.array([1.0, 0, 0])
        z = told.value(4)
        up = self.direction(z) if isinstance(z, Ref) else np.array([0.0, 0.0, 1.0])
        scale = told.value(3)
        made = _frame(self.point(told.value(2)) * self.unit_m, x, up)
        made[:3, :3] *= scale if isinstance(scale, float) and scale > 0 else 1.0
        return made

    def point(self, reference: Value) -> NDArray[np.float64]:
        """A point in the model's unit, with a third coordinate of zero when it has two."""
        return _three(_numbers(self.get(reference, "IFCCARTESIANPOINT").value(0)))

    def direction(self, reference: Value) -> NDArray[np.float64]:
        """A direction of length one."""
        found = _three(_numbers(self.get(reference, "IFCDIRECTION").value(0)))
        length = float(np.linalg.norm(found))
        if length < 1e-12:
            raise Broken("a direction of no length")
        unit: NDArray[np.float64] = found / length
        return unit

    def profile(self, reference: Value) -> Points:
        """Corners (n, 3) of an area in its plane, in the model's unit; its holes are not read."""
        area = self.get(reference)
        if area.kind.startswith("IFCARBITRARY"):
            return self.curve(area.value(2))
        draw = _PROFILES.get(area.kind)
        if draw is None:
            self.not_drawn[area.kind] += 1
            return np.empty((0, 3))
        corners = draw(_numbers(tuple(area.values[3:])))
        if area.value(2) is not None:
            axes = self.axes(area.value(2))
            axes[:3, 3] /= self.unit_m
            corners = _moved(corners, axes)
        return corners

    def curve(self, reference: Value) -> Points:
        """Corners of a closed curve; only straight pieces are read."""
        curve = self.get(reference)
        if curve.kind == "IFCPOLYLINE":
            return np.array([self.point(one) for one in _refs(curve.value(0))]).reshape(-1, 3)
        if curve.kind == "IFCINDEXEDPOLYCURVE":
            rows = self.get(curve.value(0), "IFCCARTESIANPOINTLIST").value(0)
            return np.array([_three(_numbers(row)) for row in _rows(rows)]).reshape(-1, 3)
        self.not_drawn[curve.kind] += 1
        return np.empty((0, 3))


def _rectangle(numbers: list[float]) -> Points:
    if len(numbers) < 2:
        raise Broken("a rectangle without two sides")
    x, y = numbers[0] / 2, numbers[1] / 2
    return np.array([[-x, -y, 0.0], [x, -y, 0.0], [x, y, 0.0], [-x, y, 0.0]])


def _circle(numbers: list[float]) -> Points:
    if not numbers:
        raise Broken("a circle without a radius")
    turns = np.linspace(0.0, 2 * math.pi, CORNERS, endpoint=False)
    return np.column_stack([np.cos(turns), np.sin(turns), np.zeros(CORNERS)]) * numbers[0]


_PROFILES: Mapping[str, Callable[[list[float]], Points]] = {
    "IFCRECTANGLEPROFILEDEF": _rectangle,
    "IFCROUNDEDRECTANGLEPROFILEDEF": _rectangle,
    "IFCRECTANGLEHOLLOWPROFILEDEF": _rectangle,
    "IFCISHAPEPROFILEDEF": _rectangle,
    "IFCCIRCLEPROFILEDEF": _circle,
    "IFCCIRCLEHOLLOWPROFILEDEF": _circle,
}


def _extruded(shapes: Shapes, item: Instance) -> Iterable[Points]:
    corners = shapes.profile(item.value(0))
    if len(corners) < 3:
        return
    if np.allclose(corners[0], corners[-1]):
        corners = corners[:-1]
    depth = item.value(3)
    if not isinstance(depth, float):
        raise Broken("an extrusion without a depth")
    top = corners + shapes.direction(item.value(2)) * depth
    faces = [corners, top]
    faces += [
        np.array([corners[i], corners[i - 1], top[i - 1], top[i]]) for i in range(len(corners))
    ]
    axes = shapes.axes(item.value(1)) if item.value(1) is not None else np.eye(4)
    axes[:3, 3] /= shapes.unit_m
    for face in faces:
        yield _moved(face, axes)


def _brep(shapes: Shapes, item: Instance) -> Iterable[Points]:
    yield from _shell(shapes, item.value(0))


def _surfaces(shapes: Shapes, item: Instance) -> Iterable[Points]:
    for shell in _refs(item.value(0)):
        yield from _shell(shapes, shell)


def _shell(shapes: Shapes, reference: Value) -> Iterable[Points]:
    for face in _refs(shapes.get(reference).value(0)):
        for bound in _refs(shapes.get(face, "IFCFACE").value(0)):
            told = shapes.get(bound, "IFCFACE")
            loop = shapes.get(told.value(0), "IFCPOLYLOOP")
            rows = [shapes.point(one) for one in _refs(loop.value(0))]
            # Inner bounds are windows in a wall: from above they hide nothing.
            if len(rows) > 2 and (
                told.kind == "IFCFACEOUTERBOUND" or bound == _first(shapes, face)
            ):
                yield np.array(rows)


def _first(shapes: Shapes, face: Value) -> Value:
    bounds = _refs(shapes.get(face).value(0))
    outer = [b for b in bounds if shapes.get(b).kind == "IFCFACEOUTERBOUND"]
    return outer[0] if outer else bounds[0]


def _triangles(shapes: Shapes, item: Instance) -> Iterable[Points]:
    yield from _indexed(shapes, item.value(0), _rows(item.value(3)))


def _polygons(shapes: Shapes, item: Instance) -> Iterable[Points]:
    rows = [shapes.get(one, "IFCINDEXEDPOLYGONALFACE").value(0) for one in _refs(item.value(2))]
    yield from _indexed(shapes, item.value(0), rows)


def _indexed(shapes: Shapes, points: Value, rows: Iterable[Value]) -> Iterable[Points]:
    listed = shapes.get(points, "IFCCARTESIANPOINTLIST3D").value(0)
    corners = np.array([_three(_numbers(row)) for row in _rows(listed)]).reshape(-1, 3)
    for row in rows:
        wanted = [int(n) - 1 for n in _numbers(row)]
        if len(wanted) < 3 or min(wanted) < 0 or max(wanted) >= len(corners):
            raise Broken("a face that points at no corner")
        yield corners[wanted]


_BODIES: Mapping[str, Callable[[Shapes, Instance], Iterable[Points]]] = {
    "IFCEXTRUDEDAREASOLID": _extruded,
    "IFCFACETEDBREP": _brep,
    "IFCFACETEDBREPWITHVOIDS": _brep,
    "IFCSHELLBASEDSURFACEMODEL": _surfaces,
    "IFCFACEBASEDSURFACEMODEL": _surfaces,
    "IFCTRIANGULATEDFACESET": _triangles,
    "IFCPOLYGONALFACESET": _polygons,
}


def _refs(value: Value) -> tuple[Ref, ...]:
    listed = value if isinstance(value, tuple) else ()
    return tuple(one for one in listed if isinstance(one, Ref))


def _rows(value: Value) -> tuple[Value, ...]:
    if not isinstance(value, tuple):
        raise Broken("not a list")
    return value


def _numbers(value: Value) -> list[float]:
    listed = value if isinstance(value, tuple) else ()
    found = [one for one in listed if isinstance(one, float)]
    if not all(abs(one) < 1e12 for one in found):
        raise Broken("a number beyond measure")
    return found


def _three(numbers: list[float]) -> NDArray[np.float64]:
    if len(numbers) not in (2, 3):
        raise Broken(f"{len(numbers)} coordinates")
    return np.array([*numbers, 0.0][:3])


def _frame(at: Points, x: Points, z: Points) -> Matrix:
    """A matrix from an origin and two directions; ``x`` is made upright to ``z``."""
    ahead = x - z * float(x @ z)
    length = float(np.linalg.norm(ahead))
    if length < 1e-9:
        raise Broken("directions that are parallel")
    ahead = ahead / length
    made = np.eye(4)
    made[:3, 0], made[:3, 1], made[:3, 2], made[:3, 3] = ahead, np.cross(z, ahead), z, at
    return made


def _moved(points: Points, matrix: Matrix) -> Points:
    moved: Points = points @ matrix[:3, :3].T + matrix[:3, 3]
    return moved
