"""Passengers per hour at the checkpoints of New York JFK.

A checkpoint without a row value in an hour counted nobody: it was closed, or it did not report. 32
hours are missing at all checkpoints; they stay unknown. Local time, without a doubled hour in
autumn; hours are numbered on the local clock, as the counts are.
"""

from __future__ import annotations

import numpy as np

from ai_center.datasets.declaration import Dataset
from ai_center.datasets.table import (
    Floats,
    Table,
    day_minutes,
    read_csv,
    to_numbers,
    unpacked,
)

FILE = "tsa_jfk_hourly_to_2024-05.csv.gz"

CHECKPOINTS = (
    "JFK Terminal 1",
    "JFK Terminal 2",
    "JFK Terminal 4 Delta 1",
    "JFK Terminal 4 FIS CP",
    "JFK Terminal 4 Main",
    "JFK Terminal 5",
    "JFK Terminal 7",
    "JFK Terminal 8",
)


def read(files: tuple[bytes, ...]) -> Table:
    """Read the file: one row per hour from the first to the last, without gaps."""
    (packed,) = files
    raw = read_csv(unpacked(packed), ("Date", "Hour", *CHECKPOINTS))
    parts = np.array([[float(part) for part in date.split("-")] for date in raw["Date"]])
    hour = np.array([float(clock[:2]) for clock in raw["Hour"]], np.float64)
    at = day_minutes(parts[:, 0], parts[:, 1], parts[:, 2]) + 60 * hour
    places = ((at - at.min()) // 60).astype(np.int64)
    hours = int(places.max()) + 1
    columns: dict[str, Floats] = {
        "hour_min": at.min() + 60 * np.arange(hours, dtype=np.float64),
    }
    for name in CHECKPOINTS:
        column = np.full(hours, np.nan)
        column[places] = to_numbers(raw[name])
        columns[name] = column
    return Table(columns=dict(columns))


TSA_JFK = Dataset(
    name="tsa_jfk",
    version="1",
    title="Passengers per hour at eight checkpoints of JFK, end of 2018 to May 2024",
    kind="file",
    place=FILE,
    files=(FILE,),
    sha256=("146fb19ab7af6f493b8d0860c39b7d8b67aed8230481883b61253cd6ca40f82a",),
    licence="US public domain",
    origin="US Transportation Security Administration, freedom-of-information releases",
    columns=(
        ("hour_min", "start of the hour on the local clock, minutes since 1970"),
        *((name, "passengers counted in the hour; unknown when closed") for name in CHECKPOINTS),
    ),
    traps=(
        "checkpoints open and close: Terminal 2 ends in January 2023, Terminal 4 FIS begins then",
        "32 hours are missing at all checkpoints",
        "2020 and half of 2021 are another world",
        "counts are whole hours: nothing is known of the minutes inside",
    ),
    time="hour_min",
    read=read,
    step_min=60.0,
)
