"""What can go wrong in operations, beside what the bus already has a word for.

OperationsError
├── UnknownFlight (LookupError)   no flight of this id on the board
├── UnknownMessage (LookupError)  no message of this id was applied
└── OriginalGone (LookupError)    the message is known, its bytes are no longer kept by the bus
"""

from __future__ import annotations


class OperationsError(Exception):
    """Root of everything operations raise on purpose."""


class UnknownFlight(OperationsError, LookupError):
    """No flight of this id."""

    def __init__(self, flight_id: str) -> None:
        self.flight_id = flight_id
        super().__init__(f"no flight {flight_id[:80]!r}")


class UnknownMessage(OperationsError, LookupError):
    """No message of this id."""

    def __init__(self, message_id: str) -> None:
        self.message_id = message_id
        super().__init__(f"no message {message_id[:80]!r}")


class OriginalGone(OperationsError, LookupError):
    """The original bytes have passed the bus's retention."""

    def __init__(self, message_id: str, topic: str, partition: int, offset: int) -> None:
        self.message_id = message_id
        self.topic, self.partition, self.offset = topic, partition, offset
        super().__init__(
            f"the original of message {message_id[:80]!r} ({topic}/{partition} offset {offset}) "
            "is no longer kept"
        )
