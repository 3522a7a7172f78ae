"""The text of one ATS message: lines joined, with the place of every character.

A message may consist of very many short lines, so that what is known of each are three numbers, and
lines are made again when a place is asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from airport_brain.operations.formats.text_reading import Line, Lines


class Pieces:
    """Parts of lines, each by its line and where it begins and ends in it."""

    __slots__ = ("_lines", "_numbers")

    def __init__(self, lines: Lines, numbers: Sequence[int] = ()) -> None:
        self._lines, self._numbers = lines, array("I", numbers)

    def __len__(self) -> int:
        return len(self._numbers) // 3

    def __getitem__(self, index: int) -> Line:
        index %= len(self)
        at, start, end = self._numbers[3 * index : 3 * index + 3]
        return self._lines[at].cut(start, end)

    def __iter__(self) -> Iterator[Line]:
        return map(self.__getitem__, range(len(self)))

    def add(self, at: int, start: int, end: int) -> None:
        """Put a part behind the others: index of its line, first character, character after the last."""
        self._numbers.extend((at, start, end))


class Running:
    """Text that runs over lines, joined with a blank, or with nothing before one that begins with ``tight``.

    Attributes:
        text: all of it.
    """

    __slots__ = ("_pieces", "_starts", "text")

    def __init__(self, pieces: Pieces, *, tight: str) -> None:
        self._pieces, self._starts = pieces, array("I")
        self.text = "".join(self._joined(tight))

    def _joined(self, tight: str) -> Iterator[str]:
        length = 0
        for piece in self._pieces:
            if length and not piece.text.startswith(tight):
                length += 1
                yield " "
            self._starts.append(length)
            length += len(piece.text)
            yield piece.text

    @property
    def breaks(self) -> tuple[int, ...]:
        """Offsets of the text where a line of the original began, the first line aside."""
        return tuple(self._starts[1:])

    def at(self, offset: int) -> str:
        """Place of a character in the original."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        piece = self._pieces[index]
        return piece.at(min(offset - self._starts[index], len(piece.text)))


def broken(text: str, breaks: Sequence[int]) -> list[str]:
    """Cut a text into lines; a blank at the end of a line was the joint."""
    starts = [0, *breaks]
    return [text[a:b].removesuffix(" ") for a, b in zip(starts, [*breaks, len(text)], strict=True)]
