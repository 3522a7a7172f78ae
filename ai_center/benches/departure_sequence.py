"""Departure sequencing on generated peaks, checked pair by pair by a checker of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence

from ai_center.optimisers.departure_sequence import SequenceEffort, sequenced
from ai_center.optimisers.departures import Departure, RunwayRules
from ai_center.optimisers.generated_peak import generate_peak
from ai_center.optimisers.sequence_baselines import first_come, flown_blocks
from ai_center.optimisers.sequence_checker import violations
from ai_center.optimisers.take_offs import TakeOff, timed
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

NAME = "departure_sequence"
FIRST_COME = "first come, first served"
BLOCKS = "block allocator, flown"

ABOUT = About(
    words=Words(
        en="Orders departures: CTOTs kept, least delay, few changes, a reason for every TSAT",
        zh="离港排序：满足 CTOT，总延误最小，变动少，每个 TSAT 均有理由",
    ),
    question=(
        "In which order do the flights of a peak take off, and when do they start up? Known: TOBT, EXOT, "
        "CTOT, wake, route and alley of each flight; rates and closures of the runways; what is published."
    ),
    takes=(
        FieldOf(
            name="departures", type="list", unit="s", meaning="TOBT, EXOT, CTOT, since 1970 UTC"
        ),
        FieldOf(
            name="rules", type="record", unit="s", meaning="wake, route, alley, rates, closures"
        ),
        FieldOf(
            name="published", type="map", unit="s", meaning="TSAT by flight that is known already"
        ),
        FieldOf(name="orders", type="whole number", unit="", meaning="orders timed at most"),
        FieldOf(name="seconds", type="number", unit="s", meaning="time limit, 1 to 300"),
    ),
    gives=(
        FieldOf(
            name="take_offs", type="list", unit="s", meaning="TTOT, TSAT and reason per flight"
        ),
        FieldOf(name="delay_s", type="whole number", unit="s", meaning="sum of all delays"),
        FieldOf(name="missed", type="whole number", unit="flights", meaning="CTOTs not kept"),
        FieldOf(
            name="bound_s", type="whole number", unit="s", meaning="no sequence has less delay"
        ),
        FieldOf(name="changes", type="whole number", unit="flights", meaning="TSATs that moved"),
    ),
    data=(
        ("cases", "generated peaks: 48 to 68 flights on two runways within 75 minutes"),
        ("generator", "ai_center/optimisers/generated_peak.py, every draw from one seed"),
    ),
    split=(
        ("settings chosen on", "peaks of seeds from 1,000,000 on"),
        ("measured on", "peaks 0, 1, 2 and so on; a search never sees them"),
    ),
    measures=(
        Measure(name="delay_min", words=Words(en="delay a peak", zh="每高峰延误"), unit="min"),
        Measure(
            name="gap",
            words=Words(en="gap to the bound", zh="与下界之差"),
            unit="%",
            per="delay_min",
        ),
        Measure(
            name="missed",
            words=Words(en="CTOTs missed", zh="未满足 CTOT"),
            unit="%",
            per="slots",
            counted=True,
        ),
        Measure(name="violations", words=Words(en="hard rules broken", zh="硬性冲突"), unit=""),
        Measure(name="seconds", words=Words(en="time", zh="耗时"), unit="s"),
        Measure(name="slots", words=Words(en="CTOTs", zh="CTOT 数"), unit="", shown=False),
    ),
    loss="delay_min",
    rivals=(FIRST_COME, BLOCKS),
    settings={"orders": 4_000, "seconds": 5.0, "seed": 1},
    space={"orders": (1_000, 2_000, 4_000, 8_000, 16_000), "seed": (1, 2, 3, 4, 5)},
    fallback="first come, first served, with every rule kept; the answer says degraded",
    licences=(
        ("code", "Apache-2.0, own search; no solver"),
        ("weights", "none: nothing is learnt"),
        ("data", "generated here, Apache-2.0"),
    ),
    limits=(
        "Measured on generated peaks only.",
        "Runways are given, not chosen; separations are starting values, to be those of the local manual.",
        "The bound leaves route and alley rules out and is loose: the gap overstates what is left to gain.",
    ),
    cases=100,
)


class SequenceBench:
    """See the module's own words."""

    about = ABOUT

    def cases(self, wanted: Wanted) -> tuple[str, ...]:
        """Peaks by their seeds."""
        return tuple(f"peak {number}" for number in numbers(wanted))

    def run(self, case: str, settings: Settings) -> Measured:
        """Sequence a peak three ways."""
        flights, rules = generate_peak(int(case.removeprefix("peak ")))
        effort = SequenceEffort(
            orders=int(settings["orders"]),
            seconds=float(settings["seconds"]),
            seed=int(settings["seed"]),
        )
        found = sequenced(flights, rules, time.perf_counter, effort)
        own = _of(flights, rules, found.take_offs) | {
            "gap": (found.delay_s - found.bound_s) / 60,
            "seconds": found.seconds,
        }
        return {
            NAME: own,
            FIRST_COME: _of(flights, rules, timed(first_come(flights, rules), rules)),
            BLOCKS: _of(flights, rules, flown_blocks(flights, rules)),
        }

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        """No rule broken, no more CTOTs missed than by anybody, in time, less delay than both."""
        loss = ABOUT.measure("delay_min")
        return (
            at_most(sheet, NAME, ABOUT.measure("violations"), 0, total=True),
            at_most(sheet, NAME, ABOUT.measure("seconds"), 10),
            *(no_more(sheet, NAME, rival, ABOUT.measure("missed")) for rival in ABOUT.rivals),
            *(beats(sheet, NAME, rival, loss) for rival in ABOUT.rivals),
        )


def _of(
    flights: Sequence[Departure], rules: RunwayRules, take_offs: Sequence[TakeOff]
) -> dict[str, float]:
    return {
        "delay_min": sum(t.delay_s for t in take_offs) / 60,
        "missed": sum(not t.keeps_ctot for t in take_offs),
        "slots": sum(d.ctot_s is not None for d in flights),
        "violations": len(violations(flights, take_offs, rules)),
    }


def bench(_: BenchContext) -> Bench:
    """For the catalogue."""
    return SequenceBench()
