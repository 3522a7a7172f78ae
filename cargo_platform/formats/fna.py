"""Cargo-IMP FMA and FNA: a message was accepted, or rejected with reasons.

The first line is ``FMA`` or ``FNA``, perhaps with a version; then ``ACK/reason ..65``, each further reason
on a line ``ACK/`` or ``/``; then the complete original message. There is no message identifier, so that
answers are matched by the type of the original, its air waybill or flight line, and its content:
``Message.about`` and ``digest_of``. An answer is never answered.

Notices beside those of ``cimp``:

=======================  =====================================================================
``fna-no-reason``        A rejection without a reason.
``fna-reason-line``      A reason goes on in a line that begins with no slant.
``fna-no-original``      The original message does not follow.
``fna-answer``           The original is itself an answer.
=======================  =====================================================================
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cargo_platform.formats import cimp
from cargo_platform.formats.cimp import LONGEST_MESSAGE, Part, Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_segments import Segment, free_texts, text_lines
from service_bus import Mode, Notice

FORMAT: Final = "fna"
TYPES: Final = ("FMA", "FNA")

_HEAD: Final = re.compile(r"([A-Z]{3})(?:/[0-9]{1,2})?", re.ASCII)
_AWB: Final = re.compile(r"(?:MBI/)?([0-9]{3})-?([0-9]{8})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An answer.

    Attributes:
        type: FMA accepted, FNA rejected.
        version: as said, ``None`` when it is not.
        reasons: one per line.
        inner: the original message, byte for byte; empty when it is missing.
        about: type of the original.
        awb: its air waybill number, eleven digits, when its second line begins with one.
    """

    type: str
    version: int | None = None
    reasons: tuple[str, ...] = ()
    inner: bytes = b""
    about: str = ""
    awb: str = ""
    envelope: tuple[str, ...] = field(default=(), compare=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def digest(self) -> str:
        """Digest of the original, see :func:`digest_of`."""
        return digest_of(self.inner)


def digest_of(message: bytes) -> str:
    """Digest of a message whatever its line ends, to match an answer with what was sent.

    >>> digest_of(b"FSU/12\\r\\nX\\r\\n") == digest_of(b"FSU/12\\nX")
    True
    """
    lines = [line.strip() for line in message.splitlines()]
    return hashlib.sha256(b"\n".join(line for line in lines if line)).hexdigest()


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    reference: datetime,
    max_bytes: int = LONGEST_MESSAGE,
) -> list[Message]:
    """Read an answer.

    Args:
        data: bytes of the text, with or without an envelope around.
        mode: tolerant accepts what is clear with a notice.
        reference: moment of receipt; not needed by this format's own fields.
        max_bytes: size cap.

    Returns:
        One message: what follows its head belongs to it.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    parts = cimp.split(
        data, format=FORMAT, types=TYPES, mode=mode, reference=reference, max_bytes=max_bytes,
        whole=True,
    )  # fmt: skip
    return [_message(part, data) for part in parts]


def recognise(data: bytes) -> float:
    """How sure it is that the bytes are an answer."""
    return cimp.looks_like(data, TYPES)


def encode(message: Message) -> bytes:
    """Text of an answer with the original behind it."""
    version = "" if message.version is None else f"/{message.version}"
    lines = [f"{message.type}{version}", *text_lines("ACK", message.reasons)]
    return cimp.encoded(lines) + message.inner


def _message(part: Part, data: bytes) -> Message:
    lines, reading = part.lines, part.reading
    head = lines[0].text
    reasons: list[str] = []
    at = 1
    while at < len(lines) and not _begins_original(lines[at].text):
        reasons += _reason(reading, lines[at])
        at += 1
    if head[:3] == "FNA" and not reasons:
        reading.odd(lines[0], "no-reason", "a rejection without a reason", field="ACK")
    inner = lines[at:]
    about = _about(reading, lines[0], inner)
    awb = _AWB.match(inner[1].text) if len(inner) > 1 else None
    return Message(
        type=head[:3],
        version=int(head[4:]) if head[4:] else None,
        reasons=tuple(reasons),
        inner=_slice(data, inner[0].number, inner[-1].number) if inner else b"",
        about=about,
        awb=awb[1] + awb[2] if awb else "",
        envelope=part.envelope,
        original=data,
        notices=tuple(reading.notices),
    )


def _begins_original(text: str) -> bool:
    return not text.startswith("ACK/") and _HEAD.fullmatch(text) is not None


def _reason(reading: Reading, line: Line) -> tuple[str, ...]:
    if line.text.startswith("ACK/"):
        return free_texts(reading, Segment("ACK", [line]))
    if line.text.startswith("/"):
        return free_texts(reading, Segment("", [line]), "ACK")
    reading.odd(line, "reason-line", "a reason goes on without a slant", field="ACK")
    return (line.text,)


def _about(reading: Reading, head: Line, inner: Sequence[Line]) -> str:
    found = _HEAD.fullmatch(inner[0].text) if inner else None
    if found is None:
        reading.odd(
            inner[0] if inner else head, "no-original", "the original message does not follow",
            field="original message",
        )  # fmt: skip
        return ""
    if found[1] in TYPES:
        reading.odd(
            inner[0], "answer", "the original is itself an answer", field="original message"
        )
    return found[1]


def _slice(data: bytes, first: int, last: int) -> bytes:
    return b"".join(data.splitlines(keepends=True)[first - 1 : last])
