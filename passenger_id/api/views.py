"""JSON shapes of the passenger routes; the console generates its types from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from passenger_id.boarding import Step
from passenger_id.domain import FlightView, Journey, JourneyId, ModelRef, QualityPart
from passenger_id.gate import Decision
from passenger_id.reasons import Reason
from passenger_id.service import Enrolment
from service_bus import Received


class FlightIn(BaseModel):
    """The flight of a journey message."""

    model_config = ConfigDict(extra="forbid")

    carrier: str = Field(description="IATA airline designator of the operating carrier.")
    number: str = Field(description="Flight number with suffix, e.g. 5101.")
    date: date
    from_: str = Field(alias="from", description="IATA code of the departure airport.")
    to: str = Field(description="IATA code of the destination.")
    std: datetime = Field(description="Scheduled time of departure, with zone.")


class JourneyIn(BaseModel):
    """A journey as the departure control system states it (described here, read in ``formats``)."""

    model_config = ConfigDict(extra="forbid")

    booking_reference: str
    passenger_name: str
    flight: FlightIn
    seat: str = ""
    sequence: int | None = Field(None, description="Check-in sequence number; given: checked in.")
    gate: str = ""
    document_last4: str = ""
    id_number: str = Field("", description="Hashed with a key on arrival; kept nowhere.")
    screened_at: datetime | None = Field(None, description="Security-check mark (验讫).")
    status: Literal["offloaded", "no_show"] | None = None
    message_id: str = Field("", description="The sender's own id of this message.")


class Accepted(BaseModel):
    """A message is on disk."""

    message_id: str
    correlation_id: str
    topic: str
    partition: int
    offset: int
    duplicate: bool
    warnings: list[str]
    journey_id: str


class FlightOut(BaseModel):
    """The flight of a journey."""

    carrier: str
    number: str
    display: str
    date: date
    origin: str
    destination: str
    std: datetime


class FlightStatus(BaseModel):
    """Where the flight stands, as operations last announced it."""

    code: str
    zh: str
    en: str
    phase: str = Field(description="What it means at a gate: open, gate_closed, departed ...")
    scheduled: datetime | None
    estimated: datetime | None
    actual: datetime | None
    gates: list[str]
    stand: str
    as_of: datetime


class JourneyOut(BaseModel):
    """A journey with the full name."""

    id: str
    booking_reference: str
    passenger_name: str
    name_masked: str
    flight: FlightOut
    flight_status: FlightStatus | None
    seat: str
    sequence: int | None
    gate: str
    document_last4: str
    screened_at: datetime | None
    enrolled: bool
    state: str
    updated_at: datetime


class StepOut(BaseModel):
    """One step of a journey."""

    to: str
    at: datetime
    actor: str
    device: str
    method: str
    reason: str
    score_band: str
    event_id: str


class JourneyDetail(JourneyOut):
    """A journey with its steps, oldest first."""

    steps: list[StepOut]


class JourneyPage(BaseModel):
    """A page of journeys."""

    items: list[JourneyOut]
    total: int
    generated_at: datetime


class GateJourney(BaseModel):
    """A journey as a gate screen may show it."""

    id: str
    name_masked: str
    flight: str
    flight_date: date
    destination: str
    std: datetime
    seat: str
    sequence: int | None
    state: str
    enrolled: bool
    flight_status: FlightStatus | None


class GateJourneys(BaseModel):
    """Who boards at a gate."""

    gate: str
    items: list[GateJourney]
    generated_at: datetime


class ReasonOut(BaseModel):
    """Why, for a machine and in two languages."""

    code: str
    zh: str
    en: str


class ModelOut(BaseModel):
    """Which weights spoke; empty when no model was asked."""

    name: str
    version: str
    sha256: str


class QualityOut(BaseModel):
    """One component of picture quality (ISO/IEC 29794-5), 0..100."""

    name: str
    value: float
    unit: str
    score: float
    ok: bool


class EnrolmentOut(BaseModel):
    """A face enrolled."""

    event_id: str
    journey_id: str
    enrolled: bool
    consent_id: str
    consent_version: str
    purposes: list[str]
    model: ModelOut
    quality: list[QualityOut]
    purge_at: datetime = Field(description="When the template is destroyed at the latest.")


class WithdrawalOut(BaseModel):
    """A consent withdrawn, a template destroyed."""

    journey_id: str
    enrolled: bool
    at: datetime


class DecidedJourney(BaseModel):
    """The journey after a decision, as a gate screen may show it."""

    id: str
    name_masked: str
    flight: str
    flight_date: date
    destination: str
    seat: str
    state: str


class DecisionOut(BaseModel):
    """A gate's decision with its why. A gate opens when ``journey.state`` is ``boarded``."""

    event_id: str
    decision: Literal["match", "no_match", "refused"]
    reason: ReasonOut
    score: float | None
    threshold: float | None
    score_band: str
    model: ModelOut
    degraded: bool
    quality: list[QualityOut]
    elapsed_ms: float
    stage_ms: dict[str, float]
    journey: DecidedJourney
    flight_status: FlightStatus | None


class VaultOut(BaseModel):
    """How many face templates there are."""

    active_templates: int
    templates_overdue: int
    generated_at: datetime


def accepted(received: Received, journey_id: JourneyId) -> Accepted:
    """Tell a sender where its message lies."""
    position = received.position
    return Accepted(
        message_id=received.message_id,
        correlation_id=received.correlation_id,
        topic=position.topic,
        partition=position.partition,
        offset=position.offset,
        duplicate=position.duplicate,
        warnings=list(received.warnings),
        journey_id=journey_id,
    )


def journey(of: Journey, flight: FlightView | None) -> JourneyOut:
    """Show a journey with its full name."""
    return JourneyOut(**_journey_facts(of, flight))


def journey_detail(of: Journey, flight: FlightView | None, steps: Sequence[Step]) -> JourneyDetail:
    """Show a journey with its steps."""
    shown = [
        StepOut(
            to=str(step.to),
            at=step.at,
            actor=step.actor,
            device=step.device,
            method=str(step.method),
            reason=step.reason,
            score_band=step.score_band,
            event_id=step.event_id,
        )
        for step in steps
    ]
    return JourneyDetail(**_journey_facts(of, flight), steps=shown)


def _journey_facts(of: Journey, flight: FlightView | None) -> dict[str, Any]:
    return {
        "id": of.id,
        "booking_reference": of.booking_reference,
        "passenger_name": of.passenger_name,
        "name_masked": of.name_masked,
        "flight": FlightOut(
            carrier=of.flight.carrier,
            number=of.flight.number,
            display=of.flight.display,
            date=of.flight.date,
            origin=of.flight.origin,
            destination=of.destination,
            std=of.std,
        ),
        "flight_status": flight_status(flight),
        "seat": of.seat,
        "sequence": of.sequence,
        "gate": of.gate,
        "document_last4": of.document_last4,
        "screened_at": of.screened_at,
        "enrolled": of.enrolled,
        "state": str(of.state),
        "updated_at": of.updated_at,
    }


def gate_journey(of: Journey, flight: FlightView | None) -> GateJourney:
    """Show a journey to a gate."""
    return GateJourney(
        id=of.id,
        name_masked=of.name_masked,
        flight=of.flight.display,
        flight_date=of.flight.date,
        destination=of.destination,
        std=of.std,
        seat=of.seat,
        sequence=of.sequence,
        state=str(of.state),
        enrolled=of.enrolled,
        flight_status=flight_status(flight),
    )


def flight_status(view: FlightView | None) -> FlightStatus | None:
    """Show where a flight stands."""
    if view is None:
        return None
    return FlightStatus(
        code=view.status_code,
        zh=view.status_zh,
        en=view.status_en,
        phase=str(view.phase),
        scheduled=view.scheduled,
        estimated=view.estimated,
        actual=view.actual,
        gates=list(view.gates),
        stand=view.stand,
        as_of=view.as_of,
    )


def enrolment(done: Enrolment) -> EnrolmentOut:
    """Show an enrolment."""
    return EnrolmentOut(
        event_id=done.event_id,
        journey_id=done.journey.id,
        enrolled=done.journey.enrolled,
        consent_id=done.consent.id,
        consent_version=done.consent.version,
        purposes=list(done.consent.purposes),
        model=_model(done.model),
        quality=_quality(done.quality),
        purge_at=done.purge_at,
    )


def decision(made: Decision) -> DecisionOut:
    """Show a decision to the gate that asked."""
    verdict, of = made.verdict, made.journey
    return DecisionOut(
        event_id=made.event_id,
        decision=verdict.outcome.value,
        reason=_reason(verdict.reason),
        score=verdict.score,
        threshold=verdict.threshold,
        score_band=verdict.band,
        model=_model(verdict.model),
        degraded=verdict.degraded,
        quality=_quality(verdict.quality),
        elapsed_ms=made.elapsed_ms,
        stage_ms=dict(verdict.stage_ms),
        journey=DecidedJourney(
            id=of.id,
            name_masked=of.name_masked,
            flight=of.flight.display,
            flight_date=of.flight.date,
            destination=of.destination,
            seat=of.seat,
            state=str(of.state),
        ),
        flight_status=flight_status(made.flight),
    )


def _reason(of: Reason) -> ReasonOut:
    return ReasonOut(code=of.code, zh=of.zh, en=of.en)


def _model(of: ModelRef) -> ModelOut:
    return ModelOut(name=of.name, version=of.version, sha256=of.sha256)


def _quality(parts: Sequence[QualityPart]) -> list[QualityOut]:
    return [
        QualityOut(name=p.name, value=p.value, unit=p.unit, score=p.score, ok=p.ok) for p in parts
    ]
