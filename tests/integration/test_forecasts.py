"""Forecasts on slices of the real data, and served through the algorithm centre."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from ai_center import AlgorithmCentre, Forecast
from ai_center.adapters.dataset_files import DatasetFiles
from ai_center.adapters.in_process import InProcessRuntime
from ai_center.adapters.model_store import ModelStore
from ai_center.app import workbench
from ai_center.catalogue import Catalogue, forecast_entry
from ai_center.datasets.shelf import DATASETS
from ai_center.datasets.table import Table, minutes_of
from ai_center.errors import DatasetUnavailable, Untrainable
from ai_center.forecasts.task import Recipe, Task
from ai_center.forecasts.tasks import TASKS
from ai_center.forecasts.training import PLAIN_NAME
from ai_center.hosting import HostContext, Hosted
from ai_center.model_manifest import load_shelf
from ai_center.settings import AiSettings
from ai_center.workbench import Workbench, grower
from tests.components import missing

QUICK = Recipe(rounds=60, rate=0.15, leaves=31, leaf_rows=30, feature_share=0.5, row_share=0.7)
ASKED = 6
"""Rows whose features are made again from the facts as they stood."""


READ: dict[str, Table] = {}
"""Sets that were read; each takes seconds."""


@pytest.fixture(scope="module")
def files(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> DatasetFiles:
    own = tmp_path_factory.mktemp("datasets")
    return DatasetFiles(own, [reference_data / "algorithms"])


def facts_of(task: Task, files: DatasetFiles) -> Table:
    """Thirty days of the task's data; of hourly counts all."""
    name = task.dataset.name
    try:
        facts = READ[name] = READ[name] if name in READ else files.facts(task.dataset)
    except DatasetUnavailable as fault:
        missing(str(fault), installable=task.dataset.kind == "package")
    plan = "off_block_min" if "taxi_out_min" in facts.columns else "scheduled_min"
    if plan not in facts.columns:
        return facts
    start, end = (minutes_of(task.split.test + timedelta(days=d)) for d in (-25, 5))
    minute = facts.numbers(plan)
    return facts.rows((minute >= start) & (minute < end))


@pytest.mark.parametrize("name", ["taxi_out", "departure_delay", "arrival_time", "checkpoint_flow"])
def test_real_features_are_made_of_what_was_known(name: str, files: DatasetFiles) -> None:
    task = TASKS[name]
    facts = facts_of(task, files)
    whole = task.solve(facts, None)
    rows = np.flatnonzero(
        np.isfinite(whole.truth) & (whole.asked_min >= minutes_of(task.split.test))
    )
    for row in rows[:: len(rows) // ASKED]:
        minute = float(whole.asked_min[row])
        then = task.known_at(facts, minute)
        place = row if len(then) == len(facts) else locate(task, facts, int(row), minute)
        alone = task.solve(then, np.array([place]))
        np.testing.assert_array_equal(alone.features[0], whole.features[row])
        assert np.isnan(alone.truth[0])


def locate(task: Task, facts: Table, row: int, minute: float) -> int:
    assert task.name == "taxi_out"
    return int((facts.numbers("off_block_min")[:row] <= minute).sum())


@pytest.fixture(scope="module")
def quick(files: DatasetFiles, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Table]:
    """Taxi-out learnt from three weeks, in the model store of a data folder."""
    try:
        grower()
    except Untrainable:
        missing("LightGBM")
    task = TASKS["taxi_out"]
    facts = facts_of(task, files)
    split = replace(
        task.split,
        fit=task.split.test - timedelta(days=24),
        validate=task.split.test - timedelta(days=8),
        calibrate=task.split.test - timedelta(days=8),
        end=task.split.test + timedelta(days=5),
    )
    dataset = replace(task.dataset, files=(), sha256=(), read=lambda _: facts)
    small = replace(task, split=split, dataset=dataset, recipe=QUICK, spread=QUICK)
    models = tmp_path_factory.mktemp("data") / "models"
    bench = Workbench(models, files, {"taxi_out": small})
    found = bench.train("taxi_out")
    own = found.measurement.metrics["taxi_out"]
    assert own["mae"].value < found.measurement.metrics["carrier, last 28 days"]["mae"].value
    assert own["mae"].value < 1.05 * found.measurement.metrics[PLAIN_NAME]["mae"].value
    assert 0.7 < own["coverage"].value < 0.9
    return models, facts


def payload(facts: Table, row: int) -> dict[str, object]:
    return {"facts": dict(facts.columns), "ask": [row]}


async def test_a_forecast_is_served_without_lightgbm(quick: tuple[Path, Table]) -> None:
    models, facts = quick
    entry = forecast_entry(TASKS["taxi_out"])
    runtime = InProcessRuntime(
        [Hosted(name="taxi_out", factory=entry.factory)], HostContext(models=models, threads=1)
    )
    await runtime.start()
    store = ModelStore(models, load_shelf())
    centre = AlgorithmCentre(Catalogue([entry]), runtime, store, timer=time.perf_counter)
    row = len(facts) - 10
    then = TASKS["taxi_out"].known_at(facts, float(facts.numbers("off_block_min")[row]))
    answer = await centre.call("taxi_out", payload(then, row))
    await runtime.stop()
    (said,) = answer.value  # type: ignore[misc]
    assert isinstance(said, Forecast)
    assert answer.model is not None
    assert answer.model.sha256
    assert not answer.degraded
    assert 4 < said.low < said.value < said.high < 60


async def test_without_a_model_the_plain_rule_answers(
    quick: tuple[Path, Table], tmp_path: Path
) -> None:
    _, facts = quick
    entry = forecast_entry(TASKS["taxi_out"])
    runtime = InProcessRuntime(
        [Hosted(name="taxi_out", factory=entry.factory)], HostContext(models=tmp_path, threads=1)
    )
    await runtime.start()
    centre = AlgorithmCentre(
        Catalogue([entry]), runtime, ModelStore(tmp_path, load_shelf()), timer=time.perf_counter
    )
    answer = await centre.call("taxi_out", payload(facts, len(facts) - 10))
    await runtime.stop()
    assert answer.degraded
    (said,) = answer.value  # type: ignore[misc]
    assert 5 < said.value < 40


def test_another_file_of_the_same_form_can_be_evaluated(
    quick: tuple[Path, Table], reference_data: Path, tmp_path: Path
) -> None:
    models, _ = quick
    packed = reference_data / "algorithms" / DATASETS["hflights"].files[0]
    head, *lines = gzip.decompress(packed.read_bytes()).decode().splitlines()
    months = ("2011,9,", "2011,10,")
    other = tmp_path / "later.csv"
    other.write_text("\n".join([head, *(line for line in lines if line.startswith(months))]))
    found = workbench(AiSettings(), data_dir=models.parent).evaluate(
        "taxi_out",
        files=[other],
        since=TASKS["taxi_out"].split.test,
        until=TASKS["taxi_out"].split.test + timedelta(days=2),
    )
    assert 1000 < found.measurement.rows < 1500
    assert found.measurement.metrics["taxi_out"]["mae"].value < 5
