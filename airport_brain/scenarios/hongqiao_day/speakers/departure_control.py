"""A departure control system: journeys as JSON, posted one by one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from airport_brain.scenarios.clock import DayClock
from airport_brain.scenarios.hongqiao_day.journal import Journal
from airport_brain.scenarios.hongqiao_day.passengers import Traveller
from airport_brain.scenarios.hongqiao_day.speakers.http_sender import HttpSender
from airport_brain.scenarios.hongqiao_day.telling import Telling, tell

PATH = "/api/passenger/journeys"
CHANNEL = "dcs"


class Journeys:
    """The platform's journey ids by traveller key, as they become known."""

    def __init__(self) -> None:
        self._known: dict[str, asyncio.Future[str]] = {}

    def learn(self, key: str, journey: str) -> None:
        """Note an id."""
        if not (known := self._future(key)).done():
            known.set_result(journey)

    async def of(self, key: str) -> str:
        """The id of a traveller's journey, once it is known."""
        return await asyncio.shield(self._future(key))

    def _future(self, key: str) -> asyncio.Future[str]:
        if key not in self._known:
            self._known[key] = asyncio.get_running_loop().create_future()
        return self._known[key]


def journey_messages(travellers: Sequence[Traveller], start: datetime) -> list[Telling]:
    """Every message of the day, in the order of sending."""
    tellings = [telling for one in travellers for telling in _tellings(one, start)]
    return sorted(tellings, key=lambda telling: (telling.at, telling.subject))


def _tellings(traveller: Traveller, start: datetime) -> list[Telling]:
    accepted = _body(traveller, traveller.checked_in_at)
    messages = [(traveller.checked_in_at, accepted)]
    if traveller.stays_away_at is not None:
        at = traveller.stays_away_at
        messages.append((at, {**_body(traveller, at), "status": "no_show"}))
    return [
        Telling(
            at=at,
            subject=traveller.key,
            body=json.dumps(
                {**body, "message_id": f"{start:%Y%m%d%H%M%S}.{traveller.key}.{number}"}
            ).encode(),
            facts={"traveller": traveller.key},
        )
        for number, (at, body) in enumerate(messages)
    ]


def _body(traveller: Traveller, at: datetime) -> dict[str, object]:
    leg = traveller.leg
    return {
        "booking_reference": traveller.reference,
        "passenger_name": traveller.name,
        "seat": traveller.seat,
        "sequence": traveller.sequence,
        "gate": leg.place_at(at)[1],
        "document_last4": traveller.document[-4:],
        "id_number": traveller.document,
        "screened_at": _text(traveller.screened_at),
        "flight": {
            "carrier": leg.airline,
            "number": leg.number,
            "date": leg.origin_date.date().isoformat(),
            "from": leg.departure_airport,
            "to": leg.arrival_airport,
            "std": _text(leg.scheduled),
        },
    }


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


async def tell_journeys(
    tellings: Sequence[Telling],
    clock: DayClock,
    end: datetime,
    sender: HttpSender,
    journal: Journal,
    journeys: Journeys,
) -> None:
    """Post the day's messages as they fall due.

    Args:
        tellings: what to post.
        clock: scenario time.
        end: of the day.
        sender: connection to the gateway.
        journal: notes what was accepted.
        journeys: is told the journey ids that the platform gives.
    """

    async def deliver(telling: Telling) -> None:
        answer = await sender.send(
            PATH, content=telling.body, headers={"Content-Type": "application/json"}
        )
        if answer is not None:
            taken = answer.json()
            journeys.learn(telling.subject, taken["journey_id"])
            journal.acknowledged(CHANNEL, id=taken["message_id"], journey=taken["journey_id"])

    await tell(tellings, clock, end, deliver)
