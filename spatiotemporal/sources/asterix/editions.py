"""Layouts by category and edition, taken from libasterix (MIT) and held as our own nodes.

The edition is configuration of a feed: nothing in the bytes tells it, and reading with another one
does not fail, it gives nonsense. Only the description of the layouts is taken from the library; the
reading is ours, which knows the place of every fault and takes one pass.

One correction: libasterix 0.36.3 scales items 202 and 210 of category 010 edition 1.1 by 1/16
instead of 1/4 (a raw FFFE is -0.5 m/s; item 200 of the same recorded message agrees).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from asterix import base, generated

from spatiotemporal.sources.asterix.nodes import (
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

CORRECTED: Final[Mapping[tuple[int, str], float]] = {(10, "202"): 0.25, (10, "210"): 0.25}
"""Scale by category and item, where the library's is wrong."""

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
            lsb = CORRECTED.get((category, item.cv_name))
            items.append((item.cv_name, _item(item, lsb)))
    return tuple(items)


def _item(item: Any, lsb: float | None) -> Node:
    rule = item.cv_rule
    variation = getattr(rule, "cv_variation", None) or rule.cv_default_variation
    return _variation(variation, lsb)


def _variation(variation: Any, lsb: float | None) -> Node:
    if issubclass(variation, base.Element):
        return _element(variation, lsb)
    if issubclass(variation, base.Group):
        return Group(tuple(_part(part, lsb) for part, _size in variation.cv_items_list))
    if issubclass(variation, base.Extended):
        return _extended(variation, lsb)
    if issubclass(variation, base.Repetitive):
        return Repeated(variation.cv_rep_bytes or 0, _variation(variation.cv_variation, lsb))
    if issubclass(variation, base.Compound):
        return Compound(
            tuple(
                None if item is None else (item.cv_name, _item(item, lsb))
                for item in variation.cv_items_list
            )
        )
    return Explicit()


def _extended(variation: Any, lsb: float | None) -> Extended:
    extents = tuple(
        tuple(_part(entry[0], lsb) for entry in extent if entry is not None)
        for extent in variation.cv_items_list
    )
    return Extended(extents, closed=variation.cv_items_list[-1][-1] is None)


def _part(part: Any, lsb: float | None) -> Named:
    if issubclass(part, base.Spare):
        return "", Element(part.cv_bit_size)
    return part.cv_non_spare.cv_name, _item(part.cv_non_spare, lsb)


def _element(variation: Any, lsb: float | None) -> Element:
    rule = variation.cv_rule
    content = getattr(rule, "cv_content", None) or rule.cv_default_content
    size = variation.cv_bit_size
    if issubclass(content, base.ContentString):
        return Element(size, _CODINGS[content.cv_string_type])
    if issubclass(content, base.ContentQuantity | base.ContentInteger):
        signed = issubclass(content.cv_signedness, base.Signed)
        scale = getattr(content, "cv_lsb", 0.0)
        return Element(size, "signed" if signed else "number", lsb if lsb and scale else scale)
    return Element(size)
