"""Inputs of any size that hold as much as their bytes can: parts of a right one, over and over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from service_bus import WireFormat

_ELEMENTS: Final = (
    re.compile(rb"<([\w:]+)[^<>]*>[^<>]*</\1>|<[\w:]+/>"),
    re.compile(rb"<([\w:]+)[^<>]*>(?:(?!<\1\b).)*</\1>", re.DOTALL),
)
"""Single elements, and elements with all that is in them."""
_LINES: Final = 12
_CHUNKS: Final = 6
_WIDTHS: Final = (3, 8, 12)


def dense(form: WireFormat, seed: bytes, size: int) -> Iterator[tuple[str, bytes]]:
    """Floods of about ``size`` bytes made from a right input; one name is one kind at any size."""
    yield "whole", seed * max(1, size // len(seed))
    if form.look == "json":
        yield "list", b"[" + b",".join([seed.strip()] * max(1, size // (len(seed) + 1))) + b"]"
    lines = seed.splitlines(keepends=True)
    for at in range(0, len(lines), max(1, len(lines) // _LINES)) if len(lines) > 1 else ():
        before = sum(map(len, lines[:at]))
        yield f"line-{at}", _repeated(seed, before, before + len(lines[at]), size)
    if form.look == "xml":
        for kind, pattern in enumerate(_ELEMENTS):
            for number, found in enumerate(pattern.finditer(seed)):
                if found.end() - found.start() < len(seed) * 0.9:
                    yield f"element-{kind}-{number}", _repeated(seed, *found.span(), size)
    for at in range(0, len(seed), max(1, len(seed) // _CHUNKS)):
        for width in _WIDTHS:
            yield f"chunk-{at}-{width}", _repeated(seed, at, min(at + width, len(seed)), size)


def _repeated(seed: bytes, start: int, end: int, size: int) -> bytes:
    """A piece of a right input as often as there is room for."""
    count = max(1, (size - len(seed)) // (end - start))
    return seed[:start] + seed[start:end] * count + seed[end:]
