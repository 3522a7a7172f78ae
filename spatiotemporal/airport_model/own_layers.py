"""An operator's own layers, which replace those drawn from a description, or make an airport alone.

``airport-brain airport import --replace`` writes them: one GeoJSON file per layer, WGS84, and
``manifest.json`` below ``airports/ICAO/`` in the data folder. Where an airport has a description, a
layer that is there is served instead of ours, whole, and graphs and checks stay those of the
description. Where it has none, or where the manifest says ``"alone": true``, everything is made of
these layers (:mod:`spatiotemporal.airport_model.assembled`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import orjson
import shapely
from shapely.geometry import shape

from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.generator import LAYERS, FeatureCollection, Layer
from spatiotemporal.airport_model.provenance import Label

MANIFEST = "manifest.json"

TITLES = {
    "stand_location": ("机位点", "Stand locations"),
    "stand_line": ("机位线", "Stand lines"),
    "runway_line": ("跑道中线", "Runway centre lines"),
    "hold_position": ("等待点", "Holding points"),
    "helipad_location": ("直升机坪点", "Helipad locations"),
    "gate": ("登机口", "Gates"),
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


def airports_in(folder: Path | None) -> tuple[str, ...]:
    """Codes of the airports that a folder has layers of, sorted."""
    if folder is None or not folder.is_dir():
        return ()
    homes = (home for home in folder.iterdir() if home.is_dir())
    return tuple(sorted(home.name for home in homes if any(home.glob("*.geojson"))))


def write(
    folder: Path,
    icao: str,
    collections: Mapping[str, FeatureCollection],
    *,
    manifest: Mapping[str, object] | None = None,
    whole: bool = False,
) -> list[Path]:
    """Put layers in their place.

    Args:
        manifest: who the airport is; see :class:`assembled.Identity`.
        whole: take layers away that lie there and are not among these.

    Raises:
        OSError: the folder cannot be written.
    """
    home = folder_of(folder, icao)
    home.mkdir(parents=True, exist_ok=True)
    written = [_put(home / f"{name}.geojson", one) for name, one in collections.items()]
    if manifest is not None:
        written.append(_put(home / MANIFEST, manifest))
    if whole:
        for path in home.glob("*.geojson"):
            if path not in written:
                path.unlink()
    return written


def _put(path: Path, told: Mapping[str, object]) -> Path:
    draft = path.with_suffix(".part")
    draft.write_bytes(orjson.dumps(told))
    draft.replace(path)
    return path


def forget(folder: Path, icao: str) -> int:
    """Take an airport's own layers and manifest away; how many files there were.

    Raises:
        OSError: the folder cannot be written.
    """
    home = folder_of(folder, icao)
    files = [*home.glob("*.geojson"), *home.glob(MANIFEST)] if home.is_dir() else []
    for path in files:
        path.unlink()
    return len(files)


def stamp(folder: Path | None, icao: str) -> str:
    """Changes whenever an import has put or taken layers; "" when there are none."""
    if folder is None:
        return ""
    try:
        return str(folder_of(folder, icao).stat().st_mtime_ns)
    except OSError:
        return ""


def manifest(folder: Path | None, icao: str) -> dict[str, object]:
    """What the manifest says; empty when there is none.

    Raises:
        UnreadableLayers: it is no JSON object.
    """
    path = folder_of(folder, icao) / MANIFEST if folder is not None else None
    if path is None or not path.is_file():
        return {}
    try:
        told = orjson.loads(path.read_bytes())
    except ValueError as error:
        raise UnreadableLayers(str(path), "is no JSON") from error
    if not isinstance(told, dict):
        raise UnreadableLayers(str(path), "is no JSON object")
    return told


def read(folder: Path | None, icao: str) -> dict[str, FeatureCollection]:
    """The layers that an operator has put there, by name; none when there is no such folder.

    Raises:
        UnreadableLayers: a file that is no feature collection of shapes in degrees.
    """
    if folder is None:
        return {}
    found: dict[str, FeatureCollection] = {}
    for path in sorted(folder_of(folder, icao).glob("*.geojson")):
        try:
            collection = orjson.loads(path.read_bytes())
        except ValueError as error:
            raise UnreadableLayers(str(path), "is no GeoJSON feature collection") from error
        found[path.stem] = checked(path, collection)
    return found


def checked(path: Path, collection: object) -> FeatureCollection:
    """A collection whose features all have an id, names and a shape in degrees.

    Raises:
        UnreadableLayers: it is none; names the file that it comes from or goes to.
    """
    listed = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(collection, dict) or listed is None:
        raise UnreadableLayers(str(path), "is no GeoJSON feature collection")
    if not isinstance(listed, list):
        raise UnreadableLayers(str(path), "its features are no list")
    features = [_sound(path, n, one) for n, one in enumerate(listed, start=1)]
    return {**collection, "features": features}


def _sound(path: Path, number: int, feature: object) -> dict[str, object]:
    """A feature with an id, properties and a shape in degrees."""
    try:
        assert isinstance(feature, dict)
        drawn = shape(feature["geometry"])
        west, south, east, north = drawn.bounds
    except (AssertionError, shapely.errors.ShapelyError, KeyError, TypeError, ValueError,
            AttributeError, IndexError) as error:  # fmt: skip
        raise UnreadableLayers(str(path), f"feature {number} has no shape") from error
    if drawn.is_empty:
        raise UnreadableLayers(str(path), f"feature {number} has an empty shape")
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise UnreadableLayers(str(path), f"feature {number} does not lie in degrees")
    told = feature.get("properties")
    told = told if isinstance(told, dict) else {}
    key = str(feature.get("id") or told.get("id") or f"{path.stem}.{number}")
    names = {"name_zh": told.get("name_en") or key, "name_en": told.get("name_zh") or key}
    return {**feature, "id": key, "properties": {**names, **told, "id": key}}


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
