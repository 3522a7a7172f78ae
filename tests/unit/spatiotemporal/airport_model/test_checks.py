"""Each rule finds what it is there for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from shapely import affinity

from spatiotemporal.airport_model import Airport, AirportModel, Stand, check


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


@pytest.mark.parametrize("rule", BREAKS)
def test_a_broken_airport_is_found_out(rule: str, hongqiao: AirportModel) -> None:
    broken, element = BREAKS[rule]
    found = {(finding.rule, finding.element) for finding in check(broken(hongqiao.airport))}
    assert (rule, element) in found
