"""空运通: the port open to the public. An air waybill number in, its milestones out.

The number space is small and the check digit can be computed, so the gateway limits how often a
stranger may ask, and "unknown" and "not shared" are one answer.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from cargo_platform.awb import parse_awb
from cargo_platform.errors import BadAwb, UnknownShipment
from cargo_platform.public_view import ShipmentOut, public_view
from cargo_platform.service import Shipments
from service_bus import Clock, Guard

MOST_AT_ONCE = 50
CACHED_S = 5
"""Seconds a browser may keep an answer: news is seldom faster, reloads are."""


class AnswerOut(BaseModel):
    """One number of a batch: the shipment, or why there is none."""

    awb: str
    shipment: ShipmentOut | None = None
    fault: str = ""


def router(shipments: Shipments, *, guard: Guard, clock: Clock) -> APIRouter:
    """Routes under ``/api/public/cargo``."""
    routes = APIRouter(
        prefix="/api/public/cargo",
        tags=["cargo, public"],
        dependencies=[Depends(guard("public"))],
    )

    @routes.get("/shipments/{awb}")
    def shipment(awb: str, response: Response) -> ShipmentOut:
        """Where a shipment stands."""
        found = shipments.find(parse_awb(awb))
        response.headers["Cache-Control"] = f"private, max-age={CACHED_S}"
        return public_view(*found, clock())

    @routes.get("/shipments")
    def several(
        awb: Annotated[list[str], Query(min_length=1, max_length=MOST_AT_ONCE)],
    ) -> list[AnswerOut]:
        """Where up to fifty shipments stand."""
        answers = []
        for text in awb:
            try:
                found = public_view(*shipments.find(parse_awb(text)), clock())
                answers.append(AnswerOut(awb=found.awb, shipment=found))
            except (BadAwb, UnknownShipment) as error:
                answers.append(AnswerOut(awb=text[:40], fault=str(error)))
        return answers

    return routes
