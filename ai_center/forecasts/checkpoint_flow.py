"""Passengers per hour at security, from an hour to a week ahead: the airport, or each checkpoint.

A forecast so many hours ahead knows every hour that had ended so long before the end of the hour that
is asked for; a count is known when its hour ends, as live counters give it. What is learnt is the
ratio to the mean of the same hour of the last four weeks, so that growth, which no tree can carry on,
is carried by that mean.

Checkpoints open and close. One without a passenger for two days counts as closed: its rows are
forecast from what little it had since. A column ``<checkpoint> open`` with 0 in the hours ahead says
that it will be closed: the forecast is then none. The whole airport's forecast does not look at single
checkpoints, so passengers who move from one to another leave it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import numpy as np

from ai_center.datasets.table import Floats, Ints, Table, Texts
from ai_center.datasets.tsa_jfk import CHECKPOINTS, TSA_JFK
from ai_center.forecasts import us_holidays
from ai_center.forecasts.known import divided
from ai_center.forecasts.slots import DAY, two_hours
from ai_center.forecasts.task import Matrix, Problem, Recipe, Split, Task, stacked

HOUR = 60.0
WEEKS_H = (168, 336, 504, 672)
YEAR_H = 52 * 168
LEAST_BASE = 30.0
"""Passengers per hour below which the mean of the weeks is no measure."""

LEVEL_H = (1, 3, 6, 12, 24, 48, 168)

PLAIN = ("hour", "weekday", "day_of_year", "lag_0", "lag_1", "lag_2", "lag_3", "lag_4", "lag_5")
PLAIN_MEANS = ("mean_day", "mean_week")
"""What plain LightGBM gets: lags of a day to four weeks, means, clock and calendar."""


def meanings(ahead_h: int, *, each: bool) -> dict[str, str]:
    """The features of a forecast so many hours ahead."""
    days = daily(ahead_h)
    names = {
        "hour": "hour of the day",
        "weekday": "day of the week, Monday is 0",
        "hour_of_week": "hour of the week",
        "day_of_year": "day of the year",
        "holiday": "nearest holiday, if near",
        "holiday_after": "days after it",
        "usual": "mean of the same hour of the last four weeks",
        "usual_share": "that, over the mean hour of the last week",
        **{f"day_{k}": f"the count {k} hours before, over the usual" for k in days},
        **{f"beside_{k}": f"the count {k} hours before, over the usual" for k in beside(ahead_h)},
        **{f"level_{w}": f"the last {w} known hours, over their usual" for w in LEVEL_H},
        "day_to_week": "the last known day, over the day a week before it",
        "week_to_month": "the last known week, over the week four weeks before it",
        "week": "mean hour of the last known week",
        "last_year": "the same hour 52 weeks before, over its usual",
        "last_year_share": "the same hour 52 weeks before, over the mean hour of its week",
        **{f"holiday_{k}": f"nearest holiday {k} hours before" for k in WEEKS_H},
        **{f"holiday_after_{k}": f"days after it, {k} hours before" for k in WEEKS_H},
    }
    if each:
        names |= {
            "airport_usual": "the usual of the whole airport",
            "airport_level_24": "the airport's last 24 known hours, over their usual",
            "open_share": "share of the last week's known hours with passengers",
            "open_here": "share of the same hours of the last four weeks with passengers",
        }
    return names


def daily(ahead_h: int) -> tuple[int, ...]:
    """Whole days back that are known, a week of them and the weeks before."""
    first = -(-ahead_h // 24) * 24
    days = {first + 24 * day for day in range(7)} | {k for k in WEEKS_H if k >= first}
    return tuple(sorted(days))


def beside(ahead_h: int) -> tuple[int, ...]:
    """Hours beside the same hour of the day and the week, as far as known."""
    hours = {ahead_h + 1, ahead_h + 2, ahead_h + 3, 167, 169, 335, 337}
    return tuple(sorted(k for k in hours if k >= ahead_h and k not in daily(ahead_h)))


def known_at(facts: Table, minute: float) -> Table:
    """The facts as they stood: counts of the hours that had ended."""
    ended = facts.numbers("hour_min") + HOUR <= minute
    return facts.replaced(
        **{name: np.where(ended, facts.numbers(name), np.nan) for name in CHECKPOINTS}
    )


def counts_of(facts: Table) -> tuple[Floats, Floats]:
    """Counts of the airport, shape (hours,), and of each checkpoint, (hours, checkpoints).

    A checkpoint that reports nothing in an hour in which another does had no passengers.
    """
    parts = np.stack([facts.numbers(name) for name in CHECKPOINTS], axis=1)
    silent = np.isnan(parts).sum(axis=1) == len(CHECKPOINTS)
    parts = np.where(silent[:, None], np.nan, np.nan_to_num(parts))
    return np.asarray(parts.sum(axis=1), np.float64), parts


def airport_solver(ahead_h: int) -> Callable[[Table, Ints | None], Problem]:
    """Solves for the whole airport; a row number is the number of an hour."""

    def solve(facts: Table, asked: Ints | None) -> Problem:
        rows = np.arange(len(facts)) if asked is None else asked
        series = _Series(counts_of(facts)[0], facts.numbers("hour_min"), ahead_h)
        columns = series.columns()
        return _problem(
            series,
            {name: column[rows] for name, column in columns.items()},
            series.plain()[rows],
            rows,
            names=tuple(meanings(ahead_h, each=False)),
        )

    return solve


def each_solver(ahead_h: int) -> Callable[[Table, Ints | None], Problem]:
    """Solves for every checkpoint; a row number is ``hour * checkpoints + checkpoint``."""

    def solve(facts: Table, asked: Ints | None) -> Problem:
        width = len(CHECKPOINTS)
        rows = np.arange(len(facts) * width) if asked is None else asked
        airport, parts = counts_of(facts)
        hours = facts.numbers("hour_min")
        whole = _Series(airport, hours, ahead_h)
        solved = []
        for place, name in enumerate(CHECKPOINTS):
            mine = np.flatnonzero(rows % width == place)
            at = rows[mine] // width
            series = _Series(parts[:, place], hours, ahead_h)
            columns = {**series.columns(), **series.openness(), **whole.for_parts()}
            opened = columns["open_share"][at] > 0
            problem = _problem(
                series,
                {key: column[at] for key, column in columns.items()},
                series.plain()[at],
                at,
                names=tuple(meanings(ahead_h, each=True)),
                labels={
                    "place": np.full(len(at), name.removeprefix("JFK ")),
                    "state": np.where(opened, "open in the last week", "closed in the last week"),
                },
            )
            solved.append((mine, _closed(problem, facts, name, at)))
        return _together(solved, len(rows))

    return solve


class _Series:
    """Counts of one place by hour, with everything known so many hours ahead."""

    def __init__(self, counts: Floats, hour_min: Floats, ahead_h: int) -> None:
        self.counts = counts
        self.hour_min = hour_min
        self.ahead = ahead_h
        weeks = np.stack([self.lag(k) for k in WEEKS_H])
        known = np.isfinite(weeks).sum(axis=0).astype(np.float64)
        total = np.nansum(weeks, axis=0)
        self.usual = divided(total, known)
        self.scale = np.maximum(self.usual, LEAST_BASE)

    def lag(self, hours: int, of: Floats | None = None) -> Floats:
        """Values so many hours before."""
        values = self.counts if of is None else of
        moved = np.full(len(values), np.nan)
        moved[hours:] = values[: max(0, len(values) - hours)]
        return moved

    def mean(self, width: int, of: Floats | None = None) -> Floats:
        """Mean of the last hours, this one included; unknown where half of them are."""
        values = self.counts if of is None else of
        known = np.concatenate([[0], np.cumsum(np.isfinite(values))])
        sums = np.concatenate([[0.0], np.cumsum(np.nan_to_num(values))])
        start = np.maximum(np.arange(len(values)) + 1 - width, 0)
        count = (known[1:] - known[start]).astype(np.float64)
        total = sums[1:] - sums[start]
        enough = 2 * count >= width
        return divided(total, np.where(enough, count, 0.0))

    def columns(self) -> dict[str, Floats]:
        """Features of every hour."""
        ahead, week = self.ahead, self.mean(168)
        day = np.floor_divide(self.hour_min, DAY)
        kind, after = us_holidays.nearest(day)
        usual_then = np.where(np.isnan(self.counts), np.nan, self.usual)
        year_week = np.maximum(self.lag(YEAR_H, week), LEAST_BASE)
        return {
            **self.clock(),
            "hour_of_week": np.mod(np.floor_divide(self.hour_min, HOUR) + 72, 168),
            "holiday": kind,
            "holiday_after": after,
            "usual": self.usual,
            "usual_share": _over(self.usual, self.lag(ahead, week)),
            **{f"day_{k}": self.lag(k) / self.scale for k in daily(ahead)},
            **{f"beside_{k}": self.lag(k) / self.scale for k in beside(ahead)},
            **{
                f"level_{w}": self.lag(ahead, _over(self.mean(w), self.mean(w, usual_then)))
                for w in LEVEL_H
            },
            "day_to_week": self.lag(ahead, _over(self.mean(24), self.lag(168, self.mean(24)))),
            "week_to_month": self.lag(ahead, _over(week, self.lag(672, week))),
            "week": self.lag(ahead, week),
            "last_year": self.lag(YEAR_H) / np.maximum(self.lag(YEAR_H, self.usual), LEAST_BASE),
            "last_year_share": self.lag(YEAR_H) / year_week,
            **{f"holiday_{k}": self.lag(k, kind) for k in WEEKS_H},
            **{f"holiday_after_{k}": self.lag(k, after) for k in WEEKS_H},
        }

    def clock(self) -> dict[str, Floats]:
        day = np.floor_divide(self.hour_min, DAY).astype("datetime64[D]")
        of_year = (day - day.astype("datetime64[Y]")).astype(np.float64) + 1
        return {
            "hour": np.mod(np.floor_divide(self.hour_min, HOUR), 24),
            "weekday": np.mod(np.floor_divide(self.hour_min, DAY) + 3, 7),
            "day_of_year": of_year,
        }

    def openness(self) -> dict[str, Floats]:
        """Whether passengers pass here at all, lately and at this hour."""
        active = np.where(np.isnan(self.counts), np.nan, self.counts > 0)
        weeks = np.stack([self.lag(k, active) for k in WEEKS_H])
        here = divided(np.nansum(weeks, axis=0), np.isfinite(weeks).sum(axis=0).astype(np.float64))
        return {"open_share": self.lag(self.ahead, self.mean(168, active)), "open_here": here}

    def for_parts(self) -> dict[str, Floats]:
        """What a checkpoint is told of the whole airport."""
        usual_then = np.where(np.isnan(self.counts), np.nan, self.usual)
        level = _over(self.mean(24), self.mean(24, usual_then))
        return {"airport_usual": self.usual, "airport_level_24": self.lag(self.ahead, level)}

    def plain(self) -> Matrix:
        """Everybody's first features."""
        lags = sorted({-(-self.ahead // 24) * 24, 48, *WEEKS_H} - set(range(self.ahead)))
        lags = [*lags, *(WEEKS_H[-1] + 168 * k for k in range(1, 7))][:6]
        columns = {
            **self.clock(),
            **{f"lag_{place}": self.lag(k) for place, k in enumerate(lags)},
            "mean_day": self.lag(self.ahead, self.mean(24)),
            "mean_week": self.lag(self.ahead, self.mean(168)),
        }
        return stacked((*PLAIN, *PLAIN_MEANS), columns)


def _problem(
    series: _Series,
    columns: dict[str, Floats],
    plain: Matrix,
    rows: Ints,
    *,
    names: tuple[str, ...],
    labels: Mapping[str, Texts] = MappingProxyType({}),
) -> Problem:
    end = series.hour_min[rows] + HOUR
    first = daily(series.ahead)[0]
    return Problem(
        asked_min=end - HOUR * series.ahead,
        told_min=end,
        features=stacked(names, columns),
        plain=plain,
        truth=series.counts[rows],
        base=0.0 * series.scale[rows],
        scale=series.scale[rows],
        baselines={
            f"same hour {first} h before": np.nan_to_num(series.lag(first)[rows]),
            "same hour last week": np.nan_to_num(series.lag(168)[rows]),
            "same hour, mean of 4 weeks": np.nan_to_num(series.usual[rows]),
        },
        groups={
            **labels,
            "hour": two_hours(np.mod(series.hour_min[rows], DAY)),
            "day": np.where(columns["weekday"] >= 5, "Saturday, Sunday", "Monday to Friday"),
        },
    )


def _closed(problem: Problem, facts: Table, name: str, at: Ints) -> Problem:
    """Leave nothing of a forecast where the checkpoint is planned to be closed."""
    planned = f"{name} open"
    if planned not in facts.columns:
        return problem
    shut = facts.numbers(planned)[at] == 0
    return Problem(
        asked_min=problem.asked_min,
        told_min=problem.told_min,
        features=problem.features,
        plain=problem.plain,
        truth=problem.truth,
        base=problem.base,
        scale=np.where(shut, 0.0, problem.scale),
        baselines={k: np.where(shut, 0.0, v) for k, v in problem.baselines.items()},
        groups=problem.groups,
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


def _over(part: Floats, whole: Floats) -> Floats:
    return divided(part, whole)


def _split(ahead_h: int) -> Split:
    """Periods of the hours that are asked for, as the minutes at which they are."""

    def asked(year: int, month: int) -> datetime:
        return datetime(year, month, 1, tzinfo=UTC) - timedelta(hours=ahead_h - 1)

    return Split(
        fit=asked(2021, 7),
        validate=asked(2022, 11),
        calibrate=asked(2022, 12),
        test=asked(2023, 6),
        end=asked(2024, 6),
    )


def flow_task(name: str, ahead_h: int, *, each: bool = False) -> Task:
    """A forecast of the flow so many hours ahead."""
    whose = "each checkpoint" if each else "the whole airport"
    described = meanings(ahead_h, each=each)
    return Task(
        name=name,
        version="1",
        title=f"Passengers per hour at security, {ahead_h} h ahead, of {whose}",
        question=f"Asked {ahead_h} hours before the end of an hour: how many passengers will pass "
        f"security in it? Counts are known when their hour ends.",
        unit="passengers/h",
        dataset=TSA_JFK,
        split=_split(ahead_h),
        names=tuple(described),
        meanings=described,
        plain=(*PLAIN, *PLAIN_MEANS),
        plain_labels=(),
        solve=each_solver(ahead_h) if each else airport_solver(ahead_h),
        known_at=known_at,
        fallback="same hour, mean of 4 weeks",
        headline="wape",
        recipe=Recipe(
            rounds=500,
            rate=0.04,
            leaves=31,
            leaf_rows=40,
            feature_share=0.5,
            row_share=0.7,
            ridge=5.0,
            seeds=1 if each else 3,
        ),
        spread=Recipe(
            rounds=250,
            rate=0.06,
            leaves=15,
            leaf_rows=60,
            feature_share=0.5,
            row_share=0.7,
            ridge=5.0,
        ),
        choices="learning the ratio to the mean of four weeks instead of the count; holidays by "
        "distance; trees of 31 leaves",
        limits=(
            "learnt at New York JFK with American holidays: the recipe travels, the model does not; "
            "another country needs its own calendar",
            "hourly counts: nothing nearer than an hour, nothing inside an hour",
            "sees no flight schedule; a new airline or a closed terminal is noticed when counted",
        ),
        least=0.0,
    )


CHECKPOINT_FLOW = flow_task("checkpoint_flow", 24)
CHECKPOINT_FLOW_1H = flow_task("checkpoint_flow_1h", 1)
CHECKPOINT_FLOW_7D = flow_task("checkpoint_flow_7d", 168)
CHECKPOINT_FLOW_EACH = flow_task("checkpoint_flow_each", 24, each=True)
