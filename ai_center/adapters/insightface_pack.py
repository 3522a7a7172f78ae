"""Face models in insightface's own layout, from a folder that somebody put there.

Two layouts: the one with ``manifest.json`` (``manifest_version`` 2: tasks with file, size, mean,
std, and optionally sha256, checked before a session opens) and the older one, a folder of
``*.onnx`` that insightface tells apart by the shape of their inputs. Keep other nets out of such a
folder: a detector of another family would be taken for SCRFD.

insightface asks the network for a pack it does not find, so the folder is checked before the
library is called. Faces are embedded in batches through ``get_feat``; ``FaceAnalysis.get`` would
embed them one by one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from insightface.app import FaceAnalysis
from insightface.model_zoo import model_zoo
from insightface.model_zoo.package_manifest import has_model_package_manifest, load_model_package

from ai_center import alignment
from ai_center.adapters.onnx_embedder import session_options
from ai_center.algorithms.face_finder import Image
from ai_center.domain import DetectedFace, ModelIdentity
from ai_center.errors import ModelCorrupt, ModelUnavailable

PROVIDERS = ["CPUExecutionProvider"]

DETECTOR_SIDE = 640
"""SCRFD models of the packs are at home at 640 x 640."""


class InsightFacePack:
    """The recogniser of a local pack, with its detector when it has one."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        """Load the pack.

        Raises:
            ModelUnavailable: no folder, or no recogniser in it.
            ModelCorrupt: a file is not the one its manifest pins.
        """
        if not folder.is_dir() or not any(folder.glob("*.onnx")):
            raise ModelUnavailable(folder.name, (f"{folder} holds no *.onnx",))
        models = _load(folder, threads)
        if "recognition" not in models:
            raise ModelUnavailable(folder.name, (f"{folder} holds no recogniser",))
        self._net = models["recognition"]
        path = Path(self._net.model_file)
        self._model = ModelIdentity(name=folder.name, version=path.stem, sha256=_sha256(path))
        self._batches = isinstance(self._net.input_shape[0], str)
        self.detector = ScrfdDetector(models["detection"]) if "detection" in models else None

    @property
    def model(self) -> ModelIdentity:
        """The recogniser's file."""
        return self._model

    @property
    def template(self) -> alignment.Points:
        """The ArcFace template, at the size of this net."""
        return alignment.ARCFACE_112 * np.float32(self.side / 112)

    @property
    def side(self) -> int:
        """Pixels per side of the aligned face it takes."""
        return int(self._net.input_size[0])

    @property
    def providers(self) -> tuple[str, ...]:
        """What really computes, as the session says."""
        return tuple(self._net.session.get_providers())

    def embed(self, faces: Sequence[Image]) -> npt.NDArray[np.float32]:
        """Shape (n, dimension), float32; one run where the net takes batches."""
        if self._batches:
            return np.asarray(self._net.get_feat(list(faces)), np.float32)
        return np.concatenate([np.asarray(self._net.get_feat([f]), np.float32) for f in faces])


class ScrfdDetector:
    """A pack's own detector."""

    def __init__(self, net: Any) -> None:
        """Use a net that insightface has loaded."""
        path = Path(net.model_file)
        self._model = ModelIdentity(name="scrfd", version=path.stem, sha256=_sha256(path))
        self._net = net
        self._net.prepare(-1, input_size=(DETECTOR_SIDE, DETECTOR_SIDE))

    @property
    def model(self) -> ModelIdentity:
        """Its file."""
        return self._model

    def detect(self, image: Image) -> list[DetectedFace]:
        """All faces, in pixels of ``image``."""
        boxes, points = self._net.detect(image)
        return [
            DetectedFace(
                box=(float(x), float(y), float(right - x), float(bottom - y)),
                points=np.asarray(five, np.float32).reshape(5, 2),
                score=float(score),
            )
            for (x, y, right, bottom, score), five in zip(boxes, points, strict=True)
        ]


def _load(folder: Path, threads: int) -> dict[str, Any]:
    """The pack's models by task."""
    options = {"providers": PROVIDERS, "sess_options": session_options(threads)}
    cv2.setNumThreads(threads)
    if not has_model_package_manifest(folder):
        return _load_by_shape(folder, options)
    package = load_model_package(folder)
    for task in package.tasks.values():
        found = _sha256(task.path) if task.path.is_file() else "no file"
        if task.sha256 is not None and task.sha256 != found:
            raise ModelCorrupt(task.file, expected=task.sha256, found=found)
    if "detection" in package.tasks:
        tasks = [name for name in package.tasks if name in ("detection", "recognition")]
        loaded = FaceAnalysis(name=str(folder), allowed_modules=tasks, **options)
        return dict(loaded.models)
    descriptor = package.task("recognition")
    return {
        "recognition": model_zoo.get_model(
            str(folder), model_task="recognition", model_descriptor=descriptor, **options
        )
    }


def _load_by_shape(folder: Path, options: dict[str, Any]) -> dict[str, Any]:
    models: dict[str, Any] = {}
    for path in sorted(folder.glob("*.onnx")):
        model = model_zoo.get_model(str(path), **options)
        if model is not None and model.taskname in ("detection", "recognition"):
            models.setdefault(model.taskname, model)
    return models


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
