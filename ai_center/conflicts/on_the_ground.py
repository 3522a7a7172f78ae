"""Our forecast: movers follow the ground, at the speeds that are driven there.

Each future of a mover takes one of the routes that may follow, by their chances, drives at its own
share of the limits (near the share it drives now), and gets there as fast as it can gain or lose
speed. Who is on no line goes straight on; who stands stays.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.special import ndtri

from ai_center.conflicts.clouds import EVERY_S, FUTURES, HORIZON_S, ROWS, Cloud, Singles, drawn
from ai_center.conflicts.constant_velocity import STANDS_MPS, ConstantVelocity
from ai_center.conflicts.fans import Fans
from ai_center.conflicts.ground import Ground
from ai_center.conflicts.matching import Matched, Matcher
from ai_center.conflicts.memory import Memory, Motion
from ai_center.conflicts.movers import Picture
from ai_center.conflicts.narrow import Narrow
from ai_center.conflicts.paths import STEP_M, Floats, Ints
from ai_center.conflicts.turns import Turns

PLACE_ERROR_M: Final = 1.3
KEEPS: Final = 0.85
"""Of the share of the limit that a mover drives now, the rest is what others usually drive."""
USUAL: Final = (0.95, 0.12)
"""Share of the limits that is driven, and how it differs from driver to driver."""
STEADY: Final = 0.05
"""How the share differs from what is seen."""
GAIN_MPS2: Final = {"vehicle": 0.8, "aircraft": 0.4}
LOSE_MPS2: Final = 1.5
TAIL_FIRST_DEG: Final = 90.0


class OnTheGround:
    """Forecasts along routes."""

    def __init__(self, ground: Ground) -> None:
        """Forecast on a ground."""
        self._matcher = Matcher(ground)
        self._fans = Fans(ground, Turns(ground), HORIZON_S)
        self._straight = ConstantVelocity()
        self._narrow = Narrow(ground)

    def matched(self, picture: Picture, motion: Motion, memory: Memory) -> Matched:
        """Find everybody's line, and remember it."""
        found = self._matcher.matched(picture, motion.line)
        memory.on_lines(picture, found.line)
        return found

    def narrow_m(self, matched: Matched) -> Floats:
        """Metres to the next piece with one lane; below zero inside one, unknown where none is near."""
        return self._narrow.ahead_m(matched)

    def cloud(self, picture: Picture, motion: Motion, matched: Matched) -> Cloud:
        """Possible futures of everybody in a picture."""
        count = len(picture)
        cloud = Cloud(
            middle=np.empty((count, FUTURES, ROWS, 2), np.float32),
            ahead=np.empty((count, FUTURES, ROWS, 2), np.float32),
            gone_m=np.empty((count, FUTURES, ROWS), np.float32),
        )
        follows = (matched.line >= 0) & (motion.speed_mps > STANDS_MPS)
        rows, others = np.flatnonzero(follows), np.flatnonzero(~follows)
        if len(rows):
            middle, ahead, gone = self._followed(picture, motion, matched, rows)
            cloud.middle[rows], cloud.ahead[rows], cloud.gone_m[rows] = middle, ahead, gone
        if len(others):
            rest = self._straight.cloud(picture.rows(others), motion.rows(others))
            cloud.middle[others], cloud.ahead[others] = rest.middle, rest.ahead
            cloud.gone_m[others] = rest.gone_m
        return cloud

    def _followed(
        self, picture: Picture, motion: Motion, matched: Matched, rows: Ints
    ) -> tuple[Singles, Singles, Singles]:
        movers = [picture.movers[row] for row in rows.tolist()]
        chosen = drawn(movers)
        fan = self._fans.of(matched.line[rows])
        route = (chosen[..., 0, None] > self._fans.chances[fan][:, None]).sum(axis=2)
        noise = ndtri(chosen[..., 1:])
        start = matched.along_m[rows][:, None] + PLACE_ERROR_M * noise[..., 0]
        start = np.maximum(start, 0.0)
        gains = np.array([GAIN_MPS2[mover.kind] for mover in movers])
        speed = motion.speed_mps[rows][:, None] + 0.15 * noise[..., 1]
        drive = _Drive(self._fans, fan, route)
        gone = drive.gone(start, np.maximum(speed, 0.1), noise, gains)
        turned = picture.heading_deg[rows] - picture.course_deg[rows]
        back = np.abs(np.mod(turned + 180.0, 360.0) - 180.0) > TAIL_FIRST_DEG
        behind = np.array([mover.middle_m for mover in movers])
        nose = np.where(back, -1.0, 1.0)[:, None, None]
        at = start[..., None] + gone
        middle, ahead = drive.places(at - nose * behind[:, None, None])
        return middle, ahead * nose[..., None].astype(np.float32), gone.astype(np.float32)


class _Drive:
    """Drives on the routes of fans, all futures at once."""

    def __init__(self, fans: Fans, fan: Ints, route: Ints) -> None:
        count = len(fan)
        base = (fan[:, None] * fans.points.shape[1] + route) * fans.rows
        self._base = base.reshape(count, FUTURES)
        self._ends = fans.ends[fan[:, None], route]
        self._limit = fans.speed_mps.reshape(-1)
        self._points = fans.points.reshape(-1, 2)
        self._ahead = fans.ahead.reshape(-1, 2)

    def limit(self, metres: Floats) -> Floats:
        """Speed limit of each future where it is."""
        row = np.minimum((metres / STEP_M + 0.5).astype(np.int64), self._ends)
        return np.asarray(self._limit[self._base + row], np.float64)

    def gone(self, start: Floats, speed: Floats, noise: Floats, gains: Floats) -> Floats:
        """Metres driven from now on, shape (movers, futures, rows)."""
        here = self.limit(start)
        usual = np.clip(USUAL[0] + USUAL[1] * noise[..., 2], 0.6, 1.3)
        now = np.clip(speed / here, 0.3, 1.3)
        share = np.where(
            speed > 0.5 * here,
            KEEPS * now + (1 - KEEPS) * usual + STEADY * noise[..., 3],
            usual,
        )
        most = STEP_M * self._ends
        at, gone = start.copy(), np.zeros((*start.shape, ROWS))
        for second in range(1, HORIZON_S + 1):
            wanted = share * self.limit(at)
            speed = np.clip(wanted, speed - LOSE_MPS2, speed + gains[:, None])
            at = np.minimum(at + speed, np.maximum(most, start))
            if second % EVERY_S == 0:
                gone[..., second // EVERY_S] = at - start
        return gone

    def places(self, metres: Floats) -> tuple[Singles, Singles]:
        """Where futures are so far along their routes, and which way they look.

        Before the start of a route and after its end they are straight on.
        """
        most = self._ends[..., None].astype(np.float64)
        row = metres / STEP_M
        inside = np.clip(row, 0.0, most)
        low = np.minimum(inside.astype(np.int64), np.maximum(self._ends[..., None] - 1, 0))
        share = (inside - low).astype(np.float32)[..., None]
        first = self._base[..., None] + low
        points = self._points[first]
        points = points + share * (self._points[first + 1] - points)
        ahead = self._ahead[first]
        beyond = ((row - inside) * STEP_M).astype(np.float32)[..., None]
        return points + beyond * ahead, ahead
