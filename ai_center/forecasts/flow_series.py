"""Counts of one place in equal steps of time, with everything that is known so long ahead of each.

Used for passengers per hour and per quarter of an hour alike. What is learnt is the ratio to the mean of
the same step of the last four weeks, so that growth, which no tree can carry on, is carried by that mean.
Lags and windows are told in hours; ``beside_0.5`` is half an hour before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ai_center.datasets.table import Floats
from ai_center.forecasts import us_holidays
from ai_center.forecasts.known import divided
from ai_center.forecasts.slots import DAY
from ai_center.forecasts.task import Matrix, stacked

HOUR: Final = 60.0
WEEKS_H: Final = (168, 336, 504, 672)
YEAR_H: Final = 52 * 168
LEAST_BASE: Final = 30.0
"""Passengers per hour below which the mean of the weeks is no measure."""

LEVEL_H: Final = (1, 3, 6, 12, 24, 48, 168)

PLAIN: Final = (
    "hour",
    "weekday",
    "day_of_year",
    "lag_0",
    "lag_1",
    "lag_2",
    "lag_3",
    "lag_4",
    "lag_5",
)
PLAIN_MEANS: Final = ("mean_day", "mean_week")
"""What plain LightGBM gets: lags of a day to four weeks, means, clock and calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grain:
    """How finely is counted, and whether the counts follow a calendar.

    Attributes:
        step_min: minutes of a step.
        calendar: holidays and the year before are looked at.
        word: of a step, for meanings.
    """

    step_min: float = HOUR
    calendar: bool = True
    word: str = "hour"

    @property
    def per_hour(self) -> int:
        """Steps in an hour."""
        return round(HOUR / self.step_min)


HOURLY: Final = Grain()
QUARTERLY: Final = Grain(step_min=15.0, calendar=False, word="quarter")


def meanings(ahead_h: float, grain: Grain = HOURLY) -> dict[str, str]:
    """The features of a forecast so many hours ahead."""
    days, word = daily(ahead_h), grain.word
    names = {
        "hour": "hour of the day",
        "weekday": "day of the week, Monday is 0",
        "hour_of_week": "hour of the week",
        "day_of_year": "day of the year",
        "holiday": "nearest holiday, if near",
        "holiday_after": "days after it",
        "usual": f"mean of the same {word} of the last four weeks",
        "usual_share": f"that, over the mean {word} of the last week",
        **{f"day_{k}": f"the count {k} hours before, over the usual" for k in days},
        **{
            f"beside_{k:g}": f"the count {k:g} hours before, over the usual"
            for k in beside(ahead_h, grain)
        },
        **{f"level_{w}": f"the last {w} known hours, over their usual" for w in LEVEL_H},
        "day_to_week": "the last known day, over the day a week before it",
        "week_to_month": "the last known week, over the week four weeks before it",
        "week": f"mean {word} of the last known week",
        "last_year": "the same hour 52 weeks before, over its usual",
        "last_year_share": "the same hour 52 weeks before, over the mean hour of its week",
        **{f"holiday_{k}": f"nearest holiday {k} hours before" for k in WEEKS_H},
        **{f"holiday_after_{k}": f"days after it, {k} hours before" for k in WEEKS_H},
    }
    if grain.calendar:
        return names
    return {
        name: meaning
        for name, meaning in names.items()
        if not name.startswith(("holiday", "last_year", "day_of_year"))
    }


def daily(ahead_h: float) -> tuple[int, ...]:
    """Whole days back that are known, a week of them and the weeks before."""
    first = -int(-ahead_h // 24) * 24
    days = {first + 24 * day for day in range(7)} | {k for k in WEEKS_H if k >= first}
    return tuple(sorted(days))


def beside(ahead_h: float, grain: Grain = HOURLY) -> tuple[float, ...]:
    """Hours beside the same hour of the day and the week, as far as known."""
    hours: set[float] = {ahead_h + 1, ahead_h + 2, ahead_h + 3, 167, 169, 335, 337}
    if grain.per_hour > 1:
        step = grain.step_min / HOUR
        hours |= {ahead_h, ahead_h + step, ahead_h + 2 * step, 168 - step, 168 + step}
    return tuple(sorted(k for k in hours if k >= ahead_h and k not in daily(ahead_h)))


class Series:
    """Counts of one place by step, with everything known so many hours ahead."""

    def __init__(
        self, counts: Floats, start_min: Floats, ahead_h: float, grain: Grain = HOURLY
    ) -> None:
        """Take counts, one for every step.

        Args:
            counts: passengers in each step; unknown where nobody counted.
            start_min: start of each step on the local clock, minutes since 1970.
            ahead_h: the forecast of a step is asked so long before its end.
            grain: of the steps.
        """
        self.counts = counts
        self.start_min = start_min
        self.ahead = ahead_h
        self.grain = grain
        weeks = np.stack([self.lag(k) for k in WEEKS_H])
        known = np.isfinite(weeks).sum(axis=0).astype(np.float64)
        total = np.nansum(weeks, axis=0)
        self.usual = divided(total, known)
        self.scale = np.maximum(self.usual, LEAST_BASE / grain.per_hour)

    def lag(self, hours: float, of: Floats | None = None) -> Floats:
        """Values so many hours before."""
        values = self.counts if of is None else of
        steps = round(hours * self.grain.per_hour)
        moved = np.full(len(values), np.nan)
        moved[steps:] = values[: max(0, len(values) - steps)]
        return moved

    def mean(self, hours: int, of: Floats | None = None) -> Floats:
        """Mean of the last hours, this step included; unknown where half of them are."""
        values = self.counts if of is None else of
        width = hours * self.grain.per_hour
        known = np.concatenate([[0], np.cumsum(np.isfinite(values))])
        sums = np.concatenate([[0.0], np.cumsum(np.nan_to_num(values))])
        start = np.maximum(np.arange(len(values)) + 1 - width, 0)
        count = (known[1:] - known[start]).astype(np.float64)
        total = sums[1:] - sums[start]
        enough = 2 * count >= width
        return divided(total, np.where(enough, count, 0.0))

    def columns(self) -> dict[str, Floats]:
        """Features of every step."""
        ahead, week = self.ahead, self.mean(168)
        usual_then = np.where(np.isnan(self.counts), np.nan, self.usual)
        found = {
            **self.clock(),
            "hour_of_week": np.mod(np.floor_divide(self.start_min, HOUR) + 72, 168),
            "usual": self.usual,
            "usual_share": divided(self.usual, self.lag(ahead, week)),
            **{f"day_{k}": self.lag(k) / self.scale for k in daily(ahead)},
            **{f"beside_{k:g}": self.lag(k) / self.scale for k in beside(ahead, self.grain)},
            **{
                f"level_{w}": self.lag(ahead, divided(self.mean(w), self.mean(w, usual_then)))
                for w in LEVEL_H
            },
            "day_to_week": self.lag(ahead, divided(self.mean(24), self.lag(168, self.mean(24)))),
            "week_to_month": self.lag(ahead, divided(week, self.lag(672, week))),
            "week": self.lag(ahead, week),
        }
        return found | (self.calendar(week) if self.grain.calendar else {})

    def calendar(self, week: Floats) -> dict[str, Floats]:
        """Holidays, and the year before."""
        kind, after = us_holidays.nearest(np.floor_divide(self.start_min, DAY))
        year_week = np.maximum(self.lag(YEAR_H, week), LEAST_BASE)
        return {
            "holiday": kind,
            "holiday_after": after,
            "last_year": self.lag(YEAR_H) / np.maximum(self.lag(YEAR_H, self.usual), LEAST_BASE),
            "last_year_share": self.lag(YEAR_H) / year_week,
            **{f"holiday_{k}": self.lag(k, kind) for k in WEEKS_H},
            **{f"holiday_after_{k}": self.lag(k, after) for k in WEEKS_H},
        }

    def clock(self) -> dict[str, Floats]:
        """Time of day, of the week and of the year."""
        day = np.floor_divide(self.start_min, DAY).astype("datetime64[D]")
        of_year = (day - day.astype("datetime64[Y]")).astype(np.float64) + 1
        step = self.grain.step_min
        found = {
            "hour": np.mod(np.floor_divide(self.start_min, step), 24 * self.grain.per_hour)
            / self.grain.per_hour,
            "weekday": np.mod(np.floor_divide(self.start_min, DAY) + 3, 7),
        }
        return found | ({"day_of_year": of_year} if self.grain.calendar else {})

    def openness(self) -> dict[str, Floats]:
        """Whether passengers pass here at all, lately and at this hour."""
        active = np.where(np.isnan(self.counts), np.nan, self.counts > 0)
        weeks = np.stack([self.lag(k, active) for k in WEEKS_H])
        here = divided(np.nansum(weeks, axis=0), np.isfinite(weeks).sum(axis=0).astype(np.float64))
        return {"open_share": self.lag(self.ahead, self.mean(168, active)), "open_here": here}

    def for_parts(self) -> dict[str, Floats]:
        """What a checkpoint is told of the whole airport."""
        usual_then = np.where(np.isnan(self.counts), np.nan, self.usual)
        level = divided(self.mean(24), self.mean(24, usual_then))
        return {"airport_usual": self.usual, "airport_level_24": self.lag(self.ahead, level)}

    def plain(self) -> Matrix:
        """Everybody's first features."""
        first = -int(-self.ahead // 24) * 24
        lags = sorted(k for k in {first, 48, *WEEKS_H} if k >= self.ahead)
        lags = [*lags, *(WEEKS_H[-1] + 168 * k for k in range(1, 7))][:6]
        columns = {
            **self.clock(),
            **{f"lag_{place}": self.lag(k) for place, k in enumerate(lags)},
            "mean_day": self.lag(self.ahead, self.mean(24)),
            "mean_week": self.lag(self.ahead, self.mean(168)),
        }
        return stacked(plain_names(self.grain), columns)


def plain_names(grain: Grain = HOURLY) -> tuple[str, ...]:
    """Names of the plain features."""
    names = (*PLAIN, *PLAIN_MEANS)
    return names if grain.calendar else tuple(n for n in names if n != "day_of_year")
