"""What a package hands to the process that runs it: work, routes, health."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service_bus.domain import Record, RetryPolicy, Topic

Handler = Callable[[Sequence[Record]], None]
"""Handles a batch inside one transaction of its own store; runs in a worker thread.

Must be idempotent by (source, id). Raising ``Reject`` or ``Retry``, or anything else, for a batch
of several makes the loop hand over the records one at a time to find the one at fault.
"""

Task = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""A long-running edge (TCP server, folder watch, outbox relay): runs until the event is set."""

Address = Callable[[], str]
"""Where an edge listens, known once it does (a port of 0 takes a free one)."""

Check = Callable[[], str | None]
"""Readiness: ``None`` when ready, else a sentence that says what is missing."""


DEFAULT_RETRY = RetryPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A group's standing interest in topics, with the handler that answers it."""

    group: str
    topics: tuple[Topic, ...]
    handler: Handler
    retry: RetryPolicy = DEFAULT_RETRY
    max_records: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A package, built and ready to run.

    Attributes:
        name: the role it belongs to.
        subscriptions: consumer loops to run.
        tasks: edges to run beside them.
        serving: what the routes need in whichever process answers them (a picture rebuilt from
            the log, a runtime to call), also where the role itself runs elsewhere.
        router: the package's web routes (a FastAPI ``APIRouter``), mounted by the gateway.
        checks: readiness by name.
        addresses: what it listens on, for the start-up print (name -> address).
        close: lets go of stores; called last.
    """

    name: str
    subscriptions: tuple[Subscription, ...] = ()
    tasks: tuple[Task, ...] = ()
    serving: tuple[Task, ...] = ()
    router: Any = None
    checks: Mapping[str, Check] = field(default_factory=dict)
    addresses: Mapping[str, Address] = field(default_factory=dict)
    close: Callable[[], None] = lambda: None
