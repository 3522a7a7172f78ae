"""How much memory a reading takes at its height, beside the size of its input."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress
from typing import Final

from service_bus import Malformed, Mode, TooLarge, WireFormat

CONSTANT_BYTES: Final = 1_048_576
"""What a reading may take whatever its input: tables, first use of a pattern, the traceback."""
TIMES: Final = 10
"""And what it may take per byte of input beyond that."""


def peak_bytes(form: WireFormat, data: bytes, mode: Mode = "tolerant") -> int:
    """Memory of Python objects at the height of one reading, over what there was before it."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        with suppress(Malformed, TooLarge):
            form.decode(data, mode=mode)
        return max(0, tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()


def allowed_bytes(data: bytes) -> int:
    """What reading an input may take at its height."""
    return TIMES * len(data) + CONSTANT_BYTES
