"""Holding points lie on every line that leads onto a runway, however it comes there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spatiotemporal.airport_model import Airport, AirportModel, check, hold_lines

Line = tuple[tuple[float, float], ...]


def held(airport: Airport, *lines: Line) -> Airport:
    """The airport with more taxiways, and the holding points of all."""
    first = airport.taxiways[0]
    more = [
        replace(first, id=f"X{n}", name=f"X{n}", points=points)
        for n, points in enumerate(lines, start=1)
    ]
    ways = (*airport.taxiways, *more)
    return replace(airport, taxiways=ways, hold_lines=hold_lines.place(airport.runways, ways))


def test_a_line_that_branches_off_inside_the_strip_has_one(hongqiao: AirportModel) -> None:
    """It leaves H2 60 m from the middle of 18R/36L and joins B."""
    airport = held(hongqiao.airport, ((60.0, 1490.0), (182.0, 1400.0)))
    (found,) = [hold for hold in airport.hold_lines if hold.taxiway == "X1"]
    assert found.runway == "18R/36L"
    assert found.point[0] == pytest.approx(90.0)
    assert check(airport, only="hold-line") == []


def test_a_line_that_only_passes_through_a_strip_has_none(hongqiao: AirportModel) -> None:
    """It cuts a corner of the strip behind the runway's end and meets no other line there."""
    airport = held(hongqiao.airport, ((-200.0, 1690.0), (60.0, 1690.0), (60.0, 1900.0)))
    assert not [hold for hold in airport.hold_lines if hold.taxiway == "X1"]
    assert airport.hold_lines == hongqiao.airport.hold_lines
