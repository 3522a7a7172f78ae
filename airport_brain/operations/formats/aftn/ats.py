"""FPL, DEP, ARR, DLA, CHG, CNL and their kin: flight plans and what becomes of them.

Standard: ICAO Doc 4444 (PANS-ATM), appendix 3, and in China MH/T 4007, which follows it (general knowledge;
neither text was seen). A message stands in brackets, its items begin with a hyphen::

    (FPL-CES5101-IS
    -A320/M-SDFGHIRWY/S
    -ZSSS0800
    -K0830S0980 PIKAS G330 ...
    -ZBAA0155 ZBTJ
    -DOF/261124 REG/B1234)

=====  ==================================================================================
type   items
=====  ==================================================================================
FPL    7 8 9 10 13 15 16 18 [19]
DEP    7 13 16 [18]
ARR    7 13 [16] 17 [18]
DLA    7 13 16 [18]
CNL    7 13 16 [18]
CHG    7 13 16 [18] 22 ...
CPL    7 8 9 10 13 14 15 16 [18]
EST    7 13 14 16
CDN    7 13 16 22 ...
ACP    7 13 16, or none
LAM    none
RQP    7 13 16 [18]
RQS    7 13 16 [18]
SPL    7 13 16 18 [19]
ALR    5 7 8 9 10 13 15 16 18 [19] [20]
RCF    7 21
=====  ==================================================================================

Item 3 is the type, with a message number and the number of the message it refers to where units number
them. Types between units (ABI, ACT, PAC ...), ALN and RTN are kept as they stand. Speeds ``K0830`` (km/h)
and levels ``S0980`` (tens of metres) are as common as ``N0450`` and ``F350``. Items 19 to 21 name people:
they are kept and never repeated in a fault. Times are UTC; the day of a departure is DOF, or that which is
nearest to filing or receipt; of an FPL it is 6 hours before them at most and 18 behind, and that of an ARR
is before its landing.

Notices (``ats-`` in front): ``unknown-type`` a type that neither standard has, its items kept unread;
``other-text`` text in item 18 before an indicator; ``indicator`` an indicator that is not known;
``hyphen`` a hyphen within item 18, read as text; ``dof`` DOF is no date; ``ssr-apart`` a hyphen before
the SSR code; ``blanks`` a blank behind a hyphen, or more than one between the aerodromes of item 16;
``no-type-of-flight`` item 8 has none; ``wake`` a wake turbulence category of another list (B and C are of
the finer one in China), kept; ``estimate-more`` text behind the levels of item 14, kept; ``no-elapsed``
item 16 of an FPL has no time; ``no-departure-time`` item 13 has no time where one is needed;
``no-arrival-time`` item 17 of an ARR has none; ``no-other`` an FPL without item 18; ``unnamed`` ZZZZ or
AFIL, and item 18 does not say what it stands for; ``no-amendment`` a CHG without item 22; ``outside`` text
outside the brackets; ``bracket`` brackets within the text, read as text; ``no-bracket`` the closing bracket
is missing; and of the envelope ``no-end``, ``no-start``, ``no-address``, ``short-end``, ``end-beside``,
``one-line``, ``priority``, ``priority-apart``, ``address-glued``, ``heading-blanks``, ``line-long``,
``text-long``, ``not-ascii``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice, takewhile
from types import MappingProxyType
from typing import Any, Final

from airport_brain.operations.formats.aftn.envelope import (
    BARE,
    AftnEnvelope,
    Opened,
    open_all,
    seal,
)
from airport_brain.operations.formats.aftn.fields import (
    Aircraft,
    Amendment,
    Destination,
    Emergency,
    Equipment,
    Estimate,
    FieldText,
    Identification,
    Other,
    Place,
    Route,
    Rules,
    Survival,
    indicates,
    more_18,
    read_5,
    read_7,
    read_8,
    read_9,
    read_10,
    read_13,
    read_14,
    read_15,
    read_16,
    read_17,
    read_18,
    read_22,
    survival,
)
from airport_brain.operations.formats.aftn.running import Pieces, Running, broken
from airport_brain.operations.formats.near_times import at_midnight, near_time
from airport_brain.operations.formats.text_reading import (
    MAX_BYTES,
    MAX_MESSAGES,
    Line,
    TextReading,
)
from service_bus import Mode, Notice

FORMAT: Final = "ats"

OTHERS: Final = frozenset(
    {
        "ABI", "ACH", "ACT", "ADS", "AFP", "ALN", "AMA", "AOC", "APL", "ASM", "COD", "COF", "EMG", "FAN",
        "FCN", "FNM", "HOP", "INF", "LRM", "MAC", "MAS", "MFS", "MIS", "NAT", "OCM", "PAC", "PCA", "PCM",
        "RAP", "REJ", "REV", "RJC", "RLS", "ROC", "ROF", "RRQ", "RRV", "RTI", "RTN", "SBY", "SDM", "TDM",
        "TIM", "TIP", "TOC", "TRU",
    }
)  # fmt: skip
"""Types of MH/T 4007 and of messages between units, whose items are agreed on by two of them; kept unread."""

MAX_ITEMS: Final = 60
MOST_PARTS: Final = 2 * MAX_ITEMS
"""Parts between hyphens that are looked at: those of the longest message with too many items."""

_THREE: Final = re.compile(
    r"([A-Z]{3})([A-Z]{1,8}/[A-Z]{1,8}\d{3})?([A-Z]{1,8}/[A-Z]{1,8}\d{3})?", re.ASCII
)
_BRACKET: Final = re.compile(r"[()]")
_SSR: Final = re.compile(r"A[0-7]{4}", re.ASCII)
_ITEM_18: Final = re.compile(r"(?:[A-Z]{3,8}[1-9]?/|0$)", re.ASCII)
_ITEM_19: Final = re.compile(r"[EPRSJDANC]/", re.ASCII)
_ITEM_22: Final = re.compile(r"\d{1,2}/", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtsMessage:
    """One ATS message; items that it has not are ``None``.

    Attributes:
        number: message number of item 3, ``reference`` that of the message it refers to.
        supplementary: item 19 as sent, ``survival`` what it says.
        alerting: item 20, ``failure`` item 21, as sent.
        items: of another type, the items unread.
        departure_at: time of item 13 with its day, aware UTC.
        breaks: where lines began in the text; ``None`` lays it out anew.
        closed: the closing bracket is there.
    """

    envelope: AftnEnvelope = BARE
    message_type: str
    number: str = ""
    reference: str = ""
    identification: Identification | None = None
    rules: Rules | None = None
    aircraft: Aircraft | None = None
    equipment: Equipment | None = None
    departure: Place | None = None
    route: Route | None = None
    destination: Destination | None = None
    arrival: Place | None = None
    other: Other | None = None
    emergency: Emergency | None = None
    estimate: Estimate | None = None
    supplementary: str = field(default="", repr=False)
    survival: Survival | None = field(default=None, compare=False)
    alerting: str = field(default="", repr=False)
    failure: str = field(default="", repr=False)
    amendments: tuple[Amendment, ...] = ()
    items: tuple[str, ...] = field(default=(), repr=False)
    departure_at: datetime | None = field(default=None, compare=False)
    breaks: tuple[int, ...] | None = field(default=None, compare=False, repr=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def date_of_flight(self) -> date | None:
        """DOF of item 18."""
        return _dof(self.other.get("DOF")) if self.other else None


_READERS: Final = MappingProxyType(
    {
        5: ("emergency", read_5),
        7: ("identification", read_7),
        8: ("rules", read_8),
        9: ("aircraft", read_9),
        10: ("equipment", read_10),
        13: ("departure", read_13),
        14: ("estimate", read_14),
        15: ("route", read_15),
        16: ("destination", read_16),
        17: ("arrival", read_17),
        18: ("other", read_18),
    }
)
_LAYOUT: Final = MappingProxyType(
    {
        "FPL": (7, 8, 9, 10, 13, 15, 16),
        "DEP": (7, 13, 16),
        "ARR": (7, 13),
        "DLA": (7, 13, 16),
        "CNL": (7, 13, 16),
        "CHG": (7, 13, 16),
        "CPL": (7, 8, 9, 10, 13, 14, 15, 16),
        "EST": (7, 13, 14, 16),
        "CDN": (7, 13, 16),
        "ACP": (7, 13, 16),
        "LAM": (),
        "RQP": (7, 13, 16),
        "RQS": (7, 13, 16),
        "SPL": (7, 13, 16),
        "ALR": (5, 7, 8, 9, 10, 13, 15, 16),
        "RCF": (7,),
    }
)
"""Items that must come first; what may follow is told apart by its form."""

TYPES: Final = tuple(_LAYOUT)
_WHOLE: Final = frozenset({"FPL", "ALR"})
"""Types that say all of a flight."""
_AMENDED: Final = frozenset({"CHG", "CDN", "ACP"})
_WITH_19: Final = frozenset({"FPL", "SPL", "ALR"})

_HEAD: Final = re.compile(
    rb"(?:(?:^|[\r\n])\s{0,20}|\d{6} {0,4}[A-Z]{8} {0,4}|ZCZC (?:[A-Z]{3}\d{3,4} (?:\d{6} )?)?)"
    rb"\(\s{0,3}(?:"
    + "|".join(sorted({*TYPES, *OTHERS})).encode()
    + rb")(?:[A-Z]{1,8}/[A-Z0-9/]{4,40})?\s*[-)]"
)


def recognise(data: bytes) -> float:
    """How surely this is an ATS message, 0 to 1."""
    return 0.95 if _HEAD.search(data[:4000]) else 0.0


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[AtsMessage]:
    """Read ATS messages.

    Args:
        data: messages in their AFTN envelopes, or without.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives times their day.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and item.
        TooLarge: over the cap.
    """
    reading = TextReading.start(FORMAT, mode)
    messages = []
    for opened in open_all(data, reading, reference=reference, max_bytes=max_bytes):
        near = opened.envelope.sent or reference
        groups = _in_brackets(opened, reading)
        around = list(reading.notices)
        for pieces in groups:
            messages.append(_message(opened, pieces, reading, near))
            reading.notices[:] = around
    return messages


def _in_brackets(opened: Opened, reading: TextReading) -> list[Pieces]:
    """The lines of each message, brackets taken off."""
    found: list[Pieces] = []
    inside: Pieces | None = None
    deep = 0
    for index, line in enumerate(opened.lines):
        rest: Line | None = line.bare()
        while rest is not None and rest.text:
            if inside is None:
                rest, deep = _opening(rest, reading), 0
                inside = None if rest is None else Pieces(opened.lines)
            else:
                at, deep = _end_of(rest, deep, reading)
                rest, closed = _closing(rest, at, inside, index, rest.column - line.column)
                if closed:
                    found.append(inside)
                    inside = None
        if len(found) > MAX_MESSAGES:
            break
    if inside:
        reading.notice(
            inside[-1].at(len(inside[-1].text)), "no-bracket", "text", "no closing bracket"
        )
        found.append(inside)
    if not found or len(found) > MAX_MESSAGES:
        raise reading.fault(
            opened.lines[0].at(),
            "no-message",
            "no message in brackets, or far too many",
            field="item 3",
            expected=f"1 to {MAX_MESSAGES} of the form (FPL-...)",
        )
    return found


def _opening(line: Line, reading: TextReading) -> Line | None:
    """What stands behind the opening bracket, if there is one."""
    at = line.text.find("(")
    if line.text[:at].strip() if at >= 0 else line.text.strip():
        reading.notice(line.at(), "outside", "text", "text outside the brackets; left aside")
    return None if at < 0 else line.cut(at + 1)


def _end_of(line: Line, deep: int, reading: TextReading) -> tuple[int, int]:
    """Where the closing bracket is, -1 for nowhere, and how many brackets within the text are open."""
    for match in _BRACKET.finditer(line.text):
        if match[0] == "(":
            reading.notice(line.at(match.start()), "bracket", "text", "a bracket within the text")
            deep += 1
        elif deep:
            deep -= 1
        else:
            return match.start(), 0
    return -1, deep


def _closing(
    line: Line, at: int, inside: Pieces, index: int, start: int
) -> tuple[Line | None, bool]:
    part = line if at < 0 else line.cut(0, at)
    if part.text.strip() or not inside:
        inside.add(index, start, start + len(part.text))
    return (None, False) if at < 0 else (line.cut(at + 1), True)


def _message(opened: Opened, pieces: Pieces, reading: TextReading, near: datetime) -> AtsMessage:
    running = Running(pieces, tight="-")
    parts = _parts(running.text)
    start, head = next(parts)
    match = _THREE.fullmatch(head.strip())
    if match is None:
        raise reading.fault(
            running.at(start), "type", "not a message type", field="item 3", expected="e.g. FPL"
        )
    values: dict[str, Any] = {
        "message_type": match[1],
        "number": match[2] or "",
        "reference": match[3] or "",
    }
    if match[1] in TYPES:
        told = [_trimmed(part, running, reading) for part in islice(parts, MOST_PARTS)]
        values |= _items(match[1], told, running, reading)
        values["departure_at"] = _departure(values, near)
        _check(values, running, reading)
    else:
        if match[1] not in OTHERS:
            reading.notice(
                running.at(0), "unknown-type", "item 3", "not a type; its items are kept"
            )
        values["items"] = tuple(text for _, text in parts)
    return AtsMessage(
        envelope=opened.envelope,
        **values,
        breaks=running.breaks,
        original=opened.original,
        notices=tuple(reading.notices),
    )


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Offsets and texts between hyphens."""
    start = 0
    while (end := text.find("-", start)) >= 0:
        yield start, text[start:end].rstrip()
        start = end + 1
    yield start, text[start:].rstrip()


def _trimmed(part: tuple[int, str], running: Running, reading: TextReading) -> tuple[int, str]:
    start, text = part
    if not text[:1].isspace():
        return part
    reading.notice(running.at(start), "blanks", "text", "a blank behind the hyphen")
    bare = text.lstrip()
    return start + len(text) - len(bare), bare


def _items(
    kind: str, parts: Sequence[tuple[int, str]], running: Running, reading: TextReading
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    # An acceptance may say no more than what it refers to.
    layout = _LAYOUT[kind] if parts or kind != "ACP" else ()
    parts = _joined_ssr(parts, running, reading)
    for number, index in zip(layout, range(len(layout)), strict=True):
        if index >= len(parts):
            raise reading.fault(
                running.at(len(running.text)),
                "missing-item",
                "the message ends too early",
                field=f"item {number}",
                expected=f"items {' '.join(map(str, layout))}",
            )
        name, read = _READERS[number]
        values[name] = _read(read, number, parts[index], running, reading)
    rest = list(parts[len(layout) :])
    if kind == "ARR":
        rest = _arrival(values, rest, running, reading)
    _trailing(kind, values, rest, running, reading)
    return values


def _joined_ssr(
    parts: Sequence[tuple[int, str]], running: Running, reading: TextReading
) -> Sequence[tuple[int, str]]:
    """The SSR code behind its identification, where a hyphen stands instead of the slant."""
    if len(parts) < 2 or not _SSR.fullmatch(parts[1][1]) or "/" in parts[0][1]:
        return parts
    (start, text), (at, code) = parts[:2]
    reading.notice(running.at(at), "ssr-apart", "item 7", "a hyphen before the SSR code")
    return [(start, f"{text}/{code}"), *parts[2:]]


def _read(
    read: Callable[[FieldText], Any],
    number: int,
    part: tuple[int, str],
    running: Running,
    reading: TextReading,
) -> Any:
    start, text = part
    return read(FieldText(number, text, start, running, reading))


def _arrival(
    values: dict[str, Any],
    rest: list[tuple[int, str]],
    running: Running,
    reading: TextReading,
) -> list[tuple[int, str]]:
    """Item 17, and before it item 16 where a message has both."""
    others = [part for part in rest if not _ITEM_18.match(part[1])]
    ahead = [*takewhile(lambda part: not _ITEM_18.match(part[1]), rest)]
    places = (ahead or others)[:2]
    if not places:
        raise reading.fault(
            running.at(len(running.text)),
            "missing-item",
            "the message ends too early",
            field="item 17",
            expected="e.g. ZBAA1012",
        )
    if len(places) == 2:
        values["destination"] = _read(read_16, 16, places[0], running, reading)
    values["arrival"] = _read(read_17, 17, places[-1], running, reading)
    return [part for part in rest if part not in places]


def _trailing(
    kind: str,
    values: dict[str, Any],
    rest: list[tuple[int, str]],
    running: Running,
    reading: TextReading,
) -> None:
    """Items 18, 19 and 22 behind the others."""
    if len(rest) > MAX_ITEMS:
        raise reading.fault(
            running.at(rest[MAX_ITEMS][0]),
            "too-many-items",
            "too many items",
            field="item 22",
            expected=f"at most {MAX_ITEMS}",
        )
    amendments: list[Amendment] = []
    for start, text in rest:
        if kind in _AMENDED and _ITEM_22.match(text):
            amendments.append(_read(read_22, 22, (start, text), running, reading))
        elif amendments and amendments[-1].item == _OTHER_INFORMATION:
            reading.notice(running.at(start - 1), "hyphen", "item 22", "a hyphen within the text")
            amendments[-1] = Amendment(item=18, value=f"{amendments[-1].value}-{text}")
        elif name := _free_text(kind, values, text):
            values[name] = f"{values[name]}-{text}" if name in values else text
        elif "other" not in values and "supplementary" not in values and not amendments:
            values["other"] = _read(read_18, 18, (start, text), running, reading)
        elif _may_continue(values, amendments):
            reading.notice(running.at(start - 1), "hyphen", "item 18", "a hyphen within the text")
            more = partial(more_18, values["other"])
            values["other"] = _read(more, 18, (start, text), running, reading)
        else:
            raise reading.fault(
                running.at(start),
                "unexpected-item",
                "an item that has no place here",
                field="item 22" if kind in _AMENDED else "item 18",
                expected="the end of the message",
            )
    values["amendments"] = tuple(amendments)
    if "supplementary" in values:
        values["survival"] = survival(values["supplementary"])


_OTHER_INFORMATION: Final = 18


def _free_text(kind: str, values: dict[str, Any], text: str) -> str:
    """Which of items 19 to 21 a text is, if it is one of them."""
    if kind == "RCF":
        return "failure"
    if "other" not in values or kind not in _WITH_19:
        return ""
    if "supplementary" not in values and "alerting" not in values and _ITEM_19.match(text):
        return "supplementary"
    more = "supplementary" not in values and "alerting" not in values and indicates(text)
    return "alerting" if kind == "ALR" and not more else ""


def _may_continue(values: dict[str, Any], amendments: Sequence[Amendment]) -> bool:
    """Whether a hyphen can only have been text of item 18."""
    behind = values.get("supplementary") or amendments
    return "other" in values and bool(values["other"].entries) and not behind


def _departure(values: dict[str, Any], near: datetime) -> datetime | None:
    place = values.get("departure")
    if place is None or not place.time:
        return None
    time = place.time
    other = values.get("other")
    day = _dof(other.get("DOF")) if other else None
    if day is None:
        return near_time(time, _around(values, near))
    return at_midnight(day) + timedelta(hours=int(time[:2]), minutes=int(time[2:]))


def _around(values: dict[str, Any], near: datetime) -> datetime:
    """The moment that a departure without a day is nearest to."""
    if values["message_type"] == "FPL":
        return near + PLANNED
    arrival = values.get("arrival")
    landed = near_time(arrival.time, near) if arrival and arrival.time else None
    return near if landed is None else landed - timedelta(hours=12)


PLANNED: Final = timedelta(hours=6)
"""Middle of the day in which a plan may begin: it is filed before, and may be handed on a little late."""


def _dof(text: str) -> date | None:
    """``YYMMDD`` of this century, or ``YYYYMMDD``, which some senders use."""
    digits = text if len(text) == 8 else f"20{text}"
    if not re.fullmatch(r"\d{8}", digits, re.ASCII):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _check(values: dict[str, Any], running: Running, reading: TextReading) -> None:
    def note(code: str, item: int, text: str) -> None:
        reading.notice(running.at(0), code, f"item {item}", text)

    kind = values["message_type"]
    other = values.get("other") or Other()
    if (told := other.get("DOF")) and _dof(told) is None:
        note("dof", 18, "DOF is no date")
    if kind in ("FPL", "ALR", "DLA", "DEP") and not values["departure"].time:
        note("no-departure-time", 13, "no time where one is needed")
    if kind == "ARR" and not values["arrival"].time:
        note("no-arrival-time", 17, "no time of arrival")
    if kind == "CHG" and not values["amendments"]:
        note("no-amendment", 22, "nothing is changed")
    for code, item, text in _missing(values, other) if kind in _WHOLE else ():
        note(code, item, text)


def _missing(values: dict[str, Any], other: Other) -> Iterator[tuple[str, int, str]]:
    """What a flight plan lacks: notice code, item, sentence."""
    if not values["rules"].type_of_flight:
        yield "no-type-of-flight", 8, "no type of flight"
    if values["destination"].elapsed is None:
        yield "no-elapsed", 16, "no elapsed time"
    if "other" not in values:
        yield "no-other", 18, "no item 18, which is 0 where there is nothing to say"
    for item, indicator in _unnamed(values, other):
        yield "unnamed", item, f"item 18 has no {indicator}"


def _unnamed(values: dict[str, Any], other: Other) -> Iterator[tuple[int, str]]:
    """Items that say ZZZZ or AFIL, and the indicator of item 18 that is missing with them."""
    destination = values["destination"]
    told = (
        (9, "TYP", values["aircraft"].type),
        (13, "DEP", values["departure"].aerodrome),
        (16, "DEST", destination.aerodrome),
        (16, "ALTN", "ZZZZ" if "ZZZZ" in destination.alternates else ""),
    )
    for item, indicator, text in told:
        if text in ("ZZZZ", "AFIL") and not other.get(indicator):
            yield item, indicator


def encode(message: AtsMessage) -> bytes:
    """Write an ATS message.

    Raises:
        ValueError: characters outside Latin-1.
    """
    text = _text(message)
    breaks = message.breaks
    if breaks is None or not all(_may_break(text, at) for at in breaks):
        breaks = tuple(_laid_out(message, text))
    lines = broken(text, breaks)
    lines[0] = f"({lines[0]}"
    lines[-1] += ")"
    return seal(message.envelope, lines)


def _may_break(text: str, at: int) -> bool:
    """Whether a line may begin here: the items may be others than those that were read."""
    return 0 < at < len(text) and (text[at] == "-" or text[at - 1] == " ")


def _text(message: AtsMessage) -> str:
    parts = [message.message_type + message.number + message.reference]
    if message.message_type not in TYPES:
        return "-".join((*parts, *message.items))
    order = (*_LAYOUT[message.message_type], 16, 17, 18)
    written: set[int] = set()
    for number in order:
        value = getattr(message, _READERS[number][0])
        if value is not None and number not in written:
            parts.append(value.text())
        written.add(number)
    texts = (message.supplementary, message.alerting, message.failure)
    parts += [text for text in texts if text]
    return "-".join((*parts, *(amendment.text() for amendment in message.amendments)))


def _laid_out(message: AtsMessage, text: str) -> list[int]:
    """Line breaks of a new message: a flight plan in its usual lines, no line too long."""
    breaks: list[int] = []
    if message.message_type == "FPL":
        hyphens = [n for n, c in enumerate(text) if c == "-"]
        breaks = [hyphens[n] for n in (2, 4, 5, 6) if n < len(hyphens)]
        breaks += hyphens[7:]
    return _wrapped(text, breaks)


def _wrapped(text: str, breaks: list[int]) -> list[int]:
    result: list[int] = []
    start = 0
    for end in [*breaks, len(text)]:
        # Two brackets may stand beside the text.
        while end - start > 67:
            at = text.rfind(" ", start + 1, start + 67)
            if at < 0:
                break
            start = at + 1
            result.append(start)
        if end < len(text):
            result.append(end)
            start = end
    return result
