"""What memory a reading takes: what its messages hold, and what it works with beside them.

Two scales for small inputs, where the whole promise (airport_brain/decisions/0008, measured in
``resident.py``) says little: beyond its messages a reading takes at most :data:`TIMES` the input and
:data:`CONSTANT_BYTES`; the messages hold at most :data:`HELD` times the input. A reading is the ``parse`` of
a format. Counted is the memory of Python's objects, not the tree that libxml2 builds of a document.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from typing import Any, Final, Protocol

from service_bus import WireFormat
from tests.fuzz.forms import FORMS

CONSTANT_BYTES: Final = 1 << 20
"""What a reading may take whatever its input: tables, first use of a pattern."""
TIMES: Final = 10
"""What it may take per byte of input beyond that and beyond its messages."""
ONE_MESSAGE_BYTES: Final = 192 << 10
"""What the messages of a small input may hold: notices above all, of which 200 are kept."""
REFERENCE: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)

HELD: Final[Mapping[str, int]] = {
    "aidx": 5, "ssim": 14, "type-b": 20, "mvt": 52, "ldm": 60, "ssm": 33, "asm": 24, "ptm": 54,
    "psm": 62, "aftn": 90, "ats": 32, "adexp": 125, "mht0071": 18, "imf": 16, "jt808": 17,
    "adsb": 16, "asterix": 75, "nmea": 180, "position-json": 30, "bcbp": 20, "mrz": 16,
    "gb11643": 10, "pnl": 41, "adl": 41, "prl": 41, "paxlst": 28, "dcs-json": 5, "fwb": 80,
    "fhl": 15, "ffm": 22, "fbl": 30, "fsu": 50, "fsr": 25, "fna": 11, "xfwb": 10, "xfzb": 10,
    "xfhl": 12, "xffm": 12, "xfsu": 10, "mt": 14, "one-record": 30,
}  # fmt: skip
"""Bytes that the messages of a format hold per byte of an input, the densest that was found."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of one reading: at its height, and what its messages hold; none of a refused input."""

    peak: int
    held: int = 0

    @property
    def working(self) -> int:
        """What it took beside its messages."""
        return self.peak - self.held


class Weigh(Protocol):
    """Says what a reading takes."""

    def __call__(self, form: WireFormat, data: bytes) -> Weight:
        """Read once, tolerantly."""


def weigh(form: WireFormat, data: bytes) -> Weight:
    """Memory of Python objects that one reading takes, over what there was before it.

    Only for a process without other threads: to stop tracing memory while a thread of somebody else's frees
    some can crash Python before 3.12.9 (python/cpython#128679). Elsewhere use :func:`scale`.
    """
    weight = _weighed(form, data)
    if too_heavy(form.name, data, weight):
        # The first reading of its kind may build tables, which is no input's doing.
        weight = _weighed(form, data)
    return weight


def _weighed(form: WireFormat, data: bytes) -> Weight:
    read = reader(form)
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        messages = None
        try:
            messages = read(data)
        except Exception:  # What it may not raise is found elsewhere.
            return Weight(max(0, tracemalloc.get_traced_memory()[1] - before))
        after, peak = tracemalloc.get_traced_memory()
        del messages
        return Weight(max(0, peak - before), max(0, after - before))
    finally:
        tracemalloc.stop()


def reader(form: WireFormat) -> Callable[[bytes], object]:
    """The ``parse`` of a format, with a moment of receipt where it asks for one."""
    parse: Callable[..., Any] = importlib.import_module(form.module).parse
    dated = "reference" in inspect.signature(parse).parameters
    return partial(parse, reference=REFERENCE) if dated else parse


@contextmanager
def scale() -> Iterator[Weigh]:
    """Weighs readings of :data:`FORMS` in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:

        def weigh(form: WireFormat, data: bytes) -> Weight:
            return process.submit(_weigh_by_name, form.name, data).result()

        yield weigh


def _weigh_by_name(name: str, data: bytes) -> Weight:
    form = FORMS[name]
    if name not in _read_before:
        reader(form)(form.example)
        _read_before.add(name)
        gc.freeze()  # what was there before need not be gone through at every weighing
    return weigh(form, data)


_read_before: Final[set[str]] = set()


def too_heavy(name: str, data: bytes, weight: Weight) -> str:
    """What is more than promised, for people; empty when nothing is."""
    held = HELD.get(name, 0) * len(data) + ONE_MESSAGE_BYTES
    working = TIMES * len(data) + CONSTANT_BYTES
    told = f"for an input of {len(data)}"
    if weight.held > held:
        return f"{weight.held} bytes held {told}"
    # Of what is refused, the messages before the fault were there until then.
    if weight.working > (working if weight.held else working + held):
        return f"{weight.working} bytes worked with {told}"
    return ""
