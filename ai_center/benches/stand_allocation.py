"""Stand allocation on generated days, checked by a checker that shares no code with the planner."""

from __future__ import annotations

from ai_center.optimiser_hosting import tools
from ai_center.optimisers.generated_stand_day import SEED, generate
from ai_center.optimisers.stand_allocation import Effort, allocate
from ai_center.optimisers.stand_checker import conflicts
from ai_center.optimisers.stand_greedy import greedy
from ai_center.optimisers.stand_plan import StandPlan
from ai_center.optimisers.stands import StandDay
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
from ai_center.trials.gate import at_most, beats
from ai_center.trials.measures import Check, Measure, Words
from ai_center.trials.sheet import Sheet

NAME = "stand_allocation"
GREEDY = "first come, first served"

ABOUT = About(
    words=Words(
        en="Gives every turn a stand: least passenger minutes, hard rules never broken",
        zh="停机位分配：为每个过站航班安排机位，旅客耗时最少，硬性规则绝不违反",
    ),
    question=(
        "Which stand does each turn of a day get, and which aircraft are towed meanwhile? Known: stands "
        "and their rules, times, sizes, passengers, airlines, what is closed and what is fixed."
    ),
    takes=(
        FieldOf(
            name="stands", type="list", unit="", meaning="size, pier, bridge, terminal, closures"
        ),
        FieldOf(name="adjacencies", type="list", unit="", meaning="who excludes whom next door"),
        FieldOf(
            name="turns", type="list", unit="min", meaning="in-block, off-block, since 1970 UTC"
        ),
        FieldOf(name="rules", type="record", unit="passenger min", meaning="buffers and costs"),
        FieldOf(name="seconds", type="number", unit="s", meaning="time limit, 1 to 300"),
    ),
    gives=(
        FieldOf(name="placed", type="list", unit="", meaning="stay, stand and what it costs there"),
        FieldOf(name="unplaced", type="list", unit="", meaning="turns for which no stand was left"),
        FieldOf(name="cost", type="whole number", unit="passenger min", meaning="the objective"),
        FieldOf(name="bound", type="number", unit="passenger min", meaning="no plan costs less"),
        FieldOf(name="ending", type="word", unit="", meaning="gap, effort, time or greedy"),
    ),
    data=(
        ("cases", "generated days: 1,000 turns (2,000 flights) on 170 stands of two terminals"),
        ("generator", "ai_center/optimisers/generated_stand_day.py, every draw from one seed"),
        ("truth", "none is public: departure data hold no turns, no set of instances exists"),
    ),
    split=(
        ("settings chosen on", "days of seeds from 1,000,000 on"),
        ("measured on", "days 20260601, 1, 2 and so on; a search never sees them"),
    ),
    measures=(
        Measure(name="cost", words=Words(en="cost", zh="成本"), unit="passenger min"),
        Measure(
            name="gap",
            words=Words(en="gap to the bound", zh="与下界之差"),
            unit="%",
            per="cost",
        ),
        Measure(name="bridges", words=Words(en="at bridges", zh="靠桥率"), unit="%"),
        Measure(name="unplaced", words=Words(en="without a stand", zh="未安排"), unit="turns"),
        Measure(name="tows", words=Words(en="tows", zh="拖曳"), unit="tows"),
        Measure(name="conflicts", words=Words(en="hard rules broken", zh="硬性冲突"), unit=""),
        Measure(name="seconds", words=Words(en="time", zh="耗时"), unit="s"),
    ),
    loss="cost",
    rivals=(GREEDY,),
    settings={"seconds": 50.0, "gap": 0.01, "seed": 1},
    space={"gap": (0.005, 0.01, 0.02), "seed": (1, 2, 3, 4, 5)},
    fallback="first come, first served, at once and without a bound; the answer says degraded",
    licences=(
        ("code", "Apache-2.0; CP-SAT of OR-Tools (Apache-2.0), HiGHS in SciPy (MIT, BSD)"),
        ("weights", "none: nothing is learnt"),
        ("data", "generated here, Apache-2.0"),
    ),
    limits=(
        "Measured on generated days only; stands and rules of a real airport must be entered first.",
        "Costs are passenger minutes by stated weights; other weights give other plans.",
        "A search that ends by the clock is not the same every time; a busy machine gets less far.",
        "The buffer after a stay is fixed and not learnt from delays.",
    ),
    cases=3,
)


class StandBench:
    """See the module's own words."""

    about = ABOUT

    def cases(self, wanted: Wanted) -> tuple[str, ...]:
        """Days by their seeds; the first of them is the day of the README."""
        seeds = (SEED if number == 0 else number for number in numbers(wanted))
        return tuple(f"day {seed}" for seed in seeds)

    def run(self, case: str, settings: Settings) -> Measured:
        """Plan a day both ways."""
        day = generate(seed=int(case.removeprefix("day ")))
        effort = Effort(
            seconds=float(settings["seconds"]),
            gap=float(settings["gap"]),
            seed=int(settings["seed"]),
        )
        return {NAME: _of(day, allocate(day, tools(), effort)), GREEDY: _of(day, greedy(day))}

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        """No conflict, near the bound, in time, better than the fallback."""
        return (
            at_most(sheet, NAME, ABOUT.measure("conflicts"), 0, total=True),
            at_most(sheet, NAME, ABOUT.measure("gap"), 0.02),
            at_most(sheet, NAME, ABOUT.measure("seconds"), 60),
            beats(sheet, NAME, GREEDY, ABOUT.measure("cost")),
        )


def _of(day: StandDay, plan: StandPlan) -> dict[str, float]:
    figures = plan.figures
    found: dict[str, float] = {
        "cost": figures.cost,
        "bridges": figures.contact_share,
        "unplaced": figures.unplaced,
        "tows": figures.tows,
        "conflicts": len(conflicts(day, plan)),
    }
    if plan.bound:
        found |= {"gap": figures.cost - plan.bound, "seconds": plan.seconds}
    return found


def bench(_: BenchContext) -> Bench:
    """For the catalogue."""
    return StandBench()
