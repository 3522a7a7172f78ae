"""Leaves out what lies nowhere near the airport: a slip of a digit, or 0 0 for "not known"."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import numpy as np

from spatiotemporal.airport_model.apt_dat.message import (
    AptAirport,
    Drawn,
    Place,
    Rectangle,
    Runway,
    Stand,
    TaxiNode,
)
from spatiotemporal.airport_model.apt_dat.rows import Oddities, Row

FAR_M = 40_000.0
"""Farther from the middle of everything than any part of any airport."""

_DEGREE_M = 111_195.0


class _OnALine(Protocol):
    @property
    def line(self) -> int: ...


One = TypeVar("One", bound=_OnALine)


def left_out(airport: AptAirport, odd: Oddities) -> AptAirport:
    """The airport without what lies more than :data:`FAR_M` from its middle; each is noted.

    Raises:
        Malformed: in strict mode.
    """
    places = list(_places(airport))
    if not places:
        return airport
    lat, lon = np.median(np.asarray(places), axis=0)
    middle = float(lat), float(lon)
    if not any(_is_far(place, middle) for place in places):
        return airport
    kept = _Sieve(middle, odd)
    return replace(
        airport,
        runways=kept.of(airport.runways, _ends),
        rectangles=kept.of(airport.rectangles, _place),
        stands=kept.of(airport.stands, _place),
        taxi_nodes=kept.of(airport.taxi_nodes, _place),
        pavements=kept.of(airport.pavements, _corners),
        lines=kept.of(airport.lines, _corners),
        boundaries=kept.of(airport.boundaries, _corners),
        objects=kept.of(airport.objects, _object_place),
    )


class _Sieve:
    """Keeps what is near a middle and notes what is not."""

    def __init__(self, middle: Place, odd: Oddities) -> None:
        self._middle, self._odd = middle, odd

    def of(self, found: Sequence[One], places: Callable[[One], Iterable[Place]]) -> tuple[One, ...]:
        """Those that lie near in whole."""
        kept = []
        for one in found:
            far = [place for place in places(one) if _is_far(place, self._middle)]
            if far:
                lat, lon = far[0]
                message = f"it lies at {lat:g} {lon:g}, far from the airport; left out"
                self._odd.add("apt-far-away", "lat/lon", one.line, message)
            else:
                kept.append(one)
        return tuple(kept)


def _places(airport: AptAirport) -> Iterable[Place]:
    for runway in airport.runways:
        yield from _ends(runway)
    yield from (one.place for one in airport.rectangles)
    yield from (one.place for one in airport.stands)
    yield from (one.place for one in airport.taxi_nodes)
    for row in airport.objects:
        yield row.place()
    for drawn in (*airport.pavements, *airport.lines, *airport.boundaries):
        yield from _corners(drawn)


def _ends(runway: Runway) -> Iterable[Place]:
    return (end.place for end in runway.ends)


def _place(one: Rectangle | Stand | TaxiNode) -> Iterable[Place]:
    return (one.place,)


def _object_place(row: Row) -> Iterable[Place]:
    return (row.place(),)


def _corners(drawn: Drawn) -> Iterable[Place]:
    for chain in drawn.chains:
        for node in chain.nodes:
            yield node.place
            if node.control is not None:
                yield node.control


def _is_far(place: Place, middle: Place) -> bool:
    north = (place[0] - middle[0]) * _DEGREE_M
    turn = (place[1] - middle[1] + 180.0) % 360.0 - 180.0
    east = turn * _DEGREE_M * math.cos(math.radians(middle[0]))
    return math.hypot(north, east) > FAR_M
