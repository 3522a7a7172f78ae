"""IATA Cargo-XML: the frame of every message, and the parts that several of them have.

Root and its direct children are in the message's own namespace (prefix ``rsm``, such as
``iata:waybill:1``), all below in ``iata:datamodel:3`` (prefix ``ram``). Elements are known by their local
names, because senders declare prefixes and namespaces in every way. The schemas are licensed; the
elements here are those of IATA's public mapping tables (XFWB 5.00, XFZB 4.00, XFHL 3.00, XFSU 6.00), in
their order.

A message is written with UTF-8, two blanks per level, prefixes ``rsm`` and ``ram``; whatever else a
sender does with blanks and prefixes is not kept beside ``original``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeVar

from lxml import etree

from cargo_platform.awb import parse_awb
from cargo_platform.errors import BadAwb
from cargo_platform.formats.cargo_xml_parts import BusinessHeader, MessageHeader
from cargo_platform.formats.xml_nodes import (
    NOT_XML,
    Node,
    bounds,
    element_name,
)
from cargo_platform.formats.xml_reading import MAX_BYTES, XmlReading, below, read_node
from cargo_platform.formats.xml_writing import fill, put_back
from service_bus import Mode, Notice
from service_bus.guarded_xml import local_name, read_root, root_name

DATA_MODEL: Final = "iata:datamodel:3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Node):
    """What every message has beside its own parts."""

    message_header_document: MessageHeader | None = None
    business_header_document: BusinessHeader | None = None
    original: bytes = field(default=b"", compare=False, repr=False, metadata=NOT_XML)
    notices: tuple[Notice, ...] = field(default=(), compare=False, metadata=NOT_XML)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What tells one Cargo-XML format from another.

    Attributes:
        format: our name of it.
        root: its root element; ``others`` are roots that occur for it.
        namespace: of the root and its children.
        mandatory: paths of fields that every message has, joined by dots.
        awb: paths of fields that are air waybill numbers.
    """

    format: str
    root: str
    others: tuple[str, ...] = ()
    namespace: str
    mandatory: tuple[str, ...] = ()
    awb: tuple[str, ...] = ()


MessageType = TypeVar("MessageType", bound=Message)


def parse_message(
    data: bytes, frame: Frame, kind: type[MessageType], *, mode: Mode, max_bytes: int
) -> MessageType:
    """Read a message.

    Raises:
        TooLarge: over the cap.
        Malformed: names line, element path and element.
    """
    outer = read_root(data, format=frame.format, max_bytes=max_bytes, blanks=False)
    reading = XmlReading.start(frame.format, mode, data)
    root = _find(reading, outer, frame)
    if not str(root[0].tag if len(root) else root.tag).startswith(f"{{{frame.namespace}}}"):
        reading.odd(root, "namespace", f"another namespace than {frame.namespace}")
    message = read_node(reading, root, kind)
    _check(reading, root, frame, message)
    return replace(message, original=data, notices=tuple(reading.notices))


def _find(reading: XmlReading, outer: etree._Element, frame: Frame) -> etree._Element:
    names = (frame.root, *frame.others)
    for element in outer.iter(etree.Element):
        name = local_name(element)
        if name not in names:
            continue
        if element is not outer:
            reading.odd(element, "envelope", "found inside another document")
        if name != frame.root:
            reading.odd(element, "root", f"another root than {frame.root}")
        return element
    raise reading.fault(
        outer, "another message", code="no-message", found=local_name(outer), expected=frame.root
    )


def _check(reading: XmlReading, root: etree._Element, frame: Frame, message: Message) -> None:
    for path in frame.mandatory:
        if _at(message, path) in (None, (), ""):
            reading.odd(root, "missing", f"{path} is missing", field=path.rpartition(".")[2])
    for path in frame.awb:
        number = _at(message, path)
        if not number:
            continue
        try:
            parse_awb(str(number))
        except BadAwb as error:
            names = [element_name(name) for name in path.split(".")]
            raise reading.fault(
                below(root, *names), error.reason, code=error.code, found=error.found,
                expected=error.expected,
            ) from error  # fmt: skip


def _at(node: object, path: str) -> object:
    for name in path.split("."):
        if node is None:
            return None
        node = getattr(node, name)
    return node


def encode_message(message: Message, frame: Frame) -> bytes:
    """Canonical text of a message."""
    root = etree.Element(
        f"{{{frame.namespace}}}{frame.root}", nsmap={"rsm": frame.namespace, "ram": DATA_MODEL}
    )
    known = bounds(type(message))
    for name in dict.fromkeys((*message.layout, *known)):
        bound = known[name]
        value = getattr(message, bound.name)
        for one in value if bound.many else (value,):
            if one is not None:
                child = etree.SubElement(root, f"{{{frame.namespace}}}{bound.element}")
                fill(child, one, DATA_MODEL)
    put_back(root, message)
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")


def looks_like(data: bytes, frame: Frame) -> float:
    """How sure it is that bytes hold such a message; never raises."""
    name = root_name(data)
    if name == frame.root:
        return 0.95 if frame.namespace.encode() in data[:4096] else 0.6
    if name in frame.others:
        return 0.9 if frame.namespace.encode() in data[:4096] else 0.5
    return 0.0


class Reader(Protocol[MessageType]):
    """``parse`` of a format."""

    def __call__(
        self, data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MAX_BYTES
    ) -> list[MessageType]:
        """Read a message."""


def reader(frame: Frame, kind: type[MessageType]) -> Reader[MessageType]:
    """``parse`` of the format with this frame, whose messages are of this kind."""

    def parse(
        data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MAX_BYTES
    ) -> list[MessageType]:
        return [parse_message(data, frame, kind, mode=mode, max_bytes=max_bytes)]

    parse.__doc__ = f"""Read a message of {frame.format.upper()}.

    Raises:
        Malformed: names line, element path and element.
        TooLarge: over the cap.
    """
    # Pages and schemas of formats are made from what ``parse`` says that it gives.
    parse.__annotations__["return"] = list[kind]  # type: ignore[valid-type]  # a type at run time
    return parse


def recogniser(frame: Frame) -> Callable[[bytes], float]:
    """``recognise`` of the format with this frame."""

    def recognise(data: bytes) -> float:
        return looks_like(data, frame)

    recognise.__doc__ = f"""How sure it is that the bytes are an {frame.format.upper()}."""
    return recognise


def writer(frame: Frame, kind: type[MessageType]) -> Callable[[MessageType], bytes]:
    """``encode`` of the format with this frame."""

    def encode(message: MessageType) -> bytes:
        return encode_message(message, frame)

    encode.__doc__ = f"""Canonical text of a {kind.__name__.lower()} of {frame.format.upper()}."""
    return encode
