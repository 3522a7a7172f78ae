"""Whether somebody will react in time: told by how hard each would have to brake, and whether it does.

Drivers who see a conflict begin to brake before it gets hard. How hard each let it get before braking is
learnt from encounters of training days that came to nothing. Somebody who would have to brake harder
than nearly all of them did, and does not brake, has probably overlooked the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from ai_center.conflicts.encounters import IN_LINE, Encounters
from ai_center.conflicts.memory import Motion
from ai_center.conflicts.movers import Picture
from ai_center.conflicts.paths import Floats

Manner = Literal["following", "head-on", "crossing", "aircraft"]
MANNERS: Final[tuple[Manner, ...]] = ("following", "head-on", "crossing", "aircraft")
FOLLOWING, HEAD_ON, CROSSING, AIRCRAFT = range(4)

SHORT_M: Final = 3.0
"""Drivers stop this far short at least."""
BUMPER_M: Final = 0.5
"""In a queue they stop nearer than that."""
CREEPS_MPS: Final = 3.0
"""Who closes up to a queue slower than this is taken to stop in time."""
LEAST_ROOM_M: Final = 0.5
BRAKES_MPS2: Final = 0.35
BRAKES_SHARE: Final = 0.4
"""Braking this hard, in absolute terms and of what is needed, is a reaction."""
GOES_ON: Final = 0.05
"""Chance that a reaction does not suffice."""
SMOOTH: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What was learnt of reactions.

    Attributes:
        needed_mps2: by manner, sorted: how hard braking had become needed, at most, before those
            reacted who did.
        overlooked: by manner, share of encounters in which nobody reacted.
    """

    needed_mps2: Mapping[str, tuple[float, ...]] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(MANNERS, (0.5, 0.8, 1.1)))
    )
    overlooked: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(MANNERS, 0.05))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What the two of every encounter would have to do; shape (pairs, 2) each.

    Attributes:
        manner: number of the manner, shape (pairs,).
        brake_mps2: how hard each would have to brake from now on.
        answers: who is expected to react.
        brakes: who does.
    """

    manner: np.ndarray
    brake_mps2: Floats
    answers: np.ndarray
    brakes: np.ndarray


def needs(picture: Picture, motion: Motion, found: Encounters, narrow_m: Floats) -> Needs:
    """Work out who would have to brake, and how hard.

    Args:
        picture: of now.
        motion: of its movers.
        found: encounters of it.
        narrow_m: metres from each mover to a piece with one lane, see ``OnTheGround.narrow_m``.
    """
    both = np.stack([found.first, found.second], axis=1)
    speed, gain, narrow = motion.speed_mps[both], motion.gain_mps2[both], narrow_m[both]
    aircraft = np.array([m.kind == "aircraft" for m in picture.movers], np.bool_)[both]
    manner = _manner(found, aircraft, narrow)
    room = found.gone_m - SHORT_M
    room = np.where((manner == HEAD_ON)[:, None], np.minimum(room, narrow), room)
    gap = (found.apart_m - BUMPER_M)[:, None]
    room = np.where((manner == FOLLOWING)[:, None], gap, room)
    brake = np.square(speed) / (2 * np.maximum(room, LEAST_ROOM_M))
    creeps = (manner == FOLLOWING)[:, None] & (speed < CREEPS_MPS)
    brake = np.where(creeps, 0.0, brake)
    answers = np.ones(both.shape, np.bool_)
    mixed = aircraft.any(axis=1) & ~aircraft.all(axis=1)
    answers[mixed] = ~aircraft[mixed]  # an aircraft has the right of way
    behind = np.stack([found.behind > 0, found.behind < 0], axis=1)
    answers = np.where((manner == FOLLOWING)[:, None], behind, answers)
    answers &= ~((manner == HEAD_ON)[:, None] & (narrow < 0))  # inside it is too late
    brakes = (gain < -BRAKES_MPS2) & (-gain > BRAKES_SHARE * brake)
    return Needs(manner=manner, brake_mps2=brake, answers=answers, brakes=brakes)


def _manner(found: Encounters, aircraft: np.ndarray, narrow: Floats) -> np.ndarray:
    vehicles = ~aircraft.any(axis=1)
    facing = vehicles & (found.along < -IN_LINE) & np.isfinite(narrow).all(axis=1)
    in_line = vehicles & (found.along > IN_LINE)
    return np.select(
        [aircraft.all(axis=1), in_line, facing], [AIRCRAFT, FOLLOWING, HEAD_ON], CROSSING
    )


def nobody_reacts(wanted: Needs, habits: Habits) -> Floats:
    """Chance, per encounter, that nobody of the two will react in time."""
    alone = np.ones(wanted.brake_mps2.shape)
    for number, manner in enumerate(MANNERS):
        rows = wanted.manner == number
        known = np.asarray(habits.needed_mps2[manner])
        overlooked = habits.overlooked[manner]
        later = len(known) - np.searchsorted(known, wanted.brake_mps2[rows], side="right")
        still = (later + SMOOTH * np.exp(-wanted.brake_mps2[rows])) / (len(known) + SMOOTH)
        alone[rows] = overlooked / (overlooked + (1 - overlooked) * still)
    alone = np.where(wanted.brakes, GOES_ON, alone)
    return np.asarray(np.where(wanted.answers, alone, 1.0).prod(axis=1), np.float64)
