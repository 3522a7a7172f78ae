"""Which partition a key goes to, and which member of a group reads which partition.

The hash is Kafka's own murmur2 (seed 0x9747b28c, 32 bit), so that a key lies in the same partition
whether the airport runs on the embedded log or on Kafka, and whichever Java client wrote it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from service_bus.domain import Topic, TopicPartition

_SEED = 0x9747B28C
_MULTIPLIER = 0x5BD1E995
_WORD = 0xFFFFFFFF

_KEYS_REMEMBERED = 65_536
"""Hashing costs about 5 µs in Python and one vehicle sends thousands of positions: 65,536 keys
cover every mover and flight of a day in about 10 MB."""


def murmur2(data: bytes) -> int:
    """Kafka's 32-bit murmur2 as an unsigned number.

    >>> murmur2(b"foobar") - 2**32
    -790332482
    >>> murmur2(b"abc")
    479470107
    """
    length = len(data)
    value = _SEED ^ length
    whole = length & ~3
    for start in range(0, whole, 4):
        word = int.from_bytes(data[start : start + 4], "little")
        word = word * _MULTIPLIER & _WORD
        word ^= word >> 24
        word = word * _MULTIPLIER & _WORD
        value = value * _MULTIPLIER & _WORD ^ word
    if whole != length:
        value ^= int.from_bytes(data[whole:], "little")
        value = value * _MULTIPLIER & _WORD
    value ^= value >> 13
    value = value * _MULTIPLIER & _WORD
    return value ^ value >> 15


@lru_cache(maxsize=_KEYS_REMEMBERED)
def partition_of(key: str, partitions: int) -> int:
    """Partition of a key, as Kafka's default partitioner chooses it.

    >>> partition_of("MU5101", 1)
    0
    """
    return (murmur2(key.encode()) & 0x7FFFFFFF) % partitions


def places(topics: Iterable[Topic]) -> list[TopicPartition]:
    """All partitions of these topics."""
    return [TopicPartition(t.name, partition) for t in topics for partition in range(t.partitions)]


def share_out(
    wanted: Mapping[str, Iterable[TopicPartition]],
    owners: Mapping[TopicPartition, str],
) -> dict[TopicPartition, str]:
    """Share partitions among the members of a group: evenly, moving as few as possible.

    Args:
        wanted: member -> partitions of the topics it subscribes to.
        owners: who owned what before; owners that are gone are ignored.

    Returns:
        Partition -> member; no member has two more than another that could take one.
    """
    takers: dict[TopicPartition, list[str]] = {}
    for member in sorted(wanted):
        for place in wanted[member]:
            takers.setdefault(place, []).append(member)
    shared: dict[TopicPartition, str] = {}
    load: Counter[str] = Counter()
    for place, members in takers.items():
        owner = owners.get(place)
        if owner in members:
            shared[place] = owner
            load[owner] += 1
    for place, members in takers.items():
        if place not in shared:
            shared[place] = min(members, key=lambda member: (load[member], member))
            load[shared[place]] += 1
    moved = True
    while moved:
        moved = False
        for place in sorted(shared):
            owner = shared[place]
            least = min(takers[place], key=lambda member: (load[member], member))
            if load[owner] - load[least] > 1:
                shared[place] = least
                load[owner] -= 1
                load[least] += 1
                moved = True
    return shared
