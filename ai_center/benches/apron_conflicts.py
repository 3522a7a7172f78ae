"""Apron conflicts on generated days with planted conflicts, beside constant velocity.

A case is 200 seconds on the graphs of an airport, which somebody with an airport model has left in the
model store. Both methods see the same pictures, second by second, and raise alerts by the same rule, each
from its own threshold. The thresholds were chosen on training days only, so that each method raises
at most ``FALSE_AN_HOUR`` false alerts an hour there (``tests/benchmarks/conflicts.py`` chooses them anew).
"""

from __future__ import annotations

import time
from typing import Final

import numpy as np

from ai_center.adapters.ground_files import GroundFiles
from ai_center.conflicts.generated_apron import PER_HOUR, Apron, ApronDay, generate
from ai_center.conflicts.habits import LEARNT
from ai_center.conflicts.trial import (
    LEAST_LEAD_S,
    Outcome,
    Said,
    alerts,
    counts_by_kind,
    run,
    scored,
)
from ai_center.conflicts.watch import Alert, AlongRoutes, Method, StraightOn
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
from ai_center.trials.gate import at_least, at_most, beats
from ai_center.trials.measures import Check, Measure, Words
from ai_center.trials.sheet import Sheet

NAME: Final = "apron_conflicts"
STRAIGHT: Final = "constant velocity"
GROUND: Final = "ZSSS"
CASE_S: Final = 200
FIRST_SEED: Final = 2_000_000
"""Of the days that are measured."""
FALSE_AN_HOUR: Final = 400
"""What both thresholds were chosen for."""
LEADS_S: Final = (10, 15, 20)
KINDS: Final = (*PER_HOUR, "unplanned")
KIND_WORDS: Final = {
    "crossing": "道口",
    "head-on": "单车道对向",
    "push-back": "推出",
    "following": "跟车过近",
    "unplanned": "未设定",
}

ABOUT: Final = About(
    words=Words(
        en="Foresees conflicts between aircraft and vehicles on the apron, with chance and time",
        zh="机坪冲突预测：航空器与车辆，给出概率与时间",
    ),
    question=(
        "Whose protected areas will overlap within the next 30 seconds, and how likely is it? Known: where "
        "everybody was seen in the last seconds, the taxiways and roads with their limits and lanes."
    ),
    takes=(
        FieldOf(name="ground", type="text", unit="", meaning="airport whose graphs are used"),
        FieldOf(
            name="pictures",
            type="list",
            unit="m, m/s, degrees",
            meaning="last seconds in order: second, and name, kind, size, place, speed, course, heading",
        ),
        FieldOf(
            name="least", type="number", unit="", meaning="smallest chance that is told, 0 to 1"
        ),
    ),
    gives=(
        FieldOf(name="pair", type="two names", unit="", meaning="who"),
        FieldOf(name="chance", type="number", unit="", meaning="of a conflict within 30 s, 0 to 1"),
        FieldOf(name="seconds", type="number", unit="s", meaning="until it comes"),
    ),
    data=(
        (
            "cases",
            "generated days of 200 seconds on Hongqiao's graphs: 140 vehicles, 46 aircraft movements an "
            "hour, at least one planted conflict of each of four kinds",
        ),
        ("truth", "protected areas overlap by more than 0.3 m; what nobody planted counts as well"),
        ("generator", "ai_center/conflicts/generated_apron.py, every draw from one seed"),
        (
            "seen",
            "with errors that wander (1.2 to 1.5 m), noise of 0.2 m/s and 2 degrees, gaps of 1 %",
        ),
    ),
    split=(
        ("learnt and thresholds chosen on", "days of seeds from 1,000,000 on"),
        ("budget of false alerts chosen on", "days of seeds 0 to 19, of both methods"),
        ("measured on", "days of seeds from 2,000,000 on, looked at for nothing else"),
    ),
    measures=(
        Measure(
            name="missed",
            words=Words(en=f"conflicts not foreseen {LEAST_LEAD_S} s ahead", zh="未提前 5 秒预见"),
            unit="%",
            per="conflicts",
            counted=True,
        ),
        *(
            Measure(
                name=f"missed_{lead}",
                words=Words(en=f"not foreseen {lead} s ahead", zh=f"未提前 {lead} 秒预见"),
                unit="%",
                per="conflicts",
                counted=True,
            )
            for lead in LEADS_S
        ),
        Measure(
            name="false",
            words=Words(en="false alerts an hour", zh="每小时虚警"),
            unit="",
            per="hours",
        ),
        Measure(
            name="lead_s",
            words=Words(en="mean lead of those foreseen", zh="平均提前时间"),
            unit="s",
            per="foreseen",
        ),
        *(
            Measure(
                name=f"missed {kind}",
                words=Words(en=f"{kind}: not foreseen", zh=f"{KIND_WORDS[kind]}：未预见"),
                unit="%",
                per=f"n {kind}",
                counted=True,
            )
            for kind in KINDS
        ),
        Measure(name="update_ms", words=Words(en="time an update", zh="每次更新耗时"), unit="ms"),
        Measure(name="movers", words=Words(en="movers seen", zh="目标数"), unit=""),
        *(
            Measure(name=name, words=Words(en=name, zh=name), unit="", shown=False)
            for name in ("conflicts", "hours", "foreseen", *(f"n {kind}" for kind in KINDS))
        ),
    ),
    loss="missed",
    rivals=(STRAIGHT,),
    settings={
        "threshold": 0.18,
        "ahead_s": 30.0,
        "straight_threshold": 0.92,
        "straight_ahead_s": 8.0,
    },
    fallback="constant velocity on the same pictures; the answer says degraded",
    licences=(
        ("code", "Apache-2.0"),
        ("weights", "a table of habits, learnt from generated days; Apache-2.0"),
        ("data", "generated here; graphs drawn by this project"),
    ),
    limits=(
        "GENERATED DATA: movers, drivers and planted conflicts are invented; no real track was tried.",
        "Drivers of the generated days brake gently and keep to the rules; the habits of real ones must be "
        "learnt anew from their tracks.",
        "Half of a minute ahead; whoever leaves the graph is taken to go straight on.",
        "Both methods' thresholds were chosen for at most 400 false alerts an hour on days that were learnt "
        "from, most of queues and close passes: far too many for the screen of a controller.",
        "It warns, it does not separate: it is no safety net that anybody may rely on.",
    ),
    cases=20,
)


class ConflictBench:
    """See the module's own words."""

    about = ABOUT

    def __init__(self, context: BenchContext) -> None:
        """Read the ground from the model store when it is first needed."""
        self._grounds = GroundFiles(context.models)

    def cases(self, wanted: Wanted) -> tuple[str, ...]:
        """Days by their numbers."""
        self._grounds.ground(GROUND)
        return tuple(f"day {number}" for number in numbers(wanted))

    def run(self, case: str, settings: Settings) -> Measured:
        """Show both methods a day."""
        seed = FIRST_SEED + int(case.removeprefix("day "))
        day = generate(self._grounds.ground(GROUND), seed=seed, apron=Apron(seconds=CASE_S))
        methods: dict[str, tuple[Method, str]] = {
            NAME: (AlongRoutes(day.ground, habits=LEARNT), ""),
            STRAIGHT: (StraightOn(day.ground), "straight_"),
        }
        found = {}
        for name, (method, which) in methods.items():
            said = run(day, method, time.process_time)
            threshold, ahead = (float(settings[which + s]) for s in ("threshold", "ahead_s"))
            found[name] = _of(day, said, alerts(said, threshold, ahead))
        return found

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        """Better than constant velocity, few false alerts, quick."""
        return (
            at_most(sheet, NAME, ABOUT.measure("false"), 2 * FALSE_AN_HOUR),
            at_most(sheet, NAME, ABOUT.measure("update_ms"), 100),
            at_least(sheet, NAME, ABOUT.measure("lead_s"), LEAST_LEAD_S),
            beats(sheet, NAME, STRAIGHT, ABOUT.measure("missed")),
        )


def _of(day: ApronDay, said: Said, raised: list[Alert]) -> dict[str, float]:
    outcome = scored(day, raised)
    kinds = counts_by_kind([outcome])
    by_kind = {f"missed {kind}": float(n - hit) for kind, (hit, n) in kinds.items()}
    numbers_of = {f"n {kind}": float(n) for kind, (_, n) in kinds.items()}
    return {
        **{f"{what} {kind}": 0.0 for kind in KINDS for what in ("missed", "n")},
        **by_kind,
        **numbers_of,
        **_leads(outcome),
        "false": float(len(outcome.false)),
        "hours": outcome.seconds / 3600,
        "update_ms": 1000 * float(np.mean(said.took_s)),
        "movers": float(np.mean([len(day.picture(s)) for s in range(0, day.seconds, 30)])),
    }


def _leads(outcome: Outcome) -> dict[str, float]:
    """Conflicts, those missed at each lead, and the sum of the leads of those foreseen in time."""
    leads = [verdict.lead_s or 0.0 for verdict in outcome.verdicts]
    foreseen = [lead for lead in leads if lead >= LEAST_LEAD_S]
    return {
        "conflicts": float(len(leads)),
        "missed": float(len(leads) - len(foreseen)),
        **{f"missed_{lead}": float(sum(own < lead for own in leads)) for lead in LEADS_S},
        "lead_s": float(sum(foreseen)),
        "foreseen": float(len(foreseen)),
    }


def bench(context: BenchContext) -> Bench:
    """For the catalogue."""
    return ConflictBench(context)
