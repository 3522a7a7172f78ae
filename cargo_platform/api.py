"""Web routes for partners: sending messages, listing shipments."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from cargo_platform.awb import Awb, format_awb
from cargo_platform.formats.cimp import LONGEST_MESSAGE
from cargo_platform.intake import Intake
from cargo_platform.service import Shipments
from service_bus import Guard, Principal, TooLarge


class ReceivedOut(BaseModel):
    """A message that is on disk."""

    message_id: str
    correlation_id: str
    topic: str
    partition: int
    offset: int
    duplicate: bool
    warnings: list[str] = Field(description="what was odd: code, place and a sentence")


class ShipmentRow(BaseModel):
    """A shipment in the list."""

    awb: str
    origin: str
    destination: str
    pieces: int | None
    weight_kg: float | None
    updated_at: datetime


class ShipmentsOut(BaseModel):
    """A page of the list."""

    items: list[ShipmentRow]
    total: int


def router(shipments: Shipments, intake: Intake, *, guard: Guard) -> APIRouter:
    """Routes under ``/api/cargo``."""
    routes = APIRouter(prefix="/api/cargo", tags=["cargo"])
    sender = Depends(guard("cargo.intake"))

    @routes.post("/intake/cimp", status_code=202)
    async def take_cimp(request: Request, who: Principal = sender) -> ReceivedOut:
        """Send a Cargo-IMP message (FSU, FSA); answered once its bytes are on disk."""
        data = await _body(request)
        taken, notices = await intake.take(data, source=f"/cargo/http/{who.name}")
        return ReceivedOut(
            message_id=taken.message_id,
            correlation_id=taken.correlation_id,
            topic=taken.position.topic,
            partition=taken.position.partition,
            offset=taken.position.offset,
            duplicate=taken.position.duplicate,
            warnings=[f"{n.code} at {n.position}: {n.text}" for n in notices],
        )

    @routes.get("/shipments", dependencies=[Depends(guard("cargo.shipments.read"))])
    def list_shipments(
        q: str = Query("", max_length=40, description="beginning of the number"),
        limit: int = Query(50, ge=1, le=500),
        offset: int = Query(0, ge=0),
    ) -> ShipmentsOut:
        """Shipments, newest news first."""
        found, total = shipments.search(q, limit=limit, offset=offset)
        return ShipmentsOut(
            items=[
                ShipmentRow(
                    awb=format_awb(Awb(one.awb)),
                    origin=one.origin,
                    destination=one.destination,
                    pieces=one.pieces,
                    weight_kg=None if one.weight_kg is None else float(one.weight_kg),
                    updated_at=one.updated,
                )
                for one in found
            ],
            total=total,
        )

    return routes


async def _body(request: Request) -> bytes:
    """The body, never more of it in memory than a message may be long."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LONGEST_MESSAGE:
            raise TooLarge(len(data), LONGEST_MESSAGE, "Cargo-IMP message")
    return bytes(data)
