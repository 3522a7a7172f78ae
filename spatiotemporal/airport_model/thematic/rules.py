"""What a layer may hold: kinds of shape, attributes that must be there, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import shapely
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.size_codes import SIZE_CODES
from spatiotemporal.airport_model.thematic.faults import Objection
from spatiotemporal.airport_model.thematic.restrictions import TARGET_LAYERS

AREA = frozenset({"Polygon", "MultiPolygon"})
LINE = frozenset({"LineString", "MultiLineString"})
POINT = frozenset({"Point"})
ANY = AREA | LINE | POINT

MOST_CORNERS = 20_000
"""Of one feature; the largest apron of a real airport has a few thousand."""

BEYOND_DEG = 2e-5
"""About 2 m: a fence is drawn less exactly than that."""

_ID = re.compile(r"^[A-Z0-9]{3,7}\.[a-z_]+\.[^\s\x00-\x1f]{1,80}$")

RESTRICTION_KINDS = (
    "closed_stand", "closed_taxiway", "closed_road", "works", "deicing_area", "speed_limit",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRule:
    """What one layer asks of its features."""

    shapes: frozenset[str] = ANY
    required: tuple[str, ...] = ()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    inside: bool = True


_CODE = {"code": tuple(SIZE_CODES)}
_MAX_CODE = {"max_code": tuple(SIZE_CODES)}

RULES: Mapping[str, LayerRule] = MappingProxyType(
    {
        "boundary": LayerRule(shapes=AREA, inside=False),
        "grass": LayerRule(shapes=AREA),
        "water": LayerRule(shapes=AREA),
        "runway": LayerRule(shapes=AREA, required=("designator",)),
        "runway_shoulder": LayerRule(shapes=AREA),
        "threshold": LayerRule(shapes=POINT, required=("designator", "runway")),
        "taxiway": LayerRule(shapes=AREA, required=("designator",)),
        "apron": LayerRule(shapes=AREA),
        "stand": LayerRule(shapes=AREA, required=("number", "code"), choices=_CODE),
        "stand_location": LayerRule(shapes=POINT),
        "taxi_line": LayerRule(shapes=LINE),
        "hold_line": LayerRule(shapes=LINE),
        "service_road": LayerRule(shapes=LINE),
        "road_area": LayerRule(shapes=AREA),
        "building": LayerRule(shapes=AREA),
        "facility": LayerRule(shapes=POINT),
        "helipad": LayerRule(shapes=AREA | POINT),
        "taxi_edge": LayerRule(shapes=LINE, choices=_MAX_CODE),
        "taxi_node": LayerRule(shapes=POINT),
        "hotspot": LayerRule(shapes=AREA | POINT, required=("designator",)),
        "frequency_area": LayerRule(shapes=AREA, required=("service", "khz")),
        "deicing_area": LayerRule(shapes=AREA, required=("designator",)),
        "construction_area": LayerRule(shapes=AREA, required=("reason",)),
        "restriction": LayerRule(
            required=("kind", "reason"), choices={"kind": RESTRICTION_KINDS}
        ),
        **dict.fromkeys(
            (
                "marking", "road_marking", "light_line", "airfield_light", "sign", "windsock",
                "viewpoint", "jet_bridge", "gate", "noise_point", "camera",
            ),
            LayerRule(),
        ),
    }
)  # fmt: skip
"""Layers that may be written, by name."""


def objections(
    rule: LayerRule,
    feature_id: str,
    shape: BaseGeometry,
    properties: Mapping[str, object],
    boundary: BaseGeometry | None,
) -> tuple[Objection, ...]:
    """Everything that is wrong with a feature; empty when it may be written."""
    found = [*_shape(rule, shape, boundary), *_attributes(rule, properties)]
    if not _ID.match(feature_id):
        text = "must read ICAO.layer.key without spaces, at most 80 characters of key"
        found.append(Objection(field="id", rule="id-form", text=text))
    return tuple(found)


def _shape(
    rule: LayerRule, shape: BaseGeometry, boundary: BaseGeometry | None
) -> Iterable[Objection]:
    if shape.is_empty:
        yield Objection(field="geometry", rule="geometry-empty", text="is empty")
        return
    if shape.geom_type not in rule.shapes:
        text = f"is a {shape.geom_type}; expected {' or '.join(sorted(rule.shapes))}"
        yield Objection(field="geometry", rule="geometry-type", text=text)
    corners = shapely.get_num_coordinates(shape)
    if corners > MOST_CORNERS:
        text = f"has {corners} corners, more than {MOST_CORNERS}"
        yield Objection(field="geometry", rule="geometry-size", text=text)
        return
    if not shape.is_valid:
        text = shapely.is_valid_reason(shape)
        yield Objection(field="geometry", rule="geometry-invalid", text=text)
        return
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        text = "is not in degrees of longitude and latitude"
        yield Objection(field="geometry", rule="geometry-range", text=text)
    elif rule.inside and boundary is not None and not boundary.buffer(BEYOND_DEG).covers(shape):
        text = "reaches beyond the airport's boundary"
        yield Objection(field="geometry", rule="inside-boundary", text=text)


def _attributes(rule: LayerRule, properties: Mapping[str, object]) -> Iterable[Objection]:
    for name in rule.required:
        if properties.get(name) in (None, "", [], ()):
            yield Objection(field=name, rule="required", text="is missing")
    for name, allowed in rule.choices.items():
        value = properties.get(name)
        if value is not None and value not in allowed:
            text = f"is {value!r}; expected one of {', '.join(allowed)}"
            yield Objection(field=name, rule="choice", text=text)


def of_restriction(told: Mapping[str, object], *, drawn: bool) -> tuple[Objection, ...]:
    """What a new restriction lacks to have an effect; empty when it has one.

    Args:
        drawn: it has a geometry of its own.
    """
    kind = told.get("kind")
    if kind not in RESTRICTION_KINDS:
        text = f"is {kind!r}; expected one of {', '.join(RESTRICTION_KINDS)}"
        return (Objection(field="kind", rule="choice", text=text),)
    found = []
    if kind in TARGET_LAYERS and not told.get("targets"):
        found.append(("targets", "needs the names of what is closed"))
    if kind not in TARGET_LAYERS and not drawn:
        found.append(("geometry", f"is missing; {kind} holds in an area"))
    if kind == "speed_limit" and told.get("limit_mps") is None:
        found.append(("limit_mps", "is missing"))
    return tuple(Objection(field=name, rule="required", text=text) for name, text in found)
