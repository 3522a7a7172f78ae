"""Searching settings of any algorithm: recorded, taken up again, on one crew as on another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from ai_center import UnknownAlgorithm
from ai_center.adapters.dataset_files import DatasetFiles
from ai_center.adapters.in_turn import InTurn
from ai_center.catalogue import forecast_entry
from ai_center.desk import Desk
from ai_center.errors import Untrainable
from ai_center.forecasts.recipes import SPACE
from ai_center.trials.bench import BenchContext
from ai_center.trials.search import Done
from ai_center.workbench import Workbench, grower
from tests.components import missing
from tests.unit.ai_center import small_bench
from tests.unit.ai_center.small_task import small_task
from tests.unit.ai_center.test_desk import NOW, desk_of


def test_the_best_settings_are_found_on_cases_nobody_is_measured_on(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    small_bench.RUN.clear()
    found = desk.search("small", InTurn(), count=12, seed=3)
    assert found.best["size"] == 1.0
    assert all(case.startswith("case 10") and len(case) > 10 for case in small_bench.RUN)
    (record,) = (tmp_path / "algorithms" / "small" / "searches").iterdir()
    told = json.loads(record.read_text())
    assert (told["seed"], told["count"], told["best"]["size"]) == (3, 12, 1.0)
    finding, refusal = desk.train("small", settings=found.best, by="ann")
    assert refusal is None
    assert desk.rows()[0].serves == finding.version


class Stopped(Exception):
    pass


class Stopping(InTurn):
    """Stops after so many jobs."""

    def __init__(self, after: int) -> None:
        self.left = after

    def each(self, function: str, jobs: Sequence[Mapping[str, Any]]) -> Iterator[Done]:
        for done in super().each(function, jobs):
            if not self.left:
                raise Stopped
            self.left -= 1
            yield done


def test_a_killed_search_goes_on_and_comes_to_the_same(tmp_path: Path) -> None:
    whole = desk_of(tmp_path / "a").search("small", InTurn(), count=6, seed=1)
    desk = desk_of(tmp_path / "b")
    with pytest.raises(Stopped):
        desk.search("small", Stopping(4), count=6, seed=1)
    small_bench.RUN.clear()
    again = desk.search("small", InTurn(), count=6, seed=1)
    assert again.best == whole.best
    assert [(t.job.key, t.loss) for t in again.tried] == [(t.job.key, t.loss) for t in whole.tried]
    assert (whole.kept, again.kept) == (0, 4)
    records = [
        next((tmp_path / way / "algorithms" / "small" / "searches").iterdir()).read_text()
        for way in ("a", "b")
    ]
    assert records[0] == records[1]
    resumed = len(small_bench.RUN)
    small_bench.RUN.clear()
    desk_of(tmp_path / "c").search("small", InTurn(), count=6, seed=1)
    assert resumed < len(small_bench.RUN)


def test_what_cannot_be_searched_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownAlgorithm):
        desk_of(tmp_path).search("large", InTurn(), count=2)


class Counting(InTurn):
    """Says that the second candidate is best, without a look."""

    asked: Mapping[str, Any]

    def each(self, function: str, jobs: Sequence[Mapping[str, Any]]) -> Iterator[Done]:
        self.asked = jobs[0]
        for place in range(len(jobs)):
            yield Done(place=place, loss=float(place != 1) if len(jobs) > 1 else 0.0)


def test_the_trees_of_a_forecast_are_searched_among_declared_values(tmp_path: Path) -> None:
    task = small_task()
    files = DatasetFiles(tmp_path / "datasets", [tmp_path / "shared"])
    workbench = Workbench(tmp_path, files, {task.name: task})
    context = BenchContext(models=tmp_path)
    desk = Desk([forecast_entry(task)], workbench, context, clock=lambda: NOW)
    crew = Counting()
    found = desk.search(task.name, crew, count=2, seed=4)
    assert set(found.best) == set(SPACE)
    assert all(found.best[name] in values for name, values in SPACE.items())
    assert crew.asked["datasets"] == [str(tmp_path / "datasets"), str(tmp_path / "shared")]
    assert not crew.asked["maker"]


def test_settings_of_a_forecast_are_rehearsed_inside_the_training_period(tmp_path: Path) -> None:
    try:
        grower()
    except Untrainable:
        missing("LightGBM")
    task = small_task()
    bench = Workbench(tmp_path, DatasetFiles(tmp_path / "datasets", []), {task.name: task})
    losses = [
        bench.rehearsed(task.name, settings, share=share, seed=1)
        for settings, share in (({}, 1.0), ({}, 1.0), ({"rounds": 60, "rate": 0.1}, 1.0), ({}, 0.5))
    ]
    assert losses[0] == losses[1]
    assert len(set(losses)) == 3
    assert all(0.5 < loss < 20 for loss in losses)
    with pytest.raises(Untrainable, match="no setting"):
        bench.rehearsed(task.name, {"depth": 3}, share=1.0, seed=1)
    found = bench.train(task.name, settings={"rounds": 30})
    usual = bench.train(task.name)
    assert found.version != usual.version
    assert "--set rounds=30" in Path(found.card).read_text("utf-8")
    assert "--set" not in Path(usual.card).read_text("utf-8")
