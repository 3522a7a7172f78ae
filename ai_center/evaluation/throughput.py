"""Does embedding many faces at once pay?

One face at a time, then in batches, on the same made-up pixels (what a convolution costs does not
depend on what it sees). Time is processor time of the whole process, so that a busy machine does not
blur it; the best of several runs counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

BATCHES: Final = (1, 8, 32)
RUNS: Final = 3

WORTHWHILE: Final = 1.5
"""Throughput of the largest batch over that of one face from which batching is worth waiting for."""


class Embedding(Protocol):
    """What makes the vectors."""

    @property
    def side(self) -> int:
        """Pixels per side of the aligned face it takes."""
        ...

    def embed(self, faces: Sequence[npt.NDArray[np.uint8]]) -> npt.NDArray[np.float32]:
        """Shape (n, dimension)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTime:
    """Processor milliseconds per face in batches of one size, and the gain over one face."""

    batch: int
    ms_per_face: float
    gain: float


def measure_batches(
    embedder: Embedding, timer: Callable[[], float], *, batches: Sequence[int] = BATCHES
) -> tuple[BatchTime, ...]:
    """Time the embedder.

    Args:
        embedder: in the settings it is used with.
        timer: processor seconds.
        batches: sizes; the first is what the others are compared with.
    """
    random = np.random.default_rng(0)
    side = embedder.side
    faces = list(random.integers(0, 256, (max(batches), side, side, 3), dtype=np.uint8))
    embedder.embed(faces[:1])
    times = [_best(embedder, timer, faces[:size]) for size in batches]
    return tuple(
        BatchTime(batch=size, ms_per_face=round(1e3 * each, 3), gain=round(times[0] / each, 3))
        for size, each in zip(batches, times, strict=True)
    )


def verdict(times: Sequence[BatchTime]) -> str:
    """What the times say, in a sentence."""
    last = times[-1]
    if last.gain >= WORTHWHILE:
        return f"batches pay: {last.batch} at once give {last.gain:.2f} times the throughput of one"
    return (
        f"this model gains little from batches here: {last.batch} at once give {last.gain:.2f} times "
        "the throughput of one; a single face keeps the processor busy already"
    )


def _best(
    embedder: Embedding, timer: Callable[[], float], faces: Sequence[npt.NDArray[np.uint8]]
) -> float:
    """Seconds per face, best run; small batches run often enough to be measured."""
    repeats = max(1, 16 // len(faces))
    found = []
    for _ in range(RUNS):
        started = timer()
        for _ in range(repeats):
            embedder.embed(faces)
        found.append((timer() - started) / (repeats * len(faces)))
    return min(found)
