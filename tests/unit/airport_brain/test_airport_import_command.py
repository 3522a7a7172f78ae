"""What ``airport-brain airport import`` says of a file that is not as it should be."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from airport_brain.cli import app
from tests.unit.spatiotemporal.airport_model.assembled import airfields


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AIRPORT_BRAIN_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("airport_brain.cli.airport.screen.width", 200)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["airport", *arguments])


def file(folder: Path, *rows: str) -> str:
    path = folder / "apt.dat"
    whole = airfields.network_1200().removesuffix("99\n")
    path.write_text(whole + "\n".join([*rows, "99", ""]))
    return str(path)


def test_notices_are_shown_as_they_are_and_of_each_kind_a_few(tmp_path: Path) -> None:
    broken = [f"54 busy{n} Tower" for n in range(9)]
    answer = run("import", file(tmp_path, "[/b] what", *broken), "--icao", "ZZNE")
    assert answer.exit_code == 0, answer.output
    assert "row code '[/b]' is not known" in answer.output
    assert "busy4" in answer.output
    assert "busy5" not in answer.output
    assert "4 more of apt-bad-row" in answer.output


def test_who_names_the_wrong_airport_sees_which_ones_there_are_and_can_pick(tmp_path: Path) -> None:
    path = file(tmp_path)
    answer = run("import", path, "--icao", "LFZZ")
    assert answer.exit_code == 1
    assert "XNEW" in answer.stderr
    picked = run("import", path, "--icao", "LFZZ", "--pick", "XNEW", "--alone")
    assert picked.exit_code == 0, picked.output
    assert "LFZZ" in run("list").output
