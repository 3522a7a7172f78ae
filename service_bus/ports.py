"""The bus as everybody else sees it. Adapters: ``sqlite_log`` (default), ``kafka``, ``memory``.

Every adapter passes ``tests/contracts/bus_contract.py``. All methods may raise
:class:`~service_bus.errors.Unavailable`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from service_bus.domain import Envelope, Lag, Position, Record, Topic, TopicPartition

Clock = Callable[[], datetime]
"""Gives the current time, aware UTC."""

Start = Literal["earliest", "latest"]
"""Where a group that never committed begins."""


class Bus(Protocol):
    """A durable, replayable log of envelopes."""

    async def publish(self, topic: Topic, envelopes: Sequence[Envelope]) -> list[Position]:
        """Append envelopes, in order per key; return when all are on disk.

        Raises:
            TooLarge: a value exceeds the topic's ``max_bytes``; nothing is appended.
            UnknownTopic: the topic is not in the catalogue the bus was opened with.
        """
        ...

    async def consume(
        self,
        topics: Sequence[Topic],
        *,
        group: str | None,
        start: Start = "earliest",
    ) -> Consumer:
        """Join ``group`` on these topics; ``group=None`` reads alone and never commits."""
        ...

    async def lag(self, group: str, topics: Sequence[Topic]) -> list[Lag]:
        """How far ``group`` is behind, one entry per partition."""
        ...

    async def offset_at(self, place: TopicPartition, time: datetime) -> int:
        """First offset appended at or after ``time``; the high end if there is none."""
        ...

    async def names(self) -> list[str]:
        """Names of the topics that exist, retry and dead-letter topics included."""
        ...

    def fault(self) -> str | None:
        """What keeps the bus from taking messages now, for readiness; ``None`` when well."""
        ...

    async def close(self) -> None:
        """Finish what is queued and let go of files and sockets."""
        ...


class Consumer(Protocol):
    """One member's view of its share of the partitions."""

    async def poll(self, *, max_records: int = 500, timeout_s: float = 1.0) -> list[Record]:
        """Give the next records, waiting up to ``timeout_s`` for the first.

        Raises:
            OffsetOutOfRange: retention has passed the wanted offset; seek to choose a new place.
        """
        ...

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Set the next offsets to read for the group.

        Raises:
            StaleGeneration: the partition now belongs to another member.
        """
        ...

    async def seek(self, place: TopicPartition, offset: int) -> None:
        """Read on from ``offset`` (only this member's view; commits are untouched)."""
        ...

    def assignment(self) -> frozenset[TopicPartition]:
        """Partitions this member reads now."""
        ...

    async def close(self) -> None:
        """Leave the group so that others take over at once."""
        ...


class Observer(Protocol):
    """Watches the consumer loops, for metrics; must be quick and never raise."""

    def handled(self, group: str, count: int, seconds: float) -> None:
        """A batch of ``count`` records took the handler ``seconds``."""
        ...

    def failed(self, group: str, topic: str, fault: BaseException) -> None:
        """One record failed (it will be tried again or dead-lettered), or some were lost."""
        ...

    def dead_lettered(self, group: str, topic: str) -> None:
        """One record became a dead letter."""
        ...


class Guard(Protocol):
    """Given to each package's router: turns the scopes a route needs into a web dependency.

    Deny by default: a caller passes with any one of the scopes. ``"public"`` admits strangers, rate
    limited. The dependency yields a :class:`~service_bus.access.Principal`. It works for HTTP and
    WebSocket routes.
    """

    def __call__(self, *scopes: str) -> Any:
        """Give the dependency, for ``fastapi.Depends``' place in a route."""
        ...
