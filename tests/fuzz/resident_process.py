"""The resident memory of this process, as Linux counts it, and how a call changes it."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from service_bus import Malformed, TooLarge

_PROCESS: Final = Path("/proc/self")
_HELD: Final = re.compile(r"VmRSS:\s+(\d+) kB")
_HEIGHT: Final = re.compile(r"VmHWM:\s+(\d+) kB")

_SMALL: Final = range(48, 513, 16)
"""Sizes that Python's allocator gives room to, each in pools of its own."""
_BYTES_ALONE: Final = 33
"""What a ``bytes`` takes beside its text."""
_LARGER: Final = (112, 240, 600, 2_000, 9_000, 40_000)
"""Sizes for the allocator of C, whose free pieces lie between what is in use."""
_AT_ONCE: Final = 200
_GROWN_KB: Final = 64
"""The memory has grown by so much: what was free is taken."""


def can_be_measured() -> bool:
    """Whether this system counts a process's memory as needed here."""
    return os.access(_PROCESS / "clear_refs", os.W_OK)


def taken(call: Callable[[], object]) -> int:
    """Bytes that a call takes at its height, what it returns among them, in a child of this process."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(here)
        try:
            os.write(there, str(_height_of(call)).encode())
        finally:
            os._exit(0)
    os.close(there)
    with os.fdopen(here) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    assert told, "the call ended in another way than by a refusal"
    return int(told)


def _height_of(call: Callable[[], object]) -> int:
    kept = _take_what_is_free()
    before = _kilobytes(_HELD)
    (_PROCESS / "clear_refs").write_text("5")  # the height begins anew
    try:
        result = call()
    except (Malformed, TooLarge):
        result = None
    after = _kilobytes(_HEIGHT)
    del result, kept
    return (after - before) * 1024


def _take_what_is_free() -> list[bytes]:
    """Take room that allocators hold from earlier, which would otherwise serve the call unseen."""
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    library.malloc_trim(0)
    kept: list[bytes] = []
    for size in reversed(_LARGER):
        _until_grown(partial(library.malloc, size))
    for size in _SMALL:
        _until_grown(lambda: kept.append(bytes(size - _BYTES_ALONE)))  # noqa: B023, called at once
    return kept


def _until_grown(take: Callable[[], object]) -> None:
    end = _kilobytes(_HELD) + _GROWN_KB
    while _kilobytes(_HELD) < end:
        for _ in range(_AT_ONCE):
            take()


def _kilobytes(wanted: re.Pattern[str]) -> int:
    found = wanted.search((_PROCESS / "status").read_text())
    assert found
    return int(found[1])
