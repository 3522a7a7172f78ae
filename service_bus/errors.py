"""What can go wrong on the bus, and the two words a handler says about a message it cannot finish.

BusError
├── Malformed (ValueError)        bytes break their format; names field and place
├── TooLarge (ValueError)         more bytes than the topic or the intake takes
├── UnknownTopic (LookupError)    a topic that no package has declared
├── OffsetOutOfRange (LookupError)  the wanted offset is no longer, or not yet, in the log
├── StaleGeneration (RuntimeError)  a commit from a member that has lost its partitions
├── Unavailable (ConnectionError) the log or the broker cannot take messages now
├── Retry                         handler: not now, try this message again
└── Reject                        handler: never, dead-letter this message
"""

from __future__ import annotations


class BusError(Exception):
    """Root of everything the bus raises on purpose."""


class Malformed(BusError, ValueError):
    """Bytes that break the format they claim to be in.

    Attributes:
        format: name of the wire format, as in ``airport-brain decode FORMAT``.
        field: the standard's name of the field at fault ("" when no single field is).
        position: place in the original, e.g. ``byte 17``, ``line 3 column 12`` or an element path.
        found: what stands there (shortened by the raiser, never personal data).
        expected: what the standard asks for.
        code: short stable name of the fault, for machines (``wrong-checksum``).

    Halves of characters, which JSON lets a sender write (``"\\ud800"``), are told as escapes, so that a
    fault can always be encoded.
    """

    def __init__(
        self,
        format: str,
        reason: str,
        *,
        field: str = "",
        position: str = "",
        found: str = "",
        expected: str = "",
        code: str = "malformed",
    ) -> None:
        self.format = format
        self.reason = reason
        self.field = _whole(field)
        self.position = _whole(position)
        self.found = _whole(found)
        self.expected = expected
        self.code = code
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f" at {self.position}" if self.position else ""
        field = f" in {self.field}" if self.field else ""
        found = f": found {self.found!r}" if self.found else ""
        expected = f", expected {self.expected}" if self.expected else ""
        return f"{self.format}: {self.reason}{field}{place}{found}{expected}"

    def facts(self) -> dict[str, str]:
        """The attributes as text, for a problem document or dead-letter headers."""
        return {
            "format": self.format,
            "code": self.code,
            "reason": self.reason,
            "field": self.field,
            "position": self.position,
            "found": self.found,
            "expected": self.expected,
        }


def _whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class TooLarge(BusError, ValueError):
    """A message of ``size`` bytes where at most ``limit`` bytes are taken."""

    def __init__(self, size: int, limit: int, what: str = "message") -> None:
        self.size = size
        self.limit = limit
        super().__init__(f"{what} of {size} bytes exceeds the limit of {limit} bytes")


class UnknownTopic(BusError, LookupError):
    """A topic name that is not in the catalogue."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"topic {name!r} is not declared in any package's events.py")


class OffsetOutOfRange(BusError, LookupError):
    """An offset outside the part of the log that is kept (``low`` .. ``high``)."""

    def __init__(self, topic: str, partition: int, offset: int, low: int, high: int) -> None:
        self.topic, self.partition, self.offset = topic, partition, offset
        self.low, self.high = low, high
        super().__init__(f"{topic}/{partition}: offset {offset} outside {low}..{high}")


class StaleGeneration(BusError, RuntimeError):
    """A commit by a member whose lease has gone to another member of its group."""

    def __init__(self, group: str, member: str) -> None:
        self.group, self.member = group, member
        super().__init__(f"member {member} of group {group} no longer owns its partitions")


class Unavailable(BusError, ConnectionError):
    """The log cannot take or give messages now: disk full, broker away, queue at its bound."""


class Retry(BusError):
    """Raised by a handler: this message cannot be handled now.

    Args:
        reason: why, for the log and the dead letter that may follow.
        after_s: seconds to wait; ``None`` takes the next step of the subscription's policy.
    """

    def __init__(self, reason: str, *, after_s: float | None = None) -> None:
        self.reason = reason
        self.after_s = after_s
        super().__init__(reason)


class Reject(BusError):
    """Raised by a handler: this message can never be handled; it goes to the dead letters.

    Args:
        reason: why, shown to the person who looks at the dead letter.
        facts: more about it (field, position ...), kept as headers.
    """

    def __init__(self, reason: str, **facts: str) -> None:
        self.reason = reason
        self.facts = facts
        super().__init__(reason)
