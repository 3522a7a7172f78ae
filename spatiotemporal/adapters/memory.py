"""The snapshot store's twin in memory, for tests."""

from __future__ import annotations

from service_bus import TopicPartition
from spatiotemporal.domain import MoverState
from spatiotemporal.picture import Snapshot


class MemorySnapshots:
    """Keeps snapshots as long as the process lives."""

    def __init__(self) -> None:
        self._movers: dict[str, MoverState] = {}
        self._offsets: dict[TopicPartition, int] = {}

    def load(self) -> Snapshot:
        """What was saved last."""
        return Snapshot(movers=list(self._movers.values()), next_offsets=dict(self._offsets))

    def save(self, snapshot: Snapshot) -> None:
        """Keep a snapshot."""
        self._movers.update({state.mover_id: state for state in snapshot.movers})
        self._offsets.update(snapshot.next_offsets)

    def close(self) -> None:
        """Nothing to let go of."""
