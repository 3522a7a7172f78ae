"""The buildings of an IFC model: what belongs to each, its footprint, height, storeys and name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from service_bus import Malformed, Notice, TooLarge
from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.exchange.grids import Grid, grid
from spatiotemporal.airport_model.exchange.ifc.geometry import Points
from spatiotemporal.airport_model.exchange.ifc.lying import Lie, lie_of
from spatiotemporal.airport_model.exchange.ifc.model import Model
from spatiotemporal.airport_model.exchange.ifc.shapes import Shapes
from spatiotemporal.airport_model.exchange.ifc.step import FORMAT, Instance, Ref, Value, read
from spatiotemporal.airport_model.exchange.ifc.units import angle_unit_rad, length_unit_m
from spatiotemporal.airport_model.frame import Frame

MOST_BYTES: Final = 512 << 20
COURTYARD_M2: Final = 200.0
"""Smaller holes in what the parts cover are gaps between slabs and walls."""

GAP_M: Final = 0.3
REUSED: Final = 20
LEAST_SHAPES: Final = 100_000
"""A model may draw one shape a byte, so many an instance, and so many more."""

LEAST_M2: Final = 0.01
OUTSIDE: Final = ("IFCSPACE", "IFCGRID", "IFCANNOTATION", "IFCOPENING", "IFCVIRTUAL", "IFCSITE")
"""What covers no ground though it has a shape."""

_USES = (
    ("terminal", "terminal"), ("航站", "terminal"), ("hangar", "hangar"), ("机库", "hangar"),
    ("cargo", "cargo"), ("货", "cargo"), ("tower", "tower"), ("塔台", "tower"), ("tank", "tank"),
    ("parking", "parking"), ("停车", "parking"), ("station", "transport"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class IfcBuilding:
    """One building.

    Attributes:
        footprint: metres of the model's axes.
        low, high: lowest and highest corner, metres.
        storeys: how many the model has; 0 when it tells none.
    """

    id: str
    name: str
    footprint: BaseGeometry
    low: float
    high: float
    storeys: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IfcModel:
    """A model as read.

    Attributes:
        lie: how its axes lie on the earth; ``None`` when it does not tell.
    """

    buildings: tuple[IfcBuilding, ...]
    lie: Lie | None
    notices: tuple[Notice, ...]
    original: bytes


def recognise(data: bytes) -> float:
    """How surely these bytes are an IFC model in STEP text."""
    head = data[:4000]
    if not head.lstrip().startswith(b"ISO-10303-21"):
        return 0.0
    return 0.95 if b"IFC" in head.upper() else 0.3


def parse(data: bytes, *, max_bytes: int = MOST_BYTES) -> IfcModel:
    """Read a model.

    Raises:
        TooLarge: it is larger than ``max_bytes``.
        Malformed: no STEP text, or one that breaks its grammar; names line and column.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "IFC model")
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"ISO-10303-21"):
        raise Malformed(
            FORMAT, "not STEP text", field="ISO-10303-21", position="line 1 column 1",
            found=data[:20].decode("latin-1"), code="ifc-form",
        )  # fmt: skip
    instances = read(data.decode("utf-8", "replace"))
    model = Model(
        instances=instances,
        unit_m=length_unit_m(instances),
        angle_rad=angle_unit_rad(instances),
        left=len(data) + REUSED * len(instances) + LEAST_SHAPES,
    )
    shapes = Shapes(model)
    notices: list[Notice] = []
    buildings = []
    for number, one in instances.items():
        if one.kind == "IFCBUILDING":
            found = _building(number, one, shapes)
            if found is None:
                text = f"building {one.text(2)[:60]!r} has no shape that is read; left out"
                notices.append(_notice("ifc-no-shape", f"#{number}", text))
            else:
                buildings.append(found)
    return IfcModel(
        buildings=tuple(buildings),
        lie=lie_of(model),
        notices=(*notices, *_remarks(shapes)),
        original=data,
    )


def _notice(code: str, position: str, text: str) -> Notice:
    return Notice(code=code, field="Representation", position=position, text=text)


def _remarks(shapes: Shapes) -> Iterable[Notice]:
    for kind, times in sorted(shapes.model.not_drawn.items()):
        yield _notice("ifc-not-drawn", "DATA", f"{times} of kind {kind} are not read")
    if shapes.broken:
        yield _notice("ifc-broken-shape", "DATA", f"{shapes.broken} shapes are broken; left out")
    if shapes.cut:
        yield _notice("ifc-cut-ignored", "DATA", f"{shapes.cut} cuts are not made")


def features(model: IfcModel, system: Grid | None = None) -> list[dict[str, Any]]:
    """The buildings as features of our layer, WGS84.

    Args:
        system: what the model's axes are, when it is named; else where the model says it lies.

    Raises:
        UnreadableLayers: neither is known.
    """
    turned = _turn(model, system)
    return [
        {
            "geometry": turned(one.footprint),
            "properties": {
                "id": one.id,
                "name_zh": one.name,
                "name_en": one.name,
                "use": next((use for word, use in _USES if word in one.name.lower()), "service"),
                "height_m": round(one.high - one.low, 2),
                **({"storeys": one.storeys} if one.storeys else {}),
            },
        }
        for one in model.buildings
    ]


def _turn(model: IfcModel, system: Grid | None) -> Any:
    if system is not None:
        return system.into
    lie = model.lie
    if lie is None:
        reason = "the model does not tell where it lies; name its coordinate system with --crs"
        raise UnreadableLayers("IFC model", reason)
    if lie.crs:
        projected = grid(lie.crs)
        unit_m = projected.crs.axis_info[0].unit_conversion_factor
        return lambda shape: projected.into(
            shapely.transform(shape, lambda xy: lie.on_grid(xy) / unit_m)
        )
    frame = Frame(latitude=lie.latitude, longitude=lie.longitude, bearing_deg=lie.north_deg)
    return lambda shape: frame.world(shapely.transform(shape, lambda xy: xy - lie.shift_m))


def _building(number: int, told: Instance, shapes: Shapes) -> IfcBuilding | None:
    instances = shapes.model.instances
    members = _members(number, instances)
    storeys = sum(instances[n].kind == "IFCBUILDINGSTOREY" for n in members)
    faces = [
        face
        for n in (number, *members)
        if not instances[n].kind.startswith(OUTSIDE)
        for face in shapes.product(instances[n])
    ]
    area = footprint(faces)
    if area.is_empty:
        return None
    heights = np.concatenate([face[:, 2] for face in faces])
    name = told.text(2) or told.text(7)
    return IfcBuilding(
        id=told.text(0) or f"{number}",
        name=name,
        footprint=area,
        low=float(heights.min()),
        high=float(heights.max()),
        storeys=storeys,
    )


def _members(root: int, instances: Mapping[int, Instance]) -> list[int]:
    """Numbers of everything that a building is made of or holds, each once."""
    inside: dict[int, list[int]] = {}
    for one in instances.values():
        if one.kind in ("IFCRELAGGREGATES", "IFCRELNESTS"):
            whole, parts = one.value(4), one.value(5)
        elif one.kind == "IFCRELCONTAINEDINSPATIALSTRUCTURE":
            parts, whole = one.value(4), one.value(5)
        else:
            continue
        if isinstance(whole, Ref):
            inside.setdefault(int(whole), []).extend(_numbers(parts))
    seen: dict[int, None] = {}
    queue = list(inside.get(root, ()))
    while queue:
        number = queue.pop()
        if number in instances and number not in seen and number != root:
            seen[number] = None
            queue += inside.get(number, ())
    return list(seen)


def _numbers(value: Value) -> Sequence[int]:
    listed = value if isinstance(value, tuple) else ()
    return [int(one) for one in listed if isinstance(one, Ref)]


def footprint(faces: Sequence[Points]) -> BaseGeometry:
    """What faces cover seen from above, small gaps closed."""
    drawn = [Polygon(face[:, :2]) for face in faces if len(face) > 2]
    flat = [
        shapely.make_valid(one) for one in drawn if math.isfinite(one.area) and one.area > LEAST_M2
    ]
    if not flat:
        return MultiPolygon()
    whole = shapely.union_all(flat).buffer(GAP_M, join_style="mitre")
    whole = whole.buffer(-GAP_M, join_style="mitre")
    parts = [one for one in shapely.get_parts(whole).tolist() if isinstance(one, Polygon)]
    filled = [
        Polygon(one.exterior, [hole for hole in one.interiors if Polygon(hole).area > COURTYARD_M2])
        for one in parts
        if one.area > 1.0
    ]
    return MultiPolygon(filled)
