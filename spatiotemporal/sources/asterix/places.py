"""Where the values of ASTERIX records stand: the bytes that hold the bits of each item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service_bus import Malformed, Place
from spatiotemporal.sources.asterix.editions import layout
from spatiotemporal.sources.asterix.nodes import (
    Bits,
    Compound,
    Extended,
    Group,
    Node,
    Repeated,
    specification,
)
from spatiotemporal.sources.asterix_blocks import HEADER, blocks

Path = tuple[str | int, ...]
Spans = Iterator[tuple[Path, int, int]]


def places(data: bytes, messages: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Places of items and their parts, of categories whose layout is known."""
    found: list[Place] = []
    number = 0
    try:
        for category, start, end in blocks(data):
            bits = Bits(data, start * 8, end * 8)
            while bits.bit < end * 8 and number < len(messages):
                edition = str(messages[number].get("edition") or "")
                if edition:
                    found += _placed(bits, category, edition, start, number)
                else:
                    # What is not read is kept to the end of its block.
                    raw = (number, "items", "raw")
                    found.append(Place(path=raw, start=bits.bit // 8, end=end))
                    bits.bit = end * 8
                number += 1
    except Malformed:
        # The reader has said what is wrong; what stands before it has its places.
        return found
    return found if number == len(messages) else []


def _placed(bits: Bits, category: int, edition: str, start: int, number: int) -> Iterator[Place]:
    head = start - HEADER
    yield Place(path=(number, "category"), start=head, end=head + 1)
    for path, first, last in _record(bits, category, edition):
        low, high = first // 8, (last + 7) // 8
        yield Place(path=(number, "items", *path), start=low, end=high)


def _record(bits: Bits, category: int, edition: str) -> Spans:
    items = layout(category, edition)
    for index in specification(bits):
        part = items[index] if index < len(items) else None
        if part is None:
            return
        yield from _node(part[1], (part[0],), bits)


def _node(node: Node, path: Path, bits: Bits) -> Spans:
    """Walk as reading does, and tell the bits of every leaf."""
    if isinstance(node, Group):
        for name, inner in node.parts:
            yield from _named(name, inner, path, bits)
    elif isinstance(node, Extended):
        yield from _extended(node, path, bits)
    elif isinstance(node, Repeated):
        yield from _repeated(node, path, bits)
    elif isinstance(node, Compound):
        for index in specification(bits):
            part = node.parts[index] if index < len(node.parts) else None
            if part is None:
                return
            yield from _node(part[1], (*path, part[0]), bits)
    else:
        first = bits.bit
        node.read(bits)
        yield path, first, bits.bit


def _extended(node: Extended, path: Path, bits: Bits) -> Spans:
    last = len(node.extents) - 1
    for number, extent in enumerate(node.extents):
        for name, inner in extent:
            yield from _named(name, inner, path, bits)
        if (number == last and not node.closed) or not bits.take(1):
            return


def _repeated(node: Repeated, path: Path, bits: Bits) -> Spans:
    if node.count_bytes:
        for number in range(bits.take(8 * node.count_bytes)):
            yield from _node(node.part, (*path, number), bits)
        return
    number, more = 0, 1
    while more:
        yield from _node(node.part, (*path, number), bits)
        more, number = bits.take(1), number + 1


def _named(name: str, node: Node, path: Path, bits: Bits) -> Spans:
    if name:
        yield from _node(node, (*path, name), bits)
    else:
        node.read(bits)
