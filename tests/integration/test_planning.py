"""What-if over HTTP: who may ask, what is answered, how a refusal names its field; and its OpenAPI."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from ai_center import AiError
from ai_center.algorithms.plan_questions import (
    SEQUENCES,
    STANDS,
    SequenceQuestion,
    StandQuestion,
)
from ai_center.app import build
from ai_center.optimisers.generated_peak import generate_peak
from ai_center.optimisers.generated_stand_day import DAY_MIN, generate
from ai_center.optimisers.stand_greedy import greedy
from ai_center.settings import AiSettings
from airport_brain import problems
from airport_brain.auth.guard import SessionGuard
from airport_brain.auth.limits import TokenBuckets
from airport_brain.auth.sessions import Sessions, load_secret
from airport_brain.auth.store import AccountStore
from service_bus import utc_now

PLANS = "/api/ai/plans"


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The algorithm centre behind the real guard; the header ``role`` is turned into a key."""
    accounts = AccountStore(f"sqlite:///{tmp_path / 'auth.sqlite3'}", utc_now)
    sessions = Sessions(accounts, load_secret(tmp_path / "secret"), timedelta(hours=1), utc_now)
    guard = SessionGuard(sessions, TokenBuckets(per_minute=6000, burst=1000))
    settings = AiSettings(runtime="in_process", fetch_models=False)
    component, centre = build(settings, data_dir=tmp_path, clock=utc_now, guard=guard)
    app = FastAPI()
    problems.install(app, (AiError,))
    app.include_router(component.router)
    stop = asyncio.Event()
    running = asyncio.create_task(component.serving[0](stop))
    async with asyncio.timeout(120):
        while centre.ready() is not None:
            await asyncio.sleep(0.05)
    keys = {r: accounts.add_key(r, [r], valid_for=None) for r in ("aoc", "cargo-agent")}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here", timeout=120) as made:
        made.headers["authorization"] = f"Bearer {keys['aoc']}"
        made.headers["x-other"] = keys["cargo-agent"]
        yield made
    stop.set()
    await running
    accounts.close()


def iso(minute: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)).isoformat()


def closed(stand: str) -> dict[str, Any]:
    begins, ends = iso(DAY_MIN), iso(DAY_MIN + 2880)
    return {"kind": "stand_closed", "stand": stand, "begins": begins, "ends": ends}


def stands() -> dict[str, Any]:
    day = generate(turns=60)
    question = StandQuestion(day=day, seconds=10, published=greedy(day).stand_of())
    made: dict[str, Any] = json.loads(STANDS.dump_json(question))
    return made


async def test_a_closed_stand_is_answered_with_moves_cost_and_reasons(
    client: httpx.AsyncClient,
) -> None:
    question = stands()
    stand = next(iter(question["published"].values()))
    answer = await client.post(
        f"{PLANS}/stand_allocation/what-if",
        json={"question": question, "what_if": [closed(stand)]},
    )
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["unit"] == "passenger min"
    assert found["adds"] == pytest.approx(found["after"]["cost"] - found["before"]["cost"])
    assert all(one["before"] == stand and one["because"] for one in found["differences"])
    peak, rules = generate_peak(1)
    asked = SequenceQuestion(departures=tuple(peak), rules=rules)
    sequence = json.loads(SEQUENCES.dump_json(asked))
    del sequence["orders"]
    answer = await client.post(
        f"{PLANS}/departure_sequence/what-if",
        json={"question": sequence, "what_if": [{"kind": "one_runway", "runway": "16R"}]},
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["adds"] > 0


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        (closed("nowhere"), 400, "changes"),
        ({**closed("T1-A1"), "begins": "soon"}, 422, "what_if.0.stand_closed.begins"),
        ({"kind": "earthquake"}, 422, "what_if.0"),
        ({**closed("T1-A1"), "ends": iso(0)}, 400, "what_if"),
    ],
)
async def test_a_refusal_names_its_field(
    client: httpx.AsyncClient, change: dict[str, Any], status: int, field: str
) -> None:
    answer = await client.post(
        f"{PLANS}/stand_allocation/what-if", json={"question": stands(), "what_if": [change]}
    )
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == field


async def test_limits_are_kept(client: httpx.AsyncClient) -> None:
    question = stands()
    address = f"{PLANS}/stand_allocation/what-if"
    many = {"question": question, "what_if": [closed("T1-A1")] * 51}
    assert (await client.post(address, json=many)).json()["field"] == "what_if"
    long = {"question": {**question, "seconds": 200}, "what_if": [closed("T1-A1")]}
    answer = await client.post(address, json=long)
    assert (answer.status_code, answer.json()["field"]) == (400, "question.seconds")
    assert (await client.post(address, json={"question": question})).status_code == 422


async def test_only_those_may_ask_who_hold_the_scope(client: httpx.AsyncClient) -> None:
    address = f"{PLANS}/lane_plan/what-if"
    other = {"authorization": f"Bearer {client.headers['x-other']}"}
    assert (await client.post(address, json={}, headers=other)).status_code == 403
    assert (await client.post(address, json={}, headers={"authorization": ""})).status_code == 401
    assert (await client.post(address, json={})).status_code == 422


async def test_the_description_tells_every_change(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()
    routes = {path for path in described["paths"] if path.startswith(PLANS)}
    assert routes == {
        f"{PLANS}/{name}/what-if"
        for name in ("stand_allocation", "departure_sequence", "lane_plan", "tow_plan")
    }
    shapes = described["components"]["schemas"]
    kinds = {
        shape["properties"]["kind"]["const"]
        for shape in shapes.values()
        if "const" in shape.get("properties", {}).get("kind", {})
    }
    assert {"stand_closed", "turn_late", "flight_late", "one_runway", "lanes_out"} <= kinds
