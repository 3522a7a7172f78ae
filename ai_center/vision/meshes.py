"""Solid bodies as quadrilaterals with a colour: what the renderer draws.

Faces wind so that their normal points out of the body; a triangle repeats its last corner. Colours are
blue, green, red, 0..255. Bodies are made in a frame of their own: x forward, y left, z up, metres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ai_center.vision.geometry import Points

Colour = tuple[float, float, float]
Corners = npt.NDArray[np.int64]

BLACK: Colour = (35, 35, 35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesh:
    """A body.

    Attributes:
        vertices: shape (n, 3).
        faces: numbers of vertices, shape (m, 4).
        colours: shape (m, 3).
    """

    vertices: Points
    faces: Corners
    colours: Points


def joined(meshes: Iterable[Mesh]) -> Mesh:
    """Several bodies as one."""
    parts = list(meshes)
    starts = np.cumsum([0, *(len(part.vertices) for part in parts)])
    return Mesh(
        vertices=np.concatenate([part.vertices for part in parts]),
        faces=np.concatenate([part.faces + s for part, s in zip(parts, starts, strict=False)]),
        colours=np.concatenate([part.colours for part in parts]),
    )


def placed(mesh: Mesh, x: float, y: float, heading_rad: float, *, z: float = 0.0) -> Mesh:
    """A body turned about z and moved."""
    c, s = math.cos(heading_rad), math.sin(heading_rad)
    turn = np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])
    moved = mesh.vertices @ turn + np.array([x, y, z])
    return Mesh(vertices=moved, faces=mesh.faces, colours=mesh.colours)


def solid(rings: Points, colour: Colour, *, closed: bool = True) -> Mesh:
    """A body through rings of corners.

    Args:
        rings: shape (rings, corners, 3); corners run anticlockwise seen from the last ring's side.
        colour: of every face.
        closed: put lids on both ends.
    """
    count, corners, _ = rings.shape
    faces = [
        (
            ring * corners + k,
            ring * corners + (k + 1) % corners,
            (ring + 1) * corners + (k + 1) % corners,
            (ring + 1) * corners + k,
        )
        for ring in range(count - 1)
        for k in range(corners)
    ]
    if closed:
        last = (count - 1) * corners
        for k in range(1, corners - 1, 2):
            end = min(k + 2, corners - 1)
            faces.append((last, last + k, last + k + 1, last + end))
            faces.append((0, end, k + 1, k) if end > k + 1 else (0, k + 1, k, k))
    found = np.array(faces, np.int64)
    return Mesh(
        vertices=rings.reshape(-1, 3).astype(np.float64),
        faces=found,
        colours=np.tile(np.array(colour, np.float64), (len(found), 1)),
    )


def box(
    x: tuple[float, float], y: tuple[float, float], z: tuple[float, float], colour: Colour
) -> Mesh:
    """A cuboid between two values of each axis."""
    return wedge(x, y, (z[0], z[0]), (z[1], z[1]), colour)


def wedge(
    x: tuple[float, float],
    y: tuple[float, float],
    under: tuple[float, float],
    over: tuple[float, float],
    colour: Colour,
) -> Mesh:
    """A cuboid whose bottom and top slope from ``x[0]`` to ``x[1]``."""
    rings = [
        [(at, y[0], low), (at, y[1], low), (at, y[1], high), (at, y[0], high)]
        for at, low, high in ((x[0], under[0], over[0]), (x[1], under[1], over[1]))
    ]
    return solid(np.array(rings, np.float64), colour)


def tube(
    stations: Iterable[tuple[float, float, float]],
    colour: Colour,
    *,
    y: float = 0.0,
    sides: int = 12,
) -> Mesh:
    """A body of circles along x: (x, radius, height of the middle), x growing."""
    angles = np.arange(sides) * 2 * np.pi / sides + np.pi / sides
    rings = [
        np.column_stack(
            [np.full(sides, x), y + radius * np.cos(angles), z + radius * np.sin(angles)]
        )
        for x, radius, z in stations
    ]
    return solid(np.stack(rings), colour)


def plate(corners: Iterable[tuple[float, float, float]], thick: float, colour: Colour) -> Mesh:
    """A flat body over four corners (anticlockwise from above), ``thick`` metres down."""
    top = np.array(list(corners), np.float64)
    return solid(np.stack([top - np.array([0, 0, thick]), top]), colour)


def painted(mesh: Mesh, chosen: npt.NDArray[np.bool_], colour: Colour) -> Mesh:
    """The same body with some faces of another colour."""
    colours = np.where(chosen[:, None], np.array(colour, np.float64), mesh.colours)
    return Mesh(vertices=mesh.vertices, faces=mesh.faces, colours=colours)


def middles(mesh: Mesh) -> Points:
    """Middle of every face, shape (m, 3)."""
    return np.asarray(mesh.vertices[mesh.faces].mean(axis=1), np.float64)
