"""Text that breaks the rules is refused with the file and the key at fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from spatiotemporal.airport_model import DescriptionFault, UnknownAirport, load_airport
from spatiotemporal.airport_model.description import AIRPORTS

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Copies the description of Hongqiao with one piece of text replaced."""

    def edit(file: str, old: str, new: str) -> Path:
        shutil.copytree(AIRPORTS / "zsss", tmp_path / "zsss")
        path = tmp_path / "zsss" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return tmp_path

    return edit


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "reason"),
    [
        ("airport.toml", "width_m = 60", "width_m = 0", "runways[0].width_m", "above 0"),
        ("airport.toml", 'iata = "SHA"', 'iata = ""', "identity.iata", "is empty"),
        ("airport.toml", "width_m = 60", "widht_m = 60", "runways[0].width_m", "missing"),
        ("airport.toml", "pad_m = 100", "pad = 100", "runways[0].pad", "unknown key"),
        ("airport.toml", "[0, 0]", "[0]", "runways[0].centre", "expected 2 numbers"),
        ("airport.toml", '"18R/36L"', '"18R"', "runways[0].name", "both designators"),
        ("airport.toml", "2026-01-01", '"x"', "provenance.valid_from", "a date"),
        ("airport.toml", "T2 = {", "T3 = {", "counts.T2", "missing"),
        ("taxiways.toml", '"18R/36L"', '"09/27"', "taxiways[0].beside", "no runway"),
        ("taxiways.toml", "[[605, 1480]", '["A/B"', "taxiways[3].points[0]", "no junction"),
        ("aprons.toml", 'codes = "EEE CCC"', 'codes = "EEE CCX"', "stand_rows[0].codes", "'X'"),
        ("aprons.toml", 'lane = "L1"', 'lane = "L99"', "stand_rows[0].lane", "no taxiway"),
        ("aprons.toml", "start = [-380, 592]", "start = [-200, 592]", "stand_rows[0].lane", "212"),
        ("buildings.toml", 'use = "terminal"', 'use = "castle"', "buildings[0].use", "one of"),
        ("roads.toml", 'zone = "apron"', 'zone = "motorway"', "roads[0].zone", "one of"),
        ("roads.toml", "[zones]", "[zone]", "zones", "missing"),
        ("airport.toml", "31.198207", "95.0", "frame.latitude", "from -90 to 90"),
        ("airport.toml", "31.198207", "nan", "frame.latitude", "finite"),
        ("airport.toml", "length_m = 3300", "length_m = inf", "runways[0].length_m", "finite"),
        ("airport.toml", "[304, 309]", "[-304, 309]", "runways[0].displaced_m", "below 0"),
        ("airport.toml", "[-450, 2100]", "[-450, nan]", "boundary[0]", "in metres"),
        ("airport.toml", "[-350, 2300]", "[3000, -2300]", "boundary", "no simple outline"),
        ("airport.toml", "Asia/Shanghai", "Asia/Shanghay", "identity.time_zone", "Shanghay"),
        ("airport.toml", 'icao = "ZSSS"', 'icao = "ZSPD"', "identity.icao", "one of ZSSS"),
        ("airport.toml", "RA2 = { C = 5 }", "RA2 = { C = 5.5 }", "counts.RA2.C", "whole"),
        ("aprons.toml", "first = 212", "first = 212.5", "stand_rows[0].first", "whole"),
        ("aprons.toml", "{ 238A = [", "{ 238B = [", "stand_rows[11].excludes.238B", "no stand"),
        ("buildings.toml", "storeys = 4", "storeys = 0", "buildings[0].storeys", "1 or more"),
        ("buildings.toml", "[-880, 395]", "[-838, -395]", "buildings[0].outline", "no simple"),
    ],
)  # fmt: skip
def test_a_fault_names_file_key_and_reason(
    edited: Edit, file: str, old: str, new: str, key: str, reason: str
) -> None:
    folder = edited(file, old, new)
    with pytest.raises(DescriptionFault) as caught:
        load_airport("ZSSS", folder=folder)
    assert (caught.value.file, caught.value.key) == (f"zsss/{file}", key)
    assert reason in caught.value.reason


def test_a_file_that_is_no_toml_is_named(edited: Edit) -> None:
    folder = edited("roads.toml", "roads = [", "roads = {")
    with pytest.raises(DescriptionFault, match=r"zsss/roads\.toml.*not TOML"):
        load_airport("ZSSS", folder=folder)


def test_a_missing_file_is_named(edited: Edit) -> None:
    folder = edited("roads.toml", "roads = [", "roads = [")
    (folder / "zsss" / "roads.toml").unlink()
    with pytest.raises(DescriptionFault, match=r"zsss/roads\.toml.*no such file"):
        load_airport("ZSSS", folder=folder)


def test_an_airport_without_description_is_unknown() -> None:
    with pytest.raises(UnknownAirport, match="described are ZSPD, ZSSS"):
        load_airport("EGLL")


def test_junctions_can_be_named(edited: Edit) -> None:
    folder = edited("taxiways.toml", "taxiways = [", "taxiways = [")
    path = folder / "zsss" / "taxiways.toml"
    text = path.read_text("utf-8").replace("[[605, 1480], [605, -1600]]", '["north", [605, -1600]]')
    path.write_text(f"{text}\n[junctions]\nnorth = [605, 1480]\n", "utf-8")
    assert load_airport("ZSSS", folder=folder) == load_airport("ZSSS")
