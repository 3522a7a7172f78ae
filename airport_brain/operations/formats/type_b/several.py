"""Where one telex of a file ends and the next begins.

An ETX ends a telex, and ZCZC of another network begins one. Files also hold telexes one behind the other
without such a mark: there the next one begins with the heading above its identifier, or with the identifier
alone. An identifier counts when the line below it begins as a flight with its day does, or as what an SSM
or ASM begins with; one behind ``//`` is the same message once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

_MOST_HEADING: Final = 40
"""Lines of a heading that are looked for above an identifier."""

_END: Final = rb"[ \t]{0,9}(?:\r\n|\n|\r)"
_BLANK: Final = b" \t\r\n\x01\x02"
_FLIGHT: Final = rb"[A-Z0-9]{2,3} ?[A-Z0-9]{1,5}/\d\d"
_SCHEDULE: Final = rb"(?:UTC|LT|[A-Z]{3}(?: [ A-Z]{1,40})?(?=[ \t]*[\r\n])|\d\d[A-Z]{3}\d{5}[CE])"
_BELOW: Final = {"SSM": _SCHEDULE, "ASM": _SCHEDULE}
"""How the line below an identifier begins, where it is no flight."""
_START: Final = re.compile(rb"^ZCZC(?=[ \r\n])", re.MULTILINE)
_AGAIN: Final = b"//"
_ORIGIN: Final = re.compile(rb"\.[A-Z0-9]{7}(?:\d{6}|(?: .*)?)", re.DOTALL)
_ADDRESSES: Final = re.compile(rb"([A-Z]{2} +)?[A-Z0-9]{7}(?: +[A-Z0-9]{7})*+")


def telexes(data: bytes, names: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """Telexes, each with the number of lines before it.

    Args:
        data: all of them.
        names: identifiers that begin a telex; with none only an ETX ends one.
    """
    before = start = 0
    while start >= 0:
        end = data.find(b"\x03", start)
        part = data[start : end if end >= 0 else None]
        cuts = [0, *(match.start() for match in _START.finditer(part) if match.start())]
        for a, b in zip(cuts, [*cuts[1:], len(part)], strict=True):
            for text in _apart(part[a:b], names):
                yield before, text
                before += text.count(b"\n") or text.count(b"\r")
        start = end + 1 if end >= 0 else -1


def _apart(part: bytes, names: Sequence[str]) -> Iterator[bytes]:
    """What stands between one telex and the next; the part itself where it holds no more than one."""
    start = 0
    behind = -1
    for head in _pattern(tuple(names)).finditer(part) if names else ():
        if behind >= 0:
            at = _beginning(part, behind, head.start())
            if at >= 0 and not part[behind:at].rstrip(_BLANK).endswith(_AGAIN):
                yield part[start:at]
                start = at
        behind = head.end()
    yield part[start:] if start else part


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[bytes]:
    found, below = "|".join(names).encode(), _BELOW.get(names[0], _FLIGHT)
    return re.compile(
        rb"(?:^|(?<=[\r\n\x02]))(?:" + found + rb")(?: COR)?" + _END
        + rb"(?:(?:COR)?" + _END + rb"){0,2}" + below
    )  # fmt: skip


def _beginning(data: bytes, floor: int, at: int) -> int:
    """Where the heading above an identifier begins, or the identifier's own place; -1 among keyword lines."""
    top, below = at, at
    origin = False
    for _ in range(_MOST_HEADING):
        line = _line_above(data, floor, below)
        text = data[line:below].strip(_BLANK)
        if not origin and text.startswith(b"="):
            return -1
        if not origin and _ORIGIN.fullmatch(text):
            origin, top = True, line
        elif origin and (match := _ADDRESSES.fullmatch(text)):
            top = line
            if match[1]:
                break
        elif text or origin:
            break
        if line <= floor:
            break
        below = line
    return top


def _line_above(data: bytes, floor: int, at: int) -> int:
    """Where the line begins that ends before ``at``, not above ``floor``."""
    end = at - 2 if data[at - 2 : at] == b"\r\n" else at - 1
    return max(data.rfind(b"\n", floor, end), data.rfind(b"\r", floor, end), floor - 1) + 1
