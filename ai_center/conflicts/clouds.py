"""A forecast as a cloud: for every mover some possible futures, equally likely.

Futures of two movers are drawn apart from each other, so any two of them may be paired. What is drawn
for a mover depends on its name alone: the same picture gives the same cloud, whoever else is in it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from ai_center.conflicts.movers import Mover

Singles = npt.NDArray[np.float32]

FUTURES: Final = 32
"""Of each mover."""
HORIZON_S: Final = 30
"""Seconds that are looked ahead."""
EVERY_S: Final = 2
"""From row to row of a future."""
ROWS: Final = HORIZON_S // EVERY_S + 1
QUANTITIES: Final = 5
"""Random numbers that each future of a mover has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """Possible futures, float32.

    Attributes:
        middle: of the body, shape (movers, futures, rows, 2), metres; row 0 is now.
        ahead: unit vector of the body's direction, the same shape.
        gone_m: driven since now, shape (movers, futures, rows).
    """

    middle: Singles
    ahead: Singles
    gone_m: Singles


def drawn(movers: Sequence[Mover]) -> npt.NDArray[np.float64]:
    """Random numbers of every mover's futures, shape (movers, futures, quantities), in 0..1.

    Each quantity is spread evenly over the futures and shuffled for itself.
    """
    found = np.empty((len(movers), FUTURES, QUANTITIES))
    for row, mover in enumerate(movers):
        found[row] = _of(mover.name)
    return found


@lru_cache(maxsize=4096)
def _of(name: str) -> npt.NDArray[np.float64]:
    draw = np.random.default_rng(zlib.crc32(name.encode()))
    places = np.stack([draw.permutation(FUTURES) for _ in range(QUANTITIES)], axis=1)
    return (places + draw.random((FUTURES, QUANTITIES))) / FUTURES
