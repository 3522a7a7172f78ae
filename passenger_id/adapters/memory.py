"""Twins of the ports, in memory, for tests and doctests; never a fallback of the product."""

from __future__ import annotations

import copy
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

import cv2
import numpy as np

from passenger_id.boarding import Step, gates_of
from passenger_id.domain import (
    Census,
    Comparison,
    Consent,
    Embedding,
    Face,
    FlightKey,
    FlightView,
    Journey,
    JourneyId,
    ModelRef,
    QualityPart,
    Sighting,
    Template,
)
from passenger_id.errors import EncoderUnavailable, SequenceTaken
from passenger_id.ports import Books, JourneyQuery, KeptDecision
from service_bus import Envelope, Record, Topic


@dataclass(slots=True)
class _Shelf:
    """Everything the twin keeps; copied before a write so that it can be taken back."""

    journeys: dict[str, Journey] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    flights: dict[FlightKey, FlightView] = field(default_factory=dict)
    decisions: dict[tuple[str, str], KeptDecision] = field(default_factory=dict)
    consents: list[Consent] = field(default_factory=list)
    templates: dict[str, Template] = field(default_factory=dict)
    applied: set[tuple[str, str, str]] = field(default_factory=set)
    announced: list[tuple[Topic, Envelope]] = field(default_factory=list)

    def copied(self) -> _Shelf:
        return _Shelf(**{name: copy.copy(getattr(self, name)) for name in self.__slots__})


class MemoryJourneys:
    """Journeys and steps in dictionaries."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf

    def find(self, journey_id: JourneyId) -> Journey | None:
        """Give a journey."""
        return self._shelf.journeys.get(journey_id)

    def select(self, query: JourneyQuery) -> tuple[list[Journey], int]:
        """Give a page of journeys, soonest departure first, and how many there are in all."""
        found = [journey for journey in self._shelf.journeys.values() if self._fits(journey, query)]
        found.sort(key=lambda j: (j.std, j.flight.display, j.sequence or 0, j.id))
        return found[query.offset : query.offset + query.limit], len(found)

    def _fits(self, journey: Journey, query: JourneyQuery) -> bool:
        text = query.text.lower()
        words = (journey.passenger_name.lower(), journey.booking_reference.lower())
        gates = gates_of(journey, self._shelf.flights.get(journey.flight))
        return (
            query.flight in ("", journey.flight.display)
            and (not query.gate or query.gate in gates)
            and (query.after is None or journey.std >= query.after)
            and (any(text in word for word in words) or text in (journey.seat.lower(), journey.id))
        )

    def of_flight(self, flight: FlightKey) -> list[Journey]:
        """Give all journeys of one departure."""
        found = [j for j in self._shelf.journeys.values() if j.flight == flight]
        return sorted(found, key=lambda journey: journey.id)

    def save(self, journey: Journey) -> None:
        """Keep a journey."""
        if journey.active and journey.sequence is not None:
            for other in self.of_flight(journey.flight):
                if other.active and other.sequence == journey.sequence and other.id != journey.id:
                    raise SequenceTaken(journey.flight.display, journey.sequence)
        self._shelf.journeys[journey.id] = journey

    def record(self, step: Step) -> None:
        """Keep a step."""
        self._shelf.steps.append(step)

    def steps(self, journey_id: JourneyId) -> list[Step]:
        """Give the steps of a journey, oldest first."""
        return [step for step in self._shelf.steps if step.journey_id == journey_id]


class MemoryFlights:
    """Departures in a dictionary."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf

    def find(self, flight: FlightKey) -> FlightView | None:
        """Give a departure, if any feed knows it."""
        return self._shelf.flights.get(flight)

    def select(self, flights: Sequence[FlightKey]) -> dict[FlightKey, FlightView]:
        """Give those of these departures that are known."""
        held = self._shelf.flights
        return {flight: held[flight] for flight in flights if flight in held}

    def save(self, view: FlightView) -> bool:
        """Keep an announcement; tells ``False`` when a newer one is held."""
        held = self._shelf.flights.get(view.key)
        if held is not None and held.as_of > view.as_of:
            return False
        self._shelf.flights[view.key] = view
        return True


class MemoryDecisions:
    """Decisions in a dictionary."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf

    def find(self, journey_id: JourneyId, event_id: str) -> KeptDecision | None:
        """Give a decision made before."""
        return self._shelf.decisions.get((journey_id, event_id))

    def save(self, decision: KeptDecision) -> None:
        """Keep a decision."""
        self._shelf.decisions[decision.journey_id, decision.event_id] = decision


class MemoryVault:
    """Consents and templates in plain memory."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf

    def consent(self, journey_id: JourneyId) -> Consent | None:
        """Give the latest consent, withdrawn or not."""
        mine = [consent for consent in self._shelf.consents if consent.journey_id == journey_id]
        return mine[-1] if mine else None

    def seal(self, consent: Consent, template: Template) -> None:
        """Keep a consent and the template it allows, in place of earlier ones."""
        if template.purpose not in consent.purposes:
            raise ValueError(f"consent does not cover the purpose {template.purpose!r}")
        self._shelf.consents.append(consent)
        self._shelf.templates[template.journey_id] = template

    def open(
        self, journey_id: JourneyId, *, model_sha256: str, purpose: str, now: datetime
    ) -> Embedding | None:
        """Give the template of this model and purpose unless it is due to be gone."""
        template = self._shelf.templates.get(journey_id)
        if template is None or template.purge_at <= now:
            return None
        fits = template.model_sha256 == model_sha256 and template.purpose == purpose
        return template.embedding if fits else None

    def holds(self, journey_id: JourneyId, *, purpose: str, now: datetime) -> bool:
        """Tell whether any template for this purpose could be opened now."""
        template = self._shelf.templates.get(journey_id)
        return template is not None and template.purge_at > now and template.purpose == purpose

    def destroy(self, journey_id: JourneyId, *, withdrawn_at: datetime | None = None) -> bool:
        """Forget the template; with a time the consent ends too."""
        gone = self._shelf.templates.pop(journey_id, None) is not None
        consent = self.consent(journey_id)
        if withdrawn_at is None or consent is None or consent.withdrawn_at is not None:
            return gone
        self._shelf.consents.append(replace(consent, withdrawn_at=withdrawn_at))
        return True

    def reschedule(self, journey_ids: Sequence[JourneyId], purge_at: datetime) -> None:
        """Set when these journeys' templates must be gone."""
        for journey_id in journey_ids:
            if template := self._shelf.templates.get(journey_id):
                self._shelf.templates[journey_id] = replace(template, purge_at=purge_at)

    def due(self, before: datetime) -> list[JourneyId]:
        """Give the journeys whose templates must be gone by then."""
        due = [t for t in self._shelf.templates.values() if t.purge_at <= before]
        return [template.journey_id for template in sorted(due, key=lambda t: t.purge_at)]

    def census(self, now: datetime) -> Census:
        """Count templates, and those that should not be there any more."""
        overdue = sum(template.purge_at <= now for template in self._shelf.templates.values())
        return Census(active_templates=len(self._shelf.templates), templates_overdue=overdue)


class MemoryBooks:
    """All books over one shelf."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf
        self.journeys = MemoryJourneys(shelf)
        self.flights = MemoryFlights(shelf)
        self.decisions = MemoryDecisions(shelf)
        self.vault = MemoryVault(shelf)

    def fresh(self, group: str, records: Sequence[Record]) -> list[Record]:
        """Give the records this group has not applied before, and remember them."""
        fresh = []
        for record in records:
            mark = (group, record.envelope.source, record.envelope.id)
            if mark not in self._shelf.applied:
                self._shelf.applied.add(mark)
                fresh.append(record)
        return fresh

    def announce(self, topic: Topic, envelope: Envelope) -> None:
        """Keep an envelope for the test to look at."""
        self._shelf.announced.append((topic, envelope))


class MemoryStore:
    """Transactions in memory: an error inside takes everything back."""

    def __init__(self) -> None:
        self._shelf = _Shelf()

    @property
    def announced(self) -> list[tuple[Topic, Envelope]]:
        """What would have gone out, in order."""
        return list(self._shelf.announced)

    @contextmanager
    def reading(self) -> Iterator[Books]:
        """Books to read in."""
        yield MemoryBooks(self._shelf)

    @contextmanager
    def writing(self) -> Iterator[Books]:
        """Books to write in."""
        draft = self._shelf.copied()
        yield MemoryBooks(draft)
        self._shelf = draft

    def scrub(self) -> None:
        """Nothing is kept behind the shelf's back."""


class HashedNames:
    """Pseudonyms under a secret that is not secret: for tests only."""

    SECRET = b"test twin"

    def journey_id(self, natural_key: Sequence[str]) -> JourneyId:
        """Give the opaque id of a journey."""
        return JourneyId("j" + self._hash("\x1f".join(natural_key))[:20])

    def document(self, id_number: str) -> str:
        """Give the keyed hash of an identity number."""
        return self._hash(id_number.upper())

    def _hash(self, text: str) -> str:
        return hmac.new(self.SECRET, text.encode(), hashlib.sha256).hexdigest()


TWIN_MODEL = ModelRef(
    name="picture-statistics-test-twin",
    version="1",
    sha256=hashlib.sha256(b"picture-statistics-test-twin/1").hexdigest(),
)

GRID = 8
"""Cells per side of the picture's grey grid; 64 numbers tell test pictures apart."""

FLAT = 8.0
"""Standard deviation of grey below which a picture shows nothing at all."""

TWIN_THRESHOLD = 0.95


class PictureStatistics:
    """Test twin of the face encoder: compares pictures, knows nothing of faces.

    A flat picture has "no face", one twice as wide as high has two. The vector is the picture's
    grey grid, mean taken out, at unit length; the score is its cosine brought to 0..1.
    """

    def __init__(self) -> None:
        self.available = True
        self.degraded = False
        self.liveness: float | None = None
        self.model = TWIN_MODEL

    async def observe(self, photo: bytes) -> Sighting:
        """Look at a picture."""
        if not self.available:
            raise EncoderUnavailable("the twin has been switched off")
        pixels = np.frombuffer(photo, np.uint8)
        grey = cv2.imdecode(pixels, cv2.IMREAD_GRAYSCALE) if len(pixels) else None
        if grey is None:
            return self._sighting((), problem="not_an_image")
        if float(grey.std()) < FLAT:
            return self._sighting(())
        height, width = grey.shape
        if width >= 2 * height:
            halves = (grey[:, : width // 2], grey[:, width // 2 :])
            return self._sighting(tuple(_face(np.asarray(half, np.uint8)) for half in halves))
        return self._sighting((_face(np.asarray(grey, np.uint8)),))

    def compare(self, template: Embedding, sighting: Sighting) -> Comparison:
        """Compare two pictures."""
        cosine = float(template @ sighting.faces[0].embedding)
        score = round((1.0 + cosine) / 2.0, 6)
        matched = score >= TWIN_THRESHOLD
        near = score >= TWIN_THRESHOLD - 0.1
        band = "strong" if matched else "moderate" if near else "none"
        return Comparison(score=score, threshold=TWIN_THRESHOLD, band=band, matched=matched)

    def _sighting(self, faces: tuple[Face, ...], problem: str = "") -> Sighting:
        return Sighting(
            model=self.model,
            faces=faces,
            threshold=TWIN_THRESHOLD,
            problem=problem,
            degraded=self.degraded,
            stage_ms=MappingProxyType({"statistics": 0.1}),
            liveness=self.liveness,
        )


def _face(grey: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Face:
    cells = cv2.resize(grey, (GRID, GRID), interpolation=cv2.INTER_AREA).astype(np.float32).ravel()
    cells -= cells.mean()
    mean = float(grey.mean())
    exposure = QualityPart(
        name="UnderExposurePrevention",
        value=mean,
        unit="grey",
        score=min(100.0, mean),
        ok=mean >= 20.0,
    )
    return Face(embedding=cells / (float(np.linalg.norm(cells)) or 1.0), quality=(exposure,))
