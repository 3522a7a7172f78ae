"""Texts and attributes of an XML document with their bytes, and which value each of them is.

Expat tells the byte of every event. Documents with a DTD are refused before anything in it could
matter. A value belongs to the text whose element (or attribute) has its name, in document order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from xml.parsers import expat

from airport_brain.workbench.plain_json import Path, leaves
from airport_brain.workbench.written import same
from service_bus import Place

DEEPEST: Final = 256
AHEAD: Final = 64
"""Texts of one name that a value is held against, the next ones in the document."""
_ATTRIBUTE: Final = re.compile(
    rb"""([A-Za-z_:\x80-\xff][-\w:.\x80-\xff]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')"""
)
_OWN: Final = frozenset({"value", "text", "content"})
"""Names of members that stand for the text of the element around them."""
_PLAIN: Final = re.compile(r"[^0-9a-z]+")


class DtdRefused(ValueError):
    """A document type declaration: the format's own reader refuses it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text or an attribute.

    Attributes:
        path: element path as notices give it, ``/MSG/META[2]/SNDR``; an attribute ends in ``/@name``.
        name: local name, in small letters and digits only.
        start: first byte of the text without blanks around it.
        line: of the start tag, from 1.
    """

    path: str
    name: str
    text: str
    start: int
    end: int
    line: int
    tag: int


class _Reading:
    """The open elements of a document being read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.found: list[Written] = []
        self._path: list[str] = []
        self._counts: list[dict[str, int]] = [defaultdict(int)]
        self._open: list[tuple[str, int, int]] = []
        self._text: int | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def run(self) -> list[Written]:
        self._parser.Parse(self.data, True)
        return self.found

    def _doctype(self, *_told: object) -> None:
        raise DtdRefused("document type declarations are refused")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= DEEPEST:
            raise DtdRefused(f"more than {DEEPEST} elements deep")
        at, line = self._parser.CurrentByteIndex, self._parser.CurrentLineNumber
        local = name.rpartition(":")[2]
        counts = self._counts[-1]
        counts[local] += 1
        self._path.append(local if counts[local] == 1 else f"{local}[{counts[local]}]")
        self._counts.append(defaultdict(int))
        self._open.append((local, at, line))
        self._text = None
        if attributes:
            self._attributes(at, line)

    def _attributes(self, at: int, line: int) -> None:
        close = self.data.find(b">", at)
        for match in _ATTRIBUTE.finditer(self.data, at, close if close >= 0 else len(self.data)):
            name = match[1].decode("utf-8", "replace")
            if name.startswith("xmlns"):
                continue
            group = 2 if match[2] is not None else 3
            local = name.rpartition(":")[2]
            self.found.append(
                Written(
                    path=f"/{'/'.join(self._path)}/@{local}",
                    name=bare(local),
                    text=match[group].decode("utf-8", "replace"),
                    start=match.start(group),
                    end=match.end(group),
                    line=line,
                    tag=at,
                )
            )

    def _characters(self, _text: str) -> None:
        if self._text is None:
            self._text = self._parser.CurrentByteIndex

    def _end(self, _name: str) -> None:
        local, at, line = self._open.pop()
        start, end = self._text, self._parser.CurrentByteIndex
        raw = self.data[start:end] if start is not None else b""
        if start is not None and raw.strip() and b"<" not in raw.replace(b"<![CDATA[", b""):
            start += len(raw) - len(raw.lstrip())
            end -= len(raw) - len(raw.rstrip())
            text = self.data[start:end].decode("utf-8", "replace")
        else:
            start, text = None, ""
        if start is not None:
            self.found.append(
                Written(
                    path="/" + "/".join(self._path),
                    name=bare(local),
                    text=text,
                    start=start,
                    end=end,
                    line=line,
                    tag=at,
                )
            )
        self._path.pop()
        self._counts.pop()
        self._text = None


def written(data: bytes) -> list[Written]:
    """Texts and attributes in the order in which they end.

    Raises:
        DtdRefused: there is a document type declaration.
        xml.parsers.expat.ExpatError: it is not well-formed.
    """
    return sorted(_Reading(data).run(), key=lambda one: one.start)


def bare(name: str) -> str:
    """A name without its separators: ``flight_number`` and ``FlightNumber`` are the same."""
    return _PLAIN.sub("", name.lower())


def places(value: Any, texts: Iterable[Written]) -> list[Place]:
    """Where values stand, for those whose name and form fit a text."""
    waiting: dict[str, list[Written]] = defaultdict(list)
    for one in texts:
        waiting[one.name].append(one)
    found: list[Place] = []
    for path, leaf in leaves(value):
        if leaf is None or "notices" in path:
            continue
        for name in _names(path):
            match = next((o for o in islice(waiting[name], AHEAD) if same(leaf, o.text)), None)
            if match is not None:
                waiting[name].remove(match)
                found.append(Place(path=path, start=match.start, end=match.end))
                break
    return found


def _names(path: Path) -> list[str]:
    """Names of the element or attribute that a value may come from, the nearest first."""
    names = [bare(step) for step in path if isinstance(step, str)]
    if not names:
        return []
    own = names[-1] in _OWN and len(names) > 1
    return [names[-2], names[-1]] if own else [names[-1]]
