"""The desk: measuring with resume, comparing, the gate of promotion and its record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ai_center import ModelUnavailable, NotPromoted, UnknownAlgorithm
from ai_center.adapters.dataset_files import DatasetFiles
from ai_center.adapters.promotions import FILE
from ai_center.adapters.version_store import VersionStore
from ai_center.desk import Desk
from ai_center.errors import Untrainable
from ai_center.trials.bench import BenchContext
from ai_center.trials.sheet import Paired
from ai_center.workbench import Workbench
from tests.unit.ai_center.small_bench import ENTRY, RIVAL, RUN

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(tmp_path)


def desk_of(folder: Path) -> Desk:
    workbench = Workbench(folder, DatasetFiles(folder / "datasets", []), {})
    return Desk([ENTRY], workbench, BenchContext(models=folder), clock=lambda: NOW)


def test_a_version_is_measured_with_intervals_gate_and_card(desk: Desk) -> None:
    found = desk.evaluate("small", found_by="how it was made")
    assert found.cases == 8
    assert found.figures["small"]["loss"].low < found.figures["small"]["loss"].value
    assert found.figures["small"]["share"].value == pytest.approx(0.25)
    assert "whole" not in found.figures["small"]
    assert found.against[RIVAL].verdict == "first"
    assert all(check.kept for check in found.checks)
    card = Path(found.card).read_text("utf-8")
    assert "小而快" in card
    assert "says &lt;nothing&gt; of the world" in card
    assert "how it was made" in card
    assert card.count("<svg") == 2
    assert "http" not in card


def test_a_stopped_run_goes_on_and_more_cases_are_added(desk: Desk) -> None:
    RUN.clear()

    class Stopped(Exception):
        pass

    def stop(doing: str, done: int, total: int) -> None:
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        desk.evaluate("small", cases=5, progress=stop)
    desk.evaluate("small", cases=5)
    assert [f"case {n}" for n in range(5)] == RUN
    desk.evaluate("small", cases=7)
    assert len(RUN) == 7
    desk.evaluate("small", cases=7, settings={"size": 1.0})
    assert len(RUN) == 14


def test_settings_make_versions_and_are_checked(desk: Desk) -> None:
    usual = desk.evaluate("small").version
    other = desk.evaluate("small", settings={"size": "1"}).version
    assert usual != other
    assert desk.evaluate("small@size=1.0").version == other
    with pytest.raises(Untrainable, match="known: size, colour"):
        desk.evaluate("small", settings={"weight": 1})
    with pytest.raises(Untrainable, match="not a float"):
        desk.evaluate("small", settings={"size": "large"})
    with pytest.raises(ModelUnavailable, match="algorithms evaluate small"):
        desk.evaluate("small@1-00")


def test_two_versions_are_told_apart_on_the_same_cases(desk: Desk) -> None:
    desk.evaluate("small")
    desk.evaluate("small", settings={"size": 1.0})
    found = desk.compare("small@size=1.0", "small")
    assert isinstance(found, Paired)
    assert found.verdict == "first"
    assert found.wins == found.cases == 8
    assert found.difference.value == pytest.approx(2.0)
    rival = desk.compare("small", f"small:{RIVAL}")
    assert rival.verdict == "first"
    with pytest.raises(UnknownAlgorithm):
        desk.compare("small", "small:nobody")
    with pytest.raises(UnknownAlgorithm, match="known: small"):
        desk.compare("large", "small")


def test_few_cases_prove_nothing(desk: Desk) -> None:
    desk.evaluate("small", cases=3)
    desk.evaluate("small", cases=3, settings={"size": 1.0})
    assert desk.compare("small@size=1.0", "small").verdict == "undecided"


def test_the_gate_lets_the_better_through_and_records_it(desk: Desk, tmp_path: Path) -> None:
    usual = desk.evaluate("small").version
    better = desk.evaluate("small", settings={"size": 1.0}).version
    done = desk.promote("small@size=1.0", by="ann", reason="less loss")
    assert (done.version, done.previous, done.forced) == (better, usual, False)
    assert done.at == "2026-06-01T12:00:00Z"
    assert VersionStore(tmp_path).settings("small") == {"size": 1.0, "colour": "blue"}
    assert desk.rows()[0].serves == better
    with pytest.raises(NotPromoted, match="not worse than"):
        desk.promote(f"small@{usual}", by="ann")
    back = desk.promote("small", by="ben", back=True)
    assert back.version == usual
    assert [one.by for one in desk.promotions("small")] == ["ann", "ben"]
    assert desk.broken_record() is None


@pytest.mark.parametrize(
    ("settings", "cases", "said"),
    [({"size": 6.0}, 8, "less loss than"), ({"size": 1.0}, 4, "at least 8 cases")],
)
def test_the_gate_refuses_and_only_a_reason_opens_it(
    desk: Desk, settings: dict[str, float], cases: int, said: str
) -> None:
    version = desk.evaluate("small", settings=settings, cases=cases).version
    with pytest.raises(NotPromoted, match=said):
        desk.promote(f"small@{version}", by="ann")
    with pytest.raises(NotPromoted, match="needs a reason"):
        desk.promote(f"small@{version}", by="ann", force=True)
    done = desk.promote(f"small@{version}", by="ann", force=True, reason="a trial")
    assert done.forced
    assert desk.promotions("small")[-1].reason == "a trial"
    assert [check["kept"] for check in done.gate].count(False) == 1


def test_nothing_is_promoted_that_was_not_measured(desk: Desk) -> None:
    with pytest.raises(NotPromoted, match="no version"):
        desk.promote("small", by="ann")
    with pytest.raises(NotPromoted, match="no version served before"):
        desk.promote("small", by="ann", back=True)


def changed(line: dict[str, object]) -> dict[str, object]:
    return {**line, "by": "nobody"}


def dropped(line: dict[str, object]) -> None:
    return None


@pytest.mark.parametrize("tamper", [changed, dropped])
def test_a_line_of_the_record_that_was_tampered_with_is_found(
    desk: Desk, tmp_path: Path, tamper: Callable[[dict[str, object]], object]
) -> None:
    desk.evaluate("small")
    for name in ("ann", "ben", "cem"):
        desk.promote("small", by=name)
    path = tmp_path / FILE
    first, *rest = path.read_text().splitlines()
    new = tamper(json.loads(first))
    path.write_text("\n".join([*([json.dumps(new)] if new else []), *rest]) + "\n")
    assert desk.broken_record() in (1, 2)


def test_what_is_kept_is_read_only_whole(desk: Desk, tmp_path: Path) -> None:
    found = desk.evaluate("small")
    sheet = Path(found.card).with_name("sheet.json")
    sheet.write_text(sheet.read_text().replace("3.0", "2.0", 1))
    with pytest.raises(Exception, match="sha256"):
        desk.promote("small", by="ann")
