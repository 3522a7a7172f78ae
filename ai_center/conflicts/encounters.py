"""Which pairs of movers may come too close, how likely if nobody reacts, and when.

Futures of both are paired; the share of pairs in which the protected areas overlap is the chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from ai_center.conflicts.clouds import EVERY_S, FUTURES, ROWS, Cloud, Singles
from ai_center.conflicts.movers import Picture
from ai_center.conflicts.paths import Floats, Ints

PAIRINGS: Final = (0, 13)
"""Each future of one is paired with these of the other, counted on from its own number."""

WINDOWS: Final = 5
"""Parts of the horizon in which boxes about all futures are compared first."""

LEAST: Final = 0.03
"""A smaller chance is not told."""

IN_LINE: Final = 0.7
"""Cosine from which two follow each other, or face each other. Of two vehicles nothing else is told: at
junctions of roads they have their own rules, and none of the planted conflicts is there."""

AT_ONCE: Final = 256
"""Pairs that are computed together; more do not fit into the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounters:
    """Pairs that may come too close, one row each.

    Attributes:
        first: and ``second``: rows of the picture.
        chance: that the protected areas overlap within the horizon, if nobody reacts.
        seconds: until they do, middle of those futures in which they do.
        gone_m: shape (pairs, 2), what each has driven by then.
        along: cosine of the angle between the two bodies then; 1 in line, -1 head-on.
        behind: whose front is towards the other: 1 for the first, -1 for the second, when in line.
        apart_m: between the protected areas now.
    """

    first: Ints
    second: Ints
    chance: Floats
    seconds: Floats
    gone_m: Floats
    along: Floats
    behind: Floats
    apart_m: Floats

    def __len__(self) -> int:
        return len(self.first)


def encounters(picture: Picture, cloud: Cloud, parked: npt.NDArray[np.bool_]) -> Encounters:
    """Pairs of a picture that may come too close.

    Args:
        picture: of now.
        cloud: futures of its movers.
        parked: those that nobody looks at.
    """
    size = np.array([[m.radius_m, m.ends_m] for m in picture.movers], np.float32).reshape(-1, 2)
    first, second = _candidates(cloud, size, parked)
    parts = [
        _paired(cloud, size, first[start : start + AT_ONCE], second[start : start + AT_ONCE])
        for start in range(0, len(first), AT_ONCE)
    ]
    if not parts:
        return _none()
    found = [np.concatenate(column) for column in zip(*parts, strict=True)]
    aircraft = np.array([m.kind == "aircraft" for m in picture.movers], np.bool_)
    concerns = aircraft[found[0]] | aircraft[found[1]] | (np.abs(found[5]) > IN_LINE)
    kept = (found[2] >= LEAST) & concerns
    one, other, chance, seconds, gone, along, behind, apart = (column[kept] for column in found)
    return Encounters(
        first=one,
        second=other,
        chance=chance,
        seconds=seconds,
        gone_m=gone,
        along=along,
        behind=behind,
        apart_m=apart,
    )


def _none() -> Encounters:
    whole, empty = np.zeros(0, np.int64), np.zeros(0)
    return Encounters(
        first=whole,
        second=whole,
        chance=empty,
        seconds=empty,
        gone_m=np.zeros((0, 2)),
        along=empty,
        behind=empty,
        apart_m=empty,
    )


def _candidates(cloud: Cloud, size: Singles, parked: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Pairs whose boxes touch in some part of the horizon, and of which one moves."""
    grow = size.sum(axis=1)[:, None, None]
    edges = np.linspace(0, ROWS - 1, WINDOWS + 1).round().astype(np.int64)
    least, most = cloud.middle.min(axis=1), cloud.middle.max(axis=1)
    spans = [slice(a, b + 1) for a, b in pairwise(edges.tolist())]
    low = np.stack([least[:, span].min(axis=1) for span in spans], axis=1)
    high = np.stack([most[:, span].max(axis=1) for span in spans], axis=1)
    low, high = low - grow, high + grow
    touch = np.zeros((len(size), len(size)), np.bool_)
    for part in range(WINDOWS):
        here = np.ones_like(touch)
        for axis in (0, 1):
            a, b = low[:, part, axis], high[:, part, axis]
            here &= (a[:, None] <= b[None]) & (a[None] <= b[:, None])
        touch |= here
    moves = cloud.gone_m[:, :, -1].max(axis=1) > 0
    touch &= (moves[:, None] | moves[None]) & ~parked[:, None] & ~parked[None]
    first, second = np.nonzero(np.triu(touch, 1))
    return first, second


def _paired(cloud: Cloud, size: Singles, one: Ints, other: Ints) -> tuple[np.ndarray, ...]:
    """Everything about some pairs; see :class:`Encounters` for the columns."""
    reach = size[one, 0] + size[other, 0]
    hits = np.concatenate([_hits(cloud, size, one, other, shift) for shift in PAIRINGS], axis=1)
    met = hits.any(axis=2)
    when = hits.argmax(axis=2)
    count = np.maximum(met.sum(axis=1), 1)
    chance = met.mean(axis=1)
    middle = _median_of(when, np.asarray(met, np.bool_))
    futures = np.tile(np.arange(FUTURES), len(PAIRINGS))
    shifted = np.concatenate([(np.arange(FUTURES) + k) % FUTURES for k in PAIRINGS])
    gone = np.stack(
        [
            (cloud.gone_m[rows[:, None], order[None], when] * met).sum(axis=1) / count
            for rows, order in ((one, futures), (other, shifted))
        ],
        axis=1,
    )
    facing = (
        cloud.ahead[one[:, None], futures[None], when],
        cloud.ahead[other[:, None], shifted[None], when],
    )
    along = ((facing[0] * facing[1]).sum(axis=2) * met).sum(axis=1) / count
    gap = cloud.middle[other, 0, 0] - cloud.middle[one, 0, 0]
    front = (gap * cloud.ahead[one, 0, 0]).sum(axis=1)
    apart = np.hypot(gap[:, 0], gap[:, 1]) - reach - size[one, 1] - size[other, 1]
    return one, other, chance, EVERY_S * (middle + 0.5), gone, along, np.sign(front), apart


def _hits(cloud: Cloud, size: Singles, one: Ints, other: Ints, shift: int) -> npt.NDArray[np.bool_]:
    """Whether protected areas overlap, shape (pairs, futures, rows - 1)."""
    apart = np.roll(cloud.middle[other], -shift, axis=1) - cloud.middle[one]
    ends = size[one, 1] + size[other, 1]
    reach = size[one, 0] + size[other, 0]
    near = np.asarray(_closest2(apart) < np.square(reach + ends)[:, None, None], np.bool_)
    spots = np.nonzero(near & (ends > 0)[:, None, None])
    if len(spots[0]):
        near[spots] = _circles_hit(cloud, size, one, other, shift, apart, spots)
    return near


def _circles_hit(
    cloud: Cloud,
    size: Singles,
    one: Ints,
    other: Ints,
    shift: int,
    apart: Singles,
    spots: tuple[Ints, ...],
) -> npt.NDArray[np.bool_]:
    """The same circle by circle, at some spots (numbers of pairs, futures and rows)."""
    pair, future, row = spots
    rows = np.stack([row, row + 1], axis=1)
    mine, theirs = one[pair], other[pair]
    reach2 = np.square(size[mine, 0] + size[theirs, 0])[:, None]
    between = apart[pair[:, None], future[:, None], rows]
    front = cloud.ahead[mine[:, None], future[:, None], rows] * size[mine, 1][:, None, None]
    shifted = (future + shift) % FUTURES
    their = cloud.ahead[theirs[:, None], shifted[:, None], rows] * size[theirs, 1][:, None, None]
    hit = np.zeros((len(pair), 1), np.bool_)
    for sign in (1, -1) if size[mine, 1].any() else (0,):
        for turn in (1, -1) if size[theirs, 1].any() else (0,):
            hit |= _closest2(between + turn * their - sign * front) < reach2
    return np.asarray(hit[:, 0], np.bool_)


def _closest2(apart: Singles) -> Singles:
    """Squared least distance from row to row, float32; see ``tracks.closest_m``."""
    x, y = apart[..., 0], apart[..., 1]
    dx, dy = x[..., 1:] - x[..., :-1], y[..., 1:] - y[..., :-1]
    x, y = x[..., :-1], y[..., :-1]
    square = dx * dx + dy * dy + np.float32(1e-6)
    share = np.clip(-(x * dx + y * dy) / square, 0.0, 1.0)
    x, y = x + share * dx, y + share * dy
    return np.asarray(x * x + y * y, np.float32)


def _median_of(when: Ints, met: npt.NDArray[np.bool_]) -> Floats:
    """Median row of the futures that met, per pair."""
    ordered = np.sort(np.where(met, when, ROWS), axis=1)
    place = np.maximum(met.sum(axis=1) - 1, 0) // 2
    return np.asarray(ordered[np.arange(len(ordered)), place], np.float64)
