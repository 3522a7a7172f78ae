"""An operator's own layers are served in place of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spatiotemporal.airport_model import ModelStore, UnreadableLayers, write_own_layers


def collection(kind: str = "Point") -> dict[str, Any]:
    place: Any = [121.33, 31.2]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": "ZSSS.windsock.1", "properties": {},
             "geometry": {"type": kind, "coordinates": place}},
        ],
    }  # fmt: skip


def test_a_layer_of_the_operator_replaces_ours(tmp_path: Path) -> None:
    write_own_layers(tmp_path, "zsss", {"stand": collection(), "windsock": collection()})
    model = ModelStore(own=tmp_path).model("ZSSS")
    assert model.layer("stand").count == 1
    assert model.layer("stand").layer.title.zh == "机位"
    assert model.layer("windsock").layer.title.en == "Windsocks"
    assert model.layer("windsock").layer.geometry == "Point"
    assert model.layer("runway").count == 2
    assert list(model.layers)[-1] == "windsock"


def test_without_own_layers_ours_are_served(tmp_path: Path) -> None:
    assert ModelStore(own=tmp_path).model("ZSSS").layer("stand").count == 169


def test_a_file_that_holds_no_layer_is_named(tmp_path: Path) -> None:
    (tmp_path / "ZSSS").mkdir()
    (tmp_path / "ZSSS" / "stand.geojson").write_text("[]")
    with pytest.raises(UnreadableLayers, match="stand"):
        _ = ModelStore(own=tmp_path).model("ZSSS").layers
