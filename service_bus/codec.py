"""Envelopes as Kafka messages: CloudEvents' binary mode for the Kafka protocol binding 1.0.

The data are the value, the subject is the key, attributes are ``ce_*`` headers, the media type is
``content-type``. Extension attributes of ours: ``ce_correlationid``, ``ce_causationid`` and
``ce_schemaversion``. An envelope's own headers go under their names; one that would look like an
attribute gets an underscore in front.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from service_bus.domain import NO_HEADERS, Envelope

Headers = list[tuple[str, bytes]]

_RESERVED = ("ce_", "content-type", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a foreign message lies: stands in for attributes that its sender left out."""

    topic: str
    partition: int
    offset: int
    appended: datetime


def encode(envelope: Envelope) -> tuple[bytes, Headers]:
    """Key and headers of an envelope; the value is its data."""
    headers: Headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", envelope.id.encode()),
        ("ce_source", envelope.source.encode()),
        ("ce_type", envelope.type.encode()),
        ("ce_subject", envelope.subject.encode()),
        ("ce_time", envelope.time.isoformat().encode()),
        ("content-type", envelope.content_type.encode()),
        ("ce_schemaversion", str(envelope.schema_version).encode()),
        ("ce_correlationid", envelope.correlation_id.encode()),
    ]
    if envelope.causation_id:
        headers.append(("ce_causationid", envelope.causation_id.encode()))
    for name, text in envelope.headers.items():
        headers.append((f"_{name}" if name.startswith(_RESERVED) else name, text.encode()))
    return envelope.subject.encode(), headers


def decode(
    key: bytes | None, value: bytes | None, headers: Iterable[tuple[str, bytes]], place: Place
) -> Envelope:
    """Envelope of a message, also of one that was not written by us."""
    attributes: dict[str, str] = {}
    own: dict[str, str] = {}
    for name, raw in headers:
        text = (raw or b"").decode("utf-8", "replace")
        if name.startswith("_"):
            own[name[1:]] = text
        elif name.startswith("ce_") or name == "content-type":
            attributes[name] = text
        else:
            own[name] = text
    message_id = attributes.get("ce_id") or f"{place.topic}-{place.partition}-{place.offset}"
    subject = attributes.get("ce_subject")
    return Envelope(
        id=message_id,
        source=attributes.get("ce_source", f"/kafka/{place.topic}"),
        type=attributes.get("ce_type", place.topic),
        subject=(key or b"").decode("utf-8", "replace") if subject is None else subject,
        time=_time(attributes.get("ce_time"), place.appended),
        data=value or b"",
        content_type=attributes.get("content-type", "application/octet-stream"),
        schema_version=_number(attributes.get("ce_schemaversion")),
        correlation_id=attributes.get("ce_correlationid", message_id),
        causation_id=attributes.get("ce_causationid", ""),
        headers=MappingProxyType(own) if own else NO_HEADERS,
    )


def _time(text: str | None, appended: datetime) -> datetime:
    try:
        time = datetime.fromisoformat(text or "")
    except ValueError:
        return appended
    return time if time.tzinfo else appended


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 1
