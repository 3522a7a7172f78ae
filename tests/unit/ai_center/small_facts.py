"""Small facts in the form of each data set, made up from a seed: enough to run every feature."""

from __future__ import annotations

import numpy as np

from ai_center.datasets import generated_checkpoints
from ai_center.datasets.table import Table
from ai_center.datasets.tsa_jfk import CHECKPOINTS

START_MIN = 22_089_600.0
"""2012-01-01 00:00 UTC."""


def taxi_facts(count: int = 600, seed: int = 1) -> Table:
    """Two airports, four carriers, a flight every few minutes."""
    draw = np.random.default_rng(seed)
    off = START_MIN + np.sort(draw.integers(0, count * 6, count)).astype(np.float64)
    carrier = draw.choice(["AA", "CO", "WN", "XE"], count)
    return Table(
        columns={
            "airport": draw.choice(["IAH", "HOU"], count, p=[0.8, 0.2]),
            "destination": draw.choice(["DFW", "ORD", "LAX"], count),
            "carrier": carrier,
            "flight": np.char.add(carrier, draw.integers(1, 20, count).astype(np.str_)),
            "registration": np.char.add("N", draw.integers(1, 60, count).astype(np.str_)),
            "distance_m": draw.integers(200, 2000, count) * 1000.0,
            "scheduled_min": off - draw.integers(-5, 40, count),
            "off_block_min": off,
            "taxi_out_min": draw.integers(5, 40, count).astype(np.float64),
        }
    )


def delay_facts(count: int = 600, seed: int = 1) -> Table:
    """Three airports; every twelfth flight is cancelled, every fifteenth has no tail."""
    draw = np.random.default_rng(seed)
    scheduled = START_MIN + np.sort(draw.integers(0, count * 6, count)).astype(np.float64)
    block = draw.integers(60, 300, count).astype(np.float64)
    off = scheduled + draw.integers(-10, 90, count)
    off[::12] = np.nan
    late = off + block + draw.integers(-20, 40, count)
    carrier = draw.choice(["AA", "B6", "DL"], count)
    tail = np.char.add("N", draw.integers(1, 80, count).astype(np.str_))
    tail[::15] = ""
    return Table(
        columns={
            "airport": draw.choice(["EWR", "JFK", "LGA"], count),
            "destination": draw.choice(["BOS", "ORD", "LAX", "SJU"], count),
            "carrier": carrier,
            "flight": np.char.add(carrier, draw.integers(1, 20, count).astype(np.str_)),
            "registration": tail,
            "distance_m": draw.integers(200, 4000, count) * 1000.0,
            "scheduled_min": scheduled,
            "scheduled_block_min": block,
            "off_block_min": off,
            "in_block_min": late,
            "air_min": late - off - 30,
        }
    )


def flow_facts(days: int = 70, seed: int = 1) -> Table:
    """Eight checkpoints with a day's rhythm; one closes half-way, two hours are missing."""
    draw = np.random.default_rng(seed)
    hours = days * 24
    clock = np.arange(hours) % 24
    columns: dict[str, np.ndarray] = {"hour_min": START_MIN + 60.0 * np.arange(hours)}
    for place, name in enumerate(CHECKPOINTS):
        level = 100.0 * (place + 1) * (1 + np.sin(clock / 24 * 2 * np.pi)) + 5
        columns[name] = draw.poisson(level).astype(np.float64)
    columns[CHECKPOINTS[1]][hours // 2 :] = np.nan
    for name in CHECKPOINTS:
        columns[name][[500, 501]] = np.nan
    return Table(columns=columns)


def quarter_facts(days: int = 45, seed: int = 1) -> Table:
    """The first weeks of the generated checkpoints, with their plan."""
    return generated_checkpoints.generate(seed=seed, days=days)
