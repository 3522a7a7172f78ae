"""``algorithms`` and ``data`` as programs use them: JSON out, faults that say what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ai_center.datasets.shelf import DATASETS
from ai_center.forecasts.tasks import TASKS
from airport_brain.cli import app, output

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("AIRPORT_BRAIN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("AIRPORT_BRAIN__AI_CENTER__DATASET_FOLDER", str(tmp_path / "none"))

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))

    return call


def test_algorithms_are_listed_with_what_was_trained(run: Run) -> None:
    answer = run("algorithms", "list", "--json")
    assert answer.exit_code == 0, answer.output
    rows = {row["name"]: row for row in json.loads(answer.stdout)}
    assert {"face_embedding", "probe", *TASKS} <= set(rows)
    assert all(row["trained"] is None for row in rows.values())
    assert "GENERATED" in rows["energy_need"]["limits"]


def test_data_sets_are_listed_with_state_licence_and_traps(run: Run) -> None:
    answer = run("data", "list", "--json")
    assert answer.exit_code == 0, answer.output
    rows = {row["name"]: row for row in json.loads(answer.stdout)}
    assert set(rows) == set(DATASETS)
    assert rows["hflights"]["state"] == "missing"
    assert rows["generated_hall"]["state"] == "generated"
    assert rows["tsa_jfk"]["licence"] == "US public domain"


def test_a_data_set_is_described_column_by_column(run: Run) -> None:
    answer = run("data", "show", "generated_hall", "--json")
    assert answer.exit_code == 0, answer.output
    rows = {row["column"]: row for row in json.loads(answer.stdout)}
    assert rows["occupancy"]["rows"] == 730 * 24
    assert rows["occupancy"]["p10"] < rows["occupancy"]["median"] < rows["occupancy"]["p90"]
    shown = run("data", "show", "generated_hall").stdout
    assert "e+07" not in shown
    assert "NO" not in shown  # every promise is kept
    assert run("data", "show", "generated_freight").exit_code == 0


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("algorithms", "train", "weather"), "known: apron_conflicts"),
        (("algorithms", "train", "taxi_out"), "--from"),
        (("algorithms", "evaluate", "taxi_out"), "algorithms train taxi_out"),
        (("algorithms", "evaluate", "taxi_out@1-00"), "trained versions: none"),
        (("algorithms", "compare", "taxi_out", "taxi_out"), "algorithms train taxi_out"),
        (("algorithms", "train", "lane_plan"), "--set NAME=VALUE"),
        (("algorithms", "evaluate", "probe"), "nothing to measure"),
        (("algorithms", "evaluate", "lane_plan", "--set", "speed=1"), "known: seconds"),
        (("algorithms", "compare", "lane_plan", "lane_plan"), "algorithms evaluate lane_plan"),
        (("algorithms", "promote", "lane_plan"), "no version was trained or measured"),
        (("algorithms", "promote", "taxi_out", "--force"), "needs a reason"),
        (("data", "get", "hflights"), "--from"),
        (("data", "get", "weather"), "known: hflights"),
    ],
)
def test_what_is_missing_is_named_with_status_1(
    run: Run, command: tuple[str, ...], said: str
) -> None:
    answer = run(*command)
    assert answer.exit_code == 1
    assert said in " ".join(answer.stderr.split())


@pytest.mark.parametrize("verb", ["train", "evaluate", "promote", "history"])
def test_names_may_be_joined_either_way(run: Run, verb: str) -> None:
    told = [run("algorithms", verb, name) for name in ("no-such-one", "no_such_one", "no-such_one")]
    assert len({answer.output for answer in told}) == 1
    assert run("algorithms", verb, "taxi-out").output == run("algorithms", verb, "taxi_out").output


def test_what_stands_in_brackets_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "training needs torch: pip install 'airport-brain[train]', or torch alone"
    for console in (output.errors, output.screen):
        monkeypatch.setattr(console, "width", 200)
    output.fail(told)
    output.print_rows([{"a": told, "b": "[/red]"}], ["a", "b"], as_json=False)
    shown = capsys.readouterr()
    assert told in shown.err
    assert "[train]" in shown.out
    assert "[/red]" in shown.out


def test_an_optimiser_is_measured_compared_and_promoted(run: Run, tmp_path: Path) -> None:
    few = ("--cases", "2", "--json")
    usual = run("algorithms", "evaluate", "departure_sequence", "--set", "orders=600", *few)
    assert usual.exit_code == 0, usual.output
    found = json.loads(usual.stdout)
    assert found["figures"]["departure_sequence"]["violations"]["value"] == 0
    assert Path(found["card"]).is_relative_to(tmp_path)
    more = run("algorithms", "evaluate", "departure_sequence", "--set", "orders=1500", *few)
    assert more.exit_code == 0, more.output
    both = ("departure_sequence@orders=600", "departure_sequence@orders=1500")
    compared = json.loads(run("algorithms", "compare", *both, "--json").stdout)
    assert compared["cases"] == 2
    assert compared["verdict"] == "undecided"
    refused = run("algorithms", "promote", both[0])
    assert refused.exit_code == 1
    assert "at least 100 cases" in " ".join(refused.stderr.split())
    forced = run("algorithms", "promote", both[0], "--force", "--reason", "a trial", "--json")
    assert forced.exit_code == 0, forced.output
    assert json.loads(forced.stdout)["forced"]
    rows = {row["name"]: row for row in json.loads(run("algorithms", "list", "--json").stdout)}
    assert rows["departure_sequence"]["serves"] == found["version"]
    record = json.loads(run("algorithms", "history", "departure_sequence", "--json").stdout)
    assert [line["reason"] for line in record] == ["a trial"]


def test_files_are_got_from_a_folder(run: Run, tmp_path: Path, reference_data: Path) -> None:
    answer = run("data", "get", "tsa_jfk", "--from", str(reference_data / "algorithms"), "--json")
    assert answer.exit_code == 0, answer.output
    (path,) = json.loads(answer.stdout)
    assert Path(path).is_file()
    assert Path(path).is_relative_to(tmp_path)
    states = {row["name"]: row["state"] for row in json.loads(run("data", "list", "--json").stdout)}
    assert states["tsa_jfk"] == "present"
