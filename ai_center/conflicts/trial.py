"""A method run through a day, and how its alerts fare against what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ai_center.conflicts.clouds import HORIZON_S
from ai_center.conflicts.generated_apron import ApronDay
from ai_center.conflicts.overlaps import Overlap
from ai_center.conflicts.watch import Alert, Foreseen, Method, Watch

WARM_UP_S: Final = 20
"""Nothing is scored in the first seconds of a day."""
SLACK_S: Final = 10
"""An alert is right when the conflict comes within the horizon and this."""
LEAST_LEAD_S: Final = 5
"""An alert later than this before the overlap does not count as foreseen."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much is done and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a method foresaw in every second of a day.

    Attributes:
        foreseen: per second, from the first.
        took_s: seconds that each picture took.
    """

    foreseen: tuple[tuple[Foreseen, ...], ...]
    took_s: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a conflict was foreseen.

    Attributes:
        conflict: that came.
        lead_s: from the first alert to the overlap; ``None`` without one.
    """

    conflict: Overlap
    lead_s: float | None

    @property
    def in_time(self) -> bool:
        """Early enough to do something."""
        return self.lead_s is not None and self.lead_s >= LEAST_LEAD_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A day at one threshold.

    Attributes:
        verdicts: one per conflict.
        false: alerts to which no conflict came.
        seconds: that were scored.
    """

    verdicts: tuple[Verdict, ...]
    false: tuple[Alert, ...]
    seconds: int


def run(day: ApronDay, method: Method, clock: Callable[[], float]) -> Said:
    """Show a method every picture of a day, second by second."""
    foreseen, took = [], []
    for second in range(day.seconds):
        picture = day.picture(second)
        started = clock()
        foreseen.append(tuple(method.foreseen(picture)))
        took.append(clock() - started)
    return Said(foreseen=tuple(foreseen), took_s=tuple(took))


def alerts(said: Said, threshold: float, ahead_s: float = HORIZON_S) -> list[Alert]:
    """Alerts that a watch raises.

    Args:
        said: what a method foresaw.
        threshold: of the chance.
        ahead_s: what is expected later than this is not told yet.
    """
    watch = Watch(threshold)
    return [
        alert
        for second, foreseen in enumerate(said.foreseen)
        for alert in watch.raised(
            float(second), [entry for entry in foreseen if entry.seconds <= ahead_s]
        )
    ]


def scored(day: ApronDay, raised: Sequence[Alert]) -> Outcome:
    """Hold alerts against the conflicts of a day."""
    by_pair: dict[tuple[str, str], list[Overlap]] = {}
    for conflict in day.conflicts:
        by_pair.setdefault(conflict.pair, []).append(conflict)
    counted = [c for c in day.conflicts if c.start_s >= WARM_UP_S]
    leads = {id(c): _lead_s(c, raised) for c in counted}
    return Outcome(
        verdicts=tuple(Verdict(conflict=c, lead_s=leads[id(c)]) for c in counted),
        false=tuple(
            alert
            for alert in raised
            if alert.second >= WARM_UP_S and not _right(alert, by_pair.get(alert.pair, []))
        ),
        seconds=day.seconds - WARM_UP_S,
    )


def _lead_s(conflict: Overlap, raised: Sequence[Alert]) -> float | None:
    leads = [
        conflict.start_s - alert.second
        for alert in raised
        if alert.pair == conflict.pair
        and 0 <= conflict.start_s - alert.second <= HORIZON_S + SLACK_S
    ]
    return max(leads, default=None)


def _right(alert: Alert, conflicts: Sequence[Overlap]) -> bool:
    """Whether a conflict of the pair was coming, going on or just over."""
    return any(
        c.start_s - HORIZON_S - SLACK_S <= alert.second <= c.end_s + SLACK_S for c in conflicts
    )


def counts_by_kind(outcomes: Sequence[Outcome]) -> Mapping[str, tuple[int, int]]:
    """Foreseen in time, and in all, by kind of conflict."""
    found: dict[str, tuple[int, int]] = {}
    for outcome in outcomes:
        for verdict in outcome.verdicts:
            hit, every = found.get(verdict.conflict.planted, (0, 0))
            found[verdict.conflict.planted] = (hit + verdict.in_time, every + 1)
    return dict(sorted(found.items()))
