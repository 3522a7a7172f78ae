"""Damaged files of other airports: an import refuses them with a sentence, or makes an airport of them.

Whatever is made then goes the whole way: graph, layers, checks, scene. Nothing crashes on the way.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_bus import BusError
from spatiotemporal.airport_model import AirportModel, ModelStore, check, exchange, install
from spatiotemporal.scene import build_tiles, city_model
from tests.unit.spatiotemporal.airport_model.assembled import airfields
from tests.unit.spatiotemporal.airport_model.exchange.mapped import airfield

SINCE = date(2026, 5, 1)
SCRAPS = ("", "-", "0", "-0.0", "1e9", "XYZ", "9" * 12, "nan", "120", "1202", "99", "\n")


def damaged(text: str, dice: random.Random) -> str:
    """Some words exchanged, some lines lost, doubled or put elsewhere."""
    lines = text.split("\n")
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(3, len(lines))
        words = lines[at].split(" ")
        match dice.randrange(5):
            case 0:
                words[dice.randrange(len(words))] = dice.choice(SCRAPS)
                lines[at] = " ".join(words)
            case 1:
                del lines[at]
            case 2:
                lines.insert(dice.randrange(3, len(lines)), lines[at])
            case 3:
                words[dice.randrange(len(words))] = f"{dice.uniform(-33.25, -33.15):.8f}"
                lines[at] = " ".join(words)
            case _:
                lines[at] = lines[at][: dice.randrange(len(lines[at]) + 1)]
    return "\n".join(lines)


def made_of(file: Path, icao: str) -> AirportModel | None:
    """The airport of a file; nothing when the import says why not."""
    home = file.parent / "airports"
    try:
        layers, manifest = exchange.read(file, icao=icao, valid_from=SINCE)
        install(home, icao, layers, manifest, alone=True)
    except BusError as fault:
        assert str(fault)  # noqa: PT017
        return None
    return ModelStore(own=home).model(icao)


def goes_the_whole_way(model: AirportModel) -> None:
    assert model.layers
    check(model.airport)
    assert model.road_graph is not None
    assert build_tiles(model.airport)
    assert city_model(model.airport)


@pytest.mark.parametrize("style", sorted(airfields.STYLES))
@settings(max_examples=3)
@given(seed=st.integers(0, 100_000))
def test_a_damaged_apt_dat_is_refused_or_becomes_an_airport(
    style: str, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    dice = random.Random(seed)
    text = airfields.STYLES[style]()
    file = tmp_path_factory.mktemp("import") / "apt.dat"
    file.write_text(damaged(text, dice))
    icao = "ZZNE" if "ZZNE" in text else "XNEW"
    model = made_of(file, icao)
    if model is not None:
        goes_the_whole_way(model)


@settings(max_examples=5)
@given(seed=st.integers(0, 100_000))
def test_a_damaged_map_is_refused_or_becomes_an_airport(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    dice = random.Random(seed)
    made = airfield()
    for _ in range(dice.randint(1, 8)):
        number = dice.choice(sorted(made.nodes))
        lat, lon, tags = made.nodes[number]
        match dice.randrange(4):
            case 0:
                del made.nodes[number]
            case 1:
                made.nodes[number] = lat + dice.uniform(-0.01, 0.01), lon, tags
            case 2:
                refs, told = made.ways[dice.choice(sorted(made.ways))]
                dice.shuffle(refs)
                told.update({dice.choice(["ref", "width", "height"]): dice.choice(SCRAPS)})  # type: ignore[attr-defined]
            case _:
                made.nodes[number] = *made.nodes[dice.choice(sorted(made.nodes))][:2], tags
    file = tmp_path_factory.mktemp("import") / "field.osm"
    file.write_bytes(made.xml())
    model = made_of(file, "LFZZ")
    if model is not None:
        goes_the_whole_way(model)
