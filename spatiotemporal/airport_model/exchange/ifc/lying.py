"""Where an IFC model lies on the earth."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spatiotemporal.airport_model.exchange.ifc.geometry import Broken
from spatiotemporal.airport_model.exchange.ifc.model import Model
from spatiotemporal.airport_model.exchange.ifc.step import Instance, Ref, Value
from spatiotemporal.airport_model.exchange.ifc.units import in_si

_EPSG = re.compile(r"EPSG:*\s*(\d{4,6})", re.IGNORECASE)
FARTHEST_M = 20_000_000.0
"""No northing is larger."""

MOST_STRETCH = 0.05
"""Grids stretch by far less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """How a model's axes lie.

    Attributes:
        crs: ``EPSG:number`` of a projected system, which the conversion below leads to; else "".
        shift_m: of the conversion to that system, in metres whatever that counts in; else where in
            the model's axes latitude and longitude are.
        cosine, sine: of the conversion, its scale in them.
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


def lie_of(model: Model) -> Lie | None:
    """Where a model lies: by map conversion, else by its site; ``None`` when it tells neither."""
    instances = model.instances
    for one in instances.values():
        if one.kind.startswith("IFCMAPCONVERSION"):
            found = _converted(one, model)
            if found is not None:
                return found
    for one in instances.values():
        if one.kind == "IFCSITE":
            latitude, longitude = _angle(one.value(9)), _angle(one.value(10))
            if latitude is not None and longitude is not None and abs(latitude) <= 90:
                return Lie(
                    latitude=latitude,
                    longitude=longitude,
                    north_deg=_north_deg(model),
                    shift_m=_origin_m(one, model),
                )
    return None


def _origin_m(site: Instance, model: Model) -> tuple[float, float]:
    """Where a site's own origin is, which its latitude and longitude tell of."""
    try:
        x, y = model.placement(site.value(5))[:2, 3].tolist()
    except Broken:
        return 0.0, 0.0
    return x, y


def _converted(one: Instance, model: Model) -> Lie | None:
    target = one.value(1)
    system = model.instances.get(target) if isinstance(target, Ref) else None
    named = _EPSG.search(system.text(0)) if system is not None else None
    east, north = one.value(2), one.value(3)
    if named is None or not isinstance(east, float) or not isinstance(north, float):
        return None
    x, y = one.value(5), one.value(6)
    across, along = (x, y) if isinstance(x, float) and isinstance(y, float) else (1.0, 0.0)
    unit_m = _map_unit_m(system, north, model)
    scale = _scale(one.value(7), unit_m, model) / (math.hypot(across, along) or 1.0)
    return Lie(
        crs=f"EPSG:{named.group(1)}",
        shift_m=(east * unit_m, north * unit_m),
        cosine=across * scale,
        sine=along * scale,
    )


def _map_unit_m(system: Instance | None, north: float, model: Model) -> float:
    """Metres of the unit that a shift is told in.

    The model's own where the system tells none, says the standard; writers of models in millimetres
    use metres all the same, so it is what leaves the shift on the earth.
    """
    told = in_si(model.instances, system.value(6), "LENGTHUNIT") if system is not None else 0.0
    if told:
        return told
    return model.unit_m if abs(north) > FARTHEST_M else 1.0


def _scale(told: Value, unit_m: float, model: Model) -> float:
    """Map metres of a metre of the model.

    A scale turns the model's unit into the map's (0.001 from millimetres); writers that use 1 for
    every unit mean that nothing is stretched.
    """
    if not isinstance(told, float):
        return 1.0
    for found in (told * unit_m / model.unit_m, told):
        if abs(found - 1.0) <= MOST_STRETCH:
            return found
    return 1.0


def _angle(value: Value) -> float | None:
    """Degrees of degrees, minutes, seconds and millionths; all carry the sign."""
    listed = value if isinstance(value, tuple) else ()
    parts = [one for one in listed if isinstance(one, float)]
    if len(parts) < 3:
        return None
    millionths = parts[3] if len(parts) > 3 else 0.0
    found = parts[0] + parts[1] / 60 + (parts[2] + millionths / 1e6) / 3600
    return found if abs(found) <= 180 else None


def _north_deg(model: Model) -> float:
    """True bearing of ``y``: a context's TrueNorth is north as seen from the model."""
    for one in model.instances.values():
        if one.kind == "IFCGEOMETRICREPRESENTATIONCONTEXT" and one.value(5) is not None:
            try:
                x, y, _ = model.direction(one.value(5)).tolist()
            except Broken:
                continue
            return math.degrees(math.atan2(-x, y)) % 360.0
    return 0.0
