"""ADEXP: flight plans and flow messages as named fields.

Standard: EUROCONTROL, ATS Data Exchange Presentation (general knowledge; the specification was not seen).
Every field is ``-NAME value``; a list of fields stands between ``-BEGIN NAME`` and ``-END NAME``; some
fields consist of sub-fields in one line. Their order is free, ``-TITLE`` comes first (behind ``-ADEXP``,
where that stands). MH/T 4029.3, the exchange of flight data in China, has the same syntax::

    -TITLE IFPL
    -ARCID CES5101
    -ADEP ZSSS
    -ADES EGLL
    -EOBD 261124
    -EOBT 0800
    -BEGIN RTEPTS
    -PT -PTID ZSSS -FL F000 -ETO 261124080000
    -END RTEPTS

What a field means is left to whoever reads it: any name is taken. :class:`AdexpMessage` knows the fields
of a filed flight plan (IFPL) by their usual names. A token is a field's name when it begins with a hyphen
and a letter. A field without value that opens a line holds the other fields of that line.

Notices (``adexp-`` in front): ``no-title`` TITLE is not the first field; ``repeated`` a field outside a list
that says one thing of the flight is there twice; ``eobt`` EOBT or EOBD is no time or date; ``glued`` no
blank between the time of a point and the field behind it; and of the envelope ``no-end``, ``no-start``,
``no-address``, ``short-end``, ``end-beside``, ``one-line``, ``priority``,
``priority-apart``, ``address-glued``, ``heading-blanks``, ``line-long``, ``text-long``, ``not-ascii``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from airport_brain.operations.formats.aftn.envelope import (
    BARE,
    AftnEnvelope,
    Opened,
    open_all,
    seal,
)
from airport_brain.operations.formats.text_reading import MAX_BYTES, Line, TextReading
from service_bus import Mode, Notice

FORMAT: Final = "adexp"

DEEPEST: Final = 20
"""Lists within lists; real messages have three."""

SUB_FIELDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "AD": frozenset({"ADID", "FL", "ETO", "TO", "SPEED"}),
        "AIRROUTE": frozenset({"NUM", "REFID", "PTID", "FL"}),
        "COORDATA": frozenset({"PTID", "TO", "STO", "FL", "SFL", "TFL"}),
        "EQPT": frozenset({"EQCST"}),
        "EQCST": frozenset({"EQPT", "EQPTCD", "SUREQPT", "STAT"}),
        "ESTDATA": frozenset({"PTID", "ETO", "FL", "TFL", "SFL"}),
        "GEO": frozenset({"GEOID", "LATTD", "LONGTD"}),
        "ORIGIN": frozenset({"NETWORKTYPE", "FAC"}),
        "MSGREF": frozenset({"SENDER", "RECVR", "SEQNUM"}),
        "PT": frozenset(
            {
                "PTID", "FL", "ETO", "TO", "SFL", "TFL", "PTSPEED", "PTRFL", "PTRTE", "PTMILRUL",
                "PTRULCH", "PTSTAY", "PTCRSCLIMB", "ISPASS",
            }
        ),
        "PROPFL": frozenset({"TFL", "SFL"}),
        "RECVR": frozenset({"FAC"}),
        "REF": frozenset({"REFID", "PTID", "BRNG", "DISTNC"}),
        "REFDATA": frozenset({"SENDER", "RECVR", "SEQNUM"}),
        "RENAME": frozenset({"RENID", "PTID"}),
        "SENDER": frozenset({"FAC"}),
        "STAY": frozenset({"STAYIDENT", "TIME", "PTID"}),
        "TTO": frozenset({"PTID", "TO", "ETO", "FL"}),
        "VEC": frozenset({"RELDIST", "FL", "ETO"}),
    }
)  # fmt: skip
"""Fields that consist of others, and which; the specification's table of compound fields, in part."""

SINGLE: Final = frozenset(
    {
        "TITLE", "ARCID", "ARCTYP", "ADEP", "ADES", "ADESOLD", "CEQPT", "COBT", "CTOT", "EOBD", "EOBT",
        "FILTIM", "FLTRUL", "FLTTYP", "IFPLID", "IOBD", "IOBT", "NBARC", "NEWCTOT", "NEWEOBT", "OPR",
        "ORIGIN", "PBN", "REG", "RFL", "ROUTE", "SEL", "SEQPT", "SPEED", "SRC", "SSRCODE", "TAXITIME",
        "TTLEET", "WKTRC",
    }
)  # fmt: skip
"""Fields that say one thing of a flight. Others may stand there several times: REGUL, EETFIR, ATSRT ..."""

_TWICE: Final = 2
_TOKEN: Final = re.compile(
    r"(?:(?<=[ \n])|(?<=^)|(?<=-ETO [0-9]{14}))-([A-Z][A-Z0-9]{0,19})(?=[ \n]|$)", re.ASCII
)
_HEAD: Final = re.compile(
    rb"(?:(?:^|[\r\n])\s{0,20}|\d{6} {0,4}[A-Z]{8} {0,4}|ZCZC (?:[A-Z]{3}\d{3,4} (?:\d{6} )?)?)"
    rb"-TITLE\s{1,20}[A-Z]{2,12}\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdexpField:
    """One field: a value, or other fields.

    Attributes:
        is_list: it stands between BEGIN and END.
        lead: blanks and line ends before it, ``end_lead`` before its END.
    """

    name: str
    value: str = ""
    fields: tuple[AdexpField, ...] = ()
    is_list: bool = False
    lead: str = field(default="\n", compare=False)
    end_lead: str = field(default="\n", compare=False)

    @property
    def text(self) -> str:
        """The value with line ends as blanks."""
        return " ".join(self.value.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class AdexpMessage:
    """One message.

    Attributes:
        fields: all fields in order, TITLE among them.
        eobt: estimated off-block time (EOBD and EOBT), aware UTC.
    """

    envelope: AftnEnvelope = BARE
    fields: tuple[AdexpField, ...]
    eobt: datetime | None = field(default=None, compare=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    def get(self, name: str) -> str:
        """Text of the first field of a name outside the lists, "" when it is not there."""
        return next((f.text for f in self.fields if f.name == name), "")

    def all(self, name: str) -> tuple[AdexpField, ...]:
        """All fields of a name outside the lists."""
        return tuple(f for f in self.fields if f.name == name)

    @property
    def title(self) -> str:
        """What kind of message: IFPL, ICHG, IDEP, SAM ..."""
        return self.get("TITLE")

    @property
    def aircraft_identification(self) -> str:
        """ARCID."""
        return self.get("ARCID")

    @property
    def departure_aerodrome(self) -> str:
        """ADEP."""
        return self.get("ADEP")

    @property
    def destination_aerodrome(self) -> str:
        """ADES."""
        return self.get("ADES")

    @property
    def addresses(self) -> tuple[str, ...]:
        """FAC of the list ADDR."""
        return tuple(f.text for a in self.all("ADDR") for f in a.fields if f.name == "FAC")

    @property
    def points(self) -> tuple[Mapping[str, str], ...]:
        """Sub-fields of every point of the list RTEPTS."""
        lists = (r for r in self.fields if r.name == "RTEPTS")
        return tuple({s.name: s.text for s in p.fields} for r in lists for p in r.fields)


def recognise(data: bytes) -> float:
    """How surely this is an ADEXP message, 0 to 1."""
    return 0.95 if _HEAD.search(data[:4000]) else 0.0


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[AdexpMessage]:
    """Read ADEXP messages.

    Args:
        data: messages in their AFTN envelopes, or one without.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives the envelope's day its month.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    reading = TextReading.start(FORMAT, mode)
    return [
        _message(opened, reading)
        for opened in open_all(data, reading, reference=reference, max_bytes=max_bytes)
    ]


@dataclass(slots=True)
class _Open:
    """A list or compound field whose end has not come yet."""

    field: AdexpField
    place: str
    fields: list[AdexpField]
    is_list: bool
    one_line: bool = False
    """Its name is not known as a compound field; its fields are those of the same line."""


def _message(opened: Opened, reading: TextReading) -> AdexpMessage:
    text = "\n".join(line.text for line in opened.lines)
    tokens = _TOKEN.finditer(text)
    token = next(tokens, None)
    if token is None or text[: token.start()].strip():
        raise reading.fault(
            opened.lines[0],
            "no-field",
            "text that belongs to no field",
            field="TITLE",
            expected="-TITLE IFPL",
        )
    top: list[AdexpField] = []
    stack: list[_Open] = []
    places: dict[str, list[str]] = {}
    lead = ""
    while token is not None:
        following_token = next(tokens, None)
        raw = text[token.end() : following_token.start() if following_token else len(text)]
        value = raw.strip()
        place = _place(opened.lines, text, token.start())
        if text[token.start() - 1 : token.start()].isdigit():
            reading.notice(place, "glued", token[1], "no blank before the field")
        if token[1] in SINGLE and not any(one.is_list for one in stack):
            _remember(places.setdefault(token[1], []), place)
        _take(token[1], value, lead, place, top, stack, reading)
        following = raw[len(raw.rstrip()) :] if value else raw
        if not value and _begins_group(token[1], lead, following, top, stack):
            stack.append(_Open(_into(stack, top).pop(), place, [], is_list=False, one_line=True))
        lead, token = following, following_token
    _fold(stack, top, "", "\n")
    if stack:
        raise reading.fault(
            stack[-1].place,
            "no-end",
            "the list is not ended",
            field=stack[-1].field.name,
            expected=f"-END {stack[-1].field.name}",
        )
    message = AdexpMessage(envelope=opened.envelope, fields=tuple(top), original=opened.original)
    message = replace(message, eobt=_off_block(message, places, reading))
    _check(message, places, opened, reading)
    return replace(message, notices=tuple(reading.notices))


def _remember(places: list[str], place: str) -> None:
    """Keep the first two places of a field; a third says no more."""
    if len(places) < _TWICE:
        places.append(place)


def _place(lines: Sequence[Line], text: str, offset: int) -> str:
    number = text.count("\n", 0, offset)
    return lines[number].at(offset - (text.rfind("\n", 0, offset) + 1))


def _take(
    name: str,
    value: str,
    lead: str,
    place: str,
    top: list[AdexpField],
    stack: list[_Open],
    reading: TextReading,
) -> None:
    """Put one token where it belongs: into the list or compound field that is open, or beside it."""
    if name in ("BEGIN", "END") and not re.fullmatch(r"[A-Z][A-Z0-9]{0,19}", value, re.ASCII):
        raise reading.fault(place, "list", "no name of a list", field=name, expected="e.g. RTEPTS")
    if name == "END":
        _fold(stack, top, "", lead)
        if not stack or stack[-1].field.name != value:
            raise reading.fault(
                place,
                "end",
                "the end of a list that is not open",
                field=value,
                expected=f"-END {stack[-1].field.name}" if stack else "a list before it",
            )
        closed = stack.pop()
        done = replace(closed.field, fields=tuple(closed.fields), end_lead=lead)
        _into(stack, top).append(done)
        return
    if len(stack) >= DEEPEST:
        raise reading.fault(
            place, "too-deep", "too many lists in one another", field=name, expected=f"{DEEPEST}"
        )
    if name == "BEGIN":
        _fold(stack, top, "", lead)
        made = AdexpField(name=value, is_list=True, lead=lead)
        stack.append(_Open(made, place, [], is_list=True))
        return
    _fold(stack, top, name, lead)
    made = AdexpField(name=name, value=value, lead=lead)
    if name in SUB_FIELDS:
        stack.append(_Open(made, place, [], is_list=False))
    else:
        _into(stack, top).append(made)


def _begins_group(
    name: str, lead: str, following: str, top: list[AdexpField], stack: list[_Open]
) -> bool:
    """Whether fields behind a field that is not known belong to it: it has no value, a line of its own begins
    with it, and they stand in that line."""
    if name in SUB_FIELDS or name in ("ADEXP", "BEGIN", "END"):
        return False
    begins = "\n" in lead or not (top or stack)
    return begins and bool(following) and "\n" not in following


def _fold(stack: list[_Open], top: list[AdexpField], name: str, lead: str) -> None:
    """Close compound fields that a field of this name, behind these blanks, does not belong to."""
    while stack and not stack[-1].is_list:
        last = stack[-1]
        if last.one_line and name:
            if "\n" not in lead:
                return
        elif not last.one_line and name in SUB_FIELDS[last.field.name]:
            return
        stack.pop()
        _into(stack, top).append(replace(last.field, fields=tuple(last.fields)))


def _into(stack: list[_Open], top: list[AdexpField]) -> list[AdexpField]:
    return stack[-1].fields if stack else top


def _off_block(
    message: AdexpMessage, places: Mapping[str, Sequence[str]], reading: TextReading
) -> datetime | None:
    day, time = message.get("EOBD"), message.get("EOBT")
    if not (day and time):
        return None
    try:
        digits = day if len(day) == 8 else f"20{day}"
        if len(digits) != 8 or not (
            digits.isascii() and digits.isdigit() and time.isascii() and time.isdigit()
        ):
            raise ValueError
        return datetime(
            int(digits[:4]),
            int(digits[4:6]),
            int(digits[6:]),
            int(time[:2]),
            int(time[2:4]),
            tzinfo=UTC,
        )
    except ValueError:
        reading.notice(places["EOBT"][0], "eobt", "EOBT", "no date and time; left open")
        return None


def _check(
    message: AdexpMessage,
    places: Mapping[str, Sequence[str]],
    opened: Opened,
    reading: TextReading,
) -> None:
    # Some systems open with the name of the presentation itself.
    first = 1 if message.fields[0].name == "ADEXP" and len(message.fields) > 1 else 0
    if message.fields[first].name != "TITLE":
        reading.notice(opened.lines[0].at(), "no-title", "TITLE", "TITLE is not the first field")
    seen: set[str] = set()
    for name in (f.name for f in message.fields if not f.is_list and f.name in SINGLE):
        if name in seen:
            reading.notice(places[name][-1], "repeated", name, "the field is there twice")
            break
        seen.add(name)


def encode(message: AdexpMessage) -> bytes:
    """Write a message; each field outside compound ones in a line of its own, unless it was read otherwise.

    Raises:
        ValueError: characters outside Latin-1.
    """
    text = "".join(_written(message.fields)).lstrip(" \n")
    return seal(message.envelope, text.split("\n"))


def _written(fields: Sequence[AdexpField]) -> Iterator[str]:
    """All fields, lists within lists from the innermost stack of iterators."""
    stack: list[tuple[AdexpField | None, Iterator[AdexpField]]] = [(None, iter(fields))]
    while stack:
        parent, rest = stack[-1]
        made = next(rest, None)
        if made is None:
            stack.pop()
            if parent is not None and parent.is_list:
                yield f"{parent.end_lead}-END {parent.name}"
            continue
        inline = parent is not None and not parent.is_list and made.lead == "\n"
        lead = " " if inline else made.lead
        name = f"-BEGIN {made.name}" if made.is_list else f"-{made.name}"
        yield lead + name + (f" {made.value}" if made.value else "")
        stack.append((made, iter(made.fields)))
