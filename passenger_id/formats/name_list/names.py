"""Name elements and what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import intern
from typing import Final, NamedTuple

from passenger_id.formats.masking import shape
from passenger_id.formats.name_list.marks import Marks, fault
from passenger_id.formats.name_list.message import Element, Name

ELEMENT: Final = re.compile(r"(?:^| )\.([A-Z]{1,3}\d?)/")
_HEAD: Final = re.compile(r"(0{0,2}[1-9]|0?[1-9][0-9]|[1-9][0-9]{2})([A-Z][A-Z .'-]*)", re.ASCII)
_GIVEN: Final = re.compile(r"/[A-Z .'/-]*", re.ASCII)
_GROUP: Final = re.compile(r"-([A-Z]{1,2})([0-9]{1,3})", re.ASCII)
_LONGEST_GROUP: Final = 6
_SHORT: Final = 3
_LOOSE_HEAD: Final = re.compile(
    r"(0{0,2}[1-9]|0?[1-9][0-9]|[1-9][0-9]{2})([^\d\s/][^/]*)", re.ASCII
)


MOST_GIVEN: Final = 99
"""Given names in one name; lines of 64 characters have room for some twenty."""


class Parts(NamedTuple):
    """A name element in its parts; ``size`` and ``group`` are empty where there is no party."""

    number: str
    surname: str
    given: tuple[str, ...]
    group: str = ""
    size: str = ""


def parts_of(text: str) -> Parts | None:
    """Divide a name as the standard has it; ``None`` where it has another form."""
    # A hyphen is part of a name unless letters and digits follow it to the end.
    at = text.rfind("-", max(0, len(text) - _LONGEST_GROUP))
    found = _GROUP.fullmatch(text, at) if at >= 0 else None
    body = text[:at] if found else text
    head = _HEAD.match(body)
    if head is None:
        return None
    rest = body[head.end() :]
    if rest and (not _GIVEN.fullmatch(rest) or "//" in rest or rest[-1] == "/"):
        return None
    return Parts(head[1], head[2], _divided(rest), *(found.groups() if found else ()))


def _loosely(text: str) -> Parts | None:
    head = _LOOSE_HEAD.match(text)
    return None if head is None else Parts(head[1], head[2], _divided(text[head.end() :]))


def _divided(text: str) -> tuple[str, ...]:
    """Given names, each behind its slant; titles and initials come again and are one object."""
    names = iter(text.split("/"))
    next(names)
    return tuple(intern(name) if len(name) <= _SHORT else name for name in names)


def elements_in(line: str, start: int) -> list[Element]:
    """The elements in a line from ``start`` on."""
    return list(_each_element(line, start))


def _each_element(line: str, start: int) -> Iterator[Element]:
    match = ELEMENT.search(line, start)
    while match is not None:
        following = ELEMENT.search(line, match.end())
        end = following.start() if following else len(line)
        yield Element(
            code=intern(match[1]), text=line[match.end() : end], starts_line=match.start() == 0
        )
        match = following


def name_of(
    text: str, line: int, elements: tuple[Element, ...], marks: Marks, folds: tuple[int, ...] = ()
) -> Name:
    """A name from its text and the elements behind it."""
    few = text.count("/") <= MOST_GIVEN
    parts = parts_of(text) if few else None
    if parts is None:
        parts = _loosely(text) if few else None
        if parts is None:
            raise fault(
                "name does not fit",
                "name",
                line,
                1,
                code="wrong-value",
                found=shape(text),
                expected=f"number, surname / up to {MOST_GIVEN} given names",
            )
        code = "pnl-name" if parts_of(text.upper()) is None else "pnl-lower-case"
        marks.odd(code, "name", line, len(parts.number) + 1)
    count, surname, given, group, size = parts
    if given and len(given) != int(count):
        marks.odd("pnl-count", "name", line, 1)
    return Name(
        count=int(count),
        surname=surname,
        given_names=given,
        group_code=group,
        group_size=int(size) if size else None,
        elements=elements,
        places=len(count),
        folds=folds,
    )
