"""The lines of a text, so held that very many short ones take little room."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import Final, overload

LINE_END: Final = re.compile("\r\n|\n|\r")

FEW: Final = 500
"""Lines that are simply held."""

LONG: Final = 12
"""Characters of a line from which on a list of texts is small beside the text, and faster."""


class Rows(Sequence[str]):
    """Lines that are cut out of their text when they are asked for."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self._text, self._starts = text, starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> str | Rows:
        if isinstance(index, slice):
            start, stop, _ = index.indices(len(self))
            return Rows(self._text, self._starts[start : max(start, stop) + 1])
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self._text[self._starts[at] : self._starts[at + 1]].rstrip("\r\n")


def rows(text: str) -> Sequence[str]:
    """The lines of a text without their ends.

    >>> list(rows("PNL\\r\\n\\nA"))
    ['PNL', '', 'A']
    """
    count = text.count("\n") + text.count("\r")
    if count < FEW or count * LONG < len(text):
        return LINE_END.split(text)
    starts = array("I", [0])
    starts.extend(found.end() for found in LINE_END.finditer(text))
    starts.append(len(text))
    return Rows(text, starts)
