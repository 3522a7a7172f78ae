"""Gate cameras and enrolment desks: photos as multipart forms to the passenger routes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from airport_brain.scenarios.clock import DayClock
from airport_brain.scenarios.hongqiao_day.faces import Cast
from airport_brain.scenarios.hongqiao_day.journal import Journal
from airport_brain.scenarios.hongqiao_day.passengers import Traveller
from airport_brain.scenarios.hongqiao_day.speakers.departure_control import Journeys
from airport_brain.scenarios.hongqiao_day.speakers.http_sender import HttpSender

CONSENT = {"consent_version": "hongqiao-day-1", "consent_channel": "check-in desk"}


def photos(traveller: Traveller, cast: Cast) -> tuple[bytes, bytes]:
    """The document photo that is enrolled, and what the gate camera sees; the same every time."""
    if traveller.face is None:
        raise ValueError(f"traveller {traveller.key} has no face record")
    shown = (traveller.face + 1) % len(cast.people) if traveller.impostor else traveller.face
    return cast.document_photo(traveller.face), cast.camera_view(shown, traveller.key)


async def show_faces(
    travellers: Sequence[Traveller],
    journeys: Journeys,
    cast: Cast,
    clock: DayClock,
    end: datetime,
    sender: HttpSender,
    journal: Journal,
) -> None:
    """Let every traveller with a face record enrol and come to the gate, until the day's end.

    Args:
        travellers: of the day.
        journeys: the platform's journey ids, filled while journeys are told.
        cast: whose faces they are.
        clock: scenario time.
        end: of the day.
        sender: connection to the gateway.
        journal: notes enrolments and decisions.
    """
    async with asyncio.TaskGroup() as group:
        for traveller in sorted(travellers, key=lambda one: (one.enrols_at or end, one.key)):
            if traveller.enrols_at is None or traveller.enrols_at > end:
                continue
            await clock.until(traveller.enrols_at)
            group.create_task(_visit(traveller, journeys, cast, clock, sender, journal))


async def _visit(
    traveller: Traveller,
    journeys: Journeys,
    cast: Cast,
    clock: DayClock,
    sender: HttpSender,
    journal: Journal,
) -> None:
    enrolled, seen = await asyncio.to_thread(photos, traveller, cast)
    journey = await journeys.of(traveller.key)
    path = f"/api/passenger/journeys/{journey}"
    answer = await sender.send(
        f"{path}/enrolment", unknown_yet=True, data=CONSENT, files=_photo(enrolled)
    )
    if answer is None:
        return
    journal.acknowledged("enrolment", journey=journey)
    if traveller.arrives_at_gate is not None:
        await clock.until(traveller.arrives_at_gate)
    gate = traveller.leg.place_at(clock.now())[1]
    event = f"{traveller.leg.origin_date:%Y%m%d}.{traveller.key}.{journey[:12]}"
    answer = await sender.send(
        f"{path}/verifications",
        data={"gate": gate},
        files=_photo(seen),
        headers={"Idempotency-Key": event},
    )
    if answer is not None:
        decision = answer.json()
        journal.acknowledged(
            f"gate {decision['decision']}",
            id=event,
            journey=journey,
            decision=decision["decision"],
            reason=decision["reason"]["code"],
            impostor=traveller.impostor,
        )


def _photo(data: bytes) -> dict[str, tuple[str, bytes, str]]:
    return {"photo": ("photo.jpg", data, "image/jpeg")}
