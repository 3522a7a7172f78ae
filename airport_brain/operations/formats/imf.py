"""IMF style XML: a commercial airport bus with subscriptions, snapshots and changes.

The schema (``IMFRoot``: some 530 elements) belongs to its vendor. **It is not shipped and was not seen**;
what is read here is the frame that its users describe and the way it behaves, so the whole tree is kept,
what is understood is a view of it, and an element that is not known is no fault. ::

    <IMFRoot xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <SysInfo><MessageSequenceID>7</MessageSequenceID><MessageType>FlightData</MessageType>
               <ServiceType>FSS2</ServiceType><OperationMode>MOD</OperationMode> ...</SysInfo>
      <Data><PrimaryKey><FlightKey> ... </FlightKey></PrimaryKey>
            <FlightData><Airport><Stand OldValue="402">401</Stand> ...</FlightData></Data>
    </IMFRoot>

============  ============================================================================
part          what it says
============  ============================================================================
ServiceType   FSS flight, RSS resource, BSS basic data, GSS ground service, SSS season: out,
              with 1 a subscription, with 2 data; FUS, RUS, GUS updates; FRS, RRS requests
mode          NEW, MOD, DEL, SYS
a change      an element with the attribute OldValue; with xsi:nil it was cleared
Operation     HeartBeat, Subscription, Unsubscription, UpdateResponse, Request,
              SystemException; a subscription is answered Accept, Start, data, End or Error
============  ============================================================================

A snapshot is what comes between Start and End with the mode NEW or SYS; :func:`phase_of` names it.
Times are ISO 8601, most without zone: those are taken in the zone that the caller gives.

Notices (``imf-`` in front): ``sysinfo-missing`` an element of SysInfo is missing; ``mode`` OperationMode is
not one of the four; ``service`` ServiceType is not known; ``message-type`` MessageType is not known;
``empty-message`` neither Data nor Operation; ``no-key`` Data without PrimaryKey; ``time`` an element named
as a time holds none; ``stray-text`` text between elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from airport_brain.operations.formats.local_times import SHANGHAI, from_iso
from airport_brain.operations.formats.xml_shapes import MAX_BYTES
from airport_brain.operations.formats.xml_tree import (
    XSI,
    Document,
    Node,
    TreeReading,
    branch,
    leaf,
    read_tree,
    write_tree,
)
from service_bus import Mode, Notice

FORMAT: Final = "imf"

MESSAGE_TYPES: Final = frozenset(
    {
        "FlightData",
        "ResourceData",
        "BasicData",
        "GroundServiceData",
        "SeasonalFlightData",
        "Operation",
    }
)
SERVICES: Final = frozenset(
    {
        "FSS1", "FSS2", "RSS1", "RSS2", "BSS1", "BSS2", "GSS1", "GSS2", "SSS1", "SSS2", "FUS", "RUS",
        "GUS", "FRS", "RRS",
    }
)  # fmt: skip
MODES: Final = frozenset({"NEW", "MOD", "DEL", "SYS"})
STATES: Final = ("Accept", "Start", "End", "Error", "Success", "Failure", "Online", "Offline")
SYS_INFO_TIMES: Final = ("SendDateTime", "CreateDateTime", "OriginalDateTime")
EXPECTED: Final = ("MessageSequenceID", "SendDateTime", "Sender")

_HEAD: Final = re.compile(rb"<(?:[A-Za-z]{1,20}:)?IMFRoot[\s>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SysInfo:
    """Who sends what; times aware UTC. A sequence id is a number or any text."""

    sequence_id: str
    message_type: str
    service_type: str
    operation_mode: str
    sent_at: datetime | None
    created_at: datetime | None
    original_at: datetime | None
    sender: str
    receiver: str
    owner: str
    priority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One element of the data below the key.

    Attributes:
        path: names from the data's own element on, ``Airport/Stand``; siblings numbered from 2.
        value: ``None`` when it is cleared (``xsi:nil``), "" when it is empty.
        old_value: what OldValue says, ``None`` when it says nothing: then the value is only told.
    """

    path: str
    value: str | None
    old_value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What is asked or answered beside data.

    Attributes:
        kind: HeartBeat, Subscription, Unsubscription, UpdateResponse, Request, SystemException ...
        state: Accept, Start, End, Error, Success, Failure, Online, Offline, or "".
        values: every element with text below it, by path.
    """

    kind: str
    state: str
    values: Mapping[str, str]

    @property
    def sync_message_count(self) -> int | None:
        """How many messages a snapshot had, where its end says so."""
        found = (v for k, v in self.values.items() if k.rpartition("/")[2] == "SyncMessageCount")
        text = next(found, "")
        return int(text) if text.isascii() and text.isdigit() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: the whole tree, and views of what is understood."""

    document: Document
    zone: ZoneInfo = SHANGHAI
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def sys_info(self) -> SysInfo:
        """SysInfo."""
        node = self.document.root.child("SysInfo") or Node(name="SysInfo")
        sent, created, original = (self._time(node.get(name)) for name in SYS_INFO_TIMES)
        return SysInfo(
            sequence_id=node.get("MessageSequenceID"),
            message_type=node.get("MessageType"),
            service_type=node.get("ServiceType"),
            operation_mode=node.get("OperationMode"),
            sent_at=sent,
            created_at=created,
            original_at=original,
            sender=node.get("Sender"),
            receiver=node.get("Receiver"),
            owner=node.get("Owner"),
            priority=node.get("Priority"),
        )

    def _time(self, text: str) -> datetime | None:
        found = from_iso(text, self.zone)
        return found[0] if found else None

    @property
    def key(self) -> tuple[str, Mapping[str, str]] | None:
        """Kind of the primary key (FlightKey, ResourceKey ...) and what it holds, by path."""
        primary = self.document.root.child("Data", "PrimaryKey")
        if primary is None or not primary.children:
            return None
        kind = primary.children[0]
        return kind.local, _texts(kind)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every element of the data that holds a value, in order."""
        data = self.document.root.child("Data")
        if data is None:
            return ()
        bodies = (child for child in data.children if child.local != "PrimaryKey")
        return tuple(change for body in bodies for change in _changes(body))

    @property
    def operation(self) -> Operation | None:
        """Operation."""
        node = self.document.root.child("Operation")
        if node is None:
            return None
        kind = node.children[0] if node.children else node
        values = _texts(kind)
        named = {step for path in values for step in path.split("/")} | set(values.values())
        return Operation(
            kind=kind.local if node.children else node.value,
            state=next((state for state in STATES if state in named), ""),
            values=values,
        )


def phase_of(message: Message) -> str:
    """What a message is to a subscriber: ``operation``, ``snapshot``, ``change`` or ``delete``."""
    if message.operation is not None:
        return "operation"
    mode = message.sys_info.operation_mode
    return {"DEL": "delete", "MOD": "change"}.get(mode, "snapshot")


def recognise(data: bytes) -> float:
    """How surely this is such a message, 0 to 1."""
    return 0.95 if _HEAD.search(data[:4000]) else 0.0


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
        zone: of times that do not say theirs.
        max_bytes: size cap.

    Raises:
        Malformed: with line, element path and field.
        TooLarge: over the cap.
    """
    reading = TreeReading.start(FORMAT, mode)
    document = read_tree(data, reading, max_bytes=max_bytes)
    _check(document.root, reading, zone)
    return [Message(document=document, zone=zone, original=data, notices=tuple(reading.notices))]


def encode(message: Message) -> bytes:
    """Write a message; ``parse`` gives the same message back.

    Raises:
        ValueError: text that XML cannot hold.
    """
    return write_tree(message.document)


def build(sys_info: Mapping[str, str], *parts: Node, zone: ZoneInfo = SHANGHAI) -> Message:
    """A new message from the elements of SysInfo and its parts, Data or Operation."""
    head = branch("SysInfo", *(leaf(name, text) for name, text in sys_info.items()))
    root = Node(name="IMFRoot", namespaces=(("xsi", XSI),), children=(head, *parts))
    return Message(document=Document(root=root), zone=zone)


def _check(root: Node, reading: TreeReading, zone: ZoneInfo) -> None:
    if root.local != "IMFRoot":
        raise reading.fault(
            root, "wrong-root", "not an IMF message", found=root.local, expected="IMFRoot"
        )
    info = root.child("SysInfo")
    if info is None:
        raise reading.fault(
            root, "no-sysinfo", "no SysInfo", field="SysInfo", found="", expected="SysInfo"
        )
    _check_coded(info, reading)
    for name in EXPECTED:
        if not info.get(name):
            reading.notice(info, "sysinfo-missing", name, "the element is missing or empty")
    data = root.child("Data")
    if data is None and root.child("Operation") is None:
        reading.notice(root, "empty-message", "Data", "neither Data nor Operation")
    if data is not None and data.child("PrimaryKey") is None:
        reading.notice(data, "no-key", "PrimaryKey", "Data without its key")
    _check_times(root, info, reading, zone)


def _check_coded(info: Node, reading: TreeReading) -> None:
    coded = (
        ("MessageType", MESSAGE_TYPES, "message-type"),
        ("ServiceType", SERVICES, "service"),
        ("OperationMode", MODES, "mode"),
    )
    for name, known, code in coded:
        text = info.get(name)
        if not text:
            raise reading.fault(
                info,
                "sysinfo-required",
                "SysInfo lacks what tells the message apart",
                field=name,
                found="",
                expected=name,
            )
        if text not in known:
            reading.notice(info.child(name) or info, code, name, "not a value that is known")


def _check_times(root: Node, info: Node, reading: TreeReading, zone: ZoneInfo) -> None:
    for name in SYS_INFO_TIMES:
        node = info.child(name)
        if node is None or not node.value:
            continue
        if from_iso(node.value, zone) is None:
            raise reading.fault(node, "not-a-time", "not a time", expected="ISO 8601")
    for path, node in root.walk():
        timed = node.local.endswith(("DateTime", "Time")) and path[0] != "SysInfo"
        if timed and node.value and not node.children and not _may_be_time(node.value, zone):
            reading.notice(node, "time", node.local, "named as a time and holds none; kept")


def _may_be_time(text: str, zone: ZoneInfo) -> bool:
    return from_iso(text, zone) is not None or re.fullmatch(r"\d{1,6}", text, re.ASCII) is not None


def _texts(node: Node) -> dict[str, str]:
    """Text of every element below that has one, by path."""
    return {
        "/".join(path): below.value
        for path, below in node.walk()
        if below.value and not below.children
    }


def _changes(body: Node) -> Iterator[Change]:
    for path, node in body.walk():
        old = node.attribute("OldValue")
        if node.children and old is None and not node.nil:
            continue
        yield Change(path="/".join(path), value=None if node.nil else node.value, old_value=old)
