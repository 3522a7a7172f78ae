"""Where movers really are, second by second, and how close two of them come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ai_center.conflicts.movers import Mover, unit
from ai_center.conflicts.paths import STEP_M, Floats, Way, at, courses, spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A mover's way through a day, a row each second.

    Attributes:
        mover: who.
        start_s: second of the first row.
        points: shape (seconds, 2), metres, where it is seen (an aircraft's nose).
        speed_mps: at each second.
        course_deg: of its motion.
        heading_deg: of its body.
        planted: which kind of planted conflict it has a part in; empty for ordinary traffic.
    """

    mover: Mover
    start_s: int
    points: Floats
    speed_mps: Floats
    course_deg: Floats
    heading_deg: Floats
    planted: str = ""

    @property
    def end_s(self) -> int:
        """Second after the last row."""
        return self.start_s + len(self.points)

    def cut(self, start_s: int, end_s: int) -> Track:
        """The part between two seconds; may be empty."""
        part = slice(max(0, start_s - self.start_s), max(0, end_s - self.start_s))
        return replace(
            self,
            start_s=max(start_s, self.start_s),
            points=self.points[part],
            speed_mps=self.speed_mps[part],
            course_deg=self.course_deg[part],
            heading_deg=self.heading_deg[part],
        )

    def circles(self) -> Floats:
        """Middles of its protected circles, shape (circles, seconds, 2)."""
        return circles_of(self.mover, self.points, self.heading_deg)


def circles_of(mover: Mover, points: Floats, heading_deg: Floats) -> Floats:
    """Middles of the protected circles of a body, shape (circles, ..., 2)."""
    ahead = unit(heading_deg)
    middle = points - mover.middle_m * ahead
    if mover.ends_m == 0:
        return middle[None]
    return np.stack([middle + mover.ends_m * ahead, middle - mover.ends_m * ahead])


def driven(
    way: Way,
    *,
    factor: float,
    speed_mps: float = 0.0,
    gain_mps2: float = 0.8,
    brake_mps2: float = 0.8,
    halts: Sequence[tuple[float, int]] = (),
) -> Floats:
    """Distance along a way at each second, from its start to its end.

    Args:
        way: to drive; its limits are kept.
        factor: of the limits that is driven.
        speed_mps: at the start.
        gain_mps2: acceleration.
        brake_mps2: deceleration before halts.
        halts: distances at which it stands, in order, and for how many seconds.
    """
    gone, speed, waits = [0.0], speed_mps, list(halts)
    end = way.length_m
    while gone[-1] < end - 0.3:
        here = gone[-1]
        wanted = factor * float(spot(way.speed_mps, here))
        if waits:
            left = waits[0][0] - here
            wanted = min(wanted, (2 * brake_mps2 * max(left - 0.5, 0.0)) ** 0.5)
            if left < 1.5 and wanted < 1.2:
                gone.extend([here] * waits.pop(0)[1])
                speed = 0.0
                continue
        speed = max(min(wanted, speed + gain_mps2), speed - 2.0, 0.3)
        gone.append(min(here + speed, end))
    return np.array(gone, np.float64)


def along(mover: Mover, way: Way, gone: Floats, *, start_s: int, tail_first: bool = False) -> Track:
    """The track of a drive."""
    course = courses(way.points)
    row = np.clip(np.round(gone / STEP_M).astype(np.int64), 0, len(course) - 1)
    heading = np.mod(course + 180.0, 360.0) if tail_first else course
    return Track(
        mover=mover,
        start_s=start_s,
        points=at(way.points, gone),
        speed_mps=np.append(np.diff(gone), 0.0),
        course_deg=course[row],
        heading_deg=heading[row],
    )


def chained(parts: Sequence[Track]) -> Track:
    """Tracks one after the other, as one."""
    return replace(
        parts[0],
        points=np.concatenate([part.points for part in parts]),
        speed_mps=np.concatenate([part.speed_mps for part in parts]),
        course_deg=np.concatenate([part.course_deg for part in parts]),
        heading_deg=np.concatenate([part.heading_deg for part in parts]),
    )


def gaps(one: Track, other: Track) -> tuple[int, Floats]:
    """Metres between the protected areas of two tracks in every second that both are there.

    Returns:
        The first common second, and the least gap from each second to the next; below zero the
        areas overlap. Empty where they are never there together.
    """
    start, end = max(one.start_s, other.start_s), min(one.end_s, other.end_s)
    if end - start < 2:
        return start, np.zeros(0)
    first = one.cut(start, end).circles()
    second = other.cut(start, end).circles()
    apart = first[:, None] - second[None]
    closest = closest_m(apart).min(axis=(0, 1))
    return start, closest - one.mover.radius_m - other.mover.radius_m


def closest_m(apart: Floats) -> Floats:
    """Least distance while something moves straight from row to row.

    Args:
        apart: shape (..., rows, 2), from one to the other, metres.

    Returns:
        Shape (..., rows - 1).
    """
    start, step = apart[..., :-1, :], np.diff(apart, axis=-2)
    square = np.maximum(np.square(step).sum(axis=-1), 1e-9)
    share = np.clip(-(start * step).sum(axis=-1) / square, 0.0, 1.0)
    nearest = start + share[..., None] * step
    return np.asarray(np.hypot(nearest[..., 0], nearest[..., 1]), np.float64)
