"""Reads a tileset of 3D Tiles 1.1 with its contents and holds it to the format's rules.

Version, required members, geometric errors that never rise downwards, contents that exist and are
sound GLB, boxes that lie inside their parents' and hold their contents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from spatiotemporal.scene.errors import BrokenModel
from spatiotemporal.scene.glb_reading import GlbModel, read_glb
from spatiotemporal.scene.tileset import box_corners

FORMAT: Final = "3d-tiles"
SLACK_M: Final = 0.02
"""Boxes and points are written rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A tile as read.

    Attributes:
        place: path in the document, e.g. ``root.children[2]``.
        to_ecef: 4 x 4, all parents' transforms included.
    """

    place: str
    uri: str
    layer: str
    geometric_error_m: float
    to_ecef: NDArray[np.float64]
    box: tuple[float, ...]
    model: GlbModel | None

    def ecef(self) -> NDArray[np.float64]:
        """The content's points (n, 3) in ECEF."""
        points = self.model.points if self.model else np.empty((0, 3))
        found: NDArray[np.float64] = points @ self.to_ecef[:3, :3].T + self.to_ecef[:3, 3]
        return found


def read_tileset(files: Mapping[str, bytes], name: str = "tileset.json") -> list[Tile]:
    """All tiles, parents before children.

    Raises:
        BrokenModel: a rule is broken; names the place.
    """
    document = orjson.loads(files[name])
    if document["asset"].get("version") != "1.1":
        raise BrokenModel(FORMAT, "asset.version", "is not 1.1")
    _has(document, ("geometricError", "root"), "tileset")
    _has(document["root"], ("refine",), "root")
    limit = float(document["geometricError"])
    return list(_walk(document["root"], "root", np.eye(4), limit, None, files))


def _has(value: Mapping[str, Any], names: tuple[str, ...], place: str) -> None:
    for name in names:
        if name not in value:
            raise BrokenModel(FORMAT, place, f"has no {name}")


def _walk(
    tile: dict[str, Any],
    place: str,
    parent: NDArray[np.float64],
    limit: float,
    around: tuple[tuple[float, ...], NDArray[np.float64]] | None,
    files: Mapping[str, bytes],
) -> Iterator[Tile]:
    _has(tile, ("boundingVolume", "geometricError"), place)
    error = float(tile["geometricError"])
    if not 0 <= error <= limit:
        raise BrokenModel(FORMAT, f"{place}.geometricError", f"{error} is not 0 to {limit}")
    own = np.array(tile["transform"]).reshape(4, 4).T if "transform" in tile else np.eye(4)
    matrix = parent @ own
    box = tuple(tile["boundingVolume"]["box"])
    if len(box) != 12 or not np.isfinite(box).all():
        raise BrokenModel(FORMAT, f"{place}.boundingVolume.box", "is not 12 numbers")
    if around is not None:
        corners = box_corners(box) @ own[:3, :3].T + own[:3, 3]
        _inside(corners, around[0], f"{place}.boundingVolume")
    found = _tile(tile, place, matrix, box, files)
    yield found
    for number, child in enumerate(tile.get("children", ())):
        yield from _walk(child, f"{place}.children[{number}]", matrix, error, (box, matrix), files)


def _tile(
    tile: dict[str, Any],
    place: str,
    matrix: NDArray[np.float64],
    box: tuple[float, ...],
    files: Mapping[str, bytes],
) -> Tile:
    uri = tile.get("content", {}).get("uri", "")
    model = None
    if uri:
        if uri not in files:
            raise BrokenModel(FORMAT, f"{place}.content.uri", f"there is no {uri}")
        model = read_glb(files[uri])
        _inside(model.points, box, f"{place}.content")
    return Tile(
        place=place,
        uri=uri,
        layer=tile.get("extras", {}).get("layer", ""),
        geometric_error_m=float(tile["geometricError"]),
        to_ecef=matrix,
        box=box,
        model=model,
    )


def _inside(points: NDArray[np.float64], box: tuple[float, ...], place: str) -> None:
    """Refuse points outside an upright box."""
    corners = box_corners(box)
    low, high = corners.min(axis=0) - SLACK_M, corners.max(axis=0) + SLACK_M
    if len(points) and ((points < low).any() or (points > high).any()):
        raise BrokenModel(FORMAT, place, "reaches outside its box")
