"""Departures of the two Houston airports in 2011 with their taxi-out times.

The file gives local clock times as numbers (``DepTime`` 1400 is 14:00; 2400 occurs) and the day the
flight was scheduled for. There is no scheduled time: it is ``DepTime - DepDelay``, which may lie on
the other side of midnight. Cancelled flights have no times and are left out, so nothing here knows
of them. Flights of carriers that do not report to the Bureau are missing: queues are too short.
"""

from __future__ import annotations

import numpy as np

from ai_center.datasets.declaration import Dataset
from ai_center.datasets.table import (
    Table,
    clock_minutes,
    day_minutes,
    read_csv,
    to_numbers,
    to_texts,
    unpacked,
    utc_minutes,
)

ZONE = "America/Chicago"
MILE_M = 1609.344
FILE = "hflights_2011_jan_oct.csv.gz"

_NUMBERS = ("Year", "Month", "DayofMonth", "DepTime", "DepDelay", "TaxiOut", "Distance")
_TEXTS = ("Origin", "Dest", "UniqueCarrier", "FlightNum", "TailNum")


def read(files: tuple[bytes, ...]) -> Table:
    """Read the file; rows in order of off-block."""
    (packed,) = files
    raw = read_csv(unpacked(packed), (*_NUMBERS, *_TEXTS))
    numbers = {name: to_numbers(raw[name]) for name in _NUMBERS}
    texts = {name: to_texts(raw[name]) for name in _TEXTS}
    day = day_minutes(numbers["Year"], numbers["Month"], numbers["DayofMonth"])
    delay = numbers["DepDelay"]
    scheduled = day + np.mod(clock_minutes(numbers["DepTime"]) - delay, 1440)
    table = Table(
        columns={
            "airport": texts["Origin"],
            "destination": texts["Dest"],
            "carrier": texts["UniqueCarrier"],
            "flight": np.char.add(texts["UniqueCarrier"], texts["FlightNum"]),
            "registration": texts["TailNum"],
            "distance_m": numbers["Distance"] * MILE_M,
            "scheduled_min": utc_minutes(scheduled, ZONE),
            "off_block_min": utc_minutes(scheduled, ZONE) + delay,
            "taxi_out_min": numbers["TaxiOut"],
        }
    )
    whole = np.isfinite(table.numbers("off_block_min")) & np.isfinite(numbers["TaxiOut"])
    table = table.rows(whole)
    return table.rows(np.argsort(table.numbers("off_block_min"), kind="stable"))


HFLIGHTS = Dataset(
    name="hflights",
    version="1",
    title="Departures of Houston (IAH, HOU), January to October 2011, with taxi-out times",
    kind="file",
    place=FILE,
    files=(FILE,),
    sha256=("eccef7727fc99b996fbc2563b4f744d4572f39e5405c047afe83805056bf3d23",),
    licence="CC0-1.0",
    origin="US Bureau of Transportation Statistics, as packaged by hadley/hflights",
    columns=(
        ("airport", "IATA code of the airport left"),
        ("destination", "IATA code"),
        ("carrier", "reporting carrier"),
        ("flight", "carrier and flight number"),
        ("registration", "tail number; empty where unknown"),
        ("distance_m", "great-circle distance, metres"),
        ("scheduled_min", "scheduled off-block, minutes since 1970 UTC"),
        ("off_block_min", "actual off-block, minutes since 1970 UTC"),
        ("taxi_out_min", "from off-block to take-off, minutes"),
    ),
    traps=(
        "departures only: arrivals are not in it, so runway load is half known",
        "carriers that do not report to the Bureau are missing: queues are too short",
        "no stand, no runway, no weather",
        "cancelled flights have no times and are left out",
    ),
    time="off_block_min",
    read=read,
)
