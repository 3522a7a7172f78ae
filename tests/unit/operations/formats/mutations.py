"""Broken inputs by the thousand: what a reader may do with them is read them or name the place."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence

from service_bus import Malformed, TooLarge

ROUNDS = 3_000
"""Mutated inputs of one format in a normal run."""

LONGEST_S = 1.0
"""No input of these sizes may take longer."""


def mutated(samples: Sequence[bytes], *, rounds: int = ROUNDS, seed: int = 1) -> Iterator[bytes]:
    """Samples with bytes changed, cut out, doubled, moved, or of another sample's middle."""
    chance = random.Random(seed)
    for _ in range(rounds):
        data = bytearray(chance.choice(samples))
        for _ in range(chance.randint(1, 4)):
            at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
            to = min(to, at + 40)
            kind = chance.randrange(6)
            if kind == 0 and at < len(data):
                data[at] = chance.randrange(256)
            elif kind == 1:
                data[at:to] = b""
            elif kind == 2:
                data[at:at] = data[at:to] * chance.randint(1, 3)
            elif kind == 3:
                other = chance.choice(samples)
                start = chance.randrange(len(other) + 1)
                data[at:at] = other[start : start + chance.randint(1, 40)]
            elif kind == 4 and at < len(data):
                data[at] = chance.choice(b"0123456789 /-.ABCDEFZ\r\n()")
            else:
                data = data[: max(at, 1)] if chance.random() < 0.1 else data
        yield bytes(data)


def refusal(parse: Callable[[bytes], object], data: bytes) -> Malformed | TooLarge | None:
    """What a reader says against these bytes; ``None`` when it reads them."""
    try:
        parse(data)
    except (Malformed, TooLarge) as fault:
        return fault
    return None


def assert_placed(parse: Callable[[bytes], object], data: bytes) -> bool:
    """Whether a reader refuses these bytes; a refusal without field and place is a failure."""
    started = time.thread_time()
    fault = refusal(parse, data)
    assert time.thread_time() - started < LONGEST_S, data
    if isinstance(fault, Malformed):
        assert fault.field, (fault, data)
        assert any(ch.isdigit() for ch in fault.position), (fault, data)
        assert len(fault.found) <= 120, (fault, data)
    return fault is not None


def assert_refusals_are_placed(
    parse: Callable[[bytes], object], samples: Sequence[bytes], *, rounds: int = ROUNDS
) -> int:
    """Feed mutations; give how many were refused. Anything but a placed refusal is a failure."""
    return sum(assert_placed(parse, data) for data in mutated(samples, rounds=rounds))
