"""The routes: shapes, statuses, limits, scopes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.passenger_id.desk import STD, TurnedClock, body, flat_picture, flight_body, picture
from tests.unit.passenger_id.kiosk import Kiosk, open_kiosk

API = "/api/passenger"


@pytest.fixture
async def kiosk(tmp_path: Path, clock: TurnedClock) -> AsyncIterator[Kiosk]:
    async with open_kiosk(tmp_path, clock) as opened:
        yield opened


async def test_a_passenger_boards_over_http(kiosk: Kiosk) -> None:
    journey_id = await kiosk.check_in()
    enrolled = await kiosk.enrol(journey_id, picture(1))
    assert enrolled.status_code == 201, enrolled.text
    assert enrolled.json()["enrolled"] is True
    await kiosk.announce(json.dumps(flight_body()).encode())
    answer = await kiosk.show(journey_id, picture(1, noise=5))
    assert answer.status_code == 200, answer.text
    decision = answer.json()
    assert decision["decision"] == "match"
    assert decision["reason"]["code"] == "face_match"
    assert decision["journey"] == {
        "id": journey_id,
        "name_masked": "ZH***/S***",
        "flight": "MU5101",
        "flight_date": "2026-11-24",
        "destination": "PEK",
        "seat": "12A",
        "state": "boarded",
    }
    assert decision["flight_status"]["zh"] == "正在登机"
    assert decision["score"] >= decision["threshold"]
    assert decision["model"]["sha256"]
    assert decision["degraded"] is False
    assert set(decision["stage_ms"]) == {"statistics", "compare"}


async def test_what_happened_goes_out_as_events_without_names(kiosk: Kiosk) -> None:
    journey_id = await kiosk.check_in()
    await kiosk.enrol(journey_id, picture(1))
    await kiosk.show(journey_id, picture(1))
    await kiosk.settle()
    said = [
        (record.topic, json.loads(record.envelope.data))
        for record in await kiosk.records()
        if not record.topic.startswith("passenger.journey.received")
    ]
    assert sorted(topic for topic, _ in said) == [
        "passenger.identity.enrolled.v1",
        "passenger.identity.verified.v1",
        "passenger.journey.changed.v1",
        "passenger.journey.changed.v1",
        "passenger.journey.changed.v1",
    ]
    states = [facts["state"] for topic, facts in said if topic.endswith("changed.v1")]
    assert sorted(states) == ["boarded", "screened", "screened"]
    (verified,) = [facts for topic, facts in said if topic.endswith("verified.v1")]
    assert verified["decision"] == "match"
    assert verified["score_band"] == "strong"
    assert "score" not in verified


async def test_a_retry_with_the_same_key_gets_the_same_answer(kiosk: Kiosk) -> None:
    journey_id = await kiosk.check_in()
    await kiosk.enrol(journey_id, picture(1))
    first = (await kiosk.show(journey_id, picture(1), key="kiosk-7-1")).json()
    again = (await kiosk.show(journey_id, picture(1), key="kiosk-7-1")).json()
    assert again == {**first, "elapsed_ms": 0.0}


async def test_a_journey_message_is_on_the_bus_as_it_came(kiosk: Kiosk) -> None:
    data = json.dumps(body(), indent=2).encode()
    answer = await kiosk.http.post(f"{API}/journeys", content=data)
    place = answer.json()
    assert answer.status_code == 202
    assert place["duplicate"] is False
    assert (await kiosk.http.post(f"{API}/journeys", content=data)).json()["duplicate"] is True
    (record,) = await kiosk.records()
    assert record.envelope.data == data
    assert (record.topic, record.partition, record.offset) == (
        place["topic"],
        place["partition"],
        place["offset"],
    )
    assert record.envelope.subject == place["journey_id"]


async def test_a_bad_message_is_refused_with_field_and_dead_letter(kiosk: Kiosk) -> None:
    answer = await kiosk.http.post(f"{API}/journeys", json=body(seat="A12"))
    problem = answer.json()
    assert answer.status_code == 400
    assert problem["field"] == "seat"
    assert problem["position"] == "$.seat"
    (letter,) = await kiosk.records()
    assert letter.envelope.id == problem["dead_letter"]
    assert b"ZHANG" not in letter.envelope.data
    assert letter.envelope.headers["dlq-field"] == "seat"


async def test_a_journey_too_large_is_413(kiosk: Kiosk) -> None:
    answer = await kiosk.http.post(f"{API}/journeys", content=b" " * 70_000)
    assert answer.status_code == 413


async def test_lists_show_names_only_to_who_may_see_them(kiosk: Kiosk) -> None:
    journey_id = await kiosk.check_in()
    listed = (await kiosk.http.get(f"{API}/journeys", params={"flight": "MU5101"})).json()
    assert listed["total"] == 1
    assert listed["items"][0]["passenger_name"] == "ZHANG/SANMEI"
    assert listed["items"][0]["flight"]["std"] == STD.isoformat().replace("+00:00", "Z")
    at_gate = await kiosk.http.get(f"{API}/gates/d12/journeys")
    assert at_gate.json()["items"][0]["name_masked"] == "ZH***/S***"
    assert "ZHANG" not in at_gate.text
    detail = (await kiosk.http.get(f"{API}/journeys/{journey_id}")).json()
    assert [step["to"] for step in detail["steps"]] == ["checked_in", "id_verified", "screened"]
    assert (await kiosk.http.get(f"{API}/gates/E1/journeys")).json()["items"] == []
    found = await kiosk.http.get(f"{API}/journeys", params={"q": "sanmei", "gate": "D12"})
    assert found.json()["total"] == 1


async def test_withdrawal_over_http(kiosk: Kiosk) -> None:
    journey_id = await kiosk.check_in()
    await kiosk.enrol(journey_id, picture(1))
    assert (await kiosk.http.get(f"{API}/vault")).json()["active_templates"] == 1
    path = f"{API}/journeys/{journey_id}/enrolment"
    assert (await kiosk.http.delete(path)).json()["enrolled"] is False
    assert (await kiosk.http.delete(path)).status_code == 404
    assert (await kiosk.http.get(f"{API}/vault")).json()["active_templates"] == 0
    decision = (await kiosk.show(journey_id, picture(1))).json()
    assert (decision["decision"], decision["reason"]["code"]) == ("refused", "consent_withdrawn")


@pytest.mark.parametrize(
    ("photo", "fields", "status", "field", "code"),
    [
        (flat_picture(), {}, 400, "photo", "no_face"),
        (b"GIF89a", {}, 400, "photo", "not-an-image"),
        (picture(1), {"consent_version": ""}, 400, "consent_version", "consent_missing"),
        (picture(1), {"birth_date": "2020-01-01"}, 400, "guardian", "guardian_required"),
        (picture(1), {"birth_date": "01.01.2020"}, 400, "birth_date", "wrong-value"),
    ],
)
async def test_an_enrolment_is_refused_by_field(
    kiosk: Kiosk, photo: bytes, fields: dict[str, str], status: int, field: str, code: str
) -> None:
    journey_id = await kiosk.check_in()
    answer = await kiosk.enrol(journey_id, photo, **fields)
    assert answer.status_code == status
    assert (answer.json()["field"], answer.json()["code"]) == (field, code)


async def test_a_photo_too_large_is_413_and_never_touches_a_disk(
    tmp_path: Path, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_disk(*_: object, **__: object) -> None:
        pytest.fail("a photo was written to a temporary file")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", on_disk)
    async with open_kiosk(tmp_path, clock, max_photo_bytes=3_000_000) as kiosk:
        journey_id = await kiosk.check_in()
        padded = picture(1) + b"\0" * 2_500_000
        assert (await kiosk.enrol(journey_id, padded)).status_code == 201
        too_large = picture(1) + b"\0" * 3_000_000
        assert (await kiosk.show(journey_id, too_large)).status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("POST", "/journeys", "passenger.gate.use"),
        ("GET", "/journeys", "passenger.gate.use"),
        ("GET", "/journeys/j1", "passenger.gate.use"),
        ("GET", "/vault", "passenger.gate.use"),
        ("GET", "/gates/D12/journeys", "passenger.journeys.read"),
        ("POST", "/journeys/j1/enrolment", "passenger.journeys.read"),
        ("POST", "/journeys/j1/enrolment", "passenger.gate.use"),
        ("DELETE", "/journeys/j1/enrolment", "passenger.gate.use"),
        ("DELETE", "/journeys/j1/enrolment", "passenger.journeys.read"),
        ("POST", "/journeys/j1/verifications", "passenger.journeys.write"),
    ],
)
async def test_another_scope_does_not_open_the_route(
    kiosk: Kiosk, method: str, path: str, scope: str
) -> None:
    answer = await kiosk.http.request(method, API + path, headers={"x-scopes": scope})
    assert answer.status_code == 403


async def test_unknown_journeys_and_bad_gates_are_said(kiosk: Kiosk) -> None:
    assert (await kiosk.show("nobody", picture(1))).status_code == 404
    journey_id = await kiosk.check_in()
    answer = await kiosk.show(journey_id, picture(1), gate="D12; drop")
    assert answer.status_code == 400
    assert answer.json()["field"] == "gate"
    no_form = await kiosk.http.post(f"{API}/journeys/{journey_id}/verifications", json={})
    assert no_form.status_code == 400


async def test_the_sweeper_runs_and_readiness_knows(kiosk: Kiosk) -> None:
    import asyncio

    journey_id = await kiosk.check_in()
    await kiosk.enrol(journey_id, picture(1))
    check = kiosk.component.checks["passenger_vault"]
    assert check() is None
    kiosk.clock.turn(hours=30)
    assert check() == "1 face templates should have been destroyed"
    stop = asyncio.Event()
    sweeping = asyncio.create_task(kiosk.component.tasks[1](stop))
    await asyncio.sleep(0.05)
    stop.set()
    await sweeping
    assert check() is None
