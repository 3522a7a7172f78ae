"""Objects of position JSON one by one, whatever holds them: lines, a list, a list in an object, nothing.

A parser builds all that a text holds before anybody can say that it is not what was expected: of a list of
empty objects, two dozen times its bytes. So a long list is cut at its commas, and part after part is read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

import orjson

from service_bus import Malformed

FORMAT: Final = "position-json"
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
LONGEST: Final = 32 * 1024
"""Bytes that are read at once; a position has some hundred."""

_POSITIONS: Final = re.compile(rb'\s*+"positions"\s*+:\s*+\[')
_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?+|[\[\]{},]', re.DOTALL)
_OPENING, _CLOSING, _COMMA = b"[{", b"]}", 0x2C

Found = tuple[object, str, bytes]
"""A value with its place and bytes."""


def fault(
    reason: str, *, field: str, position: str, found: object = "", expected: str = "", code: str
) -> Malformed:
    """A fault that names its place; ``found`` is cut short."""
    return Malformed(
        FORMAT,
        reason,
        field=field,
        position=position,
        found=str(found)[:40],
        expected=expected,
        code=code,
    )


def objects(data: bytes) -> Iterator[Found]:
    """Values that should be positions, in their order, each when it is asked for.

    Raises:
        Malformed: the text is no JSON, or one of a long text is longer than :data:`LONGEST`.
    """
    text = data.strip()
    if len(text) > LONGEST and text[:1] == b"[":
        yield from _parts(text, 0, len(text), "$")
    elif len(text) > LONGEST and text[:1] == b"{":
        yield from _of_long_object(data, text)
    else:
        yield from _of_short(data, text)


def _of_short(data: bytes, text: bytes) -> Iterator[Found]:
    value, place = _loaded(text)
    if place is not None:
        if b"\n" not in text or text[:1] != b"{":
            raise _no_json(place)
        yield from _lines(data)
        return
    if isinstance(value, dict) and isinstance(value.get("positions"), list):
        value, path = value["positions"], "$.positions"
    else:
        path = "$"
    if not isinstance(value, list):
        yield value, f"line 1 {path}", text
        return
    for index, one in enumerate(value):
        yield one, f"line 1 {path}[{index}]", _written(one)


def _of_long_object(data: bytes, text: bytes) -> Iterator[Found]:
    """Objects of lines, or those of a long list in one object whose other members are few."""
    others: list[bytes] = []
    size = end = opening = limit = 0
    for start, end in _cut(text, 0):
        if found := _POSITIONS.match(text, start, end):
            opening, limit = found.end() - 1, end
            others.append(b'"positions":0')
        elif size <= LONGEST:
            others.append(text[start:end])
            size += end - start + 1
    if text[end:] != b"}":
        if b"\n" not in text:
            raise _no_json(_place(text, end + (text[end : end + 1] == b"}")))
        yield from _lines(data)
        return
    if size > LONGEST or not opening:
        raise _too_long("line 1 $", len(text))
    if _loaded(b"{" + b",".join(others) + b"}")[1] is not None:
        raise _no_json(_place(text, 0))
    yield from _parts(text, opening, limit, "$.positions")


def _parts(text: bytes, opening: int, limit: int, path: str) -> Iterator[Found]:
    """Objects of a list, which must end before ``limit``."""
    end = opening
    for index, (start, end) in enumerate(_cut(text, opening)):
        place = f"line 1 {path}[{index}]"
        if end - start > LONGEST:
            raise _too_long(place, end - start)
        value, wrong = _loaded(text[start:end])
        if wrong is not None:
            if not index and text[end : end + 1] == b"]" and not text[start:end].strip():
                break  # an empty list
            raise _no_json(_place(text, start, wrong))
        yield value, place, _written(value)
    closed = text[end : end + 1] == b"]"
    if not closed or text[end + 1 : limit].strip():
        raise _no_json(_place(text, end + closed))


def _lines(data: bytes) -> Iterator[Found]:
    for number, line in enumerate(io.BytesIO(data), start=1):
        text = line.strip()
        if not text:
            continue
        if len(line) > LONGEST:
            raise _too_long(f"line {number} $", len(line))
        value, place = _loaded(line.rstrip(b"\n"))
        if place is not None:
            raise _no_json((place[0] + number - 1, place[1]))
        yield value, f"line {number} $", text


def _place(text: bytes, at: int, inside: tuple[int, int] = (1, 1)) -> tuple[int, int]:
    """Line and column of the whole text of a place in the part that begins at byte ``at``."""
    line, column = inside
    before = at - text.rfind(b"\n", 0, at) - 1 if line == 1 else 0
    return text.count(b"\n", 0, at) + line, before + column


def _written(value: object) -> bytes:
    """JSON in bytes of its own size: those of the parser hold a kilobyte and more in reserve."""
    return bytes(memoryview(orjson.dumps(value)))


def _loaded(text: bytes) -> tuple[Any, tuple[int, int] | None]:
    """A value, or line and column of what is no JSON; the error, which holds all of the text, is let go."""
    try:
        return orjson.loads(text), None
    except orjson.JSONDecodeError as error:
        return None, (error.lineno, error.colno)


def _no_json(place: tuple[int, int]) -> Malformed:
    return fault(
        "text is not JSON",
        field="document",
        position=f"line {place[0]} column {place[1]}",
        expected="JSON",
        code="not-json",
    )


def _too_long(place: str, size: int) -> Malformed:
    return fault(
        "object is too long",
        field="position",
        position=place,
        found=f"{size} bytes",
        expected=f"at most {LONGEST} bytes",
        code="too-long",
    )


def _cut(text: bytes, start: int) -> Iterator[tuple[int, int]]:
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
