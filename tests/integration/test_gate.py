"""The gate with real face models: photos in, decisions out, over HTTP and the bus.

Photos are those that scikit-image and insightface ship for their own demonstrations; where the
reference set is at hand, pairs of real photos of one person as well.
"""

from __future__ import annotations

import asyncio
import csv
import importlib.resources
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import cv2
import insightface
import numpy as np
import pytest
import skimage.data

from ai_center import AlgorithmCentre
from ai_center.adapters.ray_serve import RayServeRuntime
from ai_center.app import build as build_centre
from ai_center.app import model_store
from ai_center.catalogue import BUILT_IN, Catalogue
from ai_center.settings import AiSettings
from passenger_id.adapters.ai_center import CentreFaceEncoder
from tests.face_models import default_models
from tests.unit.passenger_id.desk import TurnedClock, flight_body
from tests.unit.passenger_id.kiosk import HeaderGuard, Kiosk, open_kiosk

pytestmark = pytest.mark.models

REFERENCE_PAIRS = 10
MOST_FALSE_REFUSALS = 3
"""Of ten pairs of one person; the default model is fit for demonstrations (TAR about 0.86 at a
false match rate of 1e-3 on the whole set)."""


@pytest.fixture(scope="session")
def models() -> Path:
    """Data folder with the default face models."""
    return default_models()


@asynccontextmanager
async def running_centre(models: Path, clock: TurnedClock) -> AsyncIterator[AlgorithmCentre]:
    """The algorithm centre, without Ray: the same algorithm in threads of this process."""
    component, centre = build_centre(
        AiSettings(runtime="in_process", fetch_models=False),
        data_dir=models,
        clock=clock,
        guard=HeaderGuard(),
    )
    stop = asyncio.Event()
    running = asyncio.create_task(component.serving[0](stop))
    for _ in range(200):
        if centre.ready() is None:
            break
        await asyncio.sleep(0.05)
    yield centre
    stop.set()
    await running


@pytest.fixture
async def kiosk(tmp_path: Path, models: Path) -> AsyncIterator[Kiosk]:
    clock = TurnedClock()
    async with running_centre(models, clock) as centre:
        encoder = CentreFaceEncoder(centre, algorithm="face_embedding", timeout_s=30.0)
        async with open_kiosk(tmp_path, clock, encoder) as opened:
            yield opened


def jpeg(image: np.ndarray, quality: int = 92) -> bytes:
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def astronaut() -> np.ndarray:
    """One person, facing the camera; blue, green, red."""
    return np.ascontiguousarray(skimage.data.astronaut()[:, :, ::-1])


def group() -> np.ndarray:
    """Six people side by side."""
    folder = importlib.resources.files(insightface) / "data" / "images"
    return np.asarray(cv2.imread(str(folder / "t1.jpg")))


def somebody_else() -> np.ndarray:
    """One of the six."""
    return group()[150:420, 40:300]


def seen_again(image: np.ndarray) -> np.ndarray:
    """The same person as another camera sees them: darker, smaller, noisy, slightly turned."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 4.0, 0.8)
    turned = cv2.warpAffine(image, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    noise = np.random.default_rng(7).normal(0, 6, turned.shape)
    return np.clip(turned * 0.85 + 8 + noise, 0, 255).astype(np.uint8)


def without_a_face() -> np.ndarray:
    return np.repeat(np.asarray(skimage.data.brick())[:, :, None], 3, axis=2)


async def boarding(kiosk: Kiosk, enrolled: bytes, shown: bytes, **changes: Any) -> dict[str, Any]:
    journey_id = await kiosk.check_in(**changes)
    answer = await kiosk.enrol(journey_id, enrolled)
    assert answer.status_code == 201, answer.text
    decision: dict[str, Any] = (await kiosk.show(journey_id, shown)).json()
    return decision


async def test_the_same_person_boards(kiosk: Kiosk) -> None:
    await kiosk.announce(json.dumps(flight_body()).encode())
    decision = await boarding(kiosk, jpeg(astronaut()), jpeg(seen_again(astronaut()), 80))
    assert (decision["decision"], decision["reason"]["code"]) == ("match", "face_match")
    assert decision["journey"]["state"] == "boarded"
    assert decision["flight_status"]["code"] == "BD"
    assert decision["score"] >= decision["threshold"]
    assert decision["degraded"] is False
    assert len(decision["model"]["sha256"]) == 64
    assert {part["name"] for part in decision["quality"]} >= {"Sharpness", "InterEyeDistance"}
    assert set(decision["stage_ms"]) >= {"detect", "embed", "centre", "compare"}


async def test_another_person_does_not_board(kiosk: Kiosk) -> None:
    decision = await boarding(kiosk, jpeg(astronaut()), jpeg(somebody_else()))
    assert decision["decision"] == "no_match"
    assert decision["journey"]["state"] == "screened"
    assert decision["score"] < decision["threshold"]


@pytest.mark.parametrize(
    ("photo", "code"),
    [(jpeg(without_a_face()), "no_face"), (jpeg(group()), "several_faces")],
)
async def test_a_photo_without_one_face_says_so(kiosk: Kiosk, photo: bytes, code: str) -> None:
    journey_id = await kiosk.check_in()
    refused = await kiosk.enrol(journey_id, photo)
    assert refused.status_code == 400
    assert (refused.json()["field"], refused.json()["code"]) == ("photo", code)
    assert (await kiosk.enrol(journey_id, jpeg(astronaut()))).status_code == 201
    decision = (await kiosk.show(journey_id, photo)).json()
    assert (decision["decision"], decision["reason"]["code"]) == ("refused", code)


async def test_the_same_pair_gives_the_same_score(kiosk: Kiosk) -> None:
    journey_id = await kiosk.check_in()
    await kiosk.enrol(journey_id, jpeg(astronaut()))
    other = jpeg(somebody_else())
    scores = [(await kiosk.show(journey_id, other)).json()["score"] for _ in range(2)]
    assert scores[0] == pytest.approx(scores[1], abs=1e-6)


async def test_real_photos_of_one_person_and_of_two(kiosk: Kiosk, reference_data: Path) -> None:
    folder = reference_data / "faces" / "lfw_600pairs"
    with (folder / "pairs.csv").open(encoding="utf-8") as lines:
        pairs = list(csv.DictReader(lines))
    decided: dict[str, list[str]] = {"1": [], "0": []}
    for number, pair in enumerate(pairs):
        if len(decided[pair["same"]]) == REFERENCE_PAIRS:
            continue
        a, b = ((folder / "images" / pair[side]).read_bytes() for side in ("a", "b"))
        journey_id = await kiosk.check_in(booking_reference=f"REF{number:03}", sequence=number + 1)
        # News photos: where a second person stands beside, the gate asks for one at a time.
        if (await kiosk.enrol(journey_id, a)).status_code != 201:
            continue
        decision = (await kiosk.show(journey_id, b)).json()
        if decision["decision"] != "refused":
            decided[pair["same"]].append(decision["decision"])
    assert decided["0"] == ["no_match"] * REFERENCE_PAIRS
    assert decided["1"].count("match") >= REFERENCE_PAIRS - MOST_FALSE_REFUSALS


async def test_a_centre_that_has_not_started_sends_to_the_desk(
    tmp_path: Path, models: Path
) -> None:
    clock = TurnedClock()
    _, centre = build_centre(
        AiSettings(runtime="in_process", fetch_models=False),
        data_dir=models,
        clock=clock,
        guard=HeaderGuard(),
    )
    async with running_centre(models, clock) as ready:
        encoder = CentreFaceEncoder(ready, algorithm="face_embedding", timeout_s=30.0)
        async with open_kiosk(tmp_path, clock, encoder) as kiosk:
            journey_id = await kiosk.check_in()
            await kiosk.enrol(journey_id, jpeg(astronaut()))
    encoder = CentreFaceEncoder(centre, algorithm="face_embedding", timeout_s=1.0)
    async with open_kiosk(tmp_path, clock, encoder) as kiosk:
        decision = (await kiosk.show(journey_id, jpeg(astronaut()))).json()
    assert (decision["decision"], decision["reason"]["code"]) == ("refused", "centre_starting")
    assert decision["degraded"] is True


@pytest.mark.ray
async def test_the_gate_decides_through_ray(
    tmp_path: Path, models: Path, ray_runtime: RayServeRuntime
) -> None:
    centre = AlgorithmCentre(
        Catalogue(BUILT_IN), ray_runtime, model_store(models), timer=time.perf_counter
    )
    encoder = CentreFaceEncoder(centre, algorithm="face_embedding", timeout_s=30.0)
    async with open_kiosk(tmp_path, TurnedClock(), encoder) as kiosk:
        decision = await boarding(kiosk, jpeg(astronaut()), jpeg(seen_again(astronaut())))
    assert (decision["decision"], decision["reason"]["code"]) == ("match", "face_match")
    assert decision["journey"]["state"] == "boarded"
