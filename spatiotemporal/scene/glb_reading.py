"""Reads binary glTF 2.0 and holds it to the format's rules, for checks of what was written.

Written apart from the writer and from the standard's text, so that a mistake of one is seen by the
other: container, references, ranges and alignment of buffers, bounds of positions, indices, tree of
nodes, feature numbers and their table.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from spatiotemporal.scene.errors import BrokenModel
from spatiotemporal.scene.glb import BIN_CHUNK, FORMAT, JSON_CHUNK, MAGIC

COMPONENTS = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}
KNOWN_EXTENSIONS = {"EXT_mesh_features", "EXT_structural_metadata"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Primitive:
    """Triangles of one material.

    Attributes:
        points: (n, 3), ``z`` up again.
        numbers: feature number of each point, or None.
    """

    node: str
    material: str
    points: NDArray[np.float64]
    triangles: NDArray[np.int64]
    numbers: NDArray[np.int64] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GlbModel:
    """A file's content.

    Attributes:
        table: the feature table, one list per property.
        extras: of each node, by name.
    """

    primitives: tuple[Primitive, ...]
    table: dict[str, list[str]]
    extras: dict[str, dict[str, Any]]

    @property
    def points(self) -> NDArray[np.float64]:
        """All points (n, 3), ``z`` up."""
        return np.concatenate([part.points for part in self.primitives] or [np.empty((0, 3))])


def read_glb(data: bytes) -> GlbModel:
    """Read a file and check it.

    Raises:
        BrokenModel: a rule is broken; names the place.
    """
    document, binary = _container(data)
    return _Reader(document, binary).model()


def _container(data: bytes) -> tuple[dict[str, Any], bytes]:
    if len(data) < 20 or data[:4] != MAGIC:
        raise BrokenModel(FORMAT, "byte 0", "no glTF header")
    version, length = struct.unpack_from("<II", data, 4)
    if version != 2 or length != len(data):
        raise BrokenModel(FORMAT, "byte 4", f"version {version}, length {length} of {len(data)}")
    chunks: list[tuple[int, bytes]] = []
    at = 12
    while at < len(data):
        size, kind = struct.unpack_from("<II", data, at)
        if size % 4 or at + 8 + size > len(data):
            raise BrokenModel(FORMAT, f"byte {at}", f"chunk of {size} bytes does not fit")
        chunks.append((kind, data[at + 8 : at + 8 + size]))
        at += 8 + size
    if [kind for kind, _ in chunks] not in ([JSON_CHUNK], [JSON_CHUNK, BIN_CHUNK]):
        raise BrokenModel(FORMAT, "chunks", "not one JSON chunk and at most one buffer")
    return orjson.loads(chunks[0][1]), chunks[1][1] if len(chunks) > 1 else b""


class _Reader:
    def __init__(self, document: dict[str, Any], binary: bytes) -> None:
        self._document = document
        self._binary = binary

    def model(self) -> GlbModel:
        document = self._document
        if document.get("asset", {}).get("version") != "2.0":
            raise BrokenModel(FORMAT, "asset.version", "is not 2.0")
        used = set(document.get("extensionsUsed", ()))
        if used - KNOWN_EXTENSIONS or document.get("extensionsRequired"):
            raise BrokenModel(FORMAT, "extensionsUsed", f"unknown {sorted(used)}")
        self._check_buffer()
        table = self._table()
        size = len(next(iter(table.values()), []))
        return GlbModel(
            primitives=tuple(self._primitives(size)),
            table=table,
            extras={n["name"]: n.get("extras", {}) for n in document.get("nodes", ())},
        )

    def _check_buffer(self) -> None:
        buffers = self._document.get("buffers", [])
        declared = buffers[0]["byteLength"] if buffers else 0
        if len(buffers) > 1 or not declared <= len(self._binary) <= declared + 3:
            raise BrokenModel(FORMAT, "buffers[0].byteLength", f"{declared} of {len(self._binary)}")
        for at, view in enumerate(self._document.get("bufferViews", ())):
            if view["byteOffset"] + view["byteLength"] > declared or view["byteLength"] < 1:
                raise BrokenModel(FORMAT, f"bufferViews[{at}]", "outside the buffer")

    def _primitives(self, table_size: int) -> list[Primitive]:
        document = self._document
        found = []
        for number in self._reachable():
            node = document["nodes"][number]
            if "mesh" not in node:
                continue
            place = f"meshes[{node['mesh']}]"
            mesh = self._one("meshes", node["mesh"], f"nodes[{number}].mesh")
            found += [
                self._primitive(node["name"], part, f"{place}.primitives[{at}]", table_size)
                for at, part in enumerate(mesh["primitives"])
            ]
        return found

    def _reachable(self) -> list[int]:
        """Nodes of the scene, each once; a tree has no node with two parents."""
        scene = self._one("scenes", self._document["scene"], "scene")
        waiting: list[int] = list(scene["nodes"])
        seen: list[int] = []
        while waiting:
            number = waiting.pop(0)
            if number in seen:
                raise BrokenModel(FORMAT, f"nodes[{number}]", "has two parents")
            seen.append(number)
            waiting += self._one("nodes", number, "scene.nodes").get("children", ())
        return seen

    def _one(self, kind: str, number: int, place: str) -> dict[str, Any]:
        items: Sequence[dict[str, Any]] = self._document.get(kind, ())
        if not 0 <= number < len(items):
            raise BrokenModel(FORMAT, place, f"there is no {kind}[{number}]")
        return items[number]

    def _primitive(self, node: str, part: dict[str, Any], place: str, rows: int) -> Primitive:
        if part.get("mode", 4) != 4:
            raise BrokenModel(FORMAT, f"{place}.mode", "is not triangles")
        points = self._positions(part["attributes"]["POSITION"], f"{place}.attributes.POSITION")
        indices = self._values(part["indices"], f"{place}.indices").astype(np.int64)
        if indices.size % 3 or indices.size == 0 or indices.max() >= len(points):
            raise BrokenModel(FORMAT, f"{place}.indices", "not triangles of the points")
        material = self._one("materials", part["material"], f"{place}.material")
        return Primitive(
            node=node,
            material=material["name"],
            points=np.column_stack([points[:, 0], -points[:, 2], points[:, 1]]),
            triangles=indices.reshape(-1, 3),
            numbers=self._numbers(part, len(points), place, rows),
        )

    def _positions(self, number: int, place: str) -> NDArray[np.float64]:
        accessor = self._one("accessors", number, place)
        points = self._values(number, place).astype(np.float64)
        if points.ndim != 2 or points.shape[1] != 3 or not np.isfinite(points).all():
            raise BrokenModel(FORMAT, place, "not finite points")
        low, high = points.min(axis=0), points.max(axis=0)
        if not (np.allclose(low, accessor["min"]) and np.allclose(high, accessor["max"])):
            raise BrokenModel(FORMAT, place, "min and max are not the bounds")
        return points

    def _numbers(
        self, part: dict[str, Any], count: int, place: str, rows: int
    ) -> NDArray[np.int64] | None:
        features = part.get("extensions", {}).get("EXT_mesh_features")
        if features is None:
            return None
        (ids,) = features["featureIds"]
        name = f"_FEATURE_ID_{ids['attribute']}"
        numbers = self._values(part["attributes"][name], f"{place}.{name}").astype(np.int64)
        if len(numbers) != count or numbers.min() < 0 or numbers.max() >= rows:
            raise BrokenModel(FORMAT, f"{place}.{name}", "not numbers of the table's rows")
        if ids["featureCount"] != len(np.unique(numbers)):
            raise BrokenModel(FORMAT, f"{place}.featureCount", "is not the count")
        return numbers

    def _values(self, number: int, place: str) -> NDArray[Any]:
        accessor = self._one("accessors", number, place)
        view = self._one("bufferViews", accessor["bufferView"], place)
        kind = np.dtype(COMPONENTS[accessor["componentType"]])
        width = WIDTHS[accessor["type"]]
        start = view["byteOffset"] + accessor.get("byteOffset", 0)
        size = accessor["count"] * width * kind.itemsize
        if start % kind.itemsize or accessor.get("byteOffset", 0) + size > view["byteLength"]:
            raise BrokenModel(FORMAT, place, "accessor is not aligned or longer than its view")
        values = np.frombuffer(self._binary, kind, accessor["count"] * width, start)
        return values.reshape(-1, width) if width > 1 else values

    def _bytes(self, number: int) -> bytes:
        view = self._one("bufferViews", number, "propertyTables")
        if view["byteOffset"] % 8:
            raise BrokenModel(FORMAT, f"bufferViews[{number}]", "is not aligned to 8 bytes")
        return self._binary[view["byteOffset"] : view["byteOffset"] + view["byteLength"]]

    def _table(self) -> dict[str, list[str]]:
        extension = self._document.get("extensions", {}).get("EXT_structural_metadata")
        if extension is None:
            return {}
        (table,) = extension["propertyTables"]
        return {
            name: self._texts(column, table["count"], name)
            for name, column in table["properties"].items()
        }

    def _texts(self, column: dict[str, Any], count: int, name: str) -> list[str]:
        text = self._bytes(column["values"])
        ends = np.frombuffer(self._bytes(column["stringOffsets"]), "<u4")
        if len(ends) != count + 1 or (np.diff(ends) < 0).any() or ends[-1] > len(text):
            raise BrokenModel(FORMAT, f"propertyTables[0].{name}", "offsets do not rise in range")
        return [text[a:b].decode() for a, b in itertools.pairwise(ends)]
