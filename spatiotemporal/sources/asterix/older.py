"""Reports of ADS-B ground stations in the editions before 2, found where nobody configured them.

Category 021 changed its order of items in edition 1; stations of editions 0.23 to 0.26 are still in use, and
nothing in the bytes tells. A recording that the assumed edition cannot read, and an older one reads to the
last byte with a source, an address and a place on the earth in each record, is taken for one of that edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from service_bus import Malformed
from spatiotemporal.sources.asterix.editions import EDITIONS
from spatiotemporal.sources.asterix.message import Message, parse
from spatiotemporal.sources.asterix_blocks import HEADER, blocks

SQUITTERS: Final = 21
OLDER: Final = ("0.26", "0.23")
"""The layouts of 0.24 and 0.25 are beginnings of that of 0.26."""
_TOLD: Final = ("010", "030", "080")
"""Items that every report has."""


def suited(data: bytes, reference: datetime) -> Mapping[int, str]:
    """The assumed editions, with an older one of category 021 where that alone reads the data."""
    try:
        reports = b"".join(
            data[start - HEADER : end]
            for category, start, end in blocks(data)
            if category == SQUITTERS
        )
    except Malformed:
        return EDITIONS
    if reports and not _reads(reports, EDITIONS[SQUITTERS], reference):
        for edition in OLDER:
            if _reads(reports, edition, reference, *_TOLD):
                return {**EDITIONS, SQUITTERS: edition}
    return EDITIONS


def _reads(data: bytes, edition: str, reference: datetime, *told: str) -> bool:
    try:
        messages = parse(data, reference=reference, mode="strict", editions={SQUITTERS: edition})
    except Malformed:
        return False
    return not told or all(_tells(message, told) for message in messages)


def _tells(message: Message, told: tuple[str, ...]) -> bool:
    return message.items.keys() >= set(told) and message.position is not None
