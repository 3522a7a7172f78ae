"""Turns frames on the intake topic into fixes and registrations for everybody.

It keeps no state: what it publishes is computed from the frame alone, with ids computed from mover
and moment, so handling a frame twice publishes nothing new. That is why it is a small loop of its
own and not a handler with an outbox: thousands of fixes a second need no table.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service_bus import Bus, Clock, Envelope, Malformed, Record, Topic, refuse
from spatiotemporal.domain import VEHICLE, Fix, Registered, fleet_of
from spatiotemporal.errors import ImpossibleFix
from spatiotemporal.events import FIX_REPORTED, JT808_RECEIVED, MOVER_REGISTERED, to_json
from spatiotemporal.sources.gcj02 import to_wgs84
from spatiotemporal.sources.jt808.bodies import Register
from spatiotemporal.sources.jt808.faults import fault
from spatiotemporal.sources.jt808.location import Answer, Batch, Location
from spatiotemporal.sources.jt808.message import parse
from spatiotemporal.sources.jt808.session import CONTENT_TYPE, SOURCE

log = logging.getLogger(__name__)

GROUP = "spatiotemporal.translation"
POLL_S = 0.5

_PLACES = {"latitude": 8, "longitude": 12, "speed_mps": 18, "heading_deg": 20}
"""Where a value stands in a location body."""


@dataclass(frozen=True, slots=True)
class Translation:
    """Follows the intake topic.

    Attributes:
        gcj02_phones: prefixes of terminal phones (padding zeros stripped) that send GCJ-02 without
            saying so in their status.
    """

    bus: Bus
    clock: Clock
    gcj02_phones: tuple[str, ...] = ()

    async def run(self, stop: asyncio.Event) -> None:
        """Translate until told to stop (a component task)."""
        consumer = await self.bus.consume([JT808_RECEIVED], group=GROUP)
        try:
            while not stop.is_set():
                records = await consumer.poll(max_records=2_000, timeout_s=POLL_S)
                if not records:
                    continue
                out: dict[Topic, list[Envelope]] = {MOVER_REGISTERED: [], FIX_REPORTED: []}
                for record in records:
                    try:
                        for topic, envelope in self.translate(record):
                            out[topic].append(envelope)
                    except Malformed as error:
                        await self._refused(record, error)
                for topic, envelopes in out.items():
                    if envelopes:
                        await self.bus.publish(topic, envelopes)
                await consumer.commit({r.place: r.offset + 1 for r in records})
        finally:
            await consumer.close()

    def translate(self, record: Record) -> Iterator[tuple[Topic, Envelope]]:
        """Messages that follow from one record.

        Raises:
            Malformed: the bytes cannot be read (they were, when they were taken in), or a position
                is not one that a vehicle can have.
        """
        for message in parse(record.envelope.data):
            mover_id = f"{VEHICLE}:{message.header.phone.lstrip('0')}"
            match message.body:
                case Register() as body:
                    yield MOVER_REGISTERED, self._registered(record.envelope, mover_id, body)
                case Location() as body:
                    yield from self._fix(record.envelope, mover_id, body)
                case Answer(location=location):
                    yield from self._fix(record.envelope, mover_id, location)
                case Batch(locations=locations):
                    yield from self._fixes(record.envelope, mover_id, locations)

    def _fixes(
        self, cause: Envelope, mover_id: str, locations: Sequence[Location]
    ) -> Iterator[tuple[Topic, Envelope]]:
        """Good ones first of all: one bad position must not take the others with it."""
        faults: list[Malformed] = []
        for number, location in enumerate(locations, start=1):
            try:
                yield from self._fix(cause, mover_id, location)
            except Malformed as error:
                error.position = f"location {number} {error.position}"
                faults.append(error)
        if faults:
            raise faults[0]

    def _registered(self, cause: Envelope, mover_id: str, body: Register) -> Envelope:
        event = Registered(
            mover_id=mover_id,
            label=body.plate or mover_id.partition(":")[2],
            fleet=fleet_of(body.model),
            terminal_id=body.terminal_id,
            maker=body.maker,
            model=body.model,
            registered=cause.time,
        )
        return cause.following(
            MOVER_REGISTERED, to_json(event), source="/spatiotemporal/translation", subject=mover_id
        )

    def _fix(
        self, cause: Envelope, mover_id: str, location: Location
    ) -> Iterator[tuple[Topic, Envelope]]:
        if not location.positioned:
            return
        if location.time is None:
            raise fault(
                "position without a time", field="time", position="body byte 22", code="no-time"
            )
        latitude, longitude = location.latitude, location.longitude
        silently = mover_id.partition(":")[2].startswith(self.gcj02_phones or ("-",))
        if location.shifted or silently:
            latitude, longitude = to_wgs84(latitude, longitude)
        try:
            fix = Fix(
                mover_id=mover_id,
                latitude=latitude,
                longitude=longitude,
                altitude_m=location.altitude_m,
                speed_mps=location.speed_mps,
                heading_deg=location.heading_deg if location.heading_deg < 360 else None,
                fix_time=location.time,
                received=cause.time,
                source=SOURCE,
                alarm=location.alarm,
                message_id=cause.id,
            )
        except ImpossibleFix as error:
            raise fault(
                "no vehicle can be there",
                field=error.field,
                position=f"body byte {_PLACES.get(error.field, 0)}",
                found=f"{error.value:g}",
                expected=f"{error.low:g} to {error.high:g}",
                code="impossible-position",
            ) from error
        yield (
            FIX_REPORTED,
            Envelope(
                # The same moment sent again in a later batch is the same fix.
                id=f"{mover_id}@{int(location.time.timestamp())}",
                source=SOURCE,
                type=FIX_REPORTED.name,
                subject=mover_id,
                time=location.time,
                data=to_json(fix),
                correlation_id=cause.correlation_id,
                causation_id=cause.id,
            ),
        )

    async def _refused(self, record: Record, error: Malformed) -> None:
        log.warning("frame cannot be translated id=%s fault=%s", record.envelope.id, error)
        await refuse(
            self.bus,
            JT808_RECEIVED,
            record.envelope.data,
            error,
            source=SOURCE,
            received=self.clock(),
            content_type=CONTENT_TYPE,
        )
