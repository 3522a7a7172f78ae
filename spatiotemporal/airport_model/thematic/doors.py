"""What several routes of thematic layers do: codes, moments, tags, answers."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Header, Path, Query, Response

from spatiotemporal.airport_model.thematic import service as layers
from spatiotemporal.airport_model.thematic import views
from spatiotemporal.airport_model.thematic.drawn import DrawnTiles
from spatiotemporal.airport_model.thematic.faults import EditRefused, Objection
from spatiotemporal.airport_model.thematic.service import LayerService
from spatiotemporal.airport_model.thematic.versions import Edit

Icao = Annotated[str, Path(min_length=3, max_length=7, pattern="^[A-Za-z0-9]+$")]
At = Annotated[
    datetime | None, Query(description="moment of the layer, with a zone; now by default")
]
IfNoneMatch = Annotated[str | None, Header()]
IfMatch = Annotated[str | None, Header(description="version of the feature that the editor saw")]


@dataclass(frozen=True, slots=True)
class Doors:
    """What several routes do."""

    service: LayerService
    tiles: DrawnTiles
    _begun: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _beginning: threading.Lock = field(default_factory=threading.Lock)

    def begun(self, icao: str) -> str:
        """The airport's code, its first layers and new imports published."""
        code = icao.upper()
        with self._beginning:
            if code not in self._begun or self._begun[code] != self.service.own(code):
                self.service.begin(code)
                self._begun[code] = self.service.own(code)
        return code

    def moment(self, at: datetime | None) -> datetime:
        """A moment in UTC; now when none is given.

        Raises:
            EditRefused: it has no zone.
        """
        if at is None:
            return self.service.clock()
        if at.tzinfo is None:
            text = "has no zone; write 2026-05-01T08:00:00Z or with +08:00"
            raise EditRefused("time", (Objection(field="time", rule="zone", text=text),))
        return at.astimezone(UTC)

    def tag(self, icao: str, wanted: tuple[str, ...], at: datetime, more: str = "") -> str:
        """Names the state of layers at a moment, for entity tags."""
        parts = []
        for name in wanted:
            self.service.rule(icao, name)
            parts.append(f"{name}={self.service.store.edition(icao, name, at).tag}")
        return layers.entity_tag(icao, *parts, more)

    def made(self, edit: Edit, feature_id: str) -> views.Made:
        """The answer to an edit."""
        _, _, versions = self.service.store.edit(edit.icao, edit.number)
        own = [v.seq for v in versions if v.content.feature_id == feature_id]
        return views.Made(edit=views.edit_out(edit), id=feature_id, version=max(own, default=None))


def headers(tag: str) -> Mapping[str, str]:
    """Of an answer that browsers keep and ask about."""
    return {"ETag": tag, "Cache-Control": "private, no-cache"}


def known(tag: str) -> Response:
    """The browser has it."""
    return Response(status_code=304, headers=dict(headers(tag)))


def seen_version(if_match: str | None) -> int | None:
    """The version that an editor saw, from ``If-Match``."""
    text = (if_match or "").strip().removeprefix("W/").strip('"')
    return int(text) if text.isdecimal() else None


def box_of(text: str) -> tuple[float, float, float, float] | None:
    """West, south, east, north from a query.

    Raises:
        EditRefused: it is not four numbers.
    """
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise _no_box("is not west,south,east,north") from error
    if not (-180.0 <= west <= east <= 180.0 and -90.0 <= south <= north <= 90.0):
        raise _no_box("is not west,south,east,north in degrees, the smaller ones first")
    return west, south, east, north


def _no_box(text: str) -> EditRefused:
    return EditRefused("box", (Objection(field="box", rule="box", text=text),))
