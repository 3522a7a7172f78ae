"""Values of a JSON text with their bytes, by the path to each.

The text was read before by the format's own reader, so it is JSON; this walk only tells places and
stops where it does not understand. It keeps no stack of calls, so depth is no danger.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from airport_brain.workbench.plain_json import Path, leaves
from airport_brain.workbench.written import same
from airport_brain.workbench.xml_places import AHEAD, bare
from service_bus import Place

_TOKEN: Final = re.compile(
    rb"""\s*(?:(?P<mark>[{}\[\],:])|(?P<text>"(?:[^"\\]|\\.)*")|(?P<bare>[-+.\w]+))""", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A text, number or word with its bytes; the quotes of a text are not among them."""

    path: Path
    value: Any
    start: int
    end: int


def scalars(data: bytes) -> list[Scalar]:
    """Every scalar of one or several JSON texts, in order."""
    found: list[Scalar] = []
    steps: list[str | int] = []
    kinds: list[bytes] = []
    name: str | None = None
    at = 0
    while (match := _TOKEN.match(data, at)) is not None:
        at = match.end()
        mark = match["mark"]
        if mark is None:
            raw = match["text"] or match["bare"]
            quoted = match["text"] is not None
            if kinds and kinds[-1] == b"{" and name is None:
                name = str(_value(raw))
                steps[-1] = name
                continue
            span = match.span("text" if quoted else "bare")
            found.append(
                Scalar(
                    path=tuple(steps),
                    value=_value(raw),
                    start=span[0] + quoted,
                    end=span[1] - quoted,
                )
            )
        elif mark in b"{[":
            kinds.append(mark)
            steps.append("" if mark == b"{" else 0)
            name = None
        elif mark in b"}]":
            if not kinds:
                break
            kinds.pop()
            steps.pop()
            name = str(steps[-1]) if kinds and kinds[-1] == b"{" else None
        elif mark == b",":
            name = None
            if kinds and kinds[-1] == b"[" and isinstance(steps[-1], int):
                steps[-1] += 1
    return found


def _value(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return raw.decode("utf-8", "replace")


def places(value: Any, data: bytes) -> list[Place]:
    """Where values stand, for those whose name and form fit a member."""
    waiting: dict[str, list[Scalar]] = defaultdict(list)
    for one in scalars(data):
        waiting[_name(one.path)].append(one)
    found: list[Place] = []
    for path, leaf in leaves(value):
        if leaf is None or "notices" in path:
            continue
        name = _name(path)
        match = next((s for s in islice(waiting[name], AHEAD) if same(leaf, str(s.value))), None)
        if match is not None:
            waiting[name].remove(match)
            found.append(Place(path=path, start=match.start, end=match.end))
    return found


def _name(path: Path) -> str:
    return next((bare(step) for step in reversed(path) if isinstance(step, str)), "")
