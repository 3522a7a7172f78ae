"""The figures of apron conflicts, made anew: habits and working points, held-back days, time an update.

``learnt`` days are those of the training seeds, ``measured`` days those that nothing was chosen on. All are
generated on Hongqiao's graphs. Takes about three minutes of one core; ``CONFLICT_DAYS=20`` measures on more
days, ten seconds each, as ``airport-brain algorithms evaluate apron_conflicts`` does.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from ai_center.adapters.ground_files import GroundFiles
from ai_center.benches.apron_conflicts import ABOUT, FALSE_AN_HOUR, NAME, STRAIGHT, ConflictBench
from ai_center.conflicts.generated_apron import Apron, generate
from ai_center.conflicts.habits import LEARNT
from ai_center.conflicts.learning import Reactions, chosen, recorded, said
from ai_center.conflicts.trial import run
from ai_center.conflicts.watch import AlongRoutes, StraightOn
from ai_center.trials.bench import BenchContext, Wanted
from ai_center.trials.run import sheet_of
from airport_brain.grounds import ground_of

pytestmark = [pytest.mark.benchmark_run, pytest.mark.timeout(3600)]

LEARNT_DAYS, LEARNT_S = 6, 300
MOVERS = 300
DAYS = int(os.environ.get("CONFLICT_DAYS", "4"))


def say(line: str) -> None:
    sys.stdout.write(f"\n{line}")


def test_habits_and_working_points_of_the_training_days() -> None:
    ground, reactions = ground_of("ZSSS"), Reactions()
    days, rows, straight = [], [], []
    for number in range(LEARNT_DAYS):
        day = generate(ground, seed=1_000_000 + number, apron=Apron(seconds=LEARNT_S))
        days.append(day)
        rows.append(recorded(day, AlongRoutes(day.ground)))
        straight.append(run(day, StraightOn(day.ground), time.process_time))
        reactions.day(day, rows[-1])
    habits = reactions.habits()
    say(f"learnt now {habits}\nkept       {LEARNT}")
    for name, what in ((NAME, [said(one, habits) for one in rows]), (STRAIGHT, straight)):
        for budget in (FALSE_AN_HOUR / 5, FALSE_AN_HOUR, 5 * FALSE_AN_HOUR):
            say(f"{name} within {budget} false alerts an hour: {chosen(days, what, budget)}")


def test_held_back_days_beside_constant_velocity(tmp_path: Path) -> None:
    GroundFiles(tmp_path).keep(ground_of("ZSSS"))
    bench = ConflictBench(BenchContext(models=tmp_path))
    cases = bench.cases(Wanted(count=DAYS))
    sheet = sheet_of({case: bench.run(case, ABOUT.settings) for case in cases})
    for subject in sheet.values:
        for measure in ABOUT.measures:
            if measure.shown:
                found = sheet.estimate(subject, measure)
                say(
                    f"{subject:18} {measure.words.en:34} {found.value:9.3f}"
                    f" [{found.low:.3f}, {found.high:.3f}]"
                )
    assert sheet.total(NAME, "conflicts") > 0


def test_an_update_of_300_movers() -> None:
    busy = Apron(seconds=60, vehicles=MOVERS - 10, movements=200, planted={})
    day = generate(ground_of("ZSSS"), seed=7, apron=busy)
    method = AlongRoutes(day.ground, habits=LEARNT)
    took = 1000 * np.array(run(day, method, time.process_time).took_s[10:])
    movers = len(day.picture(day.seconds - 1))
    say(
        f"{movers} movers: processor time an update {np.median(took):.0f} ms median,"
        f" {np.quantile(took, 0.95):.0f} ms at 95 %\n"
    )
