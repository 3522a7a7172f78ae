"""AIDX: flight-leg notifications, requests and answers, read strictly and kindly, and written.

Standard: IATA AIDX, namespace ``http://www.iata.org/IATA/2007/00``; messages
``IATA_AIDX_FlightLegNotifRQ``, ``IATA_AIDX_FlightLegRQ`` and ``IATA_AIDX_FlightLegRS``, plain or in an
envelope of SOAP 1.1 or 1.2, any prefix. The schema is IATA's and is not shipped, so what is checked here
is what a receiver relies on: the leg's key, numbers, dates and times. Anything else odd is a notice in
tolerant mode and a fault in strict mode; nothing is dropped, unknown elements are kept.

========================  ============================================================================
message                   holds
========================  ============================================================================
FlightLegNotifRQ          Originator, DeliveringSystem, FlightLeg 1..n
FlightLegRQ               Originator, DeliveringSystem, what is asked for: kept as canonical XML,
                          because the criteria of the request were not seen
FlightLegRS               Success, Warnings, FlightLeg 0..n, or Errors
========================  ============================================================================

Notices (``aidx-`` in front): ``no-time-stamp`` the root has no TimeStamp; ``time-without-zone`` a time
without zone, taken as UTC; ``date-with-time`` a date with a time behind it; ``empty-element`` an element
is empty and not nil: it counts as missing, and so does one with nothing else in it; ``text-in-attribute``
an airline or airport is in the attribute Code; ``repeated-element`` a single element is there twice, the
last counts; ``too-many`` more siblings than allowed; ``repeat-index-gap`` RepeatIndex does not count from
1; ``missing-attribute`` an attribute that the standard requires; ``unknown-attribute``,
``unknown-element`` not known, kept; ``broken-element`` a linked leg or code share that cannot be read,
or markup where only text belongs, kept; ``stray-text`` text between elements.

>>> parse(b"<flights/>")  # doctest: +ELLIPSIS
Traceback (most recent call last):
service_bus.errors.Malformed: aidx: not an AIDX flight-leg message in flights at line 1 /flights...
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from lxml import etree

from airport_brain.operations.formats.aidx_message import (
    ABSENT,
    FlightLeg,
    Message,
    Party,
    Problem,
)
from airport_brain.operations.formats.aidx_shapes import (
    FLIGHT_LEG_PARTS,
    NAMESPACE,
    PARTY,
    integer,
    moment,
    text,
)
from airport_brain.operations.formats.xml_shapes import (
    MAX_BYTES,
    MAX_TEXT,
    Convert,
    Passage,
    Reading,
    Shape,
    to_text,
)
from service_bus import Mode
from service_bus.guarded_xml import local_name, read_root

FORMAT: Final = "aidx"

NOTIFICATION: Final = "IATA_AIDX_FlightLegNotifRQ"
REQUEST: Final = "IATA_AIDX_FlightLegRQ"
ANSWER: Final = "IATA_AIDX_FlightLegRS"

_SOAP: Final[Mapping[str, str]] = MappingProxyType(
    {
        "{http://schemas.xmlsoap.org/soap/envelope/}": "1.1",
        "{http://www.w3.org/2003/05/soap-envelope}": "1.2",
    }
)

_ROOT_ATTRIBUTES: Final[Mapping[str, tuple[str, Convert]]] = MappingProxyType(
    {
        "Version": ("version", text),
        "TimeStamp": ("time_stamp", moment),
        "Target": ("target", text),
        "EchoToken": ("echo_token", text),
        "TransactionIdentifier": ("transaction_identifier", text),
        "SequenceNmbr": ("sequence_nmbr", integer),
        "TransactionStatusCode": ("transaction_status_code", text),
        "RetransmissionIndicator": ("retransmission_indicator", text),
        "CorrelationID": ("correlation_id", text),
        "PrimaryLangID": ("primary_lang_id", text),
        "AltLangID": ("alt_lang_id", text),
    }
)


MAX_PROBLEMS: Final = 100
"""Errors or warnings of an answer that are read."""

_PREFIXES: Final[Any] = {None: NAMESPACE, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}


def _ns(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


_PARTIES: Final = {
    _ns("Originator"): "originator",
    _ns("DeliveringSystem"): "delivering_system",
}
_FLIGHT_LEG: Final = _ns("FlightLeg")
_SUCCESS: Final = _ns("Success")
_PROBLEMS: Final = {_ns("Errors"): ("errors", "Error"), _ns("Warnings"): ("warnings", "Warning")}
_CRITERION: Final = Passage()
_LEG_SHAPE: Final = Shape(make=FlightLeg, namespace=NAMESPACE, parts=FLIGHT_LEG_PARTS)


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    max_bytes: int = MAX_BYTES,
) -> list[Message]:
    """Read the AIDX message, or the messages of one SOAP body.

    Args:
        data: the original bytes.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        max_bytes: size cap.

    Raises:
        Malformed: with line, element path, field, what was found and what is expected.
        TooLarge: over the cap.
    """
    # Vendor data and what is asked for are kept as they stand; blanks say nothing elsewhere.
    blanks = _AS_SENT.search(data) is not None
    root = read_root(data, format=FORMAT, max_bytes=max_bytes, blanks=blanks)
    strict = mode == "strict"
    return [_message(element, soap, data, strict=strict) for element, soap in _documents(root)]


def recognise(data: bytes) -> float:
    """How surely this is an AIDX message, 0 to 1."""
    return 0.95 if _HEAD.search(data[:4000]) else 0.0


_HEAD: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?IATA_AIDX_FlightLeg(?:Notif)?R[QS]\b")


_AS_SENT: Final = re.compile(rb"TPA_Extension|IATA_AIDX_FlightLegRQ")


def _documents(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The AIDX roots in a document, with the version of SOAP around them."""
    namespace, _, name = str(root.tag).rpartition("}")
    soap = _SOAP.get(namespace + "}", "") if name == "Envelope" else ""
    if not soap:
        yield root, ""
        return
    body = root.find(f"{namespace}}}Body")
    inside = [] if body is None else list(body)
    if not inside:
        raise Reading(FORMAT, strict=True).fault(
            root,
            "soap-empty",
            "the SOAP envelope has no message",
            field="Body",
            expected=NOTIFICATION,
        )
    for element in inside:
        yield element, soap


def _message(element: etree._Element, soap: str, data: bytes, *, strict: bool) -> Message:
    reading = Reading(FORMAT, strict=strict)
    if element.tag not in (_ns(NOTIFICATION), _ns(REQUEST), _ns(ANSWER)):
        namespace = str(element.tag).rpartition("}")[0].lstrip("{")
        raise reading.fault(
            element,
            "wrong-root",
            "not an AIDX flight-leg message",
            found=f"{{{namespace}}}{local_name(element)}",
            expected=f"{NOTIFICATION}, {REQUEST} or {ANSWER} in {NAMESPACE}",
        )
    values: dict[str, Any] = {"root": local_name(element), "soap": soap}
    values.update(_root_attributes(reading, element))
    legs: list[FlightLeg] = []
    criteria: list[str] = []
    for child in element:
        tag = str(child.tag)
        if tag == _FLIGHT_LEG:
            legs.append(_leg(child, reading))
        elif (party := _PARTIES.get(tag)) is not None:
            values[party] = PARTY.read(reading, child) or Party()
        elif (problems := _PROBLEMS.get(tag)) is not None:
            values[problems[0]] = _problems(child)
        elif tag == _SUCCESS:
            values["success"] = True
        elif values["root"] == REQUEST:
            criteria.append(_CRITERION.read(reading, child))
        else:
            reading.keep(child)
    if not legs and values["root"] == NOTIFICATION:
        raise reading.fault(
            element,
            "no-leg",
            "the notification has no leg",
            field="FlightLeg",
            expected="1 or more",
        )
    return Message(
        **values,
        flight_leg=tuple(legs),
        criteria=tuple(criteria),
        kept=tuple(reading.kept),
        original=data,
        notices=tuple(reading.notices),
    )


def _root_attributes(reading: Reading, element: etree._Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, (field, convert) in _ROOT_ATTRIBUTES.items():
        raw = element.get(name)
        if raw is not None and raw.strip():
            values[field] = convert(reading, element, name, raw.strip())
    for other in map(str, element.attrib):
        if other not in _ROOT_ATTRIBUTES:
            reading.keep_attribute(element, other)
    if "time_stamp" not in values:
        reading.notice(
            element, "no-time-stamp", "TimeStamp", "no TimeStamp; the time of receipt stands for it"
        )
    return values


def _leg(element: etree._Element, reading: Reading) -> FlightLeg:
    inner = Reading(
        FORMAT, strict=reading.strict, notices=reading.notices, kept_before=reading.kept_before
    )
    leg: FlightLeg = _LEG_SHAPE.make(
        **_LEG_SHAPE.read_children(inner, element), kept=tuple(inner.kept)
    )
    if leg.leg_identifier is None and leg.general_aviation_leg_identifier is None:
        raise reading.fault(
            element,
            "missing-element",
            "a required element is missing",
            field="LegIdentifier",
            expected="<LegIdentifier> in <FlightLeg>",
        )
    reading.kept_before += len(inner.kept)
    return leg


def _problems(element: etree._Element) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            text="".join(str(text) for text in problem.itertext()).strip()[:MAX_TEXT],
            attributes=tuple((str(k), str(v)) for k, v in problem.attrib.items()),
        )
        for problem in islice(element, MAX_PROBLEMS)
    )


def encode(message: Message) -> bytes:
    """Write a message as XML in UTF-8, in its SOAP envelope; ``parse`` gives the same message back.

    Args:
        message: without unknown elements, which have no place of their own to go to.

    Raises:
        ValueError: the message has unknown elements, or text that XML cannot hold.
    """
    if message.kept or any(leg.kept for leg in message.flight_leg):
        raise ValueError("unknown elements cannot be written")
    root = etree.Element(_ns(message.root), nsmap=_PREFIXES)
    for name, (field, _) in _ROOT_ATTRIBUTES.items():
        value = getattr(message, field)
        if value not in ("", None):
            root.set(name, to_text(value))
    for tag, field in _PARTIES.items():
        party = getattr(message, field)
        if party is not None:
            PARTY.write_attributes(etree.SubElement(root, tag), party)
    if message.success:
        etree.SubElement(root, _SUCCESS)
    for tag in (_ns("Warnings"), _ns("Errors")):
        _write_problems(root, tag, message)
    for leg in message.flight_leg:
        _LEG_SHAPE.write_children(etree.SubElement(root, _FLIGHT_LEG), leg)
    for criterion in message.criteria:
        root.append(read_root(criterion.encode(), format="xml", max_bytes=MAX_BYTES))
    return etree.tostring(_enveloped(root, message.soap), encoding="UTF-8", xml_declaration=True)


def _write_problems(root: etree._Element, tag: str, message: Message) -> None:
    field, name = _PROBLEMS[tag]
    problems = getattr(message, field)
    if problems:
        group = etree.SubElement(root, tag)
        for problem in problems:
            element = etree.SubElement(group, _ns(name))
            element.text = problem.text or None
            for key, value in problem.attributes:
                element.set(key, value)


def _enveloped(root: etree._Element, soap: str) -> etree._Element:
    if not soap:
        return root
    namespace = next(uri for uri, version in _SOAP.items() if version == soap)
    prefixes: Any = {"soap": namespace[1:-1]}
    envelope = etree.Element(f"{namespace}Envelope", nsmap=prefixes)
    etree.SubElement(envelope, f"{namespace}Body").append(root)
    return envelope


def decode(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """Read for people: one JSON-able object per message; what is absent is left out.

    Raises:
        Malformed: see :func:`parse`.
    """
    return [_plain(message) for message in parse(data, mode=mode)]


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        plain = {f.name: getattr(value, f.name) for f in fields(value)}
        return {
            name: _plain(item)
            for name, item in plain.items()
            if name != "original"
            and item is not ABSENT
            and item not in ("", ())
            and not _unset(value, name, item)
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return to_text(value) if isinstance(value, date) else value


def _unset(owner: Any, name: str, item: Any) -> bool:
    """Whether a ``None`` is only a default, and does not say that something is cleared."""
    if item is not None:
        return False
    default = type(owner).__dataclass_fields__[name].default
    return default is None
