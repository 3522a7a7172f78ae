"""Reading name lists, line by line."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import Final

from passenger_id.formats.masking import shape
from passenger_id.formats.name_list.days import day_near
from passenger_id.formats.name_list.marks import Marks, fault
from passenger_id.formats.name_list.message import (
    KINDS,
    Action,
    Change,
    DestinationTotal,
    Element,
    Kind,
    Name,
    NameList,
)
from passenger_id.formats.name_list.names import ELEMENT, elements_in, name_of, parts_of
from service_bus import Mode, TooLarge

MAX_BYTES: Final = 384 * 1024
"""Bytes taken by default: all parts of the list of the largest aircraft have some 80 KB, and 250 KB where
every passenger has documents, tickets and contacts in it."""

MOST_PARTS: Final = 10_000
"""Lines, and elements behind others on a line: sixteen for each of 615 passengers. The lists of the
largest aircraft have some 3,000."""

MOST_LISTS: Final = 500
"""Lists, or parts of such, one after the other: that of the largest aircraft comes in some forty."""

LINE_END: Final = re.compile("\r{0,3}\n|\r")
"""Gateways that write text put a further carriage return in front of those of a telegram."""
_INVISIBLE: Final = re.compile("[\x00-\x1f\x7f]")
_MARKS: Final = "\x01\x02\x03\x04\x0b\x0c\x00\t"
"""What transmission puts around messages and lines."""
_CONTROL: Final = _MARKS + " "
_FLIGHT: Final = re.compile(
    r"(?P<carrier>[A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z])(?P<number>\d{1,4})(?P<suffix>[A-Z]?)"
    r"/(?P<day>\d\d[A-Z]{3}(?:\d\d|\d{4})?) +(?P<board>[A-Z]{3})(?: +PART ?(?P<part>\d{1,3}))?",
    re.ASCII,
)
_TOTAL: Final = re.compile(
    r"-(?P<to>[A-Z]{3}) ?(?P<count>\d{1,3})(?P<class>[A-Z])(?:-PAD(?P<pad>\d{1,3}))?(?P<rest>(?: .*)?)",
    re.ASCII,
)
_STARTS_TOTAL: Final = re.compile("-[A-Za-z]{3} ?[0-9]")
_END: Final = re.compile(r"END(?:PART ?(?P<part>\d{1,3})|(?P<kind>PNL|ADL|PRL))", re.ASCII)
_PARTS: Final = re.compile(rf"{LINE_END.pattern}| \.")
_ACTIONS: Final[tuple[Action, ...]] = ("ADD", "DEL", "CHG")


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[NameList]:
    """Read one part, or several one after the other.

    Args:
        data: with or without a Type B envelope.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives days their year.
        max_bytes: size cap.

    Raises:
        Malformed: with field, line and column; never a name.
        TooLarge: over the cap.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "name list")
    lines, line_end, charset, whole = _lines(data)
    for number, line in enumerate(lines, 1):
        if _INVISIBLE.search(line) and (wrong := _INVISIBLE.search(inner := line.strip(_CONTROL))):
            column = wrong.start()
            raise fault(
                "a control character stands in a line",
                "text",
                number,
                line.index(inner[0]) + column + 1,
                code="wrong-character",
                found=f"0x{ord(inner[column]):02X}",
                expected="printable ASCII",
            )
    strict = mode == "strict"
    return _Reader(lines, line_end, charset, strict, reference.date(), whole=whole).lists()


def _lines(data: bytes) -> tuple[list[str], str, str, bytes | None]:
    """The lines, what ends the first of them, the character set, and the bytes if all end like it."""
    text, charset = _decoded(data)
    line_end = found[0] if (found := LINE_END.search(text)) else "\r\n"
    if text.count("\n") + text.count("\r") + text.count(" .") > MOST_PARTS:
        _check_parts(text)
    alike = all(found[0] == line_end for found in LINE_END.finditer(text))
    return LINE_END.split(text), line_end, charset, data if alike else None


def _check_parts(text: str) -> None:
    found = next(islice(_PARTS.finditer(text), MOST_PARTS, None), None)
    if found is not None:
        line = sum(1 for _ in LINE_END.finditer(text, 0, found.end()))
        raise fault(
            "too many lines and elements",
            "line",
            line if found[0] != " ." else line + 1,
            1,
            code="too-many-parts",
            expected=f"at most {MOST_PARTS}",
        )


def _decoded(data: bytes) -> tuple[str, str]:
    """The text and its character set; what is neither ASCII nor UTF-8 is taken byte for byte."""
    for charset in ("ascii", "utf-8"):
        try:
            return data.decode(charset), charset
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def recognise(data: bytes) -> float:
    """How much bytes look like a name list, 0 to 1."""
    lines = LINE_END.split(data[:1000].decode("latin-1"))
    for at, line in enumerate(lines):
        if line.strip(_CONTROL) in KINDS:
            following = lines[at + 1] if at + 1 < len(lines) else ""
            return 0.97 if _FLIGHT.fullmatch(following.strip(_CONTROL)) else 0.4
    return 0.0


class _Reader:
    """Reads the parts in a text."""

    def __init__(
        self,
        lines: Sequence[str],
        line_end: str,
        charset: str,
        strict: bool,
        today: date,
        *,
        whole: bytes | None,
    ) -> None:
        self._lines = lines
        self._line_end = line_end
        self._charset = charset
        self._strict = strict
        self._today = today
        self._whole = whole
        self._at = 0
        self._starts = array(
            "I", (at for at, line in enumerate(lines) if line.strip(_CONTROL) in KINDS)
        )
        self._marks = Marks(strict=strict)

    def lists(self) -> list[NameList]:
        """Every part, in the order they stand."""
        starts = self._starts
        if not starts:
            raise fault(
                "no name list found",
                "message identifier",
                1,
                1,
                code="no-message",
                found=shape(self._lines[0]),
                expected="PNL, ADL or PRL",
            )
        found: list[NameList] = []
        begin = 0
        while begin < len(self._lines):
            next_start = bisect_left(starts, begin)
            if next_start == len(starts):
                break
            if len(found) == MOST_LISTS:
                raise fault(
                    "too many lists",
                    "message identifier",
                    starts[next_start] + 1,
                    1,
                    code="too-many-lists",
                    expected=f"at most {MOST_LISTS}",
                )
            end, part = self._part(begin, starts[next_start])
            found.append(part)
            begin = end
        return found

    # One part.

    def _part(self, begin: int, start: int) -> tuple[int, NameList]:
        self._marks = Marks(strict=self._strict)
        envelope = tuple(self._lines[begin:start])
        kind = next(k for k in KINDS if k == self._lines[start].strip(_CONTROL))
        self._at = start + 1
        self._pass_blank_lines()
        number = self._at + 1
        flight = self._flight()
        header = self._header()
        self._pass_blank_lines()
        totals: list[DestinationTotal] = []
        while (total := self._total(kind)) is not None:
            totals.append(total)
        part = int(flight["part"]) if flight["part"] else None
        ended, last = self._end(kind, part)
        after = self._after_end()
        line_end = self._line_end
        ends_line = self._at < len(self._lines)
        original = self._original(begin, ends_line)
        if self._charset != "ascii":
            self._look_for_foreign(begin)
        day = day_near(flight["day"], self._today)
        if day is None:
            self._marks.odd("pnl-day", "date", number, 1)
        result = NameList(
            kind=kind,
            carrier=flight["carrier"],
            number=flight["number"],
            suffix=flight["suffix"],
            day=flight["day"],
            board_point=flight["board"],
            part=part,
            last=last,
            header=header,
            totals=tuple(totals),
            envelope=envelope,
            flight_date=day,
            charset=self._charset,
            line_end=line_end,
            ended=ended,
            ends_line=ends_line,
            original=original,
            notices=tuple(self._marks.notices),
        )
        return after, result

    def _original(self, begin: int, ends_line: bool) -> bytes:
        """The lines from there to here with one kind of line end; the same bytes where they are all."""
        rest = self._lines[self._at :]
        if self._whole is not None and begin == 0 and rest == ([""] if ends_line else []):
            return self._whole
        written, line_end = bytearray(), self._line_end.encode()
        for number in range(begin, self._at):
            written += self._lines[number].encode(self._charset)
            if ends_line or number < self._at - 1:
                written += line_end
        return bytes(written)

    def _look_for_foreign(self, begin: int) -> None:
        """Note the first character outside ASCII of this part."""
        for number, line in enumerate(islice(self._lines, begin, self._at), begin + 1):
            if not line.isascii():
                column = next(i for i, letter in enumerate(line, 1) if not letter.isascii())
                self._marks.odd("pnl-not-ascii", "text", number, column)
                return

    def _flight(self) -> re.Match[str]:
        line = self._line()
        match = _FLIGHT.fullmatch(line)
        if not match:
            raise fault(
                "flight line does not fit",
                "flight",
                self._at + 1,
                1,
                code="cut-short" if self._at >= len(self._lines) else "wrong-value",
                found=shape(line),
                expected="like MU5101/24NOV SHA PART1",
            )
        if not match["part"]:
            self._marks.odd("pnl-no-part", "part", self._at + 1, len(line) + 1)
        self._at += 1
        return match

    def _header(self) -> tuple[str, ...]:
        first = self._at
        while self._at < len(self._lines) and not self._starts_total():
            if _END.fullmatch(self._line()):
                break
            line = self._line()
            if line in KINDS:
                break
            if line[:1].isdecimal() and (parts_of(line) or ELEMENT.search(line)):
                raise fault(
                    "a name stands before the first total",
                    "name",
                    self._at + 1,
                    1,
                    code="wrong-order",
                    found=shape(line),
                    expected="a total by destination, like -PEK120Y",
                )
            self._at += 1
        while self._at > first and not self._lines[self._at - 1].strip(_CONTROL):
            self._at -= 1
        # Blanks stay: availability lines begin with one.
        return tuple(line.strip(_MARKS).rstrip() for line in self._lines[first : self._at])

    def _starts_total(self) -> bool:
        line = self._lines[self._at].lstrip(_CONTROL)
        return line[:1] == "-" and _STARTS_TOTAL.match(line) is not None

    def _total(self, kind: Kind) -> DestinationTotal | None:
        if self._at >= len(self._lines) or not self._starts_total():
            return None
        line = self._line()
        match = _TOTAL.fullmatch(line)
        if not match:
            raise fault(
                "total does not fit",
                "total by destination",
                self._at + 1,
                1,
                code="wrong-value",
                found=shape(line),
                expected="like -PEK120Y",
            )
        self._at += 1
        notes, changes = self._changes(kind)
        return DestinationTotal(
            destination=match["to"],
            count=int(match["count"]),
            booking_class=match["class"],
            pad=int(match["pad"]) if match["pad"] else None,
            rest=match["rest"],
            notes=notes,
            changes=changes,
            places=len(match["count"]),
            pad_places=len(match["pad"] or ""),
        )

    def _changes(self, kind: Kind) -> tuple[tuple[str, ...], tuple[Change, ...]]:
        notes: list[str] = []
        changes: list[Change] = []
        action: Action = ""
        names: list[Name] = []
        started = False
        while (line := self._body_line()) is not None:
            if kind == "ADL" and line in _ACTIONS:
                if names or started:
                    changes.append(Change(action=action, names=tuple(names)))
                action, names, started = _action(line), [], True
                self._at += 1
            elif line[:1].isdecimal():
                if kind == "ADL" and not started and not names:
                    self._marks.odd("pnl-no-action", "name", self._at + 1, 1)
                names.append(self._name())
            else:
                self._marks.odd("pnl-unknown-line", "line", self._at + 1, 1)
                notes.append(line)
                self._at += 1
        if names or started:
            changes.append(Change(action=action, names=tuple(names)))
        return tuple(notes), tuple(changes)

    def _body_line(self) -> str | None:
        """The line here, if it is inside a class; ``None`` at a total, an end, or the next part."""
        self._pass_blank_lines()
        if self._at >= len(self._lines) or self._starts_total():
            return None
        line = self._line()
        if not line or line in KINDS or _END.fullmatch(line):
            return None
        return line

    def _pass_blank_lines(self) -> None:
        at = self._at
        while at < len(self._lines) and not self._lines[at].strip(_CONTROL):
            at += 1
        if at > self._at and at < len(self._lines) and self._lines[at].strip(_CONTROL) not in KINDS:
            self._marks.odd("pnl-blank-line", "line", self._at + 1, 1)
            self._at = at

    # One name.

    def _name(self) -> Name:
        number = self._at + 1
        line = self._line()
        first = ELEMENT.search(line)
        text = line[: first.start()] if first else line
        elements = list(elements_in(line, first.start())) if first else []
        self._at += 1
        folds: list[int] = []
        while not first and (more := self._body_line()) is not None and more.startswith("/"):
            self._marks.odd("pnl-folded-name", "name", self._at + 1, 1)
            folds.append(len(text))
            first = ELEMENT.search(more)
            text += more[: first.start()] if first else more
            elements = list(elements_in(more, first.start())) if first else []
            self._at += 1
        while (more := self._body_line()) is not None and not more[:1].isdecimal():
            if more in _ACTIONS:
                break
            if more.startswith("."):
                elements += self._element_line(more)
            else:
                self._marks.odd("pnl-unknown-line", "line", self._at + 1, 1)
                elements.append(Element(code="", text=more, starts_line=True))
            self._at += 1
        return name_of(text, number, tuple(elements), self._marks, tuple(folds))

    def _element_line(self, line: str) -> list[Element]:
        if not ELEMENT.match(line):
            self._marks.odd("pnl-unknown-line", "line", self._at + 1, 1)
            return [Element(code="", text=line, starts_line=True)]
        return list(elements_in(line, 0))

    # The end.

    def _end(self, kind: Kind, part: int | None) -> tuple[bool, bool]:
        """Whether the end is there, and whether this is the last part."""
        line = self._line()
        match = _END.fullmatch(line)
        if not match:
            self._marks.odd("pnl-no-end", "end", min(self._at, len(self._lines) - 1) + 1, 1)
            return False, False
        if (match["kind"] and match["kind"] != kind) or (
            match["part"] and part is not None and int(match["part"]) != part
        ):
            raise fault(
                "the end is of another part",
                "end",
                self._at + 1,
                1,
                code="wrong-part",
                found=line,
                expected=f"END{kind} or ENDPART{part or 1}",
            )
        self._at += 1
        return True, match["kind"] is not None

    def _after_end(self) -> int:
        """Index of the line where the next part may begin: blank lines after the end are left out."""
        at = self._at
        while at < len(self._lines) and not self._lines[at].strip(_CONTROL):
            at += 1
        if at < len(self._lines) and bisect_left(self._starts, at) == len(self._starts):
            self._marks.odd("pnl-after-end", "line", at + 1, 1)
            return len(self._lines)
        return at

    def _line(self) -> str:
        return self._lines[self._at].strip(_CONTROL) if self._at < len(self._lines) else ""


def _action(line: str) -> Action:
    return next(action for action in _ACTIONS if action == line)
