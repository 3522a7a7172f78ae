"""An operator's own layers, which replace those drawn from a description.

``airport-brain airport import --replace`` writes them: one GeoJSON file per layer, WGS84, below
``airports/ICAO/`` in the data folder. A layer that is there is served instead of ours, whole; layers
that only the operator has are served as well. Graphs and checks stay those of the description.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.generator import LAYERS, FeatureCollection, Layer
from spatiotemporal.airport_model.provenance import Label

TITLES = {
    "stand_location": ("机位点", "Stand locations"),
    "marking": ("地面标志", "Markings"),
    "road_marking": ("车道标线", "Road markings"),
    "road_area": ("服务车道面", "Road areas"),
    "light_line": ("灯光线", "Lights"),
    "airfield_light": ("助航灯光", "Airfield lights"),
    "taxi_edge": ("滑行路网边", "Taxi network edges"),
    "taxi_node": ("滑行路网节点", "Taxi network nodes"),
    "sign": ("标记牌", "Signs"),
    "windsock": ("风向袋", "Windsocks"),
    "viewpoint": ("塔台视点", "Tower viewpoints"),
    "jet_bridge": ("登机桥", "Jet bridges"),
    "helipad": ("直升机坪", "Helipads"),
    "deicing_area": ("除冰区", "De-icing areas"),
    "construction_area": ("施工区", "Works"),
    "hotspot": ("热点区", "Hot spots"),
    "frequency_area": ("频率区", "Frequency areas"),
    "water": ("水体", "Water"),
}
"""Chinese and English titles of layers that descriptions do not draw."""


def folder_of(folder: Path, icao: str) -> Path:
    """Where the layers of an airport lie below the folder of all."""
    return folder / icao.upper()


def write(folder: Path, icao: str, collections: dict[str, FeatureCollection]) -> list[Path]:
    """Put layers in their place; others that lie there stay.

    Raises:
        OSError: the folder cannot be written.
    """
    home = folder_of(folder, icao)
    home.mkdir(parents=True, exist_ok=True)
    written = []
    for name, collection in collections.items():
        path = home / f"{name}.geojson"
        draft = path.with_suffix(".part")
        draft.write_bytes(orjson.dumps(collection))
        draft.replace(path)
        written.append(path)
    return written


def read(folder: Path | None, icao: str) -> dict[str, FeatureCollection]:
    """The layers that an operator has put there, by name; none when there is no such folder.

    Raises:
        UnreadableLayers: a file that is no feature collection.
    """
    if folder is None:
        return {}
    found: dict[str, FeatureCollection] = {}
    for path in sorted(folder_of(folder, icao).glob("*.geojson")):
        try:
            collection = orjson.loads(path.read_bytes())
            listed = collection["features"]
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableLayers(str(path), "is no GeoJSON feature collection") from error
        if not isinstance(listed, list):
            raise UnreadableLayers(str(path), "its features are no list")
        found[path.stem] = collection
    return found


def layer(name: str, collection: FeatureCollection) -> Layer:
    """How a layer is listed: under the title that it has in descriptions, or one of its own."""
    known = next((one for one in LAYERS if one.name == name), None)
    if known is not None:
        return known
    zh, en = TITLES.get(name, (name, name.replace("_", " ").capitalize()))
    features = collection["features"]
    assert isinstance(features, list)
    kind = features[0]["geometry"]["type"] if features else "Geometry"
    return Layer(name=name, title=Label(zh=zh, en=en), geometry=kind)
