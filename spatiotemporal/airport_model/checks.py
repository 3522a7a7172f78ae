"""What must hold for an airport to be usable, and what does not hold in this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import shapely
from shapely import STRtree
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import (
    clearance_checks,
    description_checks,
    pavement,
    reach_checks,
)
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.findings import Finding, Rule, finding
from spatiotemporal.airport_model.graphs import connector_lines, taxi_graph
from spatiotemporal.airport_model.size_codes import SIZE_CODES
from spatiotemporal.airport_model.stands import Stand
from spatiotemporal.airport_model.turns import turns
from spatiotemporal.airport_model.weaving import SNAP_M

ROUNDING_M = 0.05
"""Distances this much short of a limit still meet it: coordinates are written to the centimetre."""

OFF_PAVEMENT_SHARE = 0.01
NOSE_FREE_CODES = ("D", "E", "F")
"""Letters whose noses may come nearer to a terminal than their clearance (Annex 14, 3.13.6)."""


def check(airport: Airport, *, only: str = "") -> list[Finding]:
    """Apply every rule; an empty list means that the airport is sound.

    Args:
        only: name of one rule to apply instead of all.
    """
    return [
        found
        for names, rule in (*_RULES, *_OTHER_RULES)
        if not only or only in names
        for found in rule(airport)
    ]


def _ids(airport: Airport) -> Iterable[Finding]:
    kinds: dict[str, list[str]] = {
        "runway": [runway.name for runway in airport.runways],
        "taxiway": [way.id for way in airport.taxiways],
        "apron": [apron.id for apron in airport.aprons],
        "stand": [stand.number for stand in airport.stands],
        "building": [building.id for building in airport.buildings],
        "service_road": [road.id for road in airport.roads],
        "facility": [facility.id for facility in airport.facilities],
    }
    for kind, ids in kinds.items():
        for name, times in Counter(ids).items():
            if times > 1:
                yield finding("unique-id", f"{kind} {name}", f"{times} elements have this id")


def _counts(airport: Airport) -> Iterable[Finding]:
    for apron in airport.aprons:
        found = Counter(stand.code for stand in airport.stands if stand.apron == apron.id)
        if found != Counter(apron.declared):
            message = f"declared {dict(apron.declared)}, described {dict(sorted(found.items()))}"
            yield finding("declared-counts", apron.id, message)


def _on_pavement(airport: Airport) -> Iterable[Finding]:
    ways = pavement.way_areas(airport, turns(taxi_graph(airport)))
    paved = pavement.whole(airport, ways)
    shapely.prepare(paved)
    for stand in airport.stands:
        share = stand.polygon.difference(paved).area / stand.polygon.area
        if share > OFF_PAVEMENT_SHARE:
            message = f"{share:.0%} of the stand lies off the pavement"
            yield finding("on-pavement", f"stand {stand.number}", message)


def _apart(airport: Airport) -> Iterable[Finding]:
    """Stands keep the clearance of the larger one, unless one excludes the other."""
    stands = airport.stands
    areas = [stand.polygon for stand in stands]
    if not areas:
        return
    for one, other in STRtree(areas).query(areas, predicate="dwithin", distance=7.5).T:
        if one >= other or _alternate(stands[one], stands[other]):
            continue
        needed = max(SIZE_CODES[stands[i].code].clearance_m for i in (one, other))
        gap = areas[one].distance(areas[other])
        if gap < needed - ROUNDING_M:
            pair = f"stands {stands[one].number} and {stands[other].number}"
            yield finding("stand-clearance", pair, f"{gap:.1f} m apart, {needed} m needed")


def _alternate(one: Stand, other: Stand) -> bool:
    return other.number in one.excludes or one.number in other.excludes


def _clear_of_buildings(airport: Airport) -> Iterable[Finding]:
    solid = [building for building in airport.buildings if building.use != "hangar"]
    for building in solid:
        for way in airport.taxiways:
            if LineString(way.points).intersects(building.shape):
                yield finding("taxiway-clear", way.id, f"runs into {building.id}")
        for road in airport.roads:
            if not road.tunnel and LineString(road.points).intersects(building.shape):
                yield finding("road-clear", road.id, f"runs into {building.id}")
        for stand, line in connector_lines(airport):
            if line.intersects(building.shape):
                message = f"the way to its service road runs into {building.id}"
                yield finding("connector-clear", f"stand {stand.number}", message)


def _stands_of_buildings(airport: Airport) -> Iterable[Finding]:
    """Aircraft on a stand, and on their way into it, keep clear of buildings but hangars."""
    solid = [building for building in airport.buildings if building.use != "hangar"]
    tree = STRtree([building.shape for building in solid])
    for stand in airport.stands:
        name, needed = f"stand {stand.number}", SIZE_CODES[stand.code].clearance_m
        room = stand.behind_nose if stand.code in NOSE_FREE_CODES else stand.polygon
        for index in tree.query(room, predicate="dwithin", distance=needed - ROUNDING_M):
            gap = room.distance(solid[index].shape)
            message = f"{gap:.1f} m from {solid[index].id}, {needed} m needed for code {stand.code}"
            yield finding("stand-clear", name, message)
        for index in tree.query(LineString(stand.lead_in), predicate="intersects"):
            message = f"its lead-in line runs into {solid[index].id}"
            yield finding("lead-in-clear", name, message)


def _lead_ins(airport: Airport) -> Iterable[Finding]:
    """Nobody taxis over another stand, or parks inside a taxilane's clearance."""
    stands = airport.stands
    areas = STRtree([stand.polygon for stand in stands])
    for stand in stands:
        for index in areas.query(LineString(stand.lead_in), predicate="intersects"):
            other = stands[index]
            if other.number != stand.number and not _alternate(stand, other):
                message = f"its lead-in line crosses stand {other.number}"
                yield finding("lead-in-clear", f"stand {stand.number}", message)
    for way in airport.taxiways:
        needed = clearance_checks.to_object_m(way)
        line = LineString(way.points)
        ends = shapely.MultiPoint([way.points[0], way.points[-1]])
        for index in areas.query(line, predicate="dwithin", distance=needed - ROUNDING_M):
            if ends.distance(shapely.Point(stands[index].lead_in[0])) < SNAP_M:
                continue  # the line ends here because it leads into this stand
            gap = stands[index].polygon.distance(line)
            message = f"{gap:.1f} m from {way.id}, {needed} m needed for code {way.max_code}"
            yield finding("taxilane-clearance", f"stand {stands[index].number}", message)


def _road_stands(airport: Airport) -> Iterable[Finding]:
    areas = STRtree([stand.polygon for stand in airport.stands])
    for road in airport.roads:
        half = road.width_m / 2 - ROUNDING_M
        for index in areas.query(LineString(road.points), predicate="dwithin", distance=half):
            message = f"crosses stand {airport.stands[index].number}"
            yield finding("road-stand", road.id, message)


def _runway_roads(airport: Airport) -> Iterable[Finding]:
    for runway in airport.runways:
        for road in airport.roads:
            if not road.tunnel and LineString(road.points).intersects(runway.polygon):
                yield finding("runway-crossing", road.id, f"crosses runway {runway.name}")


def _inside(airport: Airport) -> Iterable[Finding]:
    things: dict[str, BaseGeometry] = {f"runway {r.name}": r.polygon for r in airport.runways}
    things |= {f"taxiway {w.id}": LineString(w.points) for w in airport.taxiways}
    things |= {f"apron {a.id}": a.shape for a in airport.aprons}
    things |= {f"stand {s.number}": s.polygon for s in airport.stands}
    things |= {f"building {b.id}": b.shape for b in airport.buildings}
    things |= {f"service_road {r.id}": LineString(r.points) for r in airport.roads}
    things |= {f"facility {f.id}": shapely.Point(f.point) for f in airport.facilities}
    for name, shape in things.items():
        if not airport.boundary.covers(shape):
            yield finding("inside-boundary", name, "reaches beyond the boundary")


_RULES: tuple[Rule, ...] = (
    (("unique-id",), _ids),
    (("declared-counts",), _counts),
    (("inside-boundary",), _inside),
    (("on-pavement",), _on_pavement),
    (("stand-clearance",), _apart),
    (("stand-clear", "lead-in-clear"), _stands_of_buildings),
    (("taxiway-clear", "road-clear", "connector-clear"), _clear_of_buildings),
    (("lead-in-clear", "taxilane-clearance"), _lead_ins),
    (("road-stand",), _road_stands),
    (("runway-crossing",), _runway_roads),
)

_OTHER_RULES = (*reach_checks.RULES, *clearance_checks.RULES, *description_checks.RULES)
