"""Topics of the cargo platform and the message on its outgoing one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import orjson

from service_bus import Topic

OWNER = "cargo_platform"

CIMP_RECEIVED = Topic(
    name="cargo.cimp.received.v1",
    owner=OWNER,
    summary="Cargo-IMP messages as received from airlines, terminals and agents.",
    key="air waybill number",
    retention=timedelta(days=30),
    max_bytes=65_536,
    dedupe_window=timedelta(days=3),
)

SHIPMENT_CHANGED = Topic(
    name="cargo.shipment.changed.v1",
    owner=OWNER,
    summary="A status of a shipment became known: air waybill, milestone, pieces and place.",
    key="air waybill number",
    retention=timedelta(days=30),
)

TOPICS = (CIMP_RECEIVED, SHIPMENT_CHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentChanged:
    """What others hear: no names, no goods, no customs texts."""

    awb: str
    origin: str
    destination: str
    status: str
    milestone: str
    station: str
    local_time: datetime
    flight: str
    pieces: int
    total_pieces: int | None


def to_json(event: ShipmentChanged) -> bytes:
    """Payload of ``SHIPMENT_CHANGED``; local times carry no zone."""
    return orjson.dumps(asdict(event))
