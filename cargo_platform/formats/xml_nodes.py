"""Dataclasses that are read from XML and written to it: an element per field, in the fields' order.

A :class:`Node` stands for an element with elements in it. The name of a field is that of its element
in small letters (``gross_weight_measure`` is ``GrossWeightMeasure``, ``primary_id`` is
``PrimaryID``); its type says what is in it: text, ``int``, ``Decimal``, ``bool``, ``datetime``,
another node, a :class:`Leaf` (a value with attributes), or a tuple of these. Every element may be
missing. What a node does not know is kept in ``unread`` and written again in its place.

Notices, with the format's name in front:

======================  ====================================================================
``unknown-element``     An element that is not known here was kept.
``repeated``            An element that comes once came again; the later one was kept unread.
``empty-value``         A number, date or indicator is empty.
``date-only``           A date stands where a date with a time belongs.
``namespace``           The message is in another namespace than the standard's.
``root``                The root element has another name than the standard's.
``envelope``            The message was found inside another document.
``missing``             An element that every message has is not there.
======================  ====================================================================
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeVar

from lxml import etree

from cargo_platform.formats.guarded_xml import local_name, place
from service_bus import Malformed, Mode, Notice

MOST_NOTICES: Final = 200
_CAPITALS: Final = {
    word: word.upper() for word in ("id", "osi", "sph", "ssr", "uri", "undg", "aeo")
}
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,12}", re.ASCII)
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,9})?", re.ASCII)
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?",
    re.ASCII,
)
_INDICATORS: Final = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadElement:
    """An element kept as it is: canonical XML, and the name of the element it stood behind."""

    after: str
    xml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An element with elements in it."""

    unread: tuple[UnreadElement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """An element with a value and attributes; subclasses have ``value`` and a field per attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Leaf):
    """A quantity with its unit (UN/ECE Recommendation 20, such as KGM, MTQ, CMT)."""

    value: Decimal
    unit_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Leaf):
    """Money with its currency."""

    value: Decimal
    currency_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier(Leaf):
    """An identifier with its scheme."""

    value: str
    scheme_id: str | None = None
    scheme_agency_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCode(Leaf):
    """A code with the agency of its list."""

    value: str
    list_agency_id: str | None = None


class Bound(NamedTuple):
    """How one field of a node is written in XML."""

    name: str
    element: str
    kind: type
    many: bool


class Attribute(NamedTuple):
    """How one field of a leaf is written as an attribute."""

    name: str
    attribute: str


NodeType = TypeVar("NodeType", bound=Node)
NOT_XML: Final[Mapping[str, bool]] = types.MappingProxyType({"xml": False})
"""Metadata of fields that are not elements."""


@dataclass(slots=True)
class XmlReading:
    """One document being read.

    Attributes:
        budget: characters of unknown elements that may still be kept.
    """

    format: str
    mode: Mode
    budget: int
    notices: list[Notice] = field(default_factory=list)

    def fault(
        self, element: etree._Element, reason: str, *, code: str, found: str = "",
        expected: str = "",
    ) -> Malformed:  # fmt: skip
        """Make the error for an element."""
        return Malformed(
            self.format,
            reason,
            field=local_name(element)[:60],
            position=place(element),
            found=found[:24],
            expected=expected,
            code=f"{self.format}-{code}",
        )

    def odd(self, element: etree._Element, code: str, text: str, *, field: str = "") -> None:
        """Note something odd; in strict mode that is a fault.

        Raises:
            Malformed: strict mode.
        """
        if self.mode == "strict":
            raise self.fault(element, text, code=code, expected="what the standard has")
        if len(self.notices) < MOST_NOTICES:
            name = field or local_name(element)[:60]
            self.notices.append(
                Notice(code=f"{self.format}-{code}", field=name, position=place(element), text=text)
            )


def element_name(name: str) -> str:
    """Name of the element of a field.

    >>> element_name("handling_osi_instructions"), element_name("primary_id")
    ('HandlingOSIInstructions', 'PrimaryID')
    """
    return "".join(_CAPITALS.get(word, word.capitalize()) for word in name.split("_"))


def attribute_name(name: str) -> str:
    """Name of the attribute of a field.

    >>> attribute_name("unit_code"), attribute_name("scheme_agency_id")
    ('unitCode', 'schemeAgencyID')
    """
    first, *rest = name.split("_")
    return first + "".join(_CAPITALS.get(word, word.capitalize()) for word in rest)


_BOUNDS: Final[dict[type[Node], Mapping[str, Bound]]] = {}
_ATTRIBUTES: Final[dict[type[Leaf], tuple[type, tuple[Attribute, ...]]]] = {}


def bounds(node: type[Node]) -> Mapping[str, Bound]:
    """How the fields of a node are written, by name of their element, in order."""
    if node not in _BOUNDS:
        _BOUNDS[node] = types.MappingProxyType(_bounds(node))
    return _BOUNDS[node]


def _bounds(node: type[Node]) -> dict[str, Bound]:
    hints = typing.get_type_hints(node)
    found: dict[str, Bound] = {}
    for one in dataclasses.fields(node):
        if one.name == "unread" or not one.metadata.get("xml", True):
            continue
        kind, many = _kind(hints[one.name])
        element = one.metadata.get("element") or element_name(one.name)
        found[element] = Bound(one.name, element, kind, many)
    return found


def attributes(leaf: type[Leaf]) -> tuple[type, tuple[Attribute, ...]]:
    """Type of the value of a leaf, and its attributes."""
    if leaf not in _ATTRIBUTES:
        found = [
            Attribute(one.name, one.metadata.get("attribute") or attribute_name(one.name))
            for one in dataclasses.fields(leaf)
            if one.name != "value"
        ]
        _ATTRIBUTES[leaf] = (typing.get_type_hints(leaf)["value"], tuple(found))
    return _ATTRIBUTES[leaf]


def _kind(hint: Any) -> tuple[type, bool]:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return arguments[0], True
    if arguments:
        return next(kind for kind in arguments if kind is not type(None)), False
    return hint, False


def read_node(reading: XmlReading, element: etree._Element, node: type[NodeType]) -> NodeType:
    """Read an element.

    Raises:
        Malformed: a value that is none of its type, or, in strict mode, something odd.
    """
    known = bounds(node)
    values: dict[str, Any] = {}
    kept: list[UnreadElement] = []
    behind = ""
    for child in element:
        name = local_name(child)
        bound = known.get(name)
        if bound is None or (bound.name in values and not bound.many):
            kept.append(_keep(reading, child, behind, bound))
            continue
        behind = name
        value = _value(reading, child, bound.kind)
        if not bound.many:
            values[bound.name] = value
        elif value is not None:
            values.setdefault(bound.name, []).append(value)
    for bound in known.values():
        if bound.many and bound.name in values:
            values[bound.name] = tuple(values[bound.name])
    if kept:
        values["unread"] = tuple(kept)
    return node(**values)


def _keep(
    reading: XmlReading, child: etree._Element, behind: str, bound: Bound | None
) -> UnreadElement:
    if bound is None:
        reading.odd(child, "unknown-element", "an element that is not known here was kept")
    else:
        reading.odd(child, "repeated", "came before; the first one counts")
    for inner in child.iter():
        if len(inner) and not (inner.text or "").strip():
            inner.text = None
        if inner is not child and not (inner.tail or "").strip():
            inner.tail = None
    try:
        xml = etree.tostring(child, method="c14n", exclusive=True, with_tail=False).decode()
    except etree.C14NError:
        raise reading.fault(
            child, "a namespace that is no absolute URI", code="namespace-uri",
            expected="an absolute URI",
        ) from None  # fmt: skip
    reading.budget -= len(xml)
    if reading.budget < 0:
        raise reading.fault(
            child, "too many elements that are not known", code="unread",
            expected="a message of this kind",
        )  # fmt: skip
    return UnreadElement(after=behind, xml=xml)


def _value(reading: XmlReading, element: etree._Element, kind: type) -> Any:
    if issubclass(kind, Node):
        return read_node(reading, element, kind)
    if len(element):
        raise reading.fault(
            element, "elements where a value belongs", code="bad-value", expected="text"
        )
    text = (element.text or "").strip()
    if issubclass(kind, Leaf):
        inner, names = attributes(kind)
        value = _scalar(reading, element, text, inner)
        if value is None:
            return None
        told = {a.name: element.get(a.attribute) for a in names}
        return kind(value=value, **told)  # type: ignore[call-arg]  # every leaf has a value
    return _scalar(reading, element, text, kind)


def _scalar(reading: XmlReading, element: etree._Element, text: str, kind: type) -> Any:
    if kind is str:
        return text
    if not text:
        reading.odd(element, "empty-value", "no value stands here")
        return None
    return _SCALARS[kind](reading, element, text)


def _integer(reading: XmlReading, element: etree._Element, text: str) -> int:
    if _INTEGER.fullmatch(text) is None:
        raise reading.fault(
            element, "not a whole number", code="bad-number", found=text, expected="digits"
        )
    return int(text)


def _decimal(reading: XmlReading, element: etree._Element, text: str) -> Decimal:
    if _DECIMAL.fullmatch(text) is None:
        raise reading.fault(
            element, "not a number", code="bad-number", found=text, expected="e.g. 1042.0"
        )
    return Decimal(text)


def _boolean(reading: XmlReading, element: etree._Element, text: str) -> bool:
    if text.lower() not in _INDICATORS:
        raise reading.fault(
            element, "not an indicator", code="bad-indicator", found=text,
            expected="true or false",
        )  # fmt: skip
    return _INDICATORS[text.lower()]


def _moment(reading: XmlReading, element: etree._Element, text: str) -> datetime:
    found = _MOMENT.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        moment = datetime.fromisoformat(text)
        moment.utcoffset()
    except ValueError:
        raise reading.fault(
            element, "not a date and time", code="bad-date", found=text,
            expected="e.g. 2026-11-23T21:30:00",
        ) from None  # fmt: skip
    if found[1] is None:
        reading.odd(element, "date-only", "a date without its time")
    return moment


_SCALARS: Final[Mapping[type, Callable[[XmlReading, etree._Element, str], Any]]] = (
    types.MappingProxyType({int: _integer, Decimal: _decimal, bool: _boolean, datetime: _moment})
)


Orders = Mapping[type[Node], Sequence[str]]
"""For some nodes, the names of elements that come first when they are written."""
USUAL: Final[Orders] = types.MappingProxyType({})


def fill(element: etree._Element, node: Node, namespace: str, orders: Orders = USUAL) -> None:
    """Put a node's elements into an element, in ``namespace``.

    Elements come in the order of the node's fields, those that ``orders`` names for it before them.
    """
    known = bounds(type(node))
    for name in dict.fromkeys((*orders.get(type(node), ()), *known)):
        bound = known[name]
        value = getattr(node, bound.name)
        if value is None:
            continue
        for one in value if bound.many else (value,):
            child = etree.SubElement(element, f"{{{namespace}}}{bound.element}")
            _put(child, one, namespace, orders)
    put_back(element, node)


def put_back(element: etree._Element, node: Node) -> None:
    """Put the elements that were kept behind those they stood behind."""
    for kept in reversed(node.unread):
        at = 0
        for index, child in enumerate(element):
            if local_name(child) == kept.after:
                at = index + 1
        element.insert(at, etree.fromstring(kept.xml, _FRAGMENT))


_FRAGMENT: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _put(element: etree._Element, value: Any, namespace: str, orders: Orders) -> None:
    if isinstance(value, Node):
        fill(element, value, namespace, orders)
    elif isinstance(value, Leaf):
        for name, attribute in attributes(type(value))[1]:
            said = getattr(value, name)
            if said is not None:
                element.set(attribute, said)
        element.text = text_of(value.value)  # type: ignore[attr-defined]  # every leaf has one
    else:
        element.text = text_of(value)


def text_of(value: object) -> str:
    """A value as it is written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)
