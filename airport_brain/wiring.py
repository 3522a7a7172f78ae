"""The one place where the packages meet: topics gathered, parts built, events handed on by name.

``build`` makes everything a process needs for the roles it runs; nothing has started yet when it
returns. One machine runs all roles in one process; a cluster runs the same code with one role each.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI

import ai_center
import ai_center.app
import airport_brain.operations.app
import cargo_platform.app
import passenger_id.app
import service_bus.app
import spatiotemporal.app
from airport_brain import operations
from airport_brain.auth.api import administration_router, session_router
from airport_brain.auth.guard import SessionGuard
from airport_brain.auth.limits import TokenBuckets
from airport_brain.auth.sessions import Sessions, load_secret
from airport_brain.auth.store import AccountStore
from airport_brain.config import Loaded
from airport_brain.console.bundle import mount
from airport_brain.gateway import build_app
from airport_brain.operations import events as operations_events
from airport_brain.telemetry import Metrics
from cargo_platform import events as cargo_events
from passenger_id import events as passenger_events
from service_bus import Bus, Clock, Component, Subscription, Task, Topic
from spatiotemporal import events as spatiotemporal_events

ROLES = ("gateway", "operations", "spatiotemporal", "passenger", "cargo", "ai")
"""What a process can do; ``up`` does all of it."""

TOPICS: tuple[Topic, ...] = (
    *operations_events.TOPICS,
    *spatiotemporal_events.TOPICS,
    *passenger_events.TOPICS,
    *cargo_events.TOPICS,
)
"""The catalogue of the airport: every topic that any package declares."""


def decoders() -> Mapping[str, Callable[[bytes], list[dict[str, object]]]]:
    """Reader of each wire format, by the name ``airport-brain decode`` knows it by."""
    return {
        **operations.DECODERS,
        **spatiotemporal.DECODERS,
        **cargo_platform.DECODERS,
    }


def account_database(data_dir: Path) -> str:
    """Where local accounts and keys are kept."""
    data_dir.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{data_dir / 'auth.sqlite3'}"
