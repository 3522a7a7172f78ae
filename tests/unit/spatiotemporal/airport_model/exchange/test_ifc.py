"""IFC models: the text, the shapes of the envelope, where they lie, and every refusal."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.geometry import shape

from service_bus import Malformed, TooLarge
from spatiotemporal.airport_model import UnreadableLayers, exchange
from spatiotemporal.airport_model.exchange import ifc
from spatiotemporal.airport_model.exchange.ifc import step
from spatiotemporal.airport_model.frame import Frame
from tests.unit.spatiotemporal.airport_model.exchange.models import HEAD, TAIL, airport_model

SINCE = date(2026, 5, 1)
SITE = Frame(latitude=48.2, longitude=-1.5, bearing_deg=0.0)


@pytest.mark.parametrize("unit_mm", [False, True])
def test_envelopes_have_their_footprint_height_and_storeys(unit_mm: bool) -> None:
    terminal, hangar, tank = ifc.parse(airport_model(unit_mm=unit_mm)).buildings
    assert (terminal.name, terminal.id, terminal.storeys) == ("航站楼 Terminal 1", "T1guid", 3)
    assert terminal.footprint.area == pytest.approx(60 * 20 + 20 * 30, rel=1e-6)
    assert terminal.footprint.bounds == pytest.approx((100, 200, 160, 250), abs=1e-6)
    assert (terminal.low, terminal.high) == pytest.approx((0.0, 16.0))
    # Its x axis points north: 80 m of length go up the map, 40 m of width to the west.
    assert hangar.footprint.bounds == pytest.approx((260, 0, 300, 80), abs=1e-6)
    assert hangar.high - hangar.low == pytest.approx(14.0)
    assert tank.footprint.area == pytest.approx(3.1416 * 144, rel=0.02)


def test_what_is_not_read_is_told() -> None:
    model = ifc.parse(airport_model())
    assert {n.code for n in model.notices} == {"ifc-no-shape", "ifc-not-drawn"}
    assert any("IFCSWEPTDISKSOLID" in n.text for n in model.notices)


def test_a_model_lies_where_its_site_says() -> None:
    model = ifc.parse(airport_model())
    drawn = {f["properties"]["id"]: f["geometry"] for f in ifc.features(model)}
    west, south, east, north = SITE.into(drawn["T1guid"]).bounds
    assert (west, south, east, north) == pytest.approx((100, 200, 160, 250), abs=0.05)


def test_a_map_conversion_goes_before_the_site() -> None:
    model = ifc.parse(airport_model(on_map=True))
    drawn = {f["properties"]["id"]: f["geometry"] for f in ifc.features(model)}
    to_utm = Transformer.from_crs(4326, 32630, always_xy=True)
    lon, lat = shapely.get_coordinates(drawn["T1guid"]).T
    east, north = to_utm.transform(lon, lat)
    assert (min(east), min(north)) == pytest.approx((611_100, 5_339_700), abs=0.05)


def test_models_come_through_the_door_of_all_imports(tmp_path: Path) -> None:
    file = tmp_path / "buildings.ifc"
    file.write_bytes(airport_model(unit_mm=True))
    layers, manifest = exchange.read(file, icao="LFZZ", valid_from=SINCE)
    features: Any = layers["building"]["features"]
    told = {f["properties"]["use"]: f["properties"] for f in features}
    assert set(told) == {"terminal", "hangar", "tank"}
    assert (told["terminal"]["height_m"], told["terminal"]["storeys"]) == (16.0, 3)
    assert all(shape(f["geometry"]).is_valid for f in features)
    assert [n["code"] for n in manifest["notices"]] == ["ifc-no-shape", "ifc-not-drawn"]  # type: ignore[attr-defined]
    named, _ = exchange.read(file, icao="LFZZ", valid_from=SINCE, crs="EPSG:32630")
    assert named["building"]["features"] != features


def test_a_model_that_lies_nowhere_asks_for_a_system() -> None:
    data = airport_model().replace(b"(48,12,0,0),(-1,-30,0,0)", b"$,$")
    with pytest.raises(UnreadableLayers, match="--crs"):
        ifc.features(ifc.parse(data))


def text(rows: str) -> bytes:
    return (HEAD + rows + TAIL).encode()


def test_step_text_is_read_with_its_escapes_lists_and_types() -> None:
    rows = (
        "#1=IFCX('it''s',(1,2.5,(-3.E2)),$,*,.T.,#7,IFCLABEL('a'));/* #2=IFCY(); */\n#3=ifcz();\n"
    )
    found = step.read(text(rows).decode())
    assert found[1].kind == "IFCX"
    assert found[1].values == ("it's", (1.0, 2.5, (-300.0,)), None, None, "T", 7, "a")
    assert (found[3].kind, found[3].values) == ("IFCZ", ())
    assert step.decoded(r"\X\E9\S\i\\") == "éé\\"


REFUSED = [
    (b"", "ISO-10303-21", "line 1 column 1"),
    (HEAD.replace("DATA;", "").encode(), "DATA", "line 1 column 1"),
    (text("#1=IFCX(1;\n"), "list", "line 8 column 10"),
    (text("#1=IFCX(1)\n#2=IFCY();"), "sign", "line 9 column 1"),
    (text("IFCX();"), "instance", "line 8 column 1"),
    (text("#1=IFCX(\x01);"), "token", "line 8 column 9"),
    (text("#1=(IFCX());"), "type", "line 8 column 4"),
    (text("#1=IFCX(" + "(" * 100), "list", "line 8 column 73"),
    (text("#1=IFCX('open);"), "token", "line 8 column 9"),
]


@pytest.mark.parametrize(("data", "field", "position"), REFUSED)
def test_what_cannot_be_read_names_field_and_place(data: bytes, field: str, position: str) -> None:
    with pytest.raises(Malformed) as caught:
        ifc.parse(data)
    assert (caught.value.field, caught.value.position) == (field, position)


def test_sizes_are_capped_and_the_form_is_recognised() -> None:
    with pytest.raises(TooLarge):
        ifc.parse(airport_model(), max_bytes=100)
    assert ifc.recognise(airport_model()) > 0.9
    assert ifc.recognise(b"<ifcXML/>") == 0.0


def test_instances_that_go_in_circles_end() -> None:
    looped = airport_model().replace(b"IFCLOCALPLACEMENT($,", b"IFCLOCALPLACEMENT(#9,")
    assert len(ifc.parse(looped).buildings) <= 3


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_damaged_models_are_read_or_refused_with_a_place(seed: int) -> None:
    dice = random.Random(seed)
    whole = airport_model(unit_mm=bool(seed % 2), on_map=bool(seed % 3))
    for _ in range(4):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(data))
            match dice.randrange(3):
                case 0:
                    data[at] = dice.choice(b"0123456789#,()$'.EX")
                case 1:
                    del data[at : at + dice.randint(1, 30)]
                case _:
                    data[at:at] = dice.choice([b"#1", b"(", b")", b"1E300", b"'", b"$", b"9" * 60])
        assert _placed(bytes(data))


def _placed(data: bytes) -> bool:
    try:
        ifc.features(ifc.parse(data))
    except Malformed as fault:
        return bool(fault.field) and fault.position.startswith("line ")
    except (UnreadableLayers, LookupError) as fault:
        return bool(str(fault))
    return True
