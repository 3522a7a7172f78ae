"""Letters and digits for paint and signs, as few rectangles on a grid five wide and seven high."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

import numpy as np

from spatiotemporal.scene.surfaces import EMPTY, Surface, joined, plate

WIDTH, HEIGHT = 5, 7
ADVANCE = 6

_ROWS = MappingProxyType(
    {
        "0": "01110 10001 10001 10001 10001 10001 01110",
        "1": "00100 01100 00100 00100 00100 00100 01110",
        "2": "01110 10001 00001 00110 01000 10000 11111",
        "3": "11110 00001 00001 01110 00001 00001 11110",
        "4": "00010 00110 01010 10010 11111 00010 00010",
        "5": "11111 10000 11110 00001 00001 10001 01110",
        "6": "01110 10000 10000 11110 10001 10001 01110",
        "7": "11111 00001 00010 00100 00100 01000 01000",
        "8": "01110 10001 10001 01110 10001 10001 01110",
        "9": "01110 10001 10001 01111 00001 00001 01110",
        "A": "01110 10001 10001 11111 10001 10001 10001",
        "B": "11110 10001 10001 11110 10001 10001 11110",
        "C": "01111 10000 10000 10000 10000 10000 01111",
        "D": "11110 10001 10001 10001 10001 10001 11110",
        "E": "11111 10000 10000 11110 10000 10000 11111",
        "F": "11111 10000 10000 11110 10000 10000 10000",
        "G": "01111 10000 10000 10011 10001 10001 01111",
        "H": "10001 10001 10001 11111 10001 10001 10001",
        "I": "01110 00100 00100 00100 00100 00100 01110",
        "J": "00111 00010 00010 00010 00010 10010 01100",
        "K": "10001 10010 10100 11000 10100 10010 10001",
        "L": "10000 10000 10000 10000 10000 10000 11111",
        "M": "10001 11011 10101 10101 10001 10001 10001",
        "N": "10001 11001 10101 10011 10001 10001 10001",
        "O": "01110 10001 10001 10001 10001 10001 01110",
        "P": "11110 10001 10001 11110 10000 10000 10000",
        "Q": "01110 10001 10001 10001 10101 10010 01101",
        "R": "11110 10001 10001 11110 10100 10010 10001",
        "S": "01111 10000 10000 01110 00001 00001 11110",
        "T": "11111 00100 00100 00100 00100 00100 00100",
        "U": "10001 10001 10001 10001 10001 10001 01110",
        "V": "10001 10001 10001 10001 10001 01010 00100",
        "W": "10001 10001 10001 10101 10101 11011 10001",
        "X": "10001 10001 01010 00100 01010 10001 10001",
        "Y": "10001 10001 01010 00100 00100 00100 00100",
        "Z": "11111 00001 00010 00100 01000 10000 11111",
        "-": "00000 00000 00000 11111 00000 00000 00000",
    }
)
KNOWN = frozenset(_ROWS)


@cache
def rectangles(letter: str) -> tuple[tuple[int, int, int, int], ...]:
    """Rectangles (x0, y0, x1, y1) that cover a letter, ``y`` upwards; unknown letters have none."""
    rows = _ROWS.get(letter, "").split()
    grid = [[mark == "1" for mark in row] for row in reversed(rows)]
    found = []
    for y, row in enumerate(grid):
        for x, marked in enumerate(row):
            if marked:
                found.append(_grown(grid, x, y))
    return tuple(found)


def _grown(grid: list[list[bool]], x: int, y: int) -> tuple[int, int, int, int]:
    """The larger of the row and the column that begin here; its cells are taken."""
    right, up = x, y
    while right < WIDTH and grid[y][right]:
        right += 1
    while up < HEIGHT and grid[up][x]:
        up += 1
    x1, y1 = (right, y + 1) if right - x >= up - y else (x + 1, up)
    for row in range(y, y1):
        for column in range(x, x1):
            grid[row][column] = False
    return x, y, x1, y1


def width(text: str) -> float:
    """Width of a text in units of its height."""
    return (len(text) * ADVANCE - 1) / HEIGHT


def lying(text: str, height: float, *, stretch: float = 1.0) -> Surface:
    """A text on the ground: centred on ``x``, its feet on ``y`` = 0, read by one who looks along ``y``.

    Args:
        text: letters, digits and hyphens; others leave a gap.
        height: of the letters in metres.
        stretch: width of the letters against the grid's own.
    """
    cell = height / HEIGHT
    across = cell * stretch
    start = -(len(text) * ADVANCE - 1) * across / 2
    made = [
        plate(
            (start + (place * ADVANCE + x0) * across, start + (place * ADVANCE + x1) * across),
            (y0 * cell, y1 * cell),
        )
        for place, letter in enumerate(text)
        for x0, y0, x1, y1 in rectangles(letter)
    ]
    return joined(made) if made else EMPTY


def standing(text: str, height: float) -> Surface:
    """A text on an upright board: centred on ``x``, feet at ``z`` = 0, seen from the negative ``y`` side."""
    points, triangles = lying(text, height)
    return Surface(np.column_stack([points[:, 0], points[:, 2], points[:, 1]]), triangles)
