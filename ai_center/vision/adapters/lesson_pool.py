"""Rendered tiles with what is wanted of them, kept as JPEG in memory."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ai_center.vision.adapters.renderer import Renderer
from ai_center.vision.frames import Picture
from ai_center.vision.learning import LEARNT_FROM, Recipe
from ai_center.vision.lessons import Wanted, looked_at, moments, wanted
from ai_center.vision.network import TILE
from ai_center.vision.tiles import Tile, plan_tiles
from ai_center.vision.turnaround import turnaround

EDGE = 114
"""Grey that fills a tile up."""

Told = Callable[[str, int, int], None]
"""What is being done, steps done, steps in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One tile: its JPEG, and what is wanted."""

    jpeg: bytes
    wanted: Wanted

    def picture(self) -> Picture:
        """Its pixels."""
        return np.asarray(
            cv2.imdecode(np.frombuffer(self.jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8
        )


def pool(recipe: Recipe, seed: int, progress: Told) -> list[Lesson]:
    """Render every tile that a training sees; the same for the same recipe and seed."""
    draw = random.Random(f"lessons {seed}")
    found = []
    for number in range(recipe.films):
        plan = turnaround(LEARNT_FROM[number])
        renderer, tiles = Renderer(plan), plan_tiles(plan.camera)
        for at in moments(draw, plan, recipe.moments):
            frame = renderer.frame(at)
            for tile in looked_at(draw, tiles):
                jpeg = _packed(cut(frame.picture, tile), recipe.quality)
                found.append(Lesson(jpeg=jpeg, wanted=wanted(frame.boxes, tile)))
        progress("rendering", number + 1, recipe.films)
    return found


def cut(picture: Picture, tile: Tile) -> Picture:
    """A tile of a picture at the size of the network's input; grey where it reaches over the edge."""
    height, width = picture.shape[:2]
    top, left = max(0, tile.top), max(0, tile.left)
    bottom, right = min(height, tile.top + tile.height), min(width, tile.left + tile.width)
    piece = picture[top:bottom, left:right]
    if piece.shape[:2] != (tile.height, tile.width):
        whole = np.full((tile.height, tile.width, 3), EDGE, np.uint8)
        at_y, at_x = top - tile.top, left - tile.left
        whole[at_y : at_y + piece.shape[0], at_x : at_x + piece.shape[1]] = piece
        piece = whole
    if piece.shape[:2] == (TILE[1], TILE[0]):
        return piece
    how = cv2.INTER_AREA if piece.shape[1] > TILE[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(piece, TILE, interpolation=how), np.uint8)


def varied(draw: np.random.Generator, picture: Picture) -> npt.NDArray[np.float32]:
    """Other brightness, contrast, tint and noise; shape (3, height, width)."""
    gain = draw.uniform(0.7, 1.35) * draw.uniform(0.93, 1.07, 3)
    lift = draw.uniform(-18, 18)
    planes = picture.astype(np.float32) * gain.astype(np.float32) + np.float32(lift)
    if draw.random() < 0.3:
        planes += draw.standard_normal(planes.shape, np.float32) * np.float32(draw.uniform(1, 8))
    return np.ascontiguousarray(planes.clip(0, 255).transpose(2, 0, 1))


def _packed(picture: Picture, quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("the picture cannot be packed as JPEG")
    return bytes(data)
