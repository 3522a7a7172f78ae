"""What was known when: sums, means and last values of everything that had been told by a time.

Every fact has the minute at which it became known, which is when it happened plus the delay with
which it is told. A feature asks an index for the facts of its group up to the minute of the decision
and can see nothing later; that is the whole protection against leakage.

Sums run over whole minutes in the order of knowing, so they are exact and the facts that come later
do not change them.
"""

from __future__ import annotations

import numpy as np

from ai_center.datasets.table import Floats, Ints, Mask

SPAN_MIN = 1e8
"""Wider than any two times are apart (190 years), so that groups lie side by side on one line."""


class Known:
    """An index of facts by group and minute of knowing."""

    def __init__(self, at: Floats, value: Floats | Mask | float, group: Ints | None = None) -> None:
        """Index facts.

        Args:
            at: minute at which each became known; a fact without one is never known.
            value: of each fact; unknown values are left out.
            group: number of the group of each, from 0; ``None`` for one group.
        """
        values = np.broadcast_to(np.asarray(value, np.float64), at.shape)
        groups = np.zeros(len(at), np.int64) if group is None else group
        known = np.isfinite(at) & np.isfinite(values)
        at, values, groups = at[known], values[known], groups[known]
        order = np.lexsort((at, groups))
        self._line = groups[order] * SPAN_MIN + at[order]
        self._values = values[order]
        self._sums = np.concatenate([[0.0], np.cumsum(self._values)])

    def count(self, at: Floats, group: Ints | None = None) -> Floats:
        """How many facts of the group are known at each time."""
        first, last = self._start(at, group), self._end(at, group)
        return (last - first).astype(np.float64)

    def total(self, at: Floats, group: Ints | None = None) -> Floats:
        """Their sum."""
        return np.asarray(self._sums[self._end(at, group)] - self._sums[self._start(at, group)])

    def counted(self, after: Floats, upto: Floats, group: Ints | None = None) -> Floats:
        """How many facts became known after one time and up to another."""
        return (self._end(upto, group) - self._end(after, group)).astype(np.float64)

    def summed(self, after: Floats, upto: Floats, group: Ints | None = None) -> Floats:
        """Their sum."""
        return np.asarray(self._sums[self._end(upto, group)] - self._sums[self._end(after, group)])

    def mean(self, at: Floats, width_min: float, group: Ints | None = None) -> Floats:
        """Mean of what became known in the last minutes; unknown where nothing did."""
        counted = self.counted(at - width_min, at, group)
        return divided(self.summed(at - width_min, at, group), counted)

    def last(self, at: Floats, most: int, group: Ints | None = None) -> Floats:
        """Mean of the last few facts; unknown where there is none."""
        end = self._end(at, group)
        start = np.maximum(end - most, self._start(at, group))
        return divided(self._sums[end] - self._sums[start], (end - start).astype(np.float64))

    def back(self, at: Floats, steps: int, group: Ints | None = None) -> Floats:
        """The fact so many steps back (1 is the latest); unknown where there are fewer."""
        place = self._end(at, group) - steps
        there = place >= self._start(at, group)
        if not len(self._values):
            return np.full(len(at), np.nan)
        return np.where(there, self._values[np.maximum(place, 0)], np.nan)

    def _end(self, at: Floats, group: Ints | None) -> Ints:
        """Place after the last fact known at each time."""
        return np.searchsorted(self._line, self._on_line(at, group), side="right")

    def _start(self, at: Floats, group: Ints | None) -> Ints:
        """Place of the first fact of the group."""
        base = np.zeros(len(at)) if group is None else group * SPAN_MIN
        return np.searchsorted(self._line, base - SPAN_MIN / 2, side="left")

    def _on_line(self, at: Floats, group: Ints | None) -> Floats:
        return at if group is None else group * SPAN_MIN + at


class Ongoing:
    """Things that begin and end: how many are going on, and for how long, at a time.

    Something is going on from the minute its beginning is known to the minute its end is.
    """

    def __init__(
        self, begins: Floats, ends: Floats, since: Floats, group: Ints | None = None
    ) -> None:
        """Index things.

        Args:
            begins: minute at which each is known to have begun.
            ends: minute at which it is known to have ended; unknown while it goes on.
            since: the minute it has gone on since, for durations.
            group: as in :class:`Known`.
        """
        ended = np.maximum(ends, begins)  # unknown stays unknown
        self._begun = Known(begins, 1.0, group), Known(begins, since, group)
        self._over = Known(ended, 1.0, group), Known(ended, since, group)

    def count(self, at: Floats, group: Ints | None = None) -> Floats:
        """How many are going on."""
        return self._begun[0].count(at, group) - self._over[0].count(at, group)

    def duration(self, at: Floats, group: Ints | None = None) -> Floats:
        """For how long they have been going on, together, in minutes."""
        since = self._begun[1].total(at, group) - self._over[1].total(at, group)
        return self.count(at, group) * at - since


def divided(total: Floats, count: Floats) -> Floats:
    """Means; unknown where nothing was counted."""
    unknown = np.full(len(total), np.nan)
    return np.asarray(np.divide(total, count, out=unknown, where=count > 0), np.float64)
