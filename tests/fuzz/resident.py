"""What memory a process really holds for a reading, libxml2's tree and refused messages among it.

``python -m tests.fuzz.resident [FORMAT,...]`` prints the heaviest floods of each format. The promise
(airport_brain/decisions/0008): the whole of a reading, whatever the input and whether it is read or
refused, takes at most :data:`TIMES` its size and :data:`FLOOR_BYTES`. Measured is the height of the resident
memory of a fresh process over what it held before, as Linux counts it.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Final, Protocol

from service_bus import WireFormat
from tests.fuzz.dense import dense
from tests.fuzz.forms import FORMS
from tests.fuzz.memory import reader
from tests.fuzz.resident_process import taken
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
        Flood(kind=kind, size=len(data), taken=taken(partial(parse, data)))
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


def main(arguments: Sequence[str]) -> None:
    """Print the two heaviest floods of each format."""
    with flooding() as floods:
        for name in arguments[0].split(",") if arguments else FORMS:
            for flood in floods(name)[:2]:
                sys.stdout.write(f"{name:14} {flood}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
