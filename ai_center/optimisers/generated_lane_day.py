"""Generated days for the lane plan: people at a checkpoint by quarter of an hour, with two quantiles.

Not measured anywhere; every draw comes from one seed. Three waves (06:30, 12:00 and 18:00, each some
minutes earlier or later) over a floor, 9,000 to 16,000 people from 05:00 to 23:00 local; the 90 % quantile
is 15 to 30 % above the median. Sixteen lanes of 150 an hour; on every second day some lanes are out
for two hours. Promises: 5 minutes at the median, 10 at the 90 % quantile.
"""

from __future__ import annotations

import math
import random
from typing import Final

from ai_center.optimisers.lanes import LaneDay, LaneRules, Outage

START_MIN: Final = 29_671_500
"""2026-06-01 05:00 in Shanghai, minutes since 1970 UTC."""
SLOTS: Final = 72
WAVES: Final = ((1.5, 1.2, 0.9), (7.0, 0.7, 1.6), (13.0, 1.0, 1.4))
"""Hours after the start, height, width in hours."""


def generate_lane_day(seed: int) -> LaneDay:
    """Make a day; the same seed gives the same one."""
    draw = random.Random(seed)
    waves = [
        (at + draw.uniform(-0.5, 0.5), high * draw.uniform(0.8, 1.2), w) for at, high, w in WAVES
    ]
    shape = [
        (0.12 + sum(h * math.exp(-(((slot / 4 - at) / w) ** 2)) for at, h, w in waves))
        * draw.uniform(0.9, 1.1)
        for slot in range(SLOTS)
    ]
    people = draw.randint(9_000, 16_000)
    median = tuple(round(people * part / sum(shape), 1) for part in shape)
    above = draw.uniform(1.15, 1.3)
    out = START_MIN + 60 * draw.randint(1, 14)
    outages = (Outage(from_min=out, to_min=out + 120, lanes=draw.randint(2, 4)),)
    return LaneDay(
        start_min=START_MIN,
        arrivals={"0.5": median, "0.9": tuple(round(above * n, 1) for n in median)},
        rules=LaneRules(lanes=16, outages=outages if seed % 2 else ()),
        open_lanes=2,
    )
