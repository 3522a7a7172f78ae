"""Where the parts of resident identity numbers stand: columns of the 18 characters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from service_bus import Place

_LINE: Final = re.compile(rb"[^\r\n]+")
_COLUMNS: Final = (
    (("number",), 0, 18), (("region",), 0, 6), (("province", 0), 0, 2), (("province", 1), 0, 2),
    (("birth_date",), 6, 14), (("sex",), 16, 17),
)  # fmt: skip


def places(data: bytes, messages: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Places in numbers of 18 plain characters; of other forms only the number as a whole."""
    lines = [found for found in _LINE.finditer(data) if found[0].strip()]
    found: list[Place] = []
    for number, line in enumerate(lines[: len(messages)]):
        text = line[0].strip()
        at = line.start() + len(line[0]) - len(line[0].lstrip())
        for path, first, last in _COLUMNS if len(text) == 18 else ():
            found.append(Place(path=(number, *path), start=at + first, end=at + last))
        if len(text) != 18:
            found.append(Place(path=(number, "number"), start=at, end=at + len(text)))
    return found
