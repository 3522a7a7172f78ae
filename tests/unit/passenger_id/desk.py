"""A clock to turn, pictures to look at, messages to send, and a desk that takes them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import cv2
import numpy as np

from passenger_id.adapters.memory import HashedNames, PictureStatistics
from passenger_id.domain import FlightKey, FlightPhase, FlightView, Journey, JourneyId, State
from passenger_id.events import JOURNEY_RECEIVED
from passenger_id.feeds import Feeds
from passenger_id.gate import Gate
from passenger_id.ports import JourneyQuery, Store
from passenger_id.retention import RetentionRule
from passenger_id.service import Passengers, Rules
from service_bus import Envelope, Record, Topic

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
STD = NOW + timedelta(hours=2)

FLIGHT_TOPIC = Topic(
    name="operations.flight.changed.v1", owner="tests", summary="Flights.", key="flight id"
)


class TurnedClock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


def picture(seed: int, *, width: int = 240, height: int = 240, noise: float = 0.0) -> bytes:
    """A JPEG of soft blobs: the same seed is the same "person", noise another photo of it."""
    grid = np.random.default_rng(seed).uniform(20, 235, (6, 6)).astype(np.float32)
    image = cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
    if noise:
        image = image + np.random.default_rng(seed + 1000).normal(0, noise, image.shape)
    return jpeg(np.clip(image, 0, 255).astype(np.uint8))


def flat_picture(level: int = 128) -> bytes:
    return jpeg(np.full((240, 240), level, np.uint8))


def jpeg(image: np.ndarray) -> bytes:
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 95])[1])


def body(**changes: Any) -> dict[str, Any]:
    """A journey message as the DCS sends it."""
    message: dict[str, Any] = {
        "booking_reference": "K7Q2ZP",
        "passenger_name": "ZHANG/SANMEI",
        "flight": {
            "carrier": "MU",
            "number": "5101",
            "date": "2026-11-24",
            "from": "SHA",
            "to": "PEK",
            "std": STD.isoformat(),
        },
        "seat": "12A",
        "sequence": 17,
        "gate": "D12",
        "document_last4": "002X",
        "screened_at": (NOW - timedelta(minutes=20)).isoformat(),
    }
    return {**message, **changes}


def flight_body(**changes: Any) -> dict[str, Any]:
    """A flight announcement as operations write it."""
    flight: dict[str, Any] = {
        "id": "MU5101-2026-11-24-SHA",
        "airline": "MU",
        "flight_number": "5101",
        "suffix": "",
        "origin_date": "2026-11-24",
        "origin": "SHA",
        "destination": "PEK",
        "direction": "departure",
        "scheduled": STD.isoformat(),
        "estimated": None,
        "actual": None,
        "status": {"code": "BD", "zh": "正在登机", "en": "Boarding"},
        "gates": ["D12"],
        "stand": "212",
        "updated_at": NOW.isoformat(),
    }
    return {**flight, **changes}


FLIGHT = FlightKey(carrier="MU", number="5101", date=date(2026, 11, 24), origin="SHA")


def journey(**changes: Any) -> Journey:
    facts: dict[str, Any] = {
        "id": JourneyId("jtest"),
        "booking_reference": "K7Q2ZP",
        "passenger_name": "ZHANG/SANMEI",
        "flight": FLIGHT,
        "destination": "PEK",
        "std": STD,
        "stated_at": NOW,
        "updated_at": NOW,
        "seat": "12A",
        "sequence": 17,
        "gate": "D12",
        "state": State.SCREENED,
        "screened_at": NOW - timedelta(minutes=20),
    }
    return Journey(**{**facts, **changes})


def view(**changes: Any) -> FlightView:
    facts: dict[str, Any] = {
        "key": FLIGHT,
        "destination": "PEK",
        "scheduled": STD,
        "estimated": None,
        "actual": None,
        "status_code": "BD",
        "status_zh": "正在登机",
        "status_en": "Boarding",
        "phase": FlightPhase.OPEN,
        "gates": ("D12",),
        "stand": "212",
        "as_of": NOW,
    }
    return FlightView(**{**facts, **changes})


RULES = Rules(
    screening_valid=timedelta(hours=12),
    retention=RetentionRule(after_departure=timedelta(hours=2), after_schedule=timedelta(hours=24)),
    sweep_ahead=timedelta(minutes=2),
)


@dataclass
class Desk:
    """The package's use cases over one store, with the twin that looks at pictures."""

    store: Store
    clock: TurnedClock
    encoder: PictureStatistics = field(default_factory=PictureStatistics)
    names: HashedNames = field(default_factory=HashedNames)
    min_liveness: float = 0.0

    def __post_init__(self) -> None:
        self._ids = (f"event-{n}" for n in itertools.count(1))
        self._offsets = itertools.count()
        new_id: Callable[[], str] = partial(next, self._ids)
        rules = replace(RULES, min_liveness=self.min_liveness)
        kit: dict[str, Any] = {"clock": self.clock, "rules": rules, "new_id": new_id}
        self.passengers = Passengers(self.store, self.encoder, **kit)
        self.gate = Gate(self.store, self.encoder, **kit)
        self.feeds = Feeds(self.store, self.names, retention=RULES.retention)

    def record(self, topic: Topic, data: bytes, message_id: str = "") -> Record:
        offset = next(self._offsets)
        return Record(
            topic=topic.name,
            partition=0,
            offset=offset,
            appended=self.clock(),
            envelope=Envelope(
                id=message_id or f"message-{offset}",
                source="/test",
                type=topic.name,
                subject="s",
                time=self.clock(),
                data=data,
            ),
        )

    def state_journey(self, message_id: str = "", **changes: Any) -> JourneyId:
        """Let the DCS state a journey; give its id."""
        data = json.dumps(body(**changes)).encode()
        self.feeds.apply_journeys([self.record(JOURNEY_RECEIVED, data, message_id)])
        with self.store.reading() as books:
            found, _ = books.journeys.select(
                JourneyQuery(text=changes.get("booking_reference", "K7Q2ZP"))
            )
        return found[0].id

    def announce_flight(self, **changes: Any) -> None:
        """Let operations announce the flight, as of now."""
        facts = {"updated_at": self.clock().isoformat(), **changes}
        data = json.dumps(flight_body(**facts)).encode()
        self.feeds.apply_flights([self.record(FLIGHT_TOPIC, data)])
