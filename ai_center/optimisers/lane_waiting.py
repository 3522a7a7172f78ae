"""How long people wait when so many lanes are open: a queue of a flow, exact on its grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ai_center.optimisers.lanes import LaneDay, Promise

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """People who wait longer than promised.

    Attributes:
        quantile: of the arrivals.
        minutes: promised.
        people: beyond the promise, summed over the moments of the grid.
        wait_min: the longest wait.
        at_min: when the one who waits longest comes.
    """

    quantile: str
    minutes: int
    people: float
    wait_min: float
    at_min: int


def worst_waits(day: LaneDay, lanes: Sequence[int]) -> tuple[tuple[float, ...], ...]:
    """Longest wait of those who come in each slot, minutes, by promise."""
    per_slot = day.slot_min // day.step_min
    found = []
    for promise in day.rules.promises:
        waits = _waits(day, lanes, promise)
        ends = [
            waits[slot * per_slot : (slot + 1) * per_slot + 1].max() for slot in range(day.slots)
        ]
        found.append(tuple(round(float(wait), 3) for wait in ends))
    return tuple(found)


def late_people(day: LaneDay, lanes: Sequence[int]) -> tuple[Late, ...]:
    """Who waits longer than promised, one entry per promise that is broken."""
    found = []
    for promise in day.rules.promises:
        queue, capacity = _queue(day, lanes, promise)
        ahead = promise.minutes // day.step_min
        taken = capacity[ahead : ahead + len(queue)] - capacity[: len(queue)]
        beyond = np.maximum(0.0, queue - taken)
        if beyond.max() <= 1e-6:
            continue
        waits = _waits(day, lanes, promise)
        worst = int(waits.argmax())
        found.append(
            Late(
                quantile=promise.quantile,
                minutes=promise.minutes,
                people=float(beyond.sum()),
                wait_min=float(waits[worst]),
                at_min=day.start_min + worst * day.step_min,
            )
        )
    return tuple(found)


def _queue(day: LaneDay, lanes: Sequence[int], promise: Promise) -> tuple[Floats, Floats]:
    """People in the queue at every moment of the grid, and what could be taken until then.

    The capacity goes on after the day as in its last slot, for those who still wait then.
    """
    per_slot = day.slot_min // day.step_min
    come = np.repeat(np.asarray(day.arrivals[promise.quantile]) / per_slot, per_slot)
    rate = day.rules.per_hour * day.step_min / 60
    taken = np.repeat(np.asarray(lanes, np.float64), per_slot) * rate
    queue = np.zeros(len(come) + 1)
    queue[0] = day.waiting
    for step in range(len(come)):
        queue[step + 1] = max(0.0, queue[step] + come[step] - taken[step])
    after = lanes[-1] * rate
    more = max(promise.minutes // day.step_min, int(queue.max() / rate) + 1) + 1
    capacity = np.concatenate([[0.0], np.cumsum(np.concatenate([taken, np.full(more, after)]))])
    return queue, capacity


def _waits(day: LaneDay, lanes: Sequence[int], promise: Promise) -> Floats:
    """Wait of the one who comes at each moment of the grid, minutes."""
    queue, capacity = _queue(day, lanes, promise)
    here = np.arange(len(queue), dtype=np.float64)
    grid = np.arange(len(capacity), dtype=np.float64)
    steep = capacity + 1e-9 * grid  # without a lane nothing moves: take the end of the pause
    wanted = steep[: len(queue)] + queue
    done = np.interp(wanted, steep, grid)
    waits = np.where(queue > 1e-9, done - here, 0.0) * day.step_min
    return np.asarray(np.maximum(0.0, waits), np.float64)
