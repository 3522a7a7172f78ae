"""In which units an IFC model counts lengths and angles."""

from __future__ import annotations

from collections.abc import Mapping

from spatiotemporal.airport_model.exchange.ifc.step import Instance, Ref, Value

_PREFIXES = {
    "MILLI": 1e-3, "CENTI": 1e-2, "DECI": 1e-1, "DECA": 10.0, "HECTO": 100.0, "KILO": 1000.0,
}  # fmt: skip


def length_unit_m(instances: Mapping[int, Instance]) -> float:
    """Metres of the model's length unit; 1 when it tells none."""
    return _project_unit(instances, "LENGTHUNIT")


def angle_unit_rad(instances: Mapping[int, Instance]) -> float:
    """Radians of the model's unit of plane angles; 1 when it tells none."""
    return _project_unit(instances, "PLANEANGLEUNIT")


def _project_unit(instances: Mapping[int, Instance], kind: str) -> float:
    for one in instances.values():
        if one.kind == "IFCUNITASSIGNMENT":
            listed = one.value(0)
            for reference in listed if isinstance(listed, tuple) else ():
                found = in_si(instances, reference, kind)
                if found:
                    return found
    return 1.0


def in_si(instances: Mapping[int, Instance], reference: Value, kind: str) -> float:
    """A unit in metres or radians; 0 when it is none of this kind."""
    unit = instances.get(reference) if isinstance(reference, Ref) else None
    if unit is None or unit.value(1) != kind:
        return 0.0
    if unit.kind == "IFCSIUNIT":
        return _PREFIXES.get(unit.text(2), 1.0)
    if unit.kind.startswith("IFCCONVERSIONBASEDUNIT"):
        factor = unit.value(3)
        measure = instances.get(factor) if isinstance(factor, Ref) else None
        value = measure.value(0) if measure is not None else None
        inner = in_si(instances, measure.value(1), kind) if measure is not None else 0.0
        return value * (inner or 1.0) if isinstance(value, float) and value > 0 else 0.0
    return 0.0
