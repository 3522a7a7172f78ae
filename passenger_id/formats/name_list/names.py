"""Name elements and what stands behind them."""

from __future__ import annotations

import re
from typing import Final

from passenger_id.formats.masking import shape
from passenger_id.formats.name_list.marks import Marks, fault
from passenger_id.formats.name_list.message import Element, Name

ELEMENT: Final = re.compile(r"(?:^| )\.([A-Z]{1,3}\d?)/")
_COUNT: Final = r"(?P<count>0{0,2}[1-9]|0?[1-9]\d|[1-9]\d\d)"
NAME: Final = re.compile(
    _COUNT + r"(?P<surname>[A-Z][A-Z .'-]*?)(?P<given>(?:/[A-Z .'-]+)*?)"
    r"(?:-(?P<group>[A-Z]{1,2})(?P<size>\d{1,3}))?",
    re.ASCII,
)
_LOOSE_NAME: Final = re.compile(_COUNT + r"([^\d\s/][^/]*)((?:/[^/]*)*)", re.ASCII)


def elements_in(line: str, start: int) -> list[Element]:
    """The elements in a line from ``start`` on."""
    matches = list(ELEMENT.finditer(line, start))
    ends = [match.start() for match in matches[1:]] + [len(line)]
    return [
        Element(code=match[1], text=line[match.end() : end], starts_line=match.start() == 0)
        for match, end in zip(matches, ends, strict=True)
    ]


def name_of(
    text: str, line: int, elements: tuple[Element, ...], marks: Marks, folds: tuple[int, ...] = ()
) -> Name:
    """A name from its text and the elements behind it."""
    match = NAME.fullmatch(text)
    if match:
        given = tuple(match["given"].split("/")[1:])
        count, surname = match["count"], match["surname"]
        group, size = match["group"] or "", match["size"]
    else:
        loose = _LOOSE_NAME.fullmatch(text)
        if not loose:
            raise fault(
                "name does not fit",
                "name",
                line,
                1,
                code="wrong-value",
                found=shape(text),
                expected="number, surname / given names",
            )
        code = "pnl-lower-case" if NAME.fullmatch(text.upper()) else "pnl-name"
        marks.odd(code, "name", line, len(loose[1]) + 1)
        given = tuple(loose[3].split("/")[1:])
        count, surname, group, size = loose[1], loose[2], "", None
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
