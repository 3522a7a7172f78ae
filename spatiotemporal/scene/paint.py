"""What is painted on the ground, as flat surfaces (ICAO Annex 14, 5.2)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from spatiotemporal.airport_model import pavement
from spatiotemporal.airport_model.elements import Airport, Runway, RunwayEnd
from spatiotemporal.airport_model.frame import Point, moved
from spatiotemporal.airport_model.graphs import taxi_graph
from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.airport_model.turns import turns
from spatiotemporal.scene import glyphs
from spatiotemporal.scene.sketch import Patch, Sketch, Thing
from spatiotemporal.scene.surfaces import EMPTY, Surface, joined, plate

PAINT_Z = -0.03
TAXI_LINE_M = 0.3
STRIPE_M, GAP_M = 30.0, 20.0
FIRST_STRIPE_M = 90.0
NUMBER_M = 9.0
"""Height of a runway's number, feet to head."""

STAND_NUMBER_M = 3.0
Placed = tuple[Point, list[Patch]]


def runway_paint(airport: Airport) -> Iterator[Placed]:
    """Centre line, edges, thresholds, numbers and aiming points, one group per runway."""
    for runway in airport.runways:
        thing = _thing(
            airport,
            "runway",
            runway.name,
            f"跑道 {runway.name} 标志",
            f"Runway {runway.name} markings",
        )
        surfaces = [_centre_line(runway), _edges(runway)]
        surfaces += [_end(runway, end) for end in runway.ends]
        yield runway.centre, _patches(thing, "paint_white", surfaces)


def _block(end: RunwayEnd, along: tuple[float, float], across: tuple[float, float]) -> Surface:
    """A rectangle seen from a threshold: metres ahead of it and to its right."""
    corners = [
        (a, r)
        for r, a in (
            (across[0], along[0]),
            (across[1], along[0]),
            (across[1], along[1]),
            (across[0], along[1]),
        )
    ]
    points = [moved(end.threshold, end.heading_deg, a, r) for a, r in corners]
    flat = np.column_stack([np.array(points), np.zeros(4)])
    return Surface(flat, np.array([[0, 1, 2], [0, 2, 3]], dtype=np.int64))


def _centre_line(runway: Runway) -> Surface:
    first, second = runway.ends
    length = math.dist(first.threshold, second.threshold) - FIRST_STRIPE_M
    starts = np.arange(FIRST_STRIPE_M, length - STRIPE_M, STRIPE_M + GAP_M).tolist()
    return joined([_block(first, (at, at + STRIPE_M), (-0.45, 0.45)) for at in starts])


def _edges(runway: Runway) -> Surface:
    first, _ = runway.ends
    along = (-first.displaced_m, runway.length_m - first.displaced_m)
    half = runway.width_m / 2
    return joined([_block(first, along, (a, a + 0.9)) for a in (-half + 0.5, half - 1.4)])


def _end(runway: Runway, end: RunwayEnd) -> Surface:
    half, count = runway.width_m / 2, 8 if runway.width_m >= 60 else 6
    stripes = [
        _block(end, (6.0, 36.0), (side * (1.8 + n * 3.6) - 0.9, side * (1.8 + n * 3.6) + 0.9))
        for side in (-1, 1)
        for n in range(count)
    ]
    beside = min(half - 9.0, 18.0)
    aiming = [_block(end, (400.0, 460.0), (x - 4.5, x + 4.5)) for x in (-beside, beside)]
    return joined([*stripes, *aiming, *_before(runway, end), _number(end)])


def _before(runway: Runway, end: RunwayEnd) -> list[Surface]:
    """Bar and arrows of a displaced threshold."""
    if end.displaced_m <= 0:
        return []
    half = runway.width_m / 2 - 1.0
    made = [_block(end, (-1.8, 0.0), (-half, half))]
    for back in np.arange(45.0, end.displaced_m, 60.0).tolist():
        made.append(_block(end, (-back, -back + 22.0), (-0.45, 0.45)))
        head = [
            moved(end.threshold, end.heading_deg, -back + a, r)
            for a, r in ((22.0, -4.0), (22.0, 4.0), (32.0, 0.0))
        ]
        made.append(Surface(np.column_stack([np.array(head), np.zeros(3)]), np.array([[0, 1, 2]])))
    return made


def _number(end: RunwayEnd) -> Surface:
    digits = end.designator.rstrip("LCR")
    letter = end.designator[len(digits) :]
    parts = [(digits, 62.0 + NUMBER_M + 6.0)] if letter else [(digits, 62.0)]
    parts += [(letter, 62.0)] if letter else []
    return joined(
        [
            glyphs.lying(text, NUMBER_M, stretch=0.8).moved(
                *moved(end.threshold, end.heading_deg, along), heading_deg=end.heading_deg
            )
            for text, along in parts
        ]
    )


def taxi_paint(airport: Airport) -> Iterator[Placed]:
    """Yellow guidance lines: taxiways, the curves between them, lead-in lines."""
    for way in airport.taxiways:
        line = pavement.way_line(way)
        thing = _thing(airport, "taxi_line", way.id, f"{way.name} 中线", f"{way.name} centre line")
        middle = line.interpolate(0.5, normalized=True)
        yield (
            (middle.x, middle.y),
            _patches(
                thing, "paint_yellow", [ribbon(shapely.get_coordinates(line).tolist(), TAXI_LINE_M)]
            ),
        )
    for stand in airport.stands:
        thing = _thing(
            airport, "stand", stand.number, f"{stand.number} 机位", f"Stand {stand.number}"
        )
        bar = plate((-2.0, 2.0), (-0.2, 0.2))
        number = glyphs.lying(stand.number, STAND_NUMBER_M)
        place = moved(stand.nose, stand.heading_deg, -stand.length_m - 4.0)
        surfaces = [
            ribbon(stand.lead_in, TAXI_LINE_M),
            bar.moved(*stand.nose, heading_deg=stand.heading_deg),
            number.moved(*moved(place, stand.heading_deg, 0.0, 4.0), heading_deg=stand.heading_deg),
        ]
        yield stand.nose, _patches(thing, "paint_yellow", surfaces)
    yield from _turns(airport)


def _turns(airport: Airport) -> Iterator[Placed]:
    for number, turn in enumerate(turns(taxi_graph(airport))):
        if len(turn.points) > 1:
            name = f"{turn.strand}.{number}"
            thing = _thing(
                airport, "taxi_turn", name, f"{turn.strand} 转弯线", f"{turn.strand} turn"
            )
            yield turn.corner, _patches(thing, "paint_yellow", [ribbon(turn.points, TAXI_LINE_M)])


def hold_paint(airport: Airport) -> Iterator[Placed]:
    """Holding lines of pattern A: two whole bars on the taxiway's side, two broken ones beyond."""
    for hold in airport.hold_lines:
        half = hold.width_m / 2
        bars = [plate((-half, half), (y, y + 0.3)) for y in (-2.1, -1.5)]
        dashes = [
            plate((x, x + 0.9), (y, y + 0.3))
            for y in (-0.9, -0.3)
            for x in np.arange(-half, half - 0.9, 1.8).tolist()
        ]
        thing = _thing(airport, "hold_line", hold.id, "跑道等待线", "Runway holding position")
        placed = joined([*bars, *dashes]).moved(*hold.point, heading_deg=hold.heading_deg)
        yield hold.point, _patches(thing, "paint_yellow", [placed])


def ribbon(points: Sequence[Point], wide: float) -> Surface:
    """A line with a width, its corners mitred."""
    line = np.asarray(points, dtype=np.float64)
    steps = np.diff(line, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    line = np.concatenate([line[:1], line[1:][lengths > 0.01]])
    if len(line) < 2:
        return EMPTY
    ahead = np.diff(line, axis=0)
    ahead /= np.hypot(ahead[:, 0], ahead[:, 1])[:, None]
    mean = np.concatenate([ahead[:1], ahead[1:] + ahead[:-1], ahead[-1:]])
    mean /= np.maximum(np.hypot(mean[:, 0], mean[:, 1]), 1e-6)[:, None]
    inner = np.concatenate([ahead, ahead[-1:]])
    # A corner's points lie further out than the half width; at hairpins no more than twice.
    out = wide / 2 / np.maximum(np.einsum("ij,ij->i", mean, inner), 0.5)
    right = np.column_stack([mean[:, 1], -mean[:, 0]]) * out[:, None]
    flat = np.concatenate([line + right, line - right])
    at, left = np.arange(len(line) - 1), len(line)
    triangles = np.concatenate(
        [
            np.column_stack([at, at + 1, at + 1 + left]),
            np.column_stack([at, at + 1 + left, at + left]),
        ]
    )
    return Surface(np.column_stack([flat, np.zeros(len(flat))]), triangles)


def _thing(airport: Airport, layer: str, key: str, zh: str, en: str) -> Thing:
    return Thing(id=f"{airport.icao}.{layer}.{key}", kind="marking", label=Label(zh=zh, en=en))


def _patches(thing: Thing, material: str, surfaces: Sequence[Surface]) -> list[Patch]:
    sketch = Sketch()
    sketch.add(thing, material, joined(surfaces).moved(0.0, 0.0, PAINT_Z))
    return sketch.patches
