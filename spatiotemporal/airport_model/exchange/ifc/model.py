"""An IFC model as shapes see it: instances, units, placements and directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from spatiotemporal.airport_model.exchange.ifc.geometry import (
    Broken,
    Matrix,
    frame,
    numbers,
    three,
)
from spatiotemporal.airport_model.exchange.ifc.step import Instance, Ref, Value

DEEPEST = 32


@dataclass(slots=True, kw_only=True)
class Model:
    """Instances with the units they count in.

    Attributes:
        unit_m: metres of the length unit.
        angle_rad: radians of the unit of angles.
        not_drawn: kinds of shape that are not read, with how often.
        left: how many curves, items and faces may still be drawn: shapes that are used again and
            again in each other would never end.
    """

    instances: Mapping[int, Instance]
    unit_m: float = 1.0
    angle_rad: float = 1.0
    not_drawn: Counter[str] = field(default_factory=Counter)
    left: int = 1_000_000

    def spend(self) -> None:
        """Draw one thing more.

        Raises:
            Broken: the model has drawn more than one of its size needs.
        """
        self.left -= 1
        if self.left < 0:
            raise Broken("more shapes than a model of this size has")

    def get(self, value: Value, *kinds: str) -> Instance:
        """The instance that a reference names.

        Raises:
            Broken: there is none, or it is of another kind.
        """
        found = self.instances.get(value) if isinstance(value, Ref) else None
        if found is None or (kinds and not found.kind.startswith(kinds)):
            raise Broken(f"{value} is none of {kinds}")
        return found

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
        made = self.raw_axes(reference)
        made[:3, 3] *= self.unit_m
        return made

    def raw_axes(self, reference: Value) -> Matrix:
        """The same in the model's unit; none is the origin."""
        if reference is None:
            return np.eye(4)
        placement = self.get(reference, "IFCAXIS2PLACEMENT")
        flat = placement.kind.endswith("2D")
        up = np.array([0.0, 0.0, 1.0])
        if not flat and placement.value(1) is not None:
            up = self.direction(placement.value(1))
        ahead = placement.value(1 if flat else 2)
        x = self.direction(ahead) if ahead is not None else _upright_to(up)
        return frame(self.point(placement.value(0)), x, up)

    def operator(self, reference: Value) -> Matrix:
        """A transformation of a mapped item or a derived profile, in the model's unit."""
        told = self.get(reference, "IFCCARTESIANTRANSFORMATIONOPERATOR")
        x = self.direction(told.value(0)) if told.value(0) is not None else np.array([1.0, 0, 0])
        z = None if told.kind.startswith("IFCCARTESIANTRANSFORMATIONOPERATOR2D") else told.value(4)
        up = self.direction(z) if isinstance(z, Ref) else np.array([0.0, 0.0, 1.0])
        scale = told.value(3)
        made = frame(self.point(told.value(2)), x, up)
        if told.value(1) is not None and float(self.direction(told.value(1)) @ made[:3, 1]) < 0:
            made[:3, 1] *= -1.0  # mirrored
        made[:3, :3] *= scale if isinstance(scale, float) and scale > 0 else 1.0
        return made

    def point(self, reference: Value) -> NDArray[np.float64]:
        """A point in the model's unit, with a third coordinate of zero when it has two."""
        return three(numbers(self.get(reference, "IFCCARTESIANPOINT").value(0)))

    def direction(self, reference: Value) -> NDArray[np.float64]:
        """A direction of length one."""
        found = three(numbers(self.get(reference, "IFCDIRECTION").value(0)))
        length = float(np.linalg.norm(found))
        if length < 1e-12:
            raise Broken("a direction of no length")
        unit: NDArray[np.float64] = found / length
        return unit


def _upright_to(up: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where ``x`` points when nobody says it."""
    return np.array([1.0, 0.0, 0.0]) if abs(up[0]) < 1.0 - 1e-9 else np.array([0.0, 1.0, 0.0])
