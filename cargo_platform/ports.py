"""What the cargo service needs from its store. Adapters: ``sql_store`` (default), ``memory``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from cargo_platform.domain import Milestone, Shipment
from service_bus import Envelope, Record, Topic


class Batch(Protocol):
    """One transaction over a batch of records."""

    def fresh(self, group: str, records: Sequence[Record]) -> list[Record]:
        """Records that were not applied before."""
        ...

    def shipment(self, awb: str) -> Shipment | None:
        """A shipment, as this transaction sees it."""
        ...

    def put_shipment(self, shipment: Shipment) -> None:
        """Keep a shipment."""
        ...

    def add_milestone(self, awb: str, identity: str, milestone: Milestone) -> bool:
        """Keep a milestone; ``False`` when there is an equal one that knows as much.

        A milestone with a time of day takes the place of an equal one that has only the day.
        """
        ...

    def announce(self, topic: Topic, envelope: Envelope) -> None:
        """Tell others once this transaction is on disk."""
        ...


class ShipmentStore(Protocol):
    """Shipments and their milestones."""

    def batch(self) -> AbstractContextManager[Batch]:
        """All or nothing: leaves the store unchanged when the block raises."""
        ...

    def find(self, awb: str) -> tuple[Shipment, list[Milestone]] | None:
        """A shipment with everything reported of it."""
        ...

    def search(self, text: str, *, limit: int, offset: int) -> tuple[list[Shipment], int]:
        """Shipments whose AWB begins with the text, newest first; and how many there are."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
