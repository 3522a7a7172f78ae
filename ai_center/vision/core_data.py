"""Milestones as core data of an airport collaborative decision system (MH/T 6125-2022), one record each.

The standard's Annex A names automatic capture by video and wants time and source with each datum; its
full text was not at hand. The record therefore carries what every user of core data needs, under plain
names: which datum, for which stand and flight, when, from which source, how sure, and what proves it.
Names and order are a starting value, kept in ``happenings.py``, and are mapped where data leave the
platform.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_center.vision.happenings import MEANINGS, Milestone
from ai_center.vision.watching import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreDatum:
    """One milestone, ready to be told.

    Attributes:
        code: of the milestone, stable.
        name: in Chinese.
        english: in English.
        acdm: the A-CDM time that it gives, or empty.
        stand: where.
        flight: of the turnaround as the caller names it, or empty.
        at: when it happened, aware UTC.
        known_at: when it was known, aware UTC.
        confidence: 0..1.
        source: how it was captured.
        model: name and version of the detector.
        zone: part of the stand in which it was seen.
    """

    code: str
    name: str
    english: str
    acdm: str
    stand: str
    flight: str
    at: datetime
    known_at: datetime
    confidence: float
    source: str
    model: str
    zone: str


def core_datum(
    event: Event, *, start: datetime, stand: str, model: str, flight: str = ""
) -> CoreDatum:
    """Put a clock, a stand and a detector to an event.

    Args:
        event: as the camera tells it.
        start: moment of second 0, aware.
        stand: where the camera looks.
        model: detector's name and version.
        flight: of the turnaround, where it is known.

    Raises:
        ValueError: ``start`` names no time zone.

    >>> from datetime import UTC
    >>> event = Event(milestone=Milestone.ON_BLOCK, at_s=90.0, told_s=100.0, confidence=0.9, zone="stop")
    >>> found = core_datum(event, start=datetime(2026, 11, 27, 4, tzinfo=UTC), stand="215", model="m")
    >>> found.acdm, found.at.isoformat()
    ('AIBT', '2026-11-27T04:01:30+00:00')
    """
    if start.tzinfo is None:
        raise ValueError("the start of a film needs a time zone")
    meaning = MEANINGS[Milestone(event.milestone)]
    return CoreDatum(
        code=event.milestone.value,
        name=meaning.name,
        english=meaning.english,
        acdm=meaning.acdm,
        stand=stand,
        flight=flight,
        at=start + timedelta(seconds=event.at_s),
        known_at=start + timedelta(seconds=event.told_s),
        confidence=event.confidence,
        source="video",
        model=model,
        zone=event.zone,
    )
