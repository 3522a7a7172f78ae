"""Topics that passenger_id owns, and what travels on them.

The intake topic carries names and is declared personal; identity numbers are cut out before it and
photos never come near it. All other topics carry ids, states, decisions, score bands and reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from service_bus import Topic

JOURNEY_RECEIVED = Topic(
    name="passenger.journey.received.v1",
    owner="passenger_id",
    summary="A journey as the departure control system sent it, identity number removed.",
    key="journey id",
    retention=timedelta(days=3),
    max_bytes=65_536,
    personal=True,
)

JOURNEY_CHANGED = Topic(
    name="passenger.journey.changed.v1",
    owner="passenger_id",
    summary="A journey is new or has moved on: ids and states only.",
    key="journey id",
    max_bytes=16_384,
)

IDENTITY_ENROLLED = Topic(
    name="passenger.identity.enrolled.v1",
    owner="passenger_id",
    summary="A passenger has enrolled a face for one flight, or it has been destroyed.",
    key="journey id",
    max_bytes=16_384,
)

IDENTITY_VERIFIED = Topic(
    name="passenger.identity.verified.v1",
    owner="passenger_id",
    summary="A gate has decided on a face: decision, band, reason, model; no vector, no name.",
    key="journey id",
    max_bytes=16_384,
)

TOPICS: tuple[Topic, ...] = (
    JOURNEY_RECEIVED,
    JOURNEY_CHANGED,
    IDENTITY_ENROLLED,
    IDENTITY_VERIFIED,
)
"""All topics of this package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyChanged:
    """A journey's new standing.

    Attributes:
        flight: ``MU5101``; ``date`` its local date of departure, ISO.
        previous: state before ("" for a new journey).
    """

    journey_id: str
    flight: str
    date: str
    origin: str
    destination: str
    state: str
    previous: str
    enrolled: bool
    gate: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityEnrolled:
    """A template exists now (``enrolled``), or is gone for good (``withdrawn``, ``purged``)."""

    journey_id: str
    flight: str
    date: str
    change: str
    model_name: str
    model_version: str
    model_sha256: str
    consent_version: str
    purge_at: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityVerified:
    """A gate's decision.

    Attributes:
        decision: ``match``, ``no_match`` or ``refused``.
        reason: code of the reason catalogue.
        score_band: how far from the threshold, blurred.
        state: the journey's state after the decision.
    """

    event_id: str
    journey_id: str
    flight: str
    date: str
    gate: str
    decision: str
    reason: str
    score_band: str
    model_name: str
    model_version: str
    model_sha256: str
    degraded: bool
    state: str
    at: str
