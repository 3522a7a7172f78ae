"""Where an IFC model lies on the earth, and in which unit it counts."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spatiotemporal.airport_model.exchange.ifc.shapes import Broken, Shapes
from spatiotemporal.airport_model.exchange.ifc.step import Instance, Ref, Value

_PREFIXES = {
    "MILLI": 1e-3, "CENTI": 1e-2, "DECI": 1e-1, "DECA": 10.0, "HECTO": 100.0, "KILO": 1000.0,
}  # fmt: skip
_EPSG = re.compile(r"EPSG:*\s*(\d{4,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """How a model's axes lie.

    Attributes:
        crs: ``EPSG:number`` of a projected system, which the conversion below leads to; else "".
        shift_m, cosine, sine: conversion to that system.
        latitude, longitude: of the origin, when there is no projected system.
        north_deg: true bearing of the model's ``y`` axis, clockwise.
    """

    crs: str = ""
    shift_m: tuple[float, float] = (0.0, 0.0)
    cosine: float = 1.0
    sine: float = 0.0
    latitude: float = 0.0
    longitude: float = 0.0
    north_deg: float = 0.0

    def on_grid(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Metres (n, 2) of the model as metres of the projected system."""
        x, y = xy[:, 0], xy[:, 1]
        east = self.shift_m[0] + x * self.cosine - y * self.sine
        north = self.shift_m[1] + x * self.sine + y * self.cosine
        return np.column_stack([east, north])


def length_unit_m(instances: Mapping[int, Instance]) -> float:
    """Metres of the model's length unit; 1 when it tells none."""
    for one in instances.values():
        if one.kind == "IFCUNITASSIGNMENT":
            listed = one.value(0)
            for reference in listed if isinstance(listed, tuple) else ():
                found = _metres(instances, reference)
                if found:
                    return found
    return 1.0


def _metres(instances: Mapping[int, Instance], reference: Value) -> float:
    unit = instances.get(reference) if isinstance(reference, Ref) else None
    if unit is None or unit.value(1) != "LENGTHUNIT":
        return 0.0
    if unit.kind == "IFCSIUNIT":
        return _PREFIXES.get(unit.text(2), 1.0)
    if unit.kind == "IFCCONVERSIONBASEDUNIT":
        factor = unit.value(3)
        measure = instances.get(factor) if isinstance(factor, Ref) else None
        value = measure.value(0) if measure is not None else None
        inner = _metres(instances, measure.value(1)) if measure is not None else 0.0
        return value * (inner or 1.0) if isinstance(value, float) and value > 0 else 0.0
    return 0.0


def lie_of(instances: Mapping[int, Instance], shapes: Shapes) -> Lie | None:
    """Where a model lies: by map conversion, else by its site; ``None`` when it tells neither."""
    for one in instances.values():
        if one.kind == "IFCMAPCONVERSION":
            found = _converted(one, instances)
            if found is not None:
                return found
    for one in instances.values():
        if one.kind == "IFCSITE":
            latitude, longitude = _angle(one.value(9)), _angle(one.value(10))
            if latitude is not None and longitude is not None and abs(latitude) <= 90:
                north = _north_deg(instances, shapes)
                return Lie(latitude=latitude, longitude=longitude, north_deg=north)
    return None


def _converted(one: Instance, instances: Mapping[int, Instance]) -> Lie | None:
    target = one.value(1)
    system = instances.get(target) if isinstance(target, Ref) else None
    named = _EPSG.search(system.text(0)) if system is not None else None
    east, north = one.value(2), one.value(3)
    if named is None or not isinstance(east, float) or not isinstance(north, float):
        return None
    x, y = one.value(5), one.value(6)
    across, along = (x, y) if isinstance(x, float) and isinstance(y, float) else (1.0, 0.0)
    length = math.hypot(across, along) or 1.0
    return Lie(
        crs=f"EPSG:{named.group(1)}",
        shift_m=(east, north),
        cosine=across / length,
        sine=along / length,
    )


def _angle(value: Value) -> float | None:
    """Degrees of degrees, minutes, seconds and millionths; all carry the sign."""
    listed = value if isinstance(value, tuple) else ()
    parts = [one for one in listed if isinstance(one, float)]
    if len(parts) < 3:
        return None
    millionths = parts[3] if len(parts) > 3 else 0.0
    found = parts[0] + parts[1] / 60 + (parts[2] + millionths / 1e6) / 3600
    return found if abs(found) <= 180 else None


def _north_deg(instances: Mapping[int, Instance], shapes: Shapes) -> float:
    """True bearing of ``y``: a context's TrueNorth is north as seen from the model."""
    for one in instances.values():
        if one.kind == "IFCGEOMETRICREPRESENTATIONCONTEXT" and one.value(5) is not None:
            try:
                x, y, _ = shapes.direction(one.value(5)).tolist()
            except Broken:
                continue
            return math.degrees(math.atan2(-x, y)) % 360.0
    return 0.0
