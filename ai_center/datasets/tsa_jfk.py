"""Passengers per hour at the checkpoints of New York JFK.

A checkpoint without a row value in an hour counted nobody: it was closed, or it did not report. 32
hours are missing at all checkpoints; they stay unknown. Local time, without a doubled hour in
autumn; hours are numbered on the local clock, as the counts are. Another file of the form may have
other months and other checkpoints: a declared one that it lacks counted nobody, one that is new is a
column after the declared ones.
"""

from __future__ import annotations

import numpy as np

from ai_center.datasets.declaration import Dataset
from ai_center.datasets.table import (
    Floats,
    Table,
    day_minutes,
    header_of,
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
    """Read the file: one row per hour from the first to the last, without gaps.

    Raises:
        ValueError: no row, no checkpoint, or a date, hour or count that is none; says the line.
    """
    (packed,) = files
    data = unpacked(packed)
    named = header_of(data)
    present = [name for name in named if name not in ("Date", "Hour", "")]
    if not present:
        raise ValueError(f"no checkpoint in the header: {', '.join(named)}")
    raw = read_csv(data, ("Date", "Hour", *present))
    if not raw["Date"]:
        raise ValueError("no row")
    at = _hours(raw["Date"], raw["Hour"])
    places = ((at - at.min()) // 60).astype(np.int64)
    hours = int(places.max()) + 1
    columns: dict[str, Floats] = {
        "hour_min": at.min() + 60 * np.arange(hours, dtype=np.float64),
    }
    for name in (*CHECKPOINTS, *(name for name in present if name not in CHECKPOINTS)):
        column = np.full(hours, np.nan)
        if name in raw:
            column[places] = to_numbers(raw[name])
        columns[name] = column
    return Table(columns=dict(columns))


def _hours(dates: list[str], clocks: list[str]) -> Floats:
    """Start of each hour, minutes since 1970."""
    parts = np.empty((len(dates), 4))
    for row, (date, clock) in enumerate(zip(dates, clocks, strict=True)):
        try:
            parts[row] = (*(float(part) for part in date.split("-")), float(clock[:2]))
        except ValueError as fault:
            raise ValueError(f"line {row + 2}: {date!r} {clock!r} is no date and hour") from fault
    return day_minutes(parts[:, 0], parts[:, 1], parts[:, 2]) + 60 * parts[:, 3]


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
