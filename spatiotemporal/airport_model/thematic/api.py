"""Web routes of thematic layers: read as of a moment, tiles, edits, undo, restrictions, audit."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from service_bus import Guard
from spatiotemporal.airport_model.thematic import editing_routes, reading_routes
from spatiotemporal.airport_model.thematic.doors import Doors
from spatiotemporal.airport_model.thematic.drawn import DrawnTiles
from spatiotemporal.airport_model.thematic.service import LayerService

READ = "spatiotemporal.layers.read"
EDIT = "spatiotemporal.layers.edit"


def router(service: LayerService, guard: Guard) -> APIRouter:
    """Routes under ``/api/spatiotemporal/layers``."""
    routes = APIRouter(prefix="/api/spatiotemporal/layers", tags=["thematic layers"])
    doors = Doors(service, DrawnTiles(service))
    reading_routes.add_routes(routes, doors, Depends(guard(READ)))
    editing_routes.add_routes(routes, doors, Depends(guard(EDIT)))
    return routes
