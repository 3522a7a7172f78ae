"""What memory a process really holds for a reading, libxml2's tree and refused messages among it.

``python -m tests.fuzz.resident [FORMAT,...]`` prints the heaviest floods of each format. The promise
(airport_brain/decisions/0008): the whole of a reading, whatever the input and whether it is read or
refused, takes at most :data:`TIMES` its size and :data:`FLOOR_BYTES`. Measured is the height of the resident
memory of a fresh process over what it held before, as Linux counts it.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Protocol

from service_bus import WireFormat
from tests.fuzz.dense import dense
from tests.fuzz.forms import FORMS
from tests.fuzz.memory import reader
from tests.fuzz.weighing import SECONDS, densest

TIMES: Final = 10
FLOOR_BYTES: Final = 4 << 20
"""Whatever the input: tables, patterns, pieces of memory that the allocator holds ready."""
LARGEST: Final = 4 << 20
"""Bytes of the largest input that is tried."""
SIZES: Final = (1, 2, 8)
"""Parts of the cap that floods are as large as."""
SHORTLY: Final = 2.0
"""Seconds of looking up to which only the heaviest kinds are read, at the first and the last size."""

_PROCESS: Final = Path("/proc/self")
_HELD: Final = re.compile(r"VmRSS:\s+(\d+) kB")
_HEIGHT: Final = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """An input that holds as much as its bytes can, and what its reading took."""

    kind: str
    size: int
    taken: int

    @property
    def over(self) -> int:
        """Bytes over what the size alone allows; more than the floor breaks the promise."""
        return self.taken - TIMES * self.size

    def __str__(self) -> str:
        return (
            f"{self.size:>8} {self.kind:16} {self.taken / self.size:6.1f} times, "
            f"{self.over / 2**20:6.1f} MiB over {TIMES} times"
        )


def can_be_measured() -> bool:
    """Whether this system counts a process's memory as needed here."""
    return os.access(_PROCESS / "clear_refs", os.W_OK)


class Flooding(Protocol):
    """Reads the densest floods of a format; heaviest first."""

    def __call__(self, name: str, *, seconds: float = SECONDS) -> list[Flood]:
        """Look for them so long; below :data:`SHORTLY` fewer kinds are read, at fewer sizes."""


@contextmanager
def flooding() -> Iterator[Flooding]:
    """Reads floods at a format's cap and below, each in a new process."""
    fresh = get_context("spawn")
    # A process that has read floods before has their memory at hand: its children would seem to need none.
    with (
        ProcessPoolExecutor(1, mp_context=fresh) as seeking,
        ProcessPoolExecutor(1, mp_context=fresh) as weighing,
    ):

        def floods(name: str, *, seconds: float = SECONDS) -> list[Flood]:
            chosen = seeking.submit(_densest, name, seconds).result()
            sizes = SIZES if seconds > SHORTLY else SIZES[::2]
            return weighing.submit(_weighed, name, chosen, sizes).result()

        yield floods


def _densest(name: str, seconds: float) -> list[tuple[str, bytes]]:
    form = FORMS[name]
    most = 2 if seconds > SHORTLY else 1
    always = [(kind, form.example) for kind in ("whole", "varied", "varied-0")]
    return [*densest(form, seconds, most=most), *always]


def _weighed(name: str, chosen: Sequence[tuple[str, bytes]], sizes: Sequence[int]) -> list[Flood]:
    form = FORMS[name]
    parse, cap = reader(form), min(cap_of(form), LARGEST)
    parse(form.example)
    gc.freeze()
    found = [
        Flood(kind=kind, size=len(data), taken=taken(parse, data))
        for kind, seed in dict.fromkeys(chosen)
        for part in sizes
        for data in _of_size(form, kind, seed, cap // part)
        if len(data) <= cap
    ]
    return sorted(found, key=lambda flood: flood.over, reverse=True)


def _of_size(form: WireFormat, kind: str, seed: bytes, size: int) -> Iterator[bytes]:
    return (make(size) for one, make in dense(form, seed) if one == kind)


def cap_of(form: WireFormat) -> int:
    """Bytes that a reader takes unless told otherwise."""
    parse = importlib.import_module(form.module).parse
    return int(inspect.signature(parse).parameters["max_bytes"].default)


def taken(parse: Callable[[bytes], object], data: bytes) -> int:
    """Bytes that a reading takes at its height, in a child of this process."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(here)
        try:
            os.write(there, str(_height_of(parse, data)).encode())
        finally:
            os._exit(0)
    os.close(there)
    with os.fdopen(here) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return int(told)


def _height_of(parse: Callable[[bytes], object], data: bytes) -> int:
    ctypes.CDLL(None).malloc_trim(0)
    before = _kilobytes(_HELD)
    (_PROCESS / "clear_refs").write_text("5")  # the height begins anew
    try:
        messages = parse(data)
    except Exception:  # What it may not raise is found elsewhere.
        messages = None
    after = _kilobytes(_HEIGHT)
    del messages
    return (after - before) * 1024


def _kilobytes(wanted: re.Pattern[str]) -> int:
    found = wanted.search((_PROCESS / "status").read_text())
    assert found
    return int(found[1])


def main(arguments: Sequence[str]) -> None:
    """Print the two heaviest floods of each format."""
    with flooding() as floods:
        for name in arguments[0].split(",") if arguments else FORMS:
            for flood in floods(name)[:2]:
                sys.stdout.write(f"{name:14} {flood}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
