"""3D Tiles 1.1 (OGC 22-025r4): an airport's tree of tiles with GLB content.

The root's transform takes east, north, up of the airport's reference point to ECEF; a tile's own
transform, from its cell's centre to the root, carries the curve of the Earth, so that a building
five kilometres away stands upright on its own ground. Bounding volumes are boxes of the points they
hold. Every tile's ``extras`` say its layer and the longitude and latitude of its origin, for a
viewer that works in degrees.

Tree: root ─ ground ─ paint per cell; root ─ cell as boxes ─ cell in detail, bridges (REPLACE).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import orjson
from numpy.typing import NDArray

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.scene.cells import Cell, cells
from spatiotemporal.scene.glb import Node, write_glb
from spatiotemporal.scene.ground import ground
from spatiotemporal.scene.placing import Anchor, Matrix, anchor
from spatiotemporal.scene.sketch import Patch, Sketch
from spatiotemporal.scene.surfaces import Surface

ROOT_ERROR_M: Final = 600.0
"""Nothing at all in place of the airport is wrong by this much."""

BOXES_ERROR_M: Final = 14.0
"""Boxes in place of buildings with roofs, bridges and masts."""

GROUND_ERROR_M: Final = 6.0
"""Ground without paint."""

MARGIN_M: Final = 0.05
"""Boxes are this much larger than what they hold: points are rounded when written."""

HEIGHTS: Final = (
    "ellipsoidal (WGS84): elevation above mean sea level plus an estimate of the geoid's height"
)

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """A file with the points it holds, in the axes of its anchor."""

    uri: str
    data: bytes
    points: NDArray[np.float64]


def build_tiles(airport: Airport, docked: frozenset[str] = frozenset()) -> dict[str, bytes]:
    """All files of an airport's tileset by name, ``tileset.json`` first.

    Args:
        airport: whose scene it is.
        docked: numbers of the stands whose bridges are docked; the others' are drawn back.
    """
    files: dict[str, bytes] = {"tileset.json": b""}
    root = anchor(airport, (0.0, 0.0))
    everything = cells(airport, docked)
    children = [_ground_tile(airport, root, everything, files)]
    children += [
        tile
        for number, cell in enumerate(everything)
        if (tile := _cell_tile(airport, root, number, cell, files))
    ]
    document: Json = {
        "asset": {"version": "1.1", "tilesetVersion": airport.version},
        "geometricError": ROOT_ERROR_M,
        "root": {
            "boundingVolume": {"box": _around([_corners(tile) for tile in children])},
            "transform": _column_major(root.to_ecef),
            "geometricError": ROOT_ERROR_M / 2,
            "refine": "ADD",
            "children": children,
            "extras": _extras("airport", root),
        },
        "extras": {
            "airport": airport.icao,
            "name_zh": airport.label.zh,
            "name_en": airport.label.en,
            "notice_zh": airport.notice.zh,
            "notice_en": airport.notice.en,
            "heights": HEIGHTS,
        },
    }
    files["tileset.json"] = orjson.dumps(document)
    return files


def _ground_tile(
    airport: Airport, root: Anchor, everything: Sequence[Cell], files: dict[str, bytes]
) -> Json:
    lying = _content("ground.glb", ground(airport), root, files)
    painted = [
        _leaf(
            root,
            _cell_anchor(airport, cell),
            "paint",
            _content_of_cell(airport, number, cell, "paint", files),
        )
        for number, cell in enumerate(everything)
        if cell.paint.patches
    ]
    return {
        "boundingVolume": {"box": _around([lying.points, *map(_corners, painted)])},
        "geometricError": GROUND_ERROR_M,
        "refine": "ADD",
        "content": {"uri": lying.uri},
        "children": painted,
        "extras": _extras("ground", root),
    }


def _cell_tile(
    airport: Airport, root: Anchor, number: int, cell: Cell, files: dict[str, bytes]
) -> Json | None:
    """A cell with its boxes, replaced by its details from near; nothing when nothing stands there."""
    if not cell.near.patches:
        return None
    at = _cell_anchor(airport, cell)
    near = [_content_of_cell(airport, number, cell, "near", files)]
    if cell.bridges.patches:
        near.append(_content_of_cell(airport, number, cell, "bridges", files))
    tile: Json = {
        "transform": _column_major(_relative(root, at)),
        "geometricError": BOXES_ERROR_M,
        "refine": "REPLACE",
        "children": [
            _inside(at, layer, content)
            for layer, content in zip(("near", "bridges"), near, strict=False)
        ],
        "extras": _extras("far", at),
    }
    points = [content.points for content in near]
    if cell.far.patches:
        far = _content_of_cell(airport, number, cell, "far", files)
        tile["content"] = {"uri": far.uri}
        points.append(far.points)
    return {"boundingVolume": {"box": _around(points)}, **tile}


def _inside(at: Anchor, layer: str, content: _Content) -> Json:
    """A leaf in the axes of its parent."""
    return {
        "boundingVolume": {"box": _around([content.points])},
        "geometricError": 0.0,
        "content": {"uri": content.uri},
        "extras": _extras(layer, at),
    }


def _leaf(root: Anchor, at: Anchor, layer: str, content: _Content) -> Json:
    """A leaf with axes of its own."""
    return {**_inside(at, layer, content), "transform": _column_major(_relative(root, at))}


def _cell_anchor(airport: Airport, cell: Cell) -> Anchor:
    return anchor(airport, cell.centre)


def _content_of_cell(
    airport: Airport, number: int, cell: Cell, layer: str, files: dict[str, bytes]
) -> _Content:
    sketch: Sketch = getattr(cell, layer)
    return _content(f"{layer}_{number:02}.glb", sketch, _cell_anchor(airport, cell), files)


def _content(uri: str, sketch: Sketch, at: Anchor, files: dict[str, bytes]) -> _Content:
    patches = [
        Patch(
            material=patch.material,
            thing=patch.thing,
            surface=Surface(at.local(patch.surface.points), patch.surface.triangles),
        )
        for patch in sketch
    ]
    files[uri] = write_glb([Node(name=uri.removesuffix(".glb"), patches=patches)])
    points = np.concatenate([patch.surface.points for patch in patches])
    return _Content(uri=uri, data=files[uri], points=points)


def _relative(root: Anchor, at: Anchor) -> Matrix:
    """From the axes of an anchor to those of the root."""
    found: Matrix = np.linalg.inv(root.to_ecef) @ at.to_ecef
    return found


def _column_major(matrix: Matrix) -> list[float]:
    return [float(value) for value in matrix.T.ravel()]


def _around(groups: Sequence[NDArray[np.float64]]) -> list[float]:
    """The upright box of points: centre and three half axes."""
    points = np.concatenate(list(groups))
    low, high = points.min(axis=0) - MARGIN_M, points.max(axis=0) + MARGIN_M
    (x, y, z), (a, b, c) = ((low + high) / 2).tolist(), ((high - low) / 2).tolist()
    return [round(value, 3) for value in (x, y, z, a, 0.0, 0.0, 0.0, b, 0.0, 0.0, 0.0, c)]


def _corners(tile: Json) -> NDArray[np.float64]:
    """Corners of a tile's box in the axes of its parent."""
    volume = tile["boundingVolume"]
    assert isinstance(volume, dict)
    corners = box_corners(volume["box"])
    transform = tile.get("transform")
    if transform is None:
        return corners
    matrix = np.array(transform, dtype=np.float64).reshape(4, 4).T
    found: NDArray[np.float64] = corners @ matrix[:3, :3].T + matrix[:3, 3]
    return found


def box_corners(box: Sequence[float]) -> NDArray[np.float64]:
    """The eight corners (8, 3) of a box as 3D Tiles writes it."""
    numbers = np.asarray(box, dtype=np.float64)
    centre, axes = numbers[:3], numbers[3:].reshape(3, 3)
    signs = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)])
    found: NDArray[np.float64] = centre + signs @ axes
    return found


def _extras(layer: str, at: Anchor) -> Json:
    return {"layer": layer, "origin": [round(at.longitude, 8), round(at.latitude, 8)]}
