"""What lens, sensor and weather do to a picture: glare, rain, drops, a mast, lamps, blur, noise."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from ai_center.vision.casting import Body
from ai_center.vision.frames import Picture
from ai_center.vision.happenings import Kind
from ai_center.vision.movements import moving
from ai_center.vision.turnaround import Plan

SPARE = 64
"""Pixels by which the stored noise is larger than the picture, so that it can be shifted."""

UNLIT = (Kind.AIRCRAFT, Kind.BRIDGE_HEAD, Kind.CHOCKS)


class Effects:
    """Effects of one film; what does not change is made once."""

    def __init__(self, plan: Plan) -> None:
        """Draw what stays the same all through the film."""
        draw = np.random.default_rng([plan.seed, 2])
        self._plan = plan
        camera, sky = plan.camera, plan.weather
        size = (camera.height + SPARE, camera.width + SPARE, 3)
        grain = draw.standard_normal(size, np.float32)
        self._grain = np.round(grain * sky.noise).astype(np.int16)
        self._glare = _glare(draw, camera.width, camera.height) if sky.glare else None
        self._drops = _drops(draw, camera.width, camera.height) if sky.air == "rain" else None
        self._mast = _mast(draw, camera.width, camera.height) if sky.occluded else None
        self._tones = _tones(sky.exposure, sky.warmth)

    def applied(self, picture: Picture, at_s: float, bodies: list[Body]) -> Picture:
        """Put every effect on a picture."""
        draw = np.random.default_rng([self._plan.seed, 3, int(at_s * 1000)])
        sky = self._plan.weather
        if sky.light != "day":
            self._lamps(picture, at_s, bodies)
        if sky.air == "rain":
            _rain(draw, picture)
        if self._mast is not None:
            left, right, shade = self._mast
            picture[:, left:right] = shade
        picture = np.asarray(cv2.GaussianBlur(picture, (3, 3), 0.7), np.uint8)
        if self._drops is not None:
            soft = np.asarray(cv2.blur(picture, (11, 11)), np.uint8)
            picture = np.where(self._drops, soft, picture)
        if self._glare is not None:
            picture = np.asarray(cv2.add(picture, self._glare), np.uint8)
        picture = np.asarray(cv2.LUT(picture, self._tones), np.uint8)
        dy, dx = draw.integers(0, SPARE, 2)
        grain = self._grain[dy : dy + picture.shape[0], dx : dx + picture.shape[1]]
        return np.asarray(cv2.add(picture, grain, dtype=cv2.CV_8U), np.uint8)

    def _lamps(self, picture: Picture, at_s: float, bodies: list[Body]) -> None:
        """Head lamps and blinking beacons of what drives in the dark."""
        for body in bodies:
            actor = body.actor
            if actor is None or actor.kind in UNLIT or not moving(actor.drives, at_s):
                continue
            x, y, heading = body.pose
            ahead = np.array([math.cos(heading), math.sin(heading)]) * 2.5
            points = np.array([[x + ahead[0], y + ahead[1], 0.9], [x, y, 2.4]])
            seen = self._plan.camera.seen(points)
            if seen[:, 2].min() < 1.0:
                continue
            front, top = self._plan.camera.pixels(seen).astype(int).tolist()
            size = max(1, int(70 / seen[0, 2]))
            if heading and math.cos(heading) < 0.2:
                cv2.circle(picture, front, size * 2, (150, 160, 165), -1)
                cv2.circle(picture, front, size, (240, 245, 250), -1)
            if int(at_s * 2) % 2:
                cv2.circle(picture, top, size, (40, 150, 245), -1)


def _tones(exposure: float, warmth: float) -> npt.NDArray[np.uint8]:
    """A table of tones per channel, shape (256, 3) as OpenCV wants it."""
    level = np.arange(256, dtype=np.float64)
    gains = (exposure * (1 - warmth / 2), exposure, exposure * (1 + warmth / 2))
    table = np.stack([(level * gain).clip(0, 255) for gain in gains], axis=-1)
    return np.round(table).astype(np.uint8).reshape(1, 256, 3)


def _glare(draw: np.random.Generator, width: int, height: int) -> Picture:
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    cx, cy = draw.uniform(0, width), draw.uniform(-0.1, 0.5) * height
    away = np.hypot(x - cx, y - cy)
    core, veil = draw.uniform(25, 60), draw.uniform(160, 320)
    bright = 230 * np.exp(-np.square(away / core)) + 80 * np.exp(-np.square(away / veil)) + 12
    tint = np.array([0.92, 0.97, 1.0])
    return np.asarray((bright[..., None] * tint).clip(0, 255), np.uint8)


def _drops(draw: np.random.Generator, width: int, height: int) -> npt.NDArray[np.bool_]:
    mask = np.zeros((height, width), np.uint8)
    for _ in range(int(draw.integers(3, 14))):
        spot = (int(draw.integers(0, width)), int(draw.integers(0, height)))
        cv2.circle(mask, spot, int(draw.integers(6, 22)), 255, -1)
    return np.asarray((mask > 0)[..., None], np.bool_)


def _mast(draw: np.random.Generator, width: int, height: int) -> tuple[int, int, int]:
    left = int(draw.uniform(0.08, 0.92) * width)
    return left, left + int(draw.uniform(0.012, 0.04) * width), int(draw.uniform(40, 110))


def _rain(draw: np.random.Generator, picture: Picture) -> None:
    height, width = picture.shape[:2]
    count = int(draw.integers(80, 220))
    starts = draw.integers(0, (width, height), (count, 2))
    lengths = draw.integers(5, 22, count)
    slant = draw.uniform(-0.3, 0.3)
    streaks = picture.copy()
    for (x, y), length in zip(starts.tolist(), lengths.tolist(), strict=True):
        cv2.line(streaks, (x, y), (int(x + slant * length), y + length), (200, 200, 200), 1)
    cv2.addWeighted(streaks, 0.35, picture, 0.65, 0, dst=picture)
