"""Picks one airport out of an OpenStreetMap extract: its elements by layer, and who it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shapely.geometry.base import BaseGeometry

from service_bus import Notice
from spatiotemporal.airport_model.exchange import aeroways, osm_shapes
from spatiotemporal.airport_model.exchange.osm_elements import OsmFile
from spatiotemporal.airport_model.frame import Frame

Feature = dict[str, Any]
Layers = dict[str, list[Feature]]

MOST_KINDS = 8
LONGEST_KIND = 40
AROUND_M = 30.0
"""Fences are drawn on the wrong side of a road; what lies this far outside still belongs inside."""


def airport(file: OsmFile, icao: str) -> tuple[Layers, dict[str, object], tuple[Notice, ...]]:
    """Features by layer, members of a manifest, and what was odd.

    Where the extract has the outline of the airport (by its ``icao`` tag, or the only one), elements
    outside it are left out: extracts hold the city around it.
    """
    found, notices = osm_shapes.features(file)
    fields = [one for one in found if one["properties"].get("aeroway") == "aerodrome"]
    own = _own(fields, icao)
    fence = _around(own["geometry"]) if own is not None and own["geometry"].area > 0 else None
    made: Layers = {}
    left = _LeftOut()
    for one in found:
        shape = one["geometry"]
        layer = aeroways.layer(one["properties"], shape)
        if one is own and not layer:
            continue  # a point, which tells who the airport is
        if not layer or (layer == "boundary" and one is not own):
            left.unread(one["properties"], layer)
        elif fence is None or layer == "boundary" or fence.intersects(shape):
            told = aeroways.properties(one["properties"], layer)
            made.setdefault(layer, []).append({"geometry": shape, "properties": told})
        else:
            left.outside += "aeroway" in one["properties"]
    identity = aeroways.identity(own["properties"]) if own is not None else {}
    return made, identity, (*file.notices, *notices, *left.notices())


class _LeftOut:
    """Counts parts of airfields that come into no layer."""

    def __init__(self) -> None:
        self.outside = 0
        self._kinds: Counter[str] = Counter()

    def unread(self, told: Mapping[str, Any], layer: str) -> None:
        """An element without a layer, or the outline of another airfield."""
        if told.get("aeroway") and not layer:
            self._kinds[str(told["aeroway"])[:LONGEST_KIND]] += 1
        elif layer:
            self._kinds["other aerodrome"] += 1

    def notices(self) -> Iterable[Notice]:
        """One for each of the two reasons."""
        if self._kinds:
            told = ", ".join(f"{kind} {n}" for kind, n in self._kinds.most_common(MOST_KINDS))
            text = f"elements of kinds that are not read: {told}"
            yield Notice(code="osm-unread-kind", field="aeroway", position="document", text=text)
        if self.outside:
            text = f"{self.outside} elements lie outside the outline of the airport; left out"
            yield Notice(code="osm-outside", field="aeroway", position="document", text=text)


def _own(fields: Sequence[Feature], icao: str) -> Feature | None:
    """The airport's own outline or point: by code, else the only one; an outline before a point."""
    coded = [one for one in fields if _code(one["properties"]) == icao.upper()]
    wanted = coded or (list(fields) if len(fields) == 1 else [])
    return max(wanted, key=lambda one: one["geometry"].area, default=None)


def _code(told: Mapping[str, Any]) -> str:
    return str(told.get("icao") or told.get("ref:icao") or told.get("ref") or "").upper()


def _around(area: BaseGeometry) -> BaseGeometry:
    middle = area.centroid
    frame = Frame(latitude=middle.y, longitude=middle.x, bearing_deg=0.0)
    return frame.world(frame.into(area).buffer(AROUND_M))
