"""Looks at pictures one after the other and tells of conflicts before they come.

An alert is raised when the chance of a conflict has been above the threshold in two pictures running,
and ends when it has stayed below half of it for some seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from ai_center.conflicts.constant_velocity import ConstantVelocity
from ai_center.conflicts.encounters import Encounters, encounters
from ai_center.conflicts.ground import Ground
from ai_center.conflicts.memory import Memory
from ai_center.conflicts.movers import Picture
from ai_center.conflicts.on_the_ground import OnTheGround
from ai_center.conflicts.overlaps import SEEN_PARKED_M, Parking, pair_of
from ai_center.conflicts.reactions import Habits, Needs, needs, nobody_reacts

CONFIRMED: Final = 2
"""Pictures running in which the chance is above the threshold before an alert is raised."""
QUIET_S: Final = 6.0
"""A chance below half of the threshold for so long ends an alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """A pair that may come too close.

    Attributes:
        pair: names, in order.
        chance: of a conflict within the horizon.
        seconds: until it comes.
    """

    pair: tuple[str, str]
    chance: float
    seconds: float


class Method(Protocol):
    """Turns pictures, in order of time, into what may happen."""

    def foreseen(self, picture: Picture) -> list[Foreseen]:
        """Pairs that may come too close, as seen now."""
        ...

    def remember(self, picture: Picture) -> None:
        """Take a picture in of which nothing is asked."""
        ...


class StraightOn:
    """The method to beat: constant velocity, no reactions."""

    def __init__(self, ground: Ground | None = None) -> None:
        """Know the ground, if any, only to tell who is parked."""
        self._parking = Parking(ground)
        self._memory = Memory()
        self._forecast = ConstantVelocity()

    def foreseen(self, picture: Picture) -> list[Foreseen]:
        """See the protocol."""
        motion = self._memory.motion(picture)
        cloud = self._forecast.cloud(picture, motion)
        found = encounters(picture, cloud, parked_in(picture, self._parking))
        return listed(picture, found, found.chance)

    def remember(self, picture: Picture) -> None:
        """See the protocol."""
        self._memory.motion(picture)


class AlongRoutes:
    """Our method: routes, speed profiles, and whether somebody reacts."""

    def __init__(
        self,
        ground: Ground,
        *,
        forecast: OnTheGround | None = None,
        habits: Habits | None = None,
    ) -> None:
        """Forecast on a ground.

        Args:
            ground: with taxiways and roads.
            forecast: on that ground, to be shared; made here when there is none.
            habits: learnt of reactions.
        """
        self._parking = Parking(ground)
        self._memory = Memory()
        self._forecast = forecast or OnTheGround(ground)
        self._habits = habits or Habits()

    def foreseen(self, picture: Picture) -> list[Foreseen]:
        """See the protocol."""
        found, wanted = self.encounters(picture)
        return listed(picture, found, found.chance * nobody_reacts(wanted, self._habits))

    def remember(self, picture: Picture) -> None:
        """See the protocol."""
        self._forecast.matched(picture, self._memory.motion(picture), self._memory)

    def encounters(self, picture: Picture) -> tuple[Encounters, Needs]:
        """Encounters of a picture, and what the two of each would have to do."""
        motion = self._memory.motion(picture)
        matched = self._forecast.matched(picture, motion, self._memory)
        cloud = self._forecast.cloud(picture, motion, matched)
        found = encounters(picture, cloud, parked_in(picture, self._parking))
        return found, needs(picture, motion, found, self._forecast.narrow_m(matched))


def parked_in(picture: Picture, parking: Parking) -> np.ndarray:
    """Who of a picture is a parked vehicle."""
    vehicles = np.array([mover.kind == "vehicle" for mover in picture.movers], np.bool_)
    if not len(picture):
        return vehicles
    near = parking.parked(picture.points, picture.speed_mps, SEEN_PARKED_M)
    return np.asarray(vehicles & near, np.bool_)


def listed(picture: Picture, found: Encounters, chance: np.ndarray) -> list[Foreseen]:
    """Encounters as a list, by the names of the movers."""
    names = [mover.name for mover in picture.movers]
    return [
        Foreseen(pair=pair_of(names[one], names[other]), chance=float(p), seconds=float(s))
        for one, other, p, s in zip(
            found.first.tolist(), found.second.tolist(), chance, found.seconds, strict=True
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Somebody is told.

    Attributes:
        pair: names of the two.
        second: at which it is raised.
        chance: of the conflict.
        expected_s: until it comes.
    """

    pair: tuple[str, str]
    second: float
    chance: float
    expected_s: float


@dataclass(slots=True)
class _Running:
    above: int = 0
    raised: bool = False
    last_s: float = 0.0


class Watch:
    """Keeps the state of alerts from picture to picture."""

    def __init__(self, threshold: float) -> None:
        """Raise alerts from a chance on."""
        self._threshold = threshold
        self._pairs: dict[tuple[str, str], _Running] = {}

    def raised(self, second: float, foreseen: list[Foreseen]) -> list[Alert]:
        """Alerts that are new at this second."""
        found = []
        seen = {entry.pair: entry for entry in foreseen if entry.chance >= self._threshold / 2}
        for pair, entry in seen.items():
            running = self._pairs.setdefault(pair, _Running())
            running.last_s = second
            running.above = running.above + 1 if entry.chance >= self._threshold else 0
            if running.above >= CONFIRMED and not running.raised:
                running.raised = True
                found.append(
                    Alert(pair=pair, second=second, chance=entry.chance, expected_s=entry.seconds)
                )
        for pair in [p for p in self._pairs if p not in seen]:
            running = self._pairs[pair]
            running.above = 0
            if second - running.last_s >= QUIET_S:
                del self._pairs[pair]
        return found
