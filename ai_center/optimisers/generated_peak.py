"""Generated departure peaks: what two runways are asked for in an hour and a half of rush.

Not measured anywhere; every draw comes from one seed. 48 to 68 flights on two runways within 75
minutes, more than the runways can take (a peak without a queue has nothing to sequence); 66 % M, 26 %
H, 5 % L, 3 % J; four route groups a runway; twelve alleys; taxi 7 to 18 minutes. Every seventh flight
has a CTOT between 12 minutes before it could leave (too late for its window) and 25 after; each runway
has a rate, and two short spans of arrivals in which nothing may depart.
"""

from __future__ import annotations

import random
from typing import Final

from ai_center.optimisers.departures import Departure, RunwayRules, Wake

START_S: Final = 1_780_272_000
"""2026-06-01 00:00 UTC."""
RUNWAYS: Final = ("16R", "17L")


def generate_peak(seed: int, *, start_s: int = START_S) -> tuple[list[Departure], RunwayRules]:
    """Make a peak; the same seed gives the same one."""
    draw = random.Random(seed)
    count = draw.randint(48, 68)
    flights = [_departure(draw, number, start_s) for number in range(count)]
    rules = RunwayRules(
        rates={
            runway: ((start_s, start_s + 6 * 3600, draw.choice((36, 40, 44))),)
            for runway in RUNWAYS
        },
        blocked={
            runway: tuple(
                (at, at + draw.choice((120, 180)))
                for at in (start_s + draw.randint(900, 5_000) for _ in range(2))
            )
            for runway in RUNWAYS
        },
    )
    return flights, rules


def _departure(draw: random.Random, number: int, start_s: int) -> Departure:
    wakes: tuple[Wake, ...] = ("M", "H", "L", "J")
    wake = draw.choices(wakes, (66, 26, 5, 3))[0]
    runway = draw.choice(RUNWAYS)
    tobt = start_s + 60 * draw.randint(0, 75)
    taxi = 30 * draw.randint(14, 36)
    late = draw.randint(-12, 25)
    return Departure(
        name=f"F{number:03d}",
        runway=runway,
        wake=wake,
        route=f"{runway}-{draw.choice('ABCD')}",
        alley=f"alley {draw.randint(1, 12)}",
        tobt_s=tobt,
        taxi_s=taxi,
        ctot_s=tobt + taxi + 60 * late if draw.random() < 1 / 7 else None,
    )
