"""The departure hall a day ahead: people inside, and the energy it will need, hour by hour.

Asked 24 hours before the end of an hour. Known then: the schedule of seats, the weather forecast of the
hour (made the day before), and every hour that had ended. Both learn the difference to what the same
hour of the last weeks leads to expect, in proportion to the seats for people.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np

from ai_center.datasets.generated_hall import GENERATED_HALL
from ai_center.datasets.table import Floats, Ints, Table
from ai_center.forecasts.known import divided
from ai_center.forecasts.slots import DAY, two_hours
from ai_center.forecasts.task import Problem, Recipe, Split, Task, stacked

HOUR = 60.0
AHEAD_H = 24
WEEKS_H = (168, 336, 504)
LEAST_SCALE = 50.0

COMMON = {
    "hour": "hour of the day",
    "weekday": "day of the week, Monday is 0",
    **{f"seats_{k:+d}": f"seats scheduled {k:+d} h from the hour" for k in range(-1, 6)},
    "usual": "mean of the same hour of the last three weeks",
    "usual_seats": "seats in those hours, on average, over the seats now",
    "day_before": "the same hour of the day before, over the usual",
    "two_days_before": "the same hour two days before, over the usual",
    **{f"level_{w}": f"the last {w} known hours, over their usual" for w in (3, 24, 168)},
}
WEATHER = {
    "temperature": "outside, as forecast for the hour",
    "temperature_day": "outside, as measured on the last known day, mean",
    "temperature_usual": "outside, as measured in the same hour of the last three weeks",
    "people_usual": "people inside in the same hour of the last three weeks",
    "people_day": "people inside on the last known day, mean",
    "seats_near": "seats that leave in the coming four hours",
}
PLAIN = ("hour", "weekday", "seats_+0", "seats_+1", "seats_+2", "lag_24", "lag_168")


def known_at(facts: Table, minute: float) -> Table:
    """The facts as they stood: schedule and weather forecasts whole, the rest as far as ended.

    The weather forecast of an hour is made the day before it, so it is known when the hour is asked.
    """
    ended = facts.numbers("hour_min") + HOUR <= minute
    return facts.replaced(
        **{
            name: np.where(ended, facts.numbers(name), np.nan)
            for name in ("temperature_c", "occupancy", "energy_kwh")
        }
    )


def solver(target: str) -> Callable[[Table, Ints | None], Problem]:
    """Solves for a column of the hall's facts; a row number is the number of an hour."""

    def solve(facts: Table, asked: Ints | None) -> Problem:
        rows = np.arange(len(facts)) if asked is None else asked
        view = _Hall(facts, target)
        columns = view.common()
        names = dict(COMMON)
        if target == "energy_kwh":
            columns |= view.weather()
            names |= WEATHER
        plain = {
            **{name: columns[name] for name in PLAIN if name in columns},
            "lag_24": view.lag(24),
            "lag_168": view.lag(168),
        }
        end = view.hour_min[rows] + HOUR
        return Problem(
            asked_min=end - AHEAD_H * HOUR,
            told_min=end,
            features=stacked(tuple(names), {k: v[rows] for k, v in columns.items()}),
            plain=stacked(PLAIN, {k: v[rows] for k, v in plain.items()}),
            truth=view.values[rows],
            base=view.usual[rows],
            scale=view.scale[rows],
            baselines={
                "same hour the day before": np.nan_to_num(view.lag(24)[rows]),
                "same hour last week": np.nan_to_num(view.lag(168)[rows]),
                "same hour, mean of 3 weeks": np.nan_to_num(view.usual[rows]),
            },
            groups={
                "hour": two_hours(np.mod(view.hour_min[rows], DAY)),
                "day": np.where(
                    columns["weekday"][rows] >= 5, "Saturday, Sunday", "Monday to Friday"
                ),
            },
        )

    return solve


class _Hall:
    """The facts of the hall with everything known a day ahead."""

    def __init__(self, facts: Table, target: str) -> None:
        self.facts = facts
        self.hour_min = facts.numbers("hour_min")
        self.values = facts.numbers(target)
        self.seats = facts.numbers("seats")
        self.usual = self.weekly(self.values)
        self.scale = np.maximum(self.usual, LEAST_SCALE)

    def lag(self, hours: int, of: Floats | None = None) -> Floats:
        """Values so many hours before; negative: after."""
        values = self.values if of is None else of
        moved = np.full(len(values), np.nan)
        if hours >= 0:
            moved[hours:] = values[: max(0, len(values) - hours)]
        else:
            moved[:hours] = values[-hours:]
        return moved

    def weekly(self, values: Floats) -> Floats:
        """Mean of the same hour of the last three weeks."""
        weeks = np.stack([self.lag(k, values) for k in WEEKS_H])
        count = np.isfinite(weeks).sum(axis=0).astype(np.float64)
        return divided(np.nansum(weeks, axis=0), count)

    def mean(self, width: int, values: Floats) -> Floats:
        """Mean of the last hours, this one included."""
        known = np.concatenate([[0.0], np.cumsum(np.isfinite(values))])
        sums = np.concatenate([[0.0], np.cumsum(np.nan_to_num(values))])
        start = np.maximum(np.arange(len(values)) + 1 - width, 0)
        return divided(sums[1:] - sums[start], known[1:] - known[start])

    def common(self) -> dict[str, Floats]:
        day = np.floor_divide(self.hour_min, DAY)
        then = np.where(np.isnan(self.values), np.nan, self.usual)
        return {
            "hour": np.mod(np.floor_divide(self.hour_min, HOUR), 24),
            "weekday": np.mod(day + 3, 7),
            **{f"seats_{k:+d}": self.lag(-k, self.seats) for k in range(-1, 6)},
            "usual": self.usual,
            "usual_seats": self.weekly(self._coming()) / np.maximum(self._coming(), 10),
            "day_before": self.lag(24) / self.scale,
            "two_days_before": self.lag(48) / self.scale,
            **{
                f"level_{w}": self.lag(
                    AHEAD_H, divided(self.mean(w, self.values), self.mean(w, then))
                )
                for w in (3, 24, 168)
            },
        }

    def weather(self) -> dict[str, Floats]:
        measured = self.facts.numbers("temperature_c")
        people = self.facts.numbers("occupancy")
        return {
            "temperature": self.facts.numbers("temperature_forecast_c"),
            "temperature_day": self.lag(AHEAD_H, self.mean(24, measured)),
            "temperature_usual": self.weekly(measured),
            "people_usual": self.weekly(people),
            "people_day": self.lag(AHEAD_H, self.mean(24, people)),
            "seats_near": self._coming(),
        }

    def _coming(self) -> Floats:
        """Seats that leave within four hours: those whose passengers are inside."""
        return np.asarray(
            np.sum([np.nan_to_num(self.lag(-k, self.seats)) for k in range(4)], axis=0), np.float64
        )


def _asked(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=UTC) - timedelta(hours=AHEAD_H - 1)


def _task(name: str, target: str, title: str, question: str, unit: str, fallback: str) -> Task:
    meanings = COMMON | (WEATHER if target == "energy_kwh" else {})
    recipe = Recipe(
        rounds=300, rate=0.05, leaves=15, leaf_rows=30, feature_share=0.6, row_share=0.8, ridge=2.0
    )
    return Task(
        name=name,
        version="1",
        title=title,
        question=question,
        unit=unit,
        dataset=GENERATED_HALL,
        split=Split(
            fit=_asked(2025, 2),
            validate=_asked(2026, 3),
            calibrate=_asked(2026, 4),
            test=_asked(2026, 7),
            end=_asked(2027, 1),
        ),
        names=tuple(meanings),
        meanings=meanings,
        plain=PLAIN,
        plain_labels=(),
        solve=solver(target),
        known_at=known_at,
        fallback=fallback,
        headline="wape",
        recipe=recipe,
        spread=recipe,
        choices="nothing: settings were taken over from the checkpoint flow",
        limits=(
            "GENERATED DATA: the figures show that the machinery works and say nothing of a real hall; "
            "train it on counts and meters",
            "a day ahead only; the schedule is taken as it will be flown",
        ),
        least=0.0,
    )


HALL_OCCUPANCY = _task(
    "hall_occupancy",
    "occupancy",
    "People inside the departure hall, 24 h ahead (on generated data)",
    "Asked 24 hours before the end of an hour: how many people will be inside, on average, in it? "
    "Schedule known, counts when their hour ends.",
    "people",
    "same hour, mean of 3 weeks",
)
ENERGY_NEED = _task(
    "energy_need",
    "energy_kwh",
    "Energy that the departure hall will need, 24 h ahead (on generated data)",
    "Asked 24 hours before the end of an hour: how much energy will the hall need in it? Schedule and "
    "weather forecast known, meters when their hour ends.",
    "kWh",
    "same hour the day before",
)
