"""Cargo-IMP FBL/3 and FBL/4: the list of what is booked on a flight.

The body is that of ``manifest``, where layout and notices are. A list is a full replacement for its
flight and airport. ``NIL`` stands for a flight on which nothing is booked. ULD lines are reservations.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cargo_platform.formats import cimp
from cargo_platform.formats.cimp import LONGEST_MESSAGE
from cargo_platform.formats.manifest import page
from cargo_platform.formats.manifest_message import Message
from cargo_platform.formats.manifest_text import encode
from service_bus import Mode

__all__ = ["FORMAT", "Message", "encode", "parse", "recognise"]

FORMAT: Final = "fbl"
TYPES: Final = ("FBL",)
VERSIONS: Final = (2, 3, 4)


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    reference: datetime,
    max_bytes: int = LONGEST_MESSAGE,
) -> list[Message]:
    """Read one or several pages.

    Args:
        data: bytes of the text, with or without an envelope around.
        mode: tolerant accepts what is clear with a notice.
        reference: moment of receipt; gives dates their year.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    parts = cimp.split(
        data, format=FORMAT, types=TYPES, mode=mode, reference=reference, max_bytes=max_bytes
    )
    return [page(part, data, VERSIONS) for part in parts]


def recognise(data: bytes) -> float:
    """How sure it is that the bytes are a booked list."""
    return cimp.looks_like(data, TYPES)
