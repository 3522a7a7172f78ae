"""Messages that could not be handled: where they lie, what they carry, how they come back.

Each subscription has two topics of its own beside the one it reads, named after topic and group:

* ``domain.entity.event-retry-GROUP.vN``: messages waiting for their next attempt;
* ``domain.entity.event-dlq-GROUP.vN``: dead letters. The group ``intake`` holds what an edge
  refused before it reached the topic at all.

A letter is the original message, bytes and headers untouched, plus bookkeeping headers: ``retry-*``
while it waits, ``dlq-*`` when it is dead. Its envelope id is derived, so that writing the letter
twice (crash between letter and commit) makes one letter, and so that the original id stays free.

A redriven letter goes to the *retry* topic of the group that failed, due at once, and is handed to
the handler under its original id: no other group sees it a second time, the topic's dedupe window
does not swallow it, and the group's inbox, which never applied it, lets it pass. What an intake
refused was never on the topic, so that is published there under its own id.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from service_bus.domain import NO_HEADERS, Envelope, Record, Topic

INTAKE = "intake"
"""Group name of what edges refuse."""

KEPT = timedelta(days=30)
"""Dead letters outlive their topic so that a fault found after a holiday can still be redriven;
letters about people keep their topic's own retention."""

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9_-]")
_DERIVED = re.compile(r"(?P<stem>.+)-(?P<kind>dlq|retry)-(?P<group>[a-z0-9_-]+)(?P<version>\.v\d+)")
_BOOKKEEPING = ("dlq-", "retry-")


@lru_cache(maxsize=4096)
def _beside(topic: Topic, kind: str, group: str, summary: str) -> Topic:
    stem, _, version = topic.name.rpartition(".v")
    return replace(
        topic,
        name=f"{stem}-{kind}-{_NOT_IN_A_NAME.sub('-', group.lower())}.v{version}",
        summary=summary,
        partitions=1,
        retention=topic.retention if topic.personal else max(topic.retention, KEPT),
        telemetry=False,
        dedupe_window=timedelta(hours=24),
    )


def dead_letter_topic(topic: Topic, group: str) -> Topic:
    """The topic that holds what ``group`` could not handle of ``topic``.

    >>> flights = Topic(name="operations.flight.changed.v1", owner="o", summary="s", key="k")
    >>> dead_letter_topic(flights, "passenger").name
    'operations.flight.changed-dlq-passenger.v1'
    """
    return _beside(topic, "dlq", group, f"Dead letters of group {group} on {topic.name}")


def retry_topic(topic: Topic, group: str) -> Topic:
    """The topic that holds what ``group`` will try again of ``topic``."""
    return _beside(topic, "retry", group, f"Waiting for another attempt by {group} on {topic.name}")


def declared_name(name: str) -> str:
    """The declared topic behind a name: itself, or the one a retry or dead-letter topic is beside.

    >>> declared_name("operations.flight.changed-dlq-intake.v1")
    'operations.flight.changed.v1'
    """
    found = _DERIVED.fullmatch(name)
    return found["stem"] + found["version"] if found else name


class Beside(NamedTuple):
    """The declared topic and the group of a dead-letter topic."""

    topic: str
    group: str


def parse_dead_letter_topic(name: str) -> Beside | None:
    """Take the name of a dead-letter topic apart; ``None`` when it is no such name.

    >>> parse_dead_letter_topic("operations.flight.changed-dlq-intake.v1")
    Beside(topic='operations.flight.changed.v1', group='intake')
    """
    found = _DERIVED.fullmatch(name)
    if not found or found["kind"] != "dlq":
        return None
    return Beside(found["stem"] + found["version"], found["group"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The story of a message that failed.

    Attributes:
        attempts: how often it was handed to the handler so far.
        first: when it failed first.
        last: when it failed last.
        reason: why it failed last.
        facts: more about the fault (``field``, ``position``, ``code``, ``format`` ...).
    """

    attempts: int
    first: datetime
    last: datetime
    reason: str
    facts: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A dead letter as people and programs look at it.

    Attributes:
        id: envelope id of the letter, by which it is redriven.
        topic: topic the original was on, or was refused for.
        group: group that failed, or ``intake``.
        original: envelope as first published, to look at or to publish again.
        record: the original with its place; ``None`` when it never was on the topic.
        personal: whether the bytes may be shown only to those who may read the topic.
    """

    id: str
    topic: str
    group: str
    failure: Failure
    original: Envelope
    record: Record | None
    personal: bool


def derived_id(*parts: object) -> str:
    """An id that is the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "#".join(str(part) for part in parts)))


def originals_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers without the bookkeeping."""
    return {name: text for name, text in headers.items() if not name.startswith(_BOOKKEEPING)}


def dead_letter(
    topic: Topic, group: str, record: Record, failure: Failure, *, turn: str = ""
) -> Envelope:
    """The letter about a record that ``group`` gives up.

    Args:
        turn: id of the retry entry the record was handed over from, "" when straight off the topic:
            a message that fails again after a redrive is another letter.
    """
    place = {
        "partition": str(record.partition),
        "offset": str(record.offset),
        "appended": record.appended.isoformat(),
    }
    return _letter(topic, group, record.envelope, failure, place, turn)


def refused_letter(topic: Topic, original: Envelope, failure: Failure) -> Envelope:
    """The letter about a message that an edge refuses."""
    return _letter(topic, INTAKE, original, failure, {}, failure.reason)


def _letter(
    topic: Topic,
    group: str,
    original: Envelope,
    failure: Failure,
    place: Mapping[str, str],
    turn: str,
) -> Envelope:
    bookkeeping = {
        "dlq-id": original.id,
        "dlq-topic": topic.name,
        "dlq-group": group,
        "dlq-attempts": str(failure.attempts),
        "dlq-first-failure": failure.first.isoformat(),
        "dlq-last-failure": failure.last.isoformat(),
        **{f"dlq-{name}": text for name, text in failure.facts.items() if text},
        "dlq-reason": failure.reason,
        **{f"dlq-{name}": text for name, text in place.items()},
    }
    return replace(
        original,
        id=derived_id("dlq", group, topic.name, original.source, original.id, turn),
        type=dead_letter_topic(topic, group).name,
        headers=MappingProxyType({**originals_headers(original.headers), **bookkeeping}),
    )


_OWN_FIELDS = frozenset(
    {"id", "topic", "group", "partition", "offset", "appended"}
    | {"attempts", "first-failure", "last-failure", "reason"}
)


def read_letter(envelope: Envelope, *, personal: bool) -> DeadLetter:
    """Understand a letter written by :func:`dead_letter` or :func:`refused_letter`."""
    own = {k.removeprefix("dlq-"): v for k, v in envelope.headers.items() if k.startswith("dlq-")}
    original = replace(
        envelope,
        id=own["id"],
        type=own["topic"],
        headers=MappingProxyType(originals_headers(envelope.headers)),
    )
    record = None
    if "offset" in own:
        record = Record(
            topic=own["topic"],
            partition=int(own["partition"]),
            offset=int(own["offset"]),
            appended=datetime.fromisoformat(own["appended"]),
            envelope=original,
        )
    return DeadLetter(
        id=envelope.id,
        topic=own["topic"],
        group=own["group"],
        failure=Failure(
            attempts=int(own["attempts"]),
            first=datetime.fromisoformat(own["first-failure"]),
            last=datetime.fromisoformat(own["last-failure"]),
            reason=own["reason"],
            facts=MappingProxyType({k: v for k, v in own.items() if k not in _OWN_FIELDS}),
        ),
        original=original,
        record=record,
        personal=personal,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message in a retry topic: the record as first read, and when it is due again.

    Attributes:
        id: of the entry; another attempt of the same message is another entry.
    """

    id: str
    record: Record
    due: datetime
    attempts: int
    first_failure: datetime | None


def waiting_letter(
    topic: Topic, group: str, record: Record, *, due: datetime, failure: Failure | None, turn: str
) -> Envelope:
    """The entry of a retry topic.

    Args:
        failure: what happened so far; ``None`` starts afresh (redriven by a person).
        turn: id of the retry entry or dead letter it comes from, "" when straight off the topic:
            tells one wait of the message from another.
    """
    original = record.envelope
    bookkeeping = {
        "retry-id": original.id,
        "retry-topic": topic.name,
        "retry-partition": str(record.partition),
        "retry-offset": str(record.offset),
        "retry-appended": record.appended.isoformat(),
        "retry-not-before": due.isoformat(),
        "retry-attempts": str(failure.attempts if failure else 0),
    }
    if failure:
        bookkeeping["retry-first-failure"] = failure.first.isoformat()
        bookkeeping["retry-reason"] = failure.reason
    return replace(
        original,
        id=derived_id(
            "retry",
            group,
            topic.name,
            original.source,
            original.id,
            turn,
            failure.attempts if failure else 0,
        ),
        type=retry_topic(topic, group).name,
        headers=MappingProxyType({**originals_headers(original.headers), **bookkeeping}),
    )


def read_waiting(envelope: Envelope) -> Waiting:
    """Understand an entry written by :func:`waiting_letter`."""
    headers = envelope.headers
    first = headers.get("retry-first-failure")
    return Waiting(
        id=envelope.id,
        record=Record(
            topic=headers["retry-topic"],
            partition=int(headers["retry-partition"]),
            offset=int(headers["retry-offset"]),
            appended=datetime.fromisoformat(headers["retry-appended"]),
            envelope=replace(
                envelope,
                id=headers["retry-id"],
                type=headers["retry-topic"],
                headers=MappingProxyType(originals_headers(headers)),
            ),
        ),
        due=datetime.fromisoformat(headers["retry-not-before"]),
        attempts=int(headers["retry-attempts"]),
        first_failure=datetime.fromisoformat(first) if first else None,
    )
