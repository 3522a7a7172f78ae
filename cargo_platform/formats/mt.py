"""China customs air manifest messages: MT1201, 2201, 3201, 3202, 4201, 5201, 5202, 6201, 6202, receipts.

海关空运舱单报文. Sources: customs notice 2010-70 with message format V1.1 (``Manifest`` of ``Head`` and
``Declaration``, UTF-8, names of the WCO data model); the Nanjing customs guide to air tally reports
V1.0 (MT5201, MT5202); declarations of other types as seen in public. Related: CAAC MH/T 0059-2015 parts 1
to 4. Root ``Manifest`` in ``urn:Declaration:datamodel:standard:CN:MT5201:1`` (the type, the version).

==========  =============================  ========================================
MT1201      空运原始舱单                   import original manifest
MT2201      空运预配舱单                   export pre-allotted manifest
MT3201      空运出口运抵                   export arrival at the terminal
MT3202      空运分流运抵                   arrival after diversion
MT4201      空运出口装载                   export loading manifest
MT5201      空运进口理货                   import tally report
MT5202      空运出口理货                   export tally report
MT6201      空运进口分流                   import diversion
MT6202      空运进口分拨                   import distribution
==========  =============================  ========================================

Traps: full schemas are not public. Elements that are not known are kept and written again; the order
of elements is data (``encode`` takes ``orders``), because that of the tally report after the start
time is not confirmed. Lines of goods, equipment and the body of receipts (``Response``) are as public
programs read them. A front end may send the message inside a document of its own. Flight days and
times of sending are Beijing time. Names of people and companies are in here: nothing of a declaration
is public.

Notices beside those of ``xml_nodes``:

=====================  ======================================================================
``mt-type``            The message type is none of the air manifest's.
``mt-namespace``       The namespace does not name the message type.
``mt-function``        The function code is none of 2, 3, 5, 9.
``mt-sender``          The sender is not four digits and nine characters of an organisation.
``mt-receiver``        The receiver is neither the four digits of a customs district nor EPORT.
``mt-send-time``       The time of sending is not YYYYMMDDHHmmssfff.
``mt-journey``         The journey is not a flight, a slant and a day.
``mt-not-air``         The means of transport is not an aircraft (4).
``mt-awb``             The transport contract is not an air waybill number.
``mt-duplicate``       A consignment stands twice.
=====================  ======================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from lxml import etree

from cargo_platform.awb import parse_awb
from cargo_platform.errors import BadAwb
from cargo_platform.formats.mt_message import Consignment, Head, Message
from cargo_platform.formats.xml_nodes import element_name
from cargo_platform.formats.xml_reading import MAX_BYTES, XmlReading, below, read_node
from cargo_platform.formats.xml_writing import USUAL, Orders, fill
from service_bus import Mode
from service_bus.guarded_xml import local_name, read_root, root_name

__all__ = ["FORMAT", "TYPES", "Kind", "Message", "encode", "parse", "recognise"]

FORMAT: Final = "mt"
ROOT: Final = "Manifest"
LONGEST_LIST: Final = 9_999
"""Consignments a message may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A message type: its names, who files it, and the elements each has (paths joined by dots)."""

    zh: str
    en: str
    filer: str
    mandatory: tuple[str, ...]


_FLIGHT: Final = ("border_transport_means.journey_id", "border_transport_means.type_code")
_LIST: Final = ("consignment",)
_TALLY: Final = (
    "declaration_office_id",
    "actual_date_time",
    "completed_date_time",
    "loading_location.id",
    "unloading_location.id",
    "tally_party.id",
    *_LIST,
)

TYPES: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "MT1201": Kind(
            zh="空运原始舱单", en="import original manifest", filer="carrier or agent",
            mandatory=(*_FLIGHT, *_LIST),
        ),
        "MT2201": Kind(
            zh="空运预配舱单", en="export pre-allotted manifest", filer="carrier or agent",
            mandatory=(*_FLIGHT, *_LIST),
        ),
        "MT3201": Kind(
            zh="空运出口运抵", en="export arrival at the terminal", filer="cargo terminal",
            mandatory=("declaration_office_id",),
        ),
        "MT3202": Kind(
            zh="空运分流运抵", en="arrival after diversion", filer="cargo terminal",
            mandatory=("declaration_office_id",),
        ),
        "MT4201": Kind(
            zh="空运出口装载", en="export loading manifest", filer="carrier",
            mandatory=(*_FLIGHT, *_LIST),
        ),
        "MT5201": Kind(
            zh="空运进口理货", en="import tally report", filer="cargo terminal",
            mandatory=_TALLY,
        ),
        "MT5202": Kind(
            zh="空运出口理货", en="export tally report", filer="cargo terminal",
            mandatory=_TALLY,
        ),
        "MT6201": Kind(
            zh="空运进口分流", en="import diversion", filer="cargo terminal", mandatory=_LIST
        ),
        "MT6202": Kind(
            zh="空运进口分拨", en="import distribution", filer="agent", mandatory=_LIST
        ),
    }
)  # fmt: skip

_FUNCTIONS: Final = ("2", "3", "5", "9")
_AIR: Final = "4"
_SENDER: Final = re.compile(r"[0-9]{4}[0-9A-Z]{9}(?:_.*)?", re.ASCII)
_RECEIVER: Final = re.compile(r"[0-9]{4}|EPORT", re.ASCII)
_SENT: Final = re.compile(r"[0-9]{17}", re.ASCII)


def parse(data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MAX_BYTES) -> list[Message]:
    """Read a declaration or a receipt.

    Raises:
        Malformed: names line, element path and element.
        TooLarge: over the cap.
    """
    outer = read_root(data, format=FORMAT, max_bytes=max_bytes, blanks=False)
    reading = XmlReading.start(FORMAT, mode, data)
    root = next((one for one in outer.iter(etree.Element) if local_name(one) == ROOT), None)
    if root is None:
        raise reading.fault(
            outer, "another message", code="no-message", found=local_name(outer), expected=ROOT
        )
    if root is not outer:
        reading.odd(root, "envelope", "found inside another document")
    message = read_node(reading, root, Message)
    _check_head(reading, root, message)
    if message.declaration is None and message.response is None:
        raise reading.fault(
            root, "neither a declaration nor a receipt", code="no-body",
            expected="Declaration or Response",
        )  # fmt: skip
    _check_declaration(reading, root, message)
    return [replace(message, original=data, notices=tuple(reading.notices))]


def recognise(data: bytes) -> float:
    """How sure it is that the bytes are a customs manifest message."""
    name, head = root_name(data), data[:4096]
    if name != ROOT:
        inside = name and b"<Manifest" in head and b"<MessageType>MT" in head
        return 0.8 if inside else 0.0
    if b"urn:Declaration:datamodel:standard:CN:MT" in head:
        return 0.95
    return 0.9 if b"<MessageType>MT" in head else 0.2


def encode(message: Message, *, orders: Orders = USUAL) -> bytes:
    """Canonical text of a message.

    Args:
        message: what to write.
        orders: for some nodes, names of elements that come before the usual order.
    """
    namespace = f"urn:Declaration:datamodel:standard:CN:{message.type}:1"
    unprefixed: Any = {None: namespace}  # lxml's word for "no prefix"; its types do not know it
    root = etree.Element(f"{{{namespace}}}{ROOT}", nsmap=unprefixed)
    fill(root, message, namespace, orders)
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")


def _check_head(reading: XmlReading, root: etree._Element, message: Message) -> None:
    head = message.head
    if head is None:
        raise reading.fault(root, "the head is missing", code="no-head", expected="Head")
    top = below(root, "Head")
    for name in ("message_id", "message_type", "sender_id", "receiver_id", "send_time"):
        if not getattr(head, name):
            reading.odd(top, "missing", f"{name} is missing", field=element_name(name))
    if head.message_type and head.message_type not in TYPES:
        reading.odd(below(top, "MessageType"), "type", "a type that is none of the air manifest's")
    namespace = str(root.tag).rpartition("}")[0]
    if head.message_type and f":{head.message_type}:" not in namespace:
        reading.odd(root, "namespace", "does not name the message type", field="xmlns")
    if head.send_time and not (_SENT.fullmatch(head.send_time) and head.sent()):
        reading.odd(below(top, "SendTime"), "send-time", "not YYYYMMDDHHmmssfff")
    if message.response is None:
        _check_sender(reading, top, head)


def _check_sender(reading: XmlReading, top: etree._Element, head: Head) -> None:
    """What a declaration's head says of who sends it to whom; receipts go the other way."""
    if head.function_code not in _FUNCTIONS:
        reading.odd(
            below(top, "FunctionCode"), "function", "none of 2, 3, 5, 9", field="FunctionCode"
        )
    if head.sender_id and not _SENDER.fullmatch(head.sender_id):
        reading.odd(below(top, "SenderID"), "sender", "not district and organisation")
    if head.receiver_id and not _RECEIVER.fullmatch(head.receiver_id):
        reading.odd(below(top, "ReceiverID"), "receiver", "not a customs district")


def _check_declaration(reading: XmlReading, root: etree._Element, message: Message) -> None:
    declared = message.declaration
    top = below(root, "Response" if declared is None else "Declaration")
    if declared is not None:
        kind = TYPES.get(message.type)
        for path in kind.mandatory if kind else ():
            if _at(declared, path) in (None, (), ""):
                name = element_name(path.rpartition(".")[2])
                reading.odd(top, "missing", f"{path} is missing", field=name)
    body = declared or message.response
    if body is None:
        return
    flight = body.border_transport_means
    if flight is not None:
        means = below(top, "BorderTransportMeans")
        if flight.journey_id and flight.journey() is None:
            reading.odd(below(means, "JourneyID"), "journey", "not a flight, a slant and a day")
        if flight.type_code and flight.type_code != _AIR:
            reading.odd(below(means, "TypeCode"), "not-air", "not an aircraft")
    _check_consignments(reading, top, body.consignment)


def _check_consignments(
    reading: XmlReading, top: etree._Element, consignments: tuple[Consignment, ...]
) -> None:
    if len(consignments) > LONGEST_LIST:
        raise reading.fault(
            top, "too many consignments", code="too-many", expected=f"at most {LONGEST_LIST}"
        )
    elements = [child for child in top if local_name(child) == "Consignment"]
    seen: set[tuple[str | None, str | None]] = set()
    for element, one in zip(elements, consignments, strict=True):
        master = one.transport_contract_document
        house = one.associated_transport_document
        key = (master.id if master else None, house.id if house else None)
        if key in seen and key != (None, None):
            reading.odd(element, "duplicate", "a consignment stands twice")
        seen.add(key)
        if master is not None and master.id:
            _check_awb(reading, below(element, "TransportContractDocument", "ID"), master.id)


def _check_awb(reading: XmlReading, element: etree._Element, number: str) -> None:
    try:
        parse_awb(number)
    except BadAwb as error:
        if error.code == "awb-form":
            reading.odd(element, "awb", "not an air waybill number")
            return
        raise reading.fault(
            element, error.reason, code=error.code, found=error.found, expected=error.expected
        ) from error


def _at(node: object, path: str) -> object:
    for name in path.split("."):
        if node is None:
            return None
        node = getattr(node, name)
    return node
