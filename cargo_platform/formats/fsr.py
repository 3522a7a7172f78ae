"""Cargo-IMP FSR/2: a request for the status of an air waybill; an FSA answers it (``fsu``).

The message is the line ``FSR/2``, a consignment line whose quantity may be missing, and optional
``OSI/`` and ``REF/`` lines. Layout from public descriptions.

Notices: those of ``cimp``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cargo_platform.formats import cimp, fwb_segments
from cargo_platform.formats.cimp import LONGEST_MESSAGE, Part
from cargo_platform.formats.cimp_segments import Unread, free_texts, segments, text_lines, unread
from cargo_platform.formats.cimp_values import Consignment, second_line
from cargo_platform.formats.fwb_message import Texts
from service_bus import Mode, Notice

FORMAT: Final = "fsr"
TYPES: Final = ("FSR",)
VERSIONS: Final = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A status request."""

    version: int
    consignment: Consignment
    other_service: tuple[str, ...] = ()
    reference: Texts | None = None
    unread: tuple[Unread, ...] = ()
    envelope: tuple[str, ...] = field(default=(), compare=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    reference: datetime,
    max_bytes: int = LONGEST_MESSAGE,
) -> list[Message]:
    """Read one or several requests.

    Args:
        data: bytes of the text, with or without an envelope around.
        mode: tolerant accepts what is clear with a notice.
        reference: moment of receipt; not needed by this format's own fields.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    parts = cimp.split(
        data, format=FORMAT, types=TYPES, mode=mode, reference=reference, max_bytes=max_bytes
    )
    return [_message(part, data) for part in parts]


def recognise(data: bytes) -> float:
    """How sure it is that the bytes are a status request."""
    return cimp.looks_like(data, TYPES)


def encode(message: Message) -> bytes:
    """Text of a request."""
    lines = [f"FSR/{message.version}", message.consignment.text()]
    lines += text_lines("OSI", message.other_service)
    if message.reference:
        rows = ["/".join(row) for row in message.reference.lines]
        lines += text_lines("REF", rows)
    for kept in message.unread:
        lines += kept.lines
    return cimp.encoded(lines)


def _message(part: Part, data: bytes) -> Message:
    lines, reading = part.lines, part.reading
    version = cimp.version_of(part, VERSIONS)
    consignment = second_line(part)
    service: tuple[str, ...] = ()
    reference, kept = None, []
    for segment in segments(lines[2:]):
        if segment.identifier == "OSI":
            service += free_texts(reading, segment)
        elif segment.identifier == "REF" and reference is None:
            reference = fwb_segments.texts(reading, segment)
        else:
            kept.append(unread(reading, segment, ""))
    return Message(
        version=version,
        consignment=consignment,
        other_service=service,
        reference=reference,
        unread=tuple(kept),
        envelope=part.envelope,
        original=data,
        notices=tuple(reading.notices),
    )
