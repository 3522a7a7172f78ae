"""Broken inputs made from right ones, the same ones in every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import thread_time

from service_bus import Malformed, TooLarge

SLOWEST_S = 1.0


def mutants(
    originals: Sequence[bytes], pieces: Iterable[bytes], count: int, seed: str
) -> Iterator[bytes]:
    """``count`` broken copies of the originals."""
    chooser = random.Random(seed)
    scraps = (*pieces, b"", b"\xff", b"\x00", "雾".encode(), b"9" * 40, b"A" * 80)
    for number in range(count):
        data = bytearray(originals[number % len(originals)])
        for _ in range(chooser.randint(1, 3)):
            at = chooser.randrange(len(data) + 1)
            match chooser.randrange(5):
                case 0 if at < len(data):
                    data[at] = chooser.randrange(256)
                case 1:
                    del data[at : at + chooser.randint(1, 40)]
                case 2:
                    data[at:at] = chooser.choice(scraps)
                case 3:
                    data[at:at] = data[at : at + chooser.randint(1, 200)]
                case _:
                    other = chooser.randrange(len(data) + 1)
                    low, high = sorted((at, other))
                    data[low:high] = data[high : high + chooser.randint(0, 30)]
        yield bytes(data)


def refusal(read: Callable[[bytes], object], data: bytes) -> Malformed | TooLarge | None:
    """The fault that a reader raises."""
    try:
        read(data)
    except (Malformed, TooLarge) as fault:
        return fault
    return None


def assert_read_or_refused(read: Callable[[bytes], object], inputs: Iterable[bytes]) -> int:
    """Every input is read, or refused with a place, in time; gives how many were refused."""
    refused = 0
    for data in inputs:
        started = thread_time()
        fault = refusal(read, data)
        if fault is not None:
            refused += 1
        if isinstance(fault, Malformed):
            assert fault.position, (fault, data)
            assert fault.code.startswith(fault.format), fault.code
            assert len(fault.found) <= 120, fault
        assert thread_time() - started < SLOWEST_S, data
    return refused
