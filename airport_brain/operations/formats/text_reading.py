"""State of one reading of a text message: where things stand, what was odd, how faults are said.

Telexes, flight plans and schedule files are lines of text. A :class:`Line` knows its number in the
original, so every fault and every notice names line and column. What stands in a fault is cut short;
fields that hold people's names say ``private=True`` and are not repeated at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from service_bus import Malformed, Mode, Notice, TooLarge

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

    def words(self) -> list[Line]:
        """The parts between blanks."""
        parts, start = [], 0
        for word in self.text.split(" "):
            if word:
                parts.append(self.cut(start, start + len(word)))
            start += len(word) + 1
        return parts

    def split(self, separator: str) -> list[Line]:
        """The parts between separators, empty ones included."""
        parts, start = [], 0
        for part in self.text.split(separator):
            parts.append(self.cut(start, start + len(part)))
            start += len(part) + len(separator)
        return parts


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


def text_lines(data: bytes, reading: TextReading, *, before: int = 0) -> list[Line]:
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
    lines: list[Line] = []
    for number, content in enumerate(text.split("\n"), start=before + 1):
        content = content.rstrip()
        # Blank lines in a row are one object: telexes may be full of them.
        if content or not lines or lines[-1].text:
            lines.append(Line(number, content))
        else:
            lines.append(lines[-1])
    if not lines[-1].text:
        lines[-1] = Line(before + len(lines), "")
    return lines


_BLANKED: Final = dict.fromkeys((*range(10), *range(11, 32), 127), " ")


@dataclass(frozen=True, slots=True)
class Running:
    """Text that runs over lines, joined, with the place of every character.

    ``breaks`` are offsets of the joined text where a line of the original began.
    """

    text: str
    starts: tuple[tuple[int, Line], ...]

    @classmethod
    def join(cls, lines: Sequence[Line], *, tight: str) -> Running:
        """Join lines with a blank, or with nothing before a line that begins with ``tight``."""
        text = ""
        starts: list[tuple[int, Line]] = []
        for line in lines:
            if text and not line.text.startswith(tight):
                text += " "
            starts.append((len(text), line))
            text += line.text
        return cls(text, tuple(starts))

    @property
    def breaks(self) -> tuple[int, ...]:
        """Where a line of the original began, the first line aside."""
        return tuple(offset for offset, _ in self.starts[1:])

    def at(self, offset: int) -> str:
        """Place of a character in the original."""
        begin, line = self.starts[0]
        for start, candidate in self.starts:
            if start > offset:
                break
            begin, line = start, candidate
        return line.at(min(offset - begin, len(line.text)))


def broken(text: str, breaks: Sequence[int]) -> list[str]:
    """Cut a text into lines; a blank at the end of a line was the joint."""
    starts = [0, *breaks]
    return [text[a:b].removesuffix(" ") for a, b in zip(starts, [*breaks, len(text)], strict=True)]
