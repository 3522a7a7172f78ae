"""Shapes of products: representations, mapped items, boolean results, each as faces in metres."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from spatiotemporal.airport_model.exchange.ifc.bodies import BODIES, box
from spatiotemporal.airport_model.exchange.ifc.geometry import Broken, Matrix, Points, moved, refs
from spatiotemporal.airport_model.exchange.ifc.model import DEEPEST, Model
from spatiotemporal.airport_model.exchange.ifc.step import Instance, Value

BODY = ("Body", "Body-FallBack", "Facetation", "")
"""Identifiers of representations that show what a product is like."""


@dataclass(slots=True)
class Shapes:
    """Draws the shapes of a model.

    Attributes:
        cut: boolean results taken whole.
        broken: shapes that had to be left out.
    """

    model: Model
    cut: int = 0
    broken: int = 0

    def product(self, product: Instance) -> list[Points]:
        """Faces of a product, in the model's own axes; empty when it has no shape.

        Where its body cannot be read, its bounding box stands in.
        """
        try:
            at = product.value(5)
            placed = self.model.placement(at) if at is not None else np.eye(4)
            listed = self._representations(product)
        except Broken:
            return []
        faces: list[Points] = []
        for representation in listed:
            if representation.text(1) in BODY:
                for item in refs(representation.value(3)):
                    faces += self._guarded(item, placed, 0)
        return faces or [f for one in listed for f in self._boxes(one, placed)]

    def _representations(self, product: Instance) -> list[Instance]:
        shape = self.model.get(product.value(6), "IFCPRODUCTDEFINITIONSHAPE")
        found = [self.model.instances.get(one) for one in refs(shape.value(2))]
        return [one for one in found if one is not None and one.kind == "IFCSHAPEREPRESENTATION"]

    def _boxes(self, representation: Instance, placed: Matrix) -> Iterable[Points]:
        for reference in refs(representation.value(3)):
            item = self.model.instances.get(reference)
            if item is not None and item.kind == "IFCBOUNDINGBOX":
                try:
                    yield from [self._placed(face, placed) for face in box(self.model, item)]
                except Broken:
                    self.broken += 1

    def _placed(self, face: Points, placed: Matrix) -> Points:
        self.model.spend()
        return moved(face * self.model.unit_m, placed)

    def _guarded(self, item: Value, placed: Matrix, depth: int) -> list[Points]:
        try:
            return list(self.item(item, placed, depth))
        except (Broken, ArithmeticError, np.linalg.LinAlgError):
            self.broken += 1
            return []

    def item(self, reference: Value, placed: Matrix, depth: int) -> Iterable[Points]:
        """Faces of a representation item.

        Raises:
            Broken: an attribute is not what the kind asks for.
        """
        self.model.spend()
        if depth > DEEPEST:
            raise Broken("items nest too deep")
        item = self.model.get(reference)
        if item.kind in ("IFCBOOLEANRESULT", "IFCBOOLEANCLIPPINGRESULT"):
            yield from self._combined(item, placed, depth)
        elif item.kind == "IFCCSGSOLID":
            yield from self.item(item.value(0), placed, depth + 1)
        elif item.kind == "IFCMAPPEDITEM":
            yield from self._mapped(item, placed, depth)
        elif (draw := BODIES.get(item.kind)) is not None:
            for face in draw(self.model, item):
                yield self._placed(face, placed)
        else:
            self.model.not_drawn[item.kind] += 1

    def _combined(self, item: Instance, placed: Matrix, depth: int) -> Iterable[Points]:
        """The first operand, and of a union the second one too."""
        yield from self.item(item.value(1), placed, depth + 1)
        if item.value(0) == "UNION":
            yield from self.item(item.value(2), placed, depth + 1)
        else:
            self.cut += 1

    def _mapped(self, item: Instance, placed: Matrix, depth: int) -> Iterable[Points]:
        source = self.model.get(item.value(0), "IFCREPRESENTATIONMAP")
        target = self.model.operator(item.value(1))
        origin = self.model.raw_axes(source.value(0))
        inner = target @ np.linalg.inv(origin)
        inner[:3, 3] *= self.model.unit_m
        mapped = self.model.get(source.value(1), "IFCSHAPEREPRESENTATION")
        for one in refs(mapped.value(3)):
            yield from self.item(one, placed @ inner, depth + 1)
