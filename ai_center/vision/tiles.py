"""Which parts of a camera's picture the detector looks at, and how what it sees there is put together.

One tile takes the whole stand: aircraft, bridge and vehicles are large enough. A second one takes the
place round the nose wheel at twice the size, for the chocks. Each tells only what it is there for: at twice
the size parts of a thing look like others (an engine like a fuel truck, a cabinet like a catering
truck), and at half the size a nose wheel looks like chocks. A box that a tile's border cuts, where the
picture goes on, is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ai_center.vision.boxes import Boxes, Numbers, merged
from ai_center.vision.decoding import Detected
from ai_center.vision.geometry import Camera
from ai_center.vision.happenings import KINDS, Kind
from ai_center.vision.network import TILE

NOSE: Final = (1.0, 2.0, 1.0)
"""Middle of the near tile on the stand, metres."""

SMALL: Final = frozenset({Kind.CHOCKS})
"""What is too small for the tile of the whole stand."""

BORDER_PX: Final = 3.0
"""A box that ends nearer to its tile's border is cut by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A rectangle of the picture, in pixels of the picture; scaled to the network's input.

    Attributes:
        left: of the picture.
        top: of the picture.
        width: in pixels.
        height: in pixels.
        tells: kinds that it is believed in.
    """

    left: int
    top: int
    width: int
    height: int
    tells: frozenset[Kind] = frozenset(Kind)

    @property
    def scale(self) -> float:
        """Pixels of the picture per pixel of the tile."""
        return self.width / TILE[0]


def plan_tiles(camera: Camera) -> tuple[Tile, ...]:
    """The whole width of the picture, and the place round the nose wheel at twice the size.

    Tiles have the shape of the network's input; the first reaches over the edge of a picture that is
    flatter, and is filled up there.
    """
    width, height = camera.width, round(camera.width * TILE[1] / TILE[0])
    whole = Tile(
        left=0,
        top=(camera.height - height) // 2,
        width=width,
        height=height,
        tells=frozenset(Kind) - SMALL,
    )
    u, v = camera.project(np.array([NOSE]))[0]
    wide, high = width // 2, height // 2
    left = int(np.clip(round(u - wide / 2), 0, width - wide))
    top = int(np.clip(round(v - high / 2), 0, max(0, camera.height - high)))
    return whole, Tile(left=left, top=top, width=wide, height=high, tells=SMALL)


def put_together(
    tiles: Sequence[Tile], found: Sequence[Detected], size: tuple[int, int], *, overlap: float
) -> Detected:
    """Boxes of all tiles in pixels of the picture, each thing once.

    Args:
        tiles: as looked at.
        found: in each of them, in pixels of the network's input.
        size: width and height of the picture.
        overlap: boxes of a kind that share more than this are one thing.
    """
    boxes, scores, kinds = [], [], []
    for tile, seen in zip(tiles, found, strict=True):
        moved = seen.boxes * tile.scale + np.array([tile.left, tile.top] * 2)
        told = [number for number, kind in enumerate(KINDS) if kind in tile.tells]
        good = ~_cut(moved, tile, size) & np.isin(seen.kinds, told)
        boxes.append(moved[good])
        scores.append(seen.scores[good])
        kinds.append(seen.kinds[good])
    every, sure, sorts = np.concatenate(boxes), np.concatenate(scores), np.concatenate(kinds)
    stay = merged(every, sure, sorts, overlap=overlap)
    return Detected(boxes=every[stay], scores=sure[stay], kinds=_numbers(sorts[stay]))


def _cut(
    boxes: Boxes, tile: Tile, size: tuple[int, int]
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    right, bottom = tile.left + tile.width, tile.top + tile.height
    cut = np.zeros(len(boxes), np.bool_)
    if tile.left > 0:
        cut |= boxes[:, 0] < tile.left + BORDER_PX
    if tile.top > 0:
        cut |= boxes[:, 1] < tile.top + BORDER_PX
    if right < size[0]:
        cut |= boxes[:, 2] > right - BORDER_PX
    if bottom < size[1]:
        cut |= boxes[:, 3] > bottom - BORDER_PX
    return cut


def _numbers(values: Numbers) -> Numbers:
    return np.asarray(values, np.int64)
