"""What differs between two sets of layers: counts, what came and went, what moved and how far.

Features pair up by id; those left over pair up by place when each is the other's nearest of its
layer within :data:`NEAR_M`, so that two sources with ids of their own can be compared too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.spatial import cKDTree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.frame import Frame

Kind = Literal["added", "removed", "moved", "changed"]
Layers = Mapping[str, Mapping[str, object]]

NEAR_M = 60.0
"""About a large stand's width: two drawings of one thing lie closer, two things lie farther."""

STILL_M = 0.05
"""Shapes nearer than this are the same: coordinates are written to a centimetre."""

MUTE = frozenset({"id", "source", "quality", "valid_from", "valid_to"})
"""Attributes that say where a feature comes from, not what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One feature that is not the same on both sides.

    Attributes:
        moved_m: Hausdorff distance between the shapes; how far the farthest corner is off.
        attributes: names of those that differ.
        before, after: shapes in the frame of the comparison.
    """

    kind: Kind
    layer: str
    id: str
    moved_m: float = 0.0
    attributes: tuple[str, ...] = ()
    before: BaseGeometry | None = None
    after: BaseGeometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All differences.

    Attributes:
        counts: per layer, features on the first and on the second side.
        same: shapes on both sides, for a picture's ground.
    """

    frame: Frame
    counts: Mapping[str, tuple[int, int]]
    changes: tuple[Change, ...]
    same: tuple[tuple[str, BaseGeometry], ...]

    def table(self) -> list[dict[str, object]]:
        """One row per layer: counts, and how many came, went, moved and changed."""
        rows: list[dict[str, object]] = []
        for layer, (first, second) in self.counts.items():
            own = [change for change in self.changes if change.layer == layer]
            kinds = [change.kind for change in own]
            moved = [change.moved_m for change in own if change.kind == "moved"]
            rows.append(
                {
                    "layer": layer,
                    "first": first,
                    "second": second,
                    "added": kinds.count("added"),
                    "removed": kinds.count("removed"),
                    "moved": kinds.count("moved"),
                    "changed": kinds.count("changed"),
                    "median_m": round(float(np.median(moved)), 2) if moved else 0.0,
                    "most_m": round(max(moved, default=0.0), 2),
                }
            )
        return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    id: str
    shape: BaseGeometry
    told: Mapping[str, object]


def compare(first: Layers, second: Layers) -> Difference:
    """Find what differs.

    Raises:
        ValueError: neither side has a feature.
    """
    frame = _frame([*first.values(), *second.values()])
    counts: dict[str, tuple[int, int]] = {}
    changes: list[Change] = []
    same: list[tuple[str, BaseGeometry]] = []
    for layer in dict.fromkeys([*first, *second]):
        before, after = (_items(side.get(layer), frame) for side in (first, second))
        counts[layer] = len(before), len(after)
        for one, other in _pairs(before, after):
            change = _change(layer, one, other)
            if change is not None:
                changes.append(change)
            elif other is not None:
                same.append((layer, other.shape))
    return Difference(frame=frame, counts=counts, changes=tuple(changes), same=tuple(same))


def _frame(collections: Sequence[Mapping[str, object]]) -> Frame:
    for collection in collections:
        for feature in _listed(collection):
            middle = shape(feature["geometry"]).representative_point()
            return Frame(latitude=middle.y, longitude=middle.x, bearing_deg=0.0)
    raise ValueError("there is no feature on either side")


def _listed(collection: Mapping[str, object] | None) -> list[dict[str, Any]]:
    listed = (collection or {}).get("features", [])
    assert isinstance(listed, list)
    return listed


def _items(collection: Mapping[str, object] | None, frame: Frame) -> list[_Item]:
    items = []
    for feature in _listed(collection):
        told = feature["properties"]
        assert isinstance(told, dict)
        place = frame.into(shape(feature["geometry"]))
        items.append(_Item(id=str(feature["id"]), shape=place, told=told))
    return items


def _pairs(
    before: Sequence[_Item], after: Sequence[_Item]
) -> Iterable[tuple[_Item | None, _Item | None]]:
    by_id = {item.id: item for item in after}
    left: list[_Item] = []
    for item in before:
        if item.id in by_id:
            yield item, by_id.pop(item.id)
        else:
            left.append(item)
    right = list(by_id.values())
    met = _nearest(left, right)
    for index, item in enumerate(left):
        yield item, right[met[index]] if index in met else None
    taken = set(met.values())
    for index, item in enumerate(right):
        if index not in taken:
            yield None, item


def _nearest(left: Sequence[_Item], right: Sequence[_Item]) -> dict[int, int]:
    """Pairs of indices that are each other's nearest, within :data:`NEAR_M`."""
    if not left or not right:
        return {}
    here, there = (
        np.asarray([item.shape.centroid.coords[0] for item in side]) for side in (left, right)
    )
    metres, onward = (np.asarray(found) for found in cKDTree(there).query(here))
    back = np.asarray(cKDTree(here).query(there)[1])
    return {
        index: int(other)
        for index, other in enumerate(onward)
        if back[other] == index and metres[index] <= NEAR_M
    }


def _change(layer: str, one: _Item | None, other: _Item | None) -> Change | None:
    if one is None:
        assert other is not None
        return Change(kind="added", layer=layer, id=other.id, after=other.shape)
    if other is None:
        return Change(kind="removed", layer=layer, id=one.id, before=one.shape)
    moved = one.shape.hausdorff_distance(other.shape)
    attributes = tuple(sorted(_unlike(one.told, other.told)))
    if moved <= STILL_M and not attributes:
        return None
    return Change(
        kind="moved" if moved > STILL_M else "changed",
        layer=layer,
        id=one.id,
        moved_m=moved,
        attributes=attributes,
        before=one.shape,
        after=other.shape,
    )


def _unlike(one: Mapping[str, object], other: Mapping[str, object]) -> Iterable[str]:
    for name in {*one, *other} - MUTE:
        if one.get(name) != other.get(name):
            yield name
