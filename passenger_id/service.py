"""Use cases at the counter: enrol a face, withdraw it, look up journeys, sweep the vault.

A photo lives only in the argument of :meth:`Passengers.enrol`; it is handed to the face encoder and
forgotten. Waiting for the encoder holds no transaction: what was checked before is checked again
when the template is sealed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from passenger_id import boarding, matching
from passenger_id.announcements import identity_enrolled, journey_changed
from passenger_id.boarding import Step
from passenger_id.domain import (
    INACTIVE,
    Census,
    Consent,
    FlightPhase,
    FlightView,
    Journey,
    JourneyId,
    ModelRef,
    QualityPart,
    Sighting,
    State,
    Template,
    guardian_needed,
)
from passenger_id.errors import (
    ConsentMissing,
    EncoderUnavailable,
    EnrolmentRefused,
    GuardianRequired,
    NotEnrolled,
    PhotoRefused,
    UnknownJourney,
)
from passenger_id.events import IDENTITY_ENROLLED, JOURNEY_CHANGED
from passenger_id.ports import Books, FaceEncoder, JourneyQuery, Store
from passenger_id.reasons import reason
from passenger_id.retention import RetentionRule
from service_bus import Clock

log = logging.getLogger(__name__)

PURPOSE = "boarding"
"""The one purpose of faces in this package: recognising a passenger on the way to the seat."""

GATE_LOOKBACK = timedelta(hours=6)
"""A gate's list begins this long before now: a flight delayed longer is listed by its flight."""

AIRPORT_OFFSET = timedelta(hours=8)
"""Local time of the airports (China has one zone, without summer time): birthdays are local."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the airport has set.

    Attributes:
        screening_valid: how long a security-check mark counts.
        retention: when templates go.
        sweep_ahead: a sweep takes what falls due before the next one.
        min_liveness: a face at the gate must look this live, 0..1; 0 leaves that out.
    """

    screening_valid: timedelta
    retention: RetentionRule
    sweep_ahead: timedelta
    min_liveness: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """What an enrolment states about the passenger's consent; ``born`` is looked at, not kept."""

    version: str
    channel: str
    guardian: str = ""
    born: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A face enrolled."""

    event_id: str
    journey: Journey
    consent: Consent
    model: ModelRef
    quality: tuple[QualityPart, ...]
    purge_at: datetime


class Passengers:
    """The passenger's way, for the people and devices that serve it."""

    def __init__(
        self,
        store: Store,
        encoder: FaceEncoder,
        *,
        clock: Clock,
        rules: Rules,
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._clock = clock
        self._rules = rules
        self._new_id = new_id

    def journeys(self, query: JourneyQuery) -> tuple[list[tuple[Journey, FlightView | None]], int]:
        """List journeys with their flights."""
        with self._store.reading() as books:
            found, total = books.journeys.select(query)
            flights = books.flights.select([journey.flight for journey in found])
        return [(journey, flights.get(journey.flight)) for journey in found], total

    def at_gate(self, gate: str) -> list[tuple[Journey, FlightView | None]]:
        """List the journeys that board at a gate from now on."""
        query = JourneyQuery(
            gate=boarding.gate_name(gate), after=self._clock() - GATE_LOOKBACK, limit=1000
        )
        return self.journeys(query)[0]

    def journey(self, journey_id: JourneyId) -> tuple[Journey, FlightView | None, list[Step]]:
        """Give one journey with its flight and its steps.

        Raises:
            UnknownJourney: not announced, or not yet.
        """
        with self._store.reading() as books:
            journey = known(books, journey_id)
            flight = books.flights.find(journey.flight)
            return journey, flight, books.journeys.steps(journey_id)

    def census(self) -> Census:
        """Count templates, and those that should be gone."""
        with self._store.reading() as books:
            return books.vault.census(self._clock())

    async def enrol(
        self, journey_id: JourneyId, photo: bytes, given: ConsentGiven, *, actor: str
    ) -> Enrolment:
        """Make a face template from a photo, with consent.

        Raises:
            ConsentMissing, GuardianRequired: the consent is not complete.
            PhotoRefused: the photo does not show one usable face; says why.
            EnrolmentRefused: the journey or its flight is over.
            EncoderUnavailable: no model, or only a fallback, answers.
        """
        self._check_consent(given)
        await asyncio.to_thread(self._may_enrol, journey_id)
        sighting = await self._encoder.observe(photo)
        if fault := matching.photo_fault(sighting):
            log.info("enrolment journey=%s outcome=refused reason=%s", journey_id, fault)
            why = reason(fault)
            raise PhotoRefused(why.code, why.zh, why.en)
        if sighting.degraded:
            raise EncoderUnavailable("only a fallback face model answers; enrol later")
        return await asyncio.to_thread(self._seal, journey_id, sighting, given, actor)

    def _check_consent(self, given: ConsentGiven) -> None:
        for name, text in (("version", given.version), ("channel", given.channel)):
            if not text.strip():
                raise ConsentMissing(f"consent_{name}")
        today = (self._clock() + AIRPORT_OFFSET).date()
        if guardian_needed(given.born, today) and not given.guardian.strip():
            raise GuardianRequired

    def _may_enrol(self, journey_id: JourneyId) -> None:
        with self._store.reading() as books:
            self._enrollable(books, journey_id)

    def _enrollable(self, books: Books, journey_id: JourneyId) -> tuple[Journey, datetime]:
        """Give the journey and when its template must be gone, or refuse."""
        journey = known(books, journey_id)
        flight = books.flights.find(journey.flight)
        scheduled = (flight.scheduled if flight else None) or journey.std
        purge_at = self._rules.retention.purge_at(scheduled, flight.actual if flight else None)
        code = ""
        if journey.state in INACTIVE or journey.state is State.BOARDED:
            code = "duplicate" if journey.state is State.BOARDED else "no_show"
        elif flight is not None and flight.phase is FlightPhase.CANCELLED:
            code = "flight_cancelled"
        elif purge_at <= self._clock() + self._rules.sweep_ahead:
            code = "flight_departed"
        if code:
            why = reason(code)
            raise EnrolmentRefused(why.code, why.zh, why.en)
        return journey, purge_at

    def _seal(
        self, journey_id: JourneyId, sighting: Sighting, given: ConsentGiven, actor: str
    ) -> Enrolment:
        now, event_id = self._clock(), self._new_id()
        consent = Consent(
            id=self._new_id(),
            journey_id=journey_id,
            version=given.version.strip(),
            channel=given.channel.strip(),
            purposes=(PURPOSE,),
            given_at=now,
            guardian=given.guardian.strip(),
        )
        with self._store.writing() as books:
            journey, purge_at = self._enrollable(books, journey_id)
            template = Template(
                journey_id=journey_id,
                model_sha256=sighting.model.sha256,
                purpose=PURPOSE,
                embedding=sighting.faces[0].embedding,
                created_at=now,
                purge_at=purge_at,
            )
            books.vault.seal(consent, template)
            journey = replace(journey, enrolled=True, updated_at=now)
            books.journeys.save(journey)
            news = identity_enrolled(
                journey,
                event_id=event_id,
                at=now,
                change="enrolled",
                model=sighting.model,
                consent=consent,
                purge_at=purge_at,
            )
            books.announce(IDENTITY_ENROLLED, news)
            books.announce(JOURNEY_CHANGED, journey_changed(news, journey, str(journey.state)))
        log.info(
            "enrolment event=%s journey=%s outcome=enrolled model=%s consent=%s actor=%s",
            *(event_id, journey_id, sighting.model.name, consent.version, actor),
        )
        return Enrolment(
            event_id=event_id,
            journey=journey,
            consent=consent,
            model=sighting.model,
            quality=sighting.faces[0].quality,
            purge_at=purge_at,
        )

    def withdraw(self, journey_id: JourneyId, *, actor: str) -> Journey:
        """End the consent and destroy the template; the journey's state stays what it is.

        Raises:
            NotEnrolled: there is nothing to withdraw.
        """
        now, event_id = self._clock(), self._new_id()
        with self._store.writing() as books:
            journey = known(books, journey_id)
            if not books.vault.destroy(journey_id, withdrawn_at=now):
                raise NotEnrolled(journey_id)
            journey = self._forgotten(books, journey, event_id, now, "withdrawn")
        self._store.scrub()
        log.info("withdrawal event=%s journey=%s actor=%s", event_id, journey_id, actor)
        return journey

    def sweep(self) -> int:
        """Destroy every template that falls due before the next sweep; give how many."""
        now = self._clock()
        with self._store.writing() as books:
            due = books.vault.due(now + self._rules.sweep_ahead)
            for journey_id in due:
                books.vault.destroy(journey_id)
                if journey := books.journeys.find(journey_id):
                    self._forgotten(books, journey, self._new_id(), now, "purged")
        # Every time: a reader may have kept the last scrub from finishing.
        self._store.scrub()
        if due:
            log.info("sweep purged=%d", len(due))
        return len(due)

    def _forgotten(
        self, books: Books, journey: Journey, event_id: str, now: datetime, change: str
    ) -> Journey:
        journey = replace(journey, enrolled=False, updated_at=now)
        books.journeys.save(journey)
        news = identity_enrolled(journey, event_id=event_id, at=now, change=change)
        books.announce(IDENTITY_ENROLLED, news)
        books.announce(JOURNEY_CHANGED, journey_changed(news, journey, str(journey.state)))
        return journey


def known(books: Books, journey_id: JourneyId) -> Journey:
    """Give the journey, or raise :class:`~passenger_id.errors.UnknownJourney`."""
    journey = books.journeys.find(journey_id)
    if journey is None:
        raise UnknownJourney(journey_id)
    return journey
