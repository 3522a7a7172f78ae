"""Faces and liveness on their benches: pairs decided at the calibrated threshold, no name kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ai_center import NotPromoted
from ai_center.adapters.dataset_files import DatasetFiles
from ai_center.benches import faces, liveness
from ai_center.catalogue import FACE
from ai_center.desk import Desk
from ai_center.errors import DatasetUnavailable
from ai_center.trials.bench import BenchContext, Wanted
from ai_center.trials.run import sheet_of
from ai_center.workbench import Workbench
from service_bus import utc_now
from tests.components import missing
from tests.face_models import default_models

STEP = 75
"""Every so manieth of the 600 listed pairs: eight of them."""


@pytest.mark.models
def test_pairs_are_decided_and_named_by_number_alone(reference_data: Path) -> None:
    folder = reference_data / "faces" / "lfw_600pairs"
    if not folder.is_dir():
        missing("the reference pairs", installable=False)
    context = BenchContext(models=default_models() / "models", folder=folder)
    bench = faces.bench(context)
    cases = bench.cases(Wanted(count=600))[::STEP]
    assert all(case.removeprefix("pair ").isdigit() for case in cases)
    sheet = sheet_of({case: bench.run(case, bench.about.settings) for case in cases})
    assert sheet.total(faces.NAME, "genuine") + sheet.total(faces.NAME, "impostor") == len(cases)
    assert sheet.total(faces.NAME, "taken") == 0
    assert sheet.total(faces.NAME, "wrong") <= 2
    assert {check.rule.split(" at most")[0] for check in bench.checks(sheet)} == {
        "false non-matches",
        "false matches",
        "no face found",
    }


def test_without_a_folder_it_is_said_what_to_give(tmp_path: Path) -> None:
    context = BenchContext(models=tmp_path)
    for bench, file in ((faces.bench(context), "pairs.csv"), (liveness.bench(context), "pad.csv")):
        with pytest.raises(DatasetUnavailable, match=file):
            bench.cases(Wanted(count=1))


def test_a_pack_is_a_setting_and_not_promoted(tmp_path: Path) -> None:
    workbench = Workbench(tmp_path, DatasetFiles(tmp_path, []), {})
    desk = Desk([FACE], workbench, BenchContext(models=tmp_path), clock=utc_now)
    with pytest.raises(NotPromoted, match="face_pack"):
        desk.promote("face_embedding@1-00", by="ann")
