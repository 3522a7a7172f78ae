"""Cargo-IMP FFM/4 to FFM/8: the manifest of a flight, page by page.

The body is that of ``manifest``, where layout and notices are. FFM/5 has the date of the flight without
its time, and often airports without arrival times. A page ends with ``CONT`` when another follows;
the manifest is whole once the page with ``LAST`` and all pages before it are there: :func:`collect`.

Traps: the second field of an airport line is the NIL indicator, so that a direct arrival has two
slants (``FRA//24NOV0410``); with one slant it is refused. Operators write weights and contours
behind a ULD: free text. A full resend replaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cargo_platform.formats import cimp
from cargo_platform.formats.cimp import LONGEST_MESSAGE
from cargo_platform.formats.cimp_values import normal_flight
from cargo_platform.formats.manifest import page
from cargo_platform.formats.manifest_message import LAST, Message
from cargo_platform.formats.manifest_text import encode
from service_bus import Mode

__all__ = ["FORMAT", "Manifest", "Message", "collect", "encode", "parse", "recognise"]

FORMAT: Final = "ffm"
TYPES: Final = ("FFM",)
VERSIONS: Final = (4, 5, 6, 7, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The pages of one flight from one airport.

    Attributes:
        flight: without leading zeros; ``day`` and ``airport`` of departure.
        pages: by number.
        missing: numbers of pages that are not there, as far as the others tell.
        whole: the last page is there and none before it is missing.
    """

    flight: str
    day: datetime
    airport: str
    pages: tuple[Message, ...]
    missing: tuple[int, ...]
    whole: bool


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
    """How sure it is that the bytes are a manifest."""
    return cimp.looks_like(data, TYPES)


def collect(pages: Iterable[Message]) -> list[Manifest]:
    """Put pages together, in the order they came: a page that comes again replaces the earlier one."""
    found: dict[tuple[str, datetime, str], dict[int, Message]] = {}
    for one in pages:
        flight = one.flight
        day = flight.when.local.replace(hour=0, minute=0)
        key = (normal_flight(flight.flight), day, flight.airport)
        found.setdefault(key, {})[flight.page] = one
    return [_manifest(key, by_number) for key, by_number in found.items()]


def _manifest(key: tuple[str, datetime, str], by_number: dict[int, Message]) -> Manifest:
    last = [number for number, one in by_number.items() if one.end == LAST]
    end = max(last) if last else max(by_number)
    missing = tuple(number for number in range(1, end + 1) if number not in by_number)
    return Manifest(
        flight=key[0],
        day=key[1],
        airport=key[2],
        pages=tuple(by_number[number] for number in sorted(by_number) if number <= end),
        missing=missing,
        whole=bool(last) and not missing,
    )
