"""Topics of the spatiotemporal platform and the messages on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import orjson

from service_bus import Topic
from spatiotemporal.domain import Fix, Registered

OWNER = "spatiotemporal"

KEPT = timedelta(hours=6)
"""Positions are many (3,000 a second on a full apron) and soon old; history belongs in tables."""

JT808_RECEIVED = Topic(
    name="spatiotemporal.jt808.received.v1",
    owner=OWNER,
    summary="Frames of JT/T 808 terminals, as received: registrations and positions.",
    key="terminal phone",
    retention=KEPT,
    telemetry=True,
    max_bytes=65_536,
)

FIX_REPORTED = Topic(
    name="spatiotemporal.fix.reported.v1",
    owner=OWNER,
    summary="A mover was at a position at a moment, in WGS84, whatever the source.",
    key="mover id",
    retention=KEPT,
    telemetry=True,
    max_bytes=4_096,
)

MOVER_REGISTERED = Topic(
    name="spatiotemporal.mover.registered.v1",
    owner=OWNER,
    summary="A terminal said which vehicle it is in.",
    key="mover id",
    retention=timedelta(days=365),
)

TOPICS = (JT808_RECEIVED, FIX_REPORTED, MOVER_REGISTERED)


def to_json(event: Fix | Registered) -> bytes:
    """Payload of an event; times are ISO 8601 UTC."""
    return orjson.dumps(event)


def fix_from_json(data: bytes) -> Fix:
    """Read a payload of ``FIX_REPORTED``."""
    return Fix(**_times(orjson.loads(data), "fix_time", "received"))


def registered_from_json(data: bytes) -> Registered:
    """Read a payload of ``MOVER_REGISTERED``."""
    return Registered(**_times(orjson.loads(data), "registered"))


def _times(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        fields[name] = datetime.fromisoformat(fields[name])
    return fields
