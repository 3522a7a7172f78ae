"""Puts turnaround vision together in the process that runs it, and trains its detector."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial

from ai_center.adapters.version_store import VersionStore
from ai_center.algorithms.turnaround import TurnaroundVision
from ai_center.domain import ModelIdentity
from ai_center.errors import Untrainable
from ai_center.hosting import HostContext
from ai_center.trials.bench import BenchContext
from ai_center.vision.adapters.onnx_detector import OnnxDetector
from ai_center.vision.adapters.pictures import opened
from ai_center.vision.detector_store import DetectorStore
from ai_center.vision.learning import RECIPE, SMALL
from ai_center.vision.manifest import NAME


def turnaround_vision(context: HostContext) -> TurnaroundVision:
    """Factory for the host.

    Raises:
        ModelUnavailable: the promoted weights are not there.
        ModelCorrupt: they are not the pinned ones.
    """
    settings = VersionStore(context.models).settings(NAME)
    store = DetectorStore(context.models)
    manifest, weights = store.weights(str(settings.get("weights", "")))
    model = ModelIdentity(name=NAME, version=manifest.version, sha256=manifest.sha256)
    return TurnaroundVision(partial(OnnxDetector, weights, threads=context.threads), opened, model)


def trained(
    context: BenchContext,
    *,
    seed: int,
    rehearse: bool = False,
    progress: Callable[[str, int, int], None] = lambda doing, done, total: None,
) -> Mapping[str, str]:
    """Train a detector and keep it; gives the settings that make a version of it.

    Args:
        context: whose model store keeps it.
        seed: of weights, order and variation.
        rehearse: two films only, to see that it runs.
        progress: told how it goes.

    Raises:
        Untrainable: PyTorch is not installed.
    """
    try:
        from ai_center.vision.adapters import torch_trainer
    except ImportError as missing:
        raise Untrainable(
            f"training needs {missing.name}: pip install 'airport-brain[train]', or torch alone"
        ) from missing
    recipe, store = SMALL if rehearse else RECIPE, DetectorStore(context.models)
    data = torch_trainer.train(
        recipe,
        seed=seed,
        work=store.work / hashlib.sha256(repr((recipe, seed)).encode()).hexdigest()[:16],
        threads=context.threads,
        progress=progress,
    )
    command = f"airport-brain algorithms train {NAME} --seed {seed}"
    command += " --rehearse" if rehearse else ""
    manifest = store.keep(data, seed=seed, recipe=asdict(recipe), command=command)
    return {"weights": manifest.version}
