"""Rules about what a description says of itself: bearings, lengths, names, references, roads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pyproj import Geod

from spatiotemporal.airport_model.designators import opposite
from spatiotemporal.airport_model.elements import Airport, Runway
from spatiotemporal.airport_model.findings import Finding, Rule, finding
from spatiotemporal.airport_model.graphs import connector_lines, facility_lines, taxi_graph
from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.airport_model.routing.router import Router
from spatiotemporal.airport_model.runway_exits import runway_exits

EARTH = Geod(ellps="WGS84")
BEARING_DEG = 0.1
DESIGNATOR_TOLERANCE_DEG = 20.0
"""Parallel runways get neighbouring numbers, so a number may be this far from the bearing."""

LENGTH_SHARE = 1e-3
LONGEST_CONNECTOR_M = 150.0
"""A stand farther than this from any road has no road."""


def _designators(airport: Airport) -> Iterable[Finding]:
    """Numbers are runways' own, fit the bearing, and those of two ends fit each other."""
    seen = Counter(end.designator for runway in airport.runways for end in runway.ends)
    for designator, times in seen.items():
        if times > 1:
            yield finding("designator", designator, f"{times} runway ends have this number")
    for runway in airport.runways:
        first, second = (end.designator for end in runway.ends)
        wrong = [name for name in (first, second) if not _is_number(name)]
        for name in wrong:
            yield finding("designator", name, "does not begin with two digits from 01 to 36")
        if not wrong and second != opposite(first):
            message = f"the other end is {second}; expected {opposite(first)}"
            yield finding("designator", first, message)
        if not wrong:
            yield from _off_bearing(airport, runway)


def _is_number(designator: str) -> bool:
    return designator[:2].isdecimal() and 1 <= int(designator[:2]) <= 36


def _off_bearing(airport: Airport, runway: Runway) -> Iterable[Finding]:
    for end in runway.ends:
        bearing = airport.frame.true_deg(end.heading_deg)
        painted = int(end.designator[:2]) * 10.0
        off = abs((painted - bearing + 180.0) % 360.0 - 180.0)
        if off > DESIGNATOR_TOLERANCE_DEG:
            message = f"bearing {bearing:.1f} is {off:.1f} degrees from the number"
            yield finding("designator", end.designator, message)


def _bearings(airport: Airport) -> Iterable[Finding]:
    """Thresholds lie on the declared bearing and as far apart as declared, measured on the earth."""
    for runway in airport.runways:
        first, second = runway.ends
        (lat1, lon1), (lat2, lon2) = airport.frame.positions([first.threshold, second.threshold])
        bearing, _, metres = EARTH.inv(lon1, lat1, lon2, lat2)
        off = abs((bearing - runway.bearing_true_deg + 180.0) % 360.0 - 180.0)
        if off > BEARING_DEG:
            message = (
                f"thresholds lie on {bearing % 360:.2f}, declared is {runway.bearing_true_deg}"
            )
            yield finding("threshold-bearing", runway.name, message, first.threshold)
        declared = runway.length_m - first.displaced_m - second.displaced_m
        if declared <= 0 or abs(metres - declared) > LENGTH_SHARE * declared:
            message = f"thresholds are {metres:.1f} m apart, declared are {declared:.1f} m"
            yield finding("threshold-distance", runway.name, message, first.threshold)


def _exits_reach(airport: Airport) -> Iterable[Finding]:
    """From every runway exit there is a way to every stand, at the stand's size."""
    network = taxi_graph(airport)
    router = Router(network, airport.frame)
    nodes = {
        exit.node: exit.taxiway
        for runway in airport.runways
        for end in runway.ends
        for exit in runway_exits(airport, network, end.designator)
    }
    for code in sorted({stand.code for stand in airport.stands}):
        stands = [stand for stand in airport.stands if stand.code == code]
        for node, taxiway in nodes.items():
            reached = router.reached([node], code, router.free)
            missing = [s for s in stands if network.node(f"stand:{s.number}") not in reached]
            for stand in missing:
                message = f"no way from exit {taxiway} at code {code}"
                yield finding("exit-reach", f"stand {stand.number}", message, stand.nose)


def _excludes(airport: Airport) -> Iterable[Finding]:
    """Stands that exclude each other say so of stands that exist."""
    known = {stand.number for stand in airport.stands}
    for stand in airport.stands:
        for other in stand.excludes:
            if other not in known:
                message = f"excludes {other}, which does not exist"
                yield finding("excludes", f"stand {stand.number}", message, stand.nose)
            elif other == stand.number:
                yield finding("excludes", f"stand {other}", "excludes itself", stand.nose)


def _labels(airport: Airport) -> Iterable[Finding]:
    """Everything with a name has it in both languages."""
    named: dict[str, Label] = {f"apron {a.id}": a.label for a in airport.aprons}
    named |= {f"building {b.id}": b.label for b in airport.buildings}
    named |= {f"facility {f.id}": f.label for f in airport.facilities}
    for name, label in named.items():
        if not (label.zh.strip() and label.en.strip()):
            yield finding("two-languages", name, "a name is missing in one language")


def _connectors(airport: Airport) -> Iterable[Finding]:
    """Every stand and facility has a service road near it."""
    for stand, line in connector_lines(airport):
        if line.length > LONGEST_CONNECTOR_M:
            message = f"the next service road is {line.length:.0f} m away"
            yield finding("road-reach", f"stand {stand.number}", message, stand.nose)
    for facility, line in facility_lines(airport):
        if line.length > LONGEST_CONNECTOR_M:
            message = f"the next service road is {line.length:.0f} m away"
            yield finding("road-reach", f"facility {facility.id}", message, facility.point)


RULES: tuple[Rule, ...] = (
    (("designator",), _designators),
    (("threshold-bearing", "threshold-distance"), _bearings),
    (("exit-reach",), _exits_reach),
    (("excludes",), _excludes),
    (("two-languages",), _labels),
    (("road-reach",), _connectors),
)
