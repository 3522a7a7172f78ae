"""Lines of a Cargo-IMP text with their places, and a table of them that very many make little of."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, overload

FEW: Final = 100
"""Lines that are simply held; real messages have fewer."""


class Line(NamedTuple):
    """A line of the message.

    Attributes:
        number: from 1, in the original.
        text: without line end and blanks around it.
        indent: characters of the original line before ``text``.
    """

    number: int
    text: str
    indent: int = 0


class Table(Sequence[Line]):
    """Lines that are made again when they are asked for: of each, four numbers are known.

    Args:
        text: what they are part of.
        numbers: number, offset of text, offset behind it, and indent of every line.
    """

    __slots__ = ("_numbers", "_text")

    def __init__(self, text: str, numbers: array[int]) -> None:
        self._text, self._numbers = text, numbers

    def __len__(self) -> int:
        return len(self._numbers) // 4

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Table: ...
    def __getitem__(self, index: int | slice) -> Line | Table:
        if isinstance(index, slice):
            start, stop, _ = index.indices(len(self))
            return Table(self._text, self._numbers[4 * start : 4 * stop])
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        number, start, end, indent = self._numbers[4 * at : 4 * at + 4]
        return Line(number, self._text[start:end], indent)

    def __iter__(self) -> Iterator[Line]:
        return map(self.__getitem__, range(len(self)))

    def add(self, line: Line, start: int) -> None:
        """Put a line behind the others; ``start`` is where its row begins in the text."""
        start += line.indent
        self._numbers.extend((line.number, start, start + len(line.text), line.indent))


def each_row(text: str) -> Iterator[str]:
    """The rows between line feeds, each when it is asked for; an empty last one is none."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    if start < len(text):
        yield text[start:]
