"""A telex whose text is left as it stands: for routing, and for messages without a reader of their own.

Notices (``type-b-`` in front): those of the envelope, see ``mvt``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from airport_brain.operations.formats.text_reading import MAX_BYTES, TextReading
from airport_brain.operations.formats.type_b.envelope import BARE, Envelope, identifier_of, open_all
from airport_brain.operations.formats.type_b.sealing import seal
from service_bus import Mode, Notice

FORMAT: Final = "type-b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telex:
    """A telex with its text still unread.

    Attributes:
        identifier: standard message identifier: ``=SMI``, else the first word of the text.
        text: its lines.
        first_line: number of the first of them in the original.
    """

    envelope: Envelope = BARE
    identifier: str = ""
    text: tuple[str, ...] = ()
    first_line: int = field(default=1, compare=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def routing_key(self) -> tuple[str, str, str]:
        """Message identifier, first address, airline of the originator: what routes go by."""
        address = self.envelope.addresses[0] if self.envelope.addresses else ""
        return self.identifier, address, self.envelope.originator[5:]


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[Telex]:
    """Read envelopes; the text stays as it is.

    Args:
        data: one telex, or several that end with ETX.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives the message's day its month.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    reading = TextReading.start(FORMAT, mode)
    return [
        Telex(
            envelope=opened.envelope,
            identifier=identifier_of(opened),
            text=tuple(line.text for line in opened.lines),
            first_line=opened.lines[0].number,
            original=opened.original,
            notices=tuple(reading.notices),
        )
        for opened in open_all(data, reading, reference=reference, max_bytes=max_bytes)
    ]


def encode(telex: Telex) -> bytes:
    """Write a telex.

    Raises:
        ValueError: characters outside Latin-1.
    """
    return seal(telex.envelope, telex.text)


_HEAD = re.compile(
    rb"[\s\x01\x02]*(?:ZCZC [^\r\n]{0,40}\s{1,9})?"
    rb"(?:Q[A-Z](?: [A-Z0-9]{7})+ *[\r\n]|\.[A-Z0-9]{7} [^\r\n]{0,4}\d{6}"
    rb"|(?:[A-Z0-9]{7}[ \r\n]{1,4}){1,45}\.[A-Z0-9]{7} [^\r\n]{0,4}\d{6}"
    rb"|=(?:HEADER|PRIORITY|TEXT)\b)"
)


def recognise(data: bytes) -> float:
    """How surely this is a telex in an envelope, 0 to 1; what is in it, its own readers know."""
    return 0.6 if _HEAD.match(data[:400]) else 0.0
