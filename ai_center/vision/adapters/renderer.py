"""Draws a planned turnaround: software rendering with OpenCV, the same pixels for the same seed.

Faces are shaded, faded by the air, ordered from far to near and filled; shadows lie under them; then
the lens and the weather do their part (``effects.py``). Boxes come from the projected bodies, what is
hidden from a second drawing with numbers in place of colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from ai_center.vision.adapters.backdrop import backdrop, light_at
from ai_center.vision.adapters.effects import Effects
from ai_center.vision.casting import Body, Cast
from ai_center.vision.frames import Frame, LabelledBox, Picture
from ai_center.vision.geometry import NEAR_M, Points
from ai_center.vision.turnaround import Plan

SHIFT: Final = 4
"""Binary places of a pixel in OpenCV's coordinates."""

SMALL: Final = 2
"""The drawing of numbers is this many times smaller."""

LEAST_PX: Final = 4.0
"""A box with a shorter side is not labelled."""

AMBIENT: Final = {"day": 0.55, "dusk": 0.5, "night": 0.55}
DIRECT: Final = {"day": 0.5, "dusk": 0.35, "night": 0.5}
LAMPS: Final = (-0.45, 0.1, 0.88)
"""Direction of the floodlights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Faces:
    """What is to be filled, far to near: corners (n, 4, 2) in pixels, colours, number of the body."""

    corners: Points
    colours: Points
    owners: npt.NDArray[np.int64]


class Renderer:
    """Draws the frames of one film."""

    def __init__(self, plan: Plan) -> None:
        """Prepare a film: the empty stand is painted once."""
        self._plan = plan
        self._cast = Cast(plan)
        self._empty = backdrop(plan)
        self._effects = Effects(plan)

    def frame(self, at_s: float, *, labelled: bool = True) -> Frame:
        """Draw one moment.

        Args:
            at_s: seconds after the film's start.
            labelled: also say what is in the picture and how much of it is hidden.
        """
        bodies = self._cast.at(at_s)
        picture = self._empty.picture.copy()
        if self._plan.weather.light == "day" and self._plan.weather.air != "fog":
            self._shadows(picture, bodies)
        faces = self._faces(bodies)
        fill(picture, faces.corners, faces.colours)
        picture = self._effects.applied(picture, at_s, bodies)
        boxes = self._boxes(bodies, faces) if labelled else ()
        return Frame(at_s=at_s, picture=picture, boxes=boxes)

    def _faces(self, bodies: list[Body]) -> _Faces:
        camera, sky = self._plan.camera, self._plan.weather
        meshes = [(number, mesh) for number, body in enumerate(bodies) for mesh in body.parts]
        starts = np.cumsum([0, *(len(mesh.vertices) for _, mesh in meshes)])
        points = np.concatenate([mesh.vertices for _, mesh in meshes])
        corners = np.concatenate(
            [mesh.faces + start for (_, mesh), start in zip(meshes, starts, strict=False)]
        )
        colours = np.concatenate([mesh.colours for _, mesh in meshes])
        owners = np.repeat(
            [number for number, _ in meshes], [len(mesh.faces) for _, mesh in meshes]
        )
        seen = camera.seen(points)
        pixels = camera.pixels(seen)
        depth = seen[:, 2]
        flat = pixels[corners]
        turned = _area(flat) < 0
        nearest = depth[corners].min(axis=1)
        chosen = np.flatnonzero(
            turned & (nearest > NEAR_M) & _inside(flat, camera.width, camera.height)
        )
        away = depth[corners[chosen]].mean(axis=1)
        chosen = chosen[np.argsort(-away, kind="stable")]
        solid = points[corners[chosen]]
        shaded = colours[chosen] * self._shade(solid)[:, None]
        clear = np.exp(-depth[corners[chosen]].mean(axis=1) / sky.fog_m)[:, None]
        shaded = shaded * clear + np.array(self._empty.fog) * (1 - clear)
        return _Faces(corners=flat[chosen], colours=shaded, owners=owners[chosen])

    def _shade(self, solid: Points) -> Points:
        """Brightness of faces, shape (n,)."""
        sky = self._plan.weather
        normal = np.cross(solid[:, 2] - solid[:, 0], solid[:, 3] - solid[:, 1])
        size = np.linalg.norm(normal, axis=1)
        source = np.array(LAMPS if sky.light == "night" else sky.sun)
        facing = (normal @ source) / np.maximum(size, 1e-9)
        dull = 0.5 if sky.air != "clear" else 1.0
        bright = AMBIENT[sky.light] + DIRECT[sky.light] * dull * np.maximum(facing, 0)
        middle = solid.mean(axis=1).astype(np.float32)
        return np.asarray(bright * light_at(middle[:, 0], middle[:, 1], sky), np.float64)

    def _shadows(self, picture: Picture, bodies: list[Body]) -> None:
        camera, sky = self._plan.camera, self._plan.weather
        mask = np.zeros(picture.shape[:2], np.uint8)
        slope = np.array(sky.sun[:2]) / sky.sun[2]
        for body in bodies:
            for mesh in body.parts:
                fallen = mesh.vertices[:, :2] - mesh.vertices[:, 2:] * slope
                seen = camera.seen(np.column_stack([fallen, np.zeros(len(fallen))]))
                if seen[:, 2].min() > NEAR_M:
                    flat = camera.pixels(seen).clip(-4000, 4000).astype(np.float32)
                    hull = cv2.convexHull(flat)
                    cv2.fillConvexPoly(mask, (hull * 2**SHIFT).astype(np.int32), 255, shift=SHIFT)
        dark = 0.8 if sky.air == "rain" else 0.62
        picture[mask > 0] = (picture[mask > 0] * dark).astype(np.uint8)

    def _boxes(self, bodies: list[Body], faces: _Faces) -> tuple[LabelledBox, ...]:
        camera = self._plan.camera
        numbers = np.zeros((camera.height // SMALL, camera.width // SMALL), np.uint8)
        ids = faces.owners + 1
        fill(numbers, faces.corners / SMALL, np.repeat(ids[:, None], 3, axis=1).astype(np.float64))
        shown = np.bincount(numbers.ravel(), minlength=len(bodies) + 1)
        found = []
        for number, body in enumerate(bodies):
            if body.actor is None or body.actor.kind is None:
                continue
            whole = self._extent(body)
            if whole is None:
                continue
            box = (
                max(0.0, whole[0]),
                max(0.0, whole[1]),
                min(float(camera.width), whole[2]),
                min(float(camera.height), whole[3]),
            )
            if min(box[2] - box[0], box[3] - box[1]) < LEAST_PX:
                continue
            own = faces.corners[faces.owners == number] / SMALL
            silhouette = np.zeros_like(numbers)
            fill(silhouette, own, np.full((len(own), 3), 255.0))
            size = max(1, int(np.count_nonzero(silhouette)))
            kept = (box[2] - box[0]) * (box[3] - box[1])
            kept /= (whole[2] - whole[0]) * (whole[3] - whole[1])
            visible = min(1.0, shown[number + 1] / size) * kept
            found.append(LabelledBox(kind=body.actor.kind, box=box, visible=float(visible)))
        return tuple(found)

    def _extent(self, body: Body) -> tuple[float, float, float, float] | None:
        """Box round a body in pixels, or ``None`` where part of it is behind the lens."""
        points = np.concatenate([mesh.vertices for mesh in body.parts])
        seen = self._plan.camera.seen(points)
        if seen[:, 2].min() <= NEAR_M:
            return None
        flat = self._plan.camera.pixels(seen)
        (left, top), (right, bottom) = flat.min(axis=0), flat.max(axis=0)
        return float(left), float(top), float(right), float(bottom)


def fill(picture: npt.NDArray[np.uint8], corners: Points, colours: Points) -> None:
    """Fill quadrilaterals in order; colours have three values also where one is used."""
    fixed = np.round(corners.clip(-4000, 4000) * 2**SHIFT).astype(np.int32)
    for face, colour in zip(fixed, colours.clip(0, 255).tolist(), strict=True):
        cv2.fillConvexPoly(picture, face, colour, shift=SHIFT)


def _area(flat: Points) -> Points:
    """Twice the signed area of quadrilaterals; negative where they turn their front to the lens."""
    one, other = flat[:, 2] - flat[:, 0], flat[:, 3] - flat[:, 1]
    return np.asarray(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0], np.float64)


def _inside(flat: Points, width: int, height: int) -> npt.NDArray[np.bool_]:
    low, high = flat.min(axis=1), flat.max(axis=1)
    return np.asarray(
        (high[:, 0] > 0) & (low[:, 0] < width) & (high[:, 1] > 0) & (low[:, 1] < height), np.bool_
    )
