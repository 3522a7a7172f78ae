"""AIDX: flight-leg notifications and answers, read strictly and kindly, and written.

Standard: IATA AIDX, namespace ``http://www.iata.org/IATA/2007/00``; messages
``IATA_AIDX_FlightLegNotifRQ`` and ``IATA_AIDX_FlightLegRS``, plain or in an envelope of SOAP 1.1 or
1.2, any prefix. The schema is IATA's and is not shipped, so what is checked here is what a receiver
relies on: the leg's key, numbers, dates and times. Anything else odd is a notice in tolerant mode
and a fault in strict mode; nothing is dropped, unknown elements are kept.

>>> parse(b"<flights/>")  # doctest: +ELLIPSIS
Traceback (most recent call last):
service_bus.errors.Malformed: aidx: not an AIDX flight-leg message in flights at line 1 /flights...
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal

from lxml import etree

from airport_brain.operations.formats.aidx_message import ABSENT, FlightLeg, Message
from airport_brain.operations.formats.aidx_shapes import (
    FLIGHT_LEG_PARTS,
    NAMESPACE,
    PARTY,
    integer,
    moment,
    text,
)
from airport_brain.operations.formats.guarded_xml import MAX_BYTES, read_root
from airport_brain.operations.formats.xml_shapes import (
    Convert,
    Reading,
    Shape,
    local_name,
    to_text,
)

FORMAT: Final = "aidx"

NOTIFICATION: Final = "IATA_AIDX_FlightLegNotifRQ"
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
    }
)


_PREFIXES: Final[Any] = {None: NAMESPACE, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}


def _ns(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


_PARTIES: Final = {
    _ns("Originator"): "originator",
    _ns("DeliveringSystem"): "delivering_system",
}
_FLIGHT_LEG: Final = _ns("FlightLeg")
_SUCCESS: Final = _ns("Success")
_ERRORS: Final = frozenset({_ns("Errors"), _ns("Warnings")})
_LEG_SHAPE: Final = Shape(make=FlightLeg, namespace=NAMESPACE, parts=FLIGHT_LEG_PARTS)


def parse(
    data: bytes,
    *,
    mode: Literal["strict", "tolerant"] = "tolerant",
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
    root = read_root(data, format=FORMAT, max_bytes=max_bytes)
    strict = mode == "strict"
    return [_message(element, soap, strict=strict) for element, soap in _documents(root)]


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


def _message(element: etree._Element, soap: str, *, strict: bool) -> Message:
    reading = Reading(FORMAT, strict=strict)
    if element.tag not in (_ns(NOTIFICATION), _ns(ANSWER)):
        namespace = str(element.tag).rpartition("}")[0].lstrip("{")
        raise reading.fault(
            element,
            "wrong-root",
            "not an AIDX flight-leg message",
            found=f"{{{namespace}}}{local_name(element)}",
            expected=f"{NOTIFICATION} or {ANSWER} in {NAMESPACE}",
        )
    values: dict[str, Any] = {"root": local_name(element), "soap": soap}
    values.update(_root_attributes(reading, element))
    legs: list[FlightLeg] = []
    errors: list[str] = []
    for child in element:
        if child.tag == _FLIGHT_LEG:
            legs.append(_leg(child, reading))
        elif (party := _PARTIES.get(str(child.tag))) is not None:
            values[party] = PARTY.read(reading, child)
        elif child.tag in _ERRORS:
            errors += _texts(child)
        elif child.tag != _SUCCESS:
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
        errors=tuple(errors),
        kept=tuple(reading.kept),
        notices=tuple(reading.notices),
    )


def _root_attributes(reading: Reading, element: etree._Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, (field, convert) in _ROOT_ATTRIBUTES.items():
        raw = element.get(name)
        if raw is not None and raw.strip():
            values[field] = convert(reading, element, name, raw.strip())
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
    reading.kept_before += len(inner.kept)
    return leg


def _texts(element: etree._Element) -> list[str]:
    """What an answer complains about: attributes and text of each error, in words."""
    return [
        " ".join(
            [
                *(f"{name!s}={value!s}" for name, value in error.attrib.items()),
                (error.text or "").strip(),
            ]
        ).strip()
        for error in element
    ]


def encode(message: Message) -> bytes:
    """Write a message as plain XML in UTF-8; ``parse`` gives the same message back.

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
    if message.root == ANSWER:
        etree.SubElement(root, _SUCCESS)
    for tag, field in _PARTIES.items():
        party = getattr(message, field)
        if party is not None:
            PARTY.write_attributes(etree.SubElement(root, tag), party)
    for leg in message.flight_leg:
        _LEG_SHAPE.write_children(etree.SubElement(root, _FLIGHT_LEG), leg)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def decode(data: bytes) -> list[dict[str, object]]:
    """Read for people: one JSON-able object per message; what is absent is left out.

    Raises:
        Malformed: see :func:`parse`.
    """
    return [_plain(message) for message in parse(data)]


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        plain = {f.name: getattr(value, f.name) for f in fields(value)}
        return {
            name: _plain(item)
            for name, item in plain.items()
            if item is not ABSENT and item not in ("", ()) and not _unset(value, name, item)
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
