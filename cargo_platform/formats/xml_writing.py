"""Writes the dataclasses of ``xml_nodes`` as XML."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from lxml import etree

from cargo_platform.formats.xml_nodes import Leaf, Node, attributes, bounds
from service_bus.guarded_xml import local_name, read_root

Orders = Mapping[type[Node], Sequence[str]]
"""For some nodes, the names of elements that come first when they are written."""
USUAL: Final[Orders] = types.MappingProxyType({})


def fill(element: etree._Element, node: Node, namespace: str, orders: Orders = USUAL) -> None:
    """Put a node's elements into an element, in ``namespace``.

    Elements come in the order they came or of the node's fields, those that ``orders`` names before them.
    """
    known = bounds(type(node))
    for name in dict.fromkeys((*orders.get(type(node), ()), *node.layout, *known)):
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
        element.insert(at, read_root(kept.xml.encode(), format="xml", max_bytes=_LONGEST_KEPT))


_LONGEST_KEPT: Final = 16 * 1_048_576
"""Bytes of one kept element: more than the readers keep of the largest message."""


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
