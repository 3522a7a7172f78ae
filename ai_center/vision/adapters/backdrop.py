"""The empty stand: ground with its markings, sky and skyline, as one camera sees them.

Everything is painted once per film from the ground position behind each pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from ai_center.vision.frames import Picture
from ai_center.vision.geometry import Camera
from ai_center.vision.turnaround import Plan
from ai_center.vision.weather import Weather

Plane = npt.NDArray[np.float32]

SKY: Final = {
    # low and high sky, blue green red
    "day": ((225.0, 215.0, 200.0), (235.0, 190.0, 140.0)),
    "dusk": ((130.0, 150.0, 215.0), (120.0, 85.0, 75.0)),
    "night": ((32.0, 24.0, 22.0), (18.0, 12.0, 10.0)),
}
FOG: Final = {
    "day": (205.0, 202.0, 198.0),
    "dusk": (135.0, 135.0, 150.0),
    "night": (62.0, 66.0, 70.0),
}
POOLS: Final = ((2.0, 13.0), (2.0, -13.0), (20.0, 17.0), (20.0, -17.0), (8.0, 0.0))
"""What floodlights light, x and y."""

POOL_M: Final = 15.0
FAR_M: Final = 400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdrop:
    """The empty stand.

    Attributes:
        picture: with light and fog in it.
        fog: colour of the fog.
    """

    picture: Picture
    fog: tuple[float, float, float]


def backdrop(plan: Plan) -> Backdrop:
    """Paint the empty stand of a film."""
    draw = np.random.default_rng([plan.seed, 1])
    camera, sky = plan.camera, plan.weather
    x, y, ground = _ground(camera)
    picture = _concrete(draw, x, y)
    _mark(draw, picture, x, y)
    wet = 0.72 if sky.air == "rain" else 1.0
    lit = picture * (wet * light_at(x, y, sky))[..., None]
    fog = FOG[sky.light]
    away = np.sqrt(np.square(x - camera.position[0]) + np.square(y - camera.position[1]))
    clear = np.exp(-away / sky.fog_m).astype(np.float32)[..., None]
    lit = lit * clear + np.array(fog, np.float32) * (1 - clear)
    above = _sky(draw, camera, sky)
    picture = np.where(ground[..., None], lit, above).clip(0, 255)
    return Backdrop(picture=picture.astype(np.uint8), fog=fog)


def light_at(x: Plane, y: Plane, sky: Weather) -> Plane:
    """Brightness of the ground: even by day, pools of floodlights at night."""
    if sky.light == "day":
        return np.ones_like(x)
    pools = sum(
        np.exp(-(np.square(x - px) + np.square(y - py)) / (2 * POOL_M * POOL_M)) for px, py in POOLS
    )
    base, gain = (0.5, 0.16) if sky.light == "dusk" else (0.14, 0.3)
    return np.asarray(np.minimum(base + gain * pools, 1.1), np.float32)


def _ground(camera: Camera) -> tuple[Plane, Plane, npt.NDArray[np.bool_]]:
    columns, rows = np.meshgrid(np.arange(camera.width) + 0.5, np.arange(camera.height) + 0.5)
    found = camera.ground(np.column_stack([columns.ravel(), rows.ravel()]))
    shape = (camera.height, camera.width)
    x, y = found[:, 0].reshape(shape), found[:, 1].reshape(shape)
    known = np.isfinite(x) & (np.abs(x) < FAR_M) & (np.abs(y) < FAR_M)
    return (
        np.where(known, x, FAR_M).astype(np.float32),
        np.where(known, y, 0.0).astype(np.float32),
        known,
    )


def _concrete(draw: np.random.Generator, x: Plane, y: Plane) -> Plane:
    grey = draw.uniform(105, 175)
    tint = draw.uniform(-6, 6, 3)
    patches = draw.normal(0, 7, (24, 40)).astype(np.float32)
    stains = cv2.resize(patches, (x.shape[1], x.shape[0]), interpolation=cv2.INTER_CUBIC)
    shade = grey + stains
    slab = draw.uniform(5.0, 7.5)
    near = np.exp(-np.abs(x) / 60)
    joint = (np.abs(x / slab - np.round(x / slab)) * slab < 0.07) | (
        np.abs(y / slab - np.round(y / slab)) * slab < 0.07
    )
    shade = shade - 18 * joint * near
    for _ in range(int(draw.integers(2, 7))):
        sx, sy, size = draw.uniform(-8, 30), draw.uniform(-8, 8), draw.uniform(0.6, 2.5)
        shade = shade - 26 * np.exp(-(np.square(x - sx) + np.square(y - sy)) / (size * size))
    grass = (x > 85) & (np.abs(x - 115) > 18)
    picture = shade[..., None] + tint.astype(np.float32)
    green = np.array(draw.uniform((50, 90, 70), (80, 125, 105)), np.float32)
    return np.where(grass[..., None], green, picture).astype(np.float32)


def _mark(draw: np.random.Generator, picture: Plane, x: Plane, y: Plane) -> None:
    """Lead-in line, stop bars, stand borders, the road at the head."""
    yellow, white, red = (40, 190, 225), (215, 215, 215), (60, 60, 190)
    worn = float(draw.uniform(0.55, 1.0))

    def paint(where: npt.NDArray[np.bool_], colour: tuple[int, int, int]) -> None:
        picture[where] = (1 - worn) * picture[where] + worn * np.array(colour, np.float32)

    paint((np.abs(y) < 0.12) & (x > -3) & (x < 118), yellow)
    for bar in (0.0, 2.2, -1.6):
        paint((np.abs(x - bar) < 0.1) & (np.abs(y) < 1.6), yellow)
    border = float(draw.uniform(18.8, 20.2))
    paint((np.abs(np.abs(y) - border) < 0.12) & (x > -8) & (x < 50), red)
    paint((np.abs(x + 9.2) < 0.1) & (np.abs(y) < 45), white)
    paint((np.abs(x + 16.8) < 0.1) & (np.abs(y) < 45), white)
    paint((np.abs(x + 13.0) < 0.07) & (y % 4 < 2), white)
    if draw.random() < 0.6:
        boxed = (np.abs(np.abs(x - 8) - 6) < 0.1) & (np.abs(y + 14) < 3)
        paint(boxed | ((np.abs(np.abs(y + 14) - 3) < 0.1) & (np.abs(x - 8) < 6)), white)


def _sky(draw: np.random.Generator, camera: Camera, sky: Weather) -> Plane:
    low, high = (np.array(colour, np.float32) for colour in SKY[sky.light])
    rise = np.linspace(1, 0, camera.height, dtype=np.float32)[:, None, None]
    picture = np.broadcast_to(low + (high - low) * rise, (camera.height, camera.width, 3)).copy()
    if sky.air != "clear":
        dull = np.array(FOG[sky.light], np.float32)
        picture = 0.25 * picture + 0.75 * dull
    _skyline(draw, picture, camera, sky)
    return picture


def _skyline(draw: np.random.Generator, picture: Plane, camera: Camera, sky: Weather) -> None:
    """Buildings and trees far behind the apron."""
    spots = np.column_stack([np.full(24, 380.0), np.linspace(-360, 360, 24), np.zeros(24)])
    feet = camera.project(spots)
    shade = {"day": 130.0, "dusk": 60.0, "night": 14.0}[sky.light]
    haze = float(np.exp(-380 / sky.fog_m))
    for (u, v), height, wide in zip(
        feet, draw.uniform(3, 26, 24), draw.uniform(10, 60, 24), strict=True
    ):
        if draw.random() < 0.7:
            left, right = int(max(0, u - wide)), int(max(0, u + wide))
            top, bottom = int(max(0, v - height)), int(max(0, v + 3))
            area = picture[top:bottom, left:right]
            area[:] = area * (1 - haze) + haze * (shade + draw.uniform(-20, 20))
