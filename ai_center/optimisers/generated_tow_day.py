"""Generated days for the tow plan: one terminal whose bridges are too few, and many long stays.

Made from the generated stand day (``generated_stand_day.py``): the turns of terminal 1 and its bridges, with
four remote aprons. Two tugs for wide aircraft and one for narrow ones; on every second day one of the
large ones is out for three hours. Every draw comes from one seed; nothing of it was measured anywhere.
"""

from __future__ import annotations

import random
from dataclasses import replace

from ai_center.optimisers.generated_stand_day import DAY_MIN, generate
from ai_center.optimisers.stands import StandDay
from ai_center.optimisers.tows import Fleet, TowRules, TugsOut

TURNS = 620
APRONS = ("R1", "R3", "R4", "R5")
RULES = TowRules(drive_min={"T1-A|R1": 6, "T1-B|R1": 6, "T1-M|R4": 8, "T1-M|R1": 8})


def generate_tow_day(seed: int, *, turns: int = TURNS) -> tuple[StandDay, Fleet, TowRules]:
    """Make a day; the same seed gives the same one."""
    draw = random.Random(seed)
    day = generate(seed=seed, turns=turns)
    stands = tuple(s for s in day.stands if s.terminal == "T1" or s.zone in APRONS)
    names = {stand.name for stand in stands}
    out = DAY_MIN + 60 * draw.randint(7, 18)
    fleet = Fleet(
        wide=2,
        narrow=1,
        out=(TugsOut(kind="wide", count=1, from_min=out, to_min=out + 180),) if seed % 2 else (),
    )
    day = replace(
        day,
        stands=stands,
        adjacencies=tuple(a for a in day.adjacencies if {a.stand, a.neighbour} <= names),
        turns=tuple(t for t in day.turns if t.terminal == "T1"),
        rules=replace(
            day.rules,
            tugs=fleet.wide + fleet.narrow,
            tugs_wide=fleet.wide,
            tug_busy_min=30,
            tow_flex_min=20,
        ),
    )
    return day, fleet, RULES
