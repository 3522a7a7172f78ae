"""Shapes of items: how bits become values and values bits.

A layout is a tree of nodes; each knows how to read itself at a bit of the data and how to write a
value of its own. Values are numbers in the unit of the standard, texts, bytes, tuples of them
(repeated items), and dictionaries by the standard's names. Names of spare bits are empty; they are
read over and written as zeros.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, Union

from spatiotemporal.sources.asterix_blocks import fault, too_short

Value = Union[  # noqa: UP007  (an alias that names itself cannot use the bar)
    int, float, str, bytes, tuple["Value", ...], dict[str, "Value"]
]
Coding = Literal["number", "signed", "ascii", "icao", "octal"]

_LETTERS: Final = (
    {code: chr(64 + code) for code in range(1, 27)}
    | {32: " "}
    | {code: chr(code) for code in range(48, 58)}
)
_CODES: Final = {letter: code for code, letter in _LETTERS.items()}


@dataclass(slots=True)
class Bits:
    """A place in the data.

    Attributes:
        bit: from the first bit of the data.
        end: first bit after the record's block.
        field: item that is being read, for faults.
    """

    data: bytes
    bit: int
    end: int
    field: str = ""

    def take(self, size: int) -> int:
        """The next bits as an unsigned number."""
        stop = self.bit + size
        if stop > self.end:
            raise too_short(self.field, self.bit // 8)
        last = (stop + 7) // 8
        value = int.from_bytes(self.data[self.bit // 8 : last], "big") >> (last * 8 - stop)
        self.bit = stop
        return value & ((1 << size) - 1)


class Written:
    """Bits on their way out."""

    def __init__(self) -> None:
        self._value = 0
        self._size = 0

    def put(self, value: int, size: int) -> None:
        """Append a number; it is cut to its size."""
        self._value = self._value << size | (value & ((1 << size) - 1))
        self._size += size

    def bytes(self) -> bytes:
        """What was written, padded to whole bytes."""
        pad = -self._size % 8
        return (self._value << pad).to_bytes((self._size + pad) // 8, "big")


class Node(Protocol):
    """A part of a layout."""

    def read(self, bits: Bits) -> Value:
        """Take the value at a place.

        Raises:
            Malformed: the record ends too early, or the bits are impossible.
        """
        ...

    def write(self, value: Value, out: Written, field: str) -> None:
        """Append a value.

        Raises:
            Malformed: the value is not of this shape.
        """
        ...


Named = tuple[str, Node]


def _unfit(field: str, value: object, expected: str) -> Exception:
    return fault(
        "value does not fit the item",
        field=field,
        position=f"item {field}",
        found=repr(value),
        expected=expected,
        code="wrong-value",
    )


@dataclass(frozen=True, slots=True)
class Element:
    """One number or text; ``lsb`` 0 keeps whole numbers."""

    size: int
    coding: Coding = "number"
    lsb: float = 0.0

    def read(self, bits: Bits) -> Value:
        """Take it."""
        raw = bits.take(self.size)
        if self.coding == "number":
            return raw * self.lsb if self.lsb else raw
        if self.coding == "signed":
            value = raw - (1 << self.size) if raw >> (self.size - 1) else raw
            return value * self.lsb if self.lsb else value
        return _text(raw, self.size, self.coding)

    def write(self, value: Value, out: Written, field: str) -> None:
        """Append it."""
        if isinstance(value, str) and self.coding not in ("number", "signed"):
            out.put(_code(value, self.size, self.coding, field), self.size)
            return
        if not isinstance(value, int | float):
            raise _unfit(field, value, "a number")
        raw = round(value / self.lsb) if self.lsb else round(value)
        low = -(1 << (self.size - 1)) if self.coding == "signed" else 0
        high = (1 << (self.size - (self.coding == "signed"))) - 1
        if not low <= raw <= high:
            raise _unfit(field, value, f"{low * (self.lsb or 1)} to {high * (self.lsb or 1)}")
        out.put(raw, self.size)


def _text(raw: int, size: int, coding: Coding) -> Value:
    """Text of a code; the code itself when it has none."""
    width = {"ascii": 8, "icao": 6, "octal": 3}[coding]
    codes = [raw >> shift & ((1 << width) - 1) for shift in range(size - width, -1, -width)]
    if coding == "octal":
        return "".join(str(code) for code in codes)
    if coding == "ascii":
        return "".join(map(chr, codes)) if all(32 <= code < 127 for code in codes) else raw
    return "".join(_LETTERS[code] for code in codes) if _LETTERS.keys() >= set(codes) else raw


def _code(text: str, size: int, coding: Coding, field: str) -> int:
    width = {"ascii": 8, "icao": 6, "octal": 3}[coding]
    if len(text) != size // width:
        raise _unfit(field, text, f"{size // width} characters")
    raw = 0
    for character in text:
        code = _CODES.get(character) if coding == "icao" else ord(character)
        if coding == "octal":
            code = ord(character) - 48
        if code is None or not 0 <= code < 1 << width:
            raise _unfit(field, text, f"{coding} characters")
        raw = raw << width | code
    return raw


@dataclass(frozen=True, slots=True)
class Group:
    """Parts one after the other."""

    parts: tuple[Named, ...]

    def read(self, bits: Bits) -> Value:
        """Take them; spare bits are left out."""
        found: dict[str, Value] = {}
        for name, node in self.parts:
            value = node.read(bits)
            if name:
                found[name] = value
        return found

    def write(self, value: Value, out: Written, field: str) -> None:
        """Append them; parts that are not named are zero."""
        if not isinstance(value, dict):
            raise _unfit(field, value, "parts by name")
        _check_names(value, [name for name, _ in self.parts], field)
        for name, node in self.parts:
            _write_part(node, name, value, out, field)


@dataclass(frozen=True, slots=True)
class Choice:
    """A number whose coding another part of its group tells, by that part's value."""

    size: int
    told_by: str
    codings: Mapping[int, Element]

    def read(self, bits: Bits) -> Value:
        """Take its bits alone."""
        return bits.take(self.size)

    def write(self, value: Value, out: Written, field: str) -> None:
        """Append its bits alone."""
        Element(self.size).write(value, out, field)

    def chosen(self, parts: Mapping[str, Value]) -> Node:
        """The element of a group's parts; the bits themselves where they tell none."""
        teller = parts.get(self.told_by, 0)
        return self.codings.get(teller, self) if isinstance(teller, int) else self


@dataclass(frozen=True, slots=True)
class Choosing(Group):
    """Parts of which some tell the coding of others behind them."""

    def read(self, bits: Bits) -> Value:
        """Take them; spare bits are left out."""
        found: dict[str, Value] = {}
        for name, node in self.parts:
            value = _settled(node, found).read(bits)
            if name:
                found[name] = value
        return found

    def write(self, value: Value, out: Written, field: str) -> None:
        """Append them; parts that are not named are zero."""
        if isinstance(value, dict):
            parts = tuple((name, _settled(node, value)) for name, node in self.parts)
            Group(parts).write(value, out, field)
        else:
            Group(self.parts).write(value, out, field)


def _settled(node: Node, parts: Mapping[str, Value]) -> Node:
    return node.chosen(parts) if isinstance(node, Choice) else node


@dataclass(frozen=True, slots=True)
class Extended:
    """Parts in extents, each of which says in its last bit whether another follows."""

    extents: tuple[tuple[Named, ...], ...]
    closed: bool
    """The last extent ends with a bit that must be zero."""

    def read(self, bits: Bits) -> Value:
        """Take the extents that are there."""
        found: dict[str, Value] = {}
        last = len(self.extents) - 1
        for number, extent in enumerate(self.extents):
            for name, node in extent:
                value = node.read(bits)
                if name:
                    found[name] = value
            if number == last and not self.closed:
                break
            at = bits.bit
            if not bits.take(1):
                break
            if number == last:
                raise fault(
                    "an extent follows the last one",
                    field=bits.field,
                    position=f"byte {at // 8}",
                    found="1",
                    expected="0",
                    code="too-many-extents",
                )
        return found

    def write(self, value: Value, out: Written, field: str) -> None:
        """Append the extents up to the last that has a part."""
        if not isinstance(value, dict):
            raise _unfit(field, value, "parts by name")
        _check_names(value, [name for extent in self.extents for name, _ in extent], field)
        used = [
            number
            for number, extent in enumerate(self.extents)
            if any(name in value for name, _ in extent if name)
        ]
        final = used[-1] if used else 0
        for number, extent in enumerate(self.extents[: final + 1]):
            for name, node in extent:
                _write_part(node, name, value, out, field)
            if number < len(self.extents) - 1 or self.closed:
                out.put(int(number < final), 1)


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same part several times: counted in bytes before it, or each followed by a bit."""

    count_bytes: int
    part: Node

    def read(self, bits: Bits) -> Value:
        """Take all."""
        if self.count_bytes:
            count = bits.take(8 * self.count_bytes)
            return tuple(self.part.read(bits) for _ in range(count))
        found = [self.part.read(bits)]
        while bits.take(1):
            found.append(self.part.read(bits))
        return tuple(found)

    def write(self, value: Value, out: Written, field: str) -> None:
        """Append all."""
        if not isinstance(value, tuple):
            raise _unfit(field, value, "a tuple")
        if self.count_bytes:
            out.put(len(value), 8 * self.count_bytes)
        for number, one in enumerate(value, start=1):
            self.part.write(one, out, field)
            if not self.count_bytes:
                out.put(int(number < len(value)), 1)


@dataclass(frozen=True, slots=True)
class Explicit:
    """Bytes that say their own length, that byte included."""

    def read(self, bits: Bits) -> Value:
        """Take the bytes after the length."""
        at = bits.bit // 8
        length = bits.take(8)
        if not length:
            raise fault(
                "length of an explicit item is zero",
                field=bits.field,
                position=f"byte {at}",
                found="00",
                expected="1 or more",
                code="wrong-length",
            )
        size = (length - 1) * 8
        return bits.take(size).to_bytes(length - 1, "big")

    def write(self, value: Value, out: Written, field: str) -> None:
        """Append length and bytes."""
        if not isinstance(value, bytes) or len(value) > 254:
            raise _unfit(field, value, "up to 254 bytes")
        out.put(len(value) + 1, 8)
        out.put(int.from_bytes(value, "big"), 8 * len(value))


@dataclass(frozen=True, slots=True)
class Compound:
    """Parts of which a field specification says which are there; ``None`` for a spare place."""

    parts: tuple[Named | None, ...]

    def read(self, bits: Bits) -> Value:
        """Take the parts that are there."""
        field, found = bits.field, dict[str, Value]()
        for index in specification(bits):
            part = self.parts[index] if index < len(self.parts) else None
            if part is None:
                raise spare(field, bits.bit // 8, index)
            name, node = part
            bits.field = f"{field}/{name}"
            found[name] = node.read(bits)
        bits.field = field
        return found

    def write(self, value: Value, out: Written, field: str) -> None:
        """Append specification and parts."""
        if not isinstance(value, dict):
            raise _unfit(field, value, "parts by name")
        _check_names(value, [part[0] for part in self.parts if part], field)
        present = [part is not None and part[0] in value for part in self.parts]
        write_specification(present, out)
        for part in self.parts:
            if part is not None and part[0] in value:
                part[1].write(value[part[0]], out, f"{field}/{part[0]}")


def specification(bits: Bits) -> list[int]:
    """Indices of the items that a field specification announces."""
    found: list[int] = []
    first = 0
    while True:
        byte = bits.take(8)
        found += [first + place for place in range(7) if byte & 0x80 >> place]
        if not byte & 1:
            return found
        first += 7


def write_specification(present: Sequence[bool], out: Written) -> None:
    """Append a field specification, as short as it can be."""
    count = max((index + 1 for index, there in enumerate(present) if there), default=1)
    for first in range(0, count, 7):
        chosen = present[first : first + 7]
        byte = sum(0x80 >> place for place, there in enumerate(chosen) if there)
        out.put(byte | int(first + 7 < count), 8)


def spare(field: str, at: int, index: int) -> Exception:
    """A specification announces what the layout does not have."""
    return fault(
        "an item is announced that the edition does not have",
        field=field,
        position=f"byte {at}",
        found=f"item number {index + 1}",
        expected="an item of the edition",
        code="spare-item",
    )


def _write_part(
    node: Node, name: str, value: Mapping[str, Value], out: Written, field: str
) -> None:
    node.write(value.get(name, 0) if name else 0, out, f"{field}/{name}" if name else field)


def _check_names(value: Mapping[str, Value], known: Sequence[str], field: str) -> None:
    for name in value:
        if name not in known:
            raise _unfit(field, name, f"one of {', '.join(filter(None, known))}")
