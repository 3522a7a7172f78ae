"""Runways that a file calls by the same numbers get numbers of their own.

Small fields call a grass strip or a water lane beside the paved runway by its numbers. The paved one,
else the longest, keeps them; each other gets a letter as simulators write them: ``09G/27G``, ``W`` for
water, then whatever is free. What the file said stays in ``designator_of_source``. Pieces of one runway,
which lie on one line, stay together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import LineString, shape
from shapely.geometry import Point as Dot

from spatiotemporal.airport_model.assembled.sheet import Item, Layers, axis, items
from spatiotemporal.airport_model.designators import designators
from spatiotemporal.airport_model.frame import Frame

RUNWAYS = ("runway", "runway_line")
LETTERS = "GSUCW"
HARD = ("asphalt", "concrete", "paved")
ASIDE_M = 15.0
"""A piece that lies farther from the line of another is no piece of it, unless that is wider."""

Names = tuple[str, ...]
Feature = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A drawn piece of a runway, by its layer and its place in there."""

    layer: str
    index: int
    item: Item
    line: LineString
    half_m: float

    def holds(self, other: _Piece) -> bool:
        """Whether another piece lies along the endless line of this one."""
        (x0, y0), (x1, y1) = self.line.coords
        length = self.line.length or 1.0
        aside = (
            abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length for x, y in other.line.coords
        )
        return max(aside) <= max(self.half_m, ASIDE_M)


def told_apart(layers: Layers) -> dict[str, dict[str, object]]:
    """The layers with different numbers for different runways; others stay as they are."""
    made = {name: dict(collection) for name, collection in layers.items()}
    groups = _groups(layers)
    taken = set(groups)
    for names, pieces in groups.items():
        first, *others = _runways(pieces)
        if not others:
            continue
        ends = {names: first[0].line}
        for runway in others:
            new = _free(names, runway[0].item, taken)
            if new:
                taken.add(new)
                ends[new] = runway[0].line
                _rename(made, ((p.layer, p.index) for p in runway), "/".join(new))
        _thresholds(made, names, ends, _frame(layers))
    return made


def _groups(layers: Layers) -> dict[Names, list[_Piece]]:
    frame = _frame(layers)
    groups: dict[Names, list[_Piece]] = {}
    for layer in RUNWAYS:
        for index, item in _numbered(layers, layer, frame):
            names = designators(item.text("designator", "ref"))
            if names:
                groups.setdefault(tuple(sorted(names)), []).append(_piece(layer, index, item))
    return groups


def _numbered(layers: Layers, layer: str, frame: Frame) -> Iterable[tuple[int, Item]]:
    """The features of a layer that have a shape, with their places in the list."""
    for index, feature in enumerate(_features(layers.get(layer, {}))):
        for item in items({layer: {"features": [feature]}}, layer, frame):
            yield index, item


def _piece(layer: str, index: int, item: Item) -> _Piece:
    ends, across = axis(item.shape)
    if layer == "runway_line":
        points = shapely.get_coordinates(item.shape).tolist()
        far = max(points, key=lambda p: math.dist(p, points[0]))
        ends, told = (tuple(points[0]), tuple(far)), item.metres("width_m", "width")
        across = 0.0 if math.isnan(told) else told
    return _Piece(layer=layer, index=index, item=item, line=LineString(ends), half_m=across / 2)


def _frame(layers: Layers) -> Frame:
    """A frame about the first runway; lengths in it need be true to a metre only."""
    for layer in RUNWAYS:
        for feature in _features(layers.get(layer, {})):
            place = shape(feature["geometry"]).representative_point()
            return Frame(latitude=place.y, longitude=place.x, bearing_deg=0.0)
    return Frame(latitude=0.0, longitude=0.0, bearing_deg=0.0)


def _features(collection: Mapping[str, object]) -> Sequence[Feature]:
    listed = collection.get("features", ())
    assert isinstance(listed, Sequence)
    return listed


def _runways(pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    """Pieces by runway, the longest piece of each first; paved ones first, then the longest."""
    found: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.line.length):
        home = next((runway for runway in found if runway[0].holds(piece)), None)
        if home is None:
            found.append([piece])
        else:
            home.append(piece)
    return sorted(found, key=lambda runway: runway[0].item.text("surface") not in HARD)


def _free(names: Names, item: Item, taken: set[Names]) -> Names:
    """Numbers that no runway has yet; none when all letters are taken."""
    own = "W" if item.text("surface") == "water" else ""
    for letter in own + LETTERS:
        new = tuple(name[:2] + letter for name in names)
        if new not in taken:
            return new
    return ()


def _rename(made: dict[str, dict[str, object]], which: Iterable[tuple[str, int]], new: str) -> None:
    for layer, index in which:
        features = list(_features(made[layer]))
        told = features[index].get("properties") or {}
        said = told.get("designator") or told.get("ref")
        told = {**told, "designator": new, "designator_of_source": said}
        features[index] = {**features[index], "properties": told}
        made[layer]["features"] = features


def _thresholds(
    made: dict[str, dict[str, object]], names: Names, lines: Mapping[Names, LineString],
    frame: Frame,
) -> None:  # fmt: skip
    """Thresholds go with the runway at whose end they lie."""
    for index, item in _numbered(made, "threshold", frame):
        said = designators(item.text("designator", "ref"))[:1]
        if not said or said[0] not in names:
            continue
        place = item.shape.representative_point()
        new = min(lines, key=lambda one: _to_an_end(lines[one], place))
        if new != names:
            _rename(made, [("threshold", index)], new[names.index(said[0])])
            told = _features(made["threshold"])[index]["properties"]
            told["runway"] = "/".join(new)


def _to_an_end(line: LineString, place: Dot) -> float:
    return min(place.distance(Dot(end)) for end in line.coords)
