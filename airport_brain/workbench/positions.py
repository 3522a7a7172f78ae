"""The place that a fault or a notice names, as bytes of the original.

Readers say ``line 3 column 12``, ``byte 17``, ``line 2 /MSG/META[2]/SNDR`` or ``$.flight.date``. What
cannot be told gives ``None``; a place without an end gets the word that stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from airport_brain.workbench.json_places import Scalar
from airport_brain.workbench.xml_places import Written

Span = tuple[int, int]

_LINE: Final = re.compile(r"\bline (\d{1,7})(?: column (\d{1,7}))?")
_BYTE: Final = re.compile(r"\b(?:body )?byte (\d{1,9})")
_BODY: Final = re.compile(r"\bbody byte (\d{1,9})")
_XML_PATH: Final = re.compile(r"(/[^\s]+)")
_JSON_PATH: Final = re.compile(r"\$[^\s]*")
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_WORD: Final = re.compile(rb"[0-9A-Za-z\x80-\xff]+|[^\s]")


class Finder:
    """Turns places in words into bytes of one original.

    Args:
        data: the original.
        texts: of an XML document.
        scalars: of a JSON text.
        octets: the original is shown as octets, one a place.
        body: first byte of a body, for places that count from there.
    """

    def __init__(
        self,
        data: bytes,
        *,
        texts: Sequence[Written] = (),
        scalars: Sequence[Scalar] = (),
        octets: bool = False,
        body: Callable[[int], int] | None = None,
    ) -> None:
        self._data = data
        self._texts = texts
        self._scalars = scalars
        self._octets = octets
        self._body = body
        self._starts = [0, *(found.end() for found in re.finditer(rb"\r\n?|\n", data))]

    def find(self, position: str) -> Span | None:
        """Bytes of a place."""
        if (path := _XML_PATH.search(position)) and self._texts:
            span = self._element(path[1], position)
            if span is not None:
                return span
        if (path := _JSON_PATH.search(position)) and self._scalars:
            span = self._member(path[0])
            if span is not None:
                return span
        if byte := _BYTE.search(position):
            at = int(byte[1])
            if self._body is not None and _BODY.search(position):
                at = self._body(at)
            return self._word(at)
        if line := _LINE.search(position):
            return self._in_line(int(line[1]), int(line[2]) if line[2] else None)
        return None

    def _element(self, path: str, position: str) -> Span | None:
        name, _, attribute = path.partition("@")
        exact = [t for t in self._texts if t.path == path]
        if exact:
            return exact[0].start, exact[0].end
        inside = [t for t in self._texts if t.path.startswith(name.rstrip("/") + "/")]
        if inside and not attribute:
            return self._tag(inside[0].tag)
        line = _LINE.search(position)
        return self._in_line(int(line[1]), None) if line else None

    def _tag(self, at: int) -> Span:
        close = self._data.find(b">", at)
        return at, close + 1 if close >= 0 else at + 1

    def _member(self, path: str) -> Span | None:
        steps: list[str | int] = [
            int(step[2]) if step[2] else step[1] for step in _STEP.finditer(path)
        ]
        wanted = tuple(steps)
        for one in self._scalars:
            if wanted and one.path[: len(wanted)] == wanted:
                return one.start, one.end
        return None

    def _in_line(self, line: int, column: int | None) -> Span | None:
        if not 1 <= line <= len(self._starts):
            return None
        start = self._starts[line - 1]
        stop = self._starts[line] if line < len(self._starts) else len(self._data)
        text = self._data[start:stop].rstrip(b"\r\n")
        if column is None:
            return start, start + max(len(text), 1)
        # Columns count characters.
        before = text.decode("utf-8", "replace")[: column - 1].encode("utf-8", "replace")
        return self._word(start + len(before))

    def _word(self, at: int) -> Span | None:
        if not 0 <= at <= len(self._data):
            return None
        if self._octets:
            return at, min(at + 1, len(self._data))
        match = _WORD.match(self._data, at)
        return (at, match.end()) if match else (at, min(at + 1, len(self._data)))
