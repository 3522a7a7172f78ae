"""Ways over the ground: the quickest one, and where something on a way is, every two metres.

Vehicles keep to the right of the middle where a road has two lanes; corners are rounded as wheels
round them, and taken slowly. A sampled way is an array of places; a distance along it is a (broken)
row number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from ai_center.conflicts.ground import Ground, NetworkKind

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

STEP_M: Final = 2.0
"""From row to row of a sampled way."""

RIGHT_M: Final = 2.2
"""From the middle of a road with two lanes to where a vehicle drives."""

ROUNDING_M: Final[dict[NetworkKind, float]] = {"taxi": 32.0, "road": 8.0}
"""Length over which a corner is smoothed: the larger, the wider the bend."""

SIDEWAYS_MPS2: Final[dict[NetworkKind, float]] = {"taxi": 0.8, "road": 1.8}
"""Acceleration towards the inside of a bend that nobody exceeds."""

SLOWING_MPS2: Final = 0.8
"""Slowing before a bend or a lower limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A sampled way.

    Attributes:
        lines: numbers of the lines it runs on, in order.
        points: shape (rows, 2), metres, a row every :data:`STEP_M`.
        speed_mps: limit at each row, those ahead considered.
        line_at: number of the line at each row.
    """

    lines: tuple[int, ...]
    points: Floats
    speed_mps: Floats
    line_at: Ints

    @property
    def length_m(self) -> float:
        """From the first row to the last."""
        return STEP_M * (len(self.points) - 1)


def quickest(
    ground: Ground, start: str, goal: str, *, shut: frozenset[int] = frozenset()
) -> tuple[int, ...]:
    """Numbers of the lines of the quickest way between two nodes; empty where there is none.

    Args:
        ground: to search.
        start: node.
        goal: node.
        shut: lines that may not be used.
    """
    queue = [(ground.seconds[line], line, -1) for line in ground.starting.get(start, ())]
    queue = sorted(entry for entry in queue if entry[1] not in shut)
    before: dict[int, int] = {}
    while queue:
        cost, line, came = heappop(queue)
        if line in before:
            continue
        before[line] = came
        if ground.lines[line].end == goal:
            return _back(before, line)
        for after in ground.following[line]:
            if after not in before and after not in shut:
                heappush(queue, (cost + ground.seconds[after], after, line))
    return ()


def sampled(ground: Ground, lines: Sequence[int], *, stops: bool = False) -> Way:
    """Sample a way every two metres.

    Args:
        ground: that the lines are of.
        lines: numbers, each following the one before.
        stops: whatever drives on it stops at its end.
    """
    first = ground.lines[lines[0]]
    places, owners = _dense(ground, lines)
    if first.network == "road":
        offsets = np.array([RIGHT_M if ground.lines[n].lanes > 1 else 0.0 for n in lines])
        places = places + offsets[owners][:, None] * _right_of(places)
    places = _smoothed(places, int(ROUNDING_M[first.network] / STEP_M))
    points, rows = _even(places)
    limit = np.array([ground.lines[n].speed_mps for n in lines])[owners[rows]]
    limit = np.minimum(limit, _in_bends(points, SIDEWAYS_MPS2[first.network]))
    if stops:
        limit[-1] = 0.3
    return Way(
        lines=tuple(lines),
        points=points,
        speed_mps=slowed(limit),
        line_at=np.asarray(lines, np.int64)[owners[rows]],
    )


def slowed(limit: Floats) -> Floats:
    """The limit that lets one slow down gently for every lower one ahead."""
    square = np.square(limit)
    rows = np.arange(len(limit)) * 2 * SLOWING_MPS2 * STEP_M
    ahead = np.minimum.accumulate((square + rows)[::-1])[::-1] - rows
    return np.asarray(np.sqrt(ahead), np.float64)


def at(values: Floats, metres: Floats) -> Floats:
    """Values along a way at some distances, between the rows where need be; clamped to its ends."""
    row = np.clip(metres / STEP_M, 0.0, len(values) - 1.0)
    low = np.minimum(row.astype(np.int64), max(len(values) - 2, 0))
    high = np.minimum(low + 1, len(values) - 1)
    share = row - low
    if values.ndim == 2:
        share = share[..., None]
    return np.asarray(values[low] + share * (values[high] - values[low]), np.float64)


def spot(values: Floats, metres: float) -> Floats:
    """What :func:`at` gives for one distance, quicker."""
    row = min(max(metres / STEP_M, 0.0), len(values) - 1.0)
    low = min(int(row), len(values) - 2)
    share = row - low
    return np.asarray((1.0 - share) * values[low] + share * values[low + 1], np.float64)


def courses(points: Floats) -> Floats:
    """Direction of motion at each row, degrees clockwise from the y axis."""
    step = np.gradient(points, axis=0)
    return np.asarray(np.mod(np.degrees(np.arctan2(step[:, 0], step[:, 1])), 360.0), np.float64)


def _back(before: dict[int, int], line: int) -> tuple[int, ...]:
    found = []
    while line >= 0:
        found.append(line)
        line = before[line]
    return tuple(reversed(found))


def _dense(ground: Ground, lines: Sequence[int]) -> tuple[Floats, Ints]:
    """Places about two metres apart, and which of the lines each belongs to."""
    places: list[tuple[float, float]] = [ground.lines[lines[0]].points[0]]
    owners = [0]
    for number, line in enumerate(lines):
        for here, there in pairwise(ground.lines[line].points):
            parts = max(1, round(math.dist(here, there) / STEP_M))
            for part in range(1, parts + 1):
                share = part / parts
                places.append(
                    (here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1]))
                )
                owners.append(number)
    return np.array(places, np.float64), np.array(owners, np.int64)


def _right_of(places: Floats) -> Floats:
    """Unit vectors to the right of the motion."""
    step = np.gradient(places, axis=0)
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)
    return np.stack([step[:, 1] / length, -step[:, 0] / length], axis=1)


def _smoothed(places: Floats, rows: int) -> Floats:
    """Running means; the ends stay where they are."""
    half = min(rows, len(places) - 1) // 2
    if half < 1:
        return places
    before = 2 * places[0] - places[half:0:-1]
    after = 2 * places[-1] - places[-2 : -half - 2 : -1]
    whole = np.concatenate([before, places, after])
    sums = np.concatenate([np.zeros((1, 2)), np.cumsum(whole, axis=0)])
    width = 2 * half + 1
    return np.asarray((sums[width:] - sums[:-width]) / width, np.float64)


def _even(places: Floats) -> tuple[Floats, Ints]:
    """The same way with rows evenly apart, and the place each row comes from."""
    gone = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(places, axis=0).T))])
    count = max(2, round(float(gone[-1]) / STEP_M) + 1)
    wanted = np.linspace(0.0, float(gone[-1]), count)
    points = np.stack([np.interp(wanted, gone, places[:, axis]) for axis in (0, 1)], axis=1)
    rows = np.minimum(np.searchsorted(gone, wanted), len(places) - 1)
    return points, np.asarray(rows, np.int64)


def _in_bends(points: Floats, sideways_mps2: float) -> Floats:
    """Speed at which the acceleration in a bend is the given one."""
    if len(points) < 3:
        return np.full(len(points), np.inf)
    course = np.unwrap(np.radians(courses(points)))
    bend = np.abs(np.gradient(course)) / STEP_M
    return np.asarray(np.sqrt(sideways_mps2 / np.maximum(bend, 1e-6)), np.float64)
