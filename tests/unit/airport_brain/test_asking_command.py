"""``algorithms ask``: a question in, a table or JSON out, refusals that name their place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ai_center.example_questions import EXAMPLES
from airport_brain.cli import app

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("AIRPORT_BRAIN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "160")

    def call(*arguments: str, asked: str = "") -> Result:
        return CliRunner().invoke(app, ["algorithms", "ask", *arguments], input=asked)

    return call


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("departure-sequence", ["it adds +", "s of delay", "F005: tsat", "rate of the runway"]),
        ("stand_allocation", ["it adds +", "passenger min", ": stand", "closed"]),
        ("lane-plan", ["it adds +", "lane min", "slot"]),
    ],
)
def test_an_example_is_answered_as_a_table(run: Run, name: str, shown: list[str]) -> None:
    question = run(name, "--example").stdout
    answer = run(name, asked=question)
    assert answer.exit_code == 0, answer.output
    assert all(text in answer.stdout for text in shown), answer.stdout
    assert "178027" not in answer.stdout  # moments are told as times


def test_programs_get_json(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "question.json"
    file.write_text(run("stand_allocation", "--example").stdout)
    answer = run("stand_allocation", str(file), "--json")
    found = json.loads(answer.stdout)
    assert found["adds"] == found["after"]["cost"] - found["before"]["cost"]
    plan = json.loads(
        run("stand_allocation", asked=json.dumps(json.loads(file.read_text())["question"])).stdout
    )
    assert plan["placed"]


@pytest.mark.parametrize(
    ("name", "asked", "told"),
    [
        ("stand_allocation", "{", "line 1 column 2"),
        ("stand_allocation", "[]", "takes dict, not list"),
        ("stand_allocation", "{}", "day"),
        ("face_embedding", "{}", "takes bytes"),
        ("no-such-one", "{}", "no algorithm 'no_such_one'"),
    ],
)
def test_a_question_that_is_none_is_refused(run: Run, name: str, asked: str, told: str) -> None:
    answer = run(name, asked=asked)
    assert answer.exit_code == 1
    assert told in " ".join(answer.stderr.split())


def test_what_has_no_example_names_what_has(run: Run) -> None:
    answer = run("taxi_out", "--example")
    assert answer.exit_code == 1
    assert all(name in answer.stderr for name in EXAMPLES)
