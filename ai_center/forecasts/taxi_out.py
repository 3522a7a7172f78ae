"""Taxi-out time: minutes from off-block to take-off, asked at the minute of off-block.

What is known then: every off-block and every take-off up to a minute ago (both are told with a delay
of one minute), and with them how long the queue is, how long those in it have been rolling, and how
long others took: just now, this week, of this carrier, to this destination, of this flight number.
The season is left out on purpose: a model of eight months would read it as a trend.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from ai_center.datasets.hflights import HFLIGHTS, ZONE
from ai_center.datasets.table import Floats, Ints, Table, codes, local_minutes
from ai_center.forecasts.known import Known, Ongoing, divided
from ai_center.forecasts.slots import DAY, WEEK, two_hours
from ai_center.forecasts.task import Problem, Recipe, Split, Task, plain_features, stacked

TOLD_AFTER_MIN = 1.0
"""An off-block or a take-off is known a minute after it happened: times are whole minutes, and an
event of the very minute of the question may lie after it."""

SLOT_DAYS = (1, 2, 3, 4, 5, 6, 7, 14, 21, 28)
"""Days back whose same time of day is averaged: the last week, and the same weekday of four."""

USUAL_MIN = 15.0
"""What is said where nothing is known at all; the mean of the first days of the data."""

PACE = (3, 8)
SHORT = (10, 20)
"""Minutes: the shortest third of taxi times, and all but the longest seventh."""

MEANINGS = {
    "time_of_day": "minute of the local day at off-block",
    "weekday": "day of the week, Monday is 0",
    "distance": "distance to the destination, metres",
    "lateness": "minutes off-block after schedule",
    "queue": "aircraft off-block and not yet airborne at this airport",
    "queue_rolling": "minutes those have been rolling, together",
    "queue_carrier": "those of the same carrier",
    "queue_carrier_rolling": "minutes those have been rolling, together",
    **{f"off_blocks_{w}": f"off-blocks in the last {w} minutes" for w in (5, 15, 30, 60)},
    **{f"take_offs_{w}": f"take-offs in the last {w} minutes" for w in (5, 15, 30, 60)},
    "carrier_off_blocks_15": "off-blocks of the carrier in the last 15 minutes",
    **{f"last_{k}": f"mean taxi-out of the last {k} take-offs" for k in (3, 10, 30)},
    **{f"carrier_last_{k}": f"mean taxi-out of the carrier's last {k}" for k in (3, 10, 200)},
    **{f"mean_{w}": f"mean taxi-out of take-offs in the last {w} minutes" for w in (30, 90)},
    "carrier_mean_90": "mean taxi-out of the carrier in the last 90 minutes",
    "destination_last_2": "mean taxi-out of the last 2 bound for the destination",
    "destination_mean_180": "mean taxi-out to the destination in the last 180 minutes",
    "destination_last_60": "mean taxi-out of the airport's last 60 to the destination",
    "carrier_destination_last_30": "mean taxi-out of the carrier's last 30 to the destination",
    "flight_last_15": "mean taxi-out of the last 15 of this flight number",
    "aircraft_last_10": "mean taxi-out of the last 10 of this aircraft",
    "week": "mean taxi-out of the airport in the last 7 days",
    "carrier_week": "mean taxi-out of the carrier in the last 7 days",
    "carrier_4_weeks": "mean taxi-out of the carrier in the last 28 days",
    "usual_off_blocks_before": "off-blocks of the 15 minutes before, mean of this slot in 4 weeks",
    "usual_off_blocks_15": "off-blocks of the coming 15 minutes, mean of this slot in 4 weeks",
    "usual_off_blocks_30": "off-blocks from 15 to 30 minutes ahead, mean of this slot in 4 weeks",
    "usual": "mean taxi-out at this time of day on earlier days",
    "carrier_usual": "the same, of the carrier",
    "lateness_60": "mean lateness of off-blocks in the last 60 minutes",
    "since_off_block": "minutes since the last off-block",
    "since_carrier_off_block": "minutes since the carrier's last off-block",
    "since_take_off": "minutes since the last take-off",
    **{f"off_blocks_took_{k}": f"minutes in which the last {k} left the stand" for k in PACE},
    **{f"take_offs_took_{k}": f"minutes in which the last {k} took off" for k in PACE},
    "flight_back_1": "taxi-out of this flight number's last",
    "flight_last_4": "mean taxi-out of its last 4",
    "carrier_destination_hour_20": "mean taxi-out of the carrier's last 20 to the destination "
    "in this eighth of the day",
    **{f"flight_under_{m}": f"share of its last 15 of at most {m} minutes" for m in SHORT},
    **{f"carrier_under_{m}": f"share of the carrier's last 100 of at most {m} min" for m in SHORT},
    **{f"airport_under_{m}": f"share of the last 60 minutes of at most {m} min" for m in SHORT},
    **{f"back_{k}": f"taxi-out of the take-off {k} back" for k in (1, 2, 3)},
}

LABELS = ("airport", "carrier", "destination")
AMOUNTS = (
    *("time_of_day", "weekday", "distance"),
    *("last_10", "queue", "take_offs_15", "off_blocks_15"),
)
"""What plain LightGBM gets: everybody's first features."""


def known_at(facts: Table, minute: float) -> Table:
    """The facts as they stood: no off-block later than the minute, no take-off told after it."""
    facts = facts.rows(facts.numbers("off_block_min") <= minute)
    rolling = facts.numbers("off_block_min") + facts.numbers("taxi_out_min") + TOLD_AFTER_MIN
    return facts.replaced(
        taxi_out_min=np.where(rolling <= minute, facts.numbers("taxi_out_min"), np.nan)
    )


def solve(facts: Table, asked: Ints | None) -> Problem:
    """Features of the departures that are asked for, at their off-block."""
    view = _View(facts, np.arange(len(facts)) if asked is None else asked)
    columns = {
        **view.calendar(),
        **view.queue(),
        **view.recent(),
        **view.history(),
        **view.usual(),
        **view.pace(),
        **view.shares(),
    }
    at = view.at
    taxi = facts.numbers("taxi_out_min")[view.asked]
    group = view.here
    return Problem(
        asked_min=at,
        told_min=at + taxi + TOLD_AFTER_MIN,
        features=stacked(tuple(MEANINGS), columns),
        plain=plain_features(group, LABELS, columns, AMOUNTS),
        truth=taxi,
        base=np.zeros(len(at)),
        scale=np.ones(len(at)),
        baselines={
            "last 10 take-offs": _filled(columns["last_10"]),
            "carrier, last 28 days": _filled(columns["carrier_4_weeks"], columns["week"]),
        },
        groups={
            "airport": group.texts("airport"),
            "carrier": group.texts("carrier"),
            "hour": two_hours(columns["time_of_day"]),
        },
    )


class _View:
    """The facts, indexed, with the rows that are asked for."""

    def __init__(self, facts: Table, asked: Ints) -> None:
        self.asked = asked
        self.here = facts.rows(asked)
        self.off = facts.numbers("off_block_min")
        self.taxi = facts.numbers("taxi_out_min")
        self.at = self.off[asked]
        self.told_off = self.off + TOLD_AFTER_MIN
        self.told_up = self.off + self.taxi + TOLD_AFTER_MIN
        self.late = self.off - facts.numbers("scheduled_min")
        column = facts.texts
        self.airport = codes(column("airport"))
        self.carrier = codes(self.airport, column("carrier"))
        self.destination = codes(column("destination"))
        self.route = codes(self.airport, self.destination)
        self.carrier_route = codes(self.carrier, self.destination)
        self.flight = codes(self.airport, column("flight"))
        self.aircraft = codes(column("registration"))
        self.ups = Known(self.told_up, self.taxi, self.airport)
        self.carrier_ups = Known(self.told_up, self.taxi, self.carrier)
        self.offs = Known(self.told_off, 1.0, self.airport)

    def calendar(self) -> dict[str, Floats]:
        local = local_minutes(self.at, ZONE)
        return {
            "time_of_day": np.mod(local, DAY),
            "weekday": np.mod(local // DAY + 3, 7),
            "distance": self.here.numbers("distance_m"),
            "lateness": self.late[self.asked],
        }

    def queue(self) -> dict[str, Floats]:
        at, here, mine = self.at, self.airport[self.asked], self.carrier[self.asked]
        rolling = Ongoing(self.told_off, self.told_up, self.off, self.airport)
        own = Ongoing(self.told_off, self.told_up, self.off, self.carrier)
        carrier_offs = Known(self.told_off, 1.0, self.carrier)
        return {
            "queue": rolling.count(at, here),
            "queue_rolling": rolling.duration(at, here),
            "queue_carrier": own.count(at, mine),
            **{f"off_blocks_{w}": self.offs.counted(at - w, at, here) for w in (5, 15, 30, 60)},
            **{f"take_offs_{w}": self.ups.counted(at - w, at, here) for w in (5, 15, 30, 60)},
            "queue_carrier_rolling": own.duration(at, mine),
            "carrier_off_blocks_15": carrier_offs.counted(at - 15, at, mine),
            "lateness_60": Known(self.told_off, self.late, self.airport).mean(at, 60, here),
            "since_off_block": at - Known(self.told_off, self.off, self.airport).back(at, 1, here),
            "since_carrier_off_block": at
            - Known(self.told_off, self.off, self.carrier).back(at, 1, mine),
            "since_take_off": at
            - Known(self.told_up, self.off + self.taxi, self.airport).back(at, 1, here),
        }

    def recent(self) -> dict[str, Floats]:
        at, here, mine = self.at, self.airport[self.asked], self.carrier[self.asked]
        there = self.destination[self.asked]
        bound = Known(self.told_up, self.taxi, self.destination)
        return {
            **{f"last_{k}": self.ups.last(at, k, here) for k in (3, 10, 30)},
            **{f"carrier_last_{k}": self.carrier_ups.last(at, k, mine) for k in (3, 10, 200)},
            **{f"mean_{w}": self.ups.mean(at, w, here) for w in (30, 90)},
            **{f"back_{k}": self.ups.back(at, k, here) for k in (1, 2, 3)},
            "carrier_mean_90": self.carrier_ups.mean(at, 90, mine),
            "destination_last_2": bound.last(at, 2, there),
            "destination_mean_180": bound.mean(at, 180, there),
        }

    def history(self) -> dict[str, Floats]:
        at, here, mine = self.at, self.airport[self.asked], self.carrier[self.asked]

        def last(group: Ints, most: int) -> Floats:
            return Known(self.told_up, self.taxi, group).last(at, most, group[self.asked])

        return {
            "destination_last_60": last(self.route, 60),
            "carrier_destination_last_30": last(self.carrier_route, 30),
            "flight_last_15": last(self.flight, 15),
            "aircraft_last_10": last(self.aircraft, 10),
            "week": self.ups.mean(at, WEEK, here),
            "carrier_week": self.carrier_ups.mean(at, WEEK, mine),
            "carrier_4_weeks": self.carrier_ups.mean(at, 4 * WEEK, mine),
        }

    def usual(self) -> dict[str, Floats]:
        here, mine = self.airport[self.asked], self.carrier[self.asked]
        return {
            "usual_off_blocks_before": self._usual_offs(-15, 0),
            "usual_off_blocks_15": self._usual_offs(0, 15),
            "usual_off_blocks_30": self._usual_offs(15, 30),
            "usual": self._usual_taxi(self.ups, here),
            "carrier_usual": self._usual_taxi(self.carrier_ups, mine),
        }

    def pace(self) -> dict[str, Floats]:
        """How fast aircraft leave the stands and the ground."""
        at, here = self.at, self.airport[self.asked]
        offs = Known(self.told_off, self.off, self.airport)
        ups = Known(self.told_up, self.off + self.taxi, self.airport)
        return {
            **{f"off_blocks_took_{k}": at - offs.back(at, k, here) for k in PACE},
            **{f"take_offs_took_{k}": at - ups.back(at, k, here) for k in PACE},
        }

    def shares(self) -> dict[str, Floats]:
        """How often it was short: a mean does not tell a long tail from long days."""
        at, here, mine = self.at, self.airport[self.asked], self.carrier[self.asked]
        flight = self.flight[self.asked]
        eighth = np.mod(local_minutes(self.off, ZONE), DAY) // 180
        habit = codes(self.carrier_route, eighth)
        own = Known(self.told_up, self.taxi, self.flight)
        columns = {
            "flight_back_1": own.back(at, 1, flight),
            "flight_last_4": own.last(at, 4, flight),
            "carrier_destination_hour_20": Known(self.told_up, self.taxi, habit).last(
                at, 20, habit[self.asked]
            ),
        }
        for most in SHORT:
            short = np.where(np.isnan(self.taxi), np.nan, self.taxi <= most)
            columns[f"flight_under_{most}"] = Known(self.told_up, short, self.flight).last(
                at, 15, flight
            )
            columns[f"carrier_under_{most}"] = Known(self.told_up, short, self.carrier).last(
                at, 100, mine
            )
            columns[f"airport_under_{most}"] = Known(self.told_up, short, self.airport).mean(
                at, 60, here
            )
        return columns

    def _usual_offs(self, start: float, end: float) -> Floats:
        here = self.airport[self.asked]
        slots = [self.at - week * WEEK for week in (1, 2, 3, 4)]
        counts = [self.offs.counted(slot + start, slot + end, here) for slot in slots]
        return np.asarray(np.mean(counts, axis=0), np.float64)

    def _usual_taxi(self, known: Known, group: Ints) -> Floats:
        slots = [self.at - days * DAY for days in SLOT_DAYS]
        counts = [known.counted(slot - 20, slot + 40, group) for slot in slots]
        totals = [known.summed(slot - 20, slot + 40, group) for slot in slots]
        count = np.sum(counts, axis=0)
        total = np.sum(totals, axis=0)
        return divided(total, count)


def _filled(*columns: Floats) -> Floats:
    """The first that is known, else the usual."""
    answer = np.full(len(columns[0]), USUAL_MIN)
    for column in reversed(columns):
        answer = np.where(np.isnan(column), answer, column)
    return answer


def _local(month: int) -> datetime:
    return datetime(2011, month, 1, tzinfo=ZoneInfo(ZONE))


TAXI_OUT = Task(
    name="taxi_out",
    version="1",
    title="Taxi-out time (EXOT) of a departure with an 80 % interval",
    question="Asked at off-block: how many minutes until take-off? Off-blocks and take-offs are "
    "known one minute after they happen.",
    unit="min",
    dataset=HFLIGHTS,
    split=Split(
        fit=_local(1), validate=_local(7), calibrate=_local(8), test=_local(9), end=_local(11)
    ),
    names=tuple(MEANINGS),
    meanings=MEANINGS,
    plain=(*LABELS, *AMOUNTS),
    plain_labels=LABELS,
    solve=solve,
    known_at=known_at,
    fallback="carrier, last 28 days",
    headline="mae",
    recipe=Recipe(
        rounds=400,
        rate=0.06,
        leaves=63,
        leaf_rows=50,
        feature_share=0.5,
        row_share=0.7,
        ridge=1.0,
        seeds=3,
    ),
    spread=Recipe(
        rounds=200, rate=0.1, leaves=31, leaf_rows=100, feature_share=0.5, row_share=0.7, ridge=1.0
    ),
    choices="features; three seeds; and absolute error on the plain minutes instead of ratios, logarithms or "
    "differences to the carrier's mean; carriers as numbers did not help",
    limits=(
        "learnt at two Houston airports: the recipe travels, the model does not; train it on the "
        "airport's own off-blocks and take-offs",
        "knows no stand, runway, weather or de-icing",
        "the schedule ahead is only seen as what is usual at this time",
    ),
    least=1.0,
)
