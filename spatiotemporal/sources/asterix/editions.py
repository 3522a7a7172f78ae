"""Layouts by category and edition, taken from libasterix (MIT) and held as our own nodes.

The edition is configuration of a feed: nothing in the bytes tells it, and reading with another one
does not fail, it gives nonsense. Only the description of the layouts is taken from the library; the
reading is ours, which knows the place of every fault and takes one pass.

What libasterix 0.36.3 has wrong is corrected (:data:`CORRECTED`):

============  =====================================================================================
item          what is wrong
============  =====================================================================================
010 202, 210  Scaled by 1/16 instead of 1/4: a raw FFFE is -0.5 m/s; item 200 of the same recorded
              message agrees.
020 500       Both correlations (XY) are read without their sign, which the same values of the
              reserved expansion field and of categories 010 and 011 have.
021 090       The accuracy of a position, 0 to 15, is read as a signed number in editions 0.23 to
              0.26: a recorded 8 would be -8.
025 600       The longitude is scaled like the latitude, by 180/2^32, and would end at 90 degrees.
048 090       The flight level is read without its sign before edition 1.32: recorded levels just
              below zero would be 4,095.
062 340       The measured height is read without its sign before edition 1.19.
============  =====================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from asterix import base, generated

from spatiotemporal.sources.asterix.nodes import (
    Choice,
    Choosing,
    Coding,
    Compound,
    Element,
    Explicit,
    Extended,
    Group,
    Named,
    Node,
    Repeated,
)
from spatiotemporal.sources.asterix_blocks import fault

EDITIONS: Final[Mapping[int, str]] = {
    2: "1.2",
    4: "1.13",
    10: "1.1",
    11: "1.3",
    19: "1.3",
    20: "1.11",
    21: "2.7",
    23: "1.3",
    25: "1.6",
    34: "1.29",
    48: "1.32",
    62: "1.21",
    63: "1.7",
    65: "1.6",
    247: "1.3",
}
"""Categories that are read, with the edition assumed when the feed's is not configured.

Beside positions, what travels in the same feeds: safety-net alerts (004), status of ground stations,
radars, sensors and tracker (002, 023, 025, 034, 063, 065), versions (247).
"""

EXPANSIONS: Final[Mapping[int, str]] = {21: "1.5", 48: "1.13", 62: "1.3"}
"""Editions of the description of the reserved expansion field, by category."""

_Right = Mapping[str, tuple[Coding, float]]
"""Coding and scale by the name of a part."""

_QUARTER: Final = ("signed", 0.25)
CORRECTED: Final[Mapping[tuple[int, str], _Right]] = {
    (10, "202"): {"VX": _QUARTER, "VY": _QUARTER},
    (10, "210"): {"AX": _QUARTER, "AY": _QUARTER},
    (20, "500"): {"XY": _QUARTER},
    (21, "090"): {"PA": ("number", 0.0)},
    (25, "600"): {"LON": ("signed", 180 / 2**31)},
    (48, "090"): {"FL": _QUARTER},
    (62, "340"): {"HEIGHT": ("signed", 25.0)},
}
"""By category and item, where the library is wrong."""
_AS_IT_IS: Final[_Right] = {}

_CODINGS: Final[Mapping[type, Coding]] = {
    base.StringAscii: "ascii",
    base.StringICAO: "icao",
    base.StringOctal: "octal",
}


@lru_cache(maxsize=32)
def layout(category: int, edition: str) -> tuple[Named | None, ...]:
    """Items of a category in their order; ``None`` for spare places.

    Raises:
        Malformed: there is no such edition.
    """
    name = f"Cat_{category:03d}_{edition.replace('.', '_')}"
    spec: Any = getattr(generated, name, None)
    if spec is None:
        known = [
            one[8:].replace("_", ".") for one in dir(generated)
            if one.startswith(f"Cat_{category:03d}_")
        ]  # fmt: skip
        raise fault(
            "no such edition",
            field="edition",
            position="configuration",
            found=f"{category:03d} {edition}",
            expected=", ".join(known) or "a category that is read",
            code="unknown-edition",
        )
    items: list[Named | None] = []
    for place in spec.cv_uap.cv_record.cv_items_list:
        item = getattr(place, "cv_non_spare", None)
        if item is None:
            items.append(None)
        else:
            right = CORRECTED.get((category, item.cv_name), _AS_IT_IS)
            items.append((item.cv_name, _item(item, right)))
    return tuple(items)


@lru_cache(maxsize=len(EXPANSIONS))
def expansion_layout(category: int) -> tuple[Named, ...]:
    """Parts of the reserved expansion field in their order."""
    name = f"Ref_{category:03d}_{EXPANSIONS[category].replace('.', '_')}"
    return tuple(
        _named(part, _AS_IT_IS) for part in getattr(generated, name).cv_expansion.cv_items_list
    )


def _item(item: Any, right: _Right) -> Node:
    rule = item.cv_rule
    variation = getattr(rule, "cv_variation", None) or rule.cv_default_variation
    return _variation(variation, right)


def _variation(variation: Any, right: _Right) -> Node:
    if issubclass(variation, base.Element):
        return _element(variation)
    if issubclass(variation, base.Group):
        parts = tuple(_part(part, right) for part, _size in variation.cv_items_list)
        return (Choosing if any(isinstance(one, Choice) for _, one in parts) else Group)(parts)
    if issubclass(variation, base.Extended):
        return _extended(variation, right)
    if issubclass(variation, base.Repetitive):
        return Repeated(variation.cv_rep_bytes or 0, _variation(variation.cv_variation, right))
    if issubclass(variation, base.Compound):
        return Compound(
            tuple(None if item is None else _named(item, right) for item in variation.cv_items_list)
        )
    return Explicit()


def _extended(variation: Any, right: _Right) -> Extended:
    extents = tuple(
        tuple(_part(entry[0], right) for entry in extent if entry is not None)
        for extent in variation.cv_items_list
    )
    return Extended(extents, closed=variation.cv_items_list[-1][-1] is None)


def _part(part: Any, right: _Right) -> Named:
    if issubclass(part, base.Spare):
        return "", Element(part.cv_bit_size)
    return _named(part.cv_non_spare, right)


def _named(item: Any, right: _Right) -> Named:
    name, node = item.cv_name, _item(item, right)
    if name in right and isinstance(node, Element):
        coding, lsb = right[name]
        return name, Element(node.size, coding, lsb)
    return name, node


def _element(variation: Any) -> Element | Choice:
    rule, size = variation.cv_rule, variation.cv_bit_size
    content = getattr(rule, "cv_content", None)
    if content is None:
        codings = {told[0]: _coded(size, one) for told, one in rule.cv_cases}
        return Choice(size, rule.cv_depends_on[0][-1], codings)
    return _coded(size, content)


def _coded(size: int, content: Any) -> Element:
    if issubclass(content, base.ContentString):
        return Element(size, _CODINGS[content.cv_string_type])
    if issubclass(content, base.ContentQuantity | base.ContentInteger):
        signed = issubclass(content.cv_signedness, base.Signed)
        return Element(size, "signed" if signed else "number", getattr(content, "cv_lsb", 0.0))
    return Element(size)
