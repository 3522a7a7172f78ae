"""Reads the buildings of a CityJSON file (1.0 to 2.0) for our building layer.

A footprint is the union of the faces that are called GroundSurface, else of all faces seen from above;
a height is that of the highest corner above the lowest. Materials, textures, other kinds of objects and
appearance are not read. CityJSON 2.0 is OGC 20-072r5. A sequence (CityJSONSeq: a head, then one
``CityJSONFeature`` a line) is read as one file.

Notices: ``cityjson-no-area``: a building none of whose faces covers any ground; left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from service_bus import Malformed, Notice, TooLarge
from spatiotemporal.airport_model.exchange import json_records
from spatiotemporal.airport_model.exchange.grids import Grid

FORMAT: Final = "cityjson"
MOST_BYTES: Final = 256 << 20
VERSIONS: Final = ("1.0", "1.1", "2.0")
KINDS: Final = frozenset({"Building", "BuildingPart"})
DEPTHS: Final[Mapping[str, int]] = {
    "MultiSurface": 0, "CompositeSurface": 0, "Solid": 1, "MultiSolid": 2, "CompositeSolid": 2,
}  # fmt: skip
"""How many lists lie round the list of faces."""

_EPSG = re.compile(r"EPSG(?:/\d+/|::?|:[\d.]*:)(\d{4,6})$")
_USES = (
    ("terminal", "terminal"), ("hangar", "hangar"), ("cargo", "cargo"), ("tower", "tower"),
    ("tank", "tank"), ("park", "parking"), ("transport", "transport"),
)  # fmt: skip

Ring = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CityBuilding:
    """A building with its parts.

    Attributes:
        footprint: in the file's coordinate system.
        ground, top: lowest and highest corner, metres of the file's heights.
    """

    id: str
    attributes: Mapping[str, Any]
    footprint: BaseGeometry
    ground: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CityFile:
    """A file as read.

    Attributes:
        crs: ``EPSG:number``; "" when the file tells none.
    """

    crs: str
    buildings: tuple[CityBuilding, ...]
    notices: tuple[Notice, ...]
    original: bytes


def recognise(data: bytes) -> float:
    """How surely these bytes are CityJSON."""
    head = data[:2000] + data[-2000:]
    # Writers that sort members put the objects first and the type somewhere in the middle.
    return 0.9 if b'"CityJSON"' in head or b'"CityObjects"' in head else 0.0


def parse(data: bytes, *, max_bytes: int = MOST_BYTES) -> CityFile:
    """Read a file.

    Raises:
        TooLarge: it is larger than ``max_bytes``.
        Malformed: not CityJSON, or boundaries that point nowhere; names member and path.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "CityJSON file")
    head, features = _texts(data)
    if head.get("type") != "CityJSON":
        _fault("is no CityJSON", "type", "path type")
    if head.get("version") not in VERSIONS:
        _fault(f"is none of {', '.join(VERSIONS)}", "version", "path version")
    notices: list[Notice] = []
    buildings = [
        building for text in (head, *features) for building in _buildings(text, head, notices)
    ]
    return CityFile(
        crs=_system(head), buildings=tuple(buildings), notices=tuple(notices), original=data
    )


def _texts(data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The file's head, and the features that follow it in a sequence."""
    if json_records.recognise(data) < 0.5:
        try:
            document = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError as error:
            _fault("not JSON", "document", f"line {error.lineno} column {error.colno}")
        return (document if isinstance(document, dict) else {}), []
    texts: list[dict[str, Any]] = []
    for record in json_records.read(data):
        kind = "CityJSONFeature" if texts else "CityJSON"
        if record.document is None or record.document.get("type") != kind:
            _fault(f"is no {kind}", "type", f"line {record.line}")
        texts.append(record.document)
    return texts[0], texts[1:]


def _buildings(
    document: dict[str, Any], head: dict[str, Any], notices: list[Notice]
) -> Iterable[CityBuilding]:
    objects = _objects(document)
    vertices = _vertices(document, head)
    for name, told in objects.items():
        if told.get("type") == "Building":
            found = _building(name, told, objects, vertices)
            if found is None:
                text = f"building {name[:60]} covers no ground; left out"
                place = f"path CityObjects.{name[:60]}"
                notices.append(
                    Notice(code="cityjson-no-area", field="geometry", position=place, text=text)
                )
            else:
                yield found


def features(city: CityFile, system: Grid) -> list[dict[str, Any]]:
    """The buildings as features of our layer, WGS84."""
    return [
        {"geometry": system.into(one.footprint), "properties": _properties(one)}
        for one in city.buildings
    ]


def _properties(building: CityBuilding) -> dict[str, object]:
    told = building.attributes
    storeys = told.get("storeysAboveGround")
    words = " ".join(str(told.get(name, "")) for name in ("usage", "function", "class")).lower()
    plain = {k: v for k, v in told.items() if isinstance(v, str | int | float | bool)}
    return {
        **plain,
        "id": building.id,
        "use": next((use for word, use in _USES if word in words), "service"),
        "height_m": round(building.top - building.ground, 2),
        **({"storeys": storeys} if isinstance(storeys, int) else {}),
    }


def _fault(reason: str, field: str, position: str) -> NoReturn:
    raise Malformed(FORMAT, reason, field=field, position=position, code="cityjson-form")


def _objects(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    objects = document.get("CityObjects")
    if not isinstance(objects, dict):
        _fault("is no object", "CityObjects", "path CityObjects")
    for name, told in objects.items():
        if not isinstance(told, dict):
            _fault("is no object", "CityObject", f"path CityObjects.{name[:60]}")
    return objects


def _vertices(document: dict[str, Any], head: dict[str, Any]) -> Ring:
    """Corners of a text; those of a feature are scaled as the head of the file says."""
    try:
        rows = np.asarray(document.get("vertices"), dtype=np.float64).reshape(-1, 3)
        transform = head.get("transform") or {"scale": [1, 1, 1], "translate": [0, 0, 0]}
        scale = np.asarray(transform["scale"], dtype=np.float64).reshape(3)
        shift = np.asarray(transform["translate"], dtype=np.float64).reshape(3)
    except (ValueError, TypeError, KeyError):
        _fault("are no rows of three numbers", "vertices or transform", "path vertices")
    placed: Ring = rows * scale + shift
    if not np.isfinite(placed).all():
        _fault("are not all finite", "vertices", "path vertices")
    return placed


def _system(document: dict[str, Any]) -> str:
    metadata = document.get("metadata")
    told = metadata.get("referenceSystem", "") if isinstance(metadata, dict) else ""
    found = _EPSG.search(str(told))
    return f"EPSG:{found.group(1)}" if found else ""


def _building(
    name: str, told: dict[str, Any], objects: dict[str, dict[str, Any]], vertices: Ring
) -> CityBuilding | None:
    parts = [told]
    children = told.get("children")
    for child in children if isinstance(children, list) else []:
        part = objects.get(str(child))
        if part is not None and part.get("type") == "BuildingPart":
            parts.append(part)
    ground: list[Polygon] = []
    seen: list[Polygon] = []
    heights: list[float] = []
    for part in parts:
        for rings, meaning in _faces(name, part, vertices):
            heights += [float(ring[:, 2].min()) for ring in rings]
            heights += [float(ring[:, 2].max()) for ring in rings]
            flat = Polygon(rings[0][:, :2], [ring[:, :2] for ring in rings[1:]])
            if flat.area > 0.01:
                (ground if meaning == "GroundSurface" else seen).append(flat)
    if not (ground or seen):
        return None
    attributes = told.get("attributes")
    whole = shapely.union_all([shapely.make_valid(one) for one in ground or seen])
    return CityBuilding(
        id=name,
        attributes=attributes if isinstance(attributes, dict) else {},
        footprint=whole,
        ground=min(heights),
        top=max(heights),
    )


def _faces(name: str, part: dict[str, Any], vertices: Ring) -> Iterable[tuple[list[Ring], str]]:
    """Rings and meaning of every face of the part's most detailed geometry."""
    listed = part.get("geometry")
    usable = [g for g in listed if isinstance(g, dict)] if isinstance(listed, list) else []
    usable = [g for g in usable if g.get("type") in DEPTHS]
    if not usable:
        return
    best = max(usable, key=lambda g: str(g.get("lod", "")))
    at = f"path CityObjects.{name[:60]}.geometry"
    faces = _unwrapped(best.get("boundaries"), DEPTHS[best["type"]], at)
    semantics = best.get("semantics")
    meanings = _meanings(semantics if isinstance(semantics, dict) else {}, DEPTHS[best["type"]])
    for number, face in enumerate(faces):
        if not isinstance(face, list) or not face:
            _fault("a face is no list of rings", "boundaries", at)
        rings = [_ring(ring, vertices, at) for ring in face]
        yield rings, meanings[number] if number < len(meanings) else ""


def _unwrapped(value: object, depth: int, at: str) -> list[object]:
    found = value
    for _ in range(depth):
        if not isinstance(found, list) or not all(isinstance(one, list) for one in found):
            _fault("are not nested as the type asks", "boundaries", at)
        found = [inner for one in found for inner in one]
    if not isinstance(found, list):
        _fault("are no list", "boundaries", at)
    return found


def _ring(value: object, vertices: Ring, at: str) -> Ring:
    if not isinstance(value, list) or len(value) < 3:
        _fault("a ring has fewer than three corners", "boundaries", at)
    if not all(type(n) is int and 0 <= n < len(vertices) for n in value):
        _fault("a ring points at no vertex", "boundaries", at)
    found: Ring = vertices[value]
    return found


def _meanings(semantics: Mapping[str, Any], depth: int) -> Sequence[str]:
    """Names of the faces' meanings; empty where they are not told soundly."""
    surfaces: Any = semantics.get("surfaces")
    values: Any = semantics.get("values")
    try:
        for _ in range(depth):
            values = [inner for one in values for inner in one]
        return [str(surfaces[v]["type"]) if v is not None else "" for v in values]
    except (TypeError, KeyError, IndexError):
        return ()
