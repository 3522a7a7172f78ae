"""What a forecast must keep before it may serve; read from the figures that its training kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ai_center.forecasts.comparison import Comparison
from ai_center.forecasts.task import Task
from ai_center.forecasts.training import PLAIN_NAME
from ai_center.trials.measures import Check

COVERAGE = (0.75, 0.85)
"""An interval that promises 80 % and keeps less or more would mislead; the card tells from 78 to 82 %
whether the promise is kept, the gate stops what is far off."""


def checks_of(task: Task, report: Mapping[str, Any]) -> tuple[Check, ...]:
    """The gate of a training: better than the plain rule, not worse than plain trees, honest ends.

    Args:
        task: the forecast.
        report: ``measurement`` and ``against`` as the store keeps them.
    """
    own = report["measurement"]["metrics"][task.name]
    found = [_beats(task, report, task.fallback), _no_worse(report, PLAIN_NAME)]
    if "coverage" in own:
        value = own["coverage"]["value"]
        found.append(
            Check(
                rule=f"80 % interval covers {COVERAGE[0]:.0%} to {COVERAGE[1]:.0%}",
                kept=COVERAGE[0] <= value <= COVERAGE[1],
                found=f"{value:.1%}",
            )
        )
    return tuple(found)


def not_worse(found: Comparison | None, version: str) -> Check:
    """Not really worse than the version that serves; ``None``: they share no rows."""
    rule = f"not worse than {version}, which serves"
    if found is None:
        return Check(rule=rule, kept=False, found="not measured on the same rows")
    return Check(
        rule=rule,
        kept=found.verdict != "second",
        found=f"loss {found.first:.4g} against {found.second:.4g}, chance {found.chance:.3f}",
    )


def _beats(task: Task, report: Mapping[str, Any], rival: str) -> Check:
    gap = report["against"][rival]
    return Check(
        rule=f"really better than {rival!r}, which answers when it cannot",
        kept=gap["verdict"] == "first",
        found=f"{task.loss} {gap['first']:.4g} against {gap['second']:.4g}, "
        f"chance {gap['chance']:.3f}",
    )


def _no_worse(report: Mapping[str, Any], rival: str) -> Check:
    gap = report["against"][rival]
    return Check(
        rule=f"not worse than {rival}",
        kept=gap["verdict"] != "second",
        found=f"{gap['first']:.4g} against {gap['second']:.4g}, chance {gap['chance']:.3f}",
    )
