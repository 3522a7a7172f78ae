"""Damaged inputs: the same ones in every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from service_bus import Malformed

T = TypeVar("T")


def mutations(seeds: Sequence[bytes], count: int, seed: int = 808) -> Iterator[bytes]:
    """Inputs made from ``seeds`` by flipping, cutting, repeating and joining."""
    chance = random.Random(seed)
    for _ in range(count):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 4)):
            _damage(data, chance, seeds)
        yield bytes(data)


def _damage(data: bytearray, chance: random.Random, seeds: Sequence[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    match chance.randrange(5):
        case 0 if data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        case 1:
            del data[at : at + chance.randint(1, 8)]
        case 2:
            data[at:at] = chance.randbytes(chance.randint(1, 8))
        case 3:
            data[at:at] = data[max(0, at - chance.randint(1, 40)) : at]
        case _:
            other = chance.choice(seeds)
            data[at:] = other[chance.randrange(len(other)) :]


def refusal(read: Callable[[T], object], data: T) -> Malformed | None:
    """How ``data`` are refused, ``None`` if they are read; any refusal names field and place."""
    try:
        read(data)
    except Malformed as fault:
        missing = [name for name in ("field", "position", "code") if not getattr(fault, name)]
        if missing:
            raise AssertionError(f"{fault!r} of {data!r} has no {missing}") from fault
        return fault
    return None
