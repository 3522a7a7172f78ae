"""The shipment store's twin in memory, for tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cargo_platform.domain import Milestone, Shipment
from service_bus import Envelope, Record, Topic


class MemoryStore:
    """Keeps shipments as long as the process lives."""

    def __init__(self) -> None:
        self._shipments: dict[str, Shipment] = {}
        self._milestones: dict[str, dict[str, Milestone]] = {}
        self._applied: set[tuple[str, str, str]] = set()
        self.announced: list[tuple[Topic, Envelope]] = []

    @contextmanager
    def batch(self) -> Iterator[MemoryStore]:
        """A transaction: what was there comes back when the block raises."""
        kept = (
            dict(self._shipments),
            {awb: dict(found) for awb, found in self._milestones.items()},
            set(self._applied),
            list(self.announced),
        )
        try:
            yield self
        except BaseException:
            self._shipments, self._milestones, self._applied, self.announced = kept
            raise

    def fresh(self, group: str, records: Sequence[Record]) -> list[Record]:
        """Records that were not applied before."""
        fresh = []
        for record in records:
            key = (group, record.envelope.source, record.envelope.id)
            if key not in self._applied:
                self._applied.add(key)
                fresh.append(record)
        return fresh

    def shipment(self, awb: str) -> Shipment | None:
        """A shipment."""
        return self._shipments.get(awb)

    def put_shipment(self, shipment: Shipment) -> None:
        """Keep a shipment."""
        self._shipments[shipment.awb] = shipment

    def add_milestone(self, awb: str, identity: str, milestone: Milestone) -> bool:
        """Keep a milestone unless an equal one that knows as much is there."""
        found = self._milestones.setdefault(awb, {})
        known = found.get(identity)
        if known is not None and (known.has_time or not milestone.has_time):
            return False
        found[identity] = milestone
        return True

    def announce(self, topic: Topic, envelope: Envelope) -> None:
        """Remember what would be told."""
        self.announced.append((topic, envelope))

    def find(self, awb: str) -> tuple[Shipment, list[Milestone]] | None:
        """A shipment with everything reported of it."""
        shipment = self._shipments.get(awb)
        if shipment is None:
            return None
        return shipment, list(self._milestones.get(awb, {}).values())

    def search(self, text: str, *, limit: int, offset: int) -> tuple[list[Shipment], int]:
        """Shipments whose AWB begins with the text, newest first."""
        found = [s for s in self._shipments.values() if s.awb.startswith(text)]
        found.sort(key=lambda s: (s.updated, s.awb), reverse=True)
        return found[offset : offset + limit], len(found)

    def close(self) -> None:
        """Nothing to let go of."""
