"""Plans the replacement of a whole layer: only what differs is ended and made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

import shapely
from shapely.geometry import shape

from spatiotemporal.airport_model.thematic.faults import EditRefused, Objection
from spatiotemporal.airport_model.thematic.versions import Content, Version, replaced

TIMES = frozenset({"valid_from", "valid_to", "id"})
"""Properties that the version carries itself."""


def plan(
    layer: str, current: Sequence[Version], collection: Mapping[str, Any], now: datetime
) -> tuple[tuple[int, ...], tuple[Content, ...]]:
    """Ends and makes that turn a layer into a collection from ``now`` on.

    Args:
        current: the layer's versions that hold now or later.
        collection: GeoJSON features, WGS84.

    Raises:
        EditRefused: a feature whose shape is empty or not valid.
    """
    held: dict[str, list[Version]] = {}
    for version in current:
        held.setdefault(version.content.feature_id, []).append(version)
    ends: list[int] = []
    makes: list[Content] = []
    for feature in collection["features"]:
        wanted = _content(layer, feature, now, new=str(feature["id"]) not in held)
        before = held.pop(wanted.feature_id, [])
        if any(_same(version.content, wanted) for version in before):
            continue
        ended, made = replaced(before, wanted.valid_from, None, (wanted,))
        ends += ended
        makes += made
    for before in held.values():
        ended, made = replaced(before, now, None, ())
        ends += ended
        makes += made
    return tuple(ends), tuple(makes)


def _content(layer: str, feature: Mapping[str, Any], now: datetime, *, new: bool) -> Content:
    drawn = shape(feature["geometry"])
    if drawn.is_empty or not drawn.is_valid:
        text = f"of {feature['id']}: {shapely.is_valid_reason(drawn)}"
        raise EditRefused(layer, (Objection(field="geometry", rule="geometry-invalid", text=text),))
    told = feature["properties"]
    began = _moment(told.get("valid_from"))
    return Content(
        feature_id=str(feature["id"]),
        shape=drawn,
        properties={name: value for name, value in told.items() if name not in TIMES},
        # What comes for the first time holds since its own beginning; a change holds from now on.
        valid_from=min(began, now) if new and began is not None else now,
        valid_to=None,
    )


def _moment(text: object) -> datetime | None:
    """A day or a moment of a feature; days begin at midnight UTC."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is None:
        found = datetime.combine(found.date(), time(), tzinfo=UTC)
    return found


def _same(content: Content, wanted: Content) -> bool:
    return (
        content.valid_to is None
        and dict(content.properties) == dict(wanted.properties)
        and bool(shapely.equals_identical(content.shape, wanted.shape))
    )
