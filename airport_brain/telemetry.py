"""Logs and metrics, set up once by the process that runs the platform.

Logs are one line per decision with ``key=value`` facts; the correlation id of a message is one of
them. Metrics are Prometheus': consumer counters here, HTTP counters in the gateway, lag on scrape.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

LATENCY_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Every metric of the platform, on a registry of its own so that tests can have several."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.http_requests = Counter(
            "airport_brain_http_requests_total",
            "HTTP requests answered",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.http_seconds = Histogram(
            "airport_brain_http_request_seconds",
            "Time to answer an HTTP request",
            ["route"],
            buckets=LATENCY_BUCKETS,
            registry=self.registry,
        )
        self.handled = Counter(
            "airport_brain_messages_handled_total",
            "Messages a consumer group has finished with",
            ["group"],
            registry=self.registry,
        )
        self.failed = Counter(
            "airport_brain_messages_failed_total",
            "Messages a handler could not finish and that will be tried again",
            ["group"],
            registry=self.registry,
        )
        self.dead_lettered = Counter(
            "airport_brain_messages_dead_lettered_total",
            "Messages given up and kept as dead letters",
            ["group"],
            registry=self.registry,
        )
        self.handler_seconds = Histogram(
            "airport_brain_handler_seconds",
            "Time a handler took for one batch",
            ["group"],
            buckets=LATENCY_BUCKETS,
            registry=self.registry,
        )
        self.lag = Gauge(
            "airport_brain_consumer_lag_messages",
            "Messages a group has still to handle",
            ["group", "topic", "partition"],
            registry=self.registry,
        )
        self.resident = Gauge(
            "airport_brain_resident_bytes",
            "Resident memory of the platform's process and its children",
            registry=self.registry,
        )


class FactsFormatter(logging.Formatter):
    """``2026-11-24T08:00:00.123Z INFO name message`` with newlines escaped.

    Escaping keeps a hostile field value from forging a second log line.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give the one line, and the traceback under it when there is one."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        message = record.getMessage().replace("\r", "\\r").replace("\n", "\\n")
        line = f"{moment.replace('+00:00', 'Z')} {record.levelname} {record.name} {message}"
        if record.exc_info:
            line = f"{line}\n{self.formatException(record.exc_info)}"
        return line


def set_up_logging(level: str = "INFO") -> None:
    """Send every logger of the process to standard error in the platform's form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FactsFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "httpcore", "kafka", "alembic", "uvicorn.access", "insightface"):
        logging.getLogger(chatty).setLevel("WARNING")
