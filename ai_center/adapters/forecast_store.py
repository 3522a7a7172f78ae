"""Trained forecasts on disk, beside the other models and pinned by sha256 like them.

    {models}/forecasts/{name}/current              version that is served, one line
    {models}/forecasts/{name}/{version}/
        manifest.json     what it is, with the sha256 of every other file
        model.onnx        the trees
        report.json       figures of the test period
        answers.npz       what was said and what came, row by row: for comparing
        card.html         all of it for people
    {models}/forecasts/{name}/.work/{training}/    trees grown so far; removed when done

A version is ``<task version>-<first hex digits of the model's sha256>`` and never overwritten by
another. Arrays are read without pickle.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ai_center.adapters.model_store import write
from ai_center.domain import ModelIdentity
from ai_center.errors import ModelCorrupt, ModelUnavailable
from ai_center.forecasts.conformal import Shift
from ai_center.forecasts.metrics import Answers
from ai_center.forecasts.trees import Trees
from ai_center.served import CURRENT, FORECASTS

MODEL: Final = "model.onnx"
REPORT: Final = "report.json"
ANSWERS: Final = "answers.npz"
CARD: Final = "card.html"
MANIFEST: Final = "manifest.json"
DIGITS: Final = 10

_TREE_ARRAYS = (
    *("roots", "target", "feature", "threshold", "missing_left", "left", "right"),
    *("value", "gain"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastManifest:
    """What lies in a version's folder.

    Attributes:
        name: of the forecast.
        version: of this training.
        task_version: of features, target and recipe.
        features: in order; a task that has others cannot use this model.
        typical: median of each feature in the rows learnt from.
        shift: of the interval's ends.
        seed: of the training.
        dataset: name and version of what it learnt from.
        data_sha256: of the files it learnt from.
        licence: of the weights, which follow the data's.
        sha256: of every other file in the folder, by name.
        recipe: settings of the trees, as ``forecasts/recipes.py`` names them.
        rehearsal: whether it was measured inside the training period only.
    """

    name: str
    version: str
    task_version: str
    features: tuple[str, ...]
    typical: tuple[float, ...]
    shift: Shift
    seed: int
    dataset: str
    data_sha256: tuple[str, ...]
    licence: str
    sha256: Mapping[str, str]
    recipe: Mapping[str, str | int | float] = field(default_factory=dict)
    rehearsal: bool = False

    @property
    def identity(self) -> ModelIdentity:
        """Which weights these are."""
        return ModelIdentity(name=self.name, version=self.version, sha256=self.sha256[MODEL])


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswers:
    """What forecasts said of the rows of a test period."""

    asked_min: npt.NDArray[np.float64]
    truth: npt.NDArray[np.float64]
    answers: Mapping[str, Answers]


class ForecastStore:
    """Versions of forecasts under one folder."""

    def __init__(self, models: Path) -> None:
        """Use the folder ``forecasts`` of the model store."""
        self._folder = models / FORECASTS

    def folder(self, name: str, version: str) -> Path:
        """Where a version lies or will lie."""
        return self._folder / name / version

    def versions(self, name: str) -> list[str]:
        """Every version of a forecast, oldest file first."""
        found = sorted(
            (self._folder / name).glob(f"*/{MANIFEST}"), key=lambda path: path.stat().st_mtime
        )
        return [path.parent.name for path in found]

    def current(self, name: str) -> str:
        """The version that is served.

        Raises:
            ModelUnavailable: none was trained.
        """
        path = self._folder / name / CURRENT
        if not path.is_file():
            raise ModelUnavailable(name, (f"run: airport-brain algorithms train {name}",))
        return path.read_text("utf-8").strip()

    def keep(
        self, manifest: Mapping[str, Any], files: Mapping[str, bytes], *, current: bool
    ) -> ForecastManifest:
        """Write a version; the manifest last, so that a half-written one does not count.

        Args:
            manifest: fields of :class:`ForecastManifest` without ``version`` and ``sha256``.
            files: content by name; one is the model.
            current: serve it from now on.
        """
        hashes = {name: _sha256(data) for name, data in files.items()}
        version = f"{manifest['task_version']}-{hashes[MODEL][:DIGITS]}"
        kept = ForecastManifest(**manifest, version=version, sha256=hashes)
        folder = self.folder(kept.name, version)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            write(folder / name, data)
        write(folder / MANIFEST, (json.dumps(asdict(kept), indent=2) + "\n").encode())
        if current:
            self.point(kept.name, version)
        return kept

    def point(self, name: str, version: str) -> None:
        """Let a version serve from now on."""
        write(self._folder / name / CURRENT, f"{version}\n".encode())

    def manifest(self, name: str, version: str) -> ForecastManifest:
        """What a version is.

        Raises:
            ModelUnavailable: there is no such version.
        """
        path = self.folder(name, version) / MANIFEST
        if not path.is_file():
            known = ", ".join(self.versions(name)) or "none"
            raise ModelUnavailable(f"{name}@{version}", (f"trained versions: {known}",))
        raw = json.loads(path.read_text("utf-8"))
        raw["shift"] = Shift(**raw["shift"])
        for listed in ("features", "typical", "data_sha256"):
            raw[listed] = tuple(raw[listed])
        return ForecastManifest(**raw)

    def file(self, manifest: ForecastManifest, name: str) -> bytes:
        """Read a file of a version, checked.

        Raises:
            ModelUnavailable: it is not there.
            ModelCorrupt: it is not the one that was written.
        """
        path = self.folder(manifest.name, manifest.version) / name
        if not path.is_file():
            raise ModelUnavailable(f"{manifest.name}@{manifest.version}", (f"{name} is gone",))
        data, expected = path.read_bytes(), manifest.sha256[name]
        if _sha256(data) != expected:
            raise ModelCorrupt(str(path), expected=expected, found=_sha256(data))
        return data

    def answers(self, manifest: ForecastManifest) -> KeptAnswers:
        """What the version and its rivals said of its test period."""
        return unpacked_answers(self.file(manifest, ANSWERS))

    def steps(self, name: str, training: Iterable[object]) -> KeptSteps:
        """Trees grown so far in a training that these values identify."""
        key = hashlib.sha256(repr(list(training)).encode()).hexdigest()[:16]
        return KeptSteps(self._folder / name / ".work" / key)


class KeptSteps:
    """Grown trees of one training, so that one that was stopped goes on where it was."""

    def __init__(self, folder: Path) -> None:
        """Use a folder of this training's own."""
        self._folder = folder

    def find(self, name: str) -> Trees | None:
        """What a step gave in an earlier run; ``None`` when it has to be done."""
        path = self._folder / f"{name}.npz"
        if not path.is_file():
            return None
        with np.load(path, allow_pickle=False) as kept:
            outputs, features = kept["shape"].tolist()
            arrays = {array: kept[array] for array in _TREE_ARRAYS}
        return Trees(outputs=outputs, features=features, **arrays)

    def keep(self, name: str, trees: Trees) -> None:
        """Keep what a step gave."""
        self._folder.mkdir(parents=True, exist_ok=True)
        arrays = {array: getattr(trees, array) for array in _TREE_ARRAYS}
        packed = io.BytesIO()
        np.savez_compressed(packed, shape=np.array([trees.outputs, trees.features]), **arrays)
        write(self._folder / f"{name}.npz", packed.getvalue())

    def clear(self) -> None:
        """Forget them: the training is done."""
        shutil.rmtree(self._folder, ignore_errors=True)


def packed_answers(kept: KeptAnswers) -> bytes:
    """Write answers the way :func:`unpacked_answers` reads them; float32 is fine enough."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "asked_min": kept.asked_min,
        "truth": kept.truth.astype(np.float32),
        "names": np.array(list(kept.answers), np.str_),
    }
    for number, answer in enumerate(kept.answers.values()):
        arrays[f"middle_{number}"] = answer.middle.astype(np.float32)
        if answer.low is not None and answer.high is not None:
            arrays[f"low_{number}"] = answer.low.astype(np.float32)
            arrays[f"high_{number}"] = answer.high.astype(np.float32)
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)  # type: ignore[arg-type]  # the stub takes bool for all
    return packed.getvalue()


def unpacked_answers(data: bytes) -> KeptAnswers:
    """Read answers."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        names = kept["names"].tolist()
        answers = {
            name: Answers(
                middle=kept[f"middle_{n}"].astype(np.float64),
                low=kept[f"low_{n}"].astype(np.float64) if f"low_{n}" in kept else None,
                high=kept[f"high_{n}"].astype(np.float64) if f"high_{n}" in kept else None,
            )
            for n, name in enumerate(names)
        }
        return KeptAnswers(
            asked_min=kept["asked_min"].astype(np.float64),
            truth=kept["truth"].astype(np.float64),
            answers=answers,
        )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
