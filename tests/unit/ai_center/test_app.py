from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ai_center import NotReady
from ai_center.app import build
from ai_center.settings import AiSettings
from service_bus import PUBLIC, Component, utc_now


class Recorder:
    """A guard that lets everybody in and remembers what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, *scopes: str) -> Any:
        self.asked.append(scopes)
        return lambda: PUBLIC


def built(folder: Path, guard: Recorder, **settings: Any):  # type: ignore[no-untyped-def]
    chosen = AiSettings(runtime="in_process", fetch_models=False, **settings)
    return build(chosen, data_dir=folder, clock=utc_now, guard=guard)


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


def check(component: Component, name: str) -> str | None:
    return component.checks[name]()


async def test_it_starts_in_the_background_and_stops_with_the_platform(tmp_path: Path) -> None:
    component, centre = built(tmp_path, Recorder())
    assert "not been started" in (check(component, "algorithms") or "")
    with pytest.raises(NotReady):
        await centre.call("probe", {})
    stop = asyncio.Event()
    running = asyncio.create_task(component.serving[0](stop))
    await until(lambda: check(component, "algorithms") is None)
    assert (await centre.call("probe", {"say": "up"})).value == "up"
    assert "models fetch" in (check(component, "face_models") or "")
    stop.set()
    await running
    assert "stopped" in (check(component, "algorithms") or "")


async def test_a_pack_folder_without_models_is_named(tmp_path: Path) -> None:
    component, _ = built(tmp_path, Recorder(), face_pack=str(tmp_path / "own"))
    stop = asyncio.Event()
    running = asyncio.create_task(component.serving[0](stop))
    await until(lambda: "holds no *.onnx" in (check(component, "face_models") or ""))
    stop.set()
    await running


def test_building_starts_and_writes_nothing(tmp_path: Path) -> None:
    built(tmp_path, Recorder())
    assert list(tmp_path.iterdir()) == []


def test_algorithms_and_models_are_shown_to_those_who_may_read(tmp_path: Path) -> None:
    guard = Recorder()
    component, _ = built(tmp_path, guard)
    assert set(guard.asked) == {("ai.read",), ("ai.plan",)}
    web = FastAPI()
    web.include_router(component.router)
    with TestClient(web) as client:
        algorithms = client.get("/api/ai/algorithms").json()
        models = {model["name"]: model for model in client.get("/api/ai/models").json()}
    face = next(a for a in algorithms if a["name"] == "face_embedding")
    assert not face["ready"]
    assert "1:1" in face["limits"]
    assert models["dlib-resnet-v1"]["state"] == "missing"
    assert models["dlib-resnet-v1"]["packs"] == ["default"]
    assert models["dlib-resnet-v1"]["calibration"]["default_fmr"] == 1e-3
    assert models["sface-2021dec"]["calibration"] is None
    assert models["sface-2021dec"]["licence"] == "Apache-2.0"


def test_importing_the_front_door_brings_in_no_heavy_library() -> None:
    heavy = "{'ray', 'cv2', 'onnx', 'onnxruntime', 'insightface', 'torch', 'fastapi'}"
    code = f"import sys, ai_center; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert answer.stdout.strip() == "[]"


def test_a_replica_imports_neither_web_framework_nor_converter() -> None:
    heavy = "{'onnx', 'insightface', 'torch', 'fastapi', 'sqlalchemy', 'scipy'}"
    code = f"import sys, ai_center.assembly; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert answer.stdout.strip() == "[]"
