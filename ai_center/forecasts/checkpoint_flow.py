"""Passengers at security, from a quarter of an hour to a week ahead: the airport, or each checkpoint.

A forecast so long ahead knows every step (hour or quarter) that had ended so long before the end of the
step that is asked for; a count is known when its step ends, as live counters give it. See
``flow_series.py`` for what is learnt.

Checkpoints open and close. One without a passenger for two days counts as closed: its rows are
forecast from what little it had since. A column ``<checkpoint> open`` with 0 in the steps ahead says
that it will be closed: the forecast is then none, and where the plan is known for all checkpoints, those
that stay open are told how many will be. The whole airport's forecast does not look at single
checkpoints, so passengers who move from one to another leave it as it is. A checkpoint that is not among
the declared ones counts in the whole, and has forecasts of its own after those of the declared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

import numpy as np

from ai_center.datasets import generated_checkpoints, tsa_jfk
from ai_center.datasets.declaration import Dataset
from ai_center.datasets.generated_checkpoints import GENERATED_CHECKPOINTS
from ai_center.datasets.table import Floats, Ints, Table, Texts
from ai_center.datasets.tsa_jfk import TSA_JFK
from ai_center.forecasts import flow_series
from ai_center.forecasts.flow_series import HOURLY, QUARTERLY, Grain, Series, daily
from ai_center.forecasts.known import divided
from ai_center.forecasts.slots import DAY, two_hours
from ai_center.forecasts.task import Matrix, Problem, Recipe, Split, Task, stacked

PLAN: Final = " open"
"""Ends the name of the column that tells the plan of a checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How counts lie in a data set.

    Attributes:
        at: column of the start of each step, minutes since 1970.
        grain: of the steps.
        declared: checkpoints that the data set declares.
        planned: the set has a plan of openings for each.
    """

    at: str
    grain: Grain
    declared: tuple[str, ...]
    planned: bool = False

    def checkpoints(self, facts: Table) -> tuple[str, ...]:
        """Checkpoints of some facts: the declared ones, then others as they come."""
        others = [
            name
            for name in facts.columns
            if name != self.at and not name.endswith(PLAN) and name not in self.declared
        ]
        return (*self.declared, *others)

    def counts(self, facts: Table) -> tuple[Floats, Floats]:
        """Counts of the airport, shape (steps,), and of each checkpoint, (steps, checkpoints).

        A checkpoint that reports nothing in a step in which another does had no passengers.
        """
        names = self.checkpoints(facts)
        parts = np.stack([facts.numbers(name) for name in names], axis=1)
        silent = np.isnan(parts).sum(axis=1) == len(names)
        parts = np.where(silent[:, None], np.nan, np.nan_to_num(parts))
        return np.asarray(parts.sum(axis=1), np.float64), parts

    def known_at(self, facts: Table, minute: float) -> Table:
        """The facts as they stood: counts of the steps that had ended."""
        ended = facts.numbers(self.at) + self.grain.step_min <= minute
        return facts.replaced(
            **{
                name: np.where(ended, facts.numbers(name), np.nan)
                for name in self.checkpoints(facts)
            }
        )


HOURS: Final = Layout(at="hour_min", grain=HOURLY, declared=tsa_jfk.CHECKPOINTS)
QUARTERS: Final = Layout(
    at="slot_min", grain=QUARTERLY, declared=generated_checkpoints.CHECKPOINTS, planned=True
)


def meanings(layout: Layout, ahead_h: float, *, each: bool) -> dict[str, str]:
    """The features of a forecast so many hours ahead."""
    names = flow_series.meanings(ahead_h, layout.grain)
    if each:
        names |= {
            "airport_usual": "the usual of the whole airport",
            "airport_level_24": "the airport's last 24 known hours, over their usual",
            "open_share": "share of the last week's known hours with passengers",
            "open_here": "share of the same hours of the last four weeks with passengers",
        }
    if each and layout.planned:
        names |= {
            "plan_others": "other checkpoints that are planned to be open",
            "plan_others_more": "that, less their mean in the same steps of the last four weeks",
        }
    return names


def airport_solver(layout: Layout, ahead_h: float) -> Callable[[Table, Ints | None], Problem]:
    """Solves for the whole airport; a row number is the number of a step."""

    def solve(facts: Table, asked: Ints | None) -> Problem:
        rows = np.arange(len(facts)) if asked is None else asked
        series = Series(layout.counts(facts)[0], facts.numbers(layout.at), ahead_h, layout.grain)
        columns = series.columns()
        return _problem(
            series,
            {name: column[rows] for name, column in columns.items()},
            series.plain()[rows],
            rows,
            names=tuple(meanings(layout, ahead_h, each=False)),
        )

    return solve


def each_solver(layout: Layout, ahead_h: float) -> Callable[[Table, Ints | None], Problem]:
    """Solves for every checkpoint; a row number is ``step * checkpoints + checkpoint``."""

    def solve(facts: Table, asked: Ints | None) -> Problem:
        checkpoints = layout.checkpoints(facts)
        width = len(checkpoints)
        rows = np.arange(len(facts) * width) if asked is None else asked
        airport, parts = layout.counts(facts)
        start = facts.numbers(layout.at)
        whole = Series(airport, start, ahead_h, layout.grain)
        solved = []
        for place, name in enumerate(checkpoints):
            mine = np.flatnonzero(rows % width == place)
            at = rows[mine] // width
            series = Series(parts[:, place], start, ahead_h, layout.grain)
            columns = {**series.columns(), **series.openness(), **whole.for_parts()}
            if layout.planned:
                columns |= _plans(layout, facts, name, series)
            opened = columns["open_share"][at] > 0
            problem = _problem(
                series,
                {key: column[at] for key, column in columns.items()},
                series.plain()[at],
                at,
                names=tuple(meanings(layout, ahead_h, each=True)),
                labels={
                    "place": np.full(len(at), name.removeprefix("JFK ")),
                    "state": np.where(opened, "open in the last week", "closed in the last week"),
                },
            )
            solved.append((mine, _closed(problem, facts, name, at)))
        return _together(solved, len(rows))

    return solve


def _plans(layout: Layout, facts: Table, name: str, series: Series) -> dict[str, Floats]:
    """What the plan says of the other checkpoints; a checkpoint without one counts as open."""
    others = np.zeros(len(facts))
    for other in layout.checkpoints(facts):
        if other != name:
            plan = f"{other}{PLAN}"
            others = others + (facts.numbers(plan) if plan in facts.columns else 1.0)
    weeks = np.stack([series.lag(k, others) for k in flow_series.WEEKS_H])
    known = np.isfinite(weeks).sum(axis=0).astype(np.float64)
    return {
        "plan_others": others,
        "plan_others_more": others - divided(np.nansum(weeks, axis=0), known),
    }


def _problem(
    series: Series,
    columns: dict[str, Floats],
    plain: Matrix,
    rows: Ints,
    *,
    names: tuple[str, ...],
    labels: Mapping[str, Texts] = MappingProxyType({}),
) -> Problem:
    end = series.start_min[rows] + series.grain.step_min
    first = daily(series.ahead)[0]
    word = series.grain.word
    return Problem(
        asked_min=end - flow_series.HOUR * series.ahead,
        told_min=end,
        features=stacked(names, columns),
        plain=plain,
        truth=series.counts[rows],
        base=0.0 * series.scale[rows],
        scale=series.scale[rows],
        baselines={
            f"same {word} {first} h before": np.nan_to_num(series.lag(first)[rows]),
            f"same {word} last week": np.nan_to_num(series.lag(168)[rows]),
            f"same {word}, mean of 4 weeks": np.nan_to_num(series.usual[rows]),
        },
        groups={
            **labels,
            "hour": two_hours(np.mod(series.start_min[rows], DAY)),
            "day": np.where(columns["weekday"] >= 5, "Saturday, Sunday", "Monday to Friday"),
        },
    )


def _closed(problem: Problem, facts: Table, name: str, at: Ints) -> Problem:
    """Leave nothing of a forecast where the checkpoint is planned to be closed."""
    planned = f"{name}{PLAN}"
    if planned not in facts.columns:
        return problem
    shut = facts.numbers(planned)[at] == 0
    return replace(
        problem,
        scale=np.where(shut, 0.0, problem.scale),
        baselines={k: np.where(shut, 0.0, v) for k, v in problem.baselines.items()},
    )


def _together(solved: list[tuple[Ints, Problem]], rows: int) -> Problem:
    """Put the rows of all checkpoints back into the order they were asked in."""
    order = np.argsort(np.concatenate([mine for mine, _ in solved]), kind="stable")
    parts = [problem for _, problem in solved]
    first = parts[0]
    return Problem(
        asked_min=np.concatenate([p.asked_min for p in parts])[order],
        told_min=np.concatenate([p.told_min for p in parts])[order],
        features=np.concatenate([p.features for p in parts])[order],
        plain=np.concatenate([p.plain for p in parts])[order],
        truth=np.concatenate([p.truth for p in parts])[order],
        base=np.concatenate([p.base for p in parts])[order],
        scale=np.concatenate([p.scale for p in parts])[order],
        baselines={
            k: np.concatenate([p.baselines[k] for p in parts])[order] for k in first.baselines
        },
        groups={k: np.concatenate([p.groups[k] for p in parts])[order] for k in first.groups},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A data set of counts, with its periods and what is to be said of it.

    Attributes:
        starts: months (year, month) in which learning, validation, calibration and test begin, and
            in which the test ends.
        limits: of whatever is learnt from it.
        choices: what was chosen by rehearsals.
    """

    dataset: Dataset
    layout: Layout
    starts: tuple[tuple[int, int], ...]
    limits: tuple[str, ...]
    choices: str


JFK: Final = Source(
    dataset=TSA_JFK,
    layout=HOURS,
    starts=((2021, 7), (2022, 11), (2022, 12), (2023, 6), (2024, 6)),
    limits=(
        "learnt at New York JFK with American holidays: the recipe travels, the model does not; "
        "another country needs its own calendar",
        "hourly counts: nothing nearer than an hour, nothing inside an hour",
        "sees no flight schedule; a new airline or a closed terminal is noticed when counted",
    ),
    choices="learning the ratio to the mean of four weeks instead of the count; holidays by "
    "distance; trees of 31 leaves",
)
HALL: Final = Source(
    dataset=GENERATED_CHECKPOINTS,
    layout=QUARTERS,
    starts=((2025, 2), (2025, 7), (2025, 8), (2025, 10), (2026, 1)),
    limits=(
        "GENERATED DATA: the figures show that the machinery works and say nothing of a real "
        "checkpoint; train it on its counters",
        "a closure that no plan tells is forecast as if it were open, until it is counted",
        "sees no flight schedule and no holidays",
    ),
    choices="nothing: settings were taken over from the hourly flow",
)


def _split(starts: tuple[tuple[int, int], ...], ahead_h: float, step_min: float) -> Split:
    """Periods of the steps that are asked for, as the minutes at which they are."""
    before = timedelta(hours=ahead_h, minutes=-step_min)
    fit, validate, calibrate, test, end = (
        datetime(year, month, 1, tzinfo=UTC) - before for year, month in starts
    )
    return Split(fit=fit, validate=validate, calibrate=calibrate, test=test, end=end)


def flow_task(name: str, ahead_h: float, *, each: bool = False, source: Source = JFK) -> Task:
    """A forecast of the flow so many hours ahead."""
    layout, grain = source.layout, source.layout.grain
    whose = "each checkpoint" if each else "the whole airport"
    ahead = f"{ahead_h:g} h" if ahead_h >= 1 else f"{60 * ahead_h:g} min"
    described = meanings(layout, ahead_h, each=each)
    solver = each_solver if each else airport_solver
    generated = " (on generated data)" if source.dataset.kind == "generated" else ""
    return Task(
        name=name,
        version="1",
        title=f"Passengers per {_unit(grain)} at security, {ahead} ahead, of {whose}{generated}",
        question=f"Asked {_asked(ahead_h)} before the end of {_a(grain)}: how many passengers will pass "
        f"security in it? Counts are known when their {grain.word} ends.",
        unit="passengers/h" if grain.per_hour == 1 else "passengers/15 min",
        dataset=source.dataset,
        split=_split(source.starts, ahead_h, grain.step_min),
        names=tuple(described),
        meanings=described,
        plain=flow_series.plain_names(grain),
        plain_labels=(),
        solve=solver(layout, ahead_h),
        known_at=layout.known_at,
        fallback=f"same {grain.word}, mean of 4 weeks",
        headline="wape",
        recipe=replace(RECIPE, seeds=1 if each or grain.per_hour > 1 else 3),
        spread=SPREAD,
        choices=source.choices,
        limits=source.limits,
        least=0.0,
    )


def _unit(grain: Grain) -> str:
    return "hour" if grain.per_hour == 1 else "quarter of an hour"


def _a(grain: Grain) -> str:
    return "an hour" if grain.per_hour == 1 else "a quarter of an hour"


def _asked(ahead_h: float) -> str:
    return f"{ahead_h:g} hours" if ahead_h >= 1 else f"{60 * ahead_h:g} minutes"


RECIPE: Final = Recipe(
    rounds=500, rate=0.04, leaves=31, leaf_rows=40, feature_share=0.5, row_share=0.7, ridge=5.0
)
SPREAD: Final = Recipe(
    rounds=250, rate=0.06, leaves=15, leaf_rows=60, feature_share=0.5, row_share=0.7, ridge=5.0
)

CHECKPOINT_FLOW = flow_task("checkpoint_flow", 24)
CHECKPOINT_FLOW_1H = flow_task("checkpoint_flow_1h", 1)
CHECKPOINT_FLOW_7D = flow_task("checkpoint_flow_7d", 168)
CHECKPOINT_FLOW_EACH = flow_task("checkpoint_flow_each", 24, each=True)
CHECKPOINT_QUARTER = flow_task("checkpoint_quarter", 0.25, source=HALL)
CHECKPOINT_QUARTER_7D = flow_task("checkpoint_quarter_7d", 168, source=HALL)
CHECKPOINT_QUARTER_EACH = flow_task("checkpoint_quarter_each", 0.25, each=True, source=HALL)
CHECKPOINT_QUARTER_EACH_7D = flow_task("checkpoint_quarter_each_7d", 168, each=True, source=HALL)
