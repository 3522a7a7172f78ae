"""A stand camera: where it hangs, where it looks, and how the ground of the stand lies in its picture.

Stand coordinates are metres: x runs from the stop of the nose wheel along the lead-in line away from
the terminal, y to the left of somebody who looks from the terminal to the apron, z up. An aircraft
that is parked nose-in faces -x; its port side, where the bridge docks, is -y. Pixels: u right, v down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Shape (n, 2) or (n, 3), float64."""

NEAR_M: Final = 0.5
"""Nothing nearer to the lens is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A pinhole camera.

    Attributes:
        position: x, y, z in metres.
        yaw_rad: turn about z; 0 looks along +x, positive turns towards +y.
        pitch_rad: positive looks down.
        roll_rad: positive turns the camera clockwise.
        focal_px: focal length.
        width: of the picture, pixels.
        height: of the picture, pixels.
    """

    position: tuple[float, float, float]
    yaw_rad: float
    pitch_rad: float
    roll_rad: float
    focal_px: float
    width: int
    height: int

    def axes(self) -> Points:
        """Rows right, down and forward of the camera in stand coordinates, shape (3, 3)."""
        cy, sy = math.cos(self.yaw_rad), math.sin(self.yaw_rad)
        cp, sp = math.cos(self.pitch_rad), math.sin(self.pitch_rad)
        cr, sr = math.cos(self.roll_rad), math.sin(self.roll_rad)
        forward = np.array([cy * cp, sy * cp, -sp])
        right = np.array([sy, -cy, 0.0])
        down = np.cross(forward, right)
        return np.stack([cr * right + sr * down, cr * down - sr * right, forward])

    def seen(self, points: Points) -> Points:
        """Stand coordinates to right, down, forward of the camera, shape (n, 3)."""
        return np.asarray((points - np.array(self.position)) @ self.axes().T, np.float64)

    def pixels(self, seen: Points) -> Points:
        """Right, down, forward to pixels, shape (n, 2); what lies behind the lens is put on it."""
        depth = np.maximum(seen[:, 2:], NEAR_M)
        middle = np.array([self.width / 2, self.height / 2])
        return np.asarray(seen[:, :2] / depth * self.focal_px + middle, np.float64)

    def project(self, points: Points) -> Points:
        """Stand coordinates to pixels.

        >>> camera = Camera(position=(-20, 0, 10), yaw_rad=0, pitch_rad=0, roll_rad=0,
        ...                 focal_px=400, width=640, height=384)
        >>> camera.project(np.array([[20.0, -4.0, 10.0]])).tolist()
        [[360.0, 192.0]]
        """
        return self.pixels(self.seen(points))

    def ground(self, pixels: Points) -> Points:
        """Where the ground is seen at, shape (n, 2) of x and y; unknown at and above the horizon."""
        middle = np.array([self.width / 2, self.height / 2])
        rays = np.column_stack([(pixels - middle) / self.focal_px, np.ones(len(pixels))])
        ways = rays @ self.axes()
        falls = np.where(ways[:, 2] < -1e-6, ways[:, 2], np.nan)
        far = -self.position[2] / falls
        return np.asarray(np.array(self.position[:2]) + ways[:, :2] * far[:, None], np.float64)
