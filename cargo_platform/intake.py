"""How a freight message comes in, whatever carries it: read, put on disk, only then accepted."""

from __future__ import annotations

from dataclasses import dataclass

from cargo_platform.events import CIMP_RECEIVED
from cargo_platform.formats import fsu
from service_bus import (
    Bus,
    Clock,
    Malformed,
    Notice,
    Received,
    TooLarge,
    content_id,
    refuse,
    take_in,
)

CONTENT_TYPE = "text/vnd.iata.cargo-imp"


@dataclass(frozen=True, slots=True)
class Intake:
    """The door for Cargo-IMP messages."""

    bus: Bus
    clock: Clock

    async def take(self, data: bytes, *, source: str) -> tuple[Received, tuple[Notice, ...]]:
        """Take a message; give its place on the bus and what was odd about it.

        Raises:
            Malformed: it cannot be read; kept as a dead letter whose id is ``dead_letter``.
            TooLarge: longer than any real message; likewise.
        """
        received = self.clock()
        try:
            messages = fsu.parse(data, reference=received)
        except (Malformed, TooLarge) as fault:
            letter = await refuse(
                self.bus,
                CIMP_RECEIVED,
                data,
                fault,
                source=source,
                received=received,
                content_type=CONTENT_TYPE,
            )
            fault.dead_letter = letter  # type: ignore[union-attr]  # shown to the sender
            raise
        taken = await take_in(
            self.bus,
            CIMP_RECEIVED,
            data,
            source=source,
            subject=messages[0].consignment.awb,
            message_id=content_id(data),
            received=received,
            content_type=CONTENT_TYPE,
        )
        return taken, tuple(notice for message in messages for notice in message.notices)
