"""Numbers out of STEP values, and the matrices and points that shapes are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spatiotemporal.airport_model.exchange.ifc.step import Ref, Value

Points = NDArray[np.float64]
"""Shape (n, 3)."""

Matrix = NDArray[np.float64]
"""Shape (4, 4)."""


class Broken(ValueError):
    """An attribute that is not what its type asks for; the shape is left out."""


def refs(value: Value) -> tuple[Ref, ...]:
    """References of a list; none when it is no list."""
    listed = value if isinstance(value, tuple) else ()
    return tuple(one for one in listed if isinstance(one, Ref))


def rows(value: Value) -> tuple[Value, ...]:
    """Members of a list.

    Raises:
        Broken: it is none.
    """
    if not isinstance(value, tuple):
        raise Broken("not a list")
    return value


def numbers(value: Value) -> list[float]:
    """Numbers of a list.

    Raises:
        Broken: one that no building reaches.
    """
    listed = value if isinstance(value, tuple) else ()
    found = [one for one in listed if isinstance(one, float)]
    if not all(abs(one) < 1e12 for one in found):
        raise Broken("a number beyond measure")
    return found


def number(value: Value) -> float:
    """One number.

    Raises:
        Broken: it is none.
    """
    found = numbers((value,))
    if not found:
        raise Broken("not a number")
    return found[0]


def three(found: list[float]) -> NDArray[np.float64]:
    """Coordinates in space, a third of zero where there are two.

    Raises:
        Broken: there are neither two nor three.
    """
    if len(found) not in (2, 3):
        raise Broken(f"{len(found)} coordinates")
    return np.array([*found, 0.0][:3])


def corners(value: Value) -> Points:
    """Points of a list of coordinate lists."""
    return np.array([three(numbers(row)) for row in rows(value)]).reshape(-1, 3)


def frame(at: Points, x: Points, z: Points) -> Matrix:
    """A matrix from an origin and two directions; ``x`` is made upright to ``z``.

    Raises:
        Broken: the directions are parallel.
    """
    ahead = x - z * float(x @ z)
    length = float(np.linalg.norm(ahead))
    if length < 1e-9:
        raise Broken("directions that are parallel")
    ahead = ahead / length
    made = np.eye(4)
    made[:3, 0], made[:3, 1], made[:3, 2], made[:3, 3] = ahead, np.cross(z, ahead), z, at
    return made


def moved(points: Points, matrix: Matrix) -> Points:
    """Points after a matrix."""
    found: Points = points @ matrix[:3, :3].T + matrix[:3, 3]
    return found
