"""Routes that edit thematic layers: features, restrictions, undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query

from service_bus import Principal
from spatiotemporal.airport_model.thematic import service as layers
from spatiotemporal.airport_model.thematic import views
from spatiotemporal.airport_model.thematic.doors import At, Doors, Icao, IfMatch, seen_version
from spatiotemporal.airport_model.thematic.service import Author
from spatiotemporal.airport_model.thematic.versions import Content


def add_routes(routes: APIRouter, doors: Doors, may_edit: Any) -> None:
    """Add them; ``may_edit`` is the dependency that gives the caller."""
    service = doors.service

    @routes.post("/{icao}/restrictions", status_code=201)
    def restrict(icao: Icao, body: views.RestrictionIn, caller: Principal = may_edit) -> views.Made:
        """Close or limit something for a window."""
        code = doors.begun(icao)
        facts = body.model_dump(include={"kind", "targets", "limit_mps", "name_zh", "name_en"})
        made, key = service.restrict(
            code, facts, doors.moment(body.start), doors.moment(body.end) if body.end else None,
            Author(who=caller.name, reason=body.reason), geometry=body.geometry,
        )  # fmt: skip
        return doors.made(made, key)

    @routes.post("/{icao}/edits/{number}/undo", status_code=201)
    def undo(
        icao: Icao, number: int, body: views.Because, caller: Principal = may_edit
    ) -> views.EditOut:
        """Take an edit back; undoing an undo does it again."""
        author = Author(who=caller.name, reason=body.reason)
        return views.edit_out(service.undo(icao.upper(), number, author))

    @routes.post("/{icao}/{layer}/features", status_code=201)
    def create(
        icao: Icao, layer: str, body: views.FeatureIn, caller: Principal = may_edit
    ) -> views.Made:
        """Add a feature."""
        code = doors.begun(icao)
        content = Content(
            feature_id=body.id,
            shape=layers.shape_of(body.geometry),
            properties=body.properties,
            valid_from=doors.moment(body.valid_from),
            valid_to=doors.moment(body.valid_to) if body.valid_to else None,
        )
        author = Author(who=caller.name, reason=body.reason)
        return doors.made(service.create(code, layer, content, author), body.id)

    @routes.patch("/{icao}/{layer}/features/{feature_id:path}")
    def change(
        icao: Icao, layer: str, feature_id: str, body: views.FeatureChange,
        caller: Principal = may_edit, if_match: IfMatch = None,
    ) -> views.Made:  # fmt: skip
        """Say something else of a feature from a moment on, or for a window."""
        code, begins = doors.begun(icao), doors.moment(body.valid_from)
        held = service.feature(code, layer, feature_id, begins).content
        shape = held.shape if body.geometry is None else layers.shape_of(body.geometry)
        content = replace(
            held,
            shape=shape,
            properties={**held.properties, **(body.properties or {})},
            valid_from=begins,
            valid_to=doors.moment(body.valid_to) if body.valid_to else None,
        )
        author, seen = Author(who=caller.name, reason=body.reason), seen_version(if_match)
        return doors.made(service.change(code, layer, content, author, version=seen), feature_id)

    @routes.delete("/{icao}/{layer}/features/{feature_id:path}")
    def retire(
        icao: Icao, layer: str, feature_id: str,
        reason: Annotated[str, Query(min_length=3, max_length=500)],
        at: At = None, caller: Principal = may_edit, if_match: IfMatch = None,
    ) -> views.Made:  # fmt: skip
        """End a feature at a moment; what was said of it stays in its history."""
        code, author = doors.begun(icao), Author(who=caller.name, reason=reason)
        made = service.retire(
            code, layer, feature_id, doors.moment(at), author, version=seen_version(if_match)
        )
        return doors.made(made, feature_id)
