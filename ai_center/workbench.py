"""The workbench: data sets, training, evaluation and comparison of forecasts, for the command line.

Everything is kept in the model store; nothing here is needed for serving. LightGBM is only imported
when something is grown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from ai_center.adapters import dataset_files, forecast_store
from ai_center.adapters.dataset_files import DatasetFiles
from ai_center.adapters.forecast_store import (
    ANSWERS,
    CARD,
    MODEL,
    REPORT,
    ForecastManifest,
    ForecastStore,
    KeptAnswers,
)
from ai_center.adapters.onnx_trees import OnnxTrees
from ai_center.cards import forecast_card
from ai_center.cards.forecast_card import Trial
from ai_center.datasets.declaration import Dataset, continued
from ai_center.datasets.shelf import DATASETS, dataset_of
from ai_center.datasets.table import Column, Floats, Table, minutes_of, moment_of
from ai_center.errors import (
    DatasetChanged,
    DatasetUnavailable,
    ModelUnavailable,
    UnknownAlgorithm,
    Untrainable,
)
from ai_center.forecasts import gate, periods, recipes, rehearsing, report, training
from ai_center.forecasts.comparison import Comparison, compared
from ai_center.forecasts.metrics import Answers
from ai_center.forecasts.report import Finding, Measurement
from ai_center.forecasts.strangers import strangers
from ai_center.forecasts.task import Problem, Task, parts_of
from ai_center.forecasts.tasks import TASKS, task_of
from ai_center.forecasts.training import PLAIN_NAME, Progress, Trained, Workshop
from ai_center.forecasts.trees import Grower, Trees
from ai_center.trials.bench import Scalar, Settings
from ai_center.trials.measures import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetState:
    """A declared data set and whether its files are here and whole."""

    dataset: Dataset
    state: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Other data and periods than the declared, for a training.

    Attributes:
        files: in the form of the data set, instead of its own.
        test_from: first moment that is only measured on.
        test_until: first moment after the test.
    """

    files: tuple[Path, ...] = ()
    test_from: datetime | None = None
    test_until: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.files or self.test_from or self.test_until)


class Workbench:
    """See the module's own words."""

    def __init__(
        self, models: Path, files: DatasetFiles, known: Mapping[str, Task] = TASKS
    ) -> None:
        """Keep trained forecasts in a model store, read data sets from files."""
        self._known = known
        self._solved: dict[str, Problem] = {}
        self._store = ForecastStore(models)
        self._files = files

    @property
    def known(self) -> Mapping[str, Task]:
        """Every forecast, by name."""
        return self._known

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where files of data sets are looked for."""
        return self._files.folders

    def datasets(self) -> list[DatasetState]:
        """Every declared data set and the state of its files."""
        return [self._state(dataset) for dataset in DATASETS.values()]

    def describe(self, name: str) -> list[dict[str, object]]:
        """Read a data set and describe every column: meaning, and how its values lie.

        Raises:
            UnknownDataset: none is declared so.
            DatasetUnavailable: a file is nowhere.
            DatasetChanged: a file is another than declared.
        """
        dataset = dataset_of(name)
        facts = self._declared(dataset)[0]
        return [
            {"column": column, "meaning": meaning, "rows": len(facts)}
            | description(facts.columns[column])
            for column, meaning in dataset.columns
        ]

    def promises(self, name: str) -> list[dict[str, object]]:
        """What a generated set promises of its values, what is found, and whether it is kept.

        Raises:
            UnknownDataset: none is declared so.
        """
        dataset = dataset_of(name)
        if not dataset.statistics:
            return []
        facts = self._declared(dataset)[0]
        rows: list[dict[str, object]] = []
        for promise in dataset.statistics:
            found = promise.of(facts)
            kept = promise.low <= found <= promise.high
            row = {"promise": promise.says, "least": promise.low, "most": promise.high}
            rows.append({**row, "found": found, "kept": kept})
        return rows

    def get(self, name: str) -> list[Path]:
        """Copy the files of a data set into the data folder, each checked.

        Raises:
            UnknownDataset: none is declared so.
            DatasetUnavailable: a file is nowhere.
            DatasetChanged: a file is another than declared.
        """
        return self._files.get(dataset_of(name))

    def trained(self) -> Mapping[str, str]:
        """The served version of every forecast that has one, by name."""
        found = {}
        for name in self._known:
            try:
                found[name] = self._store.current(name)
            except ModelUnavailable:
                continue
        return found

    def versions(self, name: str) -> list[str]:
        """Every version of a forecast, oldest first."""
        return self._store.versions(name)

    def point(self, name: str, version: str) -> None:
        """Let a version serve from now on."""
        self._store.point(name, version)

    def gate(
        self, name: str, version: str, *, compared: bool = True
    ) -> tuple[tuple[Check, ...], str]:
        """What a version must keep before it serves, and the hash of the figures it is read from.

        Args:
            name: of the forecast.
            version: of a training.
            compared: also hold it against the version that serves.

        Raises:
            ModelUnavailable: as ModelCorrupt: the version is not there, or not whole.
        """
        task = task_of(name, self._known)
        manifest = self._store.manifest(name, version)
        for file in manifest.sha256:
            self._store.file(manifest, file)
        kept = json.loads(self._store.file(manifest, REPORT))
        checks = [*gate.checks_of(task, kept)]
        if manifest.rehearsal:
            checks.append(Check(rule="measured on the test", kept=False, found="a rehearsal"))
        serves = self.trained().get(name, "")
        if compared and serves and serves != version:
            checks.append(gate.not_worse(self._comparable(name, version, serves), serves))
        return tuple(checks), manifest.sha256[REPORT]

    def _comparable(self, name: str, version: str, serves: str) -> Comparison | None:
        try:
            return self.compare(f"{name}@{version}", f"{name}@{serves}")
        except (Untrainable, ModelUnavailable):
            return None

    def train(
        self,
        name: str,
        *,
        seed: int = training.SEED,
        rehearse: bool = False,
        serve: bool = True,
        settings: Mapping[str, Scalar] | None = None,
        given: Given | None = None,
        progress: Progress = lambda doing, done, total: None,
    ) -> Finding:
        """Train a forecast, measure it, keep it with its card and serve it from now on.

        A training that was stopped goes on where it was. A rehearsal is kept, but not served.

        Args:
            name: of the forecast.
            seed: of everything drawn.
            rehearse: learn and measure inside the training period only.
            serve: whether it serves from now on, without a gate.
            settings: of the trees, where they differ from the task's (see ``recipes``).
            given: other files or periods than the declared.
            progress: told how it goes.

        Raises:
            UnknownAlgorithm: no forecast is called so.
            DatasetUnavailable: its data are not here.
            Untrainable: LightGBM is not installed.
        """
        task = recipes.adjusted(task_of(name, self._known), settings or {})
        task, facts, hashes = self._learnt_from(task, given or Given())
        what = (task.name, task.version, task.recipe, task.spread, task.names, task.split, hashes)
        steps = self._store.steps(name, (*what, seed, rehearse))
        trained = training.train(
            task,
            facts,
            Workshop(grower=grower(), convert=convert, open=OnnxTrees, steps=steps),
            seed=seed,
            rehearse=rehearse,
            progress=progress,
        )
        manifest = self._keep(
            task, trained, hashes, seed=seed, rehearse=rehearse, serve=serve and not rehearse
        )
        steps.clear()
        ends = minutes_of(task.split.test), minutes_of(task.split.end)
        notes = strangers(task.dataset, facts, *ends)
        return self._finding(task, manifest, trained.measurement, against_of(task, trained), notes)

    def _learnt_from(self, task: Task, given: Given) -> tuple[Task, Table, tuple[str, ...]]:
        """The task with its periods, its facts, and the sha256 of the files they came from."""
        if not given:
            return (task, *self._declared(task.dataset))
        if given.files:
            data = self._read(task.dataset, given.files)
            facts = dataset_files.read(task.dataset, data, declared=False)
            hashes = tuple(hashlib.sha256(one).hexdigest() for one in data)
        else:
            facts, hashes = self._declared(task.dataset)
        at = facts.numbers(task.dataset.time)
        span = moment_of(float(np.nanmin(at))), moment_of(float(np.nanmax(at)))
        split = periods.fitted(
            task.split, span, test_from=given.test_from, test_until=given.test_until
        )
        return replace(task, split=split), facts, hashes

    def rehearsed(self, name: str, settings: Settings, *, share: float, seed: int) -> float:
        """How good settings of a forecast's trees are inside the training period: for a search.

        Args:
            name: of the forecast.
            settings: of its trees.
            share: of the work, 0 to 1.
            seed: of the growing.

        Raises:
            Untrainable: a setting is not known, or LightGBM is not installed.
            DatasetUnavailable: its data are not here.
        """
        task = task_of(name, self._known)
        if name not in self._solved:
            self._solved = {name: task.solve(self._declared(task.dataset)[0], None)}
        return rehearsing.loss_of(
            recipes.adjusted(task, settings),
            self._solved[name],
            grower(),
            lambda trees: OnnxTrees(convert(trees)),
            share=share,
            seed=seed,
        )

    def evaluate(
        self,
        name: str,
        *,
        files: Sequence[Path] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        plain: bool = False,
    ) -> Finding:
        """Measure a trained forecast on a period, without learning anything from it.

        Args:
            name: of the forecast, with ``@version`` for another than the served one.
            files: instead of the declared ones, in the same form; where they begin later, the
                declared ones are the past before them.
            since: first moment asked; ``None`` is the start of the test.
            until: first moment no longer asked; ``None`` is the end of the data.
            plain: also grow plain LightGBM on the training period, to compare with.

        Raises:
            ModelUnavailable: it was not trained.
            DatasetChanged: the files cannot be read.
            Untrainable: no row with a truth lies in the period.
        """
        task, manifest = self._version(name)
        if files:
            facts, first = self._given(task.dataset, files)
        else:
            facts, first = self._declared(task.dataset)[0], task.split.test
        problem = task.solve(facts, None)
        start = minutes_of(since or max(first, task.split.test))
        end = np.inf if until is None else minutes_of(until)
        rows = np.isfinite(problem.truth) & np.isfinite(problem.base)
        rows &= (problem.asked_min >= start) & (problem.asked_min < end)
        if not rows.any():
            raise Untrainable(f"{name}: no row with a truth is asked in that period")
        asked = problem.rows(rows)
        opened = OnnxTrees(self._store.file(manifest, MODEL))
        sums = opened.predict(asked.features)
        answers = {task.name: training.answered(task, sums, asked, manifest.shift)}
        if plain:
            answers[PLAIN_NAME] = Answers(middle=_plain(task, problem, asked))
        answers |= {rival: Answers(middle=said) for rival, said in asked.baselines.items()}
        measurement = report.measure(
            answers, asked.truth, asked.asked_min, asked.groups, own=task.name, loss=task.loss
        )
        against = _against(task, answers, asked.truth, asked.asked_min)
        notes = strangers(task.dataset, facts, start, end)
        return self._finding(task, manifest, measurement, against, notes)

    def compare(self, first: str, second: str) -> Comparison:
        """Compare two forecasts on the test rows that both answered.

        Args:
            first: ``name``, ``name@version``, or either with ``:rival`` for another forecast of the
                same report, e.g. ``taxi_out:plain LightGBM``.
            second: the same.

        Raises:
            ModelUnavailable: a version was not trained.
            UnknownAlgorithm: the report holds no such rival.
            Untrainable: they share no rows.
        """
        one, other = self._kept(first), self._kept(second)
        same = len(one[0].truth) == len(other[0].truth) and bool(
            (one[0].asked_min == other[0].asked_min).all()
            and (one[0].truth == other[0].truth).all()
        )
        if not same:
            raise Untrainable(f"{first} and {second} were not measured on the same rows")
        kept = one[0]
        chance = squared(self._version(first.partition(":")[0])[0])
        return compared(kept.asked_min, kept.truth, one[1].middle, other[1].middle, squared=chance)

    def _kept(self, text: str) -> tuple[KeptAnswers, Answers]:
        name, _, rival = text.partition(":")
        task, manifest = self._version(name)
        kept = self._store.answers(manifest)
        wanted = rival or task.name
        if wanted not in kept.answers:
            raise UnknownAlgorithm(wanted, known=tuple(kept.answers))
        return kept, kept.answers[wanted]

    def _version(self, text: str) -> tuple[Task, ForecastManifest]:
        name, _, version = text.partition("@")
        task = task_of(name, self._known)
        return task, self._store.manifest(name, version or self._store.current(name))

    def _declared(self, dataset: Dataset) -> tuple[Table, tuple[str, ...]]:
        files = tuple(path.read_bytes() for path in self._files.paths(dataset))
        hashes = tuple(hashlib.sha256(data).hexdigest() for data in files)
        return dataset_files.read(dataset, files), hashes

    def _given(self, dataset: Dataset, files: Sequence[Path]) -> tuple[Table, datetime]:
        """Files named by hand, with the declared ones for the past; and when the files begin."""
        later = dataset_files.read(dataset, self._read(dataset, files), declared=False)
        first = moment_of(float(np.nanmin(later.numbers(dataset.time))))
        try:
            past = self._declared(dataset)[0]
        except (DatasetUnavailable, DatasetChanged):
            return later, first
        return continued(dataset, past, later), first

    def _read(self, dataset: Dataset, files: Sequence[Path]) -> tuple[bytes, ...]:
        """Files named by hand, and the declared ones for those not named."""
        try:
            data = tuple(path.read_bytes() for path in files)
        except OSError as fault:
            raise DatasetUnavailable(dataset.name, (str(fault),)) from fault
        others = dataset.files[len(files) :]
        if others:
            data += tuple(path.read_bytes() for path in self._files.paths(dataset)[len(files) :])
        return data

    def _state(self, dataset: Dataset) -> DatasetState:
        try:
            paths = self._files.paths(dataset)
            for path, expected in zip(paths, dataset.sha256, strict=True):
                dataset_files.check(dataset, path.name, path.read_bytes(), expected)
        except DatasetUnavailable:
            return DatasetState(dataset=dataset, state="missing", paths=())
        except DatasetChanged:
            return DatasetState(dataset=dataset, state="changed", paths=tuple(map(str, paths)))
        state = "generated" if dataset.kind == "generated" else "present"
        return DatasetState(dataset=dataset, state=state, paths=tuple(map(str, paths)))

    def _keep(
        self,
        task: Task,
        trained: Trained,
        hashes: tuple[str, ...],
        *,
        seed: int,
        rehearse: bool,
        serve: bool,
    ) -> ForecastManifest:
        against = against_of(task, trained)
        facts = {"measurement": asdict(trained.measurement), "against": plain_of(against)}
        sha256 = hashlib.sha256(trained.weights).hexdigest()
        version = f"{task.version}-{sha256[: forecast_store.DIGITS]}"
        trial = Trial(
            version=version,
            model_sha256=sha256,
            data_sha256=hashes,
            seed=seed,
            rehearsal=rehearse,
            measurement=trained.measurement,
            against=against,
            importance=trained.importance,
            shift=trained.shift,
            fit_rows=trained.fit_rows,
            calibration_rows=trained.calibration_rows,
            asked_min=trained.asked_min,
            truth=trained.truth,
            answers=trained.answers,
            checks=gate.checks_of(task, facts),
            command=f"airport-brain algorithms train {task.name} --seed {seed}"
            + recipes.flags(self._known[task.name], task)
            + (" --rehearse" if rehearse else ""),
        )
        kept = KeptAnswers(
            asked_min=trained.asked_min, truth=trained.truth, answers=trained.answers
        )
        files = {
            MODEL: trained.weights,
            REPORT: (json.dumps(facts, indent=1) + "\n").encode(),
            ANSWERS: forecast_store.packed_answers(kept),
            CARD: forecast_card.render(task, trial).encode(),
        }
        fields = {
            "name": task.name,
            "task_version": task.version,
            "features": task.names,
            "typical": trained.typical,
            "shift": trained.shift,
            "seed": seed,
            "dataset": f"{task.dataset.name} {task.dataset.version}",
            "data_sha256": hashes,
            "licence": task.dataset.licence,
            "recipe": recipes.settings_of(task),
            "rehearsal": rehearse,
        }
        return self._store.keep(fields, files, current=serve)

    def _finding(
        self,
        task: Task,
        manifest: ForecastManifest,
        measurement: Measurement,
        against: Mapping[str, Comparison],
        notes: tuple[str, ...],
    ) -> Finding:
        card = self._store.folder(manifest.name, manifest.version) / CARD
        return Finding(
            name=task.name,
            version=manifest.version,
            unit=task.unit,
            loss=task.loss,
            headline=task.headline,
            measurement=measurement,
            against=against,
            card=str(card),
            sha256=manifest.sha256[MODEL],
            notes=notes,
        )


def description(column: Column) -> dict[str, object]:
    """How the values of a column lie: unknown ones, distinct ones, quantiles of numbers."""
    if column.dtype.kind == "U":
        known = column[column != ""]
        return {"unknown": len(column) - len(known), "distinct": len(np.unique(known))}
    numbers = column[np.isfinite(column.astype(np.float64))].astype(np.float64)
    facts: dict[str, object] = {
        "unknown": len(column) - len(numbers),
        "distinct": len(np.unique(numbers)),
    }
    if len(numbers):
        levels = np.quantile(numbers, [0, 0.1, 0.5, 0.9, 1]).tolist()
        facts |= dict(zip(("least", "p10", "median", "p90", "most"), levels, strict=True))
        facts["mean"] = float(numbers.mean())
    return facts


def against_of(task: Task, trained: Trained) -> dict[str, Comparison]:
    """A training's forecast compared with every other."""
    return _against(task, trained.answers, trained.truth, trained.asked_min)


def plain_of(against: Mapping[str, Comparison]) -> dict[str, Any]:
    """Comparisons as plain values."""
    return {name: asdict(found) for name, found in against.items()}


def grower() -> Grower:
    """What grows trees.

    Raises:
        Untrainable: the extra ``train`` is not installed.
    """
    try:
        from ai_center.adapters.lightgbm_grower import LightGbmGrower
    except ImportError as missing:
        raise Untrainable(
            f"training needs {missing.name}: pip install 'airport-brain[train]', or lightgbm alone"
        ) from missing
    return LightGbmGrower()


def convert(trees: Trees) -> bytes:
    """Turn trees into the file that serves."""
    from ai_center.conversion import tree_ensemble  # brings onnx, which serving does not need

    return tree_ensemble.convert(trees)


def squared(task: Task) -> bool:
    """Whether a task's forecasts are compared by squared errors."""
    return task.kind == "chance"


def _against(
    task: Task, answers: Mapping[str, Answers], truth: Floats, asked_min: Floats
) -> dict[str, Comparison]:
    return {
        name: compared(
            asked_min, truth, answers[task.name].middle, answer.middle, squared=squared(task)
        )
        for name, answer in answers.items()
        if name != task.name
    }


def _plain(task: Task, problem: Problem, asked: Problem) -> Floats:
    """Plain LightGBM, grown on the training period of these facts."""
    parts = parts_of(problem, task.split)
    learnt = problem.rows(parts.fit | parts.calibrate)
    labels = tuple(task.plain.index(name) for name in task.plain_labels)
    return grower().plain(
        learnt.plain,
        learnt.truth,
        asked.plain,
        labels=labels,
        mean=task.kind == "chance",
        seed=training.SEED,
    )
