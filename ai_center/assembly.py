"""Puts the face algorithms together, in the process that runs it: a Ray replica, a thread, a test.

Kept apart from ``app.py`` so that a replica imports no web framework.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from ai_center.adapters.model_store import ModelStore
from ai_center.adapters.onnx_embedder import Input, OnnxEmbedder
from ai_center.adapters.onnx_liveness import OnnxLivenessNet
from ai_center.adapters.opencv import OpenCvImaging, YuNetDetector, limit_threads
from ai_center.algorithms.face import Embedder, FacePipeline
from ai_center.algorithms.face_finder import Detector, FaceFinder
from ai_center.algorithms.liveness import LivenessAlgorithm, LivenessCheck
from ai_center.errors import UnknownModel
from ai_center.hosting import HostContext
from ai_center.model_manifest import ModelManifest, load_shelf

DEFAULT_PACK = "default"
DEFAULT_LIVENESS = "minifasnet"

Timer = Callable[[], float]
"""Seconds; only differences count."""


def face_algorithm(context: HostContext) -> FacePipeline:
    """Build the face algorithm of the pack that ``context`` names."""
    return face_pipeline(
        ModelStore(context.models, load_shelf()),
        context.options.get("pack", DEFAULT_PACK),
        threads=context.threads,
        liveness=context.options.get("liveness", ""),
    )


def liveness_algorithm(context: HostContext) -> LivenessAlgorithm:
    """Build the liveness algorithm of the set that ``context`` names."""
    store = ModelStore(context.models, load_shelf())
    name = context.options.get("liveness", "") or DEFAULT_LIVENESS
    return liveness_of(store, name, threads=context.threads)


def liveness_of(store: ModelStore, name: str, *, threads: int) -> LivenessAlgorithm:
    """Load a liveness set with its detector.

    Raises:
        UnknownModel: as ModelUnavailable, ModelCorrupt: see :func:`face_pipeline`.
    """
    limit_threads(threads)
    wanted = store.shelf.liveness_set(name)
    imaging = OpenCvImaging()
    detector = _yunet(store, wanted.detector, wanted.detector_min_score)
    finder = FaceFinder(imaging, detector, min_side=wanted.detect_min_side_px)
    return LivenessAlgorithm(imaging, finder, _liveness_check(store, name, threads=threads))


def face_pipeline(
    store: ModelStore,
    pack: str,
    *,
    threads: int,
    liveness: str = "",
    timer: Timer = time.perf_counter,
) -> FacePipeline:
    """Load a pack: one of the shelf by name, or a folder in insightface's layout by path.

    Args:
        store: where the files are.
        pack: see above.
        threads: computing threads.
        liveness: set of nets that also look at every face; empty leaves that out.
        timer: what ``stage_ms`` is measured with.

    Raises:
        UnknownModel: neither a pack nor a folder.
        ModelUnavailable: a model is not in the store.
        ModelCorrupt: a model is not the pinned file.
    """
    limit_threads(threads)
    if is_folder(pack):
        detector, embedder, min_side = _from_folder(store, Path(pack), threads=threads)
    else:
        detector, embedder, min_side = _from_shelf(store, pack, threads=threads)
    return FacePipeline(
        OpenCvImaging(),
        detector,
        embedder,
        timer=timer,
        detect_min_side=min_side,
        liveness=_liveness_check(store, liveness, threads=threads) if liveness else None,
    )


def is_folder(pack: str) -> bool:
    """Whether a pack is meant as a path."""
    return "/" in pack


Parts = tuple[Detector, Embedder, int]
"""Detector, recogniser, and the size that small photos are enlarged to, pixels."""


def _from_shelf(store: ModelStore, pack: str, *, threads: int) -> Parts:
    wanted = store.shelf.pack(pack)
    recogniser = store.shelf.model(wanted.recogniser)
    embedder = OnnxEmbedder(
        store.weights(recogniser.name), recogniser.identity, _input(recogniser), threads=threads
    )
    detector = _yunet(store, wanted.detector, wanted.detector_min_score)
    return detector, embedder, wanted.detect_min_side_px


def _from_folder(store: ModelStore, folder: Path, *, threads: int) -> Parts:
    """Take the recogniser from insightface, and its detector too where the folder has one."""
    from ai_center.adapters.insightface_pack import InsightFacePack  # heavy, and seldom asked for

    local = InsightFacePack(folder, threads=threads)
    standard = store.shelf.pack(DEFAULT_PACK)
    detector = local.detector or _yunet(store, standard.detector, standard.detector_min_score)
    return detector, local, standard.detect_min_side_px


def _liveness_check(store: ModelStore, name: str, *, threads: int) -> LivenessCheck:
    wanted = store.shelf.liveness_set(name)
    nets = [
        OnnxLivenessNet(
            store.weights(model),
            store.shelf.model(model).identity,
            scale=store.shelf.model(model).crop_scale,
            threads=threads,
        )
        for model in wanted.nets
    ]
    return LivenessCheck(OpenCvImaging(), nets, threshold=wanted.threshold)


def _yunet(store: ModelStore, name: str, min_score: float) -> YuNetDetector:
    identity = store.shelf.model(name).identity
    return YuNetDetector(store.weights(name), identity, min_score=min_score)


def _input(manifest: ModelManifest) -> Input:
    pixels = manifest.pixels
    if pixels is None:
        raise UnknownModel(f"{manifest.name} (as a recogniser: its manifest has no [input])")
    return Input(
        side=pixels.side,
        template=pixels.template,
        colour=pixels.colour,
        mean=pixels.mean,
        std=pixels.std,
        dynamic_batch=pixels.dynamic_batch,
        mirror=pixels.mirror,
    )
