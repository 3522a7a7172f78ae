"""Real face models on real photos: in process, on Ray Serve, from insightface's own packs.

Photos are those that scikit-image and insightface ship for their own demonstrations, and the
reference pairs where they are at hand.
"""

from __future__ import annotations

import csv
import hashlib
import json
import logging
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import insightface
import numpy as np
import numpy.typing as npt
import pytest
import skimage.data

from ai_center import (
    FaceObservation,
    ModelCorrupt,
    ModelUnavailable,
    OperatingPoint,
    Outcome,
    PhotoRefused,
    compare,
    render,
)
from ai_center.adapters.in_process import InProcessRuntime
from ai_center.adapters.model_sources import npm_command
from ai_center.adapters.model_store import ModelStore
from ai_center.adapters.onnx_embedder import Input, OnnxEmbedder
from ai_center.adapters.opencv import OpenCvImaging
from ai_center.adapters.ray_serve import RayServeRuntime
from ai_center.algorithms.face import FacePipeline, Image
from ai_center.alignment import TEMPLATES
from ai_center.app import evaluate_pack, model_store
from ai_center.assembly import face_pipeline
from ai_center.evaluation import all_distances, best_threshold
from ai_center.hosting import HostContext, Hosted
from ai_center.ports import Runtime
from tests.components import missing
from tests.face_models import default_models
from tests.unit.ai_center.faces import Ticks

pytestmark = pytest.mark.models

FACE = Hosted(name="face_embedding", factory="ai_center.assembly:face_algorithm")
SUBSET = 200
"""Listed pairs, half of them of one person: enough to see a fault that costs a tenth."""


@pytest.fixture(scope="module")
def data_dir() -> Path:
    return default_models()


@pytest.fixture(scope="module")
def store(data_dir: Path) -> ModelStore:
    return model_store(data_dir)


@pytest.fixture(scope="module")
def pipeline(store: ModelStore) -> FacePipeline:
    return face_pipeline(store, "default", threads=1)


@pytest.fixture(scope="module")
def pairs_dir(reference_data: Path) -> Path:
    return reference_data / "faces" / "lfw_600pairs"


def jpeg(image: npt.NDArray[np.uint8], quality: int = 92) -> bytes:
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def astronaut() -> bytes:
    return jpeg(np.ascontiguousarray(skimage.data.astronaut()[:, :, ::-1]))


def group() -> bytes:
    """Six people side by side."""
    return (Path(insightface.__file__).parent / "data" / "images" / "t1.jpg").read_bytes()


def actor() -> bytes:
    folder = Path(insightface.__file__).parent / "data" / "images"
    return (folder / "Tom_Hanks_54745.png").read_bytes()


def value(outcome: Outcome) -> FaceObservation:
    assert isinstance(outcome.value, FaceObservation)
    return outcome.value


async def observed(runtime: Runtime, *photos: bytes) -> list[FaceObservation]:
    outcomes = await runtime.call("face_embedding", photos, timeout_s=20)
    return [value(outcome) for outcome in outcomes]


def test_a_face_is_found_where_it_is(pipeline: FacePipeline) -> None:
    seen = pipeline.observe(astronaut())
    x, y, width, height = seen.box
    assert 150 < x + width / 2 < 290
    assert 60 < y + height / 2 < 190
    assert seen.detector_score > 0.8
    assert seen.embedding.shape == (128,)
    assert seen.embedding.dtype == np.float32
    assert 1.1 < np.linalg.norm(seen.embedding) < 1.8
    quality = {measure.name: measure for measure in seen.quality}
    assert quality["Sharpness"].ok
    assert quality["SingleFacePresent"].value == 0


def test_several_people_are_noticed(pipeline: FacePipeline) -> None:
    quality = {measure.name: measure for measure in pipeline.observe(group()).quality}
    assert quality["SingleFacePresent"].value >= 3
    assert not quality["SingleFacePresent"].ok


def test_a_wall_has_no_face(pipeline: FacePipeline) -> None:
    wall = np.repeat(np.asarray(skimage.data.brick())[:, :, None], 3, axis=2)
    with pytest.raises(PhotoRefused) as refused:
        pipeline.observe(jpeg(wall))
    assert refused.value.code == "no-face"


def test_one_person_matches_and_two_do_not(pipeline: FacePipeline, store: ModelStore) -> None:
    image = cv2.imdecode(np.frombuffer(astronaut(), np.uint8), cv2.IMREAD_COLOR)
    darker = jpeg((np.asarray(image)[:400, 60:460] * 0.7).astype(np.uint8), 60)
    first, again, other = (pipeline.observe(p) for p in (astronaut(), darker, actor()))
    calibration = store.calibration(first.model)
    assert compare(first, again, calibration).matched
    assert compare(first, again, calibration).band == "very_strong"
    assert not compare(first, other, calibration).matched
    assert compare(first, first, calibration).score > 0.95


def test_the_same_photo_gives_the_same_vector(pipeline: FacePipeline) -> None:
    first, second = pipeline.observe(astronaut()), pipeline.observe(astronaut())
    assert np.array_equal(first.embedding, second.embedding)
    assert first.quality == second.quality


def test_a_batch_equals_its_photos(pipeline: FacePipeline) -> None:
    photos = [astronaut(), group(), actor(), astronaut()]
    for photo, outcome in zip(photos, pipeline.predict(photos), strict=True):
        alone = pipeline.observe(photo).embedding
        assert np.abs(value(outcome).embedding - alone).max() < 1e-5


@pytest.mark.ray
async def test_ray_and_this_process_score_alike(
    ray_runtime: RayServeRuntime, data_dir: Path, store: ModelStore
) -> None:
    here = InProcessRuntime([FACE], HostContext(models=data_dir / "models", threads=1))
    await here.start()
    scores = []
    for runtime in (here, ray_runtime, ray_runtime):
        first, other = await observed(runtime, astronaut(), actor())
        scores.append(compare(first, other, store.calibration(first.model)).score)
    await here.stop()
    assert scores[0] == pytest.approx(scores[1], abs=1e-6)
    assert scores[1] == scores[2]


@pytest.mark.ray
async def test_a_refusal_crosses_ray_as_itself(
    ray_runtime: RayServeRuntime, data_dir: Path
) -> None:
    refused, fine = await ray_runtime.call(
        "face_embedding", [b"GIF89a" + bytes(99), actor()], timeout_s=20
    )
    assert isinstance(refused.fault, PhotoRefused)
    assert refused.fault.code == "not-an-image"
    assert value(fine).model.name == "dlib-resnet-v1"


@pytest.mark.ray
async def test_nothing_written_shows_a_vector(
    ray_runtime: RayServeRuntime, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        (seen,) = await observed(ray_runtime, astronaut())
        logging.getLogger("gate").info("%r", seen)
    written = caplog.text
    folder = ray_runtime.session
    assert folder is not None
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in (".log", ".out", ".err"):
            written += path.read_text("utf-8", "replace")
    assert "FaceObservation" in written
    for number in seen.embedding[:32]:
        assert f"{number:.5f}" not in written
        assert repr(float(number)) not in written


def test_a_corrupted_model_is_refused_before_a_session_opens(
    tmp_path: Path, data_dir: Path
) -> None:
    shutil.copytree(data_dir / "models", tmp_path / "models")
    store = model_store(tmp_path)
    path = store.path("dlib-resnet-v1")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelCorrupt):
        face_pipeline(store, "default", threads=1)
    path.unlink()
    with pytest.raises(ModelUnavailable):
        face_pipeline(store, "default", threads=1)


class WrongColours(OpenCvImaging):
    """Swaps red and blue after the detector's work: the classic silent fault."""

    def warp(self, image: Image, matrix: npt.NDArray[np.float64], side: int) -> Image:
        return np.ascontiguousarray(super().warp(image, matrix, side)[:, :, ::-1])


class WrongOrder(OnnxEmbedder):
    """Expects the points of the two sides of the face in each other's place."""

    template = TEMPLATES["dlib-150"][[1, 0, 2, 4, 3]]


def with_colours_swapped(store: ModelStore) -> FacePipeline:
    whole = face_pipeline(store, "default", threads=1)
    return FacePipeline(WrongColours(), whole.detector, whole.embedder, timer=Ticks())


def with_template_mirrored(store: ModelStore) -> FacePipeline:
    whole = face_pipeline(store, "default", threads=1)
    expects = Input(
        side=150,
        template="dlib-150",
        colour="RGB",
        mean=(122.782, 117.001, 104.298),
        std=256.0,
        mirror=True,
    )
    weights = store.weights("dlib-resnet-v1")
    embedder = WrongOrder(weights, whole.model, expects, threads=1)
    return FacePipeline(OpenCvImaging(), whole.detector, embedder, timer=Ticks())


def subset_accuracy(pipeline: FacePipeline, pairs_dir: Path) -> float:
    """Best accuracy over a balanced part of the listed pairs."""
    with (pairs_dir / "pairs.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    same = [row for row in rows if row["same"] == "1"][: SUBSET // 2]
    rows = same + [row for row in rows if row["same"] == "0"][: SUBSET // 2]
    names = sorted({row[side] for row in rows for side in "ab"})
    photos = [(pairs_dir / "images" / name).read_bytes() for name in names]
    vectors = np.stack([value(o).embedding for o in pipeline.predict(photos)]).astype(np.float64)
    apart = all_distances(vectors, "cosine")
    place = {name: index for index, name in enumerate(names)}
    distances = np.array([apart[place[row["a"]], place[row["b"]]] for row in rows])
    truth = np.array([row["same"] == "1" for row in rows])
    return float(((distances <= best_threshold(distances, truth)) == truth).mean())


@pytest.fixture(scope="module")
def whole_accuracy(pipeline: FacePipeline, pairs_dir: Path) -> float:
    return subset_accuracy(pipeline, pairs_dir)


@pytest.mark.slow
@pytest.mark.parametrize("fault", [with_colours_swapped, with_template_mirrored])
def test_a_silent_fault_costs_accuracy(
    fault: Callable[[ModelStore], FacePipeline],
    store: ModelStore,
    pairs_dir: Path,
    whole_accuracy: float,
) -> None:
    assert subset_accuracy(fault(store), pairs_dir) < whole_accuracy


@pytest.mark.slow
def test_the_default_pack_keeps_what_its_manifest_promises(
    data_dir: Path, pairs_dir: Path, store: ModelStore
) -> None:
    report = evaluate_pack(pairs_dir, "default", data_dir=data_dir)
    assert report.accuracy >= 0.985
    assert next(rate for rate in report.rates if rate.fmr == 1e-3).tar.value >= 0.86
    assert report.eer.value <= 0.02
    assert not report.failures
    promised: Sequence[OperatingPoint] = store.calibration(report.model).points
    for point in promised:
        (rate,) = [rate for rate in report.rates if rate.fmr == point.fmr]
        assert rate.threshold == pytest.approx(point.threshold, abs=1e-3)
        assert rate.tar.low <= point.tar <= rate.tar.high
    assert "1:1 only" in render(report)
    assert {row.gallery for row in report.galleries} == {100, 180, 300, 420}
    assert all(row.threshold is None for row in report.thresholds if row.gallery > 1)
    assert [time.batch for time in report.batches] == [1, 8, 32]


@pytest.fixture(scope="module")
def recogniser_file(repository: Path) -> Path:
    """A recogniser in insightface's form, from npm; no word on its training, so tests only."""
    folder = repository / ".cache" / "packs"
    path = folder / "package" / "model" / "fr_feature.onnx"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        npm = npm_command() or ["npm"]
        command = [*npm, "pack", "--silent", "--pack-destination", str(folder), "faceplugin@1.0.3"]
        fetched(command, folder, "*.tgz", "package/model/fr_feature.onnx")
    return path


@pytest.fixture(scope="module")
def detector_file(repository: Path) -> Path:
    """An SCRFD detector, from the source archive of a package; tests only."""
    folder = repository / ".cache" / "packs"
    path = folder / "scrfd-0.3.0" / "models" / "scrfd.onnx"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
        command += ["--no-binary", ":all:", "--dest", str(folder), "scrfd==0.3.0"]
        fetched(command, folder, "scrfd-*.tar.gz", "scrfd-0.3.0/models/scrfd.onnx")
    return path


def fetched(command: Sequence[str], folder: Path, pattern: str, member: str) -> None:
    """Ask a registry's client for an archive and unpack one member; skip when it cannot be had."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=200, cwd=folder)
    except (OSError, subprocess.SubprocessError):
        missing(f"package {command[-1]}")
    with tarfile.open(next(folder.glob(pattern))) as archive:
        archive.extract(member, folder, filter="data")


def write_pack(folder: Path, recogniser: Path, detector: Path | None, *, pinned: str = "") -> Path:
    """Put a pack together; ``pinned`` writes a V2 manifest that pins the recogniser."""
    folder.mkdir()
    shutil.copy(recogniser, folder / recogniser.name)
    tasks: dict[str, object] = {
        "recognition": {
            "file": recogniser.name,
            "input_size": [112, 112],
            "embedding_dimension": 512,
            "preprocessing": {"mean": 127.0, "std": 128.0},
            "sha256": pinned,
        }
    }
    if detector is not None:
        shutil.copy(detector, folder / detector.name)
        tasks["detection"] = {"file": detector.name}
    if pinned:
        manifest = {"manifest_version": 2, "model_id": "own", "license": "MODEL.LICENSE"}
        (folder / "manifest.json").write_text(json.dumps({**manifest, "tasks": tasks}))
    return folder


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.slow
def test_a_pack_in_insightface_form_works_with_our_detector(
    tmp_path: Path, store: ModelStore, recogniser_file: Path, pairs_dir: Path
) -> None:
    pack = write_pack(tmp_path / "own", recogniser_file, None, pinned=sha256(recogniser_file))
    pipeline = face_pipeline(store, str(pack), threads=1)
    first, second = pipeline.observe(astronaut()), pipeline.observe(actor())
    assert first.embedding.shape == (512,)
    assert first.model.sha256 == sha256(recogniser_file)
    assert first.detector.name == "yunet-2023mar"
    assert compare_cosine(first, second) < 0.25
    assert subset_accuracy(pipeline, pairs_dir) >= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("manifest", [True, False], ids=["manifest V2", "told by shape"])
def test_a_pack_brings_its_own_detector(
    tmp_path: Path, store: ModelStore, recogniser_file: Path, detector_file: Path, manifest: bool
) -> None:
    pinned = sha256(recogniser_file) if manifest else ""
    pack = write_pack(tmp_path / "own", recogniser_file, detector_file, pinned=pinned)
    own = face_pipeline(store, str(pack), threads=1).observe(astronaut())
    ours = face_pipeline(store, "default", threads=1).observe(astronaut())
    assert own.detector.name == "scrfd"
    assert np.abs(own.points - ours.points).max() < 8


def test_a_pack_whose_file_is_not_the_pinned_one_is_refused(
    tmp_path: Path, store: ModelStore, recogniser_file: Path
) -> None:
    pack = write_pack(tmp_path / "own", recogniser_file, None, pinned="0" * 64)
    with pytest.raises(ModelCorrupt):
        face_pipeline(store, str(pack), threads=1)


def test_a_pack_that_is_not_there_is_not_looked_for_on_the_network(
    tmp_path: Path, store: ModelStore
) -> None:
    with pytest.raises(ModelUnavailable, match=r"holds no \*\.onnx"):
        face_pipeline(store, str(tmp_path / "buffalo_l"), threads=1)


def compare_cosine(first: FaceObservation, second: FaceObservation) -> float:
    one, other = first.embedding, second.embedding
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
