"""The envelope of an AFTN message: heading, addresses, origin, text, end.

Standard: ICAO Annex 10, volume II, chapter 4 (general knowledge; the annex was not seen). ::

    ZCZC TMA0123 240805                    start, channel and number, more
    FF ZBAAZPZX ZSSSZTZX                   priority, addressees: place 4, office 3, department 1
    240800 ZSSSZPZX                        day and time of filing, originator
    (FPL-CES5101-IS ...)                   text
    NNNN                                   end

Heading and end may be missing, as in the messages that message handling systems hand over; addresses and
origin too, then there is only the text, which some systems put between ZCZC and NNN. Several messages
follow one another, each from ZCZC to NNNN.

Notices (``aftn-`` in front, or the name of the message in the text): ``no-end`` no NNNN at the end;
``no-start`` channel and number without ZCZC; ``no-address`` the text follows ZCZC at once; ``short-end``
NNN instead of NNNN; ``end-beside`` NNNN stands in the last line of the text; ``one-line`` heading and text
stand in one line; ``priority`` not SS, DD, FF, GG or KK; ``priority-apart`` the priority has a line of its
own; ``address-glued`` no blank behind the priority, an address or the filing time; ``heading-blanks`` more
than one blank in the heading; ``line-long`` a line of more than 69 characters; ``text-long`` a text of more
than 1,800 characters; ``not-ascii`` a byte outside ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from airport_brain.operations.formats.near_times import near_time
from airport_brain.operations.formats.text_reading import (
    MAX_BYTES,
    MAX_MESSAGES,
    Line,
    Lines,
    TextReading,
    check_size,
    text_lines,
)
from service_bus import Mode, Notice

FORMAT: Final = "aftn"

MAX_ADDRESSES: Final = 200
"""Far above the 21 of one message: files hold merged lists."""

LONGEST_LINE: Final = 69
LONGEST_TAKEN: Final = 20_000
"""Characters of a line that is read at all: systems without line ends send a whole text in one."""

LONGEST_TEXT: Final = 1_800
PRIORITIES: Final = frozenset({"SS", "DD", "FF", "GG", "KK"})

MOST_LINES: Final = 2_000
"""Lines of a message whose end is looked for beside its text."""

_END_BESIDE: Final = re.compile(r"[^ ](?:(?<=\))| {1,9})NNNN", re.ASCII)
_LONGEST_END: Final = 14
_START: Final = re.compile(r"ZCZC(?: (.*))?", re.ASCII)
_NUMBER: Final = r"[A-Z]{3}\d{3,4}(?: \d{6})?"
_NO_START: Final = re.compile(_NUMBER, re.ASCII)
_ONE_LINE: Final = re.compile(
    rf"(?:((?:ZCZC )?{_NUMBER}) *)?([A-Z]{{2}}(?: *[A-Z]{{8}})+) *(\d{{6}} *[A-Z]{{8}}) *([(-].*)",
    re.ASCII,
)
_START_AND_TEXT: Final = re.compile(rf"(ZCZC(?: {_NUMBER})?) ([(-][A-Z].*)", re.ASCII)
_TEXT: Final = re.compile(r"\(|-[A-Z]", re.ASCII)
"""Beginning of a text that is a message in brackets or of fields with names."""
_ADDRESSES: Final = re.compile(r"([A-Z]{2})((?: [A-Z]{8})+)", re.ASCII)
_MORE_ADDRESSES: Final = re.compile(r"[A-Z]{8}(?: [A-Z]{8})*", re.ASCII)
_ORIGIN: Final = re.compile(r"(\d{6}) ([A-Z]{8})(?: (.*))?", re.ASCII)
_CHECK: Final = re.compile(r"CH(?: .*)?", re.ASCII)
"""Text of the message that only checks a channel: it has no addresses."""
_LOOSE_FIRST: Final = re.compile(r"(SS|DD|FF|GG|KK)((?: *[A-Z]{8})*)", re.ASCII)
_LOOSE_MORE: Final = re.compile(r"(?:[A-Z]{8} *)+", re.ASCII)
_LOOSE_ORIGIN: Final = re.compile(r"(\d{6}) *([A-Z]{8})(?: +(.*))?", re.ASCII)
_MOST_HEADING: Final = 60
"""Lines of a heading whose blanks are put right; 21 addressees are three."""
_HEAD: Final = re.compile(
    rb"[\s\x01]*(?:ZCZC [^\r\n]{0,40}\s+|"
    + _NUMBER.encode()
    + rb"\s+)?(?:SS|DD|FF|GG|KK)(?:\s{0,9}[A-Z]{8}){1,200}\s+\d{6} {0,9}[A-Z]{8}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AftnEnvelope:
    """What stands around the text.

    Attributes:
        start: what follows ZCZC (channel and number), ``None`` when there is no ZCZC.
        priority: SS, DD, FF, GG or KK; "" when there are no addresses.
        filed: day and time of filing, ``DDHHMM``.
        more: what follows the originator, e.g. a priority alarm or additional addressing.
        sent: ``filed`` as a moment near the reference, aware UTC.
        ends: NNNN is there.
        address_lines: how many addresses each line holds.
    """

    start: str | None = None
    priority: str = ""
    addresses: tuple[str, ...] = ()
    filed: str = ""
    originator: str = ""
    more: str = ""
    sent: datetime | None = None
    ends: bool = False
    address_lines: tuple[int, ...] = ()
    line_end: str = field(default="\r\n", compare=False)
    ends_with_line_end: bool = field(default=True, compare=False)


BARE: Final = AftnEnvelope()
"""No envelope: the text alone."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope with the lines of its text, each knowing its place."""

    envelope: AftnEnvelope
    lines: Lines
    original: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AftnMessage:
    """A message with its text still unread."""

    envelope: AftnEnvelope = BARE
    text: tuple[str, ...] = ()
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)


def open_all(
    data: bytes, reading: TextReading, *, reference: datetime, max_bytes: int = MAX_BYTES
) -> Iterator[Opened]:
    """Take the messages out of their envelopes, one after the other.

    Notices are those of the message in hand: they are cleared before the next one.

    Raises:
        Malformed: an envelope that cannot be read, nothing in it, or far too many messages.
        TooLarge: over the cap.
    """
    check_size(data, max_bytes, reading.format)
    lines = text_lines(data, reading)
    line_end = "\r\n" if b"\r\n" in data else "\n" if b"\n" in data else "\r\n"
    ended = not lines[-1].text.strip()
    count = 0
    for group in _groups(lines):
        count += 1
        if count > MAX_MESSAGES:
            raise reading.fault(
                group[0].at(),
                "too-many",
                "too many messages",
                field="text",
                expected=f"at most {MAX_MESSAGES}",
            )
        if count > 1:
            reading.notices.clear()
        yield _open(group, reading, reference, data, line_end=line_end, ended=ended)
    if not count:
        raise reading.fault(
            "line 1 column 1", "empty", "nothing in it", field="text", expected="text"
        )


def _groups(lines: Lines) -> Iterator[Lines]:
    lines, start = lines.filled(), 0
    for index, line in enumerate(lines):
        text = line.text.strip()
        if _START.fullmatch(text) and index > start:
            yield lines[start:index]
            start = index
        if text == "NNNN" or (index - start < MOST_LINES and _end_beside(text)):
            yield lines[start : index + 1]
            start = index + 1
    if start < len(lines):
        yield lines[start:]


def _open(
    group: Lines,
    reading: TextReading,
    reference: datetime,
    data: bytes,
    *,
    line_end: str,
    ended: bool,
) -> Opened:
    last = group[-1]
    beside = len(group) <= MOST_LINES and _end_beside(last.text)
    if beside:
        end = len(last.text) - len("NNNN")
        reading.notice(
            last.at(end), "end-beside", "end", "NNNN stands in the last line of the text"
        )
        group = group[:0].behind([*group[:-1], last.cut(0, len(last.text[:end].rstrip()))])
    body, bare = _spread(group, group.bare(), reading)
    ends = beside or _ends(bare, reading)
    envelope = AftnEnvelope(line_end=line_end, ends_with_line_end=ended, ends=ends)
    if envelope.ends and not beside:
        body, bare = body[:-1], bare[:-1]
    if bare and (start := _START.fullmatch(bare[0].text)):
        envelope = replace(envelope, start=start[1] or "")
        body, bare = body[1:], bare[1:]
        if not envelope.ends:
            reading.notice(last, "no-end", "end", "no NNNN at the end")
    elif len(bare) > 1 and _NO_START.fullmatch(bare[0].text) and _ADDRESSES.fullmatch(bare[1].text):
        reading.notice(bare[0], "no-start", "start", "channel and number without ZCZC")
        envelope = replace(envelope, start=bare[0].text)
        body, bare = body[1:], bare[1:]
    body, bare = _straight(body, bare, reading)
    if bare and (match := _ADDRESSES.fullmatch(bare[0].text)):
        envelope, taken = _heading(envelope, match, bare, reading, reference)
        body = body[taken:]
    elif envelope.start is not None:
        _unaddressed(bare, last, reading)
    if not body:
        raise reading.fault(
            last.at(), "no-text", "the message has no text", field="text", expected="text"
        )
    if b"\x02" in data:
        # The control character in front of the text became a blank.
        body = body[1:].behind([body[0].bare()])
    _check(envelope, body, reading)
    return Opened(envelope, body, data)


def _unaddressed(bare: Lines, last: Line, reading: TextReading) -> None:
    """Refuse what follows the start and is neither addresses nor a text that may stand without them."""
    first = bare[0] if bare else None
    if first is not None and _TEXT.match(first.text):
        reading.notice(first, "no-address", "address", "no priority and addresses")
    elif first is None or not _CHECK.fullmatch(first.text):
        raise reading.fault(
            first or last.at(),
            "addresses",
            "no priority and addresses",
            field="address",
            expected="e.g. FF ZBAAZPZX",
        )


def _end_beside(text: str) -> bool:
    return text.endswith("NNNN") and bool(_END_BESIDE.search(text[-_LONGEST_END:]))


def _ends(lines: Lines, reading: TextReading) -> bool:
    """Whether the last line is the end of a message."""
    last = lines[-1]
    if last.text == "NNN" and len(lines) > 1 and _START.fullmatch(lines[0].text):
        reading.notice(last, "short-end", "end", "NNN instead of NNNN")
        return True
    return last.text == "NNNN"


def _spread(body: Lines, bare: Lines, reading: TextReading) -> tuple[Lines, Lines]:
    """Both with the heading in lines of its own, where one line holds all of it and the text."""
    first = bare[0].text
    match = _ONE_LINE.fullmatch(first) or _START_AND_TEXT.fullmatch(first)
    if match is None:
        return body, bare
    reading.notice(bare[0], "one-line", "heading", "heading and text stand in one line")
    parts = range(1, len(match.groups()) + 1)
    pieces = [bare[0].cut(*match.span(part)) for part in parts if match[part]]
    return body[1:].behind(pieces), bare[1:].behind(pieces)


def _straight(body: Lines, bare: Lines, reading: TextReading) -> tuple[Lines, Lines]:
    """Both with single blanks in the heading, where only its blanks are not as they should be."""
    lines: list[tuple[Line, str]] = []
    for index, line in enumerate(bare[:_MOST_HEADING]):
        text = _single_blanks(line.text, first=index == 0)
        if text is None:
            break
        lines.append((line, text))
        if index and text[0].isdigit():
            if " " in lines[0][1] and all(line.text == text for line, text in lines):
                break
            straight = _noted(lines, reading)
            return body[index + 1 :].behind(straight), bare[index + 1 :].behind(straight)
    return body, bare


def _single_blanks(text: str, *, first: bool) -> str | None:
    """A line of the heading with single blanks; ``None`` when it is none."""
    if not first and (origin := _LOOSE_ORIGIN.fullmatch(text)):
        return " ".join(part for part in origin.groups() if part)
    if not (_LOOSE_FIRST if first else _LOOSE_MORE).fullmatch(text):
        return None
    letters = text.replace(" ", "")
    priority, told = (letters[:2], letters[2:]) if first else ("", letters)
    words = [priority, *(told[at : at + 8] for at in range(0, len(told), 8))]
    return " ".join(word for word in words if word)


def _noted(lines: Sequence[tuple[Line, str]], reading: TextReading) -> list[Line]:
    """The straight lines of a heading; what was not straight is noted."""
    for line, text in lines:
        if line.text != text:
            glued = text.count(" ") > len(line.text.split()) - 1
            reading.notice(
                line,
                "address-glued" if glued else "heading-blanks",
                "address",
                "a blank is missing" if glued else "more than one blank",
            )
    straight = [Line(line.number, text, line.column) for line, text in lines]
    first, *further = straight
    if " " in first.text:
        return straight
    reading.notice(first, "priority-apart", "priority", "the priority has a line of its own")
    return [Line(first.number, f"{first.text} {further[0].text}", first.column), *further[1:]]


def _heading(
    envelope: AftnEnvelope,
    match: re.Match[str],
    group: Lines,
    reading: TextReading,
    reference: datetime,
) -> tuple[AftnEnvelope, int]:
    """The envelope with its addresses, and how many lines it took."""
    if match[1] not in PRIORITIES:
        reading.notice(group[0], "priority", "priority", "not SS, DD, FF, GG or KK")
    addresses = match[2].split()
    counts = [len(addresses)]
    index = 1
    while index < len(group) and _MORE_ADDRESSES.fullmatch(group[index].text):
        further = group[index].text.split()
        addresses += further
        counts.append(len(further))
        index += 1
    if len(addresses) > MAX_ADDRESSES:
        raise reading.fault(
            group[0].at(),
            "addresses",
            "too many addressees",
            field="address",
            expected=f"at most {MAX_ADDRESSES}",
        )
    origin = _ORIGIN.fullmatch(group[index].text) if index < len(group) else None
    if origin is None:
        raise reading.fault(
            group[index] if index < len(group) else group[-1].at(),
            "origin",
            "not a line of filing time and originator",
            field="originator",
            expected="e.g. 240800 ZSSSZPZX",
        )
    sent = near_time(origin[1], reference)
    if sent is None:
        raise reading.fault(
            group[index],
            "filing-time",
            "no such time",
            field="filing time",
            expected="DDHHMM",
        )
    envelope = replace(
        envelope,
        priority=match[1],
        addresses=tuple(addresses),
        address_lines=tuple(counts),
        filed=origin[1],
        originator=origin[2],
        more=origin[3] or "",
        sent=sent,
    )
    return envelope, index + 1


def _check(envelope: AftnEnvelope, lines: Lines, reading: TextReading) -> None:
    enveloped = envelope.priority != "" or envelope.start is not None
    for line in lines:
        if len(line.text) > LONGEST_TAKEN:
            raise reading.fault(
                line.at(LONGEST_TAKEN),
                "line-too-long",
                "the line is too long",
                field="text",
                expected=f"at most {LONGEST_LINE} characters",
            )
        if enveloped and len(line.text) > LONGEST_LINE:
            reading.notice(
                line.at(LONGEST_LINE),
                "line-long",
                "text",
                f"{len(line.text)} characters where {LONGEST_LINE} are allowed",
            )
    if enveloped and (total := sum(len(line.text) for line in lines)) > LONGEST_TEXT:
        reading.notice(
            lines[0],
            "text-long",
            "text",
            f"{total} characters where {LONGEST_TEXT} are allowed",
        )


def seal(envelope: AftnEnvelope, text: Sequence[str]) -> bytes:
    """Put lines of text into an envelope.

    Raises:
        ValueError: characters outside Latin-1.
    """
    lines = []
    if envelope.start is not None:
        lines.append(f"ZCZC {envelope.start}".rstrip())
    left = list(envelope.addresses)
    for number, count in enumerate(envelope.address_lines or _sevens(len(left))):
        row = " ".join(left[:count])
        lines.append(row if number else f"{envelope.priority} {row}")
        del left[:count]
    if envelope.filed:
        parts = (envelope.filed, envelope.originator, envelope.more)
        lines.append(" ".join(part for part in parts if part))
    lines += text
    if envelope.ends:
        lines.append("NNNN")
    whole = envelope.line_end.join(lines)
    return (whole + (envelope.line_end if envelope.ends_with_line_end else "")).encode("latin-1")


def _sevens(count: int) -> list[int]:
    """Seven addresses to a line."""
    return [min(7, count - start) for start in range(0, count, 7)]


def recognise(data: bytes) -> float:
    """How surely this is an AFTN message, 0 to 1; what is in it, its own readers know."""
    return 0.7 if _HEAD.match(data[:2000]) else 0.0


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[AftnMessage]:
    """Read envelopes; the text stays as it is.

    Args:
        data: one message, or several from ZCZC to NNNN.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives the filing day its month.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    reading = TextReading.start(FORMAT, mode)
    return [
        AftnMessage(
            envelope=opened.envelope,
            text=tuple(line.text for line in opened.lines),
            original=opened.original,
            notices=tuple(reading.notices),
        )
        for opened in open_all(data, reading, reference=reference, max_bytes=max_bytes)
    ]


def encode(message: AftnMessage) -> bytes:
    """Write a message.

    Raises:
        ValueError: characters outside Latin-1.
    """
    return seal(message.envelope, message.text)
