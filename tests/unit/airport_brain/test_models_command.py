"""The commands on models answer without any weights: what is there, and what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from airport_brain.cli import app
from tests.unit.ai_center.photo_sets import write_set

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("AIRPORT_BRAIN_DATA", str(tmp_path / "data"))

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))

    return call


def test_liveness_nets_are_listed_with_their_set(run: Run) -> None:
    answer = run("models", "list", "--json")
    assert answer.exit_code == 0, answer.output
    rows = {row["name"]: row for row in json.loads(answer.stdout)}
    assert rows["minifasnet-v2"]["packs"] == ["minifasnet"]
    assert rows["minifasnet-v1se"]["task"] == "face-liveness"
    assert rows["minifasnet-v1se"]["licence"] == "Apache-2.0"
    assert "minifasnet" in rows["yunet-2023mar"]["packs"]


def test_an_evaluation_needs_photos(run: Run) -> None:
    answer = run("models", "evaluate")
    assert answer.exit_code == 1
    assert "--pairs DIR, --pad DIR" in answer.output


@pytest.mark.parametrize("option", ["--pairs", "--pad"])
def test_an_evaluation_without_weights_says_how_to_get_them(
    run: Run, tmp_path: Path, option: str
) -> None:
    folder = write_set(tmp_path / "set", people=3)
    answer = run("models", "evaluate", option, str(folder))
    assert answer.exit_code == 1
    assert "not in the model store" in answer.output
