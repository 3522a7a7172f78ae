"""How much memory a reading takes at its height, beside the size of its input."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress
from typing import Final

from service_bus import Mode, WireFormat

CONSTANT_BYTES: Final = 8 << 20
"""What a reading may take whatever its input: tables, first use of a pattern, the lines of a large text."""
TIMES: Final = 10
"""And what it may take per byte of input beyond that."""
MESSAGES_TIMES: Final = 150
"""The same where messages come out: a record of ASTERIX of 30 bytes is some hundred Python objects."""


def peak_bytes(form: WireFormat, data: bytes, mode: Mode = "tolerant") -> int:
    """Memory of Python objects at the height of one reading, over what there was before it."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        with suppress(Exception):  # What it may not raise is found elsewhere.
            form.decode(data, mode=mode)
        return max(0, tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()


def allowed_bytes(data: bytes, *, messages: bool = False) -> int:
    """What reading an input may take at its height; more when it holds messages."""
    return (MESSAGES_TIMES if messages else TIMES) * len(data) + CONSTANT_BYTES
