"""What a stranger may see of a shipment: the one projection, and nothing beside it.

Number, carrier, route, pieces, weight, and for each milestone its code, place, time, flight and pieces.
Never: names, goods, handling codes, ULDs, house waybills, customs texts, who sent the message. The
types below have no field that could hold those.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from cargo_platform.awb import Awb, format_awb
from cargo_platform.carriers import carrier_of
from cargo_platform.domain import DISCREPANCY, STAGES, STATUS, Milestone, Shipment, Wording
from cargo_platform.tracking import stages, status_of

UNTOLD = Wording("暂无状态", "No status yet")
UNKNOWN_DISCREPANCY = Wording("未知类型", "of an unknown kind")


class CarrierOut(BaseModel):
    """The airline of the waybill."""

    code: str
    name: str
    name_zh: str


class StatusOut(BaseModel):
    """A status in both languages."""

    code: str
    zh: str
    en: str


class MilestoneOut(StatusOut):
    """One reported status."""

    station: str
    time: str = Field(description="station-local time, or the day alone")
    time_utc: datetime | None = Field(description="the same moment, when the zone is known")
    time_kind: str = Field(description="local or day")
    pieces: int
    weight_kg: float | None
    flight: str
    from_station: str
    to_station: str
    part: bool = Field(description="fewer pieces than the shipment has")


class StageOut(StatusOut):
    """A stage of the way with its state: done, partial or open."""

    state: str
    pieces: int


class ShipmentOut(BaseModel):
    """A shipment as the public sees it."""

    awb: str
    carrier: CarrierOut | None
    origin: str
    destination: str
    pieces: int | None
    weight_kg: float | None
    status: StatusOut
    stages: list[StageOut]
    milestones: list[MilestoneOut]
    last_update: datetime
    generated_at: datetime


def public_view(shipment: Shipment, found: Sequence[Milestone], now: datetime) -> ShipmentOut:
    """Project a shipment; ``found`` is in order."""
    carrier = carrier_of(Awb(shipment.awb))
    current = status_of(shipment, found)
    wording = STATUS.get(current.code, UNTOLD) if current else UNTOLD
    states = {stage.code: stage for stage in stages(shipment, found)}
    return ShipmentOut(
        awb=format_awb(Awb(shipment.awb)),
        carrier=(
            CarrierOut(code=carrier.code, name=carrier.name, name_zh=carrier.name_zh)
            if carrier
            else None
        ),
        origin=shipment.origin,
        destination=shipment.destination,
        pieces=shipment.pieces,
        weight_kg=None if shipment.weight_kg is None else float(shipment.weight_kg),
        status=StatusOut(code=current.code if current else "", zh=wording.zh, en=wording.en),
        stages=[
            StageOut(
                code=code,
                zh=words.zh,
                en=words.en,
                state=states[code].state,
                pieces=states[code].pieces,
            )
            for code, words, _ in STAGES
        ],
        milestones=[_milestone(one) for one in found],
        last_update=shipment.updated,
        generated_at=now,
    )


def _milestone(milestone: Milestone) -> MilestoneOut:
    words = STATUS.get(milestone.code, UNTOLD)
    if milestone.discrepancy:
        more = DISCREPANCY.get(milestone.discrepancy, UNKNOWN_DISCREPANCY)
        words = Wording(f"{words.zh}：{more.zh}", f"{words.en}: {more.en}")
    shape = "%Y-%m-%d %H:%M" if milestone.has_time else "%Y-%m-%d"
    return MilestoneOut(
        code=milestone.code,
        zh=words.zh,
        en=words.en,
        station=milestone.station,
        time=milestone.local.strftime(shape),
        time_utc=milestone.utc,
        time_kind="local" if milestone.has_time else "day",
        pieces=milestone.pieces,
        weight_kg=None if milestone.weight_kg is None else float(milestone.weight_kg),
        flight=milestone.flight,
        from_station=milestone.station if milestone.to else "",
        to_station=milestone.to,
        part=milestone.part,
    )
