"""Inputs of any size that hold as much as their bytes can: parts of a right one, over and over.

Where parts are all the same a reader may hold one value for all of them; so there are floods of parts with
other numbers each time, too (:mod:`tests.fuzz.varied`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, TypeAlias

from service_bus import WireFormat
from tests.fuzz.varied import groups, varied

Maker: TypeAlias = Callable[[int], bytes]
"""Makes a flood of about so many bytes."""

_ELEMENTS: Final = (
    re.compile(rb"<([\w:]+)[^<>]*>[^<>]*</\1>|<[\w:]+/>"),
    re.compile(rb"<([\w:]+)[^<>]*>(?:(?!<\1\b).)*</\1>", re.DOTALL),
)
"""Single elements, and elements with all that is in them."""
_LINES: Final = 12
_CHUNKS: Final = 6
_WIDTHS: Final = (3, 8, 12)


def dense(form: WireFormat, seed: bytes) -> Iterator[tuple[str, Maker]]:
    """Kinds of floods made from a right input; one name is one kind at any size."""
    yield "whole", lambda size: seed * max(1, size // len(seed))
    if form.look == "json":
        yield "list", lambda size: _list(seed.strip(), size)
    for name, start, end in _spans(form, seed):
        yield name, partial(_repeated, seed, start, end)
    if form.look == "xml":
        for number, (start, end) in enumerate(groups(seed)):
            yield f"varied-{number}", partial(varied, form, seed, start, end)
    else:
        listed = form.look == "json"
        yield "varied", partial(varied, form, seed, 0, len(seed), listed=listed)


def _spans(form: WireFormat, seed: bytes) -> Iterator[tuple[str, int, int]]:
    """Pieces that are worth to be repeated, by name."""
    lines = seed.splitlines(keepends=True)
    for at in range(0, len(lines), max(1, len(lines) // _LINES)) if len(lines) > 1 else ():
        before = sum(map(len, lines[:at]))
        yield f"line-{at}", before, before + len(lines[at])
    if form.look == "xml":
        for kind, pattern in enumerate(_ELEMENTS):
            for number, found in enumerate(pattern.finditer(seed)):
                if found.end() - found.start() < len(seed) * 0.9:
                    yield f"element-{kind}-{number}", *found.span()
    for at in range(0, len(seed), max(1, len(seed) // _CHUNKS)):
        for width in _WIDTHS:
            yield f"chunk-{at}-{width}", at, min(at + width, len(seed))


def _list(seed: bytes, size: int) -> bytes:
    return b"[" + b",".join([seed] * max(1, size // (len(seed) + 1))) + b"]"


def _repeated(seed: bytes, start: int, end: int, size: int) -> bytes:
    """A piece of a right input as often as there is room for."""
    count = max(1, (size - len(seed)) // (end - start))
    return seed[:start] + seed[start:end] * count + seed[end:]
