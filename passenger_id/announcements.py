"""Envelopes that tell the rest of the airport what happened: ids, states, decisions and bands."""

from __future__ import annotations

from datetime import datetime

from passenger_id import codec
from passenger_id.domain import Consent, Journey, ModelRef
from passenger_id.events import (
    IDENTITY_ENROLLED,
    IDENTITY_VERIFIED,
    JOURNEY_CHANGED,
    IdentityEnrolled,
    IdentityVerified,
    JourneyChanged,
)
from passenger_id.matching import Verdict
from service_bus import Envelope

SOURCE = "/passenger"


def journey_changed(cause: Envelope, journey: Journey, previous: str) -> Envelope:
    """The news of a journey's standing, caused by a message."""
    event = JourneyChanged(
        journey_id=journey.id,
        flight=journey.flight.display,
        date=journey.flight.date.isoformat(),
        origin=journey.flight.origin,
        destination=journey.destination,
        state=str(journey.state),
        previous=previous,
        enrolled=journey.enrolled,
        gate=journey.gate,
        at=journey.updated_at.isoformat(),
    )
    return cause.following(
        JOURNEY_CHANGED,
        codec.write_event(event),
        source=SOURCE,
        subject=journey.id,
        time=journey.updated_at,
        part=journey.id,
    )


def identity_enrolled(
    journey: Journey,
    *,
    event_id: str,
    at: datetime,
    change: str,
    model: ModelRef | None = None,
    consent: Consent | None = None,
    purge_at: datetime | None = None,
) -> Envelope:
    """The news that a template exists (``enrolled``) or is gone (``withdrawn``, ``purged``)."""
    event = IdentityEnrolled(
        journey_id=journey.id,
        flight=journey.flight.display,
        date=journey.flight.date.isoformat(),
        change=change,
        model_name=model.name if model else "",
        model_version=model.version if model else "",
        model_sha256=model.sha256 if model else "",
        consent_version=consent.version if consent else "",
        purge_at=purge_at.isoformat() if purge_at else "",
        at=at.isoformat(),
    )
    return Envelope(
        id=event_id,
        source=SOURCE,
        type=IDENTITY_ENROLLED.name,
        subject=journey.id,
        time=at,
        data=codec.write_event(event),
    )


def identity_verified(
    journey: Journey, verdict: Verdict, *, event_id: str, at: datetime, gate: str
) -> Envelope:
    """The news of a gate's decision."""
    event = IdentityVerified(
        event_id=event_id,
        journey_id=journey.id,
        flight=journey.flight.display,
        date=journey.flight.date.isoformat(),
        gate=gate,
        decision=str(verdict.outcome),
        reason=verdict.reason.code,
        score_band=verdict.band,
        model_name=verdict.model.name,
        model_version=verdict.model.version,
        model_sha256=verdict.model.sha256,
        degraded=verdict.degraded,
        state=str(journey.state),
        at=at.isoformat(),
    )
    return Envelope(
        id=event_id,
        source=SOURCE,
        type=IDENTITY_VERIFIED.name,
        subject=journey.id,
        time=at,
        data=codec.write_event(event),
    )
