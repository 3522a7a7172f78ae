"""Cargo-IMP: what all messages share. Lines, envelopes, the head line, faults and notices.

Source: the IATA Cargo Interchange Message Procedures (32nd to 34th edition), as described publicly.
Upper-case ASCII in lines of at most 69 characters, ended by CR LF; the slant separates fields. The
first line is ``TYPE/version``. A line begins with a three-letter identifier or with a slant, which
goes on with the identifier above. Around a message there may be a Type B envelope (addresses, origin)
or an EDIFACT one (``UNB``, ``UNH`` ... ``UNT``, ``UNZ``); both are kept with the original bytes.

Notices of every Cargo-IMP format, with its name in front (``fsu-line-end``):

======================  ==========================================================================
``line-end``            The last line has no end.
``line-long``           A line has more than 69 characters.
``length``              The message is longer than the manual's 3,500 characters.
``lower-case``          Small letters were read as capitals.
``not-ascii``           Characters outside ASCII were kept in free text.
``blank-line``          An empty line inside the message was passed over.
``envelope``            Lines around the message were kept as its envelope.
``version``             The version is not one of those known; it was read as the nearest known.
``version-missing``     The message does not say its version.
``unknown-line``        A line of a kind that the standard does not have here was kept unread.
``field-long``          A field is longer than the standard allows; it was kept whole.
``text-slant``          A text holds a slant, which parts fields.
``slant-last``          A slant at the end of a line has nothing behind it.
``awb-hyphen``          The air waybill number is written without its hyphen.
``participant``         A participant identifier of an agent does not have three letters.
``carrier-long``        A flight is written with a carrier of three letters; it was kept.
``quantity-total``      A total of pieces stands where only part shipments have one.
======================  ==========================================================================
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from string import ascii_lowercase, ascii_uppercase
from typing import Final, NamedTuple

from cargo_platform.formats.cimp_lines import FEW, Line, Table, each_row
from service_bus import Malformed, Mode, Notice, TooLarge

LONGEST_LINE: Final = 69
LONGEST_MANUAL: Final = 3_500
"""Characters of a message since the 32nd edition; senders exceed it."""
LONGEST_MESSAGE: Final = 64 * 1024
"""Bytes taken by default: many times the manual's limit."""

MOST_LINES: Final = 5_000
"""Lines taken: lines of real messages have over 20 characters, so that far fewer fit under the cap."""

MOST_NOTICES: Final = 200
"""More are not kept: they would say nothing new, and take more room than the message."""

MESSAGES: Final = ("FBL", "FFM", "FHL", "FMA", "FNA", "FSA", "FSR", "FSU", "FWB")
"""Identifiers of the messages that are read here."""

_HEAD: Final = re.compile(r"[A-Z]{3}(?:/[0-9]{1,2})?", re.ASCII)
_FIRST_HEAD: Final = re.compile(
    rf"(?:^|[\r\n'\x01\x02])[ \t]?({'|'.join(MESSAGES)})(/[0-9]{{1,2}})?[ \t]?(?=[\r\n\x03]|$)"
)
_EDIFACT: Final = re.compile(r"'?(?:UN[ABEGH][+:][^']*')++", re.ASCII)
_TRAILER: Final = re.compile(r"'?UN[ETZ]\+.*|'|NNNN", re.ASCII)
"""The end of an envelope; the apostrophe before it ends the text as a segment."""
_EDGES: Final = " \t\x01\x02\x03\x04\x0b\x0c\x7f"
_SHOWN: Final = 24
_CAPITALS: Final = str.maketrans(ascii_lowercase, ascii_uppercase)


@dataclass(slots=True)
class Reading:
    """One message being read: its mode, its clock and what was odd so far.

    Attributes:
        format: name of the format, in front of every code.
        near: the reference moment, naive UTC; gives dates without a year their year.
    """

    format: str
    mode: Mode
    near: datetime
    notices: list[Notice]

    def fault(
        self,
        line: Line,
        reason: str,
        *,
        field: str,
        code: str,
        column: int = 1,
        found: str = "",
        expected: str = "",
    ) -> Malformed:
        """Make the error for a place; ``column`` counts from 1 in ``line.text``."""
        return Malformed(
            self.format,
            reason,
            field=field,
            position=position(line, column),
            found=found[:_SHOWN],
            expected=expected,
            code=f"{self.format}-{code}",
        )

    def odd(self, line: Line, code: str, text: str, *, field: str, column: int = 1) -> None:
        """Note something odd; in strict mode that is a fault.

        Raises:
            Malformed: strict mode.
        """
        if self.mode == "strict":
            raise self.fault(
                line, text, field=field, code=code, column=column, expected="strict Cargo-IMP"
            )
        if len(self.notices) < MOST_NOTICES:
            self.notices.append(
                Notice(
                    code=f"{self.format}-{code}",
                    field=field,
                    position=position(line, column),
                    text=text,
                )
            )


class Part(NamedTuple):
    """The lines of one message, head line first, and what stood before it."""

    lines: Sequence[Line]
    envelope: tuple[str, ...]
    reading: Reading


def position(line: Line, column: int) -> str:
    """Place in the original text."""
    return f"line {line.number} column {column + line.indent}"


def split(
    data: bytes,
    *,
    format: str,
    types: Iterable[str],
    mode: Mode,
    reference: datetime,
    max_bytes: int = LONGEST_MESSAGE,
    whole: bool = False,
) -> Iterator[Part]:
    """Cut bytes into messages of the given types, each when it is asked for.

    ``whole``: what follows the first head belongs to its message, whatever it is.

    Raises:
        TooLarge: over the cap.
        Malformed: no message of these types, or, in strict mode, something odd.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "Cargo-IMP message")
    reading = Reading(format, mode, reference.replace(tzinfo=None), [])
    lines = _lines(data, reading)
    names = tuple(types)
    starts = [i for i, line in enumerate(lines) if line.text[:3] in names and _is_head(line.text)]
    if not starts:
        raise reading.fault(
            lines[0] if lines else Line(1, ""),
            "no such message found" if lines else "the message is empty",
            field="message identifier",
            found=lines[0].text[:7] if lines else "",
            expected=" or ".join(f"{name}/version" for name in names),
            code="no-message",
        )
    if starts[0]:
        reading.odd(
            lines[0], "envelope", "lines before the message are its envelope", field="envelope"
        )
    return _parts(lines, starts[:1] if whole else starts, reading)


def _parts(lines: Sequence[Line], starts: Sequence[int], reading: Reading) -> Iterator[Part]:
    envelope = tuple(line.text for line in lines[: starts[0]])
    for start, end in zip_longest(starts, starts[1:], fillvalue=len(lines)):
        own = Reading(reading.format, reading.mode, reading.near, list(reading.notices))
        yield Part(lines[start:end], envelope, own)


def _is_head(text: str) -> bool:
    return _HEAD.fullmatch(text) is not None


def _lines(data: bytes, reading: Reading) -> Sequence[Line]:
    text = _text(data, reading)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    count = text.count("\n")
    if count > MOST_LINES:
        raise reading.fault(
            Line(MOST_LINES + 1, ""), "too many lines", field="line", code="too-many-lines",
            expected=f"at most {MOST_LINES}",
        )  # fmt: skip
    last = text[text.rfind("\n") + 1 :]
    if last and not _TRAILER.fullmatch(last.strip(_EDGES)):
        reading.odd(Line(count + 1, ""), "line-end", "the last line has no end", field="line end")
    if len(text) > LONGEST_MANUAL:
        reading.odd(
            Line(1, ""),
            "length",
            f"the message has more than {LONGEST_MANUAL} characters",
            field="message",
        )
    lines: list[Line] = []
    table = Table(text, array("I")) if count > FEW else None
    at = 0
    for number, row in enumerate(each_row(text) if table is not None else _rows(text), 1):
        start, at = at, at + len(row) + 1
        stripped = row.strip(_EDGES)
        indent = 0 if len(row) == len(stripped) else row.find(stripped)
        line = Line(number, stripped, indent)
        if not stripped or stripped[0] in "UN'":
            line = _around(line, reading, bool(table or lines))
            if not line.text:
                continue
        if len(line.text) > LONGEST_LINE:
            reading.odd(
                line, "line-long", f"more than {LONGEST_LINE} characters", field="line",
                column=LONGEST_LINE + 1,
            )  # fmt: skip
        if table is None:
            lines.append(line)
        else:
            table.add(line, start)
    return lines if table is None else table


def _rows(text: str) -> list[str]:
    rows = text.split("\n")
    if not rows[-1]:
        rows.pop()
    return rows


def _around(line: Line, reading: Reading, inside: bool) -> Line:
    """What is left of an empty line or a line of an envelope."""
    if not line.text:
        if inside:
            reading.odd(line, "blank-line", "an empty line was passed over", field="line")
        return line
    if _TRAILER.fullmatch(line.text):
        return Line(line.number, "")
    found = _EDIFACT.match(line.text)
    if found is None or found.end() == len(line.text):
        return line
    # Text right behind the segment, without a line end between.
    rest = line.text[found.end() :]
    return Line(line.number, rest, line.indent + found.end())


def _text(data: bytes, reading: Reading) -> str:
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = Line(before.count(b"\n") + 1, "")
        reading.odd(
            line,
            "not-ascii",
            "a character outside ASCII",
            field="character",
            column=error.start - before.rfind(b"\n"),
        )
        text = _latin(data)
    if not text.isupper() and any("a" <= letter <= "z" for letter in text):
        reading.odd(
            Line(1, ""), "lower-case", "small letters were read as capitals", field="character"
        )
        text = text.translate(_CAPITALS)
    return text


def _latin(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def version_of(part: Part, known: Sequence[int]) -> int:
    """Read the version of the head line; the last of ``known`` where it is not said."""
    head, reading = part.lines[0], part.reading
    said = head.text[4:]
    if not said:
        reading.odd(
            head, "version-missing", f"read as version {known[-1]}", field="message version"
        )
        return known[-1]
    version = int(said)
    if version not in known:
        reading.odd(
            head, "version", f"version {version} is not known", field="message version", column=5
        )
    return version


def looks_like(data: bytes, types: Iterable[str]) -> float:
    """How sure it is that bytes hold a message of these types; never raises.

    The first head line tells: an answer holds the message that it answers, with a head of its own.
    """
    text = data[:LONGEST_MESSAGE].decode("latin-1").lstrip(_EDGES + "\r\n").upper()
    found = _FIRST_HEAD.search(text)
    if found is None or found[1] not in types:
        return 0.0
    return 0.95 if found.start(1) == 0 and found[2] else 0.8


def encoded(lines: Iterable[str]) -> bytes:
    """Lines as bytes, each ended by CR LF."""
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")
