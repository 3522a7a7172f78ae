"""Nouns of the passenger's way: journey, flight as seen from the gate, consent, face, score.

Times are aware UTC; ``FlightKey.date`` is the local date of departure at the origin, as printed on
the pass. A journey id is opaque: it is derived with a secret key and tells nothing about a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

import numpy as np
import numpy.typing as npt

JourneyId = NewType("JourneyId", str)

Embedding = npt.NDArray[np.float32]
"""One face as a vector: float32, one dimension; its length and norm are the model's business."""

CONSENT_AGE_YEARS = 14
"""Below this age a guardian consents (PIPL; face measures of 2025)."""


class State(StrEnum):
    """Where a passenger stands on the way."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    ID_VERIFIED = "id_verified"
    SCREENED = "screened"
    GATE_RECHECK = "gate_recheck"
    BOARDED = "boarded"
    FLOWN = "flown"
    OFFLOADED = "offloaded"
    NO_SHOW = "no_show"


INACTIVE = frozenset({State.FLOWN, State.OFFLOADED, State.NO_SHOW})
"""States whose holder has given up the sequence number."""


class Method(StrEnum):
    """By what a touchpoint recognised the passenger."""

    FACE = "face"
    DCS = "dcs"
    SECURITY_MARK = "security_mark"
    FLIGHT = "flight"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FlightKey:
    """One departure: operating carrier, number with suffix, local date, origin airport."""

    carrier: str
    number: str
    date: date
    origin: str

    @property
    def display(self) -> str:
        """As printed: ``MU5101``."""
        return f"{self.carrier}{self.number}"


def flight_number(text: str) -> str:
    """Bring a flight number to one spelling: no leading zeros, suffix in capitals.

    >>> flight_number("0051a"), flight_number("5101")
    ('51A', '5101')
    """
    return text.strip().upper().lstrip("0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One passenger on one flight.

    Attributes:
        sequence: check-in sequence number, unique among the active passengers of the flight.
        gate: departure gate as the departure control system last said ("" unknown).
        std: scheduled time of departure.
        document_last4: last four characters of the travel document, for the desk.
        document_hmac: keyed hash of the identity number; the number itself is not kept anywhere.
        screened_at: time of the security-check mark (验讫).
        enrolled: a face template exists now.
        stated_at: time of the newest DCS message applied, so that a late one overwrites nothing.
    """

    id: JourneyId
    booking_reference: str
    passenger_name: str
    flight: FlightKey
    destination: str
    std: datetime
    stated_at: datetime
    updated_at: datetime
    seat: str = ""
    sequence: int | None = None
    gate: str = ""
    document_last4: str = ""
    document_hmac: str = ""
    screened_at: datetime | None = None
    enrolled: bool = False
    state: State = State.BOOKED

    @property
    def active(self) -> bool:
        """Still holds its sequence number."""
        return self.state not in INACTIVE

    @property
    def name_masked(self) -> str:
        """The name as a gate screen may show it."""
        return mask_name(self.passenger_name)


def mask_name(name: str) -> str:
    """Leave so much of a name that its holder knows it and a bystander does not.

    >>> mask_name("ZHANG/SANMEI"), mask_name("张三梅"), mask_name("O")
    ('ZH***/S***', '张**', 'O***')
    """
    if re.search(r"[\u3400-\u9fff]", name):
        return name[:1] + "*" * max(1, len(name) - 1)
    surname, slash, given = name.partition("/")
    masked = surname[: 2 if len(surname) > 2 else 1] + "***"
    return masked + (slash + given[:1] + "***" if given else "")


class FlightPhase(StrEnum):
    """What a flight's status means to a passenger at the gate."""

    OPEN = "open"
    GATE_CLOSED = "gate_closed"
    DEPARTED = "departed"
    CANCELLED = "cancelled"
    DIVERTED = "diverted"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightView:
    """A departure as the operations package last announced it: our own small copy.

    ``as_of`` is the time of the announcement, so that a late older one does not overwrite.
    """

    key: FlightKey
    destination: str
    scheduled: datetime | None
    estimated: datetime | None
    actual: datetime | None
    status_code: str
    status_zh: str
    status_en: str
    phase: FlightPhase
    gates: tuple[str, ...]
    stand: str
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A passenger's separate, withdrawable agreement to be recognised by face.

    Attributes:
        version: of the wording that was shown.
        channel: where it was given (kiosk, counter, phone).
        purposes: what the face may be used for; other purposes are refused.
        guardian: who consents for a child under 14 ("" otherwise).
    """

    id: str
    journey_id: JourneyId
    version: str
    channel: str
    purposes: tuple[str, ...]
    given_at: datetime
    guardian: str = ""
    withdrawn_at: datetime | None = None


def guardian_needed(born: date | None, on: date) -> bool:
    """Tell whether a person born then is under 14 on that day; unknown birth says no.

    >>> guardian_needed(date(2012, 11, 25), date(2026, 11, 24))
    True
    >>> guardian_needed(date(2012, 11, 24), date(2026, 11, 24))
    False
    """
    if born is None:
        return False
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    return on.year - born.year - (0 if had_birthday else 1) < CONSENT_AGE_YEARS


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRef:
    """Which weights spoke; templates of two different ``sha256`` never compare."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityPart:
    """One component of picture quality in the names and on the scale of ISO/IEC 29794-5.

    Attributes:
        value: native value in ``unit``.
        score: 0 (useless) .. 100 (ideal).
        ok: whether the face may be used as far as this component goes.
    """

    name: str
    value: float
    unit: str
    score: float
    ok: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """One face found in a photo, with its vector and the quality of its picture."""

    embedding: Embedding
    quality: tuple[QualityPart, ...]

    def __repr__(self) -> str:
        """Never the vector: a representation ends up in logs."""
        return f"Face({len(self.embedding)} values)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What a face model saw in one photo.

    Attributes:
        problem: a reason code when the model itself says why the photo is no use ("" otherwise).
        threshold: score from which two faces of this model are called the same person; ``None``
            when no model was reached.
        degraded: a fallback answered instead of the model asked for.
        stage_ms: milliseconds by stage.
        liveness: how live the face looks, 0..1; ``None`` when nobody looked.
    """

    model: ModelRef
    faces: tuple[Face, ...]
    threshold: float | None
    problem: str = ""
    degraded: bool = False
    stage_ms: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    liveness: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two faces of one model, compared.

    Attributes:
        score: 0..1, higher is closer; for people, it decides nothing.
        threshold: score at and above which it is a match.
        band: how rare such closeness is between two people; blurred enough to leave the gate.
        matched: the decision at the model's calibrated operating point.
    """

    score: float
    threshold: float
    band: str
    matched: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Template:
    """A face kept, in the clear and in memory only; on disk it is sealed."""

    journey_id: JourneyId
    model_sha256: str
    purpose: str
    embedding: Embedding
    created_at: datetime
    purge_at: datetime

    def __repr__(self) -> str:
        """Never the vector."""
        return f"Template(journey_id={self.journey_id!r}, model_sha256={self.model_sha256!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """How many templates there are and how many should be gone; the second must be 0."""

    active_templates: int
    templates_overdue: int
