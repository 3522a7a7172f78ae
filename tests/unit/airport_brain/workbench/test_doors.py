"""The doors of the workbench: its routes, who may use them, and its commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from airport_brain import problems, wiring
from airport_brain.auth.roles import ROLES
from airport_brain.cli import app as command_line
from airport_brain.workbench.api import LARGEST, READ, router
from service_bus import PUBLIC, Principal

BENCH = wiring.workbench()
MVT = BENCH.registry.named("mvt").example
PNL = BENCH.registry.named("pnl").example


def open_door(_scope: str) -> Callable[[], Principal]:
    """A guard that lets everybody in."""
    return lambda: PUBLIC


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = FastAPI()
    problems.install(app, wiring.ERROR_ROOTS)
    app.include_router(router(BENCH, guard=open_door))  # type: ignore[arg-type]
    return TestClient(app)


Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    runner = CliRunner()

    def go(*arguments: str, given: bytes = b"") -> Result:
        return runner.invoke(command_line, list(arguments), input=given)

    return go


def test_those_who_connect_and_watch_systems_may_use_it() -> None:
    assert {role for role, scopes in ROLES.items() if READ in scopes} == {
        "admin", "engineer", "connector", "aoc",
    }  # fmt: skip


def test_a_message_is_answered_with_values_places_and_candidates(client: TestClient) -> None:
    answer = client.post("/api/formats/read", content=MVT).json()
    assert (answer["format"], answer["look"], answer["error"]) == ("mvt", "text", None)
    assert [one["name"] for one in answer["candidates"]] == ["mvt", "type-b"]
    place = next(one for one in answer["places"] if one["path"] == "/0/flight/flight_number")
    assert MVT[place["start"] : place["end"]] == b"5101"
    assert place["exact"] is False


def test_the_format_and_the_mode_can_be_named(client: TestClient) -> None:
    query = {"format": "type-b", "mode": "strict"}
    answer = client.post("/api/formats/read", params=query, content=MVT).json()
    assert (answer["format"], answer["mode"]) == ("type-b", "strict")
    unknown = client.post("/api/formats/read", params={"format": "x"}, content=MVT)
    assert (unknown.status_code, unknown.json()["title"]) == (404, "Not Found")


def test_a_fault_is_an_answer_with_its_place_in_both_languages(client: TestClient) -> None:
    broken = MVT.replace(b"AD0812", b"AD9912")
    error = client.post("/api/formats/read", content=broken).json()["error"]
    assert broken[error["start"] : error["end"]] == b"9912"
    assert error["zh"] != error["en"]


def test_more_than_a_megabyte_is_refused(client: TestClient) -> None:
    answer = client.post("/api/formats/read", content=b"A" * (LARGEST + 1))
    assert answer.status_code == 413


def test_formats_are_listed_and_described(client: TestClient) -> None:
    listed = client.get("/api/formats").json()
    assert [one["name"] for one in listed] == BENCH.registry.names
    page = client.get("/api/formats/mvt").json()
    assert page["example"].encode() == MVT
    assert page["json_schema"]["type"] == "object"
    assert client.get("/api/formats/x").status_code == 404


def test_a_test_case_comes_back_masked(client: TestClient) -> None:
    answer = client.post("/api/formats/mask", content=PNL).json()
    assert len(answer["text"]) == len(PNL)
    assert "ZHANG" not in answer["text"]
    assert "CA1501/24NOV" in answer["text"]


def test_what_cannot_be_read_is_not_masked(client: TestClient) -> None:
    for content in (b"ZHANG/SAN", PNL.replace(b"-SHA002F", b"-SHAXXXF")):
        answer = client.post("/api/formats/mask", content=content)
        assert answer.status_code == 400
        assert "ZHANG" not in answer.text


def test_what_a_file_is_is_said_beside_what_it_says(run: Run) -> None:
    answer = run("decode", "auto", "--json", given=MVT)
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["identifier"] == "MVT"
    assert "mvt (95%" in answer.stderr


def test_what_nothing_fits_ends_with_status_2(run: Run) -> None:
    answer = run("decode", "auto", given=b"hello")
    assert answer.exit_code == 2
    assert "no known format" in answer.stderr


def test_formats_are_listed_shown_and_described_at_the_command_line(run: Run) -> None:
    assert {one["name"] for one in json.loads(run("formats", "list", "--json").stdout)} == set(
        BENCH.registry.names
    )
    shown = run("formats", "show", "mvt").stdout
    assert "## MovementTime" in shown
    assert "mvt-time-order" in shown
    assert json.loads(run("formats", "schema", "mvt").stdout)["type"] == "object"
    assert run("formats", "show", "x").exit_code == 2


def test_messages_are_read_compared_and_masked_at_the_command_line(
    run: Run, tmp_path: Path
) -> None:
    left, right = tmp_path / "left", tmp_path / "right"
    left.write_bytes(MVT)
    right.write_bytes(MVT.replace(b"PX128", b"PX129"))
    assert json.loads(run("formats", "read", str(left)).stdout)["format"] == "mvt"
    compared = run("formats", "compare", str(left), str(right), "--json")
    assert compared.exit_code == 1
    assert [one["path"] for one in json.loads(compared.stdout)] == [
        "/0/lines/2/0/total",
        "/0/lines/2/0/as_sent",
    ]
    assert run("formats", "compare", str(left), str(left)).exit_code == 0
    masked = run("formats", "mask", given=PNL)
    assert masked.exit_code == 0
    assert "ZHANG" not in masked.stdout
    assert run("formats", "mask", given=b"hello").exit_code == 1
