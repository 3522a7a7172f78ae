"""The published liveness nets: read, converted, equal to a plain computation, and what they see.

Three photos that come with the nets (two recaptures, one live face) show that the chain is put
together rightly; three photos say nothing of how many attacks are missed.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from typer.testing import CliRunner

from ai_center import ModelCorrupt, ModelUnavailable
from ai_center.adapters.model_store import ModelStore
from ai_center.adapters.onnx_embedder import session_options
from ai_center.algorithms.liveness import LivenessAlgorithm
from ai_center.app import build as build_centre
from ai_center.app import fetch_models, model_store
from ai_center.assembly import face_pipeline, liveness_of
from ai_center.conversion import torch_file
from ai_center.model_manifest import load_shelf
from ai_center.settings import AiSettings
from airport_brain.cli import app
from passenger_id.adapters.ai_center import CentreFaceEncoder
from tests.components import missing
from tests.face_models import default_models
from tests.unit.ai_center.minifasnet_reference import Net, softmax
from tests.unit.passenger_id.desk import TurnedClock
from tests.unit.passenger_id.kiosk import HeaderGuard, open_kiosk

pytestmark = pytest.mark.models

NETS = ("minifasnet-v2", "minifasnet-v1se")


def published(name: str) -> str:
    """Name of the published file of a net."""
    sources = load_shelf().model(name).sources
    return next(source.place for source in sources if source.place.endswith(".pth"))


@pytest.fixture(scope="module")
def weights(reference_data: Path) -> Path:
    folder = reference_data / "models"
    if not all((folder / published(name)).is_file() for name in NETS):
        missing("the published liveness nets", installable=False)
    return folder


@pytest.fixture(scope="module")
def store(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelStore:
    """A store with the default pack, whose import folder somebody put the nets into."""
    data_dir = tmp_path_factory.mktemp("liveness")
    shutil.copytree(default_models() / "models", data_dir / "models")
    (data_dir / "models" / "import").mkdir(exist_ok=True)
    for name in NETS:
        shutil.copy(weights / published(name), data_dir / "models" / "import")
    fetch_models("minifasnet", data_dir=data_dir)
    return model_store(data_dir)


@pytest.fixture(scope="module")
def algorithm(store: ModelStore) -> LivenessAlgorithm:
    return liveness_of(store, "minifasnet", threads=1)


@pytest.mark.parametrize("name", NETS)
def test_a_converted_net_equals_a_plain_double_precision_one(
    name: str, store: ModelStore, weights: Path
) -> None:
    session = onnxruntime.InferenceSession(
        store.weights(name), session_options(1), providers=["CPUExecutionProvider"]
    )
    crops = np.random.default_rng(3).integers(0, 256, (4, 3, 80, 80)).astype(np.float32)
    probabilities, logits = session.run(["probabilities", "logits"], {"crop": crops})
    tensors = torch_file.read((weights / published(name)).read_bytes())
    plain = Net(tensors).logits(crops.astype(np.float64))
    assert np.abs(np.asarray(logits) - plain).max() < 1e-5
    assert np.abs(np.asarray(probabilities) - softmax(plain)).max() < 1e-6


def test_recaptures_and_a_live_face_are_told_apart(
    algorithm: LivenessAlgorithm, reference_data: Path
) -> None:
    first, second, live = (
        algorithm.judge((reference_data / "faces" / f"image_{name}.jpg").read_bytes())
        for name in ("F1", "F2", "T1")
    )
    assert first.score == pytest.approx(0.229, abs=0.02)
    assert second.score == pytest.approx(0.002, abs=0.02)
    assert live.score > 0.99
    assert first.band == second.band == "suspected"
    assert (live.band, live.reason) == ("live", "looks-live")
    assert [model.name for model in live.models] == list(NETS)


def test_the_face_pipeline_carries_the_same(
    store: ModelStore, algorithm: LivenessAlgorithm, reference_data: Path
) -> None:
    pipeline = face_pipeline(store, "default", threads=1, liveness="minifasnet")
    photo = (reference_data / "faces" / "image_F1.jpg").read_bytes()
    seen = pipeline.observe(photo)
    assert seen.liveness == algorithm.judge(photo)
    assert seen.stage_ms["liveness"] > 0


def test_one_command_counts_attacks_per_species(
    store: ModelStore, tmp_path: Path, reference_data: Path
) -> None:
    rows = ["file,species"]
    for name, species in (("F1", "recapture"), ("F2", "recapture"), ("T1", "bona fide")):
        shutil.copy(reference_data / "faces" / f"image_{name}.jpg", tmp_path)
        rows.append(f"image_{name}.jpg,{species}")
    (tmp_path / "pad.csv").write_text("\n".join(rows))
    page = tmp_path / "report.html"
    data_dir = store.path("minifasnet-v2").parent.parent
    command = ["models", "evaluate", "--pad", str(tmp_path), "--html", str(page), "--json"]
    answer = CliRunner().invoke(app, [*command, "--data", str(data_dir)])
    assert answer.exit_code == 0, answer.output
    report = json.loads(answer.stdout)
    assert report["attacks"][0]["presentations"] == 2
    assert report["attacks"][0]["error"]["value"] == 0.0
    assert report["attacks"][0]["error"]["high"] > 0.8  # two photos prove next to nothing
    assert report["bona_fide"]["error"]["value"] == 0.0
    assert "No presentation attack detection is claimed" in page.read_text()


async def test_a_recapture_is_sent_from_the_gate_to_the_desk(
    store: ModelStore, tmp_path: Path, reference_data: Path
) -> None:
    clock = TurnedClock()
    data_dir = store.path("minifasnet-v2").parent.parent
    settings = AiSettings(runtime="in_process", fetch_models=False, face_liveness="minifasnet")
    component, centre = build_centre(settings, data_dir=data_dir, clock=clock, guard=HeaderGuard())
    stop = asyncio.Event()
    running = asyncio.create_task(component.serving[0](stop))
    while centre.ready() is not None:
        await asyncio.sleep(0.05)
    live, recaptured = (
        (reference_data / "faces" / f"image_{name}.jpg").read_bytes() for name in ("T1", "F1")
    )
    encoder = CentreFaceEncoder(centre, algorithm="face_embedding", timeout_s=30.0)
    async with open_kiosk(tmp_path, clock, encoder, min_liveness=0.5) as kiosk:
        journey_id = await kiosk.check_in()
        assert (await kiosk.enrol(journey_id, live)).status_code == 201
        refused = (await kiosk.show(journey_id, recaptured)).json()
        boarded = (await kiosk.show(journey_id, live)).json()
    stop.set()
    await running
    assert refused["decision"] == "refused"
    assert refused["reason"]["code"] == "presentation_attack_suspected"
    assert refused["journey"]["state"] == "screened"
    assert boarded["decision"] == "match"
    assert boarded["stage_ms"]["liveness"] > 0


def test_another_file_in_the_import_folder_is_refused(tmp_path: Path) -> None:
    imports = tmp_path / "models" / "import"
    imports.mkdir(parents=True)
    (imports / "minifasnet_v2.onnx").write_bytes(b"something else")
    (imports / published("minifasnet-v2")).write_bytes(b"something else")
    store = model_store(tmp_path)
    with pytest.raises((ModelCorrupt, ModelUnavailable), match="sha256"):
        store.fetch("minifasnet-v2")
    assert store.state("minifasnet-v2") == "missing"
