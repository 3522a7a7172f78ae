"""A small apron drawn here: one taxilane with eighteen stands, roads at their heads, two crossings.

For tests, and for the data set of vehicle tracks, which has to be made without an airport model.

    road   y= 140  ──┬──────────────────────────┬──      heads of the northern stands
    stands y= 110    │  ∧  ∧  ∧  ∧  ∧  ∧  ∧  ∧ │
    taxilane  y= 0 ──┼──────────────────────────┼──      crossed by the roads at x = 30 and 570
    stands y=-110    │  ∨  ∨  ∨  ∨  ∨  ∨  ∨  ∨ │
    road   y=-140  ──┴──────────────────────────┴──      heads of the southern stands

Taxiways at x = 0 and x = 600 lead on to holding points.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from ai_center.conflicts.ground import Ground, Line, Place, ground_of

STANDS_X: Final = tuple(range(60, 541, 60))
CROSSINGS_X: Final = (30, 570)
SIDES: Final = (("N", 1), ("S", -1))
NOSE_M: Final = 110.0
ROAD_M: Final = 140.0
SERVICE_M: Final = 116.0


def practice_ground() -> Ground:
    """The whole of it."""
    lines = [*_both(_taxiways(), "taxi"), *_both(_roads(), "road")]
    places = {f"taxi hold:{name}": f"taxi hold:{name}" for name in _holds()}
    for stand, _, _ in _stands():
        places[f"taxi stand:{stand}"] = f"taxi stand:{stand}"
        places[f"road stand:{stand}"] = f"road stand:{stand}"
    for side, _ in SIDES:
        for end in ("west", "east"):
            places[f"road facility:{end} {side}"] = f"road facility:{end} {side}"
    return ground_of("practice", lines, places)


Drawn = tuple[str, str, str, Sequence[Place], float, int]
"""Start, end, kind, points, speed and lanes of a way in one direction."""


def _holds() -> tuple[str, ...]:
    return tuple(f"{end} {side}" for end in ("west", "east") for side, _ in SIDES)


def _stands() -> Iterator[tuple[str, int, int]]:
    """Name, x and side of every stand."""
    for side, sign in SIDES:
        for number, x in enumerate(STANDS_X, 1):
            yield f"{side}{number}", x, sign


def _taxiways() -> Iterator[Drawn]:
    nodes = [0, *STANDS_X, 600]
    for a, b in itertools.pairwise(nodes):
        yield f"lane {a}", f"lane {b}", "taxilane", ((a, 0.0), (b, 0.0)), 6.0, 1
    for end, x in (("west", 0), ("east", 600)):
        for side, sign in SIDES:
            points = ((float(x), sign * 400.0), (float(x), 0.0))
            yield f"hold:{end} {side}", f"lane {x}", "taxiway", points, 10.0, 1
    for stand, x, sign in _stands():
        points = ((float(x), sign * NOSE_M), (float(x), 0.0))
        yield f"stand:{stand}", f"lane {x}", "lead_in", points, 2.0, 1


def _roads() -> Iterator[Drawn]:
    nodes = [-120, CROSSINGS_X[0], *STANDS_X, CROSSINGS_X[1], 720]
    for side, sign in SIDES:
        y = sign * ROAD_M
        for a, b in itertools.pairwise(nodes):
            start, end = (f"head {side} {x}" for x in (a, b))
            yield start, end, "stand", ((float(a), y), (float(b), y)), 6.9, 2
        for end, x, out in (("west", -120, -140), ("east", 720, 740)):
            points = ((float(x), y), (float(out), y))
            yield f"head {side} {x}", f"facility:{end} {side}", "connector", points, 2.0, 2
    for x in CROSSINGS_X:
        points = ((float(x), ROAD_M), (float(x), -ROAD_M))
        yield f"head N {x}", f"head S {x}", "apron", points, 9.7, 2
    for stand, x, sign in _stands():
        points = ((float(x), sign * ROAD_M), (float(x), sign * SERVICE_M))
        yield f"head {stand[0]} {x}", f"stand:{stand}", "connector", points, 2.0, 2


def _both(drawn: Iterator[Drawn], network: str) -> Iterator[Line]:
    """Lines in both directions."""
    for start, end, kind, points, speed, lanes in drawn:
        for first, last, way in ((start, end, points), (end, start, points[::-1])):
            yield Line(
                start=f"{network} {first}",
                end=f"{network} {last}",
                network="taxi" if network == "taxi" else "road",
                kind=kind,
                points=tuple((float(x), float(y)) for x, y in way),
                speed_mps=speed,
                lanes=lanes,
                code="E",
            )
