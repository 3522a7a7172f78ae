"""Segments of UN/EDIFACT (ISO 9735): divided by their own service characters, and written.

``UNA`` before an interchange sets six characters: component, element, decimal mark, release,
repetition (or a blank) and segment terminator; without it they are ``:+.? '``, or the same with ``"`` at the
end of segments where the first one shows it: host-to-host links of border control have no apostrophe. A
released character is text.
Line ends between segments belong to nobody. Offsets are bytes of the original, from 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from passenger_id.formats.masking import shape
from service_bus import Malformed

_TAG: Final = re.compile("[A-Z]{3}")
_BREAK: Final = re.compile("[\r\n\x00]")
_BETWEEN: Final = "\r\n \t\x00\x01\x02\x03\x04"
MOST_SEGMENTS: Final = 50_000
"""Segments of interchanges one after the other: two thousand people with 25 segments each, where the
largest aircraft carries some 850."""
_MOST_KNOWN: Final = 4096
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


def read_segments(
    text: str, at: int, characters: ServiceCharacters, format: str, *, most: int = MOST_SEGMENTS
) -> tuple[list[Segment], int]:
    """Segments from ``at`` on, and the offset after them.

    They end with the text, before the advice of another interchange, or behind UNZ where no
    interchange follows. ``text`` has one character for each byte. Line ends inside a segment, which
    telegrams put anywhere, are left out.

    Raises:
        Malformed: a tag that is none, a segment without its end, or more segments than ``most``.
    """
    c = characters
    marks = {c.component, c.element, c.terminator} | ({c.release} - {" "})
    pattern = re.compile("[" + re.escape("".join(sorted(marks))) + "]")
    known: dict[str, tuple[str, ...]] = {}
    segments: list[Segment] = []
    while at < len(text) and not text.startswith("UNA", at):
        if len(segments) >= most:
            raise Malformed(
                format, "too many segments", field=_shown_tag(text[at : at + 3]),
                position=f"byte {at}", expected=f"at most {MOST_SEGMENTS}",
                code="too-many-segments",
            )  # fmt: skip
        end = text.find(c.terminator, at)
        if end < 0:
            raise _no_end(text, at, c, format)
        if c.release != " " and text.find(c.release, at, end) >= 0:
            segment, at = _segment(text, at, c, pattern, format)
        else:
            elements = [_components(e, c, known) for e in text[at:end].split(c.element)]
            segment, at = _finished(text, at, end + 1, elements, format)
        segments.append(segment)
        if segment.tag == "UNZ" and not text.startswith("UNB", at):
            break
    return segments, at


def _components(
    element: str, c: ServiceCharacters, known: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Components of an element without released characters; the same object for the same text."""
    found = known.get(element)
    if found is None:
        found = tuple(element.split(c.component))
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
        elements = [tuple(_BREAK.sub("", part) for part in element) for element in elements]
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
    made = Segment(
        tag=tag, elements=tuple(elements[1:]), after=text[end:at], offset=start, broken=broken
    )
    return made, at


def _shown_tag(tag: str) -> str:
    """A tag as far as it may be shown: damaged segments could begin with anything."""
    return tag if _TAG.fullmatch(tag) else "segment"


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
