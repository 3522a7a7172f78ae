"""Columns of equal length: what a data set gives and what a forecast is asked on.

Times are minutes since 1970-01-01 00:00 UTC in float64; the sources are exact to the minute, and
whole minutes stay exact in every sum. What is not known is NaN (numbers) or the empty text.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.str_]
Mask = npt.NDArray[np.bool_]
Column = Floats | Texts

UNKNOWN = ("", "NA")
"""How the sources write that there is no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Named columns of one length."""

    columns: Mapping[str, Column]

    def __post_init__(self) -> None:
        lengths = {name: len(column) for name, column in self.columns.items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"columns differ in length: {lengths}")

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def numbers(self, name: str) -> Floats:
        """A column of numbers, float64; NaN where unknown."""
        return np.asarray(self._column(name), np.float64)

    def texts(self, name: str) -> Texts:
        """A column of texts; empty where unknown."""
        return np.asarray(self._column(name), np.str_)

    def rows(self, chosen: Mask | Ints) -> Table:
        """The chosen rows of every column."""
        return Table(columns={name: column[chosen] for name, column in self.columns.items()})

    def replaced(self, **columns: Column) -> Table:
        """The same table with some columns replaced or added."""
        return Table(columns={**self.columns, **columns})

    def _column(self, name: str) -> Column:
        if name not in self.columns:
            raise KeyError(f"no column {name!r}; there are {', '.join(self.columns)}")
        return self.columns[name]


def unpacked(data: bytes) -> bytes:
    """The content of a file that may be gzipped, or zipped alone."""
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(archive.namelist()[0])
    return data


def header_of(data: bytes) -> list[str]:
    """Names in the header of a comma-separated file."""
    return next(csv.reader(io.StringIO(data.decode("utf-8"), newline="")), [])


def read_csv(data: bytes, wanted: Iterable[str]) -> dict[str, list[str]]:
    """Read some columns of a comma-separated file with a header, as texts.

    Raises:
        ValueError: a wanted column is not in the header, or a line has another number of fields.
    """
    lines = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    header = next(lines, [])
    names = list(wanted)
    missing = [name for name in names if name not in header]
    if missing:
        raise ValueError(f"no column {missing[0]!r} in the header: {', '.join(header)}")
    places = [header.index(name) for name in names]
    rows = list(lines)
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise ValueError(f"line {number} has {len(row)} fields, the header {len(header)}")
    return {name: [row[at] for row in rows] for name, at in zip(names, places, strict=True)}


def to_numbers(texts: Sequence[str]) -> Floats:
    """Turn texts into numbers; NaN where there is none.

    Raises:
        ValueError: a text is no number; says its line, the header being the first.

    >>> to_numbers(["1", "NA", "2.5"]).tolist()
    [1.0, nan, 2.5]
    """
    try:
        return np.array([np.nan if text in UNKNOWN else float(text) for text in texts], np.float64)
    except ValueError as fault:
        wrong = next(row for row, text in enumerate(texts) if not _is_number(text))
        raise ValueError(f"line {wrong + 2}: {texts[wrong][:40]!r} is no number") from fault


def _is_number(text: str) -> bool:
    try:
        return text in UNKNOWN or float(text) is not None
    except ValueError:
        return False


def to_texts(texts: Sequence[str]) -> Texts:
    """Turn texts into a column; empty where there is none."""
    return np.array(["" if text in UNKNOWN else text for text in texts], np.str_)


def clock_minutes(hhmm: Floats) -> Floats:
    """Minutes after midnight of clock times written as numbers (``1435`` is 14:35).

    >>> clock_minutes(np.array([5.0, 1435.0, 2400.0])).tolist()
    [5.0, 875.0, 1440.0]
    """
    return np.floor_divide(hhmm, 100) * 60 + np.mod(hhmm, 100)


def day_minutes(year: Floats, month: Floats, day: Floats) -> Floats:
    """Minutes from 1970-01-01 to the start of each day, without any time zone."""
    months = (year.astype(np.int64) - 1970) * 12 + month.astype(np.int64) - 1
    starts = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.asarray((starts + day.astype(np.int64) - 1) * 1440, np.float64)


def utc_minutes(local: Floats, zone: str) -> Floats:
    """Turn minutes of local time into minutes of UTC; of a doubled hour the first is meant."""
    hours, places = np.unique(np.floor_divide(local, 60), return_inverse=True)
    return np.asarray(local - _offsets(hours, zone, local=True)[places], np.float64)


def local_minutes(utc: Floats, zone: str) -> Floats:
    """Turn minutes of UTC into minutes of local time."""
    hours, places = np.unique(np.floor_divide(utc, 60), return_inverse=True)
    return np.asarray(utc + _offsets(hours, zone, local=False)[places], np.float64)


def minutes_of(moment: datetime) -> float:
    """Minutes since 1970 of an aware time.

    >>> minutes_of(datetime(1970, 1, 2, tzinfo=UTC))
    1440.0
    """
    return moment.timestamp() / 60


def moment_of(minutes: float) -> datetime:
    """The aware UTC time of minutes since 1970."""
    return datetime.fromtimestamp(60 * minutes, UTC)


def codes(*columns: Column | Ints) -> Ints:
    """Number the distinct combinations of columns, from 0.

    The numbers are labels only: they depend on which values are present.
    """
    combined = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        _, places = np.unique(column, return_inverse=True)
        combined = combined * (int(places.max(initial=0)) + 1) + places
        _, combined = np.unique(combined, return_inverse=True)
    return np.asarray(combined, np.int64)


def _offsets(hours: Floats, zone: str, *, local: bool) -> Floats:
    """Minutes that a zone is ahead of UTC in each hour."""
    known = ZoneInfo(zone)
    offsets = []
    for hour in hours:
        if np.isnan(hour):
            offsets.append(np.nan)
            continue
        moment = datetime.fromtimestamp(3600 * float(hour), UTC)
        there = moment.replace(tzinfo=known) if local else moment.astimezone(known)
        ahead = there.utcoffset()
        offsets.append(np.nan if ahead is None else ahead.total_seconds() / 60)
    return np.array(offsets, np.float64)
