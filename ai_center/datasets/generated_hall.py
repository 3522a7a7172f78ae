"""Two years of a departure hall, made here: schedule, weather, people inside, energy.

Not measured anywhere: it exists so that the forecasts of occupancy and energy can be built and tested
until real counts and meters are connected. What goes in is stated here, and every draw comes from
one seed.

- Schedule: seats that leave per hour, two waves a day, less at weekends, more in summer and around
  holidays; known long before.
- People: a load factor per day (its noise stays for days), who come between four hours and half an
  hour before departure, more punctual ones in the morning. Occupancy is the mean number inside.
- Weather: temperature with a year, a day and a wandering rest; its forecast of the day before errs by
  1.5 K.
- Energy: lights and base load, air moved in proportion to people, cooling above and heating below the
  comfort band, each with the heat that people bring, and noise of 3 %.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from ai_center.datasets.declaration import Dataset, Statistic
from ai_center.datasets.table import Floats, Table, minutes_of

SEED = 20_260_101
START = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 730
SHOWS_UP = (0.10, 0.34, 0.36, 0.20)
"""Share of the passengers of an hour's departures who come 4, 3, 2 and 1 hours before."""

COMFORT_C = (20.0, 25.0)


def generate(_: tuple[bytes, ...] = (), *, seed: int = SEED, days: int = DAYS) -> Table:
    """Make the set; the same seed gives the same rows."""
    draw = np.random.default_rng(seed)
    hours = np.arange(days * 24, dtype=np.float64)
    day, clock = hours // 24, hours % 24
    seats = _seats(draw, day, clock)
    wandering = _wandering(draw, days, 0.9, 0.03)[day.astype(np.int64)]
    load = np.asarray(np.clip(0.78 + wandering, 0.4, 0.98), np.float64)
    inside = _inside(draw, seats * load)
    temperature = _temperature(draw, hours, days)
    told: Floats = temperature + draw.normal(0, 1.5, len(hours))
    return Table(
        columns={
            "hour_min": np.asarray(minutes_of(START) + 60.0 * hours, np.float64),
            "seats": seats,
            "temperature_forecast_c": _rounded(told),
            "temperature_c": _rounded(temperature),
            "occupancy": inside,
            "energy_kwh": _rounded(_energy(draw, clock, inside, temperature)),
        }
    )


def _seats(draw: np.random.Generator, day: Floats, clock: Floats) -> Floats:
    waves = np.exp(-((clock - 8) ** 2) / 8) + 0.9 * np.exp(-((clock - 18) ** 2) / 14) + 0.35
    open_hours = np.where((clock >= 1) & (clock <= 5), 0.05, 1.0)
    weekday = np.array([1.0, 0.97, 0.98, 1.02, 1.1, 0.9, 1.04])[((day + 2) % 7).astype(np.int64)]
    season = 1 + 0.12 * np.sin(2 * np.pi * (day - 105) / 365.25)
    festive = 1 + 0.25 * (((day % 365) > 23) & ((day % 365) < 40))
    plan = 2600 * waves * open_hours * weekday * season * festive
    return np.asarray(np.round(plan * draw.normal(1, 0.05, len(day)) / 10) * 10, np.float64)


def _inside(draw: np.random.Generator, passengers: Floats) -> Floats:
    """People inside on average in each hour: those who have come and not yet boarded."""
    inside = np.zeros(len(passengers))
    waiting = np.cumsum(SHOWS_UP)[::-1]
    for before, share in enumerate(waiting):
        inside[: len(passengers) - before] += share * passengers[before:]
    return np.asarray(
        draw.poisson(inside * draw.normal(1, 0.06, len(inside)).clip(0.5)), np.float64
    )


def _temperature(draw: np.random.Generator, hours: Floats, days: int) -> Floats:
    year = 17 - 12 * np.cos(2 * np.pi * (hours / 24 - 20) / 365.25)
    daily = 3.5 * np.sin(2 * np.pi * (hours % 24 - 9) / 24)
    return np.asarray(
        year + daily + _wandering(draw, days, 0.8, 2.0)[(hours // 24).astype(np.int64)], np.float64
    )


def _energy(draw: np.random.Generator, clock: Floats, inside: Floats, outside: Floats) -> Floats:
    lights = np.where((clock >= 5) & (clock <= 23), 900.0, 450.0)
    low, high = COMFORT_C
    cooling = 95 * np.maximum(outside - high + inside / 1500, 0)
    heating = 60 * np.maximum(low - outside - inside / 2500, 0)
    need = 1200 + lights + 0.12 * inside + cooling + heating
    return np.asarray(need * draw.normal(1, 0.03, len(need)), np.float64)


def _rounded(values: Floats) -> Floats:
    """To one decimal, as instruments tell."""
    return np.asarray(np.round(values, 1), np.float64)


def _wandering(draw: np.random.Generator, days: int, keeps: float, step: float) -> Floats:
    """A value per day that keeps a share of yesterday's."""
    values = np.zeros(days + 1)
    for day, push in enumerate(draw.normal(0, step, days), 1):
        values[day] = keeps * values[day - 1] + push
    return values[1:]


def _at(table: Table, column: str, hour: int) -> float:
    """Mean of a column at an hour of the day."""
    return float(table.numbers(column)[np.arange(len(table)) % 24 == hour].mean())


GENERATED_HALL = Dataset(
    name="generated_hall",
    version="1",
    title="A departure hall in 2025 and 2026, generated: seats, weather, people inside, energy",
    kind="generated",
    place=f"ai_center.datasets.generated_hall, seed {SEED}",
    licence="Apache-2.0",
    origin="generated by this project; no measurement",
    columns=(
        ("hour_min", "start of the hour, minutes since 1970 UTC"),
        ("seats", "seats that leave in the hour, as scheduled"),
        ("temperature_forecast_c", "outside, as forecast the day before, degrees Celsius"),
        ("temperature_c", "outside, as measured"),
        ("occupancy", "people inside, mean of the hour"),
        ("energy_kwh", "energy used in the hour"),
    ),
    traps=(
        "generated: figures say that the machinery works, nothing of any real hall",
        "its noise is simpler than the world's, so a forecast looks better than it will be",
    ),
    time="hour_min",
    read=generate,
    step_min=60.0,
    seeded=lambda seed: generate(seed=seed),
    statistics=(
        Statistic(says="hours", of=lambda t: float(len(t)), low=17_520, high=17_520),
        Statistic(
            says="mean seats an hour",
            of=lambda t: float(t.numbers("seats").mean()),
            low=1_800,
            high=1_950,
        ),
        Statistic(
            says="mean people inside at 07:00 over those at 02:00",
            of=lambda t: _at(t, "occupancy", 7) / _at(t, "occupancy", 2),
            low=3.0,
            high=90.0,
        ),
        Statistic(
            says="standard error of the weather forecast, K",
            of=lambda t: float(
                (t.numbers("temperature_forecast_c") - t.numbers("temperature_c")).std()
            ),
            low=1.4,
            high=1.6,
        ),
        Statistic(
            says="mean outside temperature, C",
            of=lambda t: float(t.numbers("temperature_c").mean()),
            low=15.5,
            high=18.5,
        ),
        Statistic(
            says="correlation of people inside and seats",
            of=lambda t: float(np.corrcoef(t.numbers("occupancy"), t.numbers("seats"))[0, 1]),
            low=0.6,
            high=0.98,
        ),
    ),
)
