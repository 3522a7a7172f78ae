"""Writes binary glTF 2.0 (Khronos, ISO/IEC 12113): a header, a JSON chunk and one buffer.

Points are given with ``z`` up and turned to glTF's ``y`` up here: (east, north, up) becomes
(east, up, -north). There are no normals: the standard has viewers shade such triangles flat, which
is how buildings look, and lets corners be shared. Every triangle's thing is named by
EXT_mesh_features (a number per corner) and EXT_structural_metadata (a table of ids and names).
The same model gives the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import orjson
from numpy.typing import NDArray

from spatiotemporal.scene.materials import MATERIALS
from spatiotemporal.scene.sketch import Patch, Thing
from spatiotemporal.scene.surfaces import Surface, joined

FORMAT: Final = "glb"
MAGIC: Final = b"glTF"
JSON_CHUNK: Final = 0x4E4F534A
BIN_CHUNK: Final = 0x004E4942
FLOAT: Final = 5126
UNSIGNED_SHORT: Final = 5123
UNSIGNED_INT: Final = 5125
VERTICES: Final = 34962
INDICES: Final = 34963
DECIMALS: Final = 3
"""Points are rounded to millimetres."""

PROPERTIES: Final = ("id", "kind", "name_zh", "name_en")
GLASSY: Final = ("glass", "skylight", "bridge_glass", "window")

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A named object of a file; ``extras`` are handed on as they are."""

    name: str
    patches: Sequence[Patch]
    extras: Mapping[str, object] = field(default_factory=dict)


def write_glb(nodes: Sequence[Node], *, featured: bool = True) -> bytes:
    """One GLB file of several nodes; points of the patches are metres, ``z`` up.

    Args:
        nodes: what the file holds.
        featured: number the things and add their table; models that are drawn many times need none.
    """
    writer = _Writer(featured)
    for node in nodes:
        writer.node(node)
    return writer.bytes()


class _Writer:
    """One file in the making."""

    def __init__(self, featured: bool) -> None:
        self._featured = featured
        self._binary = bytearray()
        self._views: list[Json] = []
        self._accessors: list[Json] = []
        self._materials: list[str] = []
        self._meshes: list[Json] = []
        self._nodes: list[Json] = []
        self._things: dict[str, tuple[int, Thing]] = {}

    def node(self, node: Node) -> None:
        groups: dict[str, list[Patch]] = {}
        for patch in node.patches:
            groups.setdefault(patch.material, []).append(patch)
        primitives = [self._primitive(name, groups[name]) for name in sorted(groups)]
        made: Json = {"name": node.name}
        if primitives:
            made["mesh"] = len(self._meshes)
            self._meshes.append({"name": node.name, "primitives": primitives})
        if node.extras:
            made["extras"] = dict(node.extras)
        self._nodes.append(made)

    def _primitive(self, material: str, patches: Sequence[Patch]) -> Json:
        whole = joined([patch.surface for patch in patches])
        numbers = np.concatenate(
            [np.full(len(p.surface.points), self._number(p.thing)) for p in patches]
        )
        points, numbers, triangles = _shared(whole, numbers)
        attributes: Json = {"POSITION": self._positions(points)}
        made: Json = {"attributes": attributes, "material": self._material(material), "mode": 4}
        if self._featured:
            attributes["_FEATURE_ID_0"] = self._floats(numbers)
            count = len(np.unique(numbers))
            ids = {"featureCount": count, "attribute": 0, "propertyTable": 0}
            made["extensions"] = {"EXT_mesh_features": {"featureIds": [ids]}}
        made["indices"] = self._indices(triangles, len(points))
        return made

    def _number(self, thing: Thing) -> int:
        if thing.id not in self._things:
            self._things[thing.id] = (len(self._things), thing)
        return self._things[thing.id][0]

    def _material(self, name: str) -> int:
        if name not in self._materials:
            self._materials.append(name)
        return self._materials.index(name)

    def _view(self, data: bytes, target: int | None = None) -> int:
        # Tables of EXT_structural_metadata ask for 8 bytes, everything else for less.
        self._binary += bytes(-len(self._binary) % 8)
        view: Json = {"buffer": 0, "byteOffset": len(self._binary), "byteLength": len(data)}
        if target is not None:
            view["target"] = target
        self._binary += data
        self._views.append(view)
        return len(self._views) - 1

    def _accessor(self, view: int, component: int, count: int, kind: str, **more: object) -> int:
        made: Json = {"bufferView": view, "componentType": component, "count": count, "type": kind}
        self._accessors.append(made | more)
        return len(self._accessors) - 1

    def _positions(self, points: NDArray[np.float32]) -> int:
        view = self._view(points.astype("<f4").tobytes(), VERTICES)
        low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return self._accessor(view, FLOAT, len(points), "VEC3", min=low, max=high)

    def _floats(self, numbers: NDArray[np.float64]) -> int:
        view = self._view(numbers.astype("<f4").tobytes(), VERTICES)
        return self._accessor(view, FLOAT, len(numbers), "SCALAR")

    def _indices(self, triangles: NDArray[np.int64], points: int) -> int:
        narrow = points < 0xFFFF
        view = self._view(triangles.astype("<u2" if narrow else "<u4").tobytes(), INDICES)
        component = UNSIGNED_SHORT if narrow else UNSIGNED_INT
        return self._accessor(view, component, triangles.size, "SCALAR")

    def _table(self) -> Json:
        things = [thing for _, thing in self._things.values()]
        columns: dict[str, Json] = {}
        for name in PROPERTIES:
            texts = [_property(thing, name).encode() for thing in things]
            ends = np.cumsum([0, *(len(text) for text in texts)]).astype("<u4")
            columns[name] = {
                "values": self._view(b"".join(texts) or b"\0"),
                "stringOffsets": self._view(ends.tobytes()),
                "stringOffsetType": "UINT32",
            }
        properties = {name: {"type": "STRING", "required": True} for name in PROPERTIES}
        return {
            "schema": {"id": "airport", "classes": {"thing": {"properties": properties}}},
            "propertyTables": [{"class": "thing", "count": len(things), "properties": columns}],
        }

    def bytes(self) -> bytes:
        document: Json = {
            "asset": {"version": "2.0", "generator": "airport-brain"},
            "scene": 0,
            "scenes": [{"nodes": list(range(len(self._nodes)))}],
            "nodes": self._nodes,
        }
        if self._featured and self._things:
            document["extensionsUsed"] = ["EXT_mesh_features", "EXT_structural_metadata"]
            document["extensions"] = {"EXT_structural_metadata": self._table()}
        if self._meshes:
            document |= {
                "meshes": self._meshes,
                "materials": [_material(name) for name in self._materials],
                "accessors": self._accessors,
                "bufferViews": self._views,
            }
            self._binary += bytes(-len(self._binary) % 4)
            document["buffers"] = [{"byteLength": len(self._binary)}]
        return _container(orjson.dumps(document), bytes(self._binary))


def _shared(
    surface: Surface, numbers: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.int64]]:
    """Points with ``y`` up, equal corners of one thing made one; triangles without area dropped."""
    east, north, up = np.round(surface.points, DECIMALS).T
    rows = np.column_stack([east, up, -north, numbers]) + 0.0
    kept, at = np.unique(rows, axis=0, return_inverse=True)
    triangles = at.reshape(-1)[surface.triangles]
    a, b, c = triangles.T
    triangles = triangles[(a != b) & (b != c) & (c != a)]
    return kept[:, :3].astype(np.float32), kept[:, 3], triangles


def _property(thing: Thing, name: str) -> str:
    known = {
        "id": thing.id,
        "kind": thing.kind,
        "name_zh": thing.label.zh,
        "name_en": thing.label.en,
    }
    return known[name]


def _material(name: str) -> Json:
    colour = [round(_linear(part / 255), 5) for part in MATERIALS[name]]
    glassy = name in GLASSY
    return {
        "name": name,
        "pbrMetallicRoughness": {
            "baseColorFactor": [*colour, 1.0],
            "metallicFactor": 0.0,
            "roughnessFactor": 0.35 if glassy else 0.9,
        },
    }


def _linear(part: float) -> float:
    """An sRGB part, 0 to 1, as glTF's linear one (IEC 61966-2-1)."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _container(text: bytes, binary: bytes) -> bytes:
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<II", len(text), JSON_CHUNK) + text
    if binary:
        chunks += struct.pack("<II", len(binary), BIN_CHUNK) + binary
    return struct.pack("<4sII", MAGIC, 2, 12 + len(chunks)) + chunks
