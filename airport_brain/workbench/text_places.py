"""Where values stand in a text, found by their own form in order of reading.

It is an inference and says so: each value is looked for where the values around it were found, the
long ones first, since short ones such as ``T`` or ``25`` stand in many places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from airport_brain.workbench.plain_json import Path
from airport_brain.workbench.written import forms
from service_bus import Place

NEAR: Final = 1200
"""Bytes after the last item of a list within which the next one is looked for."""
WORK: Final = 200_000_000
"""Bytes looked through at most, a fraction of a second; what is left then has no places."""
SHORT: Final = 2
"""Bytes of values that are looked for right beside their neighbours first."""
SURE: Final = 4
"""Bytes of values that are not likely to stand somewhere by chance."""
MANY: Final = 4
"""Forms of a value from which it is looked for after those that are written in one way."""
BESIDE: Final = 40
"""The same for an item as short as that."""
_WORD: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_LETTERS: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_DIGITS: Final = frozenset(b"0123456789")


class TextSearch:
    """One original being searched."""

    def __init__(self, data: bytes, taken: Iterable[Place] = ()) -> None:
        self._data = data
        self._lines = [0, *(found.end() for found in re.finditer(rb"\r\n?|\n", data))]
        self._known = {place.path: place for place in taken}
        self._used = bytearray(len(data))
        for place in self._known.values():
            self._used[place.start : place.end] = b"\1" * (place.end - place.start)
        self._work = WORK
        self.found: list[Place] = []

    def search(self, value: Any, path: Path = ()) -> list[Place]:
        """Places of everything in ``value`` that is found."""
        self._visit(value, path, 0, len(self._data))
        return self.found

    def _visit(self, value: Any, path: Path, low: int, high: int) -> int:
        """Look for what is in an object or a list; give the end of what was found, or ``low``."""
        if isinstance(value, Mapping):
            return self._object(value, path, low, high)
        if isinstance(value, list):
            return self._list(value, path, low, high)
        return _sure_end(self._leaves([(path, value)], low, high), low)

    def _object(self, value: Mapping[str, Any], path: Path, low: int, high: int) -> int:
        low = self._line(value, low)
        simple = [((*path, k), v) for k, v in value.items() if not isinstance(v, Mapping | list)]
        end = _sure_end(self._leaves(simple, low, high), low)
        for name, inner in value.items():
            if isinstance(inner, Mapping | list) and name != "notices":
                end = max(end, self._visit(inner, (*path, name), low, high))
        return end

    def _list(self, value: list[Any], path: Path, low: int, high: int) -> int:
        if self._run_together(value, path, low, high):
            return self.found[-1].end
        at = low
        for index, inner in enumerate(value):
            near = BESIDE if len(str(inner)) <= SHORT else NEAR
            at = self._visit(inner, (*path, index), at, min(high, at + near) if index else high)
        return at

    def _run_together(self, value: list[Any], path: Path, low: int, high: int) -> bool:
        """Single characters one after the other, such as days of the week."""
        texts = [str(one) for one in value if isinstance(one, str | int)]
        if len(texts) < 2 or len(texts) < len(value) or any(len(one) != 1 for one in texts):
            return False
        at = self._data.find("".join(texts).encode(), low, high)
        if at < 0:
            return False
        for index in range(len(texts)):
            self._used[at + index] = 1
            place = Place(path=(*path, index), start=at + index, end=at + index + 1, exact=False)
            self.found.append(place)
        return True

    def _line(self, value: Mapping[str, Any], low: int) -> int:
        """Where an object begins that says on which line it stands."""
        line = value.get("line")
        if isinstance(line, int) and 1 <= line < len(self._lines):
            return self._lines[line - 1]
        return low

    def _leaves(self, values: list[tuple[Path, Any]], low: int, high: int) -> list[tuple[int, int]]:
        """Look for values that belong together; give where they were found."""
        spans = [
            (place.start, place.end)
            for path, _ in values
            if (place := self._known.get(path)) is not None
        ]
        wanted = [(path, forms(v, str(path[-1]))) for path, v in values if path not in self._known]
        # Moments are written in so many ways that their neighbours must show the way first.
        wanted.sort(key=lambda one: (len(one[1]) > MANY, -len(one[1][0]) if one[1] else 0))
        for path, texts in wanted:
            if not texts or path[-1] == "line" or self._work <= 0:
                continue
            span = self._nearest(texts, spans, low, high)
            if span is not None:
                spans.append(span)
                self._used[span[0] : span[1]] = b"\1" * (span[1] - span[0])
                self.found.append(Place(path=path, start=span[0], end=span[1], exact=False))
        return spans

    def _nearest(
        self, texts: list[str], spans: list[tuple[int, int]], low: int, high: int
    ) -> tuple[int, int] | None:
        """The best occurrence: in the lines of its neighbours, then after them, then anywhere."""
        windows = [(low, high)]
        if spans:
            first = max(self._line_start(min(start for start, _ in spans)), low)
            last = self._line_end(max(end for _, end in spans))
            windows = [(first, min(last, high)), (first, high), (low, high)]
        wanted = [text.encode("utf-8") for text in texts]
        for text in wanted:
            if len(text) <= SHORT and (at := self._beside(text, spans)):
                return at
        for number, window in enumerate(windows):
            for text in wanted:
                # Parts of a value that was found whole stand in bytes that are taken.
                often = len(text) > SHORT or (number == 0 and bool(spans))
                for glued in (False, True):
                    for free in (True, False) if often else (True,):
                        at = self._occurrence(text, window, free=free, glued=glued)
                        if at is not None:
                            return at
        return None

    def _beside(self, wanted: bytes, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
        """A short value right behind or right before one of its neighbours."""
        for start, end in spans:
            for at in (end, start - len(wanted)):
                stop = at + len(wanted)
                if at >= 0 and self._data[at:stop] == wanted and not any(self._used[at:stop]):
                    return at, stop
        return None

    def _occurrence(
        self, wanted: bytes, window: tuple[int, int], *, free: bool, glued: bool
    ) -> tuple[int, int] | None:
        low, high = window
        fits = self._may_be_glued if glued else self._apart
        at = self._find(wanted, low, high)
        tries = 0
        while at >= 0 and tries < 200:
            tries += 1
            start, end = self._with_zeros(wanted, at), at + len(wanted)
            if fits(start, end) and not (free and any(self._used[start:end])):
                return start, end
            at = self._find(wanted, at + 1, high)
        return None

    def _find(self, wanted: bytes, low: int, high: int) -> int:
        at = self._data.find(wanted, low, high)
        self._work -= (high if at < 0 else at) - low + 100
        return at

    def _with_zeros(self, wanted: bytes, at: int) -> int:
        """The start of a number with the zeros before it."""
        if not set(wanted) <= _DIGITS:
            return at
        while at and self._data[at - 1] == 0x30:
            at -= 1
        return at

    def _apart(self, start: int, end: int) -> bool:
        before = self._data[start - 1] if start else 0
        after = self._data[end] if end < len(self._data) else 0
        return before not in _WORD and after not in _WORD

    def _may_be_glued(self, start: int, end: int) -> bool:
        """Codes run together in many formats, but a number never begins inside another."""
        before = self._data[start - 1] if start else 0
        after = self._data[end] if end < len(self._data) else 0
        if set(self._data[start:end]) <= _DIGITS:
            return (before not in _DIGITS and after not in _DIGITS) or end - start >= SURE
        letters = before in _LETTERS and self._data[start] in _LETTERS
        if letters and not self._used[start - 1]:
            # The end of a longer word, not a code behind another one.
            return False
        return end - start > 1 or before not in _WORD

    def _line_start(self, at: int) -> int:
        return max(self._data.rfind(b"\n", 0, at), self._data.rfind(b"\r", 0, at)) + 1

    def _line_end(self, at: int) -> int:
        ends = [e for e in (self._data.find(b"\n", at), self._data.find(b"\r", at)) if e >= 0]
        return min(ends, default=len(self._data))


def _sure_end(spans: list[tuple[int, int]], low: int) -> int:
    """The end of what was found; values so short that they may be elsewhere count only alone."""
    sure = [end for start, end in spans if end - start >= SURE]
    return max(sure or [end for _, end in spans], default=low)
