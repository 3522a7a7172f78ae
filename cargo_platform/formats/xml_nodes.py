"""Dataclasses that are read from XML and written to it: an element per field, in the fields' order.

A :class:`Node` stands for an element with elements in it. The name of a field is that of its element
in small letters (``gross_weight_measure`` is ``GrossWeightMeasure``, ``primary_id`` is
``PrimaryID``); its type says what is in it: text, ``int``, ``Decimal``, ``bool``, ``datetime``,
another node, a :class:`Leaf` (a value with attributes), or a tuple of these. Every element may be
missing. What a node does not know is kept in ``unread`` and written again in its place. Versions of a
message differ in the order of their elements: one other than that of the fields is kept and written again.

Notices, with the format's name in front:

======================  ====================================================================
``unknown-element``     An element that is not known here was kept.
``repeated``            An element that comes once came again; the later one was kept unread.
``empty-value``         A number, date or indicator is empty.
``date-only``           A date stands where a date with a time belongs.
``midnight``            A day ends at 24:00; it is read and written as 00:00 of the next.
``date-form``           A date and time in another form than that of XML Schema.
``namespace``           The message is in another namespace than the standard's.
``root``                The root element has another name than the standard's.
``envelope``            The message was found inside another document.
``missing``             An element that every message has is not there.
======================  ====================================================================
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

_CAPITALS: Final = {
    word: word.upper() for word in ("id", "osi", "sph", "ssr", "uri", "undg", "aeo", "ucr")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadElement:
    """An element kept as it is: canonical XML, and the name of the element it stood behind."""

    after: str
    xml: str


NOT_XML: Final[Mapping[str, bool]] = types.MappingProxyType({"xml": False})
"""Metadata of fields that are not elements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An element with elements in it.

    Attributes:
        unread: elements that are not known.
        layout: names of the elements in the order they came, when it is not that of the fields.
    """

    unread: tuple[UnreadElement, ...] = ()
    layout: tuple[str, ...] = field(default=(), compare=False, repr=False, metadata=NOT_XML)


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
    """How one field of a node is written in XML; ``at`` is its place among the fields."""

    name: str
    element: str
    kind: type
    many: bool
    at: int


class Attribute(NamedTuple):
    """How one field of a leaf is written as an attribute."""

    name: str
    attribute: str


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
        found[element] = Bound(one.name, element, kind, many, len(found))
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
