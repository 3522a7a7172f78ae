"""The ground that movers follow: taxiways and service roads as plain data.

Whoever has an airport model makes a :class:`Ground` of it (the command line does so for Hongqiao);
nothing here knows where it comes from. Places are in metres of one level frame, x to the right of y.
A line has one direction; a way that is used in both has two lines. Long lines are cut, so that what
may follow from a place on a line is soon decided.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal

from ai_center.errors import FactsRefused

Place = tuple[float, float]
"""Metres."""

NetworkKind = Literal["taxi", "road"]

LONGEST_M: Final = 120.0
"""A line is cut into pieces of at most this length."""

MOST_TURN_DEG: Final = 140.0
"""Nothing turns sharper than this from line to line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One direction of a piece of taxiway or road between two nodes.

    Attributes:
        start: and ``end``: nodes; nodes of taxiways and of roads never have the same name.
        kind: ``taxiway``, ``taxilane``, ``lead_in``, ``stand``, ``apron``, ``connector`` ...
        points: the way, in driving order, metres.
        speed_mps: the usual limit.
        lanes: 1 where two that meet cannot pass each other.
        code: largest size letter of the aircraft that may use it.
    """

    start: str
    end: str
    network: NetworkKind
    kind: str
    points: tuple[Place, ...]
    speed_mps: float
    lanes: int = 2
    code: str = "F"

    @property
    def length_m(self) -> float:
        """Sum of its pieces."""
        return sum(math.dist(a, b) for a, b in pairwise(self.points))

    @property
    def piece(self) -> frozenset[str]:
        """The same for both directions of a piece of ground."""
        return frozenset((self.start, self.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Lines, and the nodes that have a meaning.

    Attributes:
        name: e.g. ``ZSSS``.
        lines: of both networks.
        places: node by place, e.g. ``taxi stand:221``, ``taxi hold:H3:1``, ``road facility:fuel``.
        following: for each line the lines that may come after it, by number.
        starting: numbers of the lines that start at each node.
        seconds: that each line takes at its limit.
    """

    name: str
    lines: tuple[Line, ...]
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    following: tuple[tuple[int, ...], ...] = ()
    starting: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    seconds: tuple[float, ...] = ()


def ground_of(name: str, lines: Iterable[Line], places: Mapping[str, str]) -> Ground:
    """Check lines, cut the long ones and join them.

    Raises:
        FactsRefused: a line has fewer than two points, no length or no speed, or there is none.
    """
    pieces: list[Line] = []
    for number, line in enumerate(lines):
        if len(line.points) < 2 or not line.length_m > 0:
            raise FactsRefused(f"lines.{number}", "has no length")
        if not line.speed_mps > 0:
            raise FactsRefused(f"lines.{number}.speed_mps", "is not above zero")
        pieces.extend(_cut(line))
    if not pieces:
        raise FactsRefused("lines", "is empty")
    return joined(Ground(name=name, lines=tuple(pieces), places=dict(places)))


def joined(ground: Ground) -> Ground:
    """The ground with what may follow each line worked out."""
    starting: dict[str, list[int]] = {}
    for number, line in enumerate(ground.lines):
        starting.setdefault(line.start, []).append(number)
    following = tuple(
        tuple(
            after
            for after in starting.get(line.end, ())
            if ground.lines[after].end != line.start
            and turn_deg(line, ground.lines[after]) <= MOST_TURN_DEG
        )
        for line in ground.lines
    )
    return replace(
        ground,
        following=following,
        starting={node: tuple(numbers) for node, numbers in starting.items()},
        seconds=tuple(line.length_m / line.speed_mps for line in ground.lines),
    )


def narrowed(ground: Ground, pieces: Iterable[frozenset[str]]) -> Ground:
    """The ground while some pieces of road have one lane, as works leave it."""
    narrow = set(pieces)
    lines = tuple(replace(line, lanes=1) if line.piece in narrow else line for line in ground.lines)
    return replace(ground, lines=lines)


def turn_deg(line: Line, onward: Line) -> float:
    """How much, 0 to 180, the direction changes from the end of a line into another."""
    come = course_deg(line.points[-2], line.points[-1])
    go = course_deg(onward.points[0], onward.points[1])
    return abs((go - come + 180.0) % 360.0 - 180.0)


def course_deg(here: Place, there: Place) -> float:
    """Direction clockwise from the y axis, 0 to 360.

    >>> course_deg((0.0, 0.0), (5.0, 0.0))
    90.0
    """
    return math.degrees(math.atan2(there[0] - here[0], there[1] - here[1])) % 360.0


def _cut(line: Line) -> Iterable[Line]:
    """Pieces of equal length; both directions of a way are cut at the same places."""
    count = math.ceil(line.length_m / LONGEST_M)
    if count == 1:
        yield line
        return
    first, last = sorted((line.start, line.end))
    names = [line.start]
    for number in range(1, count):
        step = number if line.start == first else count - number
        names.append(f"{first}~{last}#{step}")
    names.append(line.end)
    length = line.length_m / count
    for number in range(count):
        yield replace(
            line,
            start=names[number],
            end=names[number + 1],
            points=_between(line.points, number * length, (number + 1) * length),
        )


def _between(points: tuple[Place, ...], start_m: float, end_m: float) -> tuple[Place, ...]:
    """The part of a way between two distances along it."""
    kept: list[Place] = []
    gone = 0.0
    for here, there in pairwise(points):
        length = math.dist(here, there)
        for at in (start_m, end_m):
            if gone <= at <= gone + length and length > 0:
                share = (at - gone) / length
                spot = (
                    here[0] + share * (there[0] - here[0]),
                    here[1] + share * (there[1] - here[1]),
                )
                if not kept or math.dist(kept[-1], spot) > 1e-6:
                    kept.append(spot)
        gone += length
        if start_m < gone < end_m and math.dist(kept[-1], there) > 1e-6:
            kept.append(there)
    return tuple(kept)
