"""Tows on generated days whose stands are allocated first; checked by a checker of its own."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

from ai_center.optimiser_hosting import tools
from ai_center.optimisers.generated_tow_day import generate_tow_day
from ai_center.optimisers.stand_allocation import Effort, allocate
from ai_center.optimisers.tow_checker import violations
from ai_center.optimisers.tow_plan import TowPlan, towed, towed_simply
from ai_center.optimisers.tow_task import TowTask, task_of
from ai_center.trials.bench import (
    About,
    Bench,
    BenchContext,
    FieldOf,
    Measured,
    Settings,
    Wanted,
    numbers,
)
from ai_center.trials.gate import at_most, no_more, not_above
from ai_center.trials.measures import Check, Measure, Words
from ai_center.trials.sheet import Sheet

NAME = "tow_plan"
IN_TURN = "one after the other"
APART = "stands allocated without the tugs"
STAND_SECONDS = 15.0
"""For the stands of a day, which come to a gap of 2 % in two or three."""

ABOUT = About(
    words=Words(
        en="Tow plan: which long stay is towed, when, with which tug",
        zh="拖曳计划：哪架长时间停场飞机、何时、由哪辆牵引车拖离近机位",
    ),
    question=(
        "When is each aircraft towed that the stand plan moves meanwhile, and by which tug? Known: the stand "
        "plan, when an aircraft is empty and must be ready, ways between zones, tugs by kind and outage."
    ),
    takes=(
        FieldOf(
            name="day", type="record", unit="min", meaning="stands, turns, rules; since 1970 UTC"
        ),
        FieldOf(
            name="stands", type="map", unit="", meaning="stand by stay; empty: allocated first"
        ),
        FieldOf(
            name="fleet", type="record", unit="tugs", meaning="wide, narrow, and which are out"
        ),
        FieldOf(
            name="rules", type="record", unit="min", meaning="hook, drive, unhook, back; costs"
        ),
        FieldOf(name="published", type="map", unit="min", meaning="starts that everybody was told"),
    ),
    gives=(
        FieldOf(
            name="towed", type="list", unit="min", meaning="start, off, on, tug free, tug, why"
        ),
        FieldOf(
            name="undone", type="list", unit="", meaning="tows without time or tug, whom they block"
        ),
        FieldOf(name="idle_bridge_min", type="whole number", unit="min", meaning="idle at bridges"),
        FieldOf(
            name="cost, bound", type="number", unit="bridge min", meaning="objective, its floor"
        ),
    ),
    data=(
        ("cases", "generated days: terminal 1 of the stand day with few bridges, 10 to 25 tows"),
        ("generator", "ai_center/optimisers/generated_tow_day.py, every draw from one seed"),
        ("stands", "allocated with the tugs as a limit, to a gap of 2 %"),
    ),
    split=(
        ("settings chosen on", "days of seeds from 1,000,000 on"),
        ("measured on", "days 0, 1, 2 and so on; a search never sees them"),
    ),
    measures=(
        Measure(name="cost", words=Words(en="cost", zh="成本"), unit="bridge min"),
        Measure(
            name="gap", words=Words(en="gap to the bound", zh="与下界之差"), unit="%", per="cost"
        ),
        Measure(name="tows", words=Words(en="tows", zh="拖曳"), unit="tows"),
        Measure(name="undone", words=Words(en="undone", zh="未完成"), unit="tows"),
        Measure(
            name="stand_cost",
            words=Words(en="cost of the stands", zh="机位成本"),
            unit="passenger min",
        ),
        Measure(name="idle", words=Words(en="idle at bridges", zh="近机位闲置"), unit="min"),
        Measure(name="violations", words=Words(en="hard rules broken", zh="硬性冲突"), unit=""),
        Measure(name="seconds", words=Words(en="time", zh="耗时"), unit="s"),
    ),
    loss="cost",
    rivals=(IN_TURN, APART),
    settings={"seconds": 25.0, "seed": 1},
    fallback="each tow in turn at the best moment that those before it have left; degraded",
    licences=(
        ("code", "Apache-2.0; CP-SAT of OR-Tools (Apache-2.0), HiGHS in SciPy (MIT, BSD)"),
        ("weights", "none: nothing is learnt"),
        ("data", "generated here, Apache-2.0"),
    ),
    limits=(
        "Measured on generated days only.",
        "Driving times are given by zone; crossings of taxiways and their traffic are not seen.",
        "Tugs out of order are not seen by the allocation: a tow may stay undone then, and is told.",
        "One tug drives one tow; a tug that is near is not preferred to one that is far.",
    ),
    cases=10,
)


@cache
def _task(seed: int, *, joined: bool) -> TowTask:
    """A day with its stands, allocated with the tugs as a limit or without."""
    day, fleet, rules = generate_tow_day(seed)
    if not joined:
        day = replace(day, rules=replace(day.rules, tugs=None, tugs_wide=None, tow_flex_min=0))
    plan = allocate(day, tools(), Effort(seconds=STAND_SECONDS, gap=0.02))
    return task_of(day, plan, fleet, rules)


class TowBench:
    """See the module's own words."""

    about = ABOUT

    def cases(self, wanted: Wanted) -> tuple[str, ...]:
        """Days by their seeds."""
        return tuple(f"day {number}" for number in numbers(wanted))

    def run(self, case: str, settings: Settings) -> Measured:
        """Plan the tows of a day both ways."""
        number = int(case.removeprefix("day "))
        task, apart = (_task(number, joined=joined) for joined in (True, False))
        found = _planned(task, settings)
        own = _of(task, found) | {"gap": found.cost - found.bound, "seconds": found.seconds}
        return {
            NAME: own,
            IN_TURN: _of(task, towed_simply(task)),
            APART: _of(apart, _planned(apart, settings)),
        }

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        """No rule broken, near the bound, in time, never dearer than in turn, no more undone."""
        return (
            at_most(sheet, NAME, ABOUT.measure("violations"), 0, total=True),
            at_most(sheet, NAME, ABOUT.measure("gap"), 0.01),
            at_most(sheet, NAME, ABOUT.measure("seconds"), 25),
            *(no_more(sheet, NAME, rival, ABOUT.measure("undone")) for rival in ABOUT.rivals),
            not_above(sheet, NAME, IN_TURN, ABOUT.measure("cost")),
        )


def _planned(task: TowTask, settings: Settings) -> TowPlan:
    seconds, seed = float(settings["seconds"]), int(settings["seed"])
    return towed(task, tools().solver, time.perf_counter, seconds=seconds, seed=seed)


def _of(task: TowTask, plan: TowPlan) -> dict[str, float]:
    broken = violations(task.day, task.plan, plan, task.fleet, task.rules)
    return {
        "cost": plan.cost,
        "tows": len(plan.towed) + len(plan.undone),
        "undone": len(plan.undone),
        "stand_cost": task.plan.figures.cost,
        "idle": plan.idle_bridge_min,
        "violations": len(broken),
    }


def bench(_: BenchContext) -> Bench:
    """For the catalogue."""
    return TowBench()
