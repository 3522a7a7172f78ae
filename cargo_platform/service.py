"""Use cases: read a message to refuse it early, apply what came in, answer questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cargo_platform import tracking
from cargo_platform.awb import Awb
from cargo_platform.domain import Milestone, Shipment
from cargo_platform.errors import UnknownShipment
from cargo_platform.events import SHIPMENT_CHANGED, ShipmentChanged, to_json
from cargo_platform.formats import fsu
from cargo_platform.ports import Batch, ShipmentStore
from service_bus import Envelope, Malformed, Record, Reject, TooLarge

GROUP = "cargo.shipments"
SOURCE = "/cargo/shipments"


@dataclass(frozen=True, slots=True)
class Shipments:
    """Everything the cargo platform does with shipments."""

    store: ShipmentStore

    def apply(self, records: Sequence[Record]) -> None:
        """Apply received messages in one transaction (handler of the consumer loop).

        Raises:
            Reject: a message cannot be read.
        """
        with self.store.batch() as batch:
            for record in batch.fresh(GROUP, records):
                self._apply_message(batch, record.envelope)

    def _apply_message(self, batch: Batch, envelope: Envelope) -> None:
        try:
            messages = fsu.parse(envelope.data, reference=envelope.time)
        except Malformed as error:
            facts = {k: v for k, v in error.facts().items() if k != "reason"}
            raise Reject(error.reason, **facts) from error
        except TooLarge as error:
            raise Reject(str(error), code="too-large") from error
        for number, message in enumerate(messages):
            awb = message.consignment.awb
            shipment = tracking.merged(batch.shipment(awb), message, envelope.time)
            batch.put_shipment(shipment)
            found = tracking.milestones(
                message, received=envelope.time, sender=envelope.source, message_id=envelope.id
            )
            for position, (identity, milestone) in enumerate(found):
                if batch.add_milestone(awb, identity, milestone):
                    self._announce(batch, envelope, shipment, milestone, f"{number}.{position}")

    def _announce(
        self, batch: Batch, cause: Envelope, shipment: Shipment, milestone: Milestone, part: str
    ) -> None:
        event = ShipmentChanged(
            awb=shipment.awb,
            origin=shipment.origin,
            destination=shipment.destination,
            status=milestone.code,
            milestone=milestone.code,
            station=milestone.station,
            local_time=milestone.local,
            flight=milestone.flight,
            pieces=milestone.pieces,
            total_pieces=shipment.pieces,
        )
        batch.announce(
            SHIPMENT_CHANGED,
            cause.following(
                SHIPMENT_CHANGED, to_json(event), source=SOURCE, subject=shipment.awb, part=part
            ),
        )

    def find(self, awb: Awb) -> tuple[Shipment, list[Milestone]]:
        """A shipment and its milestones in order.

        Raises:
            UnknownShipment: nothing was reported of it.
        """
        found = self.store.find(awb)
        if found is None:
            raise UnknownShipment(f"{awb[:3]}-{awb[3:]}")
        return found[0], tracking.in_order(found[1])

    def search(self, text: str, *, limit: int, offset: int) -> tuple[list[Shipment], int]:
        """Shipments by the beginning of their number, newest first."""
        digits = "".join(letter for letter in text if letter.isdecimal())
        return self.store.search(digits, limit=limit, offset=offset)
