"""OpenStreetMap in both of its forms: elements, shapes, layers, an airport, and every refusal."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from service_bus import Malformed, TooLarge
from spatiotemporal.airport_model import ModelStore, exchange, install
from spatiotemporal.airport_model.exchange import osm, osm_shapes
from spatiotemporal.airport_model.routing import RouteService
from tests.unit.spatiotemporal.airport_model.exchange.mapped import Drawing, airfield

SINCE = date(2026, 5, 1)
NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
Collections = dict[str, dict[str, object]]


def read(
    folder: Path, data: bytes, name: str = "field.osm"
) -> tuple[Collections, dict[str, object]]:
    (folder / name).write_bytes(data)
    return exchange.read(folder / name, icao="LFZZ", valid_from=SINCE)


def test_both_forms_say_the_same() -> None:
    one, other = osm.parse(airfield().xml()), osm.parse(airfield().overpass())
    assert (one.nodes, one.ways, one.relations) == (other.nodes, other.ways, other.relations)
    assert (one.notices, other.notices) == ((), ())


def test_gdal_sees_the_same_shapes(tmp_path: Path) -> None:
    """GDAL's own reader of OpenStreetMap, which pyogrio brings."""
    file = tmp_path / "field.osm"
    file.write_bytes(airfield().xml())
    theirs = {}
    for layer in ("points", "lines", "multipolygons"):
        table = pyogrio.read_dataframe(file, layer=layer)
        ways = table["osm_way_id"] if "osm_way_id" in table else [None] * len(table)
        for number, way, geometry in zip(table["osm_id"], ways, table.geometry, strict=True):
            theirs[int(way if isinstance(way, str) else number)] = geometry
    ours, _ = osm_shapes.features(osm.parse(airfield().xml()))
    drawn = {int(f["properties"]["id"].split("/")[1]): f["geometry"] for f in ours}
    assert set(theirs) == set(drawn)
    for number, geometry in theirs.items():
        assert geometry.hausdorff_distance(drawn[number]) < 1e-9, number
        assert geometry.area == pytest.approx(drawn[number].area, rel=1e-9)


@pytest.mark.parametrize("name", ["field.osm", "field.xml", "field.json"])
def test_elements_come_in_the_layers_that_their_tags_name(name: str, tmp_path: Path) -> None:
    data = airfield().overpass() if name.endswith("json") else airfield().xml()
    layers, manifest = read(tmp_path, data, name)
    assert {layer: len(one["features"]) for layer, one in layers.items()} == {  # type: ignore[arg-type]
        "boundary": 1, "runway_line": 2, "taxi_line": 4, "apron": 1, "stand_line": 1,
        "stand_location": 2, "hold_position": 1, "gate": 1, "windsock": 1, "building": 2,
        "service_road": 1,
    }  # fmt: skip
    assert (manifest["name_zh"], manifest["name_en"]) == ("新场", "New Field")
    assert (manifest["iata"], manifest["elevation_m"]) == ("ZZQ", 37.0)


def test_what_lies_outside_the_fence_is_left_out(tmp_path: Path) -> None:
    layers, _ = read(tmp_path, airfield().xml())
    ids = [f["id"] for f in layers["building"]["features"]]  # type: ignore[attr-defined]
    assert ids == ["LFZZ.building.way/1012", "LFZZ.building.relation/9001"]


def test_a_mapped_airfield_becomes_an_airport_with_routes(tmp_path: Path) -> None:
    layers, manifest = read(tmp_path, airfield().xml())
    install(tmp_path / "airports", "LFZZ", layers, manifest)
    store = ModelStore(own=tmp_path / "airports")
    airport = store.model("LFZZ").airport
    (runway,) = airport.runways
    assert (runway.name, runway.width_m) == ("18/36", 30.0)
    assert runway.length_m == pytest.approx(2400.0, abs=0.5)
    assert (airport.iata, airport.elevation_m, airport.name_zh) == ("ZZQ", 37.0, "新场")
    heights = {b.use: (b.height_m, b.storeys) for b in airport.buildings}
    assert heights == {"terminal": (12.0, 3), "hangar": (14.0, 1)}
    terminal = next(b for b in airport.buildings if b.use == "terminal")
    assert terminal.shape.area == pytest.approx(100 * 360 - 40 * 100, rel=1e-3)
    headings = {s.number: airport.frame.true_deg(s.heading_deg) for s in airport.stands}
    assert headings["11"] == pytest.approx(90.0, abs=0.5)
    assert headings["12"] == pytest.approx(90.0, abs=0.5)
    assert headings["13"] == pytest.approx(90.0, abs=2.0)  # away from the line, as nobody told it
    assert airport.roads[0].zone.limit_mps == pytest.approx(30 / 3.6, abs=1e-3)
    service = RouteService(store.model, lambda *_: [])
    for stand in airport.stands:
        found = service.route("LFZZ", "taxi", f"stand:{stand.number}", "runway:36", NOW)
        assert found.route.length_m > 500
    drawn = store.model("LFZZ").layers
    assert drawn["runway"].count == 1
    assert drawn["stand"].count == 3


def test_geometry_given_with_the_elements_is_enough() -> None:
    line = [{"lat": 48.2, "lon": -1.5}, None, {"lat": 48.21, "lon": -1.5}]
    told = {
        "elements": [
            {"type": "way", "id": 1, "geometry": line, "tags": {"aeroway": "taxiway"}},
            {"type": "relation", "id": 2, "tags": {"type": "multipolygon", "building": "yes"},
             "members": [{"type": "way", "ref": 7, "role": "outer", "geometry": [
                 {"lat": 1.0, "lon": 2.0}, {"lat": 1.0, "lon": 2.1}, {"lat": 1.1, "lon": 2.1},
                 {"lat": 1.0, "lon": 2.0}]}]},
            {"type": "count", "id": 0},
        ]
    }  # fmt: skip
    found, notices = osm_shapes.features(osm.parse(orjson.dumps(told)))
    assert [f["properties"]["id"] for f in found] == ["way/1", "relation/2"]
    assert [f["geometry"].geom_type for f in found] == ["LineString", "MultiPolygon"]
    assert notices == ()


def test_a_ring_in_pieces_is_an_area_and_an_open_one_is_noted() -> None:
    made = Drawing()
    a, b = made.way([(0, 0), (100, 0), (100, 100)]), made.way([(100, 100), (0, 100), (0, 0)])
    made.ways[b][0][0], made.ways[b][0][-1] = made.ways[a][0][-1], made.ways[a][0][0]
    c = made.way([(500, 0), (600, 0)])
    made.relation([("way", a, "outer"), ("way", b, "outer")], type="multipolygon", building="yes")
    made.relation([("way", c, "")], type="multipolygon", natural="water")
    found, notices = osm_shapes.features(osm.parse(made.xml()))
    assert [f["geometry"].geom_type for f in found] == ["MultiPolygon"]
    assert [n.code for n in notices] == ["osm-open-ring"]


def test_missing_members_and_positions_are_noted_and_refused_in_strict_mode() -> None:
    data = (
        b'<osm version="0.6"><node id="1" lat="48.2" lon="-1.5"/><node id="3"/>'
        b'<way id="5"><nd ref="1"/><nd ref="2"/><tag k="aeroway" v="taxiway"/></way>'
        b'<way id="6" action="delete"><nd ref="1"/></way>'
        b'<relation id="8"><member type="way" ref="77" role=""/></relation></osm>'
    )
    found = osm.parse(data)
    assert [n.code for n in found.notices] == [
        "osm-no-position", "osm-missing-node", "osm-missing-member",
    ]  # fmt: skip
    assert list(found.ways) == [5]
    assert osm_shapes.features(found)[0] == []
    with pytest.raises(Malformed) as caught:
        osm.parse(data, mode="strict")
    assert (caught.value.code, caught.value.field) == ("osm-no-position", "lat/lon")
    assert caught.value.position.startswith("line 1 column ")


REFUSED = [
    (b"<osm><node id='1' lat='91' lon='0'/></osm>", "lat", "line 1 column 6"),
    (b"<osm>\n<node id='x' lat='1' lon='0'/></osm>", "id", "line 2 column 1"),
    (b"<osm><way id='1'><nd ref='a'/></way></osm>", "ref", "line 1 column 18"),
    (b"<osm><node id='1'", "document", "line 1 column 6"),
    (b"<gpx/>", "root", "line 1 column 1"),
    (b"", "document", "line 1 column 1"),
    (b'{"elements": 7}', "elements", "path elements"),
    (b'{"elements": [', "document", "line 1 column 15"),
    (b'{"elements": [5]}', "element", "path elements[0]"),
    (b'{"elements": [{"type": "node", "id": 1, "lat": "x", "lon": 1}]}', "lat", "path elements[0]"),
    (b'{"elements": [{"type": "way", "id": true}]}', "id", "path elements[0].id"),
    (b'{"elements": [{"type": "way", "id": 1, "nodes": 3}]}', "nodes", "path elements[0].nodes"),
    (b'{"elements": [{"type": "way", "id": 1, "tags": []}]}', "tags", "path elements[0].tags"),
]


@pytest.mark.parametrize(("data", "field", "position"), REFUSED)
def test_what_cannot_be_read_names_field_and_place(data: bytes, field: str, position: str) -> None:
    with pytest.raises(Malformed) as caught:
        osm.parse(data)
    assert (caught.value.field, caught.value.position) == (field, position)


def test_entities_and_sizes_are_refused() -> None:
    bomb = b'<!DOCTYPE osm [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><osm>&b;</osm>'
    with pytest.raises(Malformed) as caught:
        osm.parse(bomb)
    assert (caught.value.field, caught.value.position) == ("DOCTYPE", "line 1 column 15")
    with pytest.raises(TooLarge):
        osm.parse(airfield().xml(), max_bytes=100)
    with pytest.raises(Malformed, match="too deep"):
        osm.parse(b"<osm>" + b"<a>" * 10_000)


def test_the_forms_are_recognised() -> None:
    assert osm.recognise(airfield().xml()) > 0.9
    assert osm.recognise(airfield().overpass()) > 0.5
    assert osm.recognise(b'{"type": "FeatureCollection", "features": []}') == 0.0
    assert osm.recognise(b"") == 0.0


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
TAGS = st.dictionaries(WORDS.filter(bool), WORDS, max_size=3)


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Random elements whose ways and relations name what is there."""
    made = Drawing()
    places = draw(st.lists(st.tuples(st.floats(-3e3, 3e3), st.floats(-3e3, 3e3)), min_size=1))
    for place in places:
        made.node(place)
    for number in made.nodes:
        lat, lon, _ = made.nodes[number]
        made.nodes[number] = lat, lon, draw(TAGS)
    refs = st.sampled_from(sorted(made.nodes))
    for number in range(draw(st.integers(0, 3))):
        made.ways[number + 1001] = draw(st.lists(refs, max_size=6)), draw(TAGS)
    for number in range(draw(st.integers(0, 2))):
        members = draw(
            st.lists(st.tuples(st.just("way"), st.sampled_from([1001, *made.ways]), WORDS))
        )
        held = [member for member in members if member[1] in made.ways]
        made.relations[number + 9001] = held, {**draw(TAGS), "type": "multipolygon"}
    return made


@settings(max_examples=60)
@given(drawings())
def test_any_elements_are_read_alike_from_both_forms(made: Drawing) -> None:
    one, other = osm.parse(made.xml(), mode="strict"), osm.parse(made.overpass(), mode="strict")
    assert (one.nodes, one.ways, one.relations) == (other.nodes, other.ways, other.relations)
    assert {n: node.place for n, node in one.nodes.items()} == {
        n: (lat, lon) for n, (lat, lon, _) in made.nodes.items()
    }
    for feature in osm_shapes.features(one)[0]:
        assert feature["geometry"] is not None
        assert isinstance(feature["geometry"], Point | Polygon) or not feature["geometry"].is_empty


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_damaged_files_are_read_or_refused_with_a_place(seed: int) -> None:
    dice = random.Random(seed)
    for whole in (airfield().xml(), airfield().overpass()):
        for _ in range(15):
            data = bytearray(whole)
            for _ in range(dice.randint(1, 4)):
                at = dice.randrange(len(data))
                match dice.randrange(3):
                    case 0:
                        data[at] = dice.randrange(256)
                    case 1:
                        del data[at : at + dice.randint(1, 60)]
                    case _:
                        data[at:at] = dice.choice(
                            [b"<", b"</osm>", b'"', b"9" * 30, b"null", b"\0"]
                        )
            assert _placed(bytes(data))


def _placed(data: bytes) -> bool:
    try:
        osm_shapes.features(osm.parse(data))
    except Malformed as fault:
        return bool(fault.field) and fault.position.startswith(("line ", "path "))
    return True


def test_a_point_that_tells_who_the_airport_is_counts_as_read(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.node((0, 0), aeroway="aerodrome", icao="LFZZ", iata="FZZ", name="Field")
    drawing.way([(0, -600), (0, 600)], aeroway="runway", ref="18/36")
    file = tmp_path / "field.osm"
    file.write_bytes(drawing.xml())
    _, manifest = exchange.read(file, icao="LFZZ", valid_from=date(2026, 5, 1))
    assert (manifest["iata"], manifest["notices"]) == ("FZZ", [])
