"""SSM and ASM: changes of a schedule over a period (SSM) and on single dates (ASM).

Standard: IATA Standard Schedules Information Manual, chapters 4 (SSM) and 5 (ASM). The manual is IATA's
and was not seen: the layout is general knowledge, checked against messages. ::

    SSM                                    SSM or ASM
    UTC                                    time mode: UTC or LT, holds for all times
    24NOV00042E001/REF 123                 date, group, C continues or E ends, part / creator's text
    NEW XASM                               action, then reasons
    MU5101 3/MU                            flight, data elements; ASM: MU5101/24NOV26
    25OCT26 27MAR27 1357/W2                period and days (SSM); /W2 every second week
    J 320 CY.C8Y150 3/MU 4/MU 5/MU         service, aircraft, booking designator . configuration
    SHA0800/0/0800 PEK1020/0/1020 7/M      leg: station and time, day change, passenger time
    SHAPEK 10/FM9101                       data element of a segment; QQQ for every station
    //                                     the next message within this one
    SI FREE TEXT                           of the last message, behind it or behind one more //

Actions: NEW CNL RPL TIM EQT CON ADM FLT, SKD REV RSD (SSM), RRT RIN (ASM), ACK NAC (answers). Legs of an
ASM may say ``SHA240800`` with the day in front. A day change is ``/1``, before is ``/M1``. In an equipment
line a leading dot means that only the configuration is given; ``SHA/PEK`` below it says for which legs. The
flight of a REV may have the period that is revised behind it.

Notices (``ssm-`` in front): ``time-mode`` none given, UTC taken;
``unknown-line`` a line is not known, kept; ``unknown-word`` part of a line is not known, kept;
``no-flight`` an action without flight; ``no-date`` an ASM flight without date; ``no-period`` an SSM action
that needs a period has none; ``leg-chain`` a leg leaves from elsewhere than the one before arrived;
``period-reversed`` ends before it begins; ``days`` blanks between the days; ``configuration`` a
configuration without its dot, or without the blank before it; and those of the envelope, see ``mvt``;
``repeated-head`` identifier, time mode or reference once more behind ``//``,
left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from airport_brain.operations.formats.near_times import near_date
from airport_brain.operations.formats.text_reading import MAX_BYTES, Line, Lines, TextReading
from airport_brain.operations.formats.type_b.body import head, identified
from airport_brain.operations.formats.type_b.envelope import BARE, Envelope, Opened, open_all
from airport_brain.operations.formats.type_b.schedule_lines import (
    Action,
    Equipment,
    FlightInformation,
    Leg,
    Period,
    ScheduleLine,
    Segment,
    Text,
    action_of,
    schedule_line,
)
from airport_brain.operations.formats.type_b.sealing import seal
from service_bus import Mode, Notice

FORMAT: Final = "ssm"

IDENTIFIERS: Final = ("SSM", "ASM")
ANSWERS: Final = frozenset({"ACK", "NAC"})
"""Actions below which anything may stand."""

NEEDS_PERIOD: Final = frozenset({"NEW", "CNL", "RPL", "TIM", "EQT", "CON", "SKD"})

_MODE: Final = re.compile(r"UTC|LT")
_REFERENCE: Final = re.compile(
    r"(?P<date>\d{2}[A-Z]{3})(?P<group>\d{5})(?P<end>[CE])(?P<part>\d{3})(?:/(?P<creator>.*))?",
    re.ASCII,
)
_FREE_TEXT: Final = re.compile(r"SI(?:[ /:]|$)")
_HEAD_LINES: Final = 5
"""Lines of a head, and one more."""
_HEAD: Final = re.compile(
    rb"(?:^|[\r\n\x02])(?:SSM|ASM)\s*[\r\n]+(?:UTC|LT|\d\d[A-Z]{3}\d{5}[CE]|[A-Z]{3}[ /\r\n])"
    rb"|=SMI\s+(?:SSM|ASM)\s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Message sequence reference.

    Attributes:
        date: as sent, ``ddMMM``.
        ends: ``E``: the last (or only) part of its group; ``C``: another part follows.
        creator: text behind the slash.
    """

    date: str
    group: str
    ends: bool = True
    part: str = "001"
    creator: str = ""

    def text(self) -> str:
        """As it is written in a message."""
        creator = f"/{self.creator}" if self.creator else ""
        return f"{self.date}{self.group}{'E' if self.ends else 'C'}{self.part}{creator}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubMessage:
    """One action and the lines below it."""

    action: Action
    lines: tuple[ScheduleLine, ...] = ()

    @property
    def flights(self) -> tuple[FlightInformation, ...]:
        """Flights it is about."""
        return tuple(line for line in self.lines if isinstance(line, FlightInformation))

    @property
    def periods(self) -> tuple[Period, ...]:
        """Periods it holds for."""
        return tuple(line for line in self.lines if isinstance(line, Period))

    @property
    def equipment(self) -> tuple[Equipment, ...]:
        """Aircraft."""
        return tuple(line for line in self.lines if isinstance(line, Equipment))

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Legs in order."""
        return tuple(line for line in self.lines if isinstance(line, Leg))

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Data elements of segments."""
        return tuple(line for line in self.lines if isinstance(line, Segment))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleMessage:
    """One SSM or ASM.

    Attributes:
        time_mode: ``UTC``, ``LT`` local, "" none given.
        supplementary: free text, to the end; ``text_apart``: ``//`` stands before it.
    """

    envelope: Envelope = BARE
    identifier: str = "SSM"
    time_mode: str = "UTC"
    reference: Reference | None = None
    sub_messages: tuple[SubMessage, ...] = ()
    supplementary: tuple[str, ...] = ()
    text_apart: bool = False
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)


def recognise(data: bytes) -> float:
    """How surely this is an SSM or ASM, 0 to 1."""
    return 0.95 if _HEAD.search(data[:2000]) else 0.0


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[ScheduleMessage]:
    """Read schedule messages.

    Args:
        data: the telexes, in their envelopes or without.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives dates their year.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    reading = TextReading.start(FORMAT, mode)
    return [
        _message(opened, reading, opened.envelope.sent or reference)
        for opened in open_all(
            data, reading, reference=reference, max_bytes=max_bytes, names=IDENTIFIERS
        )
    ]


def _message(opened: Opened, reading: TextReading, near: datetime) -> ScheduleMessage:
    envelope, identifier, _, lines = identified(opened, reading, IDENTIFIERS, example="UTC")
    mode, lines = _time_mode(lines, reading)
    reference, lines = _reference(lines, reading, near)
    if not lines:
        raise reading.fault(
            opened.body[-1].at(), "truncated", "no action", field="action", expected="e.g. NEW"
        )
    groups, text, apart = _groups(lines)
    told = identifier, mode or "UTC"
    subs = [
        _sub_message(_without_head(group, told, reading), identifier, reading, near)
        for group in groups
    ]
    return ScheduleMessage(
        envelope=envelope,
        identifier=identifier,
        time_mode=mode,
        reference=reference,
        sub_messages=tuple(subs),
        supplementary=tuple(line.text for line in text),
        text_apart=apart,
        original=opened.original,
        notices=tuple(reading.notices),
    )


def _time_mode(lines: Lines, reading: TextReading) -> tuple[str, Lines]:
    if _MODE.fullmatch(lines[0].text):
        return lines[0].text, lines[1:]
    reading.notice(lines[0], "time-mode", "time mode", "no time mode; UTC is taken")
    return "", lines


def _reference(
    lines: Lines, reading: TextReading, near: datetime
) -> tuple[Reference | None, Lines]:
    match = _REFERENCE.fullmatch(lines[0].text) if lines else None
    if match is None:
        return None, lines
    if near_date(match["date"], near) is None:
        raise reading.fault(
            lines[0], "date", "no such day", field="reference", expected="ddMMM and the group"
        )
    reference = Reference(
        date=match["date"],
        group=match["group"],
        ends=match["end"] == "E",
        part=match["part"],
        creator=match["creator"] or "",
    )
    return reference, lines[1:]


def _groups(lines: Lines) -> tuple[list[Lines], Lines, bool]:
    """Lines of each sub-message, the free text behind the last, and whether ``//`` stands between."""
    cuts = [-1, *(n for n, line in enumerate(lines) if line.text == "//"), len(lines)]
    groups: list[tuple[int, int]] = []
    text = len(lines)
    for start, end in ((a + 1, b) for a, b in pairwise(cuts) if b > a + 1):
        if text < len(lines) and not _begins(lines[start:end]):
            continue
        # The first line is an action, whatever it looks like.
        within = range(start + (not groups), end)
        free = next((n for n in within if _is_text(lines[n])), len(lines))
        if free > start:
            groups.append((start, end))
        text = free
    last = [(start, min(end, text)) for start, end in groups[-1:]]
    apart = 0 < text < len(lines) and lines[text - 1].text == "//"
    return [lines[a:b] for a, b in (*groups[:-1], *last)], lines[text:], apart


def _begins(lines: Lines) -> bool:
    """Whether a sub-message begins here, perhaps with the head once more."""
    first = next((line for line in lines[:_HEAD_LINES] if not _is_head(line)), None)
    return first is not None and action_of(first) is not None


def _is_text(line: Line) -> bool:
    return _FREE_TEXT.match(line.text) is not None


def _is_head(line: Line) -> bool:
    text = line.text
    return text in IDENTIFIERS or bool(_MODE.fullmatch(text) or _REFERENCE.fullmatch(text))


def _sub_message(group: Lines, identifier: str, reading: TextReading, near: datetime) -> SubMessage:
    action = action_of(group[0])
    if action is None:
        raise reading.fault(
            group[0],
            "action",
            "not an action",
            field="action",
            expected="NEW, CNL, RPL, TIM, EQT, CON ...",
        )
    if action.code in ANSWERS:
        return SubMessage(action=action, lines=tuple(Text(value=line.text) for line in group[1:]))
    text = next((n for n, line in enumerate(group) if _is_text(line)), len(group))
    read = [schedule_line(line, reading, near) for line in group[1:text]]
    free = [Text(value=line.text) for line in group[text:]]
    sub = SubMessage(action=action, lines=(*read, *free))
    _check(sub, group, identifier, reading)
    return sub


def _without_head(group: Lines, told: tuple[str, str], reading: TextReading) -> Lines:
    """A sub-message without the head that some systems put over each of them.

    Raises:
        Malformed: the head says another identifier or time mode than the message's.
    """
    start = 0
    for line in group[:-1]:
        if line.text in IDENTIFIERS or _MODE.fullmatch(line.text):
            if line.text not in told:
                raise reading.fault(
                    line,
                    "repeated-head",
                    "another kind of message, or another time mode",
                    field="time mode",
                    expected=" ".join(told),
                )
        elif not _REFERENCE.fullmatch(line.text):
            break
        start += 1
    if start:
        reading.notice(group[0], "repeated-head", "time mode", "the head again; left out")
    return group[start:]


def _check(sub: SubMessage, group: Lines, identifier: str, reading: TextReading) -> None:
    if not sub.flights:
        reading.notice(group[0], "no-flight", "flight", "the action has no flight")
    before: Leg | None = None
    for line, read in zip(group[1:], sub.lines, strict=True):
        if isinstance(read, FlightInformation) and identifier == "ASM" and not read.flight.day:
            reading.notice(line, "no-date", "date", "an ad-hoc flight without its date")
        if isinstance(read, Leg):
            if before and before.arrival_station != read.departure_station:
                reading.notice(line, "leg-chain", "station", "leaves from elsewhere")
            before = read
        else:
            before = None
    if identifier == "SSM" and sub.action.code in NEEDS_PERIOD and not sub.periods:
        reading.notice(group[0], "no-period", "period", "the action has no period")


def encode(message: ScheduleMessage) -> bytes:
    """Write an SSM or ASM.

    Raises:
        ValueError: characters outside Latin-1.
    """
    lines = head(message.envelope, message.identifier, correction=False)
    if message.time_mode:
        lines.append(message.time_mode)
    if message.reference:
        lines.append(message.reference.text())
    for number, sub in enumerate(message.sub_messages):
        if number:
            lines.append("//")
        lines += [sub.action.text(), *(line.text() for line in sub.lines)]
    if message.text_apart and message.supplementary:
        lines.append("//")
    return seal(message.envelope, [*lines, *message.supplementary])
