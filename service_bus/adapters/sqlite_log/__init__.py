"""The embedded durable log: one SQLite file with Kafka's semantics, no server beside it."""

from service_bus.adapters.sqlite_log.bus import SqliteLog
from service_bus.adapters.sqlite_log.writer import Limits

__all__ = ["Limits", "SqliteLog"]
