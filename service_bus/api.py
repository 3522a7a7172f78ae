"""Web routes of the bus: what topics there are, who is behind, what could not be handled."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from service_bus.domain import Topic
from service_bus.ports import Bus, Clock, Guard
from service_bus.redrive import Filed, groups_with_letters, list_dead_letters, redrive

READ = "bus.read"
REDRIVE = "bus.redrive"


class EndsOut(BaseModel):
    """Kept offsets of one partition: low to high - 1."""

    partition: int
    low: int
    high: int


class TopicOut(BaseModel):
    """A declared topic and how much of it is kept."""

    name: str
    owner: str
    summary: str
    key: str = Field(description="what the key is, in words")
    partitions: int
    retention_s: float
    personal: bool
    messages: int = Field(description="messages kept now")
    ends: list[EndsOut]


class LagOut(BaseModel):
    """How far a consumer group is behind on one partition."""

    group: str
    topic: str
    partition: int
    low: int
    high: int
    committed: int | None
    lag: int = Field(description="messages not handled yet")


class DeadLetterOut(BaseModel):
    """A message that could not be handled."""

    id: str
    topic: str
    group: str = Field(description="consumer group that failed, or intake")
    reason: str
    code: str
    field: str
    position: str
    attempts: int
    first_failure: datetime
    last_failure: datetime
    filed_at: datetime
    redriven_at: datetime | None
    message_id: str
    source: str
    subject: str
    correlation_id: str
    content_type: str
    size: int
    personal: bool
    original: str | None = Field(description="bytes as received, base64; absent when personal")


class TopicsOut(BaseModel):
    """All topics."""

    items: list[TopicOut]


class LagsOut(BaseModel):
    """Lag of all groups."""

    items: list[LagOut]


class DeadLettersOut(BaseModel):
    """Dead letters, newest first."""

    items: list[DeadLetterOut]


class RedrivenOut(BaseModel):
    """Where a letter was sent; a second time it is a duplicate and changes nothing."""

    topic: str
    partition: int
    offset: int
    duplicate: bool


async def read_topics(bus: Bus, topics: Iterable[Topic]) -> list[TopicOut]:
    """Describe topics with what is kept of them."""
    found = []
    for topic in topics:
        lags = await bus.lag("", [topic])
        found.append(
            TopicOut(
                name=topic.name,
                owner=topic.owner,
                summary=topic.summary,
                key=topic.key,
                partitions=topic.partitions,
                retention_s=topic.retention.total_seconds(),
                personal=topic.personal,
                messages=sum(lag.high - lag.low for lag in lags),
                ends=[
                    EndsOut(partition=lag.place.partition, low=lag.low, high=lag.high)
                    for lag in lags
                ],
            )
        )
    return found


def letter_out(filed: Filed) -> DeadLetterOut:
    """Show a letter; of a message about people its description but not its bytes or key."""
    letter, failure, original = filed.letter, filed.letter.failure, filed.letter.original
    return DeadLetterOut(
        id=letter.id,
        topic=letter.topic,
        group=letter.group,
        reason=failure.reason,
        code=failure.facts.get("code", ""),
        field=failure.facts.get("field", ""),
        position=failure.facts.get("position", ""),
        attempts=failure.attempts,
        first_failure=failure.first,
        last_failure=failure.last,
        filed_at=filed.filed,
        redriven_at=filed.redriven,
        message_id=original.id,
        source=original.source,
        subject="" if letter.personal else original.subject,
        correlation_id=original.correlation_id,
        content_type=original.content_type,
        size=len(original.data),
        personal=letter.personal,
        original=None if letter.personal else base64.b64encode(original.data).decode(),
    )


def router(
    bus: Bus,
    topics: tuple[Topic, ...],
    groups: Mapping[str, tuple[Topic, ...]],
    *,
    guard: Guard,
    clock: Clock,
) -> APIRouter:
    """Make the routes.

    Args:
        bus: the bus to look at.
        topics: declared topics.
        groups: consumer groups and what they read.
        guard: makes the dependency that admits callers.
        clock: gives the time a letter is sent back.
    """
    routes = APIRouter(prefix="/api/bus", tags=["bus"])

    @routes.get("/topics", dependencies=[Depends(guard(READ))])
    async def get_topics() -> TopicsOut:
        """Topics with their owners, keys and what is kept of them."""
        return TopicsOut(items=await read_topics(bus, topics))

    @routes.get("/lag", dependencies=[Depends(guard(READ))])
    async def get_lag() -> LagsOut:
        """How far each consumer group is behind."""
        return LagsOut(
            items=[
                LagOut(
                    group=group,
                    topic=lag.place.topic,
                    partition=lag.place.partition,
                    low=lag.low,
                    high=lag.high,
                    committed=lag.committed,
                    lag=lag.messages,
                )
                for group, read in groups.items()
                for lag in await bus.lag(group, read)
            ]
        )

    @routes.get("/dead-letters", dependencies=[Depends(guard(READ))])
    async def get_dead_letters(
        topic: Annotated[str | None, Query(description="only of this topic")] = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> DeadLettersOut:
        """Messages that could not be handled, newest first."""
        wanted = [each for each in topics if topic in (None, each.name)]
        filed = await list_dead_letters(bus, await groups_with_letters(bus, wanted), limit=limit)
        return DeadLettersOut(items=[letter_out(each) for each in filed])

    @routes.post("/dead-letters/{letter_id}/redrive", dependencies=[Depends(guard(REDRIVE))])
    async def post_redrive(letter_id: str) -> RedrivenOut:
        """Send a dead letter back to the group that failed, to be handled at once."""
        found = await groups_with_letters(bus, topics)
        position = await redrive(bus, found, letter_id, clock=clock)
        return RedrivenOut(
            topic=position.topic,
            partition=position.partition,
            offset=position.offset,
            duplicate=position.duplicate,
        )

    return routes
