"""Reads the dataclasses of ``xml_nodes`` from XML; what is odd is a notice or, in strict mode, a fault."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from sys import getsizeof
from typing import Any, Final, TypeVar

from lxml import etree

from cargo_platform.formats.xml_nodes import Bound, Leaf, Node, UnreadElement, attributes, bounds
from service_bus import Malformed, Mode, Notice
from service_bus.guarded_xml import local_name

MAX_BYTES: Final = 2 * 1_048_576
"""Default cap of a message: a manifest of a freighter has some hundred waybills of 2 to 5 kB."""
MOST_NOTICES: Final = 200
KEPT_PER_BYTE: Final = 1
"""Bytes that unknown elements may hold for each byte of a message; canonical XML names namespaces again in
each."""
KEPT_BYTES: Final = 1 << 18
"""What they may hold beyond that: some 1,600 short ones."""
_INTEGER: Final = re.compile(r"([+-]?[0-9]{1,12})(?:\.0*)?", re.ASCII)
"""The schemas' quantities are decimals, so that a whole number may have a fraction of nothing."""
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})", re.ASCII)
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(([T ])[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}(:?)[0-9]{2})?)?",
    re.ASCII,
)
"""Digits of a second beyond the sixth, which some systems write, are read and not kept."""
_MIDNIGHT: Final = re.compile(r"T24(?=:00(?::00(?:\.0+)?)?(?:Z|[+-]|\Z))")
"""The end of a day, which XML Schema takes as the beginning of the next."""
_INDICATORS: Final = {"true": True, "1": True, "false": False, "0": False}
NodeType = TypeVar("NodeType", bound=Node)


@dataclass(slots=True)
class XmlReading:
    """One document being read.

    Attributes:
        budget: bytes that unknown elements may still hold.
    """

    format: str
    mode: Mode
    budget: int
    notices: list[Notice] = field(default_factory=list)

    @classmethod
    def start(cls, format: str, mode: Mode, data: bytes) -> XmlReading:
        """A reading of ``data``."""
        return cls(format, mode, KEPT_PER_BYTE * len(data) + KEPT_BYTES)

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


def below(element: etree._Element, *names: str) -> etree._Element:
    """The element at a path of local names, or as far along it as there are elements."""
    for name in names:
        found = next((child for child in element if local_name(child) == name), None)
        if found is None:
            break
        element = found
    return element


def place(element: etree._Element) -> str:
    """Line and path of an element, names shortened."""
    names: list[str] = []
    above: etree._Element | None = element
    while above is not None:
        names.append(local_name(above)[:40])
        above = above.getparent()
    return f"line {element.sourceline} /{'/'.join(reversed(names))}"


def read_node(reading: XmlReading, element: etree._Element, node: type[NodeType]) -> NodeType:
    """Read an element.

    Raises:
        Malformed: a value that is none of its type, or, in strict mode, something odd.
    """
    known = bounds(node)
    values: dict[str, Any] = {}
    kept: list[UnreadElement] = []
    behind, last, mixed = "", 0, False
    for child in element:
        name = local_name(child)
        bound = known.get(name)
        if bound is None or (bound.name in values and not bound.many):
            kept.append(_keep(reading, child, behind, bound))
            continue
        behind, mixed, last = name, mixed or bound.at < last, bound.at
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
    if mixed:
        names = dict.fromkeys(local_name(child) for child in element)
        values["layout"] = tuple(name for name in names if name in known)
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
    kept = UnreadElement(after=behind, xml=xml)
    reading.budget -= getsizeof(xml) + getsizeof(kept)
    if reading.budget < 0:
        raise reading.fault(
            child, "too many elements that are not known", code="unread",
            expected="a message of this kind",
        )  # fmt: skip
    return kept


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
    found = _INTEGER.fullmatch(text)
    if found is None:
        raise reading.fault(
            element, "not a whole number", code="bad-number", found=text, expected="digits"
        )
    return int(found[1])


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
        start, over = _MIDNIGHT.subn("T00", text.replace(" ", "T"))
        moment = datetime.fromisoformat(start) + timedelta(days=over)
        moment.utcoffset()
    except (ValueError, OverflowError):
        raise reading.fault(
            element, "not a date and time", code="bad-date", found=text,
            expected="e.g. 2026-11-23T21:30:00",
        ) from None  # fmt: skip
    if found[1] is None:
        reading.odd(element, "date-only", "a date without its time")
    if found[2] == " " or found[3] == "":
        reading.odd(element, "date-form", "no T before the time, or no colon in its offset")
    if over:
        reading.odd(element, "midnight", "24:00 is read as 00:00 of the next day")
    return moment


_SCALARS: Final[Mapping[type, Callable[[XmlReading, etree._Element, str], Any]]] = (
    types.MappingProxyType({int: _integer, Decimal: _decimal, bool: _boolean, datetime: _moment})
)
