from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest

from cargo_platform import stations
from cargo_platform.awb import Awb
from cargo_platform.carriers import CARRIERS, carrier_of
from cargo_platform.stations import ZONE_OF_STATION, same_place, to_local, to_utc, zone_of


def test_every_station_has_one_zone_that_exists() -> None:
    assert set(ZONE_OF_STATION.values()) <= available_timezones()
    assert all(len(s) == 3 and s.isupper() for s in ZONE_OF_STATION)


def test_a_station_is_listed_once() -> None:
    listed = [s for names in stations._ZONES.values() for s in names.split()]
    assert sorted(listed) == sorted(set(listed))


@pytest.mark.parametrize(
    ("station", "local", "utc"),
    [
        ("PVG", "2026-11-23T10:15", "2026-11-23T02:15"),
        ("FRA", "2026-07-01T10:00", "2026-07-01T08:00"),
        ("FRA", "2026-12-01T10:00", "2026-12-01T09:00"),
        ("DEL", "2026-12-01T10:00", "2026-12-01T04:30"),
        ("ANC", "2026-12-01T10:00", "2026-12-01T19:00"),
    ],
)
def test_local_time_becomes_utc_and_back(station: str, local: str, utc: str) -> None:
    moment = to_utc(station, datetime.fromisoformat(local))
    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert to_local(station, moment) == datetime.fromisoformat(local)


def test_a_station_of_unknown_zone_has_no_utc() -> None:
    assert zone_of("QQQ") is None
    assert to_utc("QQQ", datetime.fromisoformat("2026-11-23T10:15")) is None


def test_a_city_stands_for_its_airports() -> None:
    assert same_place("BJS", "PKX")
    assert same_place("SHA", "PVG")
    assert not same_place("PVG", "SHA")
    assert not same_place("", "PVG")


def test_prefixes_are_three_digits_and_unknown_ones_give_no_carrier() -> None:
    assert all(prefix.isdigit() and len(prefix) == 3 for prefix in CARRIERS)
    freighters = {"112": "CK", "023": "FX", "501": "7L", "272": "K4", "921": "O3", "369": "5Y"}
    for prefix, code in freighters.items():
        carrier = carrier_of(Awb(f"{prefix}00000000"))
        assert carrier is not None
        assert carrier.code == code
    assert carrier_of(Awb("00000000000")) is None
