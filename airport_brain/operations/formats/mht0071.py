"""MH/T 0071 style XML: flight messages of a Chinese airport bus.

Standard: MH/T 0071-2019 (interchange of flight data between airport information systems). **Its text was
not seen**: the tags are those that systems in use write; their meanings, and that they follow the
standard, are inferred. So the whole tree is kept, what is understood is a view of it, and a tag that is
not known is no fault. ::

    <MSG>
      <META><SNDR>AODB</SNDR><RCVR>BUS</RCVR><SEQN>7</SEQN><DDTM>20261124080500</DDTM>
            <TYPE>DFOE</TYPE><STYP>DFIE</STYP><MGID>...</MGID><APOT>ZSSS</APOT></META>
      <DFLT><FLID>1</FLID><FFID>MU-5101-20261124080000-D</FFID><AWCD>MU</AWCD><FLNO>5101</FLNO> ...
            <STLS><STND><CODE>401</CODE> ... </STND></STLS></DFLT>
    </MSG>

Beside DFLT there are other bodies (FLOP for a single step of a flight, records of base data, equipment):
a FLOP is viewed as a flight, the others stay in the tree.

Times are ``YYYYMMDDHHMMSS`` of the airport's zone, without saying so, or ``ddMMMyyHHMM``. An empty tag is
either "not known" or "cleared": which one is not established and differs by source, so a view gives
``None`` for it and leaves the choice to the source's settings; a tag that is missing is not in the view.
Lists (stands, gates, belts, counters, chutes) are likely to be replaced whole.

Notices (``mht0071-`` in front): ``meta-missing`` a tag of META is missing; ``no-body`` nothing beside
META; ``key`` FFID has not the form airline-number-time-A/D, where a letter may stand before the time;
``key-differs`` FFID and the tags beside it disagree; ``direction`` FLIO is not A or D; ``repeated`` a
single tag is there twice, the first counts; ``stray-text`` text between elements; ``code-text`` a
resource's code has text beside it, cut off in the view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from airport_brain.operations.formats.local_times import SHANGHAI, day_from_digits, from_digits
from airport_brain.operations.formats.xml_shapes import MAX_BYTES
from airport_brain.operations.formats.xml_tree import (
    Document,
    Node,
    TreeReading,
    branch,
    leaf,
    read_tree,
    write_tree,
)
from service_bus import Mode, Notice

FORMAT: Final = "mht0071"

META: Final = ("SNDR", "RCVR", "SEQN", "DDTM", "TYPE", "STYP", "SORC", "MGID", "RMID", "APOT")
EXPECTED_META: Final = ("SNDR", "SEQN", "DDTM", "STYP")
ALIASES: Final[Mapping[str, str]] = MappingProxyType({"DDTM": "DTTM", "SEQN": "SEQS"})
"""Tags of META that some systems write instead."""

FLIGHTS: Final = frozenset({"DFLT", "FLOP"})
"""Bodies that are about a flight."""

DATES: Final = frozenset({"FEXD", "FIMD"})
BOARDING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "BORT": "boarding_start",
        "TBRT": "hurry_up",
        "LBDT": "last_call",
        "POKT": "boarding_end",
        "MBOR": "m_boarding_start",
        "MTBR": "m_hurry_up",
        "MLBD": "m_last_call",
        "MPOK": "m_boarding_end",
    }
)
"""Boarding times; which master the twins with M belong to is not known."""

STATION_TIMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "FPTT": "planned_take_off",
        "FETT": "estimated_take_off",
        "FRTT": "real_take_off",
        "FPLT": "planned_landing",
        "FELT": "estimated_landing",
        "FRLT": "real_landing",
    }
)
RESOURCE_TIMES: Final[Mapping[str, str]] = MappingProxyType(
    {"ESTR": "planned_start", "EEND": "planned_end", "RSTR": "real_start", "REND": "real_end"}
)
TIMES: Final = frozenset({"DDTM", "DTTM", *BOARDING, *STATION_TIMES, *RESOURCE_TIMES})

LISTS: Final[Mapping[str, str]] = MappingProxyType(
    {"STLS": "STND", "GTLS": "GATE", "BLLS": "BELT", "CKLS": "CKCT", "CHLS": "CHUT"}
)
"""Lists and what their elements are called; the last three names are guesses, any name is taken."""

_KEY: Final = re.compile(
    r"([A-Z0-9]{2,3})-([A-Z0-9]{1,7})-(?:[A-Z]-)?(\d{8,14}|\d\d[A-Z]{3}\d{6})-([AD])", re.ASCII
)
_CODE: Final = re.compile(r"([A-Za-z0-9-]+)", re.ASCII)
_HEAD: Final = re.compile(rb"<MSG[\s>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """Who sends what; ``sent_at`` is DDTM, aware UTC. Missing or empty tags are ``""``."""

    sender: str
    receiver: str
    sequence: str
    sent_at: datetime | None
    type: str
    subtype: str
    source: str
    message_id: str
    answered_id: str
    airport: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightKey:
    """What FFID says; ``scheduled`` is aware UTC, ``None`` when it holds a day only."""

    airline: str
    number: str
    day: date
    scheduled: datetime | None
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One element of a list.

    Attributes:
        code: letters and digits of CODE in front, ``401`` of ``401#机位``; "" when it has none.
        code_as_sent: all of CODE.
        times: planned and real start and end, aware UTC; ``None`` when the tag is empty.
        values: all other tags.
    """

    code: str
    code_as_sent: str
    times: Mapping[str, datetime | None]
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStation:
    """One station of the route: its times, aware UTC, and all other tags."""

    times: Mapping[str, datetime | None]
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A group of tags of a flight that is no list: a single step such as ABTM or CLDT.

    Attributes:
        name: its tag.
        attributes: by name (``ASNO`` its number).
        values: its tags, ``None`` for an empty one.
    """

    name: str
    attributes: Mapping[str, str]
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightData:
    """A view of one DFLT or FLOP; what is not in the message is not in the mappings.

    Attributes:
        key: FFID.
        values: single tags (AWCD, FLNO, FLIO, CFNO, STAT ...) by name, ``None`` for an empty one.
        dates: FEXD execution, FIMD schedule.
        boarding: times by the names of :data:`BOARDING`.
        route: stations; ``None`` when there is no AIRL.
        resources: lists by tag (STLS, GTLS ...); an empty list is there and empty, one that holds
            tags of its own, as CKLS does, is one resource.
        steps: other groups of tags, in order.
    """

    key: FlightKey | None
    values: Mapping[str, str | None]
    dates: Mapping[str, date | None]
    boarding: Mapping[str, datetime | None]
    route: tuple[RouteStation, ...] | None
    resources: Mapping[str, tuple[Resource, ...]]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: the whole tree, and views of what is understood.

    Attributes:
        zone: where the times are local.
    """

    document: Document
    zone: ZoneInfo = SHANGHAI
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def meta(self) -> Meta:
        """META."""
        node = self.document.root.child("META") or Node(name="META")
        told = {name: _of_meta(node, name) for name in META}
        return Meta(
            sender=told["SNDR"],
            receiver=told["RCVR"],
            sequence=told["SEQN"],
            sent_at=from_digits(told["DDTM"], self.zone),
            type=told["TYPE"],
            subtype=told["STYP"],
            source=told["SORC"],
            message_id=told["MGID"],
            answered_id=told["RMID"],
            airport=told["APOT"],
        )

    @property
    def flights(self) -> tuple[FlightData, ...]:
        """Every DFLT and FLOP."""
        return tuple(_flight(node, self.zone) for node in _flight_nodes(self.document.root))


def recognise(data: bytes) -> float:
    """How surely this is such a message, 0 to 1."""
    head = data[:4000]
    return 0.9 if _HEAD.search(head) and b"<META" in head else 0.0


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    zone: ZoneInfo = SHANGHAI,
    max_bytes: int = MAX_BYTES,
) -> list[Message]:
    """Read a message.

    Args:
        data: the original bytes.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        zone: the airport's; the times do not say it.
        max_bytes: size cap.

    Raises:
        Malformed: with line, element path and field; also a known time or date that is none.
        TooLarge: over the cap.
    """
    reading = TreeReading.start(FORMAT, mode)
    document = read_tree(data, reading, max_bytes=max_bytes)
    _check_frame(document.root, reading)
    _check_values(document.root, reading, zone)
    for node in _flight_nodes(document.root):
        _check_flight(node, reading, zone)
    return [Message(document=document, zone=zone, original=data, notices=tuple(reading.notices))]


def encode(message: Message) -> bytes:
    """Write a message; ``parse`` gives the same message back.

    Raises:
        ValueError: text that XML cannot hold.
    """
    return write_tree(message.document)


def build(meta: Mapping[str, str], *body: Node, zone: ZoneInfo = SHANGHAI) -> Message:
    """A new message from the tags of META and its body (``xml_tree.branch`` and ``leaf``)."""
    head = branch("META", *(leaf(name, text) for name, text in meta.items()))
    return Message(document=Document(root=branch("MSG", head, *body)), zone=zone)


def _flight_nodes(root: Node) -> Iterator[Node]:
    """DFLT or FLOP below MSG, or one level further down."""
    for child in root.children:
        if child.local in FLIGHTS:
            yield child
        else:
            yield from (inner for inner in child.children if inner.local in FLIGHTS)


def _of_meta(meta: Node, name: str) -> str:
    """A tag of META, or the one that some write instead."""
    return meta.get(name) or (meta.get(ALIASES[name]) if name in ALIASES else "")


def _check_frame(root: Node, reading: TreeReading) -> None:
    if root.local != "MSG":
        raise reading.fault(
            root, "wrong-root", "not an MSG message", found=root.local, expected="MSG"
        )
    meta = root.child("META")
    if meta is None:
        raise reading.fault(root, "no-meta", "no META", field="META", found="", expected="META")
    if not meta.get("TYPE"):
        raise reading.fault(
            meta, "no-type", "META has no TYPE", field="TYPE", found="", expected="e.g. DFOE"
        )
    for name in EXPECTED_META:
        if not _of_meta(meta, name):
            reading.notice(meta, "meta-missing", name, "the tag is missing or empty")
    if len(root.children) == 1:
        reading.notice(root, "no-body", "MSG", "nothing beside META")


def _check_values(root: Node, reading: TreeReading, zone: ZoneInfo) -> None:
    """Refuse known times and dates that are none: whoever reads the view must not guess."""
    for _, node in root.walk():
        text = node.value
        if not text or node.children:
            continue
        if node.local in TIMES and from_digits(text, zone) is None:
            raise reading.fault(node, "not-a-time", "not a time", expected="YYYYMMDDHHMMSS")
        if node.local in DATES and day_from_digits(text) is None:
            raise reading.fault(node, "not-a-date", "not a date", expected="YYYYMMDD")


def _check_flight(node: Node, reading: TreeReading, zone: ZoneInfo) -> None:
    seen: set[str] = set()
    for child in node.children:
        if child.local in seen and not child.children:
            reading.notice(
                child, "repeated", child.local, "the tag is there twice; the first counts"
            )
        seen.add(child.local)
    if node.get("FLIO") not in ("", "A", "D"):
        reading.notice(node.child("FLIO") or node, "direction", "FLIO", "not A or D")
    _check_key(node, reading, zone)
    for item in (item for name in LISTS for item in _items(node, name)):
        if (code := item.get("CODE")) and _code(code) != code:
            reading.notice(
                item.child("CODE") or item, "code-text", "CODE", "text beside the code; cut off"
            )


def _check_key(node: Node, reading: TreeReading, zone: ZoneInfo) -> None:
    text = node.get("FFID")
    if not text:
        return
    key = _key(text, zone)
    if key is None:
        reading.notice(node.child("FFID") or node, "key", "FFID", "not airline-number-time-A/D")
        return
    told = (("AWCD", key.airline), ("FLNO", key.number), ("FLIO", key.direction))
    for name, expected in told:
        if (other := node.get(name)) and other != expected:
            reading.notice(node.child(name) or node, "key-differs", name, "FFID says otherwise")


def _items(node: Node, name: str) -> Iterator[Node]:
    for listed in node.all(name):
        if any(child.children for child in listed.children) or not listed.children:
            yield from listed.children
        else:
            yield listed


def _key(text: str, zone: ZoneInfo) -> FlightKey | None:
    match = _KEY.fullmatch(text)
    day = day_from_digits(match[3]) if match else None
    if match is None or day is None:
        return None
    return FlightKey(
        airline=match[1],
        # Some repeat the airline in the number.
        number=match[2].removeprefix(match[1]) or match[2],
        day=day,
        scheduled=from_digits(match[3], zone),
        direction=match[4],
    )


def _code(text: str) -> str:
    match = _CODE.match(text)
    return match[1] if match else ""


def _flight(node: Node, zone: ZoneInfo) -> FlightData:
    values: dict[str, str | None] = {}
    dates: dict[str, date | None] = {}
    boarding: dict[str, datetime | None] = {}
    for child in node.children:
        name, text = child.local, child.value
        if child.children or name in LISTS or name == "AIRL":
            continue
        if name in DATES:
            dates.setdefault(name, day_from_digits(text))
        elif name in BOARDING:
            boarding.setdefault(BOARDING[name], from_digits(text, zone))
        else:
            values.setdefault(name, text or None)
    route = node.child("AIRL")
    return FlightData(
        key=_key(node.get("FFID"), zone),
        values=values,
        dates=dates,
        boarding=boarding,
        route=None if route is None else tuple(_station(n, zone) for n in route.children),
        resources={
            name: tuple(_resource(item, zone) for item in _items(node, name))
            for name in LISTS
            if node.child(name) is not None
        },
        steps=tuple(
            _step(child)
            for child in node.children
            if child.children and child.local not in LISTS and child.local != "AIRL"
        ),
    )


def _step(node: Node) -> Step:
    values: dict[str, str | None] = {}
    for child in node.children:
        values.setdefault(child.local, child.value or None)
    return Step(name=node.local, attributes=dict(node.attributes), values=values)


def _station(node: Node, zone: ZoneInfo) -> RouteStation:
    times, values = _divided(node, STATION_TIMES, zone)
    return RouteStation(times=times, values=values)


def _resource(node: Node, zone: ZoneInfo) -> Resource:
    times, values = _divided(node, RESOURCE_TIMES, zone)
    sent = values.pop("CODE", None) or ""
    return Resource(code=_code(sent), code_as_sent=sent, times=times, values=values)


def _divided(
    node: Node, names: Mapping[str, str], zone: ZoneInfo
) -> tuple[dict[str, datetime | None], dict[str, str | None]]:
    """Times by their names, and the other tags."""
    times: dict[str, datetime | None] = {}
    values: dict[str, str | None] = {}
    for child in node.children:
        if child.local in names:
            times.setdefault(names[child.local], from_digits(child.value, zone))
        elif not child.children:
            values.setdefault(child.local, child.value or None)
    return times, values
