"""Data sets are read as their pages say, and nothing but the declared files is."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from ai_center.adapters.dataset_files import DatasetFiles
from ai_center.datasets import generated_freight, generated_hall, hflights, nycflights, tsa_jfk
from ai_center.datasets.declaration import continued
from ai_center.datasets.shelf import DATASETS, dataset_of
from ai_center.datasets.table import (
    Table,
    codes,
    local_minutes,
    minutes_of,
    moment_of,
    read_csv,
    to_texts,
    utc_minutes,
)
from ai_center.errors import DatasetChanged, DatasetUnavailable, UnknownDataset
from ai_center.forecasts import us_holidays

HFLIGHTS = """Year,Month,DayofMonth,DepTime,DepDelay,TaxiOut,Distance,Origin,Dest,\
UniqueCarrier,FlightNum,TailNum
2011,1,1,1400,0,13,224,IAH,DFW,AA,428,N576AA
2011,7,1,5,25,9,200,HOU,DAL,WN,12,
2011,7,2,2355,-10,20,200,HOU,DAL,WN,13,N1
2011,7,3,NA,NA,NA,200,HOU,DAL,WN,14,N2
"""


def at(*parts: int) -> float:
    return minutes_of(datetime(*parts, tzinfo=UTC))  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("packed", [True, False])
def test_houston_is_read_in_utc_across_midnight(packed: bool) -> None:
    data = gzip.compress(HFLIGHTS.encode()) if packed else HFLIGHTS.encode()
    table = hflights.read((data,))
    assert len(table) == 3
    assert table.numbers("off_block_min").tolist() == [
        at(2011, 1, 1, 20, 0),
        at(2011, 7, 2, 4, 55),
        at(2011, 7, 2, 5, 5),
    ]
    assert table.numbers("scheduled_min").tolist() == [
        at(2011, 1, 1, 20, 0),
        at(2011, 7, 2, 5, 5),
        at(2011, 7, 2, 4, 40),
    ]
    assert table.texts("flight").tolist() == ["AA428", "WN13", "WN12"]
    assert table.texts("registration").tolist() == ["N576AA", "N1", ""]
    assert table.numbers("distance_m")[0] == pytest.approx(224 * 1609.344)


NYC = """year,sched_dep_time,dep_delay,sched_arr_time,arr_delay,air_time,distance,minute,\
origin,dest,carrier,flight,tailnum,time_hour
2013,515,2,819,11,227,1400,15,EWR,IAH,UA,1545,N14228,2013-01-01T10:00:00Z
2013,2359,NA,345,NA,NA,1600,59,JFK,BQN,B6,745,NA,2013-07-02T03:00:00Z
"""
AIRPORTS = "faa,name,tzone\nIAH,Houston,America/Chicago\nXXX,Nowhere,NA\n"


def test_new_york_is_read_with_the_zones_of_both_ends() -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("flights.csv", NYC)
    table = nycflights.read((zipped.getvalue(), AIRPORTS.encode()))
    assert table.numbers("scheduled_min").tolist() == [
        at(2013, 1, 1, 10, 15),
        at(2013, 7, 2, 3, 59),
    ]
    assert table.numbers("scheduled_block_min").tolist() == [244.0, 226.0]
    assert table.numbers("off_block_min")[0] == at(2013, 1, 1, 10, 17)
    assert table.numbers("in_block_min")[0] == at(2013, 1, 1, 14, 30)
    assert np.isnan(table.numbers("off_block_min")[1])
    assert table.texts("registration")[1] == ""


def test_checkpoints_are_read_without_gaps() -> None:
    head = "Date,Hour," + ",".join(tsa_jfk.CHECKPOINTS)
    rows = ["2024-01-01,22:00:00,1,2,,,3,4,5,6", "2024-01-02,00:00:00,7,,,,8,9,10,11"]
    table = tsa_jfk.read(("\n".join([head, *rows]).encode(),))
    assert len(table) == 3
    assert np.isnan(table.numbers("JFK Terminal 1")).tolist() == [False, True, False]
    assert table.numbers("hour_min")[2] == at(2024, 1, 2)


def test_local_time_goes_to_utc_and_back_around_summer_time() -> None:
    zone = "America/New_York"
    local = np.array([at(2013, 3, 10, 1, 30), at(2013, 3, 10, 3, 30), at(2013, 11, 3, 1, 30)])
    utc = utc_minutes(local, zone)
    assert utc.tolist() == [at(2013, 3, 10, 6, 30), at(2013, 3, 10, 7, 30), at(2013, 11, 3, 5, 30)]
    assert local_minutes(utc, zone).tolist() == local.tolist()
    assert moment_of(utc[0]) == datetime(2013, 3, 10, 6, 30, tzinfo=UTC)


def test_unequal_columns_unknown_columns_and_ragged_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        Table(columns={"a": np.zeros(1), "b": np.zeros(2)})
    with pytest.raises(KeyError, match="there are a"):
        Table(columns={"a": np.zeros(1)}).numbers("b")
    with pytest.raises(ValueError, match="no column 'c'"):
        read_csv(b"a,b\n1,2\n", ["c"])
    with pytest.raises(ValueError, match="line 3 has 1 fields"):
        read_csv(b"a,b\n1,2\n3\n", ["a"])


def test_later_rows_get_the_past_before_them() -> None:
    hours = np.arange(10) * 60.0
    counts = {name: np.arange(10.0) for name in tsa_jfk.CHECKPOINTS}
    whole = Table(columns={"hour_min": hours, **counts})
    later = whole.rows(np.arange(10) >= 6)
    again = continued(tsa_jfk.TSA_JFK, whole, later)
    gap = continued(tsa_jfk.TSA_JFK, whole.rows(np.arange(10) < 4), later)
    for name in whole.columns:
        np.testing.assert_array_equal(again.columns[name], whole.columns[name])
    assert (
        np.isnan(gap.numbers("JFK Terminal 5")).tolist() == [False] * 4 + [True] * 2 + [False] * 4
    )
    assert gap.numbers("hour_min").tolist() == hours.tolist()
    assert continued(tsa_jfk.TSA_JFK, later, whole) is whole
    houston = hflights.read((HFLIGHTS.encode(),))
    parts = houston.rows(np.arange(3) < 1), houston.rows(np.arange(3) >= 1)
    assert continued(hflights.HFLIGHTS, *parts).texts("flight").tolist() == [
        "AA428",
        "WN13",
        "WN12",
    ]


def test_codes_number_combinations() -> None:
    one, two = to_texts(["a", "a", "b"]), to_texts(["x", "y", "x"])
    assert len(set(codes(one, two).tolist())) == 3
    assert codes(one).tolist() == [0, 0, 1]


def declared(data: bytes) -> tuple[str, ...]:
    return (hashlib.sha256(data).hexdigest(),)


def test_files_are_found_checked_and_copied(tmp_path: Path) -> None:
    data = gzip.compress(HFLIGHTS.encode())
    dataset = replace(hflights.HFLIGHTS, sha256=declared(data))
    shared, own = tmp_path / "shared", tmp_path / "own"
    shared.mkdir()
    files = DatasetFiles(own, [shared])
    with pytest.raises(DatasetUnavailable, match="--from"):
        files.facts(dataset)
    (shared / hflights.FILE).write_bytes(data)
    assert len(files.facts(dataset)) == 3
    assert files.get(dataset) == [own / hflights.FILE]
    assert files.paths(dataset) == [own / hflights.FILE]
    (own / hflights.FILE).write_bytes(data + b"x")
    with pytest.raises(DatasetChanged, match="sha256"):
        files.facts(dataset)


def test_a_file_of_another_form_says_what_is_wrong(tmp_path: Path) -> None:
    data = b"Year,Month\n2011,1\n"
    dataset = replace(hflights.HFLIGHTS, sha256=declared(data))
    (tmp_path / hflights.FILE).write_bytes(data)
    with pytest.raises(DatasetChanged, match="no column 'DayofMonth'"):
        DatasetFiles(tmp_path, []).facts(dataset)


def test_every_data_set_says_where_it_comes_from() -> None:
    for name, dataset in DATASETS.items():
        assert dataset_of(name) is dataset
        assert dataset.licence
        assert dataset.traps
        assert len(dataset.files) == len(dataset.sha256)
        assert all(len(digest) == 64 for digest in dataset.sha256)
    with pytest.raises(UnknownDataset, match="hflights"):
        dataset_of("weather")


@pytest.mark.parametrize("make", [generated_hall.generate, generated_freight.generate])
def test_generated_sets_follow_their_seed(make) -> None:  # type: ignore[no-untyped-def]
    one, same, other = make(days=20), make(days=20), make(days=20, seed=5)
    for name, column in one.columns.items():
        np.testing.assert_array_equal(column, same.columns[name])
    assert any((column != other.columns[name]).any() for name, column in one.columns.items())


def test_generated_sets_are_as_they_describe_themselves() -> None:
    hall = generated_hall.generate()
    assert set(dict(generated_hall.GENERATED_HALL.columns)) == set(hall.columns)
    occupancy, clock = hall.numbers("occupancy"), np.arange(len(hall)) % 24
    assert occupancy[clock == 7].mean() > 3 * occupancy[clock == 2].mean()
    error = hall.numbers("temperature_forecast_c") - hall.numbers("temperature_c")
    assert error.std() == pytest.approx(1.5, abs=0.1)
    freight = generated_freight.generate()
    assert set(dict(generated_freight.GENERATED_FREIGHT.columns)) == set(freight.columns)
    took = freight.numbers("ready_min") - freight.numbers("in_block_min")
    assert 0.1 < (took > freight.numbers("promised_min")).mean() < 0.25


def test_holidays_fall_on_their_days() -> None:
    found = dict(zip(us_holidays.NAMES, us_holidays.holidays(2023), strict=True))
    assert found["thanksgiving"] == date(2023, 11, 23)
    assert found["memorial"] == date(2023, 5, 29)
    assert found["labor"] == date(2023, 9, 4)
    assert found["easter"] == date(2023, 4, 9)
    assert [us_holidays.easter(y).isoformat() for y in (2019, 2025, 2038)] == [
        "2019-04-21",
        "2025-04-20",
        "2038-04-25",
    ]
    day = float((date(2023, 11, 22) - date(1970, 1, 1)).days)
    kind, after = us_holidays.nearest(np.array([day, day + 18]))
    assert us_holidays.NAMES[int(kind[0])] == "thanksgiving"
    assert after[0] == -1
    assert np.isnan(kind[1])


GENERATED = [name for name, dataset in DATASETS.items() if dataset.kind == "generated"]


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_set_keeps_its_promises_for_any_seed(name: str) -> None:
    dataset = dataset_of(name)
    assert dataset.seeded is not None
    assert len(dataset.statistics) >= 4
    for seed in (11, 12, 13):
        table = dataset.seeded(seed)
        assert set(table.columns) == {column for column, _ in dataset.columns}
        for promise in dataset.statistics:
            found = promise.of(table)
            assert promise.low <= found <= promise.high, f"seed {seed}: {promise.says}: {found}"


def test_another_file_of_counts_may_lack_and_add_checkpoints() -> None:
    rows = ["2024-06-01,00:00:00,1,90", "2024-06-01,03:00:00,2,80"]
    table = tsa_jfk.read(("\n".join(["Date,Hour,JFK Terminal 1,JFK Terminal 6", *rows]).encode(),))
    assert list(table.columns) == ["hour_min", *tsa_jfk.CHECKPOINTS, "JFK Terminal 6"]
    assert table.numbers("JFK Terminal 6")[[0, 3]].tolist() == [90, 80]
    assert np.isnan(table.numbers("JFK Terminal 5")).all()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Date,Hour\n2024-06-01,00:00:00\n", "no checkpoint"),
        ("Date,Hour,JFK Terminal 1\n", "no row"),
        ("Date,Hour,JFK Terminal 1\n2024-06,00:00:00,1\n", "line 2: '2024-06'"),
        ("Date,Hour,JFK Terminal 1\n2024-06-01,xx:00:00,1\n", "no date and hour"),
        ("Date,Hour,JFK Terminal 1\n2024-06-01,00:00:00,many\n", "line 2: 'many' is no number"),
    ],
)
def test_a_file_of_counts_that_is_none_says_where(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        tsa_jfk.read((text.encode(),))
