"""Kafka's hash and the sharing out of partitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_bus.domain import TopicPartition
from service_bus.partitions import murmur2, partition_of, share_out


@pytest.mark.parametrize(
    ("data", "signed"),
    [
        (b"21", -973932308),
        (b"foobar", -790332482),
        (b"abc", 479470107),
        (b"a-little-bit-long-string", -985981536),
    ],
)
def test_hash_is_kafkas(data: bytes, signed: int) -> None:
    assert murmur2(data) == signed % 2**32


@given(st.text(), st.integers(1, 64))
def test_partition_is_in_range_and_stable(key: str, partitions: int) -> None:
    assert 0 <= partition_of(key, partitions) < partitions
    assert partition_of(key, partitions) == partition_of(key, partitions)


MEMBERS = st.sets(st.sampled_from("abcdefg"), min_size=1)


@given(MEMBERS, MEMBERS, st.integers(1, 12))
def test_shares_are_even_and_stick(before: set[str], after: set[str], count: int) -> None:
    everything = [TopicPartition("t", n) for n in range(count)]
    owners = share_out(dict.fromkeys(before, everything), {})
    shared = share_out(dict.fromkeys(after, everything), owners)
    loads = [list(shared.values()).count(member) for member in after]
    assert sorted(shared) == everything
    assert max(loads) - min(loads) <= 1
    assert share_out(dict.fromkeys(after, everything), shared) == shared


def test_members_take_only_what_they_subscribe_to() -> None:
    left, right = TopicPartition("left", 0), TopicPartition("right", 0)
    assert share_out({"a": [left], "b": [left, right]}, {}) == {left: "a", right: "b"}


def test_nobody_there_means_nothing_shared() -> None:
    assert share_out({}, {TopicPartition("t", 0): "gone"}) == {}
