"""Lanes on generated days, checked minute by minute by a checker that shares no code with the planner."""

from __future__ import annotations

from ai_center.optimiser_hosting import tools
from ai_center.optimisers.generated_lane_day import generate_lane_day
from ai_center.optimisers.lane_checker import violations
from ai_center.optimisers.lane_plan import LanePlan, planned, planned_simply
from ai_center.optimisers.lanes import LaneDay
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
from ai_center.trials.gate import at_most, beats, no_more
from ai_center.trials.measures import Check, Measure, Words
from ai_center.trials.sheet import Sheet

NAME = "lane_plan"
BLOCKS = "blocks staffed for their peak"

ABOUT = About(
    words=Words(
        en="Lanes to open: fewest lane minutes that keep a promise on waiting",
        zh="安检与值机通道开放计划：以最少通道分钟数兑现排队时间承诺",
    ),
    question=(
        "How many lanes are open in each quarter of an hour? Known: people expected per slot at given "
        "quantiles, what a lane takes, what may wait how long, and how lanes may be opened and closed."
    ),
    takes=(
        FieldOf(name="arrivals", type="map", unit="people a slot", meaning="by quantile"),
        FieldOf(name="slot_min", type="whole number", unit="min", meaning="length of a slot"),
        FieldOf(
            name="rules",
            type="record",
            unit="min",
            meaning="lanes, rate, promises, changes, outages",
        ),
        FieldOf(name="published", type="list", unit="lanes", meaning="what everybody was told"),
        FieldOf(
            name="now_min",
            type="whole number",
            unit="min",
            meaning="begun slots stay; since 1970 UTC",
        ),
    ),
    gives=(
        FieldOf(name="lanes", type="list", unit="lanes", meaning="open in each slot"),
        FieldOf(name="spans", type="list", unit="min", meaning="each lane from when to when"),
        FieldOf(
            name="waits_min", type="list", unit="min", meaning="longest wait by promise and slot"
        ),
        FieldOf(name="late", type="list", unit="people", meaning="who waits longer than promised"),
        FieldOf(
            name="cost, bound", type="number", unit="lane min", meaning="objective, and its floor"
        ),
        FieldOf(name="reasons", type="list", unit="", meaning="why not one lane fewer, by slot"),
    ),
    data=(
        ("cases", "generated days: 9,000 to 16,000 people, three waves, 16 lanes, outages"),
        ("generator", "ai_center/optimisers/generated_lane_day.py, every draw from one seed"),
    ),
    split=(
        ("settings chosen on", "days of seeds from 1,000,000 on"),
        ("measured on", "days 0, 1, 2 and so on; a search never sees them"),
    ),
    measures=(
        Measure(name="cost", words=Words(en="cost", zh="成本"), unit="lane min"),
        Measure(
            name="gap", words=Words(en="gap to the bound", zh="与下界之差"), unit="%", per="cost"
        ),
        Measure(name="lane_hours", words=Words(en="lane hours", zh="通道小时"), unit="h"),
        Measure(name="late", words=Words(en="late people", zh="超时人数"), unit="people"),
        Measure(name="violations", words=Words(en="hard rules broken", zh="硬性冲突"), unit=""),
        Measure(name="seconds", words=Words(en="time", zh="耗时"), unit="s"),
    ),
    loss="cost",
    rivals=(BLOCKS,),
    settings={"seconds": 10.0, "seed": 1},
    space={"seconds": (2.0, 5.0, 10.0, 20.0), "seed": (1, 2, 3)},
    fallback="blocks as long as a lane must stay open, each staffed for its fullest slot; degraded",
    licences=(
        ("code", "Apache-2.0; CP-SAT of OR-Tools (Apache-2.0)"),
        ("weights", "none: nothing is learnt"),
        ("data", "generated here, Apache-2.0"),
    ),
    limits=(
        "Measured on generated days only.",
        "People come as a flow, evenly within a slot, and every lane takes as many: no groups, no queues "
        "that people choose.",
        "A promise takes the whole day at its quantile, which is harder than a day usually is.",
        "A lane that an outage shuts may close before its time and is not counted as a change.",
    ),
    cases=10,
)


class LaneBench:
    """See the module's own words."""

    about = ABOUT

    def cases(self, wanted: Wanted) -> tuple[str, ...]:
        """Days by their seeds."""
        return tuple(f"day {number}" for number in numbers(wanted))

    def run(self, case: str, settings: Settings) -> Measured:
        """Plan a day both ways."""
        day = generate_lane_day(int(case.removeprefix("day ")))
        used = tools()
        found = planned(
            day,
            used.whole,
            used.clock,
            seconds=float(settings["seconds"]),
            seed=int(settings["seed"]),
        )
        own = _of(day, found) | {"gap": found.cost - found.bound, "seconds": found.seconds}
        return {NAME: own, BLOCKS: _of(day, planned_simply(day))}

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        """No rule broken, near the bound, in time, cheaper than the rule, no more people late."""
        return (
            at_most(sheet, NAME, ABOUT.measure("violations"), 0, total=True),
            at_most(sheet, NAME, ABOUT.measure("gap"), 0.05),
            at_most(sheet, NAME, ABOUT.measure("seconds"), 25),
            no_more(sheet, NAME, BLOCKS, ABOUT.measure("late")),
            beats(sheet, NAME, BLOCKS, ABOUT.measure("cost")),
        )


def _of(day: LaneDay, plan: LanePlan) -> dict[str, float]:
    return {
        "cost": plan.cost,
        "lane_hours": plan.lane_minutes / 60,
        "late": sum(late.people for late in plan.late),
        "violations": len(violations(day, plan)),
    }


def bench(_: BenchContext) -> Bench:
    """For the catalogue."""
    return LaneBench()
