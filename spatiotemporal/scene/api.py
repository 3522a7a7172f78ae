"""Web routes of the scenes: 3D Tiles, bridges, city model and shared models, with entity tags."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from service_bus import Guard
from spatiotemporal.scene.scene import SceneFile
from spatiotemporal.scene.store import SceneStore

SCOPE = "spatiotemporal.layers.read"


def router(scenes: SceneStore, guard: Guard) -> APIRouter:
    """Routes ``/api/spatiotemporal/airports/{icao}/scene/{name}`` and ``.../scene/models.glb``."""
    routes = APIRouter(
        prefix="/api/spatiotemporal", tags=["airports"], dependencies=[Depends(guard(SCOPE))]
    )

    @routes.get("/airports/{icao}/scene/{name}", response_class=Response)
    def scene_file(
        icao: str, name: str, if_none_match: Annotated[str | None, Header()] = None
    ) -> Response:
        """A file of an airport's scene.

        ``tileset.json`` is 3D Tiles 1.1 and names its GLB files; ``bridges.json`` says where gate
        bridges stand, docked and drawn back; ``city.json`` is CityJSON 2.0.
        """
        return _answer(scenes.file(icao, name), if_none_match)

    @routes.get("/scene/models.glb", response_class=Response)
    def models(if_none_match: Annotated[str | None, Header()] = None) -> Response:
        """Models of aircraft by type, vehicles by fleet, and moving parts of bridges."""
        return _answer(scenes.models(), if_none_match)

    return routes


def _answer(file: SceneFile, if_none_match: str | None) -> Response:
    headers = {"ETag": file.etag, "Cache-Control": "private, no-cache"}
    if if_none_match and file.etag in if_none_match:
        return Response(status_code=304, headers=headers)
    return Response(content=file.data, media_type=file.media_type, headers=headers)
