"""The detector that comes with the platform: checked, quick to open, and at work on a film."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np
import pytest

from ai_center.algorithms.turnaround import MOST_FRAMES, TurnaroundVision, nothing_told
from ai_center.errors import FactsRefused, ModelCorrupt, ModelUnavailable
from ai_center.hosting import HostContext
from ai_center.vision.adapters.film_watch import watched
from ai_center.vision.adapters.renderer import Renderer
from ai_center.vision.detector_store import DetectorStore
from ai_center.vision.happenings import Milestone
from ai_center.vision.learning import CHOSEN_ON
from ai_center.vision.manifest import WEIGHTS, manifest_of, weights_of
from ai_center.vision.turnaround import Plan, turnaround
from ai_center.vision_hosting import turnaround_vision

START = "2026-11-27T04:00:00Z"


@pytest.fixture(scope="module")
def algorithm(tmp_path_factory: pytest.TempPathFactory) -> TurnaroundVision:
    return turnaround_vision(HostContext(models=tmp_path_factory.mktemp("models"), threads=1))


@pytest.fixture(scope="module")
def plan() -> Plan:
    """A film by clear day, so that a short clip says something of the chain and not of the weather."""
    plans: Iterator[Plan] = map(turnaround, CHOSEN_ON)
    return next(p for p in plans if p.weather.light == "day" and p.weather.air == "clear")


def clip(plan: Plan, from_s: float, to_s: float) -> dict[str, object]:
    renderer = Renderer(plan)
    frames = []
    for at_s in np.arange(from_s, to_s, 2.0).tolist():
        _, data = cv2.imencode(".jpg", renderer.frame(at_s, labelled=False).picture)
        frames.append({"at_s": at_s, "jpeg": bytes(data)})
    return {"camera": asdict(plan.camera), "frames": frames, "start": START, "stand": "215"}


def test_the_weights_are_the_pinned_ones(tmp_path: Path) -> None:
    manifest, data = weights_of()
    assert manifest.version.endswith(manifest.sha256[:10])
    assert len(data) <= 1_000_000
    kept = DetectorStore(tmp_path).keep(data, seed=1, recipe={}, command="c")
    assert kept.version == manifest.version
    (tmp_path / "turnaround_vision" / kept.version / WEIGHTS).write_bytes(data[:-1] + b"x")
    with pytest.raises(ModelCorrupt):
        weights_of(tmp_path / "turnaround_vision" / kept.version)
    with pytest.raises(ModelUnavailable):
        DetectorStore(tmp_path).weights("1-0000000000")
    assert manifest_of().command == "airport-brain algorithms train turnaround_vision --seed 1"


def test_arrival_and_bridge_are_told_from_a_clip(algorithm: TurnaroundVision, plan: Plan) -> None:
    truth = {one.milestone: one.at_s for one in plan.happenings}
    docked = truth[Milestone.BRIDGE_DOCKED]
    (outcome,) = algorithm.predict([clip(plan, truth[Milestone.ON_BLOCK] - 30, docked + 16)])
    assert outcome.fault is None
    told = {one.code: one for one in outcome.value}  # type: ignore[attr-defined]
    for milestone in (Milestone.ON_BLOCK, Milestone.BRIDGE_DOCKED):
        found = told[milestone.value]
        off_s = (found.at - found.at.replace(hour=4, minute=0, second=0)).total_seconds()
        assert abs(off_s - truth[milestone]) < 6
        assert found.known_at > found.at
        assert 0.3 < found.confidence <= 1
        assert found.model == f"turnaround_vision@{manifest_of().version}"
    assert [one.at for one in outcome.value] == sorted(one.at for one in outcome.value)  # type: ignore[attr-defined]


def test_the_start_of_a_film_is_scored(plan: Plan) -> None:
    _, weights = weights_of()
    film = watched(weights, plan.seed, step_s=3.0, until_s=plan.happenings[0].at_s + 25)
    (row,) = (m for m in film.matches if m.milestone == Milestone.ON_BLOCK)
    assert row.found
    assert film.frames > 20
    assert film.cpu_s > 0


def test_what_is_no_clip_is_refused_by_field(algorithm: TurnaroundVision, plan: Plan) -> None:
    good = clip(plan, 100.0, 102.0)
    picture = good["frames"][0]["jpeg"]  # type: ignore[index]
    for field, change in (
        ("stand", {"stand": ""}),
        ("start", {"start": "2026-11-27T04:00:00"}),
        ("camera.focal_px", {"camera": asdict(plan.camera) | {"focal_px": 0.0}}),
        ("camera.width", {"camera": asdict(plan.camera) | {"width": 10**9}}),
        ("frames", {"frames": [{"at_s": 0.0, "jpeg": picture}] * (MOST_FRAMES + 1)}),
        ("frames", {"frames": [{"at_s": 0.0, "jpeg": b"no picture"}]}),
        ("frames", {"camera": asdict(plan.camera) | {"width": 1280, "height": 720}}),
    ):
        (outcome,) = algorithm.predict([good | change])
        assert isinstance(outcome.fault, FactsRefused), field
        assert outcome.fault.field == field
    assert nothing_told(good) == []


def test_serving_and_measuring_need_no_torch() -> None:
    names = ["ai_center.vision_hosting", "ai_center.benches.turnaround_vision", "ai_center.app"]
    code = f"import {', '.join(names)}, sys, json; print(json.dumps('torch' in sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert json.loads(answer.stdout.splitlines()[-1]) is False
