"""Features with two times: since when they hold in the world, and since when the platform says so.

A version holds from ``valid_from`` up to, not including, ``valid_to``. Versions are never rewritten:
an edit ends some and makes others, so what was known at any moment can be told again, and an edit
is undone by ending what it made and making again what it ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

Action = Literal["publish", "create", "change", "retire", "undo"]
Box = tuple[float, float, float, float]
"""West, south, east, north, degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a feature is during some time.

    Attributes:
        shape: WGS84, longitude first.
        valid_to: ``None`` while no end is known.
    """

    feature_id: str
    shape: BaseGeometry
    properties: Mapping[str, object]
    valid_from: datetime
    valid_to: datetime | None = None

    def holds_at(self, moment: datetime) -> bool:
        """Whether it is true at a moment."""
        return self.valid_from <= moment and (self.valid_to is None or moment < self.valid_to)

    def overlaps(self, start: datetime, end: datetime | None) -> bool:
        """Whether it is true at some time of a window."""
        before_end = end is None or self.valid_from < end
        return before_end and (self.valid_to is None or start < self.valid_to)

    def geojson(self) -> dict[str, object]:
        """The feature as GeoJSON."""
        times: dict[str, object] = {"valid_from": self.valid_from.isoformat()}
        if self.valid_to is not None:
            times["valid_to"] = self.valid_to.isoformat()
        return {
            "type": "Feature",
            "id": self.feature_id,
            "geometry": mapping(self.shape),
            "properties": {**self.properties, "id": self.feature_id, **times},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A stored content.

    Attributes:
        seq: unique in the store.
        made_by: number of the edit that made it.
        ended_by: number of the edit after which it is no longer said; ``None`` while it is.
    """

    seq: int
    content: Content
    made_by: int
    recorded_at: datetime
    ended_by: int | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEdit:
    """An edit, planned on a state of its layer.

    Attributes:
        revision: of the layer that the plan was made on.
        ends: ``seq`` of the versions that are no longer said.
        makes: contents that are said instead.
        undoes: number of the edit that is taken back.
    """

    icao: str
    layer: str
    action: Action
    who: str
    reason: str
    revision: int
    ends: tuple[int, ...]
    makes: tuple[Content, ...]
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An edit as the audit keeps it.

    Attributes:
        features: how many features it touched.
        undone_by: number of the edit that took it back.
    """

    number: int
    icao: str
    layer: str
    action: Action
    who: str
    made_at: datetime
    reason: str
    features: int
    undoes: int | None
    undone_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a layer says at a moment, named without reading it.

    Attributes:
        revision: count of edits.
        turned: last moment at which a version began or ceased to hold.
    """

    revision: int
    turned: datetime | None

    @property
    def tag(self) -> str:
        """Short text that differs whenever the layer does."""
        stamp = "" if self.turned is None else f"{self.turned.timestamp():.0f}"
        return f"{self.revision}-{stamp}"


def replaced(
    current: Sequence[Version], start: datetime, end: datetime | None, makes: Sequence[Content]
) -> tuple[tuple[int, ...], tuple[Content, ...]]:
    """Ends and makes of an edit that puts ``makes`` in place of what holds from start to end.

    Args:
        current: versions of one feature that are said now.
    """
    ends: list[int] = []
    made: list[Content] = []
    for version in current:
        content = version.content
        if not content.overlaps(start, end):
            continue
        ends.append(version.seq)
        if content.valid_from < start:
            made.append(replace(content, valid_to=start))
        if end is not None and (content.valid_to is None or end < content.valid_to):
            made.append(replace(content, valid_from=end))
    return tuple(ends), (*made, *makes)
