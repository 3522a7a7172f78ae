"""What comes in by the bus: journeys from the DCS, departures from operations.

Both handlers are idempotent by message id and by content: the inbox drops what was applied before,
and a journey only moves forward, by steps that name their message.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from passenger_id import boarding, codec
from passenger_id.announcements import journey_changed
from passenger_id.boarding import Step
from passenger_id.domain import FlightPhase, FlightView, Journey, Method, State
from passenger_id.errors import AlreadyThere, SequenceTaken, TransitionRefused
from passenger_id.events import JOURNEY_CHANGED
from passenger_id.formats import dcs_json
from passenger_id.formats.dcs_json import JourneyMessage
from passenger_id.ports import Books, Pseudonyms, Store
from passenger_id.retention import RetentionRule
from service_bus import Malformed, Record, Reject

log = logging.getLogger(__name__)

JOURNEYS_GROUP = "passenger-journeys"
FLIGHTS_GROUP = "passenger-flights"

DOCUMENT_HEADER = "document_hmac"
"""Envelope header with the keyed hash of the identity number that was cut out of the message."""

CLOCK_SKEW = timedelta(minutes=5)
"""How far ahead of us a security-check clock may run; a later mark would count too long."""


class Feeds:
    """Applies messages from the bus to the books."""

    def __init__(self, store: Store, pseudonyms: Pseudonyms, *, retention: RetentionRule) -> None:
        self._store = store
        self._pseudonyms = pseudonyms
        self._retention = retention

    def apply_journeys(self, records: Sequence[Record]) -> None:
        """Apply journey messages (group ``passenger-journeys``)."""
        with self._store.writing() as books:
            for record in books.fresh(JOURNEYS_GROUP, records):
                self._apply_journey(books, record)

    def _apply_journey(self, books: Books, record: Record) -> None:
        try:
            message, _ = dcs_json.read_journey(record.envelope.data)
        except Malformed as fault:
            facts = {name: text for name, text in fault.facts().items() if name != "reason"}
            raise Reject(fault.reason, **facts) from None
        if message.screened_at and message.screened_at > record.envelope.time + CLOCK_SKEW:
            raise Reject("security-check mark lies in the future", field="screened_at")
        journey_id = self._pseudonyms.journey_id(message.natural_key)
        held = books.journeys.find(journey_id)
        journey = held or Journey(
            id=journey_id,
            booking_reference=message.booking_reference,
            passenger_name=message.passenger_name,
            flight=message.flight,
            destination=message.destination,
            std=message.std,
            stated_at=record.envelope.time,
            updated_at=record.envelope.time,
        )
        journey = _stated(journey, message, record)
        try:
            journey = self._advanced(books, journey, message, record)
            books.journeys.save(journey)
        except SequenceTaken as taken:
            raise Reject(str(taken), field=taken.field, code=taken.code) from None
        except TransitionRefused as refused:
            raise Reject(str(refused), field="status", code=refused.code) from None
        if held is not None and held.std != journey.std:
            flight = books.flights.find(journey.flight)
            actual = flight.actual if flight else None
            books.vault.reschedule([journey_id], self._retention.purge_at(journey.std, actual))
        previous = str(held.state) if held else ""
        books.announce(JOURNEY_CHANGED, journey_changed(record.envelope, journey, previous))

    def _advanced(
        self, books: Books, journey: Journey, message: JourneyMessage, record: Record
    ) -> Journey:
        """Take the steps that the message implies, in order."""
        done = {(step.event_id, step.to) for step in books.journeys.steps(journey.id)}
        for to in _implied(journey, message):
            method = Method.DCS
            if message.screened_at and to in (State.ID_VERIFIED, State.SCREENED):
                method = Method.SECURITY_MARK
            step = Step(
                journey_id=journey.id,
                event_id=record.envelope.id,
                to=to,
                at=record.envelope.time,
                actor=record.envelope.source,
                device="",
                method=method,
                reason=str(message.status or "accepted"),
            )
            try:
                moved = boarding.advance(journey, step, done)
            except AlreadyThere:
                continue
            if moved is not journey:
                books.journeys.record(step)
                journey = moved
        return journey

    def apply_flights(self, records: Sequence[Record]) -> None:
        """Apply flight announcements (group ``passenger-flights``)."""
        with self._store.writing() as books:
            for record in books.fresh(FLIGHTS_GROUP, records):
                view = codec.read_flight(record.envelope.data, as_of=record.envelope.time)
                if view is not None and books.flights.save(view):
                    self._follow(books, view, record)

    def _follow(self, books: Books, view: FlightView, record: Record) -> None:
        """Let journeys and templates follow their flight."""
        for journey in books.journeys.of_flight(view.key):
            scheduled = view.scheduled or journey.std
            books.vault.reschedule([journey.id], self._retention.purge_at(scheduled, view.actual))
            if view.phase is FlightPhase.DEPARTED and journey.active:
                self._depart(books, journey, record)

    def _depart(self, books: Books, journey: Journey, record: Record) -> None:
        step = Step(
            journey_id=journey.id,
            event_id=record.envelope.id,
            to=State.FLOWN if journey.state is State.BOARDED else State.NO_SHOW,
            at=record.envelope.time,
            actor=record.envelope.source,
            device="",
            method=Method.FLIGHT,
            reason="flight_departed",
        )
        done = {(kept.event_id, kept.to) for kept in books.journeys.steps(journey.id)}
        moved = boarding.advance(journey, step, done)
        if moved is journey:
            return
        books.journeys.record(step)
        books.journeys.save(moved)
        log.info("journey=%s state=%s reason=flight_departed", moved.id, moved.state)
        books.announce(JOURNEY_CHANGED, journey_changed(record.envelope, moved, str(journey.state)))


def _stated(journey: Journey, message: JourneyMessage, record: Record) -> Journey:
    """The journey with what the message says; what it leaves out stays.

    A message that was held up and comes after a newer one adds what was not known, no more.
    """
    if record.envelope.time < journey.stated_at:
        return replace(journey, screened_at=journey.screened_at or message.screened_at)
    return replace(
        journey,
        destination=message.destination,
        std=message.std,
        seat=message.seat or journey.seat,
        sequence=journey.sequence if message.sequence is None else message.sequence,
        gate=message.gate or journey.gate,
        document_last4=message.document_last4 or journey.document_last4,
        document_hmac=record.envelope.headers.get(DOCUMENT_HEADER, "") or journey.document_hmac,
        screened_at=message.screened_at or journey.screened_at,
        stated_at=record.envelope.time,
        updated_at=record.envelope.time,
    )


def _implied(journey: Journey, message: JourneyMessage) -> tuple[State, ...]:
    """States a message leads to: a security mark implies the identity check before it."""
    if message.status is not None:
        return (message.status,)
    if message.screened_at is not None and journey.sequence is not None:
        return boarding.way_to(journey.state, State.SCREENED)
    if journey.sequence is not None:
        return boarding.way_to(journey.state, State.CHECKED_IN)
    return ()
