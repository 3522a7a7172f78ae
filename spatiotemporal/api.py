"""Web routes of the live picture: a list, one mover, and the socket that maps follow."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import datetime

from fastapi import APIRouter, Depends, Query, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, Field

from service_bus import Clock, Guard, Malformed
from spatiotemporal.domain import MoverState
from spatiotemporal.live import Ticker, fault_text
from spatiotemporal.picture import Picture
from spatiotemporal.viewers import Viewer, read_view

SCOPE = "spatiotemporal.live.read"
TOO_SLOW = 4008
"""Close code for a map that cannot keep up (a private code, 4000-4999)."""


class MoverOut(BaseModel):
    """A mover as the live picture shows it."""

    id: str
    kind: str
    fleet: str
    label: str
    latitude: float = Field(description="degrees WGS84")
    longitude: float
    speed_mps: float | None
    heading_deg: float | None = Field(description="from true north")
    fix_time: datetime
    received_at: datetime
    age_s: float = Field(description="since the fix, by the platform's clock")
    stale: bool
    source: str
    message_id: str
    fixes: int = Field(description="distinct reports since the beginning")
    late: int = Field(description="reports that came after a newer one")


class MoversOut(BaseModel):
    """All movers at a moment."""

    generated_at: datetime
    items: list[MoverOut]


def router(
    picture: Picture, ticker: Ticker, *, guard: Guard, clock: Clock, stale_s: float
) -> APIRouter:
    """Routes under ``/api/spatiotemporal/movers`` and ``/api/spatiotemporal/live``."""
    routes = APIRouter(
        prefix="/api/spatiotemporal", tags=["live picture"], dependencies=[Depends(guard(SCOPE))]
    )

    def shown(state: MoverState, now: datetime) -> MoverOut:
        age = (now - state.fix_time).total_seconds()
        return MoverOut(
            id=state.mover_id,
            kind=state.kind,
            fleet=state.fleet,
            label=state.label,
            latitude=state.latitude,
            longitude=state.longitude,
            speed_mps=state.speed_mps,
            heading_deg=state.heading_deg,
            fix_time=state.fix_time,
            received_at=state.received,
            age_s=round(age, 3),
            stale=age > stale_s,
            source=state.source,
            message_id=state.message_id,
            fixes=state.fixes,
            late=state.late,
        )

    @routes.get("/movers")
    def movers(
        q: str = Query("", max_length=80, description="part of an id or label"),
    ) -> MoversOut:
        """Every mover's last position."""
        now = clock()
        wanted = q.strip().lower()
        return MoversOut(
            generated_at=now,
            items=[
                shown(state, now)
                for state in picture.latest()
                if wanted in state.mover_id.lower() or wanted in state.label.lower()
            ],
        )

    @routes.get("/movers/{mover_id}")
    def mover(mover_id: str) -> MoverOut:
        """One mover's last position."""
        return shown(picture.mover(mover_id), clock())

    @routes.websocket("/live")
    async def live(socket: WebSocket) -> None:
        await socket.accept()
        viewer = ticker.join()
        reading = asyncio.create_task(_listen(socket, viewer, ticker))
        try:
            await _feed(socket, viewer, reading)
        finally:
            ticker.leave(viewer)
            reading.cancel()

    return routes


async def _feed(socket: WebSocket, viewer: Viewer, reading: asyncio.Task[None]) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while not reading.done():
            waiting = asyncio.ensure_future(viewer.queue.get())
            await asyncio.wait({waiting, reading}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                waiting.cancel()
                return
            message = waiting.result()
            if message is None:
                await socket.close(TOO_SLOW)
                return
            if isinstance(message, bytes):
                await socket.send_bytes(message)
            else:
                await socket.send_text(message)


async def _listen(socket: WebSocket, viewer: Viewer, ticker: Ticker) -> None:
    """Take what a map says of its view; ends when it goes."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (said := await socket.receive())["type"] != "websocket.disconnect":
            try:
                ticker.look(viewer, read_view(said.get("text") or ""))
            except Malformed as fault:
                viewer.offer(fault_text(fault))
