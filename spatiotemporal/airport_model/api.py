"""Web routes of the airport model: which airports there are, their manifest and their layers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from pydantic import BaseModel, Field

from service_bus import Guard
from spatiotemporal.airport_model.store import AirportModel, LayerBytes, ModelStore

SCOPE = "spatiotemporal.layers.read"
GEOJSON = "application/geo+json"


class AirportSummary(BaseModel):
    """An airport in the list."""

    icao: str
    iata: str
    name_zh: str
    name_en: str
    latitude: float = Field(description="of the reference point, degrees WGS84")
    longitude: float
    bounds: tuple[float, float, float, float] = Field(description="west, south, east, north")


class LayerSummary(BaseModel):
    """A layer in the manifest."""

    name: str
    title_zh: str
    title_en: str
    count: int
    geometry: str
    etag: str


class Manifest(AirportSummary):
    """What there is to know before drawing an airport."""

    version: str
    elevation_m: float = Field(description="above mean sea level")
    time_zone: str
    bearing_deg: float = Field(description="true bearing of the main runway, for turning the map")
    datum: str = "WGS84"
    notice_zh: str
    notice_en: str
    stands: int
    layers: list[LayerSummary]


def router(model_store: ModelStore, guard: Guard) -> APIRouter:
    """Routes under ``/api/spatiotemporal/airports``."""
    routes = APIRouter(
        prefix="/api/spatiotemporal/airports",
        tags=["airports"],
        dependencies=[Depends(guard(SCOPE))],
    )

    @routes.get("")
    def airports() -> list[AirportSummary]:
        """All airports, described or imported."""
        return [AirportSummary.model_validate(_summary(model)) for model in model_store.readable()]

    @routes.get("/{icao}")
    def manifest(icao: str) -> Manifest:
        """One airport's manifest."""
        return _manifest(model_store.model(icao))

    @routes.get("/{icao}/layers/{layer}", response_class=Response)
    def layer(
        icao: str, layer: str, if_none_match: Annotated[str | None, Header()] = None
    ) -> Response:
        """One layer as GeoJSON; answers 304 to a browser that has it."""
        found = model_store.model(icao).layer(layer)
        headers = {"ETag": found.etag, "Cache-Control": "private, no-cache"}
        if if_none_match and found.etag in if_none_match:
            return Response(status_code=304, headers=headers)
        return Response(content=found.data, media_type=GEOJSON, headers=headers)

    return routes


def _summary(model: AirportModel) -> dict[str, object]:
    airport = model.airport
    return {
        "icao": airport.icao,
        "iata": airport.iata,
        "name_zh": airport.label.zh,
        "name_en": airport.label.en,
        "latitude": airport.frame.latitude,
        "longitude": airport.frame.longitude,
        "bounds": model.bounds,
    }


def _manifest(model: AirportModel) -> Manifest:
    airport = model.airport
    return Manifest.model_validate(
        {
            **_summary(model),
            "version": airport.version,
            "elevation_m": airport.elevation_m,
            "time_zone": airport.time_zone,
            "bearing_deg": airport.frame.bearing_deg,
            "notice_zh": airport.notice.zh,
            "notice_en": airport.notice.en,
            "stands": len(airport.stands),
            "layers": [_layer(found) for found in model.layers.values()],
        }
    )


def _layer(found: LayerBytes) -> LayerSummary:
    return LayerSummary(
        name=found.layer.name,
        title_zh=found.layer.title.zh,
        title_en=found.layer.title.en,
        count=found.count,
        geometry=found.layer.geometry,
        etag=found.etag,
    )
