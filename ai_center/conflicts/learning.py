"""What is learnt from training days: how late drivers react who do react, and the thresholds of alerts.

A day is recorded once: its encounters and what each would need. From the recordings habits are learnt, and
with the habits it is said what the method would have foreseen, so that a threshold can be chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ai_center.conflicts.encounters import Encounters
from ai_center.conflicts.generated_apron import ApronDay
from ai_center.conflicts.movers import Picture
from ai_center.conflicts.overlaps import pair_of
from ai_center.conflicts.reactions import MANNERS, Habits, Needs, nobody_reacts
from ai_center.conflicts.trial import Outcome, Said, alerts, scored
from ai_center.conflicts.watch import AlongRoutes, listed

LIKELY: Final = 0.6
"""Chance from which an encounter asks for a reaction."""
LEVELS: Final = 24
"""Quantiles that are kept of how hard braking had become needed."""
TRUSTED: Final = 0.97
"""Of the encounters; what looks hardest was no encounter, but a forecast that was wrong."""
APART_S: Final = 8
"""Encounters of a pair with a longer pause between are two."""
BEFORE_S: Final = 24
"""An encounter was a conflict when one came so soon after."""
THRESHOLDS: Final = tuple(round(0.02 * step, 2) for step in range(2, 51))
AHEADS_S: Final = (6.0, 8.0, 10.0, 14.0, 20.0, 30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was in one picture of a day."""

    picture: Picture
    found: Encounters
    wanted: Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A working point, and how it fared on the training days.

    Attributes:
        threshold: of the chance.
        ahead_s: what is expected later is not told yet.
        foreseen: share of the conflicts, in time.
        false_an_hour: alerts to which nothing came.
    """

    threshold: float
    ahead_s: float
    foreseen: float
    false_an_hour: float


def recorded(day: ApronDay, method: AlongRoutes) -> list[Recorded]:
    """Record the encounters of a day, second by second."""
    rows = []
    for second in range(day.seconds):
        picture = day.picture(second)
        found, wanted = method.encounters(picture)
        rows.append(Recorded(picture=picture, found=found, wanted=wanted))
    return rows


def said(rows: Iterable[Recorded], habits: Habits) -> Said:
    """What the method foresees with some habits."""
    return Said(
        foreseen=tuple(
            tuple(
                listed(row.picture, row.found, row.found.chance * nobody_reacts(row.wanted, habits))
            )
            for row in rows
        ),
        took_s=(),
    )


def chosen(days: Sequence[ApronDay], what: Sequence[Said], false_an_hour: float) -> Chosen:
    """The working point that foresees most conflicts within a budget of false alerts.

    Where none is within the budget, the one with the fewest false alerts.
    """
    points = [
        _fared(days, what, threshold, ahead) for ahead in AHEADS_S for threshold in THRESHOLDS
    ]
    within = [point for point in points if point.false_an_hour <= false_an_hour]
    if within:
        return max(within, key=lambda point: (point.foreseen, -point.false_an_hour))
    return min(points, key=lambda point: point.false_an_hour)


def _fared(
    days: Sequence[ApronDay], what: Sequence[Said], threshold: float, ahead_s: float
) -> Chosen:
    outcomes = [
        scored(day, alerts(one, threshold, ahead_s)) for day, one in zip(days, what, strict=True)
    ]
    return Chosen(
        threshold=threshold,
        ahead_s=ahead_s,
        foreseen=foreseen_share(outcomes),
        false_an_hour=_rate(outcomes),
    )


def foreseen_share(outcomes: Sequence[Outcome]) -> float:
    """Share of the conflicts that were foreseen in time."""
    verdicts = [verdict for outcome in outcomes for verdict in outcome.verdicts]
    return sum(verdict.in_time for verdict in verdicts) / max(len(verdicts), 1)


def _rate(outcomes: Sequence[Outcome]) -> float:
    hours = sum(outcome.seconds for outcome in outcomes) / 3600
    return sum(len(outcome.false) for outcome in outcomes) / hours


@dataclass(slots=True)
class _Encounter:
    manner: int
    last_s: float
    hardest: float = 0.0


@dataclass(slots=True)
class Reactions:
    """Collects how encounters went."""

    hardest: dict[int, list[float]] = field(default_factory=dict)
    overlooked: dict[int, int] = field(default_factory=dict)

    def day(self, day: ApronDay, rows: Iterable[Recorded]) -> None:
        """Take in the encounters of a day."""
        running: dict[tuple[str, str], _Encounter] = {}
        starts: dict[tuple[str, str], list[int]] = {}
        for conflict in day.conflicts:
            starts.setdefault(conflict.pair, []).append(conflict.start_s)

        def close(pair: tuple[str, str], entry: _Encounter) -> None:
            if any(abs(start - entry.last_s) < BEFORE_S for start in starts.get(pair, [])):
                self.overlooked[entry.manner] = self.overlooked.get(entry.manner, 0) + 1
            else:
                self.hardest.setdefault(entry.manner, []).append(entry.hardest)

        for row in rows:
            self._picture(row, running, close)
        for pair, entry in running.items():
            close(pair, entry)

    @staticmethod
    def _picture(
        row: Recorded,
        running: dict[tuple[str, str], _Encounter],
        close: Callable[[tuple[str, str], _Encounter], None],
    ) -> None:
        names = [mover.name for mover in row.picture.movers]
        for at in np.flatnonzero(row.found.chance >= LIKELY).tolist():
            pair = pair_of(names[row.found.first[at]], names[row.found.second[at]])
            entry = running.get(pair)
            if entry is None or row.picture.second - entry.last_s > APART_S:
                if entry is not None:
                    close(pair, entry)
                entry = running[pair] = _Encounter(int(row.wanted.manner[at]), 0.0)
            entry.last_s = row.picture.second
            free = row.wanted.answers[at] & ~row.wanted.brakes[at]
            if free.any() and not row.wanted.brakes[at].any():
                entry.hardest = max(entry.hardest, float(row.wanted.brake_mps2[at][free].min()))

    def habits(self) -> Habits:
        """What was found, in as many levels as are kept."""
        needed: dict[str, tuple[float, ...]] = {}
        overlooked: dict[str, float] = {}
        for number, manner in enumerate(MANNERS):
            values = self.hardest.get(number, []) or [0.5, 0.8]
            missed = self.overlooked.get(number, 0)
            overlooked[manner] = round((missed + 0.5) / (missed + len(values) + 1.0), 4)
            levels = np.quantile(values, np.linspace(0, TRUSTED, LEVELS)).tolist()
            needed[manner] = tuple(round(level, 3) for level in levels)
        return Habits(needed_mps2=needed, overlooked=overlooked)
