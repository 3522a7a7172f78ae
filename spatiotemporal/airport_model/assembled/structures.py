"""Boundary, aprons, buildings and facilities from their layers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.assembled.sheet import Item, Sheet, areas
from spatiotemporal.airport_model.elements import Apron, Building, Facility

USES = ("terminal", "hangar", "cargo", "service", "tank", "tower", "transport", "parking")
HEIGHTS_M = {
    "terminal": 18.0, "hangar": 16.0, "cargo": 12.0, "service": 8.0, "tank": 12.0, "tower": 30.0,
    "transport": 15.0, "parking": 12.0,
}  # fmt: skip
"""Heights that stand in by use where nobody says one."""

STOREY_M = 4.0
TALLEST_M = 400.0
AROUND_M = 200.0
"""A boundary that nobody drew goes round everything at this distance."""

LAND = (
    "runway", "runway_line", "taxiway", "apron", "taxi_line", "taxi_edge", "stand", "stand_line",
    "stand_location", "helipad", "building", "hold_line", "service_road",
)  # fmt: skip
"""Layers of the airport itself; points further out, such as beacons, do not stretch it."""


def boundary(sheet: Sheet) -> tuple[Polygon, bool]:
    """The airport's outline, and whether it had to be derived."""
    drawn = [part for item in sheet.items("boundary") for part in areas(item.shape)]
    if drawn:
        whole = areas(shapely.union_all(drawn))
        if len(whole) == 1:
            return whole[0], False
        return areas(shapely.convex_hull(MultiPolygon(whole)))[0], False
    shapes = [item.shape for layer in LAND for item in sheet.items(layer)]
    shapes = shapes or [item.shape for layer in sheet.layers for item in sheet.items(layer)]
    hull = shapely.convex_hull(shapely.GeometryCollection(shapes))
    return Polygon(hull.buffer(AROUND_M, quad_segs=4).exterior), True


def paved(sheet: Sheet) -> BaseGeometry:
    """Taxiway pavement, which no other element stands for."""
    parts = [part for item in sheet.items("taxiway") for part in areas(item.shape)]
    return shapely.union_all(parts) if parts else MultiPolygon()


def grass(sheet: Sheet) -> MultiPolygon:
    """Drawn grass."""
    return MultiPolygon([p for item in sheet.items("grass") for p in areas(item.shape)])


def _unique(items: Iterable[Item], name: str) -> Iterable[tuple[str, Item]]:
    seen: Counter[str] = Counter()
    for item in items:
        key = item.key or name
        seen[key] += 1
        yield (key if seen[key] == 1 else f"{key}~{seen[key]}"), item


def aprons(sheet: Sheet) -> tuple[Apron, ...]:
    """Aprons; what each declares is filled in when the stands are known."""
    return tuple(
        Apron(
            id=key,
            label=item.label,
            shape=shapely.union_all(parts),
            declared={},
            provenance=item.provenance,
        )
        for key, item in _unique(sheet.items("apron"), "apron")
        if (parts := areas(item.shape))
    )


def declaring(found: Sequence[Apron], codes: Iterable[tuple[str, str]]) -> tuple[Apron, ...]:
    """Aprons that declare the stands that lie on them.

    Args:
        codes: apron and size letter of each stand.
    """
    counts = Counter(codes)
    return tuple(
        replace(
            apron,
            declared={code: n for (on, code), n in sorted(counts.items()) if on == apron.id},
        )
        for apron in found
    )


def buildings(sheet: Sheet) -> tuple[Building, ...]:
    """Buildings with storeys and height as told, else by use."""
    made: list[Building] = []
    for key, item in _unique(sheet.items("building"), "building"):
        parts = areas(item.shape)
        if parts:
            use = item.text("use")
            use = use if use in USES else "service"
            height, storeys = _height(item, use)
            made.append(
                Building(
                    id=key,
                    label=item.label,
                    use=use,
                    shape=shapely.union_all(parts),
                    storeys=storeys,
                    height_m=height,
                    provenance=item.provenance,
                )
            )
    return tuple(made)


def _height(item: Item, use: str) -> tuple[float, int]:
    height = item.metres("height_m", "height")
    levels = item.metres("storeys", "building:levels")
    if math.isnan(height):
        height = levels * STOREY_M if levels > 0 else HEIGHTS_M[use]
    height = min(max(height, 2.5), TALLEST_M)
    storeys = levels if 1 <= levels <= 200 else height / STOREY_M if use != "hangar" else 1
    return height, max(1, round(storeys))


def facilities(sheet: Sheet) -> tuple[Facility, ...]:
    """Places of service vehicles."""
    made: list[Facility] = []
    for key, item in _unique(sheet.items("facility"), "facility"):
        place = item.shape.representative_point()
        made.append(
            Facility(
                id=key,
                label=item.label,
                use=item.text("use") or "vehicle_park",
                point=(place.x, place.y),
                provenance=item.provenance,
            )
        )
    return tuple(made)
