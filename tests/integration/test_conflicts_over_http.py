"""Who may meet whom on the apron, asked over HTTP of a platform that left its graphs by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from ai_center import AiError
from ai_center.algorithms.apron import straight_on
from ai_center.app import build
from ai_center.conflicts.generated_apron import Apron, generate
from ai_center.conflicts.habits import LEARNT
from ai_center.conflicts.movers import Picture
from ai_center.conflicts.watch import AlongRoutes
from ai_center.settings import AiSettings
from airport_brain import problems
from airport_brain.grounds import ground_of, grounds
from service_bus import PUBLIC, utc_now

CONFLICTS = "/api/ai/conflicts"

REFUSED: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"ground": "NOWHERE"}, 400, "ground"),
    ({"least": 2}, 422, "least"),
    ({"pictures": []}, 422, "pictures"),
    ({"pictures": [{"second": 5.0, "movers": []}, {"second": 5.0, "movers": []}]}, 400, "order"),
)


class Open:
    """A guard that lets everybody in."""

    def __call__(self, *_scopes: str) -> Any:
        return lambda: PUBLIC


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The algorithm centre, started with the graphs of the airports."""
    settings = AiSettings(runtime="in_process", fetch_models=False)
    component, centre = build(
        settings, data_dir=tmp_path, clock=utc_now, guard=Open(), grounds=grounds
    )
    app = FastAPI()
    problems.install(app, (AiError,))
    app.include_router(component.router)
    stop = asyncio.Event()
    running = asyncio.create_task(component.serving[0](stop))
    async with asyncio.timeout(120):
        while centre.ready() is not None:
            await asyncio.sleep(0.05)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here", timeout=120) as made:
        yield made
    stop.set()
    await running


def mover(name: str, x_m: float, y_m: float, course_deg: float, speed_mps: float) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "vehicle",
        "x_m": x_m,
        "y_m": y_m,
        "speed_mps": speed_mps,
        "course_deg": course_deg,
        "heading_deg": course_deg,
    }


def closing() -> dict[str, Any]:
    """One vehicle drives up behind another that stands, away from every line."""
    pictures = [
        {
            "second": float(second),
            "movers": [
                mover("fast", 90_000.0 + 6.0 * second, 90_000.0, 90.0, 6.0),
                mover("slow", 90_100.0, 90_000.0, 90.0, 0.0),
            ],
        }
        for second in range(4)
    ]
    return {"ground": "ZSSS", "least": 0.0, "pictures": pictures}


def told(picture: Picture) -> dict[str, Any]:
    rows = zip(
        picture.movers,
        picture.points.tolist(),
        picture.speed_mps.tolist(),
        picture.course_deg.tolist(),
        picture.heading_deg.tolist(),
        strict=True,
    )
    return {
        "second": picture.second,
        "movers": [
            {
                "name": one.name,
                "kind": one.kind,
                "size": one.size,
                "x_m": x_m,
                "y_m": y_m,
                "speed_mps": speed,
                "course_deg": course,
                "heading_deg": heading,
            }
            for one, (x_m, y_m), speed, course, heading in rows
        ],
    }


async def test_the_model_answers_without_any_command_before(client: httpx.AsyncClient) -> None:
    for name in ("ZSSS", "ZSPD"):
        asked = {**closing(), "ground": name}
        answer = await client.post(CONFLICTS, json=asked)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert not found["degraded"]
        (one,) = found["conflicts"]
        assert one["pair"] == ["fast", "slow"]
        assert 5 < one["seconds"] < 20
        assert 0 < one["chance"] < straight_on(asked)[0].chance  # drivers brake
        for change, status, words in REFUSED:
            answer = await client.post(CONFLICTS, json={**asked, **change})
            assert answer.status_code == status, answer.text
            assert words in answer.json()["detail"]


async def test_a_picture_of_the_apron_is_answered_along_its_roads(
    client: httpx.AsyncClient,
) -> None:
    # The works of the generated day are not on the ground that the centre knows.
    ground = ground_of("ZSSS")
    day = generate(ground, seed=2, apron=Apron(seconds=120, vehicles=40, planted={}))
    pictures = [day.picture(second) for second in range(104, 108)]
    asked = {"ground": "ZSSS", "least": 0.0, "pictures": [told(picture) for picture in pictures]}
    answer = await client.post(CONFLICTS, json=asked)
    assert answer.status_code == 200, answer.text
    assert not answer.json()["degraded"]
    method = AlongRoutes(ground, habits=LEARNT)
    ours = [method.foreseen(picture) for picture in pictures][-1]
    found = {tuple(one["pair"]): one["chance"] for one in answer.json()["conflicts"]}
    assert len(found) > 1
    assert found == pytest.approx({one.pair: one.chance for one in ours})
    assert found != {one.pair: one.chance for one in straight_on(asked)}
