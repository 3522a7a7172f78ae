"""Parts of a long JSON text, without reading the text as a whole.

A parser builds all that a text holds before anybody can say that it is not what was expected: of a list of
empty objects, two dozen times its bytes. So a long list is cut at its commas, and part after part is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?+|[\[\]{},]', re.DOTALL)
_OPENING, _CLOSING, _COMMA = b"[{", b"]}", 0x2C


def parts(text: bytes, start: int) -> Iterator[tuple[int, int]]:
    """First byte of each part of the list or object that opens at ``start``, and the byte after it.

    The last part ends at the closing bracket, or with the text where there is none. What stands in a part,
    whether anything does, and whether brackets match, is for its reader to find.
    """
    depth, first = 0, start + 1
    for token in _TOKEN.finditer(text, start):
        mark = text[token.start()]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth -= 1
            if not depth:
                yield first, token.start()
                return
        elif mark == _COMMA and depth == 1:
            yield first, token.start()
            first = token.end()
    yield first, len(text)
