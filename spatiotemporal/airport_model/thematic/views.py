"""What the routes of thematic layers take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from spatiotemporal.airport_model.thematic.restrictions import Restriction
from spatiotemporal.airport_model.thematic.versions import Edit, Version

Geometry = dict[str, Any]


class LayerOut(BaseModel):
    """A layer of an airport at a moment."""

    layer: str
    features: int
    edition: str = Field(description="differs whenever the layer does")


class EditOut(BaseModel):
    """An edit as the audit keeps it."""

    number: int
    layer: str
    action: str
    who: str
    made_at: datetime
    reason: str
    features: int
    undoes: int | None
    undone_by: int | None


class VersionOut(BaseModel):
    """A feature during some time, with the edit that made it."""

    version: int
    feature: dict[str, Any]
    made_by: int
    recorded_at: datetime
    ended_by: int | None
    ended_at: datetime | None


class EditDetail(EditOut):
    """An edit with what was said before and after it."""

    before: list[VersionOut]
    after: list[VersionOut]


class Because(BaseModel):
    """Every edit says why."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=3, max_length=500)


class FeatureIn(Because):
    """A feature as it is to be during a window."""

    id: str = Field(max_length=120, description="ICAO.layer.key")
    geometry: Geometry
    properties: dict[str, Any] = Field(default_factory=dict, max_length=100)
    valid_from: datetime | None = Field(None, description="with a zone; now when left out")
    valid_to: datetime | None = None


class FeatureChange(Because):
    """What an existing feature is to be during a window; what is left out stays."""

    geometry: Geometry | None = None
    properties: dict[str, Any] | None = Field(None, max_length=100)
    valid_from: datetime | None = None
    valid_to: datetime | None = None


class RestrictionIn(Because):
    """Something to close or limit for a window."""

    kind: str = Field(
        description="closed_stand, closed_taxiway, closed_road, works, deicing_area, speed_limit"
    )
    targets: list[str] = Field(default_factory=list, max_length=200)
    limit_mps: float | None = Field(None, gt=0, le=60)
    name_zh: str = Field("限制", max_length=100)
    name_en: str = Field("Restriction", max_length=100)
    geometry: Geometry | None = Field(None, description="taken from the targets when left out")
    start: datetime
    end: datetime | None = None


class RestrictionOut(BaseModel):
    """A restriction of the window asked for."""

    id: str
    kind: str
    targets: list[str]
    reason: str
    start: datetime
    end: datetime | None
    limit_mps: float | None
    geometry: Geometry


class Made(BaseModel):
    """An edit that was made, and the feature that it is about."""

    edit: EditOut
    id: str
    version: int | None = Field(description="for If-Match of the next edit")


def edit_out(edit: Edit) -> EditOut:
    """An edit for the wire."""
    return EditOut.model_validate(edit, from_attributes=True)


def version_out(version: Version) -> VersionOut:
    """A version for the wire."""
    return VersionOut(
        version=version.seq,
        feature=version.content.geojson(),
        made_by=version.made_by,
        recorded_at=version.recorded_at,
        ended_by=version.ended_by,
        ended_at=version.ended_at,
    )


def restriction_out(found: Restriction) -> RestrictionOut:
    """A restriction for the wire."""
    return RestrictionOut(
        id=found.id,
        kind=found.kind,
        targets=list(found.targets),
        reason=found.reason,
        start=found.start,
        end=found.end,
        limit_mps=found.limit_mps,
        geometry=found.shape.__geo_interface__,
    )
