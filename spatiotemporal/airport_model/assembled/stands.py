"""Stands from parking areas, points and guidance lines; what they do not say is derived.

Positions in apt.dat lie under the aircraft, those of OpenStreetMap where the nose wheel stops.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import shapely
from shapely import STRtree
from shapely.geometry import LineString
from shapely.geometry import Point as Dot

from spatiotemporal.airport_model.assembled.sheet import Item, Sheet, degrees, lines
from spatiotemporal.airport_model.elements import Apron, Building
from spatiotemporal.airport_model.frame import Point, heading_deg, moved, unit
from spatiotemporal.airport_model.size_codes import SIZE_CODES
from spatiotemporal.airport_model.stands import Stand, StandKind

KINDS = ("gate", "tie_down", "hangar")
CLASS_CODES = (
    ("heavy", "E"), ("jets", "C"), ("turboprops", "C"), ("fighters", "B"), ("props", "B"),
    ("helos", "A"),
)  # fmt: skip
"""Size letter of the largest class of aircraft that a stand takes."""

USUAL_CODE = "C"
NOSE_AHEAD_SHARE = 0.45
"""A stand marked under the aircraft: its nose stops this share of its length ahead."""

SLACK_SHARE = 0.9
"""A drawn parking area this much as wide as a letter's span limit is of that letter."""

CONTACT_M = 55.0
"""A gate this near to a terminal has a bridge."""

LINE_M = 60.0
"""A guidance line this near tells where a stand's nose points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stand before it is joined to a taxi line."""

    number: str
    code: str
    nose: Point
    heading_deg: float
    item: Item


def places(sheet: Sheet, guidance: Sequence[tuple[Point, ...]]) -> list[Place]:
    """Where aircraft park: areas first, then points and lines whose number no area has.

    Args:
        guidance: taxi lines, which tell headings that nobody wrote down.
    """
    shapes = [LineString(line) for line in guidance]
    tree = STRtree(shapes)
    made: list[Place] = []
    seen: Counter[str] = Counter()
    known: set[str] = set()
    for layer in ("stand", "stand_line", "stand_location"):
        found = [item for item in sheet.items(layer) if _said(item) not in known]
        known |= {said for item in found if (said := _said(item))}
        for item in found:
            number = _said(item) or item.key
            seen[number] += 1
            if seen[number] > 1:
                number = f"{number}.{seen[number]}"
            made.append(_place(number, item, layer, sheet, shapes, tree))
    return made


def _said(item: Item) -> str:
    return item.text("number", "designator", "ref", "full_name")


def _place(
    number: str, item: Item, layer: str, sheet: Sheet, shapes: Sequence[LineString], tree: STRtree
) -> Place:
    heading = _heading(item, layer, sheet)
    if heading is None:
        heading = _away_from(item.shape.centroid, shapes, tree)
    code = item.text("code", "max_code").upper()
    if code not in SIZE_CODES:
        code = _code_of(item, heading)
    nose = _nose(item, layer, heading, code, sheet)
    return Place(number=number, code=code, nose=nose, heading_deg=heading, item=item)


def _heading(item: Item, layer: str, sheet: Sheet) -> float | None:
    """In the frame, from an attribute or from the line's last piece."""
    for name in ("bearing_true_deg", "heading", "direction"):
        told = item.metres(name)
        if not math.isnan(told):
            return (told - sheet.frame.bearing_deg) % 360.0
    if layer == "stand_line":
        drawn = lines(item.shape)
        if drawn:
            return heading_deg(drawn[-1][-2], drawn[-1][-1])
    return None


def _away_from(place: Dot, shapes: Sequence[LineString], tree: STRtree) -> float:
    """Noses point away from the line that one comes from; along a line that ends here."""
    near = [shapes[int(n)] for n in tree.query(place, predicate="dwithin", distance=LINE_M)]
    if not near:
        return 0.0
    line = min(near, key=lambda one: one.distance(place))
    at = line.project(place)
    if line.distance(place) > 2.0:
        foot = line.interpolate(at)
        return heading_deg((foot.x, foot.y), (place.x, place.y))
    towards = 1.0 if at > line.length / 2 else -1.0
    before = line.interpolate(min(max(at - 5.0 * towards, 0.0), line.length))
    after = line.interpolate(min(max(at + 0.1 * towards, 0.0), line.length))
    return heading_deg((before.x, before.y), (after.x, after.y))


def _code_of(item: Item, heading: float) -> str:
    if item.shape.area > 1.0:
        width, _ = _extent(item, heading + 90.0)
        fitting = [c for c, size in SIZE_CODES.items() if size.span_limit_m * SLACK_SHARE <= width]
        return fitting[-1] if fitting else "A"
    told = item.told.get("aircraft")
    classes = set(told) if isinstance(told, list | tuple) else set()
    return next((code for name, code in CLASS_CODES if name in classes), USUAL_CODE)


def _extent(item: Item, heading: float) -> tuple[float, float]:
    """Size of a shape towards a heading, and how far it reaches beyond its centre."""
    towards, middle = unit(heading), item.shape.centroid
    along = [
        (x - middle.x) * towards[0] + (y - middle.y) * towards[1]
        for x, y in shapely.get_coordinates(item.shape).tolist()
    ]
    return max(along) - min(along), max(along)


def _nose(item: Item, layer: str, heading: float, code: str, sheet: Sheet) -> Point:
    told = degrees(item.told.get("nose"))
    if told is not None:
        return sheet.frame.points([told])[0]
    if layer == "stand_line" and (drawn := lines(item.shape)):
        return drawn[-1][-1]
    middle = item.shape.centroid
    if item.shape.area > 1.0:
        return moved((middle.x, middle.y), heading, _extent(item, heading)[1])
    # A simulator's start position lies under the aircraft, and it always tells its heading.
    under = "bearing_true_deg" in item.told
    ahead = SIZE_CODES[code].length_m * NOSE_AHEAD_SHARE if under else 0.0
    return moved((middle.x, middle.y), heading, ahead)


def polygon(place: Place) -> shapely.Polygon:
    """Room of the aircraft at a place, as a stand has it."""
    return _stand(place, "", "", (place.nose, place.nose), False).polygon


def stands(
    found: Sequence[Place], aprons: Sequence[Apron], buildings: Sequence[Building],
    bridges: Sequence[Item], net: Sequence[tuple[str, LineString]],
) -> tuple[Stand, ...]:  # fmt: skip
    """Stands joined to the nearest taxi line.

    Args:
        bridges: jet bridges as points or lines.
        net: taxi lines by id.
    """
    tree = STRtree([line for _, line in net])
    terminals = shapely.union_all([b.shape for b in buildings if b.use == "terminal"])
    heads = shapely.union_all([bridge.shape for bridge in bridges])
    grounds = STRtree([apron.shape for apron in aprons])
    made: list[Stand] = []
    for place in found:
        dot = Dot(place.nose)
        on = [aprons[int(n)].id for n in grounds.query(dot, predicate="intersects")]
        lane, lead_in = _lead_in(place, net, tree)
        contact = place.item.flag("contact") or (
            _kind(place.item) == "gate" and _beside(dot, (terminals, heads))
        )
        made.append(_stand(place, on[0] if on else "", lane, lead_in, contact))
    return tuple(made)


def _beside(dot: Dot, shapes: Iterable[shapely.geometry.base.BaseGeometry]) -> bool:
    return any(not one.is_empty and one.distance(dot) <= CONTACT_M for one in shapes)


def _kind(item: Item) -> StandKind:
    kind = item.text("kind")
    return cast(StandKind, kind if kind in KINDS else "gate")


def _lead_in(
    place: Place, net: Sequence[tuple[str, LineString]], tree: STRtree
) -> tuple[str, tuple[Point, Point]]:
    """The line that a stand hangs on, and the straight way from it to the nose."""
    behind = moved(place.nose, place.heading_deg, -SIZE_CODES[place.code].length_m)
    found = tree.nearest(Dot(place.nose))
    if found is None:
        return "", (behind, place.nose)
    name, line = net[int(found)]
    at = line.project(Dot(place.nose))
    foot = line.interpolate(at)
    if math.dist((foot.x, foot.y), place.nose) >= 3.0:
        return name, ((foot.x, foot.y), place.nose)
    # The line passes the nose itself: hang on where it comes from.
    sides = [line.interpolate(min(max(at + step, 0.0), line.length)) for step in (-12.0, 12.0)]
    start = min(sides, key=lambda p: math.dist((p.x, p.y), behind))
    return name, ((start.x, start.y), place.nose)


def _stand(
    place: Place, apron: str, lane: str, lead_in: tuple[Point, Point], contact: bool
) -> Stand:
    return Stand(
        number=place.number,
        apron=apron,
        code=place.code,
        kind=_kind(place.item),
        contact=contact,
        nose=place.nose,
        heading_deg=place.heading_deg,
        lane=lane,
        lead_in=lead_in,
        excludes=tuple(
            str(other) for other in place.item.told.get("excludes") or () if isinstance(other, str)
        ),
        provenance=place.item.provenance,
    )
