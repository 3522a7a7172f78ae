"""What passenger_id needs from outside, by role.

``Books`` is everything one transaction may read and write: either all of it is on disk, with the
announcements that follow from it, or none. Stores are synchronous; the face encoder is not,
because it waits for a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from passenger_id.boarding import Step
from passenger_id.domain import (
    Census,
    Comparison,
    Consent,
    Embedding,
    FlightKey,
    FlightView,
    Journey,
    JourneyId,
    Sighting,
    Template,
)
from service_bus import Envelope, Record, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyQuery:
    """Which journeys to list; empty fields do not narrow.

    Attributes:
        flight: designator such as ``MU5101``.
        gate: gate by one spelling (see :func:`passenger_id.boarding.gate_name`).
        text: part of a name, booking reference, seat or id.
        after: departures scheduled from here on.
    """

    flight: str = ""
    gate: str = ""
    text: str = ""
    after: datetime | None = None
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDecision:
    """A gate's decision as it is kept: ``answer`` is its JSON without any name."""

    event_id: str
    journey_id: JourneyId
    at: datetime
    gate: str
    actor: str
    outcome: str
    reason: str
    answer: bytes


class JourneyBook(Protocol):
    """Journeys and their steps."""

    def find(self, journey_id: JourneyId) -> Journey | None:
        """Give a journey; in a writing transaction it is held until the end."""
        ...

    def select(self, query: JourneyQuery) -> tuple[list[Journey], int]:
        """Give a page of journeys, soonest departure first, and how many there are in all."""
        ...

    def of_flight(self, flight: FlightKey) -> list[Journey]:
        """Give all journeys of one departure."""
        ...

    def save(self, journey: Journey) -> None:
        """Keep a journey.

        Raises:
            SequenceTaken: another active passenger of the flight holds the sequence number.
        """
        ...

    def record(self, step: Step) -> None:
        """Keep a step; the same event and state once only."""
        ...

    def steps(self, journey_id: JourneyId) -> list[Step]:
        """Give the steps of a journey, oldest first."""
        ...


class FlightBook(Protocol):
    """Departures as last announced."""

    def find(self, flight: FlightKey) -> FlightView | None:
        """Give a departure, if any feed knows it."""
        ...

    def select(self, flights: Sequence[FlightKey]) -> dict[FlightKey, FlightView]:
        """Give those of these departures that are known."""
        ...

    def save(self, view: FlightView) -> bool:
        """Keep an announcement; tells ``False`` when a newer one is held."""
        ...


class DecisionBook(Protocol):
    """Decisions of gates, so that a repeated question gets the same answer."""

    def find(self, journey_id: JourneyId, event_id: str) -> KeptDecision | None:
        """Give a decision made before."""
        ...

    def save(self, decision: KeptDecision) -> None:
        """Keep a decision."""
        ...


class Vault(Protocol):
    """Consents and sealed face templates. No active consent, no template."""

    def consent(self, journey_id: JourneyId) -> Consent | None:
        """Give the latest consent, withdrawn or not."""
        ...

    def seal(self, consent: Consent, template: Template) -> None:
        """Keep a consent and the template it allows, in place of earlier ones."""
        ...

    def open(
        self, journey_id: JourneyId, *, model_sha256: str, purpose: str, now: datetime
    ) -> Embedding | None:
        """Give the template of this model and purpose unless it is due to be gone."""
        ...

    def holds(self, journey_id: JourneyId, *, purpose: str, now: datetime) -> bool:
        """Tell whether any template for this purpose could be opened now."""
        ...

    def destroy(self, journey_id: JourneyId, *, withdrawn_at: datetime | None = None) -> bool:
        """Destroy data key and template; with a time the consent ends too. Tells if any was."""
        ...

    def reschedule(self, journey_ids: Sequence[JourneyId], purge_at: datetime) -> None:
        """Set when these journeys' templates must be gone."""
        ...

    def due(self, before: datetime) -> list[JourneyId]:
        """Give the journeys whose templates must be gone by then."""
        ...

    def census(self, now: datetime) -> Census:
        """Count templates, and those that should not be there any more."""
        ...


class Books(Protocol):
    """One transaction over everything."""

    @property
    def journeys(self) -> JourneyBook:
        """Journeys and steps."""
        ...

    @property
    def flights(self) -> FlightBook:
        """Departures."""
        ...

    @property
    def decisions(self) -> DecisionBook:
        """Decisions of gates."""
        ...

    @property
    def vault(self) -> Vault:
        """Consents and templates."""
        ...

    def fresh(self, group: str, records: Sequence[Record]) -> list[Record]:
        """Give the records this group has not applied before, and remember them."""
        ...

    def announce(self, topic: Topic, envelope: Envelope) -> None:
        """Queue an envelope that goes out once the transaction is on disk."""
        ...


class Store(Protocol):
    """Opens transactions."""

    def reading(self) -> AbstractContextManager[Books]:
        """Books to read in; never waits for a writer."""
        ...

    def writing(self) -> AbstractContextManager[Books]:
        """Books to write in; left without an error, everything is on disk, else nothing is."""
        ...

    def scrub(self) -> None:
        """Clear copies of destroyed rows that the database itself still keeps (its log)."""
        ...


class KeyWrap(Protocol):
    """The master key, held by whoever keeps it; it never leaves."""

    @property
    def id(self) -> str:
        """Fingerprint that tells one master key from another."""
        ...

    def wrap(self, data_key: bytes, *, aad: bytes) -> bytes:
        """Seal a data key."""
        ...

    def unwrap(self, wrapped: bytes, *, aad: bytes) -> bytes:
        """Open a sealed data key.

        Raises:
            TemplateDamaged: sealed otherwise, or altered since.
        """
        ...


class FaceEncoder(Protocol):
    """Finds faces in a photo and compares them."""

    async def observe(self, photo: bytes) -> Sighting:
        """Look at a photo.

        Raises:
            EncoderUnavailable: no model can answer now.
        """
        ...

    def compare(self, template: Embedding, sighting: Sighting) -> Comparison:
        """Compare a stored vector with the one face of a sighting by the same model."""
        ...


class Pseudonyms(Protocol):
    """Names that tell nothing to whom the secret is not known."""

    def journey_id(self, natural_key: Sequence[str]) -> JourneyId:
        """Give the opaque id of a journey; the same key gives the same id."""
        ...

    def document(self, id_number: str) -> str:
        """Give the keyed hash of an identity number."""
        ...
