"""Four security checkpoints of the generated hall, a count every quarter of an hour, for a year.

Not measured anywhere: live counters give quarters of an hour, and no public set does. Passengers are
those of ``generated_hall`` (the same seats, from the same seed): they come to security between two and a
half hours and half an hour before departure, in clumps as trains and coaches bring them, and take the
nearest of the checkpoints that are open; a crowd spills over to the others.

The plan of openings is known a week ahead: ``main`` is open from 04:00 to midnight, and alone at night;
``north`` from 04:00 to midnight, ``south`` for both waves of the day, ``bridge`` from 06:00 to 21:00. Each
is closed for works on some days, ``bridge`` once for three weeks, which the plan says; now and then one
closes for an hour without notice, which it does not. A closed checkpoint counts nobody: its value is
unknown, as a silent counter's is.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ai_center.datasets.declaration import Dataset, Statistic
from ai_center.datasets.generated_hall import generate as generate_hall
from ai_center.datasets.table import Column, Floats, Table

SEED: Final = 20_260_103
DAYS: Final = 365
QUARTERS: Final = 96
"""A day."""
STEP_MIN: Final = 15.0

CHECKPOINTS: Final = ("north", "main", "south", "bridge")
SHARES: Final = (0.27, 0.38, 0.20, 0.15)
HOURS: Final = (((4, 24),), ((4, 24),), ((5, 11), (15, 21)), ((6, 21),))
"""Local hours in which each is open on an ordinary day."""

COMES_BEFORE: Final = (0.02, 0.05, 0.12, 0.2, 0.23, 0.19, 0.12, 0.07)
"""Share of the passengers of a departure who come 10, 9, ... 3 quarters before it."""
LATEST: Final = 3
LOAD: Final = 0.78
WORKS_A_YEAR: Final = 8
SURPRISES_A_YEAR: Final = 25


def generate(_: tuple[bytes, ...] = (), *, seed: int = SEED, days: int = DAYS) -> Table:
    """Make the set; the same seed gives the same rows."""
    draw = np.random.default_rng(seed)
    hall = generate_hall(seed=seed, days=days)
    slots = days * QUARTERS
    quarter = np.arange(slots)
    coming = _coming(draw, np.repeat(hall.numbers("seats"), 4) / 4)
    plan = _plan(draw, days)
    opened = plan & ~_surprises(draw, slots, plan)
    counts = _shared(draw, coming, opened)
    start = hall.numbers("hour_min")[0]
    columns: dict[str, Column] = {"slot_min": start + STEP_MIN * quarter}
    for place, name in enumerate(CHECKPOINTS):
        columns[name] = np.where(opened[:, place], counts[:, place], np.nan)
        columns[f"{name} open"] = plan[:, place].astype(np.float64)
    return Table(columns=columns)


def _coming(draw: np.random.Generator, seats: Floats) -> Floats:
    """Passengers who come to security in each quarter."""
    slots = len(seats)
    days = slots // QUARTERS
    wandering = np.zeros(days + 1)
    for day, push in enumerate(draw.normal(0, 0.03, days), 1):
        wandering[day] = 0.9 * wandering[day - 1] + push
    load = np.clip(LOAD + np.repeat(wandering[1:], QUARTERS), 0.4, 0.98)
    leaving = seats * load
    coming = np.zeros(slots)
    first = LATEST + len(COMES_BEFORE) - 1
    for place, share in enumerate(COMES_BEFORE):
        before = first - place
        coming[: slots - before] += share * leaving[before:]
    clumps = draw.lognormal(-0.5 * 0.16**2, 0.16, slots)
    return np.asarray(coming * clumps, np.float64)


def _plan(draw: np.random.Generator, days: int) -> np.ndarray:
    """Whether each checkpoint is planned to be open, shape (slots, checkpoints)."""
    hour = np.tile(np.arange(QUARTERS) // 4, days)
    day = np.repeat(np.arange(days), QUARTERS)
    plan = np.stack(
        [
            np.any([(hour >= start) & (hour < end) for start, end in spans], axis=0)
            for spans in HOURS
        ],
        axis=1,
    )
    for place in range(len(CHECKPOINTS)):
        for _ in range(round(WORKS_A_YEAR * days / DAYS)):
            shut = int(draw.integers(0, days))
            plan[day == shut, place] = False
    if days > 200:
        plan[(day >= 150) & (day < 171), CHECKPOINTS.index("bridge")] = False
    plan[plan.sum(axis=1) == 0, CHECKPOINTS.index("main")] = True
    return plan


def _surprises(draw: np.random.Generator, slots: int, plan: np.ndarray) -> np.ndarray:
    """Closures of an hour that no plan knows; never of the last one that is open."""
    shut = np.zeros_like(plan)
    for place in range(len(CHECKPOINTS)):
        for _ in range(round(SURPRISES_A_YEAR * slots / QUARTERS / DAYS)):
            start = int(draw.integers(0, slots - 4))
            rows = slice(start, start + 4)
            alone = (plan[rows] & ~shut[rows]).sum(axis=1) < 2
            shut[rows, place] = ~alone
    return shut


def _shared(draw: np.random.Generator, coming: Floats, opened: np.ndarray) -> Floats:
    """Passengers at each checkpoint: by its share of those that are open."""
    weight = np.array(SHARES) * opened * draw.lognormal(0, 0.06, opened.shape)
    share = weight / weight.sum(axis=1, keepdims=True)
    return np.asarray(draw.poisson(coming[:, None] * share), np.float64)


def _whole(table: Table) -> Floats:
    """Passengers of all checkpoints together."""
    parts = np.stack([table.numbers(name) for name in CHECKPOINTS])
    return np.asarray(np.nansum(parts, axis=0), np.float64)


def _silent(table: Table) -> int:
    """Quarters in which no checkpoint was open."""
    return int(np.all([np.isnan(table.numbers(name)) for name in CHECKPOINTS], axis=0).sum())


def _unplanned(table: Table) -> int:
    """Quarters in which a checkpoint was closed although planned to be open."""
    return sum(
        int((np.isnan(table.numbers(name)) & (table.numbers(f"{name} open") == 1)).sum())
        for name in CHECKPOINTS
    )


GENERATED_CHECKPOINTS = Dataset(
    name="generated_checkpoints",
    version="1",
    title="Passengers at four checkpoints per quarter of an hour in 2025, generated, with the plan",
    kind="generated",
    place=f"ai_center.datasets.generated_checkpoints, seed {SEED}",
    licence="Apache-2.0",
    origin="generated by this project; no measurement",
    columns=(
        ("slot_min", "start of the quarter on the local clock, minutes since 1970"),
        *(
            column
            for name in CHECKPOINTS
            for column in (
                (name, "passengers counted in the quarter; unknown when closed"),
                (f"{name} open", "1 where it is planned to be open, known a week ahead"),
            )
        ),
    ),
    traps=(
        "generated: figures say that the machinery works, nothing of any real checkpoint",
        "about 25 closures of an hour a year and checkpoint are in no plan",
        "its noise is simpler than the world's, so a forecast looks better than it will be",
    ),
    time="slot_min",
    read=generate,
    step_min=STEP_MIN,
    seeded=lambda seed: generate(seed=seed),
    statistics=(
        Statistic(says="quarters of an hour", of=lambda t: float(len(t)), low=35_040, high=35_040),
        Statistic(
            says="passengers a day",
            of=lambda t: float(_whole(t).sum() / DAYS),
            low=31_000,
            high=39_000,
        ),
        Statistic(
            says="share of the busiest checkpoint",
            of=lambda t: float(np.nansum(t.numbers("main")) / _whole(t).sum()),
            low=0.36,
            high=0.46,
        ),
        Statistic(
            says="share of quarters in which south is open",
            of=lambda t: float(np.isfinite(t.numbers("south")).mean()),
            low=0.47,
            high=0.5,
        ),
        Statistic(
            says="closed quarters in no plan, of all four",
            of=lambda t: float(_unplanned(t)),
            low=40,
            high=400,
        ),
        Statistic(
            says="quarters without any open checkpoint",
            of=lambda t: float(_silent(t)),
            low=0,
            high=0,
        ),
    ),
)
