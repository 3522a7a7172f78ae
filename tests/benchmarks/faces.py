"""One gate decision: a photo in, a decision out; on Ray Serve, in process, and the bare models.

The raw twin is the least that must be computed: YuNet on the reduced photo and the network on the
aligned face, without decoding, quality or transport.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data

from ai_center import AlgorithmCentre, Answer, FaceObservation, compare
from ai_center.adapters.in_process import InProcessRuntime
from ai_center.adapters.opencv import OpenCvImaging
from ai_center.adapters.ray_serve import RayServeRuntime
from ai_center.app import model_store
from ai_center.assembly import face_pipeline
from ai_center.catalogue import FACE, Catalogue
from ai_center.hosting import HostContext, Hosted
from ai_center.ports import Runtime
from tests.face_models import default_models

pytestmark = [pytest.mark.benchmark_run, pytest.mark.models, pytest.mark.ray]

ROUNDS = 150
WARM_UP = 10


def photo() -> bytes:
    """A frame of 640 x 480 as a gate camera sends it."""
    image = np.ascontiguousarray(skimage.data.astronaut()[:384, :, ::-1])
    frame = cv2.resize(image, (640, 480), interpolation=cv2.INTER_AREA)
    return bytes(cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 90])[1])


async def timed(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Median and 95th percentile, milliseconds."""
    times = []
    for index in range(ROUNDS + WARM_UP):
        started = time.perf_counter()
        await work()
        if index >= WARM_UP:
            times.append(1e3 * (time.perf_counter() - started))
    median, p95 = np.percentile(times, [50, 95])
    return float(median), float(p95)


def bare_models(data_dir: Path, data: bytes) -> Callable[[], Awaitable[object]]:
    pipeline = face_pipeline(model_store(data_dir), "default", threads=1)
    imaging = OpenCvImaging()
    image = imaging.decode(data)
    chip = imaging.resize(image[:200, :200], pipeline.embedder.side / 200)

    async def compute() -> object:
        return pipeline.detector.detect(image), pipeline.embedder.embed([chip])

    return compute


def decision(runtime: Runtime, data_dir: Path, data: bytes) -> Callable[[], Awaitable[object]]:
    centre = AlgorithmCentre(
        Catalogue([FACE]), runtime, model_store(data_dir), timer=time.perf_counter
    )
    enrolled: list[FaceObservation] = []

    async def decide() -> object:
        answer: Answer = await centre.call("face_embedding", data, timeout_s=10)
        seen = answer.value
        assert isinstance(seen, FaceObservation)
        enrolled.append(seen) if not enrolled else None
        return compare(enrolled[0], seen, centre.calibration(seen.model))

    return decide


async def test_a_gate_decision_against_the_bare_models(ray_runtime: RayServeRuntime) -> None:
    data_dir, data = default_models(), photo()
    context = HostContext(models=data_dir / "models", threads=1)
    here = InProcessRuntime([Hosted(name=FACE.card.name, factory=FACE.factory)], context)
    await here.start()
    raw = await timed(bare_models(data_dir, data))
    rows = {
        "bare models": raw,
        "in process": await timed(decision(here, data_dir, data)),
        "Ray Serve": await timed(decision(ray_runtime, data_dir, data)),
    }
    await here.stop()
    lines = [
        f"one face decision, {len(data) // 1024} KiB JPEG of 640 x 480, one thread",
        f"{'':14}{'p50 ms':>9}{'p95 ms':>9}{'ratio':>8}",
    ]
    lines += [
        f"{name:14}{median:9.1f}{p95:9.1f}{median / raw[0]:8.2f}"
        for name, (median, p95) in rows.items()
    ]
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert rows["Ray Serve"][0] < 10 * raw[0]
