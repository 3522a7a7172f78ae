"""STEP text (ISO 10303-21): instances ``#12=IFCWALL('...',$,#5);`` as types and values.

Values are numbers, texts, :class:`Ref`, :class:`Word` (``.MILLI.``), lists as tuples, and ``None`` for
``$`` and ``*``. Typed values such as ``IFCLABEL('x')`` are given as what is inside (:class:`Arc` is
marked). Texts have their
``\\X2\\...\\X0\\``, ``\\X4\\``, ``\\X\\`` and ``\\S\\`` escapes resolved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from service_bus import Malformed

FORMAT: Final = "ifc"
DEEPEST: Final = 64
MOST_INSTANCES: Final = 5_000_000

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+|/\*.*?\*/)"
    r"|(?P<ref>#\d{1,12})"
    r"|(?P<number>[+-]?\d{1,40}(?:\.\d{0,40})?(?:[Ee][+-]?\d{1,4})?)"
    r"|(?P<text>'(?:[^']|'')*')"
    r"|(?P<word>\.[A-Za-z_][A-Za-z0-9_]*\.)"
    r"|(?P<binary>\"[0-9A-Fa-f]*\")"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_-]*)"
    r"|(?P<sign>[()=,;$*])",
    re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\X2\\((?:[0-9A-Fa-f]{4})*)\\X0\\|\\X4\\((?:[0-9A-Fa-f]{8})*)\\X0\\"
    r"|\\X\\([0-9A-Fa-f]{2})|\\S\\(.)|\\P[A-I]\\|\\\\"
)
_DATA = re.compile(r";\s*DATA\s*(?:\([^;]{0,400}\)\s*)?;")


class Ref(int):
    """A number of an instance."""


class Word(str):
    """An enumeration value, without its dots."""

    __slots__ = ()


class Arc(tuple["Value", ...]):
    """Numbers of three points of an arc, where a line's would be of the same form."""

    __slots__ = ()


Value = float | str | Ref | Word | tuple["Value", ...] | None


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance: its type in capitals and its attributes in their order."""

    kind: str
    values: tuple[Value, ...]

    def value(self, index: int) -> Value:
        """An attribute; ``None`` when the instance has fewer."""
        return self.values[index] if index < len(self.values) else None

    def text(self, index: int) -> str:
        """A text attribute; "" when it is none."""
        value = self.value(index)
        return value if isinstance(value, str) else ""


def read(text: str) -> Mapping[int, Instance]:
    """The instances of the DATA sections.

    Raises:
        Malformed: the text breaks the grammar; names line and column.
    """
    found: dict[int, Instance] = {}
    began = _DATA.search(text)
    if began is None:
        _fault(text, 0, "DATA", "there is no DATA section", text[:40])
    tokens = _Tokens(text, began.end())
    while True:
        kind, value = tokens.next()
        if kind == "ref":
            number = int(value[1:])
            tokens.expect("=")
            instance = _instance(tokens)
            if instance is not None:
                found[number] = instance
            if len(found) > MOST_INSTANCES:
                _fault(text, tokens.at, "instance", "there are too many instances", "")
        elif kind == "name" and value.upper() in ("ENDSEC", "DATA"):
            tokens.expect(";")
        elif kind == "end" or value.upper().startswith("END-ISO"):
            return found
        else:
            _fault(text, tokens.began, "instance", "not the beginning of an instance", value)


class _Tokens:
    """Walks through the text."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at, self.began = text, at, at

    def next(self) -> tuple[str, str]:
        """Kind and text of the next token; ``end`` after the last one."""
        while True:
            self.began = self.at
            if self.at >= len(self.text):
                return "end", ""
            match = _TOKEN.match(self.text, self.at)
            if match is None:
                _fault(self.text, self.at, "token", "no such token", self.text[self.at :][:20])
            self.at = match.end()
            if match.lastgroup != "space":
                assert match.lastgroup is not None
                return match.lastgroup, match.group()

    def expect(self, sign: str) -> None:
        """Take one sign.

        Raises:
            Malformed: it is another one.
        """
        kind, value = self.next()
        if kind != "sign" or value != sign:
            _fault(self.text, self.began, "sign", f"expected {sign}", value)


def _instance(tokens: _Tokens) -> Instance | None:
    """What follows ``#12=``; complex instances, which IFC does not have, are passed over."""
    kind, name = tokens.next()
    if kind != "name":
        _fault(tokens.text, tokens.began, "type", "not a type", name)
    tokens.expect("(")
    values = _list(tokens)
    tokens.expect(";")
    return Instance(name.upper(), values)


def _list(tokens: _Tokens) -> tuple[Value, ...]:
    """Values up to the bracket that closes them; nested lists on a stack of our own."""
    stack: list[list[Value]] = [[]]
    typed: list[str] = [""]
    named = ""
    while True:
        kind, value = tokens.next()
        if kind == "sign" and value == "(":
            if len(stack) > DEEPEST:
                _fault(tokens.text, tokens.began, "list", "lists nest too deep", value)
            stack.append([])
            typed.append(named)
            named = ""
        elif kind == "sign" and value == ")":
            done = tuple(stack.pop())
            inner = typed.pop()
            if not stack:
                return done
            stack[-1].append(_typed(inner, done) if inner else done)
        elif kind == "sign" and value in "$*":
            stack[-1].append(None)
        elif kind == "name":
            named = value.upper()
        elif kind == "sign" and value == ",":
            continue
        elif kind in ("sign", "end"):
            _fault(tokens.text, tokens.began, "list", "a list is not closed", value)
        else:
            stack[-1].append(_scalar(kind, value))


def _typed(name: str, values: tuple[Value, ...]) -> Value:
    """A typed value: what is inside, marked where its type makes a difference."""
    if len(values) != 1:
        return values
    (value,) = values
    return Arc(value) if name == "IFCARCINDEX" and isinstance(value, tuple) else value


def _scalar(kind: str, value: str) -> Value:
    match kind:
        case "ref":
            return Ref(value[1:])
        case "number":
            return float(value)
        case "text":
            return decoded(value[1:-1].replace("''", "'"))
        case "word":
            return Word(value[1:-1].upper())
        case _:
            return value


def decoded(text: str) -> str:
    r"""A text with its escapes resolved.

    >>> decoded(r"\X2\822A7AD9697C\X0\ T2")
    '航站楼 T2'
    """

    def one(match: re.Match[str]) -> str:
        wide, wider, byte, shifted = match.groups()
        if wide is not None:
            return bytes.fromhex(wide).decode("utf-16-be", "replace")
        if wider is not None:
            return bytes.fromhex(wider).decode("utf-32-be", "replace")
        if byte is not None:
            return chr(int(byte, 16))
        if shifted:
            return chr(ord(shifted) + 128)
        return "\\" if match.group() == "\\\\" else ""

    return _ESCAPE.sub(one, text)


def _fault(text: str, at: int, field: str, reason: str, found: str) -> NoReturn:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    raise Malformed(
        FORMAT, reason, field=field, position=f"line {line} column {column}", found=found[:40],
        code="ifc-form",
    )  # fmt: skip
