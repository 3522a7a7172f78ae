"""Segments of UN/EDIFACT (ISO 9735): divided by their own service characters, and written.

``UNA`` before an interchange sets six characters: component, element, decimal mark, release,
repetition (or a blank) and segment terminator; without it they are ``:+.? '``, or the same with ``"`` at the
end of segments where the first one shows it: host-to-host links of border control have no apostrophe. A
released character is text.
Line ends between segments belong to nobody. Offsets are bytes of the original, from 0.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, overload

from passenger_id.formats.masking import shape
from service_bus import Malformed

_TAG: Final = re.compile("[A-Z]{3}")
_BREAK: Final = re.compile("[\r\n\x00]")
_BETWEEN: Final = "\r\n \t\x00\x01\x02\x03\x04"
MOST_SEGMENTS: Final = 25_000
"""Segments of interchanges one after the other: 850 people with 29 segments each, and no aircraft carries
more."""
MOST_ELEMENTS: Final = 70_000
"""Elements and components in them: 80 for each of 850 people."""
MOST_IN_ONE: Final = 500
"""The same in one segment; those of real ones are fewer than 50."""
_MOST_KNOWN: Final = 1024
_LONGEST_KNOWN: Final = 16
"""Short elements come again and again (``FL``, ``AUS``, nothing); so many of them are made only once."""

CHARSETS: Final = {
    "UNOA": "ascii",
    "UNOB": "ascii",
    "UNOC": "iso8859-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
    "UNOW": "utf-8",
    "UNOY": "utf-8",
}
"""Character set by the syntax identifier of UNB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCharacters:
    """The six characters of UNA."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    repetition: str = " "
    terminator: str = "'"

    def advice(self) -> str:
        """UNA with these characters."""
        return (
            f"UNA{self.component}{self.element}{self.decimal}"
            f"{self.release}{self.repetition}{self.terminator}"
        )


STANDARD: Final = ServiceCharacters()
QUOTED: Final = ServiceCharacters(terminator='"')
"""Those of links whose character set has no apostrophe."""
_LONGEST_FIRST: Final = 500
"""Characters in which the first segment ends; UNB has some 60."""
_NEXT: Final = re.compile(r"(?:UN[GH]|BGM)\+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One segment.

    Attributes:
        tag: three capitals.
        elements: data elements, each a tuple of components, released characters as themselves.
        after: what stands between this segment and the next, usually nothing or a line end.
        offset: of its tag.
        broken: line ends inside it were left out.
    """

    tag: str
    elements: tuple[tuple[str, ...], ...] = ()
    after: str = field(default="", compare=False, repr=False)
    offset: int = field(default=0, compare=False)
    broken: bool = field(default=False, compare=False, repr=False)

    def get(self, element: int, component: int = 0) -> str:
        """A component, both counted from 0; ``""`` where it is not there."""
        if element >= len(self.elements) or component >= len(self.elements[element]):
            return ""
        return self.elements[element][component]


def read_service_characters(text: str, at: int, format: str) -> tuple[ServiceCharacters, int]:
    """The characters that apply at ``at``, and the offset after UNA if there is one."""
    if not text.startswith("UNA", at):
        return QUOTED if _is_quoted(text, at) else STANDARD, at
    found = text[at + 3 : at + 9]
    # A blank as release character means that there is none (ISO 9735, version 1).
    marks = [found[i : i + 1] for i in (0, 1, 3, 5) if found[i : i + 1] != " "]
    full = len(found) == 6 and len(marks) >= (4 if found[3] != " " else 3)
    if not full or len(set(marks)) < len(marks) or any(_misused(m) for m in marks):
        raise Malformed(
            format,
            "service string advice does not fit",
            field="UNA",
            position=f"byte {at + 3}",
            found=shape(found) if found.isprintable() and found.isascii() else "",
            expected="six service characters, like :+.? '",
            code="wrong-advice",
        )
    return (
        ServiceCharacters(
            component=found[0],
            element=found[1],
            decimal=found[2],
            release=found[3],
            repetition=found[4],
            terminator=found[5],
        ),
        at + 9,
    )


def _is_quoted(text: str, at: int) -> bool:
    """Whether the first segment ends with a quotation mark that another segment follows."""
    end = text.find('"', at, at + _LONGEST_FIRST)
    if end < 0 or text.find("'", at, end) >= 0:
        return False
    follows = _BREAK.sub("", text[end + 1 : end + _LONGEST_FIRST]).lstrip(_BETWEEN)
    return _NEXT.match(follows) is not None


def _misused(mark: str) -> bool:
    """A letter, a digit or white space as service character; a line feed may end segments."""
    return mark.isalnum() or (mark.isspace() and mark != "\n")


class Segments(Sequence[Segment]):
    """Segments that are cut out of their text when they are asked for.

    Args:
        source: the text they stand in.
        chosen: numbers of those that are in it.
        charset: of their texts.
    """

    __slots__ = ("_charset", "_chosen", "_source")

    def __init__(self, source: Source, chosen: Sequence[int], charset: str = "latin-1") -> None:
        self._source, self._chosen, self._charset = source, chosen, charset

    def __len__(self) -> int:
        return len(self._chosen)

    @overload
    def __getitem__(self, index: int) -> Segment: ...
    @overload
    def __getitem__(self, index: slice) -> Segments: ...
    def __getitem__(self, index: int | slice) -> Segment | Segments:
        if isinstance(index, slice):
            return Segments(self._source, self._chosen[index], self._charset)
        segment, _ = self._source.read(self._source.starts[self._chosen[index]])
        return segment if self._charset == "latin-1" else decoded(segment, self._charset)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def tag(self, index: int) -> str:
        """The tag of a segment, without reading the rest of it."""
        start = self._source.starts[self._chosen[index]]
        tag = self._source.text[start : start + 3]
        return tag if _TAG.fullmatch(tag) else self[index].tag

    def offset(self, index: int) -> int:
        """Where a segment begins."""
        return self._source.starts[self._chosen[index]]

    def chosen(self, numbers: Iterator[int]) -> Segments:
        """Some of these."""
        return Segments(self._source, array("I", (self._chosen[n] for n in numbers)), self._charset)

    def written_in(self, charset: str) -> Segments:
        """The same with texts of a character set."""
        return Segments(self._source, self._chosen, charset)


class Source:
    """A text of segments that share their service characters, and where each begins.

    Args:
        text: one character for each byte.
        characters: the service characters.
        format: in whose name faults are raised.
    """

    __slots__ = ("_characters", "_format", "_known", "_marks", "starts", "text")

    def __init__(self, text: str, characters: ServiceCharacters, format: str) -> None:
        c = characters
        marks = {c.component, c.element, c.terminator} | ({c.release} - {" "})
        self._marks = re.compile("[" + re.escape("".join(sorted(marks))) + "]")
        self._known: dict[str, tuple[str, ...]] = {}
        self._characters, self._format = characters, format
        self.text, self.starts = text, array("I")

    def read(self, at: int) -> tuple[Segment, int]:
        """The segment at an offset, and the offset after it."""
        c, text = self._characters, self.text
        end = text.find(c.terminator, at)
        if end < 0:
            raise _no_end(text, at, c, self._format)
        if c.release != " " and text.find(c.release, at, end) >= 0:
            return _segment(text, at, c, self._marks, self._format)
        if text.count(c.element, at, end) + text.count(c.component, at, end) > MOST_IN_ONE:
            raise _too_many("elements", text[at : at + 3], at, MOST_IN_ONE, self._format)
        elements = [_components(e, c, self._known) for e in text[at:end].split(c.element)]
        return _finished(text, at, end + 1, elements, self._format)


class SegmentReader:
    """Finds the segments of a text, and refuses more of them than any real interchange has.

    Args:
        text: one character for each byte.
        format: in whose name faults are raised.
        most: of some tags no more than so many.
    """

    def __init__(self, text: str, format: str, most: Mapping[str, int]) -> None:
        self._text, self._format = text, format
        self._most = {"": MOST_SEGMENTS, **most}
        self._found: Counter[str] = Counter()
        self._elements = MOST_ELEMENTS

    def read(self, at: int, characters: ServiceCharacters) -> tuple[Segments, int, Segment | None]:
        """Segments from ``at`` on, the offset after them, and the first with a line end inside it.

        They end with the text, before the advice of another interchange, or behind UNZ where no
        interchange follows. Line ends inside a segment, which telegrams put anywhere, are left out.

        Raises:
            Malformed: a tag that is none, a segment without its end, or too many of them.
        """
        text, source = self._text, Source(self._text, characters, self._format)
        broken: Segment | None = None
        while at < len(text) and not text.startswith("UNA", at):
            segment, end = source.read(at)
            self._count(segment)
            source.starts.append(at)
            if segment.broken and broken is None:
                broken = segment
            at = end
            if segment.tag == "UNZ" and not text.startswith("UNB", at):
                break
        return Segments(source, range(len(source.starts))), at, broken

    def _count(self, segment: Segment) -> None:
        self._elements -= sum(map(len, segment.elements))
        if self._elements < 0:
            raise _too_many("elements", segment.tag, segment.offset, MOST_ELEMENTS, self._format)
        for kind in ("", segment.tag):
            if kind in self._most:
                self._found[kind] += 1
                if self._found[kind] > self._most[kind]:
                    raise _too_many(
                        "segments", segment.tag, segment.offset, self._most[kind], self._format
                    )


def _too_many(what: str, tag: str, at: int, most: int, format: str) -> Malformed:
    return Malformed(
        format, f"too many {what}", field=_shown_tag(tag), position=f"byte {at}",
        expected=f"at most {most}", code=f"too-many-{what}",
    )  # fmt: skip


def _components(
    element: str, c: ServiceCharacters, known: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Components of an element without released characters; the same object for the same text."""
    found = known.get(element)
    if found is None:
        found = tuple(element.split(c.component)) if c.component in element else (element,)
        if len(element) <= _LONGEST_KNOWN and len(known) < _MOST_KNOWN:
            known[element] = found
    return found


def _segment(
    text: str, at: int, c: ServiceCharacters, pattern: re.Pattern[str], format: str
) -> tuple[Segment, int]:
    start = at
    pieces: list[str] = []
    components: list[str] = []
    elements: list[tuple[str, ...]] = []
    while match := pattern.search(text, at):
        mark = match[0]
        pieces.append(text[at : match.start()])
        at = match.end()
        if mark == c.release and mark != " ":
            if at >= len(text):
                break
            pieces.append(text[at])
            at += 1
            continue
        components.append("".join(pieces))
        pieces = []
        if len(elements) + len(components) > MOST_IN_ONE:
            raise _too_many("elements", text[start : start + 3], start, MOST_IN_ONE, format)
        if mark == c.component:
            continue
        elements.append(tuple(components))
        components = []
        if mark == c.terminator:
            return _finished(text, start, at, elements, format)
    raise _no_end(text, start, c, format)


def _no_end(text: str, start: int, c: ServiceCharacters, format: str) -> Malformed:
    return Malformed(
        format,
        "the last segment has no end",
        field=_shown_tag(text[start : start + 3]),
        position=f"byte {len(text)}",
        expected=f"the segment terminator {c.terminator}",
        code="cut-short",
    )


def _finished(
    text: str, start: int, at: int, elements: list[tuple[str, ...]], format: str
) -> tuple[Segment, int]:
    broken = _BREAK.search(text, start, at - 1) is not None
    if broken:
        elements = [tuple(_unbroken(part) for part in element) for element in elements]
    tag = elements[0][0]
    if not _TAG.fullmatch(tag) or len(elements[0]) > 1:
        raise Malformed(
            format,
            "no segment tag",
            field="segment tag",
            position=f"byte {start}",
            found=_shown_tag(tag),
            expected="three capitals",
            code="wrong-tag",
        )
    end = at
    while at < len(text) and text[at] in _BETWEEN:
        at += 1
    del elements[0]
    made = Segment(
        tag=tag, elements=tuple(elements), after=text[end:at], offset=start, broken=broken
    )
    return made, at


def _unbroken(text: str) -> str:
    """A text without the line ends in it, of which there may be very many."""
    return text.replace("\r", "").replace("\n", "").replace("\x00", "")


def _shown_tag(tag: str) -> str:
    """A tag as far as it may be shown: damaged segments could begin with anything."""
    return tag if _TAG.fullmatch(tag) else "segment"


def is_ascii(segment: Segment) -> bool:
    """Whether a segment reads the same in any character set."""
    return all(text.isascii() for element in segment.elements for text in element)


def decoded(segment: Segment, charset: str) -> Segment:
    """A segment with its texts in a character set.

    Raises:
        UnicodeDecodeError: they are not.
    """
    if is_ascii(segment):
        return segment
    elements = tuple(
        tuple(text.encode("latin-1").decode(charset) for text in element)
        for element in segment.elements
    )
    return replace(segment, elements=elements)


def write_segment(segment: Segment, characters: ServiceCharacters) -> str:
    """A segment with its terminator; service characters in its text are released."""
    c = characters
    special = "".join(sorted({c.component, c.element, c.terminator, c.release} - {" "}))
    pattern = re.compile("([" + re.escape(special) + "])")
    release = c.release.replace("\\", "\\\\")

    def plain(text: str) -> str:
        return text if c.release == " " else pattern.sub(release + r"\1", text)

    elements = [c.component.join(map(plain, element)) for element in segment.elements]
    return c.element.join([segment.tag, *elements]) + c.terminator + segment.after
