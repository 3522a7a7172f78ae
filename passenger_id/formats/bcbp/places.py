"""Where the items of boarding passes stand: the layout, walked with its sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from passenger_id.formats.bcbp.items import HEADER, LEG, REPEATED, UNIQUE, Item
from service_bus import Place

_LINE: Final = re.compile(rb"[^\r\n]+")
_HEX: Final = re.compile(rb"[0-9A-Fa-f]{2}")
_VERSION: Final = b">"
_SECURITY: Final = b"^"

Span = tuple[tuple[str | int, ...], int, int]


def places(data: bytes, messages: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Places of the items of passes that follow their sizes; odd ones are left to a search."""
    found: list[Place] = []
    for number, (line, message) in enumerate(zip(_LINE.finditer(data), messages, strict=False)):
        if message.get("prefix") or message.get("notices"):
            continue
        for path, first, last in _pass(line[0]):
            written = line[0][first:last].rstrip(b" ")
            if written:
                at = line.start() + first
                found.append(Place(path=(number, *path), start=at, end=at + len(written)))
        found += _name(line, number)
    return found


def _name(line: re.Match[bytes], number: int) -> Iterator[Place]:
    surname, slant, given = line[0][2:22].rstrip(b" ").partition(b"/")
    at = line.start() + 2
    yield Place(path=(number, "surname"), start=at, end=at + len(surname))
    if given:
        at += len(surname) + len(slant)
        yield Place(path=(number, "given_names"), start=at, end=at + len(given))


def _pass(text: bytes) -> Iterator[Span]:
    at = 2
    for path, first, last in _items(HEADER, (), at, len(text)):
        yield path, first, last
        at = last
    legs = text[1] - 0x30 if len(text) > 1 else 0
    for leg in range(legs):
        for path, first, last in _items(LEG, ("legs", leg), at, len(text)):
            yield path, first, last
            if path[-1] == "date_of_flight":
                yield ("legs", leg, "flight_date"), first, last
            at = last
        size = _size(text, at)
        if size is None:
            return
        end = at + 2 + size
        yield from _variable(text, at + 2, min(end, len(text)), leg)
        at = end
    if text[at : at + 1] == _SECURITY:
        yield ("security", "type_of_security_data"), at + 1, at + 2
        yield ("security", "security_data"), at + 4, len(text)


def _variable(text: bytes, at: int, end: int, leg: int) -> Iterator[Span]:
    if leg == 0 and text[at : at + 1] == _VERSION:
        yield ("unique", "version_number"), at + 1, at + 2
        size = _size(text, at + 2)
        if size is None:
            return
        stop = min(at + 4 + size, end)
        for path, first, last in _items(UNIQUE, ("unique",), at + 4, stop):
            yield path, first, last
            if path[-1] == "date_of_issue_of_boarding_pass":
                yield ("unique", "issue_date"), first, last
        at = stop
    size = _size(text, at) if at < end else None
    if size is None:
        return
    stop = min(at + 2 + size, end)
    yield from _items(REPEATED, ("legs", leg, "repeated"), at + 2, stop)
    if stop < end:
        yield ("legs", leg, "airline_individual_use"), stop, end


def _items(
    items: tuple[Item, ...], path: tuple[str | int, ...], at: int, end: int
) -> Iterator[Span]:
    for item in items:
        if at + item.width > end:
            return
        yield (*path, item.name), at, at + item.width
        at += item.width


def _size(text: bytes, at: int) -> int | None:
    found = _HEX.fullmatch(text[at : at + 2])
    return int(found[0], 16) if found else None
