"""Writing PAXLST interchanges, segment by segment as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from passenger_id.formats.edifact import Segment, write_segment
from passenger_id.formats.paxlst.message import FORMAT, Interchange
from service_bus import Malformed

_TAG: Final = re.compile("[A-Z]{3}")


def encode(message: Interchange) -> bytes:
    """The bytes of an interchange; counts and references are those of its segments.

    Raises:
        Malformed: a segment without a tag, or text outside the character set; names the segment.
    """
    parts = [message.before.encode("latin-1")]
    if message.advice:
        parts.append((message.characters.advice() + message.advice_after).encode("latin-1"))
    for segment in _segments(message):
        if not _TAG.fullmatch(segment.tag):
            raise _misfit("segment tag", "not three capitals", segment)
        try:
            parts.append(write_segment(segment, message.characters).encode(message.charset))
        except UnicodeEncodeError:
            raise _misfit(segment.tag, f"text outside {message.charset}", segment) from None
    return b"".join(parts) + message.trailing.encode("latin-1")


def _segments(message: Interchange) -> Iterator[Segment]:
    if message.header:
        yield message.header
    for group in message.groups:
        if group.header:
            yield group.header
        for one in group.messages:
            yield from one.segments
        if group.trailer:
            yield group.trailer
    if message.trailer:
        yield message.trailer


def _misfit(field: str, reason: str, segment: Segment) -> Malformed:
    return Malformed(FORMAT, reason, field=field, position=f"byte {segment.offset}", code="misfit")
