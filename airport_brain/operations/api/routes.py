"""Routes of operations: intake of flight messages, the flight board, a flight and its originals."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response, WebSocket
from starlette.concurrency import run_in_threadpool

from airport_brain.operations.api.intake import AidxIntake
from airport_brain.operations.api.live import LiveBoard
from airport_brain.operations.api.shapes import (
    FlightDetailOut,
    FlightsOut,
    IntakeOut,
    detail_out,
    page_out,
)
from airport_brain.operations.domain import Direction
from airport_brain.operations.errors import OriginalGone
from airport_brain.operations.ports import BoardQuery, Originals
from airport_brain.operations.service import Flights
from service_bus import Clock, Guard, Principal

READ = "operations.flights.read"
INTAKE = "operations.intake"

_XML_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/xml": {"schema": {"type": "string"}},
            "text/xml": {"schema": {"type": "string"}},
            "application/soap+xml": {"schema": {"type": "string"}},
        },
    }
}

_AS_A_FILE = {
    # Senders' XML must not run in a page of ours.
    "Content-Disposition": 'attachment; filename="message.xml"',
    "Content-Security-Policy": "sandbox",
    "X-Content-Type-Options": "nosniff",
}


def router(
    flights: Flights,
    *,
    intake: AidxIntake,
    originals: Originals,
    live: LiveBoard,
    guard: Guard,
    clock: Clock,
) -> APIRouter:
    """Give the package's routes."""
    routes = APIRouter(prefix="/api/operations", tags=["operations"])
    may_send = guard(INTAKE)
    may_read = Depends(guard(READ))

    @routes.post("/intake/aidx", status_code=202, openapi_extra=_XML_BODY)
    async def take_aidx(
        request: Request,
        airport: Annotated[
            str,
            Query(
                pattern="^[A-Za-z0-9]{3,4}$",
                description="airport whose view the messages give; worked out when left out",
            ),
        ] = "",
        caller: Principal = Depends(may_send),
    ) -> IntakeOut:
        """Take an AIDX message, plain or in SOAP; accepted means on disk."""
        return await intake.take(request, airport=airport.upper(), caller=caller)

    @routes.get("/flights", dependencies=[may_read])
    def board(
        direction: Direction | None = None,
        q: Annotated[str, Query(max_length=100, description="words, all must be found")] = "",
        airport: Annotated[str, Query(max_length=4)] = "",
        since: Annotated[
            datetime | None, Query(description="best known time at or after; UTC when no zone")
        ] = None,
        until: Annotated[datetime | None, Query(description="best known time before")] = None,
        newest_first: bool = False,
        limit: Annotated[int, Query(ge=1, le=2000)] = 200,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> FlightsOut:
        """The flight board, by best known time."""
        query = BoardQuery(
            direction=direction,
            words=tuple(q.split()),
            airport=airport.upper(),
            since=_aware(since),
            until=_aware(until),
            limit=limit,
            offset=offset,
            newest_first=newest_first,
        )
        return page_out(flights.board(query), clock())

    @routes.websocket("/flights/live", dependencies=[may_read])
    async def live_board(socket: WebSocket) -> None:
        await live.serve(socket)

    @routes.get("/flights/{flight_id}", dependencies=[may_read])
    def flight(flight_id: Annotated[str, Path(max_length=80)]) -> FlightDetailOut:
        """A flight with all its times, where each comes from, and its messages."""
        return detail_out(flights.flight(flight_id))

    @routes.get(
        "/messages/{message_id}",
        dependencies=[may_read],
        response_class=Response,
        responses={200: {"content": {"application/xml": {}}, "description": "bytes as received"}},
    )
    async def original(message_id: Annotated[str, Path(max_length=200)]) -> Response:
        """The original bytes of a message, exactly as they came in."""
        message = await run_in_threadpool(flights.message, message_id)
        envelope = await originals.read(message.ref)
        if envelope is None:
            ref = message.ref
            raise OriginalGone(message_id, ref.topic, ref.partition, ref.offset)
        return Response(envelope.data, media_type=envelope.content_type, headers=_AS_A_FILE)

    return routes


def _aware(time: datetime | None) -> datetime | None:
    return time.replace(tzinfo=UTC) if time is not None and time.tzinfo is None else time
