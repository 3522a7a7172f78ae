"""Web routes of routing: ways under the restrictions in force, and what a closure cuts off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from service_bus import Clock, Guard
from spatiotemporal.airport_model.errors import WrongMoment
from spatiotemporal.airport_model.routing.service import Answer, Mode, RouteService

SCOPE = "spatiotemporal.layers.read"
QUANTILES = (0.1, 0.5, 0.9)

Icao = Annotated[str, Path(min_length=3, max_length=7, pattern="^[A-Za-z0-9]+$")]
At = Annotated[datetime | None, Query(description="departure, with a zone; now by default")]
Closed = Annotated[
    list[str] | None,
    Query(description="taxiways, roads or stands (stand:221) taken as closed", max_length=100),
]
Place = Annotated[str, Query(max_length=80, description="stand:221, runway:36R, facility:fuel")]


class LegOut(BaseModel):
    """A stretch on one named line."""

    name: str
    kind: str
    from_m: float
    to_m: float
    speed_mps: float


class RouteOut(BaseModel):
    """A route with its time."""

    start: str
    goal: str
    length_m: float
    departs: datetime
    arrives: datetime = Field(description="at the lines' own speeds, waits for openings included")
    free_s: float
    mean_s: float
    quantiles_s: dict[str, float] = Field(description="seconds that 10, 50 and 90 % take at most")
    legs: list[LegOut]
    holds: list[str]
    geometry: dict[str, Any]


class CutOffOut(BaseModel):
    """A stand that loses its ways."""

    stand: str
    code: str
    inbound: bool = Field(description="nobody gets to it any more")
    outbound: bool = Field(description="nobody gets away from it any more")


def router(service: RouteService, guard: Guard, clock: Clock) -> APIRouter:
    """Routes under ``/api/spatiotemporal/routes``."""
    routes = APIRouter(
        prefix="/api/spatiotemporal/routes",
        tags=["routes"],
        dependencies=[Depends(guard(SCOPE))],
    )

    @routes.get("/{icao}/{mode}")
    def route(
        icao: Icao, mode: Mode, start: Place, goal: Place,
        code: Annotated[str, Query(pattern="^[A-F]$")] = "A",
        at: At = None, closed: Closed = None,
    ) -> RouteOut:  # fmt: skip
        """The quickest way from one place to another."""
        departs = _moment(at, clock)
        found = service.route(icao, mode, start, goal, departs, code=code, closed=closed or ())
        return _route_out(start, goal, found)

    @routes.get("/{icao}/{mode}/cut-off")
    def cut_off(icao: Icao, mode: Mode, at: At = None, closed: Closed = None) -> list[CutOffOut]:
        """Stands that what is closed cuts off, at their own size."""
        found = service.cut_off(icao, mode, _moment(at, clock), closed=closed or ())
        return [CutOffOut.model_validate(one, from_attributes=True) for one in found]

    return routes


def _moment(at: datetime | None, clock: Clock) -> datetime:
    if at is None:
        return clock()
    if at.tzinfo is None:
        raise WrongMoment(at)
    return at.astimezone(UTC)


def _route_out(start: str, goal: str, found: Answer) -> RouteOut:
    route = found.route
    return RouteOut(
        start=start,
        goal=goal,
        length_m=round(route.length_m, 1),
        departs=found.timed.departs,
        arrives=found.timed.arrives,
        free_s=round(found.time.free_s, 1),
        mean_s=round(found.time.mean_s, 1),
        quantiles_s={f"p{q * 100:.0f}": round(found.time.quantile(q), 1) for q in QUANTILES},
        legs=[LegOut.model_validate(leg, from_attributes=True) for leg in route.legs],
        holds=[hold.name for hold in route.holds],
        geometry={
            "type": "LineString",
            "coordinates": [[round(lon, 7), round(lat, 7)] for lat, lon in route.positions],
        },
    )
