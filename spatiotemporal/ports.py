"""What the live picture needs from outside. Adapters: ``sql_store`` (default), ``memory``."""

from __future__ import annotations

from typing import Protocol

from spatiotemporal.picture import Snapshot


class SnapshotStore(Protocol):
    """Keeps the live picture across restarts."""

    def load(self) -> Snapshot:
        """What was saved last; empty at the first start."""
        ...

    def save(self, snapshot: Snapshot) -> None:
        """Keep changed movers and the offsets they stand for, all or nothing."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
