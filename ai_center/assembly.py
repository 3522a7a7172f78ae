"""Puts the face algorithm together, in the process that runs it: a Ray replica, a thread, a test.

Kept apart from ``app.py`` so that a replica imports no web framework.
"""

from __future__ import annotations

import time
from pathlib import Path

from ai_center.adapters.model_store import ModelStore
from ai_center.adapters.onnx_embedder import Input, OnnxEmbedder
from ai_center.adapters.opencv import OpenCvImaging, YuNetDetector, limit_threads
from ai_center.algorithms.face import Detector, Embedder, FacePipeline
from ai_center.errors import UnknownModel
from ai_center.hosting import HostContext
from ai_center.model_manifest import ModelManifest, load_shelf

DEFAULT_PACK = "default"


def face_algorithm(context: HostContext) -> FacePipeline:
    """Build the face algorithm of the pack that ``context`` names."""
    return face_pipeline(
        ModelStore(context.models, load_shelf()),
        context.options.get("pack", DEFAULT_PACK),
        threads=context.threads,
    )


def face_pipeline(store: ModelStore, pack: str, *, threads: int) -> FacePipeline:
    """Load a pack: one of the shelf by name, or a folder in insightface's layout by path.

    Raises:
        UnknownModel: neither a pack nor a folder.
        ModelUnavailable: a model is not in the store.
        ModelCorrupt: a model is not the pinned file.
    """
    limit_threads(threads)
    if is_folder(pack):
        return _from_folder(store, Path(pack), threads=threads)
    wanted = store.shelf.pack(pack)
    recogniser = store.shelf.model(wanted.recogniser)
    return _pipeline(
        _yunet(store, wanted.detector, wanted.detector_min_score),
        OnnxEmbedder(
            store.weights(recogniser.name),
            recogniser.identity,
            _input(recogniser),
            threads=threads,
        ),
        detect_min_side=wanted.detect_min_side_px,
    )


def is_folder(pack: str) -> bool:
    """Whether a pack is meant as a path."""
    return "/" in pack


def _from_folder(store: ModelStore, folder: Path, *, threads: int) -> FacePipeline:
    """Take the recogniser from insightface, and its detector too where the folder has one."""
    from ai_center.adapters.insightface_pack import InsightFacePack  # heavy, and seldom asked for

    local = InsightFacePack(folder, threads=threads)
    standard = store.shelf.pack(DEFAULT_PACK)
    detector = local.detector or _yunet(store, standard.detector, standard.detector_min_score)
    return _pipeline(detector, local, detect_min_side=standard.detect_min_side_px)


def _pipeline(detector: Detector, embedder: Embedder, *, detect_min_side: int) -> FacePipeline:
    return FacePipeline(
        OpenCvImaging(),
        detector,
        embedder,
        timer=time.perf_counter,
        detect_min_side=detect_min_side,
    )


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
