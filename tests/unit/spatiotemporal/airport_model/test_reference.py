"""Our own airports beside drawings of the real ones by others; skipped where those are absent.

The drawings only measure: nothing in the project is made from them.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from spatiotemporal.airport_model import Airport, AirportModel

Place = tuple[float, float]


def _features(folder: Path, airport: Airport, name: str) -> list[dict[str, object]]:
    file = folder / "geo" / airport.icao / f"{airport.icao}_{name}.geojson"
    if not file.is_file():
        pytest.skip(f"no drawing at {file}")
    features: list[dict[str, object]] = json.loads(file.read_text("utf-8"))["features"]
    return features


def _pavement_ends(airport: Airport, feature: dict[str, object]) -> tuple[Place, Place]:
    """Middles of the two short sides of a drawn runway, in our frame."""
    outline = airport.frame.into(shape(feature["geometry"]))
    a, b, c, d = list(outline.exterior.coords)[:4]
    return ((a[0] + d[0]) / 2, (a[1] + d[1]) / 2), ((b[0] + c[0]) / 2, (b[1] + c[1]) / 2)


def test_runway_pavement_ends_within_15_m_of_the_drawn_one(
    model: AirportModel, reference_data: Path
) -> None:
    airport = model.airport
    ours = {runway.name: runway.ends for runway in airport.runways}
    drawn = _features(reference_data, airport, "runways")
    assert len(drawn) == len(ours)
    for feature in drawn:
        ends = ours[feature["properties"]["name"]]  # type: ignore[index]
        for end, place in zip(ends, _pavement_ends(airport, feature), strict=True):
            assert math.dist(end.pavement_end, place) <= 15.0, end.designator


def test_landing_thresholds_lie_within_15_m_of_the_drawn_ones(
    model: AirportModel, reference_data: Path
) -> None:
    airport = model.airport
    ends = {end.designator: end for runway in airport.runways for end in runway.ends}
    drawn = _features(reference_data, airport, "thresholds")
    assert len(drawn) == len(ends)
    for feature in drawn:
        facts = feature["properties"]
        end = ends[facts["runway"]]  # type: ignore[index]
        point = airport.frame.into(shape(feature["geometry"]))
        assert math.dist(end.threshold, (point.x, point.y)) <= 15.0, end.designator
        assert end.displaced_m == pytest.approx(facts["displaced_m"], abs=5.0)  # type: ignore[index]
        bearing = airport.frame.true_deg(end.heading_deg)
        assert bearing == pytest.approx(facts["heading_true"], abs=0.1)  # type: ignore[index]


def test_nine_of_ten_stands_lie_on_the_drawn_pavement(
    model: AirportModel, reference_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    airport = model.airport
    drawn = [
        shape(feature["geometry"]) for feature in _features(reference_data, airport, "pavement")
    ]
    paved = shapely.union_all([airport.frame.into(part).buffer(0) for part in drawn])
    shapely.prepare(paved)
    areas = [stand.polygon for stand in airport.stands]
    # A stand lies on pavement when nine tenths of its area do.
    on_it = [area.intersection(paved).area > 0.9 * area.area for area in areas]
    whole = sum(on_it) / len(on_it)
    with capsys.disabled():
        print(f"\n{airport.icao}: {whole:.1%} of stands on the drawn pavement")  # noqa: T201
    assert whole >= 0.9


def test_stand_counts_equal_the_drawn_ones(model: AirportModel, reference_data: Path) -> None:
    drawn = _features(reference_data, model.airport, "stands")
    codes = sorted(str(feature["properties"]["icao_size"]) for feature in drawn)  # type: ignore[index]
    assert sorted(stand.code for stand in model.airport.stands) == codes
