"""Routes that read thematic layers: lists, tiles, collections, features, the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response

from spatiotemporal.airport_model.thematic import service as layers
from spatiotemporal.airport_model.thematic import tiles, views
from spatiotemporal.airport_model.thematic.doors import (
    At,
    Doors,
    Icao,
    IfNoneMatch,
    box_of,
    headers,
    known,
)
from spatiotemporal.airport_model.thematic.faults import EditRefused, Objection

GEOJSON = "application/geo+json"


def add_routes(routes: APIRouter, doors: Doors, may_read: Any) -> None:
    """Add them, those with fixed words in their path before those that take any layer's name."""
    _lists(routes, doors, may_read)
    _pictures(routes, doors, may_read)
    _features(routes, doors, may_read)


def _lists(routes: APIRouter, doors: Doors, may_read: Any) -> None:
    service = doors.service

    @routes.get("/{icao}", dependencies=[may_read])
    def layer_list(icao: Icao, at: At = None) -> list[views.LayerOut]:
        """Layers of an airport with their counts."""
        code, moment = doors.begun(icao), doors.moment(at)
        return [
            views.LayerOut(
                layer=name,
                features=count,
                edition=service.store.edition(code, name, moment).tag,
            )
            for name, count in service.store.counts(code, moment).items()
        ]

    @routes.get("/{icao}/restrictions", dependencies=[may_read])
    def restrictions(
        icao: Icao, start: At = None, end: Annotated[datetime | None, Query()] = None
    ) -> list[views.RestrictionOut]:
        """Restrictions in force at some time of a window; at one moment when no end is given."""
        code, begins = doors.begun(icao), doors.moment(start)
        ends = doors.moment(end) if end else begins + layers.INSTANT
        return [views.restriction_out(r) for r in service.in_force(code, begins, ends)]

    @routes.get("/{icao}/edits", dependencies=[may_read])
    def edits(
        icao: Icao,
        layer: Annotated[str, Query(max_length=40)] = "",
        feature: Annotated[str, Query(max_length=120)] = "",
        before: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> list[views.EditOut]:
        """The audit: who did what when, newest first."""
        found = service.store.edits(
            icao.upper(), layer=layer, feature_id=feature, before=before, limit=limit
        )
        return [views.edit_out(edit) for edit in found]

    @routes.get("/{icao}/edits/{number}", dependencies=[may_read])
    def edit(icao: Icao, number: int) -> views.EditDetail:
        """One edit with what was said before and after it."""
        found, ended, made = service.store.edit(icao.upper(), number)
        return views.EditDetail(
            **views.edit_out(found).model_dump(),
            before=[views.version_out(version) for version in ended],
            after=[views.version_out(version) for version in made],
        )


def _pictures(routes: APIRouter, doors: Doors, may_read: Any) -> None:
    service = doors.service

    @routes.get("/{icao}/tiles/{z}/{x}/{y}.mvt", dependencies=[may_read], response_class=Response)
    def tile(
        icao: Icao, z: int, x: int, y: int,
        layer: Annotated[list[str] | None, Query(description="all by default")] = None,
        at: At = None, if_none_match: IfNoneMatch = None,
    ) -> Response:  # fmt: skip
        """A vector tile; answers 304 to a browser that has it."""
        if not (0 <= z <= tiles.MOST_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
            objection = Objection(field="z/x/y", rule="no-tile", text=f"there is no {z}/{x}/{y}")
            raise EditRefused("tiles", (objection,))
        code, moment = doors.begun(icao), doors.moment(at)
        wanted = tuple(layer or service.store.counts(code, moment))
        tag = doors.tag(code, wanted, moment)
        if if_none_match and tag in if_none_match:
            return known(tag)
        data = doors.tiles.tile(code, wanted, (z, x, y), moment, tag)
        return Response(data, media_type=tiles.MEDIA_TYPE, headers=dict(headers(tag)))

    @routes.get("/{icao}/{layer}", dependencies=[may_read], response_class=Response)
    def collection(
        icao: Icao, layer: str, at: At = None,
        known_at: Annotated[datetime | None, Query(description="as far as known then")] = None,
        box: Annotated[str, Query(description="west,south,east,north", max_length=100)] = "",
        if_none_match: IfNoneMatch = None,
    ) -> Response:  # fmt: skip
        """A layer as GeoJSON as of a moment; answers 304 to a browser that has it."""
        code, moment = doors.begun(icao), doors.moment(at)
        as_known = doors.moment(known_at) if known_at else None
        tag = doors.tag(code, (layer,), moment, f"{box}{as_known or ''}")
        if if_none_match and tag in if_none_match and as_known is None:
            return known(tag)
        found = service.features(code, layer, moment, box=box_of(box), known_at=as_known)
        features = [version.content.geojson() for version in found]
        name = f"{code} {layer}"
        body = orjson.dumps({"type": "FeatureCollection", "name": name, "features": features})
        return Response(body, media_type=GEOJSON, headers=dict(headers(tag)))


def _features(routes: APIRouter, doors: Doors, may_read: Any) -> None:
    # Ids may hold slashes, as `ZSSS.runway.18L/36R` does, so the longer path comes first.
    service = doors.service

    @routes.get("/{icao}/{layer}/features/{feature_id:path}/history", dependencies=[may_read])
    def history(icao: Icao, layer: str, feature_id: str) -> list[views.VersionOut]:
        """Everything that was ever said of a feature, in the order of saying."""
        code = doors.begun(icao)
        service.rule(code, layer)
        found = service.store.versions(code, layer, feature_id)
        return [views.version_out(version) for version in found]

    @routes.get("/{icao}/{layer}/features/{feature_id:path}", dependencies=[may_read])
    def feature(
        icao: Icao, layer: str, feature_id: str, response: Response, at: At = None
    ) -> views.VersionOut:
        """One feature; its ``ETag`` is the version that an edit names in ``If-Match``."""
        found = service.feature(doors.begun(icao), layer, feature_id, doors.moment(at))
        response.headers["ETag"] = f'"{found.seq}"'
        return views.version_out(found)
