"""State of one reading of a text message: where things stand, what was odd, how faults are said.

Telexes, flight plans and schedule files are lines of text. A :class:`Line` knows its number in the
original, so every fault and every notice names line and column. What stands in a fault is cut short;
fields that hold people's names say ``private=True`` and are not repeated at all.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, overload

from service_bus import Malformed, Mode, Notice, TooLarge

FEW: Final = 200
"""Lines of a text that are simply held; telexes have fewer."""

MAX_NOTICES: Final = 200
"""Notices kept of one message: enough to see a pattern, too few to be a load."""

MAX_BYTES: Final = 65_536
"""Default cap of a telex; the networks carry about 3,800 (Type B) and 2,100 (AFTN) characters."""

MAX_MESSAGES: Final = 1_000
"""Messages in one input; files that providers hand over hold some dozens."""

SHOWN: Final = 40
"""Characters of the original that a fault repeats."""

WITH_NAMES: Final = frozenset({"type-b", "ptm", "psm"})
"""Formats whose text may hold passengers' names: a name may stand wherever a line is out of place, so
faults repeat of their lines only which kind of character stands where."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the original: number from 1, text without its end, column of the first character."""

    number: int
    text: str
    column: int = 1

    def at(self, offset: int = 0) -> str:
        """Place of a character, by its index in ``text``."""
        return f"line {self.number} column {self.column + offset}"

    def cut(self, start: int, end: int | None = None) -> Line:
        """A part of the line that still knows its place."""
        return Line(self.number, self.text[start:end], self.column + start)

    def bare(self) -> Line:
        """Without blanks in front."""
        text = self.text
        return self.cut(len(text) - len(text.lstrip())) if text[:1].isspace() else self

    def words(self) -> list[Line]:
        """The parts between blanks."""
        return list(self.each_word())

    def each_word(self) -> Iterator[Line]:
        """The same, each when it is asked for: a line may be as long as a message."""
        start = 0
        while start < len(self.text):
            end = self.text.find(" ", start)
            end = len(self.text) if end < 0 else end
            if end > start:
                yield self.cut(start, end)
            start = end + 1

    def split(self, separator: str) -> list[Line]:
        """The parts between separators, empty ones included."""
        parts, start = [], 0
        for part in self.text.split(separator):
            parts.append(self.cut(start, start + len(part)))
            start += len(part) + len(separator)
        return parts


class Lines(Sequence[Line]):
    """Lines of one text, each made when it is asked for: a text may consist of little but line ends.

    Args:
        text: all of it, with a line feed between lines.
        starts: offset of every line, and one more behind the last.
        first: number of the first line in the original.
        chosen: indices of the lines that are in it.
        front: lines that stand before them.
        bare: whether lines come without the blanks in front of their text.
        made: all of them, where they are few.
    """

    __slots__ = ("_bare", "_chosen", "_first", "_front", "_made", "_starts", "_text")

    def __init__(
        self,
        text: str,
        starts: Sequence[int],
        first: int,
        chosen: Sequence[int],
        front: tuple[Line, ...] = (),
        *,
        bare: bool = False,
        made: Sequence[Line] = (),
    ) -> None:
        self._made = made
        self._text, self._starts, self._first = text, starts, first
        self._chosen, self._front, self._bare = chosen, front, bare

    def __len__(self) -> int:
        return len(self._front) + len(self._chosen)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Lines: ...
    def __getitem__(self, index: int | slice) -> Line | Lines:
        count = len(self._front)
        if isinstance(index, slice):
            start, stop, _ = index.indices(len(self))
            chosen = self._chosen[max(0, start - count) : max(0, stop - count)]
            return self._with(chosen, self._front[start:stop])
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self._front[at] if at < count else self._line(self._chosen[at - count])

    def __iter__(self) -> Iterator[Line]:
        yield from self._front
        yield from map(self._made.__getitem__ if self._made else self._line, self._chosen)

    def _line(self, at: int) -> Line:
        if self._made:
            return self._made[at]
        text = self._text[self._starts[at] : self._starts[at + 1] - 1].rstrip()
        if self._bare and text[:1].isspace():
            return Line(self._first + at, bare := text.lstrip(), 1 + len(text) - len(bare))
        return Line(self._first + at, text)

    def _with(
        self, chosen: Sequence[int], front: tuple[Line, ...], *, bare: bool | None = None
    ) -> Lines:
        bare = self._bare if bare is None else bare
        return Lines(
            self._text, self._starts, self._first, chosen, front, bare=bare, made=self._made
        )

    def behind(self, front: Sequence[Line]) -> Lines:
        """These lines with others before them."""
        return self._with(self._chosen, (*front, *self._front))

    def bare(self) -> Lines:
        """These lines without the blanks in front of their text."""
        bare = self._with(self._chosen, tuple(one.bare() for one in self._front), bare=True)
        bare._made = [one.bare() for one in self._made]
        return bare

    def filled(self) -> Lines:
        """Those that hold more than blanks."""
        chosen = array("I", (at for at in self._chosen if self._line(at).text.strip()))
        return self._with(chosen, tuple(one for one in self._front if one.text.strip()))


@dataclass(slots=True)
class TextReading:
    """One reading in one mode."""

    format: str
    strict: bool
    notices: list[Notice] = field(default_factory=list)

    @classmethod
    def start(cls, format: str, mode: Mode) -> TextReading:
        """A reading in ``mode``."""
        return cls(format, strict=mode == "strict")

    def fault(
        self,
        place: Line | str,
        code: str,
        reason: str,
        *,
        field: str,
        expected: str = "",
        private: bool = False,
    ) -> Malformed:
        """The error for a place; a :class:`Line` is also what was found, unless private."""
        line = place if isinstance(place, Line) else None
        return Malformed(
            self.format,
            reason,
            field=field,
            position=line.at() if line else str(place),
            found=self._shown(line.text) if line and not private else "",
            expected=expected,
            code=f"{self.format}-{code}",
        )

    def _shown(self, text: str) -> str:
        shown = printable(text)
        return veiled(shown) if self.format in WITH_NAMES else shown

    def notice(self, place: Line | str, code: str, field: str, text: str) -> None:
        """Note something odd; in strict mode it is a fault."""
        position = place.at() if isinstance(place, Line) else place
        if self.strict:
            raise Malformed(
                self.format, text, field=field, position=position, code=f"{self.format}-{code}"
            )
        if len(self.notices) < MAX_NOTICES:
            self.notices.append(
                Notice(code=f"{self.format}-{code}", field=field, position=position, text=text)
            )


def printable(text: str) -> str:
    """What a fault repeats of the original: short, and without control characters."""
    return "".join(c if c.isprintable() else "?" for c in text[:SHOWN])


def veiled(text: str) -> str:
    """The pattern of a text: its letters as ``X``, its digits as ``9``.

    >>> veiled("ZHANG/SAN 12A")
    'XXXXX/XXX 99X'
    """
    return "".join("9" if c.isdigit() else "X" if c.isalpha() else c for c in text)


def check_size(data: bytes, max_bytes: int, format: str) -> None:
    """Refuse what is larger than any real message.

    Raises:
        TooLarge: over the cap.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, f"{format} message")


def text_lines(data: bytes, reading: TextReading, *, before: int = 0) -> Lines:
    """All lines of a telex, ends and trailing blanks taken off; control characters become blanks.

    Bytes outside ASCII are read as Latin-1, so that columns stay bytes, and are noted.

    Args:
        data: the bytes.
        reading: gathers the notices.
        before: lines of the original before these bytes.
    """
    text = data.decode("latin-1")
    if not text.isascii():
        at = next(i for i, c in enumerate(text) if ord(c) > 127)
        line = text.count("\n", 0, at) + 1 + before
        column = at - text.rfind("\n", 0, at)
        reading.notice(
            f"line {line} column {column}",
            "not-ascii",
            "character",
            "a byte outside ASCII; read as Latin-1",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKED)
    if text.count("\n") < FEW:
        rows = enumerate(text.split("\n"), start=before + 1)
        made = [Line(number, row.rstrip()) for number, row in rows]
        return Lines(text, (), before + 1, range(len(made)), made=made)
    starts, at = array("I", [0]), text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    starts.append(len(text) + 1)
    return Lines(text, starts, before + 1, range(len(starts) - 1))


_BLANKED: Final = dict.fromkeys((*range(10), *range(11, 32), 127), " ")
