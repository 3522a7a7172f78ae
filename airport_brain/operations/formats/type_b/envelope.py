"""The envelope of a Type B telex: who sends it to whom, when, and where its text begins.

Three forms are read and written. On the wire: ``QU`` and addresses, ``.ORIGIN DDHHMM``, text, with or
without the control characters SOH, STX, ETX. As providers hand telexes over in files: blocks under
keyword lines (``=PRIORITY``, ``=DESTINATION TYPE B``, ``=ORIGIN`` ...), any of which may be missing. And
without any envelope: the text alone. In China all of it may stand between ZCZC and NNNN, as the network
that carries AFTN messages too hands it over.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal

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
from airport_brain.operations.formats.type_b.several import telexes

Form = Literal["wire", "framed", "keywords", "none"]

MAX_ADDRESSES: Final = 500
"""Far above the 32 that the network takes: files hold merged lists."""

LONGEST_LINE: Final = 69

LONGEST_TAKEN: Final = 1_000
"""Characters of a line that is read at all; bounds what any pattern has to look at."""

PRIORITIES: Final = frozenset({"SS", "QS", "QC", "QU", "QX", "QN", "QD", "QP", "QK"})

_PRIORITY: Final = re.compile(r"(?:Q[A-Z]|SS)(?= |$)")
_ADDRESS: Final = re.compile(r"[A-Z0-9]{7}")
_WORD: Final = re.compile(r"\S+")
_HEADING: Final = re.compile(r"[^ ]{2}(?: +[A-Z0-9]{7})*+ *")
_ORIGIN: Final = re.compile(
    r"\.(?P<originator>[A-Z0-9]{7})(?: (?P<rest>.*)|(?P<glued>\d{6}(?:[ /].*)?))?", re.ASCII
)
_GLUED: Final = re.compile(r"(Q[A-Z]|SS)([A-Z0-9]{7}(?: +[A-Z0-9]{7})*+)")
_ANY_MONTH: Final = datetime(2024, 1, 16, tzinfo=UTC)
_IDENTITY: Final = re.compile(
    r"(?:(?P<signature>[A-Z0-9]{2,3})/)?(?P<filed>\d{6})(?P<more>[ /].*)?"
)
_START: Final = re.compile(r"ZCZC(?: +(.*))?", re.ASCII)
_END: Final = "NNNN"
_KEYWORD: Final = re.compile(r"=([A-Z][A-Z ]*[A-Z])")
_IDENTIFIER: Final = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What stands around the text.

    Attributes:
        priority: QS, QC, QU, QX, QN, QD or QP; "" when not given.
        addresses: 7 characters each: city, office, airline.
        originator: the sender's address.
        double_signature: airline on whose account the sender sends, before the slash.
        filed: day and time of the message, ``DDHHMM``; its identity together with the originator.
        more: what follows it on the origin line, a slash in front included.
        received: text of ``=HEADER``, as it stands.
        identifier: text of ``=SMI``, "" in the other forms; ``named_twice``: the text has it too.
        sent: ``filed`` as a moment near the reference, aware UTC.
        preamble: lines in front of the message identifier.
        address_lines: how many addresses each line holds.
        start: what follows ZCZC, ``None`` when there is none; ``ends``: NNNN is there.
    """

    form: Form = "none"
    priority: str = ""
    addresses: tuple[str, ...] = ()
    originator: str = ""
    double_signature: str = ""
    filed: str = ""
    more: str = ""
    received: str = ""
    identifier: str = ""
    named_twice: bool = False
    sent: datetime | None = None
    preamble: tuple[str, ...] = ()
    address_lines: tuple[int, ...] = ()
    start: str | None = None
    ends: bool = False
    line_end: str = field(default="\r\n", compare=False)
    ends_with_line_end: bool = field(default=True, compare=False)


BARE: Final = Envelope()
"""No envelope: the text alone."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope with the lines in it, each knowing its place."""

    envelope: Envelope
    lines: Lines
    original: bytes

    @property
    def body(self) -> Lines:
        """Lines that hold something."""
        return self.lines.filled()


def open_all(
    data: bytes,
    reading: TextReading,
    *,
    reference: datetime,
    max_bytes: int = MAX_BYTES,
    names: Sequence[str] = (),
) -> Iterator[Opened]:
    """Take the telexes out of their envelopes, one after the other; see :mod:`several`.

    Notices are those of the telex in hand: they are cleared before the next one.

    Raises:
        Malformed: an envelope that cannot be read, nothing in it, or far too many telexes.
        TooLarge: over the cap.
    """
    check_size(data, max_bytes, reading.format)
    count = 0
    for before, part in telexes(data, names):
        reading.notices.clear()
        lines = text_lines(part, reading, before=before)
        if not any(line.text.strip() for line in lines):
            continue
        count += 1
        if count > MAX_MESSAGES:
            raise reading.fault(
                lines[0].at(),
                "too-many",
                "too many telexes",
                field="text",
                expected=f"at most {MAX_MESSAGES}",
            )
        yield _open(part, lines, reading, reference)
    if not count:
        raise reading.fault(
            "line 1 column 1", "empty", "nothing in it", field="text", expected="text"
        )


def _open(data: bytes, lines: Lines, reading: TextReading, reference: datetime) -> Opened:
    line_end = "\r\n" if b"\r\n" in data else "\n" if b"\n" in data else "\r\n"
    ended = not lines[-1].text.strip()
    relay, lines = _relayed(lines, reading)
    first = next(n for n, line in enumerate(lines) if line.text.strip())
    lines = _unglued(lines, first, reading)
    start = lines[first].text.strip()
    if _KEYWORD.fullmatch(start):
        envelope, body = _keywords(lines[first:], reading)
    elif _PRIORITY.match(start) and _is_heading(start):
        envelope, body = _wire(lines[first:], reading)
        if b"\x01" in data or b"\x02" in data:
            envelope = replace(envelope, form="framed")
    elif _is_unranked(lines[first:]):
        reading.notice(lines[first], "no-priority", "priority", "addresses without a priority")
        envelope, body = _wire(lines[first:], reading, ranked=False)
    elif start.startswith(".") and _ORIGIN.match(start):
        reading.notice(lines[first], "no-address", "address", "no line of addresses")
        envelope, body = _wire(lines[first:], reading)
    else:
        envelope, body = Envelope(), lines[first:]
    body = _without_blank_ends(body)
    if not body:
        raise reading.fault(
            lines[-1].at(), "no-text", "the telex has no text", field="text", expected="text"
        )
    _check(envelope, lines[first], body, reading)
    sent = near_time(envelope.filed, reference) if envelope.filed else None
    return Opened(
        replace(envelope, **relay, line_end=line_end, ends_with_line_end=ended, sent=sent),
        body,
        data,
    )


def _relayed(lines: Lines, reading: TextReading) -> tuple[dict[str, Any], Lines]:
    """What another network put around the telex, and the lines between."""
    told: dict[str, Any] = {}
    filled = [n for n, line in enumerate(lines[:_AROUND]) if line.text.strip()]
    if filled and (match := _START.fullmatch(lines[filled[0]].text.strip())) and filled[1:]:
        reading.notice(lines[filled[0]], "relayed", "envelope", "ZCZC of another network")
        told["start"] = match[1] or ""
        lines = lines[filled[0] + 1 :]
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].text.strip()), 0)
    # An end alone is a text of its own.
    first = next((n for n, line in enumerate(lines) if line.text.strip()), last)
    if first < last and lines[last].text.strip() == _END:
        if not told:
            reading.notice(lines[last], "relayed", "envelope", "NNNN of another network")
        told["ends"] = True
        lines = lines[:last]
    return told, lines


_AROUND: Final = 40
"""Lines at the beginning in which a start is looked for."""


def _unglued(lines: Lines, first: int, reading: TextReading) -> Lines:
    """Lines with a blank behind the priority, where only that is missing from a heading."""
    line = lines[first].bare()
    match = _GLUED.fullmatch(line.text)
    if match is None:
        return lines
    addresses, rest = line.cut(match.start(2)), lines[first + 1 :]
    if not _is_unranked(rest.behind([addresses])):
        return lines
    reading.notice(line, "address-glued", "priority", "no blank behind the priority")
    straight = Line(line.number, f"{match[1]} {match[2]}", line.column)
    return rest.behind([*lines[:first], straight])


def _without_blank_ends(lines: Lines) -> Lines:
    """Lines from the first to the last that holds something; control characters in front became blanks."""
    first, last = 0, len(lines)
    while first < last and not lines[first].text.strip():
        first += 1
    while last > first and not lines[last - 1].text.strip():
        last -= 1
    return lines[first:last].bare()


def _is_heading(start: str) -> bool:
    return _HEADING.fullmatch(start) is not None


def _is_unranked(lines: Lines) -> bool:
    """Whether lines of addresses alone stand above an origin line."""
    for number, line in enumerate(lines[: MAX_ADDRESSES + 1]):
        text = line.text.strip()
        if number and text.startswith("."):
            return _ORIGIN.match(text) is not None
        if not text or not all(_ADDRESS.fullmatch(word[0]) for word in _WORD.finditer(text)):
            return False
    return False


def _wire(lines: Lines, reading: TextReading, *, ranked: bool = True) -> tuple[Envelope, Lines]:
    addresses: list[str] = []
    counts: list[int] = []
    priority = ""
    for index, raw in enumerate(lines):
        line = raw.bare()
        if not line.text:
            continue
        if line.text == ".":
            reading.notice(line, "origin-blank", "originator", "an origin line without originator")
            continue
        if line.text.startswith("."):
            envelope = _origin(line, reading)
            return (
                replace(
                    envelope,
                    priority=priority,
                    addresses=tuple(addresses),
                    address_lines=tuple(counts),
                ),
                lines[index + 1 :],
            )
        words, before = line.each_word(), len(addresses)
        if ranked and not priority:
            priority = next(words).text
        elif _PRIORITY.match(line.text):
            reading.notice(line, "second-heading", "priority", "a heading within the heading")
            next(words)
        _addresses(words, addresses, reading)
        counts.append(len(addresses) - before)
    raise reading.fault(
        lines[-1].at(),
        "no-origin",
        "no origin line behind the addresses",
        field="originator",
        expected=".PEKKDMU 240812",
    )


def _addresses(words: Iterable[Line], addresses: list[str], reading: TextReading) -> None:
    for word in words:
        if not _ADDRESS.fullmatch(word.text):
            raise reading.fault(
                word,
                "address",
                "not an address",
                field="address",
                expected="7 letters and digits",
            )
        if len(addresses) >= MAX_ADDRESSES:
            raise reading.fault(
                word,
                "addresses",
                "too many addresses",
                field="address",
                expected=f"at most {MAX_ADDRESSES}",
            )
        addresses.append(word.text)


def _origin(line: Line, reading: TextReading) -> Envelope:
    match = _ORIGIN.fullmatch(line.text)
    if match is None:
        raise reading.fault(
            line, "origin", "not an origin line", field="originator", expected=".PEKKDMU 240812"
        )
    if match["glued"]:
        reading.notice(line, "address-glued", "originator", "no blank behind the originator")
    rest = (match["rest"] or match["glued"] or "").strip()
    envelope = Envelope(form="wire", originator=match["originator"])
    identity = _IDENTITY.fullmatch(rest)
    if identity is None:
        if rest:
            reading.notice(
                line.cut(9), "identity", "message identity", "no DDHHMM behind the originator; kept"
            )
        return replace(envelope, more=rest)
    _check_filed(line, identity["filed"], reading)
    return replace(
        envelope,
        double_signature=identity["signature"] or "",
        filed=identity["filed"],
        more=(identity["more"] or "").strip(),
    )


def _check_filed(line: Line, filed: str, reading: TextReading) -> None:
    if near_time(filed, _ANY_MONTH) is None:
        reading.notice(line, "identity", "message identity", "no such day and time; kept")


_SHOWN: Final = 24
"""Characters of a keyword that a notice repeats: the longest known one has 18."""


def _keywords(lines: Lines, reading: TextReading) -> tuple[Envelope, Lines]:
    blocks: dict[str, array[int]] = {}
    name = ""
    for index, line in enumerate(lines):
        match = _KEYWORD.fullmatch(line.text.strip())
        if match is None:
            if line.text.strip():
                blocks[name].append(index)
            continue
        name = match[1]
        if name == "TEXT":
            return _from_blocks(blocks, lines.bare(), reading), lines[index + 1 :]
        if name in blocks:
            reading.notice(
                line, "repeated-keyword", name[:_SHOWN], "the block is there twice; joined"
            )
        blocks.setdefault(name, array("I"))
    raise reading.fault(lines[-1].at(), "no-text", "no =TEXT block", field="text", expected="=TEXT")


_BLOCKS: Final = frozenset(
    {"HEADER", "PRIORITY", "DESTINATION TYPE B", "ORIGIN", "DBLSIG", "MSGID", "SMI"}
)


def _from_blocks(blocks: dict[str, array[int]], lines: Lines, reading: TextReading) -> Envelope:
    """The envelope of blocks, of each of which the indices of its lines are known."""
    for name, there in blocks.items():
        if name not in _BLOCKS and there:
            reading.notice(
                lines[there[0]], "unknown-keyword", name[:_SHOWN], "the block is not known"
            )
    if filed := blocks.get("MSGID"):
        _check_filed(lines[filed[0]], lines[filed[0]].text.strip(), reading)
    destinations: list[str] = []
    for index in blocks.get("DESTINATION TYPE B", ()):
        line = lines[index]
        word = line.cut(4) if line.text.startswith("STX,") else line
        _addresses([word], destinations, reading)
    first = {
        name: lines[there[0]].text.strip()
        for name, there in blocks.items()
        if there and name in _BLOCKS
    }
    return Envelope(
        form="keywords",
        priority=first.get("PRIORITY", ""),
        addresses=tuple(destinations),
        originator=first.get("ORIGIN", ""),
        double_signature=first.get("DBLSIG", ""),
        filed=first.get("MSGID", ""),
        received=first.get("HEADER", ""),
        identifier=first.get("SMI", ""),
        address_lines=(1,) * len(destinations),
    )


def _check(envelope: Envelope, start: Line, body: Lines, reading: TextReading) -> None:
    if envelope.priority and envelope.priority not in PRIORITIES:
        reading.notice(start, "priority", "priority", "not a priority of the standard")
    for line in body:
        if len(line.text) > LONGEST_TAKEN:
            raise reading.fault(
                line.at(LONGEST_TAKEN),
                "line-too-long",
                "the line is too long",
                field="text",
                expected=f"at most {LONGEST_LINE} characters",
            )
        if len(line.text) > LONGEST_LINE:
            reading.notice(
                line.at(LONGEST_LINE),
                "line-long",
                "text",
                f"{len(line.text)} characters where {LONGEST_LINE} are allowed",
            )


def identifier_of(opened: Opened) -> str:
    """The standard message identifier: ``=SMI``, else the first word of the text when it may be one."""
    if opened.envelope.identifier:
        return opened.envelope.identifier
    word = opened.body[0].text.split(" ")[0].split("/")[0]
    return word if _IDENTIFIER.fullmatch(word) else ""
