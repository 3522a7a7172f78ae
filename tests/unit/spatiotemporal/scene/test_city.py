"""The city model: LoD2 solids that are closed and planar, in the right place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
import pytest
from pyproj import Transformer

from spatiotemporal.airport_model import Airport
from spatiotemporal.scene import BrokenModel, city_model, read_city


def test_every_building_is_a_closed_solid(airport: Airport) -> None:
    solids = read_city(city_model(airport))
    owners = {solid.owner for solid in solids}
    for building in airport.buildings:
        name = f"{airport.icao}.building.{building.id}"
        mine = [s for s in solids if s.owner == name or s.owner.startswith(f"{name}.")]
        assert mine, name
        volume = sum(solid.volume_m3 for solid in mine)
        assert 0.5 < volume / (building.shape.area * building.height_m) <= 1.01, name
    assert len(owners) >= len(airport.buildings)
    assert all({"GroundSurface", "WallSurface", "RoofSurface"} <= set(s.meanings) for s in solids)


def test_ground_corners_are_the_footprints(airport: Airport) -> None:
    to_utm = Transformer.from_crs(4326, 32651, always_xy=True)
    solids = read_city(city_model(airport))
    corners = np.concatenate([face for solid in solids for face in solid.faces])
    for building in airport.buildings[:6]:
        ((latitude, longitude),) = airport.frame.positions([building.shape.exterior.coords[0]])
        east, north = to_utm.transform(longitude, latitude)
        expected = np.array([east, north, airport.elevation_m])
        assert np.sqrt(((corners - expected) ** 2).sum(axis=1)).min() < 0.01


def test_bytes_are_the_same_every_time(airport: Airport) -> None:
    assert city_model(airport) == city_model(airport)


def _first_shell(document: dict[str, Any]) -> list[Any]:
    objects = document["CityObjects"].values()
    return next(o for o in objects if o.get("geometry"))["geometry"][0]["boundaries"][0]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d.update(version="1.1"), "version"),
        (lambda d: d.pop("transform"), "transform"),
        (lambda d: d["metadata"].update(referenceSystem="EPSG:32651"), "referenceSystem"),
        (lambda d: d["vertices"].append([1, 2, 3]), "vertices"),
        (lambda d: d["vertices"][0].__setitem__(0, 1.5), "vertices"),
        (lambda d: _first_shell(d).pop(), "geometry[0]"),
        (lambda d: d["vertices"][0].__setitem__(2, 9_000_000), "boundaries"),
    ],
)
def test_broken_city_models_are_refused_with_a_place(
    airport: Airport, change: Callable[[dict[str, Any]], object], place: str
) -> None:
    document = orjson.loads(city_model(airport))
    change(document)
    with pytest.raises(BrokenModel) as caught:
        read_city(orjson.dumps(document))
    assert place in caught.value.place
