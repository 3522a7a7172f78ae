"""Reads CityJSON 2.0 and holds it to the format's rules and to those of solids.

Members and version, transform, a reference system by its OGC address, vertices of whole numbers that
are all used, objects with parents and children that agree, boundaries that point at vertices, one
meaning per face, faces that are planar, shells that are closed and face outwards.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from spatiotemporal.scene.city import FORMAT, SEMANTICS
from spatiotemporal.scene.errors import BrokenModel

PLANAR_M = 0.01
REQUIRED = ("type", "version", "transform", "CityObjects", "vertices")


@dataclass(frozen=True, slots=True, kw_only=True)
class CitySolid:
    """A solid of a city object.

    Attributes:
        faces: rings of corners (n, 3), metres of the reference system.
    """

    owner: str
    faces: tuple[NDArray[np.float64], ...]
    meanings: tuple[str, ...]
    volume_m3: float


def read_city(data: bytes) -> list[CitySolid]:
    """All solids of a file.

    Raises:
        BrokenModel: a rule is broken; names the place.
    """
    document = orjson.loads(data)
    for name in REQUIRED:
        if name not in document:
            raise BrokenModel(FORMAT, name, "is missing")
    if (document["type"], document["version"]) != ("CityJSON", "2.0"):
        raise BrokenModel(FORMAT, "version", "is not CityJSON 2.0")
    system = document.get("metadata", {}).get("referenceSystem", "")
    if not system.startswith("https://www.opengis.net/def/crs/"):
        raise BrokenModel(FORMAT, "metadata.referenceSystem", f"{system!r} is no OGC address")
    vertices = _vertices(document)
    used: set[int] = set()
    solids: list[CitySolid] = []
    objects: dict[str, dict[str, Any]] = document["CityObjects"]
    for name, item in objects.items():
        _family(name, item, objects)
        for number, geometry in enumerate(item.get("geometry", ())):
            place = f"CityObjects.{name}.geometry[{number}]"
            solids.append(_solid(name, geometry, vertices, used, place))
    if len(used) != len(vertices):
        raise BrokenModel(FORMAT, "vertices", f"{len(vertices) - len(used)} are not used")
    return solids


def _vertices(document: dict[str, Any]) -> NDArray[np.float64]:
    rows = document["vertices"]
    if any(type(value) is not int for row in rows for value in row):
        raise BrokenModel(FORMAT, "vertices", "are not whole numbers")
    if len({tuple(row) for row in rows}) != len(rows):
        raise BrokenModel(FORMAT, "vertices", "repeat")
    transform = document["transform"]
    whole = np.array(rows, dtype=np.float64).reshape(-1, 3)
    scale, origin = (np.array(transform[k], dtype=np.float64) for k in ("scale", "translate"))
    found: NDArray[np.float64] = whole * scale + origin
    return found


def _family(name: str, item: dict[str, Any], objects: dict[str, dict[str, Any]]) -> None:
    place = f"CityObjects.{name}"
    if item.get("type") not in ("Building", "BuildingPart"):
        raise BrokenModel(FORMAT, f"{place}.type", f"{item.get('type')!r} is not expected")
    if (item["type"] == "BuildingPart") != ("parents" in item):
        raise BrokenModel(FORMAT, f"{place}.parents", "only parts have parents, and all do")
    for child in item.get("children", ()):
        if objects.get(child, {}).get("parents") != [name]:
            raise BrokenModel(FORMAT, f"{place}.children", f"{child} does not know its parent")
    for parent in item.get("parents", ()):
        if name not in objects.get(parent, {}).get("children", ()):
            raise BrokenModel(FORMAT, f"{place}.parents", f"{parent} does not know its child")


def _solid(
    owner: str,
    geometry: dict[str, Any],
    vertices: NDArray[np.float64],
    used: set[int],
    place: str,
) -> CitySolid:
    if geometry.get("type") != "Solid" or not str(geometry.get("lod", "")).startswith("2"):
        raise BrokenModel(FORMAT, place, "is not a solid of LoD2")
    (shell,) = geometry["boundaries"]
    surfaces = geometry["semantics"]["surfaces"]
    (values,) = geometry["semantics"]["values"]
    if len(values) != len(shell):
        raise BrokenModel(FORMAT, f"{place}.semantics.values", "one per face is expected")
    meanings = tuple(surfaces[value]["type"] for value in values)
    if set(meanings) - set(SEMANTICS):
        raise BrokenModel(FORMAT, f"{place}.semantics.surfaces", f"unknown {set(meanings)}")
    _closed(shell, len(vertices), place)
    used.update(corner for rings in shell for ring in rings for corner in ring)
    faces = [[vertices[ring] for ring in rings] for rings in shell]
    for number, rings in enumerate(faces):
        _planar(rings, f"{place}.boundaries[0][{number}]")
    volume = sum(_cone(ring, vertices[shell[0][0][0]]) for rings in faces for ring in rings)
    if volume <= 0:
        raise BrokenModel(FORMAT, f"{place}.boundaries", "faces look inwards")
    return CitySolid(
        owner=owner,
        faces=tuple(ring for rings in faces for ring in rings),
        meanings=meanings,
        volume_m3=volume,
    )


def _closed(shell: list[list[list[int]]], count: int, place: str) -> None:
    """Every edge is walked once each way."""
    edges: Counter[tuple[int, int]] = Counter()
    for rings in shell:
        for ring in rings:
            if len(ring) < 3 or min(ring) < 0 or max(ring) >= count:
                raise BrokenModel(FORMAT, f"{place}.boundaries", "a ring points at no vertices")
            edges.update(zip(ring, [*ring[1:], ring[0]], strict=True))
    for (a, b), times in edges.items():
        if times != 1 or edges[(b, a)] != 1:
            raise BrokenModel(FORMAT, f"{place}.boundaries", f"is open at the edge {a}-{b}")


def _planar(rings: list[NDArray[np.float64]], place: str) -> None:
    points = np.concatenate(rings)
    centred = points - points.mean(axis=0)
    _, spread, axes = np.linalg.svd(centred, full_matrices=False)
    if spread[1] < 1e-6 or np.abs(centred @ axes[2]).max() > PLANAR_M:
        raise BrokenModel(FORMAT, place, "is not a plane face")


def _cone(ring: NDArray[np.float64], apex: NDArray[np.float64]) -> float:
    """Signed volume between a face and a point."""
    points = ring - apex
    fan = np.cross(points[1:-1], points[2:])
    return float((points[0] * fan).sum() / 6.0)
