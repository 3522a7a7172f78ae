"""JSON from outside, read strictly: size, depth and parts capped, no double names, numbers kept as written.

Fractions become ``Decimal``, so that ``5000.00`` is written again as it was. Names that mean
something to JavaScript objects (``__proto__``) are refused: browsers read what is stored here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, NoReturn

from service_bus import Malformed, TooLarge

MAX_BYTES: Final = 1_048_576
"""Bytes taken by default: real documents at hand have under 20 KB, one of 1,000 pieces 500 KB."""
DEEPEST: Final = 64
"""Levels of nesting; real documents have under 15."""
MOST_PARTS: Final = 15_000
"""Commas between members and values: those of real documents are some 50 bytes apart."""
LONGEST_NUMBER: Final = 40
FORBIDDEN_NAMES: Final = frozenset({"__proto__", "constructor", "prototype"})

_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{},]', re.DOTALL)
"""A text, or what begins one and does not end, or a mark outside of texts; no byte is tried twice."""
_QUOTE, _COMMA, _OPENING = b'"'[0], b","[0], b"[{"
_LONE: Final = re.compile("[\ud800-\udfff]")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

Json = dict[str, Any] | list[Any] | str | int | Decimal | bool | None


def read_json(data: bytes, *, format: str, max_bytes: int = MAX_BYTES) -> Json:
    """Read a document.

    Raises:
        TooLarge: over the cap.
        Malformed: not JSON in UTF-8, too deep, a name twice in an object, a number out of reach.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, f"{format} message")
    body = data.removeprefix(_BYTE_ORDER_MARK)
    _check_parts(body, format)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _fault(
            format, "not UTF-8", body[: error.start].count(b"\n") + 1, "not-utf-8",
            column=error.start - body.rfind(b"\n", 0, error.start),
        ) from None  # fmt: skip
    try:
        return json.loads(  # type: ignore[no-any-return]  # what JSON has
            text,
            object_pairs_hook=_object,
            parse_float=_fraction,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise _fault(format, "not JSON", error.lineno, "not-json", column=error.colno) from None
    except _Refused as error:
        line, column = _place_of(body, error.token)
        raise Malformed(
            format,
            error.reason,
            field=error.name,
            position=f"line {line} column {column}",
            expected=error.expected,
            code=f"{format}-{error.code}",
        ) from None


def json_text(value: Json) -> str:
    """Write a document: two blanks per level, names in their order."""
    return "".join(_written(value, "\n")) + "\n"


def has_lone_surrogate(text: str) -> bool:
    """Whether a text cannot be written as UTF-8."""
    return _LONE.search(text) is not None


class _Refused(Exception):
    """What a hook of the reader refuses; ``token`` is what stands in the document."""

    def __init__(
        self, code: str, reason: str, *, name: str, token: str, expected: str = ""
    ) -> None:
        self.code, self.reason, self.name, self.token = code, reason, name[:60], token
        self.expected = expected
        super().__init__(reason)


def _place_of(body: bytes, token: str) -> tuple[int, int]:
    """Line and column where a token stands last; of a name with escapes, the beginning."""
    at = max(body.rfind(token.encode("utf-8", "replace")), 0)
    return body.count(b"\n", 0, at) + 1, at - body.rfind(b"\n", 0, at)


def _out_of_reach(text: str) -> _Refused:
    return _Refused(
        "number",
        "a number out of reach",
        name="number",
        token=text,
        expected=f"at most {LONGEST_NUMBER} characters",
    )


def _fault(format: str, reason: str, line: int, code: str, *, column: int) -> Malformed:
    return Malformed(
        format, reason, field="document", position=f"line {line} column {column}",
        expected="JSON in UTF-8", code=f"{format}-{code}",
    )  # fmt: skip


def _check_parts(body: bytes, format: str) -> None:
    """Refuse what is nested too deep or has too many parts, before anything is made of it."""
    depth = commas = 0
    for token in _TOKEN.finditer(body):
        mark = body[token.start()]
        if mark == _QUOTE:
            continue
        if mark == _COMMA:
            commas += 1
            if commas > MOST_PARTS:
                raise _at(format, "too many members and values", body, token.start(), "too-many")
        elif mark in _OPENING:
            depth += 1
            if depth > DEEPEST:
                reason = f"nested deeper than {DEEPEST} levels"
                raise _at(format, reason, body, token.start(), "too-deep")
        else:
            depth -= 1


def _at(format: str, reason: str, body: bytes, at: int, code: str) -> Malformed:
    line = body.count(b"\n", 0, at) + 1
    return _fault(format, reason, line, code, column=at - body.rfind(b"\n", 0, at))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        double = Counter(name for name, _ in pairs).most_common(1)[0][0]
        token = f'"{double}"'
        raise _Refused("name-twice", "a name stands twice in an object", name=double, token=token)
    if not FORBIDDEN_NAMES.isdisjoint(found):
        name = next(iter(FORBIDDEN_NAMES & set(found)))
        raise _Refused("name", "a name that is not taken", name=name, token=f'"{name}"')
    names = "".join(found)
    if not names.isascii() and has_lone_surrogate(names):
        name = json.dumps(next(name for name in found if has_lone_surrogate(name)))
        raise _Refused(
            "name", "half a character in a name", name=name, token=name, expected="UTF-8"
        )
    return found


def _fraction(text: str) -> Decimal:
    number = Decimal(text) if len(text) <= LONGEST_NUMBER else Decimal("Infinity")
    if not -300 < number.adjusted() < 300:
        raise _out_of_reach(text)
    return number


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise _out_of_reach(text)
    return int(text)


def _constant(text: str) -> NoReturn:
    raise _Refused("number", f"{text} is no number of JSON", name="number", token=text)


def _written(value: Json, newline: str) -> Iterator[str]:
    inner = newline + "  "
    if isinstance(value, dict) and value:
        yield "{"
        for number, (name, one) in enumerate(value.items()):
            yield f"{',' if number else ''}{inner}{_quoted(name)}: "
            yield from _written(one, inner)
        yield newline + "}"
    elif isinstance(value, list) and value:
        yield "["
        for number, one in enumerate(value):
            yield f"{',' if number else ''}{inner}"
            yield from _written(one, inner)
        yield newline + "]"
    elif isinstance(value, Decimal):
        yield str(value)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
