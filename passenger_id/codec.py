"""JSON on the bus: flights as operations announce them, and our own events.

A flight arrives as event-carried state: whatever operations writes, only the members below are
read, and a departure's are kept. Status codes are those of AIDX ``OperationalStatus`` and of the
airport's public status; an unknown code means an open flight, because a gate agent, not a missing
table entry, closes a gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

import orjson

from passenger_id.domain import (
    FlightKey,
    FlightPhase,
    FlightView,
    ModelRef,
    QualityPart,
    flight_number,
)
from passenger_id.events import IdentityEnrolled, IdentityVerified, JourneyChanged
from passenger_id.matching import Outcome, Verdict
from passenger_id.reasons import Reason
from service_bus import Reject

_CODES: Mapping[FlightPhase, str] = MappingProxyType(
    {
        FlightPhase.CANCELLED: "DX CX CNL NOP CANCELLED",
        FlightPhase.DIVERTED: "DV DIV DIVERTED",
        FlightPhase.GATE_CLOSED: "GCL GATE_CLOSED",
        # Seen from the departure gate, everything after the push-back is gone.
        FlightPhase.DEPARTED: "OFB TKO AIR AB DEP ENR FNL LAN LND TDN ONB IBK DEPARTED",
    }
)

PHASES: Mapping[str, FlightPhase] = MappingProxyType(
    {code: phase for phase, codes in _CODES.items() for code in codes.split()}
)
"""Status code to what it means at a gate."""


def read_flight(data: bytes, *, as_of: datetime) -> FlightView | None:
    """Understand a flight announcement; ``None`` for arrivals, which no gate boards.

    Raises:
        Reject: the announcement lacks what identifies a flight.
    """
    try:
        body = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Reject("flight announcement is not JSON", position=f"byte {error.pos}") from None
    if isinstance(body, dict) and isinstance(body.get("flight"), dict):
        body = body["flight"]
    if not isinstance(body, dict):
        raise Reject("flight announcement is not an object", position="$")
    if body.get("direction") not in (None, "departure"):
        return None
    status = body.get("status")
    status = status if isinstance(status, dict) else {"code": status}
    actual = _time(body, "actual")
    code = str(status.get("code") or "")
    return FlightView(
        key=FlightKey(
            carrier=_needed(body, "airline"),
            number=flight_number(_needed(body, "flight_number") + str(body.get("suffix") or "")),
            date=_date(body),
            origin=_needed(body, "origin"),
        ),
        destination=_needed(body, "destination"),
        scheduled=_time(body, "scheduled"),
        estimated=_time(body, "estimated"),
        actual=actual,
        status_code=code,
        status_zh=str(status.get("zh") or code),
        status_en=str(status.get("en") or code),
        phase=_phase(code, actual),
        gates=_gates(body),
        stand=str(body.get("stand") or ""),
        as_of=_time(body, "updated_at") or as_of,
    )


def _phase(code: str, actual: datetime | None) -> FlightPhase:
    phase = PHASES.get(code.upper().replace(" ", "_"), FlightPhase.OPEN)
    return FlightPhase.DEPARTED if phase is FlightPhase.OPEN and actual is not None else phase


def _gates(body: Mapping[str, Any]) -> tuple[str, ...]:
    gates = body.get("gates") or ()
    return tuple(str(gate) for gate in gates if gate)


def _needed(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Reject("flight announcement lacks a field", field=name, position=f"$.{name}")
    return value


def _date(body: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(_needed(body, "origin_date"))
    except ValueError:
        raise Reject("not a date", field="origin_date", position="$.origin_date") from None


def _time(body: Mapping[str, Any], name: str) -> datetime | None:
    value = body.get(name)
    if value is None:
        return None
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Reject("not a time", field=name, position=f"$.{name}") from None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def write_event(event: JourneyChanged | IdentityEnrolled | IdentityVerified) -> bytes:
    """An event as JSON for the bus."""
    return orjson.dumps(asdict(event))


def write_verdict(verdict: Verdict) -> bytes:
    """A decision as it is kept; it holds no name, no vector and no photo."""
    plain = replace(verdict, stage_ms={})
    return orjson.dumps({**asdict(plain), "stage_ms": dict(verdict.stage_ms)})


def read_verdict(data: bytes) -> Verdict:
    """Read what :func:`write_verdict` wrote."""
    body = orjson.loads(data)
    return Verdict(
        **{
            **body,
            "outcome": Outcome(body["outcome"]),
            "reason": Reason(**body["reason"]),
            "model": ModelRef(**body["model"]),
            "quality": tuple(QualityPart(**part) for part in body["quality"]),
            "stage_ms": MappingProxyType(body["stage_ms"]),
        }
    )
