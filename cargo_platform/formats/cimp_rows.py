"""The shape of a Cargo-IMP line: cells between slants, read with one pattern, explained when it fails.

A :class:`Row` is matched as a whole, because nearly every line of real traffic is right. Only when it
does not match are the cells tried one after the other to say which of them is at fault, and where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from cargo_platform.formats.cimp import Reading
from cargo_platform.formats.cimp_lines import Line
from service_bus import Malformed

Found = re.Match[str]
_TEXT: Final = "([^/]*)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of a line.

    Attributes:
        pattern: of its text, with a group for each value taken from it.
        expected: what it should look like, for people.
        optional: the line may end before it.
        limit: characters the standard allows; longer text is odd, not wrong. 0: no limit.
        shown: whether a fault may show what stands there (not for names and numbers of people).
    """

    name: str
    pattern: str
    expected: str
    optional: bool = False
    limit: int = 0
    shown: bool = True


def text_cell(name: str, limit: int, *, optional: bool = False) -> Cell:
    """A cell of free text up to ``limit`` characters."""
    return Cell(
        name=name,
        pattern=_TEXT,
        expected=f"text of up to {limit} characters",
        optional=optional,
        limit=limit,
        shown=False,
    )


def _compiled(cells: tuple[Cell, ...], rest: str) -> re.Pattern[str]:
    pattern = "((?:/.*)?)" if rest else ""
    for cell in reversed(cells):
        pattern = f"/{cell.pattern}{pattern}"
        if cell.optional:
            pattern = f"(?:{pattern})?"
    return re.compile(pattern, re.ASCII)


class Row:
    """Cells that follow each other, each after a slant."""

    def __init__(self, *cells: Cell, rest: str = "") -> None:
        """Compile the row.

        Args:
            cells: in order; behind an optional cell all are optional.
            rest: name of what may follow the cells: free text or fields known by their shape, given
                as the last group with its slant in front.
        """
        self._cells = tuple(re.compile(cell.pattern, re.ASCII) for cell in cells)
        self._meanings = cells
        self._rest = rest
        self._whole = _compiled(cells, rest)
        ends_in_text = not rest and cells[-1].pattern == _TEXT
        open_end = (*cells[:-1], replace(cells[-1], pattern="(.*)"))
        self._open = _compiled(open_end, "") if ends_in_text else None
        self._limits: list[tuple[int, Cell]] = []
        group = 1
        for cell, compiled in zip(cells, self._cells, strict=True):
            if cell.limit:
                self._limits.append((group, cell))
            group += compiled.groups
        self._shortest_limit = min((c.limit for _, c in self._limits), default=1 << 30)

    def read(self, reading: Reading, line: Line, start: int) -> Found:
        """Match the text of a line from ``start``; the groups of all cells, in order.

        Raises:
            Malformed: names the cell that does not fit.
        """
        found = self._whole.fullmatch(line.text, start)
        if found is None:
            found = self._with_slants(reading, line, start)
        if len(line.text) - start > self._shortest_limit:
            self._check_lengths(reading, line, found)
        return found

    def _with_slants(self, reading: Reading, line: Line, start: int) -> Found:
        """Match a line whose last text holds slants."""
        found = self._open.fullmatch(line.text, start) if self._open else None
        if found is None:
            raise self._explain(reading, line, start)
        last = found.start(found.re.groups)
        reading.odd(
            line, "text-slant", "a slant inside a text", field=self._meanings[-1].name,
            column=line.text.index("/", last) + 1,
        )  # fmt: skip
        return found

    def fits(self, line: Line, start: int) -> bool:
        """Whether a line has this shape."""
        return self._whole.fullmatch(line.text, start) is not None

    def _check_lengths(self, reading: Reading, line: Line, found: Found) -> None:
        for group, cell in self._limits:
            if len(found[group] or "") > cell.limit:
                reading.odd(
                    line,
                    "field-long",
                    f"more than {cell.limit} characters",
                    field=cell.name,
                    column=found.start(group) + 1,
                )

    def _explain(self, reading: Reading, line: Line, start: int) -> Malformed:
        column, texts = start + 1, line.text[start:].split("/")
        if texts[0]:
            return reading.fault(
                line, "a slant is missing", field=self._first(), code="slant", column=column,
                expected="/",
            )  # fmt: skip
        texts.pop(0)
        column += 1
        for number, (cell, compiled) in enumerate(zip(self._meanings, self._cells, strict=True)):
            text = texts[number] if number < len(texts) else None
            if text is None and cell.optional:
                break
            if text is None or compiled.fullmatch(text) is None:
                return reading.fault(
                    line,
                    f"{cell.name} is missing" if not text else f"not a right {cell.name}",
                    field=cell.name,
                    column=min(column, len(line.text) + 1),
                    found=(text or "") if cell.shown else "",
                    expected=cell.expected,
                    code=f"bad-{cell.name.replace(' ', '-').lower()}",
                )
            column += len(text) + 1
        return reading.fault(
            line, "more fields than the line has", field=self._meanings[-1].name, column=column,
            code="fields", expected=f"{len(self._meanings)} fields at most",
        )  # fmt: skip

    def _first(self) -> str:
        return self._meanings[0].name if self._meanings else self._rest
