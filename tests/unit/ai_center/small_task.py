"""A forecast of a few hundred rows that trains in a blink, on facts made from a seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ai_center.datasets.declaration import Dataset
from ai_center.datasets.table import Table, moment_of
from ai_center.forecasts.task import Kind, Recipe, Split, Task
from ai_center.forecasts.taxi_out import TAXI_OUT
from tests.unit.ai_center.small_facts import START_MIN, taxi_facts

ROWS = 3000
RECIPE = Recipe(rounds=20, rate=0.2, leaves=7, leaf_rows=20, feature_share=0.5, seeds=2)


def read(_: tuple[bytes, ...]) -> Table:
    return taxi_facts(ROWS)


SMALL_SET = Dataset(
    name="small",
    version="1",
    title="Taxi times made for tests",
    kind="generated",
    place="tests",
    licence="Apache-2.0",
    origin="made here",
    columns=TAXI_OUT.dataset.columns,
    traps=("says <nothing> of the world",),
    time="off_block_min",
    read=read,
)


def small_task(*, kind: Kind = "amount", rounds: int = 20) -> Task:
    """Taxi-out on twelve and a half days: eight to learn from, four to measure on."""
    start = moment_of(START_MIN)
    split = Split(
        fit=start,
        validate=start + timedelta(days=4),
        calibrate=start + timedelta(days=6),
        test=start + timedelta(days=8),
        end=start + timedelta(days=13),
    )
    recipe = replace(RECIPE, rounds=rounds)
    return replace(
        TAXI_OUT, dataset=SMALL_SET, split=split, recipe=recipe, spread=recipe, kind=kind
    )
