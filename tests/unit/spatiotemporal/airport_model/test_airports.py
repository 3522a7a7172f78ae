"""The two airports in figures: what was asked for is what the text describes."""

from __future__ import annotations

from collections import Counter

import pytest

from spatiotemporal.airport_model import Airport, AirportModel, check, known_airports

HONGQIAO_STANDS = {
    "T2": {"C": 27, "E": 11, "D": 8},
    "A2": {"C": 11, "E": 6, "D": 2},
    "RA2": {"C": 5},
    "RA4": {"C": 7, "D": 6},
    "RA6": {"D": 5, "C": 4},
    "T1": {"D": 9, "E": 4},
    "G": {"C": 27, "B": 12, "E": 3},
    "I": {"D": 4},
    "J": {"D": 4, "B": 3},
    "CARGO": {"C": 8},
    "MAINT": {"C": 3},
}
PUDONG_STANDS = {
    "A1": {"E": 13, "D": 10, "C": 8},
    "A7": {"D": 24, "E": 16, "F": 2},
    "SAT": {"C": 44, "E": 41, "F": 5},
    "A2": {"E": 8, "C": 3},
    "A3": {"E": 27, "F": 15},
    "GA": {"B": 20},
    "A4": {"F": 12, "C": 10, "E": 6, "D": 2},
    "A5": {"C": 25, "E": 8, "F": 6},
    "A5D": {"F": 2, "C": 1},
    "A6": {"F": 9, "C": 6, "D": 1},
    "A8": {"E": 8, "D": 5, "C": 2, "F": 1},
    "HGR": {"F": 4, "D": 2, "E": 2},
    "MFR": {"C": 8, "F": 1},
}


def _per_apron(airport: Airport) -> dict[str, dict[str, int]]:
    aprons = {stand.apron for stand in airport.stands}
    return {
        apron: dict(Counter(stand.code for stand in airport.stands if stand.apron == apron))
        for apron in aprons
    }


def test_both_airports_are_described() -> None:
    assert known_airports() == ("ZSPD", "ZSSS")


def test_hongqiao_has_its_169_stands_apron_by_apron(hongqiao: AirportModel) -> None:
    stands = hongqiao.airport.stands
    assert _per_apron(hongqiao.airport) == HONGQIAO_STANDS
    assert Counter(stand.code for stand in stands) == {"C": 92, "D": 38, "E": 24, "B": 15}
    assert Counter(stand.kind for stand in stands) == {"gate": 151, "tie_down": 18}


def test_pudong_has_its_357_stands_apron_by_apron(pudong: AirportModel) -> None:
    stands = pudong.airport.stands
    codes = Counter(stand.code for stand in stands)
    assert _per_apron(pudong.airport) == PUDONG_STANDS
    assert codes == {"E": 129, "C": 107, "F": 57, "D": 44, "B": 20}
    assert Counter(stand.kind for stand in stands) == {"gate": 290, "tie_down": 53, "hangar": 14}


@pytest.mark.parametrize(
    ("icao", "offsets_m"),
    [
        ("ZSSS", {"18R/36L": 0, "18L/36R": 364}),
        ("ZSPD", {"17R/35L": 0, "17L/35R": 459, "16R/34L": 2719, "16L/34R": 3160, "15/33": 4905}),
    ],
)
def test_runway_centre_lines_lie_as_far_apart_as_published(
    icao: str, offsets_m: dict[str, float], hongqiao: AirportModel, pudong: AirportModel
) -> None:
    airport = {"ZSSS": hongqiao, "ZSPD": pudong}[icao].airport
    found = {runway.name: runway.centre[0] for runway in airport.runways}
    assert found == pytest.approx(offsets_m, abs=5.0)


def test_runways_have_their_declared_dimensions(model: AirportModel) -> None:
    declared = {
        "18L/36R": (3400, 45), "18R/36L": (3300, 60), "17R/35L": (3400, 60), "17L/35R": (4000, 60),
        "16R/34L": (3800, 60), "16L/34R": (3800, 60), "15/33": (3400, 60),
    }  # fmt: skip
    for runway in model.airport.runways:
        assert (runway.length_m, runway.width_m) == declared[runway.name]


def test_landing_thresholds_at_hongqiao_are_displaced(hongqiao: AirportModel) -> None:
    ends = [end for runway in hongqiao.airport.runways for end in runway.ends]
    assert {end.designator: end.displaced_m for end in ends} == {
        "18R": 304, "36L": 309, "18L": 100, "36R": 103,
    }  # fmt: skip


@pytest.mark.parametrize(("icao", "square_km"), [("ZSSS", 8.6), ("ZSPD", 27.4)])
def test_the_site_is_as_large_as_the_real_one(
    icao: str, square_km: float, hongqiao: AirportModel, pudong: AirportModel
) -> None:
    airport = {"ZSSS": hongqiao, "ZSPD": pudong}[icao].airport
    assert airport.boundary.area / 1e6 == pytest.approx(square_km, rel=0.06)


def test_every_rule_holds(model: AirportModel) -> None:
    assert check(model.airport) == []


def test_the_model_says_that_it_is_no_survey(model: AirportModel) -> None:
    assert "测绘" in model.airport.notice.zh
    assert "not a survey" in model.airport.notice.en
