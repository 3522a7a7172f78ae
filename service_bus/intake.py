"""The door for outside messages: on disk before the sender hears "accepted".

An edge parses only to refuse bad bytes; what it publishes is the original. Refused bytes are kept
too, beside the topic they were meant for, with the reason and the place of the fault.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from service_bus.dead_letters import INTAKE, Failure, dead_letter_topic, refused_letter
from service_bus.domain import NO_HEADERS, Envelope, Received, Topic
from service_bus.errors import Malformed, TooLarge
from service_bus.ports import Bus


def content_id(data: bytes) -> str:
    """Message id for senders that give none: the same bytes are the same message.

    >>> content_id(b"")[:15]
    'sha256:e3b0c442'
    """
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


async def take_in(
    bus: Bus,
    topic: Topic,
    data: bytes,
    *,
    source: str,
    subject: str,
    message_id: str,
    received: datetime,
    content_type: str,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Received:
    """Publish original bytes; when this returns they are on disk and the sender may be told so.

    Args:
        bus: where to publish.
        topic: the package's intake topic.
        data: original bytes.
        source: feed they came from, a URI reference.
        subject: key; messages of one subject keep their order.
        message_id: the sender's id, else :func:`content_id` of the data.
        received: when they came in.
        content_type: media type of the data.
        headers: further facts about the message.
    """
    envelope = Envelope(
        id=message_id,
        source=source,
        type=topic.name,
        subject=subject,
        time=received,
        data=data,
        content_type=content_type,
        schema_version=topic.version,
        headers=headers,
    )
    (position,) = await bus.publish(topic, [envelope])
    return Received(
        message_id=message_id, position=position, correlation_id=envelope.correlation_id
    )


async def refuse(
    bus: Bus,
    topic: Topic,
    data: bytes,
    fault: Malformed | TooLarge,
    *,
    source: str,
    received: datetime,
    content_type: str,
) -> str:
    """Keep bytes that cannot be accepted as a dead letter; give its id.

    The same bytes from the same source with the same fault are one letter within a day, so a
    sender that repeats itself does not fill the log. Of a message that is too large the first
    ``max_bytes`` are kept, with its full size in ``dlq-size``.
    """
    if isinstance(fault, Malformed):
        facts = {name: text for name, text in fault.facts().items() if name != "reason"}
        reason = fault.reason
    else:
        facts = {"code": "too-large", "size": str(fault.size)}
        reason = str(fault)
    original = Envelope(
        id=content_id(data),
        source=source,
        type=topic.name,
        subject=source,
        time=received,
        data=data[: topic.max_bytes],
        content_type=content_type,
        schema_version=topic.version,
    )
    letter = refused_letter(
        topic,
        original,
        Failure(attempts=0, first=received, last=received, reason=reason, facts=facts),
    )
    await bus.publish(dead_letter_topic(topic, INTAKE), [letter])
    return letter.id
