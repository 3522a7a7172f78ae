"""Reading PAXLST interchanges: envelope by envelope, every count and reference looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from passenger_id.formats.edifact import (
    CHARSETS,
    QUOTED,
    Segment,
    SegmentReader,
    Segments,
    ServiceCharacters,
    decoded,
    is_ascii,
    read_service_characters,
)
from passenger_id.formats.limits import MOST_NOTICES
from passenger_id.formats.masking import shape
from passenger_id.formats.paxlst.facts import Facts
from passenger_id.formats.paxlst.message import FORMAT, NOTICES, Group, Interchange, PaxList
from service_bus import Malformed, Mode, Notice, TooLarge

MAX_BYTES: Final = 1024 * 1024
"""Bytes taken by default: four times the list of the largest aircraft."""
MOST: Final[Mapping[str, int]] = MappingProxyType(
    {"NAD": 3_000, "UNB": 500, "UNG": 500, "UNH": 500}
)
"""Segments of these tags taken: of people, where the largest aircraft carries some 850, and of headers."""

_BETWEEN: Final = "\r\n \t\x00\x01\x02\x03\x04"
_BEGIN: Final = re.compile(
    r"UNA[^\sA-Za-z0-9]{2}.[^A-Za-z0-9].[^A-Za-z0-9]"
    r"|UNB[^\sA-Za-z0-9](?:UN|[A-Z]{4}[^\sA-Za-z0-9]\d)|UNH[^\sA-Za-z0-9]",
    re.DOTALL,
)
_TAG: Final = re.compile("[A-Z]{3}")
_SERVICE: Final = frozenset({"UNB", "UNG", "UNH", "UNT", "UNE", "UNZ"})


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[Interchange]:
    """Read an interchange, or several one after the other.

    Args:
        data: from UNA, UNB or, tolerantly, UNH on.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives years their century.
        max_bytes: size cap.

    Raises:
        Malformed: with segment and byte; never a name or a document number.
        TooLarge: over the cap.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "PAXLST interchange")
    text = data.decode("latin-1")  # one character for each byte; character sets are applied later
    found: list[Interchange] = []
    start, reader = 0, SegmentReader(text, FORMAT, MOST)
    while start < len(text) or not found:
        more = _next(text, data, start, mode == "strict", reference.date(), reader)
        start += sum(len(one.original) for one in more)
        found += more
    return found


def _next(
    text: str, data: bytes, start: int, strict: bool, today: date, reader: SegmentReader
) -> list[Interchange]:
    """The interchanges from ``start`` on that share their service characters."""
    notices: list[Notice] = []
    at = _begin(text, start, strict, notices)
    advice = text.startswith("UNA", at)
    characters, body = read_service_characters(text, at, FORMAT)
    first = _skip(text, body) if advice else body
    if characters is QUOTED:
        note("paxlst-terminator", text[at : at + 3], at, strict, notices)
    segments, end, broken = reader.read(first, characters)
    if not segments:
        raise _fault("nothing after UNA", "UNB", first, code="cut-short", expected="UNB")
    if broken is not None:
        note("paxlst-line-breaks", broken.tag, broken.offset, strict, notices)
    trailing = _trailing(text, end, characters, strict, notices)
    ascii = text.isascii()
    found = []
    for chunk, stop in _interchanges(segments, end):
        last = stop == end
        interchange = _Reader(chunk, strict, today, ascii=ascii).interchange()
        found.append(
            replace(
                interchange,
                characters=characters,
                advice=advice,
                advice_after=text[body:first] if advice else "",
                before=text[start:at],
                trailing=trailing if last else "",
                original=data[start : len(data) if last and trailing else stop],
                notices=(*notices, *interchange.notices),
            )
        )
        start = at = stop
        advice, notices = False, []
    return found


def _begin(text: str, start: int, strict: bool, notices: list[Notice]) -> int:
    """Where an interchange begins, after lines of a telegram if need be."""
    at = _skip(text, start)
    if at >= len(text):
        raise _fault("nothing to read", "UNB", at, code="cut-short", expected="UNA or UNB")
    if text.startswith(("UNA", "UNB", "UNH"), at):
        return at
    match = _BEGIN.search(text, at)
    if match is None:
        return at
    note("paxlst-envelope", "UNB", at, strict, notices)
    return match.start()


def _trailing(
    text: str, end: int, characters: ServiceCharacters, strict: bool, notices: list[Notice]
) -> str:
    """Text behind the last interchange: kept, unless it is a segment."""
    if end >= len(text) or text.startswith("UNA", end):
        return ""
    mark = text[end + 3 : end + 4]
    if _TAG.match(text, end) and mark and mark in characters.element + characters.terminator:
        raise _fault(
            "a segment stands behind the interchange",
            text[end : end + 3],
            end,
            code="wrong-order",
            found=text[end : end + 3],
            expected="UNA or UNB",
        )
    note("paxlst-envelope", "UNZ", end, strict, notices)
    return text[end:]


def recognise(data: bytes) -> float:
    """How much bytes look like PAXLST, 0 to 1."""
    text = data[:1000].decode("latin-1")
    begin = _BEGIN.search(text)
    if begin is None:
        return 0.0
    text = re.sub("[\r\n]", "", text[begin.start() :])
    element, component, terminator = "+", ":", "'"
    if text.startswith("UNA") and len(text) >= 9:
        component, element, terminator = text[3], text[4], text[8]
    found = any(f"{element}PAXLST{mark}" in text for mark in (component, element, terminator, '"'))
    return 0.98 if found else 0.1


def _interchanges(segments: Segments, end: int) -> Iterator[tuple[Segments, int]]:
    """Segments divided before each UNB, with the offset after them."""
    starts = [i for i in range(len(segments)) if i == 0 or segments.tag(i) == "UNB"]
    for start, stop in zip(starts, [*starts[1:], len(segments)], strict=True):
        yield segments[start:stop], segments.offset(stop) if stop < len(segments) else end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BETWEEN:
        at += 1
    return at


class _Reader:
    """Reads one interchange from its segments."""

    def __init__(self, segments: Segments, strict: bool, today: date, *, ascii: bool) -> None:
        self._segments = segments
        self._ascii = ascii
        self._strict = strict
        self._today = today
        self._at = 0
        self._notices: list[Notice] = []

    def interchange(self) -> Interchange:
        """The interchange."""
        charset = self._decode()
        header = self._take("UNB")
        if header is None:
            self._odd("paxlst-no-interchange", "UNB", self._segments.offset(0))
        groups = self._groups()
        trailer = self._take("UNZ")
        if not any(group.messages for group in groups):
            here = self._here()
            raise _fault(
                "no message in the interchange", "UNH", here, code="no-message", expected="UNH"
            )
        if trailer is not None and header is not None:
            count = len(groups) if groups[0].header else len(groups[0].messages)
            self._compare(trailer, count, header.get(4), 0, 1)
        elif header is not None:
            self._odd("paxlst-no-end", "UNZ", self._here())
        elif trailer is not None:
            self._odd("paxlst-reference", "UNZ", trailer.offset)
        if self._at < len(self._segments):
            raise self._stray()
        return Interchange(
            groups=groups,
            header=header,
            trailer=trailer,
            charset=charset,
            notices=tuple(self._notices),
        )

    def _groups(self) -> tuple[Group, ...]:
        if not self._next_is("UNG"):
            return (Group(messages=self._messages()),)
        groups = []
        while (header := self._take("UNG")) is not None:
            messages = self._messages()
            trailer = self._take("UNE")
            if trailer is not None:
                self._compare(trailer, len(messages), header.get(4), 0, 1)
            else:
                self._odd("paxlst-no-end", "UNE", self._here())
            groups.append(Group(messages=messages, header=header, trailer=trailer))
        return tuple(groups)

    def _messages(self) -> tuple[PaxList, ...]:
        messages = []
        while self._next_is("UNH"):
            messages.append(self._message())
        return tuple(messages)

    def _message(self) -> PaxList:
        first = self._at
        header = self._segments[first]
        if header.get(1) != "PAXLST":
            raise _fault(
                "message is of another type",
                "UNH S009",
                header.offset,
                code="wrong-type",
                found=shape(header.get(1)),
                expected="PAXLST",
            )
        self._at += 1
        while self._at < len(self._segments) and self._segments.tag(self._at) not in _SERVICE:
            self._at += 1
        if not self._next_is("UNT"):
            raise _fault(
                "the message has no end", "UNT", self._here(), code="cut-short", expected="UNT"
            )
        trailer = self._segments[self._at]
        self._at += 1
        segments = self._segments[first : self._at]
        self._compare(trailer, len(segments), header.get(0), 0, 1)
        return Facts(self._today, self._odd).read(segments)

    def _compare(self, trailer: Segment, count: int, reference: str, at: int, also: int) -> None:
        """A trailer's count and reference."""
        stated = trailer.get(at)
        if stated.lstrip("0") != str(count) and not (stated.strip("0") == "" and count == 0):
            self._odd("paxlst-count", trailer.tag, trailer.offset)
        if trailer.get(also) != reference:
            self._odd("paxlst-reference", trailer.tag, trailer.offset)

    # Character sets.

    def _decode(self) -> str:
        """Give the segments their characters; the name of the character set."""
        first = self._segments[0]
        named = CHARSETS.get(first.get(0), "ascii") if first.tag == "UNB" else "ascii"
        wide = None if self._ascii else next((s for s in self._segments if not is_ascii(s)), None)
        if wide is None:
            return named
        for charset in dict.fromkeys((named, "utf-8", "iso8859-1")):
            try:
                for segment in self._segments:
                    decoded(segment, charset)
            except UnicodeDecodeError:
                continue
            if charset != named:
                self._odd("paxlst-charset", wide.tag, wide.offset)
            self._segments = self._segments.written_in(charset)
            return charset
        return named

    # Steps.

    def _next_is(self, tag: str) -> bool:
        return self._at < len(self._segments) and self._segments.tag(self._at) == tag

    def _take(self, tag: str) -> Segment | None:
        if not self._next_is(tag):
            return None
        self._at += 1
        return self._segments[self._at - 1]

    def _here(self) -> int:
        return self._segments.offset(min(self._at, len(self._segments) - 1))

    def _stray(self) -> Malformed:
        segment = self._segments[self._at]
        return _fault(
            "a segment stands outside the messages",
            segment.tag,
            segment.offset,
            code="wrong-order",
            found=segment.tag,
            expected="UNH, UNG, UNE or UNZ",
        )

    def _odd(self, code: str, field: str, offset: int) -> None:
        note(code, field, offset, self._strict, self._notices)


def note(code: str, field: str, offset: int, strict: bool, notices: list[Notice]) -> None:
    """Note what is odd; in strict mode raise it."""
    if strict:
        raise _fault(NOTICES[code].rstrip(".").lower(), field, offset, code=code)
    if len(notices) >= MOST_NOTICES:
        return
    place = f"byte {offset}"
    notices.append(Notice(code=code, field=field, position=place, text=NOTICES[code]))


def _fault(
    reason: str, field: str, offset: int, *, code: str, found: str = "", expected: str = ""
) -> Malformed:
    return Malformed(
        FORMAT,
        reason,
        field=field,
        position=f"byte {offset}",
        found=found,
        expected=expected,
        code=code,
    )
