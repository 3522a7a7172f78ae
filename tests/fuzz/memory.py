"""How much memory a reading takes at its height, beside the size of its input."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from typing import Final, Protocol

from service_bus import Mode, WireFormat
from tests.fuzz.forms import FORMS

CONSTANT_BYTES: Final = 8 << 20
"""What a reading may take whatever its input: tables, first use of a pattern, the lines of a large text."""
TIMES: Final = 10
"""And what it may take per byte of input beyond that."""
MESSAGES_TIMES: Final = 150
"""The same where messages come out: a record of ASTERIX of 30 bytes is some hundred Python objects."""


class Weigh(Protocol):
    """Says what a reading takes at its height, in bytes."""

    def __call__(self, form: WireFormat, data: bytes) -> int:
        """Read once, tolerantly."""


def peak_bytes(form: WireFormat, data: bytes, mode: Mode = "tolerant") -> int:
    """Memory of Python objects at the height of one reading, over what there was before it.

    Only for a process without other threads: to stop tracing memory while a thread of somebody else's frees
    some can crash Python before 3.12.9 (python/cpython#128679). Elsewhere use :func:`scale`.
    """
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        with suppress(Exception):  # What it may not raise is found elsewhere.
            form.decode(data, mode=mode)
        return max(0, tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()


@contextmanager
def scale() -> Iterator[Weigh]:
    """Weighs readings of :data:`FORMS` in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:

        def weigh(form: WireFormat, data: bytes) -> int:
            return process.submit(_peak_bytes_of, form.name, data).result()

        yield weigh


def _peak_bytes_of(name: str, data: bytes) -> int:
    form = FORMS[name]
    if name not in _read_before:
        # The first reading of a format may build its tables, which is no input's doing.
        form.decode(form.example)
        _read_before.add(name)
    return peak_bytes(form, data)


_read_before: Final[set[str]] = set()


def allowed_bytes(data: bytes, *, messages: bool = False) -> int:
    """What reading an input may take at its height; more when it holds messages."""
    return (MESSAGES_TIMES if messages else TIMES) * len(data) + CONSTANT_BYTES
