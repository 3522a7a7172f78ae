"""Runways from thresholds, pavement or lines, whichever the layers have."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import Point as Dot

from spatiotemporal.airport_model.assembled.sheet import Item, Sheet, axis, degrees
from spatiotemporal.airport_model.clearances import HOLD_F_M
from spatiotemporal.airport_model.designators import designators, opposite
from spatiotemporal.airport_model.elements import Runway
from spatiotemporal.airport_model.frame import Frame, Point, heading_deg, unit

LEAST_M = 60.0
"""Shorter pieces are helipads or scraps of a runway."""

USUAL_WIDTH_M = 45.0
PAD_M = 0.0
HOLD_M = ((1_200.0, 90.0), (800.0, 40.0), (0.0, 30.0))
"""Holding points stand this far from the centre line of a runway so long or longer (Annex 14,
table 3-2: code numbers 3 and 4 with precision approach, 2 and 1 without instruments)."""

NEAR_M = 120.0
"""A threshold without a runway's name belongs to the runway this near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Strip:
    """A runway before it has a name.

    Attributes:
        said: what the file calls it.
        ends: middles of its two short sides.
    """

    said: str
    ends: tuple[Point, Point]
    width_m: float
    item: Item


def runways(sheet: Sheet) -> tuple[Runway, ...]:
    """The runways, in the order of the file."""
    thresholds = sheet.items("threshold")
    return tuple(
        _runway(strip, thresholds, sheet.frame)
        for strip in _strips(sheet, thresholds)
        if math.dist(*strip.ends) >= LEAST_M
    )


def for_code(found: Sequence[Runway], largest: str) -> tuple[Runway, ...]:
    """Runways with room for the largest aircraft: code F holds farther from long ones."""
    if largest != "F":
        return tuple(found)
    far = HOLD_M[0][1]
    return tuple(
        replace(one, hold_distance_m=HOLD_F_M) if one.hold_distance_m == far else one
        for one in found
    )


def _strips(sheet: Sheet, thresholds: Sequence[Item]) -> Iterable[_Strip]:
    areas = _grouped(sheet.items("runway"))
    lines = _grouped(sheet.items("runway_line"))
    for said, parts in areas.items():
        yield _of_area(parts, [t for t in thresholds if said in _names(t)], sheet.frame)
    for said, parts in lines.items():
        if said not in areas:
            yield _of_line(said, parts)


def _grouped(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Pieces of one runway together; those without a name stay apart."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        said = item.text("designator", "ref")
        name = "/".join(sorted(designators(said))) or said or f"#{item.key}"
        groups.setdefault(name, []).append(item)
    return groups


def _of_area(parts: Sequence[Item], thresholds: Sequence[Item], frame: Frame) -> _Strip:
    (one, other), across = axis(shapely.union_all([part.shape for part in parts]))
    width = parts[0].metres("width_m", "width")
    places = [p for t in thresholds if (p := _pavement_end(t, frame)) is not None]
    if len(places) == 2 and math.dist(*places) >= LEAST_M:
        one, other = places
    return _Strip(
        said=parts[0].text("designator", "ref"),
        ends=(one, other),
        width_m=across if math.isnan(width) or width <= 0 else width,
        item=parts[0],
    )


def _names(threshold: Item) -> tuple[str, ...]:
    said = threshold.text("runway")
    return "/".join(sorted(designators(said))), said


def _pavement_end(threshold: Item, frame: Frame) -> Point | None:
    """Where a threshold says that the pavement begins."""
    place = degrees(threshold.told.get("pavement_end"))
    return None if place is None else frame.points([place])[0]


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _of_line(said: str, parts: Sequence[Item]) -> _Strip:
    points = shapely.get_coordinates([part.shape for part in parts]).tolist()
    first = max(points, key=lambda p: math.dist(p, points[0]))
    last = max(points, key=lambda p: math.dist(p, first))
    width = parts[0].metres("width_m", "width")
    return _Strip(
        said=parts[0].text("designator", "ref"),
        ends=((last[0], last[1]), (first[0], first[1])),
        width_m=USUAL_WIDTH_M if math.isnan(width) or width <= 0 else width,
        item=parts[0],
    )


def _runway(strip: _Strip, thresholds: Sequence[Item], frame: Frame) -> Runway:
    first, ends = _named(strip, frame)
    length = math.dist(*ends)
    heading = heading_deg(*ends)
    name = f"{first[0]}/{first[1]}"
    displaced = tuple(
        _displaced(designator, end, toward, thresholds)
        for designator, end, toward in zip(first, ends, (heading, heading + 180.0), strict=True)
    )
    if sum(displaced) > length / 2:
        displaced = (0.0, 0.0)
    return Runway(
        name=name,
        centre=_middle(*ends),
        heading_deg=heading,
        bearing_true_deg=round(frame.true_deg(heading), 4),
        length_m=length,
        width_m=min(max(strip.width_m, 5.0), 200.0),
        displaced_m=(displaced[0], displaced[1]),
        surface=strip.item.text("surface") or "unknown",
        hold_distance_m=next(hold for least, hold in HOLD_M if length >= least),
        pad_m=PAD_M,
        provenance=strip.item.provenance,
    )


def _named(strip: _Strip, frame: Frame) -> tuple[tuple[str, str], tuple[Point, Point]]:
    """Both numbers, and the ends in their order: the first is landed on towards its own bearing."""
    one, other = strip.ends
    bearing = frame.true_deg(heading_deg(one, other))
    found = designators(strip.said)
    if not found:
        number = f"{round(bearing / 10.0) % 36 or 36:02d}"
        return (number, opposite(number)), (one, other)
    first = found[0]
    second = found[1] if len(found) > 1 else opposite(first)
    off = abs((int(first[:2]) * 10.0 - bearing + 180.0) % 360.0 - 180.0)
    return (first, second), ((one, other) if off <= 90.0 else (other, one))


def _displaced(designator: str, end: Point, heading: float, thresholds: Sequence[Item]) -> float:
    """How far behind the pavement's end a threshold lies, along the runway."""
    towards = unit(heading)
    for threshold in thresholds:
        same = designator in designators(threshold.text("designator", "ref"))
        place = threshold.shape.representative_point()
        along = (place.x - end[0]) * towards[0] + (place.y - end[1]) * towards[1]
        aside = abs((place.x - end[0]) * towards[1] - (place.y - end[1]) * towards[0])
        if same and aside < NEAR_M:
            told = threshold.metres("displaced_m")
            return max(0.0, round(along, 2)) if math.isnan(told) else max(0.0, told)
    return 0.0


def nearest(runways: Sequence[Runway], place: Point) -> Runway | None:
    """The runway nearest to a place; ``None`` where there is none."""
    return min(runways, key=lambda r: r.line.distance(Dot(place)), default=None)
