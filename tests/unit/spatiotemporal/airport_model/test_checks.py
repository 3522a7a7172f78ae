"""Each rule finds what it is there for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from shapely import affinity
from shapely.geometry import box

from spatiotemporal.airport_model import Airport, AirportModel, Stand, check
from spatiotemporal.airport_model.check_report import report as check_report
from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.airport_model.rule_book import RULE_BOOK


def _moved(airport: Airport, number: str, x: float, y: float) -> Airport:
    """The airport with one stand, its lead-in's inner end included, moved by metres."""

    def move(stand: Stand) -> Stand:
        if stand.number != number:
            return stand
        nose = stand.nose[0] + x, stand.nose[1] + y
        return replace(stand, nose=nose, lead_in=(stand.lead_in[0], nose))

    return replace(airport, stands=tuple(move(stand) for stand in airport.stands))


def _for_small_aircraft_only(airport: Airport) -> Airport:
    ways = tuple(replace(way, max_code="B") for way in airport.taxiways)
    return replace(airport, taxiways=ways)


def _straight_road(airport: Airport, *points: tuple[float, float]) -> Airport:
    first = airport.roads[0]
    return replace(airport, roads=(*airport.roads, replace(first, id="X", points=points)))


BREAKS: dict[str, tuple[Callable[[Airport], Airport], str]] = {
    "unique-id": (lambda a: replace(a, buildings=(*a.buildings, a.buildings[0])), "building T2"),
    "declared-counts": (lambda a: replace(a, stands=a.stands[1:]), "A2"),
    "designator": (
        lambda a: replace(a, runways=(replace(a.runways[0], heading_deg=90.0), *a.runways[1:])),
        "18R",
    ),
    "inside-boundary": (
        lambda a: replace(a, boundary=affinity.scale(a.boundary, 0.8, 1.0)), "building HUB",
    ),
    "on-pavement": (lambda a: _moved(a, "401", -60.0, 0.0), "stand 401"),
    "stand-clearance": (lambda a: _moved(a, "402", 0.0, 3.5), "stands 401 and 402"),
    "stand-clear": (lambda a: _moved(a, "227", 0.0, -40.0), "stand 227"),
    "road-clear": (lambda a: _straight_road(a, (-318.0, 100.0), (-760.0, 100.0)), "X"),
    "lead-in-clear": (lambda a: _moved(a, "228", 110.0, 0.0), "stand 228"),
    "taxilane-clearance": (lambda a: _moved(a, "212", 0.0, -40.0), "stand 212"),
    "road-stand": (lambda a: _straight_road(a, (-318.0, 570.0), (-400.0, 570.0)), "X"),
    "runway-crossing": (lambda a: _straight_road(a, (-318.0, 300.0), (250.0, 300.0)), "X"),
    "near-miss": (lambda a: _straight_road(a, (-250.0, 1700.0), (-313.0, 1700.0)), "X"),
    "hold-line": (lambda a: replace(a, hold_lines=a.hold_lines[1:]), "H1"),
    "taxi-reach": (_for_small_aircraft_only, "stand 101"),
    "connected": (
        lambda a: _straight_road(a, (-900.0, 2000.0), (-900.0, 2100.0)), "ZSSS service roads",
    ),
}  # fmt: skip


def _first_building(airport: Airport, *sides: float) -> Airport:
    """The first building as a box somewhere else."""
    first, *rest = airport.buildings
    return replace(airport, buildings=(replace(first, shape=box(*sides)), *rest))


def _shifted(airport: Airport, name: str, x: float, y: float) -> Airport:
    """A taxiway moved by metres."""
    ways = [
        replace(way, points=tuple((px + x, py + y) for px, py in way.points))
        if way.id == name
        else way
        for way in airport.taxiways
    ]
    return replace(airport, taxiways=tuple(ways))


def _first_runway(airport: Airport, **changes: Any) -> Airport:
    first, *rest = airport.runways
    return replace(airport, runways=(replace(first, **changes), *rest))


def _first_hold_near(airport: Airport) -> Airport:
    first, *rest = airport.hold_lines
    near = replace(first, point=(60.0, first.point[1]))
    return replace(airport, hold_lines=(near, *rest))


def _first_stand(airport: Airport, **changes: Any) -> Airport:
    first, *rest = airport.stands
    return replace(airport, stands=(replace(first, **changes), *rest))


def _line_of_code_c(airport: Airport, x: float) -> Airport:
    """A taxiway that passes stand 286 at less than a taxiway, but more than a taxilane, needs."""
    points = ((x, -900.0), (x, -1150.0))
    way = replace(airport.taxiways[0], id="Y", max_code="C", kind="taxiway", points=points)
    return replace(airport, taxiways=(*airport.taxiways, way))


def _first_facility(airport: Airport, point: tuple[float, float]) -> Airport:
    first, *rest = airport.facilities
    return replace(airport, facilities=(replace(first, point=point), *rest))


def _nameless(airport: Airport) -> Airport:
    first, *rest = airport.aprons
    return replace(airport, aprons=(replace(first, label=Label(zh="", en="x")), *rest))


def _one_road(airport: Airport) -> Airport:
    """Facilities on the airport's first road, and no other road."""
    first, *rest = airport.roads
    joined = replace(first, points=(*first.points, rest[0].points[0]))
    return replace(airport, roads=(first, joined))


BREAKS |= {
    "two-languages": (_nameless, "apron T2"),
    "excludes": (lambda a: _first_stand(a, excludes=("999",)), "stand 212"),
    "threshold-bearing": (lambda a: _first_runway(a, bearing_true_deg=180.0), "18R/36L"),
    "threshold-distance": (lambda a: _first_runway(a, displaced_m=(2000.0, 1700.0)), "18R/36L"),
    "end-safety": (
        lambda a: replace(a, boundary=a.boundary.intersection(box(-5e3, -5e3, 5e3, 1700.0))),
        "18R",
    ),
    "strip-free": (lambda a: _first_building(a, 100.0, 0.0, 120.0, 20.0), "T2"),
    "taxiway-clear": (lambda a: _first_building(a, 600.0, 0.0, 640.0, 20.0), "A"),
    "taxiway-object": (lambda a: _first_building(a, 625.0, 0.0, 640.0, 20.0), "A"),
    "runway-taxiway": (lambda a: _shifted(a, "B", -30.0, 0.0), "B"),
    "taxiway-taxiway": (lambda a: _shifted(a, "D", 20.0, 0.0), "D"),
    "taxilane-taxilane": (lambda a: _shifted(a, "L1", 0.0, -20.0), "L1"),
    "hold-distance": (_first_hold_near, "hold H1:18R/36L:1"),
    "exit-reach": (_for_small_aircraft_only, "stand 101"),
    "road-reach": (_one_road, "stand 301"),
}


MORE: tuple[tuple[str, Callable[[Airport], Airport], str], ...] = (
    ("stand-clear", lambda a: _first_building(a, -478.0, -970.0, -433.0, -950.0), "stand 286"),
    ("lead-in-clear", lambda a: _first_building(a, -350.0, -962.0, -345.0, -958.0), "stand 286"),
    ("end-safety", lambda a: _first_building(a, -20.0, 1740.0, 20.0, 1760.0), "T2"),
    ("designator", lambda a: _first_runway(a, name="18L/36R"), "18L"),
    ("designator", lambda a: _first_runway(a, name="18R/36R"), "18R"),
    ("designator", lambda a: _first_runway(a, name="19R/37L"), "37L"),
    ("excludes", lambda a: _first_stand(a, excludes=("212",)), "stand 212"),
    (
        "road-stand",
        lambda a: _straight_road(a, (-318.0, -932.0), (-384.0, -932.0), (-384.0, -1150.0)),
        "X",
    ),
    ("taxilane-clearance", lambda a: _line_of_code_c(a, -362.0), "stand 286"),
    ("road-reach", lambda a: _first_facility(a, (-100.0, 655.0)), "facility gse-w1"),
)
"""Other ways to break a rule: rule, how, and what is named."""


@pytest.mark.parametrize(("rule", "spoil", "named"), MORE)
def test_other_breaks_are_found_out(
    rule: str, spoil: Callable[[Airport], Airport], named: str, hongqiao: AirportModel
) -> None:
    found = check(spoil(hongqiao.airport), only=rule)
    assert named in {one.element for one in found}


def test_noses_of_large_aircraft_may_come_near_a_terminal(hongqiao: AirportModel) -> None:
    stand = next(one for one in hongqiao.airport.stands if one.number == "227")
    x, y = stand.nose
    assert (stand.code, stand.heading_deg) == ("C", 180.0)
    near = _first_building(hongqiao.airport, x - 5.0, y - 10.0, x + 5.0, y - 2.0)
    assert "stand 227" in {one.element for one in check(near, only="stand-clear")}
    large = replace(near, stands=tuple(replace(s, code="E") for s in near.stands if s == stand))
    assert check(large, only="stand-clear") == []


@pytest.mark.parametrize("rule", BREAKS)
def test_a_broken_airport_is_found_out(rule: str, hongqiao: AirportModel) -> None:
    broken, element = BREAKS[rule]
    found = {
        (finding.rule, finding.element) for finding in check(broken(hongqiao.airport), only=rule)
    }
    assert (rule, element) in found


def test_every_rule_is_in_the_book_in_both_languages() -> None:
    assert set(BREAKS) <= set(RULE_BOOK)
    assert set(RULE_BOOK) - set(BREAKS) == {"connector-clear"}
    assert [r for r, label in RULE_BOOK.items() if not (label.zh and label.en)] == []


def test_a_report_shows_each_finding_in_a_picture(hongqiao: AirportModel) -> None:
    broken = _moved(hongqiao.airport, "402", 0.0, 3.5)
    findings = check(broken, only="stand-clearance")
    page = check_report(broken, findings)
    assert page.count("<svg") == 1 + len(findings) == 2
    assert "stands 401 and 402" in page
    assert "<script" not in page


def test_a_report_of_a_sound_airport_says_that_every_rule_holds(model: AirportModel) -> None:
    page = check_report(model.airport)
    assert "every rule holds" in page
    assert page.count("<td>✓</td>") == len(RULE_BOOK)
