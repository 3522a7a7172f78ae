"""Training from facts to a kept, served, compared forecast, on a small task."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from ai_center import Forecast, ModelCorrupt, ModelUnavailable, UnknownAlgorithm
from ai_center.adapters.dataset_files import DatasetFiles
from ai_center.adapters.forecast_store import ANSWERS, CARD, MODEL, REPORT, ForecastStore
from ai_center.algorithms.forecast import fallback_of
from ai_center.datasets.table import Table, moment_of
from ai_center.errors import FactsRefused, Untrainable
from ai_center.forecast_hosting import opened
from ai_center.forecasts.report import Finding
from ai_center.forecasts.task import Task
from ai_center.forecasts.training import PLAIN_NAME, rehearsal
from ai_center.workbench import Given, Workbench, grower
from tests.components import missing
from tests.unit.ai_center.small_facts import START_MIN, taxi_facts
from tests.unit.ai_center.small_task import ROWS, small_task

TASK = small_task()


@pytest.fixture(scope="module", autouse=True)
def needs_lightgbm() -> None:
    try:
        grower()
    except Untrainable:
        missing("LightGBM")


def bench(folder: Path, task: Task = TASK) -> Workbench:
    return Workbench(folder, DatasetFiles(folder / "datasets", []), {task.name: task})


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def found(models: Path) -> Finding:
    return bench(models).train("taxi_out")


def test_a_training_measures_every_forecast_on_the_test_period(found: Finding) -> None:
    metrics = found.measurement.metrics
    assert set(metrics) == {
        "taxi_out",
        PLAIN_NAME,
        "last 10 take-offs",
        "carrier, last 28 days",
    }
    assert 700 < found.measurement.rows < 1300
    own = metrics["taxi_out"]
    assert own["mae"].low <= own["mae"].value <= own["mae"].high
    assert 0.7 < own["coverage"].value < 0.9
    assert own["rmse"].value >= own["mae"].value
    assert set(found.against) == set(metrics) - {"taxi_out"}


def test_it_is_kept_with_card_report_and_hashes(found: Finding, models: Path) -> None:
    store = ForecastStore(models)
    manifest = store.manifest("taxi_out", store.current("taxi_out"))
    assert set(manifest.sha256) == {MODEL, REPORT, ANSWERS, CARD}
    assert manifest.version == f"1-{manifest.sha256[MODEL][:10]}"
    assert manifest.identity.sha256 == found.sha256
    card = store.file(manifest, CARD).decode()
    assert "says &lt;nothing&gt; of the world" in card
    assert "<svg" in card
    assert "http" not in card
    report = json.loads(store.file(manifest, REPORT))
    assert report["measurement"]["rows"] == found.measurement.rows
    assert not (models / "forecasts" / "taxi_out" / ".work").exists() or not list(
        (models / "forecasts" / "taxi_out" / ".work").iterdir()
    )


def test_the_same_seed_gives_the_same_model_and_another_seed_another(
    found: Finding, tmp_path: Path
) -> None:
    again = bench(tmp_path).train("taxi_out")
    assert again.version == found.version
    assert again.measurement.metrics["taxi_out"] == found.measurement.metrics["taxi_out"]
    assert bench(tmp_path).train("taxi_out", seed=7).version != found.version


def test_a_stopped_training_goes_on_where_it_was(found: Finding, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop_late(doing: str, done: int, total: int) -> None:
        if done == 4:
            raise Stopped

    with pytest.raises(Stopped):
        bench(tmp_path).train("taxi_out", progress=stop_late)
    kept = sorted(p.name for p in (tmp_path / "forecasts").rglob("*.npz"))
    assert kept == ["q10-seed1.npz", "q50-seed1.npz", "q50-seed2.npz"]
    stamps = {p: p.stat().st_mtime_ns for p in (tmp_path / "forecasts").rglob("*.npz")}

    def look(doing: str, done: int, total: int) -> None:
        if done == 4:
            assert {p: p.stat().st_mtime_ns for p in stamps} == stamps

    assert bench(tmp_path).train("taxi_out", progress=look).version == found.version


def test_a_rehearsal_stays_inside_the_training_period_and_is_not_served(tmp_path: Path) -> None:
    split = rehearsal(TASK.split)
    assert split.test == TASK.split.validate
    assert split.end == TASK.split.test
    workbench = bench(tmp_path)
    rehearsed = workbench.train("taxi_out", rehearse=True)
    assert rehearsed.measurement.until < TASK.split.test.timestamp() / 60
    assert workbench.trained() == {}
    assert "A rehearsal" in Path(rehearsed.card).read_text("utf-8")


def test_evaluation_learns_nothing_and_gives_the_figures_of_the_training(
    found: Finding, models: Path
) -> None:
    measured = bench(models).evaluate("taxi_out", until=TASK.split.end)
    for metric, value in measured.measurement.metrics["taxi_out"].items():
        assert value.value == pytest.approx(
            found.measurement.metrics["taxi_out"][metric].value, rel=1e-6
        )
    plain = bench(models).evaluate("taxi_out", until=TASK.split.end, plain=True)
    assert (
        plain.measurement.metrics[PLAIN_NAME]["mae"].value
        == found.measurement.metrics[PLAIN_NAME]["mae"].value
    )


def test_an_empty_period_is_refused(found: Finding, models: Path) -> None:
    with pytest.raises(Untrainable, match="no row"):
        bench(models).evaluate("taxi_out", since=TASK.split.end.replace(year=2030))


def test_comparison_tells_a_real_difference_from_none(found: Finding, models: Path) -> None:
    workbench = bench(models)
    better = workbench.compare("taxi_out", "taxi_out:last 10 take-offs")
    assert better.verdict in ("first", "undecided")
    itself = workbench.compare("taxi_out", f"taxi_out@{found.version}")
    assert itself.verdict == "undecided"
    assert itself.difference.value == 0
    with pytest.raises(UnknownAlgorithm, match="known: taxi_out"):
        workbench.compare("taxi_out", "taxi_out:nobody")
    with pytest.raises(ModelUnavailable, match="trained versions"):
        workbench.compare("taxi_out", "taxi_out@1-0000000000")


def test_serving_gives_what_training_measured(found: Finding, models: Path) -> None:
    served = opened(TASK, ForecastStore(models), threads=1)
    store = ForecastStore(models)
    kept = store.answers(store.manifest("taxi_out", found.version))
    facts = taxi_facts(ROWS)
    problem = TASK.solve(facts, None)
    row = int(np.flatnonzero(problem.asked_min == kept.asked_min[100])[0])
    then = TASK.known_at(facts, float(problem.asked_min[row]))
    (outcome,) = served.predict([payload(then, [row])])
    assert outcome.fault is None
    assert outcome.model is not None
    assert outcome.model.sha256 == found.sha256
    (said,) = outcome.value  # type: ignore[misc]
    assert isinstance(said, Forecast)
    here = np.flatnonzero(kept.asked_min == kept.asked_min[100])
    middles = kept.answers["taxi_out"].middle[here]
    assert np.abs(middles - said.value).min() < 1e-4
    assert said.low <= said.value <= said.high
    assert said.unit == "min"
    assert 1 <= len(said.reasons) <= 3
    sizes = [abs(reason.effect) for reason in said.reasons]
    assert sizes == sorted(sizes, reverse=True)
    assert all(reason.meaning for reason in said.reasons)


def payload(facts: Table, ask: list[int]) -> dict[str, object]:
    columns = {name: column.tolist() for name, column in facts.columns.items()}
    return {"facts": columns, "ask": ask}


def test_the_fallback_answers_from_the_same_payload_without_a_model() -> None:
    facts = taxi_facts(200)
    (said,) = fallback_of(TASK)(payload(facts, [150]))  # type: ignore[misc]
    assert isinstance(said, Forecast)
    assert 5 < said.value < 40
    assert np.isnan(said.low)


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda p: p.pop("facts"), "facts"),
        (lambda p: p["facts"].pop("carrier"), "carrier"),
        (lambda p: p["facts"].update(carrier=["AA"]), "facts"),
        (lambda p: p["facts"].update(off_block_min=[[1]] * 20), "off_block_min"),
        (lambda p: p["facts"].update(off_block_min="soon"), "off_block_min"),
        (lambda p: p["facts"].update(off_block_min=["soon"] * 20), "facts"),
        (lambda p: p.update(ask=[]), "ask"),
        (lambda p: p.update(ask=[-1]), "ask"),
        (lambda p: p.update(ask=[20]), "ask"),
        (lambda p: p.update(ask=["1"]), "ask"),
    ],
)
def test_facts_that_do_not_fit_are_refused_by_name(
    found: Finding,
    models: Path,
    spoil,
    field: str,  # type: ignore[no-untyped-def]
) -> None:
    served = opened(TASK, ForecastStore(models), threads=1)
    asked = payload(taxi_facts(20), [3])
    spoil(asked)
    (outcome,) = served.predict([asked])
    assert isinstance(outcome.fault, FactsRefused)
    assert outcome.fault.field == field


def test_a_changed_file_and_another_feature_list_are_never_served(tmp_path: Path) -> None:
    workbench = bench(tmp_path)
    trained = workbench.train("taxi_out")
    store = ForecastStore(tmp_path)
    path = store.folder("taxi_out", trained.version) / MODEL
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelCorrupt):
        opened(TASK, store, threads=1)
    other = small_task()
    object.__setattr__(other, "version", "2")
    with pytest.raises(ModelUnavailable, match="train it again"):
        opened(other, store, threads=1)


def test_a_chance_is_measured_by_squares_and_has_no_interval(tmp_path: Path) -> None:
    task = small_task(kind="chance")
    solve = task.solve

    def late(facts: Table, asked: object) -> object:
        problem = solve(facts, asked)  # type: ignore[arg-type]
        truth = np.where(np.isnan(problem.truth), np.nan, problem.truth > 30)
        object.__setattr__(problem, "truth", truth)
        return problem

    object.__setattr__(task, "solve", late)
    object.__setattr__(task, "headline", "brier")
    trained = bench(tmp_path, task).train("taxi_out")
    own = trained.measurement.metrics["taxi_out"]
    assert "coverage" not in own
    assert 0.1 < own["brier"].value < 0.25
    assert trained.against["last 10 take-offs"].verdict == "first"
    assert "How often it came" in Path(trained.card).read_text("utf-8")


def test_nothing_is_served_before_a_training(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="algorithms train taxi_out"):
        opened(TASK, ForecastStore(tmp_path), threads=1)
    with pytest.raises(UnknownAlgorithm, match="known: taxi_out"):
        bench(tmp_path).train("weather")


def test_other_periods_are_trained_on_and_told(tmp_path: Path) -> None:
    start = moment_of(START_MIN)
    given = Given(test_from=start + timedelta(days=6), test_until=start + timedelta(days=7))
    found = bench(tmp_path).train("taxi_out", given=given)
    assert found.measurement.since >= START_MIN + 6 * 1440
    assert found.measurement.until < START_MIN + 7 * 1440
    assert found.measurement.rows < 300
    assert any("days of past" in note for note in found.notes)
    with pytest.raises(Untrainable, match="the data go from 2012-01-01"):
        bench(tmp_path).train("taxi_out", given=Given(test_from=start - timedelta(days=1)))
