"""Segments of Cargo-IMP messages: an identifier with its lines; free texts and customs lines.

Used by the messages that are made of identified segments (FWB, FHL) and by the lines under an air
waybill in manifests. OCI (other customs, security and regulatory information) has four fields, of
which the first three may be empty: country, information identifier, customs information identifier,
value. Senders leave slants out; such a line is kept whole in ``value``.

Notices: ``oci-fields`` an OCI line has not its four fields; it was kept whole; ``identifier-apart`` an
identifier has a line of its own, and what it is about begins below it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Final, NamedTuple, overload

from cargo_platform.formats.cimp import Reading
from cargo_platform.formats.cimp_lines import FEW, Line
from cargo_platform.formats.cimp_rows import Row, text_cell
from cargo_platform.formats.cimp_values import WEIGHT

_CUSTOMS: Final = re.compile(r"/([A-Z]{2}|)/([A-Z]{3}|)/([A-Z0-9]{1,3}|)/(.*)", re.ASCII)
_DIMENSIONS: Final = re.compile(
    rf"(?:/([KL])({WEIGHT})|/)?/(CMT|INH)([0-9]{{1,5}})-([0-9]{{1,5}})-([0-9]{{1,5}})/([0-9]{{1,6}})",
    re.ASCII,
)
LONGEST_TEXT: Final = 65
_TEXT: Final = Row(text_cell("text", LONGEST_TEXT))


class Segment(NamedTuple):
    """Lines that belong together.

    Attributes:
        identifier: three letters; empty for a line that has none and goes on with nothing.
        lines: the first begins with the identifier, the others with a slant.
    """

    identifier: str
    lines: Sequence[Line]

    @property
    def apart(self) -> bool:
        """Whether the identifier has a line of its own, and what it is about follows below."""
        return len(self.lines) > 1 and len(self.lines[0].text) == len(self.identifier) > 0

    def rows(self) -> Iterable[tuple[Line, int]]:
        """Each line with the index at which its first slant stands; an identifier alone is none."""
        if not self.apart:
            yield self.lines[0], len(self.identifier)
        for line in self.lines[1:]:
            yield line, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Lines of a kind the format does not have, kept as they are.

    Attributes:
        after: identifier of the segment before them.
    """

    after: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsLine:
    """One line of OCI; ``whole`` is false when it does not have its four fields."""

    country: str = ""
    information: str = ""
    customs: str = ""
    value: str = ""
    whole: bool = True

    def text(self) -> str:
        """As it is written, with the slant in front."""
        if not self.whole:
            return f"/{self.value}"
        return f"/{self.country}/{self.information}/{self.customs}/{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimensions:
    """Pieces of one size.

    Attributes:
        weight: of all of them, in ``weight_unit`` (K, L).
        unit: CMT centimetre or INH inch; for length, width and height.
    """

    weight: Decimal | None = None
    weight_unit: str = ""
    unit: str
    length: int
    width: int
    height: int
    pieces: int

    def text(self) -> str:
        """As it is written, with the slant in front."""
        weight = "" if self.weight is None else f"{self.weight_unit}{self.weight:f}"
        return f"/{weight}/{self.unit}{self.length}-{self.width}-{self.height}/{self.pieces}"


class Segments(Sequence[Segment]):
    """Segments of many lines, each made when it is asked for.

    Args:
        lines: all of them.
        starts: index of the first line of every segment, and one more behind the last.
    """

    __slots__ = ("_lines", "_starts")

    def __init__(self, lines: Sequence[Line], starts: array[int]) -> None:
        self._lines, self._starts = lines, starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> Segment: ...
    @overload
    def __getitem__(self, index: slice) -> Segments: ...
    def __getitem__(self, index: int | slice) -> Segment | Segments:
        if isinstance(index, slice):
            first, last, _ = index.indices(len(self))
            return Segments(self._lines, self._starts[first : max(first, last) + 1])
        if not 0 <= index < len(self):
            raise IndexError(index)
        start, end = self._starts[index : index + 2]
        return Segment(_identifier(self._lines[start].text), self._lines[start:end])


def segments(lines: Sequence[Line]) -> Sequence[Segment]:
    """Group lines: an identifier begins a segment, a slant goes on with the one above."""
    if len(lines) > FEW:
        begins = (at for at, line in enumerate(lines) if not at or line.text[0] != "/")
        return Segments(lines, array("I", chain(begins, (len(lines),))))
    found: list[Segment] = []
    below: list[Line] = []
    for line in lines:
        if line.text[0] == "/" and found:
            below.append(line)
        else:
            below = [line]
            found.append(Segment(_identifier(line.text), below))
    return found


def _identifier(text: str) -> str:
    """Three letters, before a slant or alone."""
    return text[:3] if text[3:4] in ("/", "") and text[:3].isalpha() else ""


def note_apart(reading: Reading, segment: Segment) -> None:
    """Note an identifier that has a line of its own where fields belong behind it."""
    if segment.apart:
        reading.odd(
            segment.lines[0], "identifier-apart", "the identifier has a line of its own",
            field=segment.identifier,
        )  # fmt: skip


def free_texts(reading: Reading, segment: Segment, field: str = "") -> tuple[str, ...]:
    """The texts of a segment, one per line; slants in them are kept.

    Args:
        reading: takes what is odd.
        segment: with its lines.
        field: what a fault names where the segment itself has no identifier.
    """
    field = segment.identifier or field
    texts = []
    for line, start in segment.rows():
        text = line.text[start:]
        if not text:
            continue
        if text[0] != "/":
            raise reading.fault(
                line, "a slant is missing", field=field, code="slant",
                column=start + 1, expected="/",
            )  # fmt: skip
        if len(text) > LONGEST_TEXT + 1:
            _TEXT.read(reading, line, start) if "/" not in text[1:] else reading.odd(
                line, "field-long", f"more than {LONGEST_TEXT} characters",
                field=field, column=start + 2,
            )  # fmt: skip
        texts.append(text[1:])
    return tuple(texts)


def text_lines(identifier: str, texts: Iterable[str]) -> list[str]:
    """Lines of a free-text segment."""
    return [f"{'' if number else identifier}/{text}" for number, text in enumerate(texts)]


def customs_lines(reading: Reading, segment: Segment) -> tuple[CustomsLine, ...]:
    """The lines of an OCI segment."""
    found = []
    for line, start in segment.rows():
        match = _CUSTOMS.fullmatch(line.text, start)
        if match is None:
            reading.odd(
                line, "oci-fields", "an OCI line without its four fields", field="OCI",
                column=start + 1,
            )  # fmt: skip
            found.append(CustomsLine(value=line.text[start:].removeprefix("/"), whole=False))
        else:
            country, information, customs, value = match.groups()
            found.append(
                CustomsLine(country=country, information=information, customs=customs, value=value)
            )
    return tuple(found)


def customs_text(lines: Sequence[CustomsLine]) -> list[str]:
    """Lines of an OCI segment."""
    return [("" if number else "OCI") + line.text() for number, line in enumerate(lines)]


def dimensions(line: Line, start: int) -> Dimensions | None:
    """Read ``[/Kweight]/CMT80-40-20/4`` from a place in a line; ``None`` for another shape."""
    found = _DIMENSIONS.fullmatch(line.text, start)
    if found is None:
        return None
    unit, weight, measure, length, width, height, pieces = found.groups()
    return Dimensions(
        weight=Decimal(weight) if weight else None,
        weight_unit=unit or "",
        unit=measure,
        length=int(length),
        width=int(width),
        height=int(height),
        pieces=int(pieces),
    )


def kept_after(unread: Iterable[Unread], name: str) -> list[str]:
    """Lines of unknown kinds that stood behind something."""
    return [line for kept in unread if kept.after == name for line in kept.lines]


def unread(reading: Reading, segment: Segment, after: str) -> Unread:
    """Keep a segment of an unknown kind."""
    reading.odd(
        segment.lines[0], "unknown-line", "a line of this kind is not known here",
        field=segment.identifier or "line",
    )  # fmt: skip
    return Unread(after=after, lines=tuple(line.text for line in segment.lines))
