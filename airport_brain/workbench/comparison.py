"""Two messages, field by field: what was added, left out, and changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from airport_brain.workbench.plain_json import Path, leaves

Kind = Literal["added", "left out", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that differs; ``path`` is of the right message where it is there, else of the left."""

    kind: Kind
    path: Path
    left: Any = None
    right: Any = None


def differences(left: Any, right: Any) -> list[Difference]:
    """What differs between two canonical JSON values.

    >>> [(d.kind, d.path) for d in differences({"a": 1, "b": [1, 2]}, {"a": 2, "b": [1, 3, 2]})]
    [('changed', ('a',)), ('added', ('b', 1))]
    """
    return list(_differences(left, right, (), ()))


def _differences(left: Any, right: Any, at: Path, to: Path) -> Iterator[Difference]:
    if isinstance(left, dict) and isinstance(right, dict):
        for name in [*left, *(name for name in right if name not in left)]:
            if name not in right:
                yield from _whole("left out", left[name], (*at, name))
            elif name not in left:
                yield from _whole("added", right[name], (*to, name))
            else:
                yield from _differences(left[name], right[name], (*at, name), (*to, name))
    elif isinstance(left, list) and isinstance(right, list):
        yield from _lists(left, right, at, to)
    elif left != right:
        yield Difference(kind="changed", path=to, left=left, right=right)


def _lists(left: list[Any], right: list[Any], at: Path, to: Path) -> Iterator[Difference]:
    same = SequenceMatcher(None, [repr(one) for one in left], [repr(one) for one in right], False)
    for tag, low, high, first, last in same.get_opcodes():
        if tag == "equal":
            continue
        paired = min(high - low, last - first)
        for n in range(paired):
            yield from _differences(
                left[low + n], right[first + n], (*at, low + n), (*to, first + n)
            )
        for n in range(low + paired, high):
            yield from _whole("left out", left[n], (*at, n))
        for n in range(first + paired, last):
            yield from _whole("added", right[n], (*to, n))


def _whole(kind: Kind, value: Any, path: Path) -> Iterator[Difference]:
    for inner, leaf in leaves(value, path):
        if kind == "added":
            yield Difference(kind=kind, path=inner, right=leaf)
        else:
            yield Difference(kind=kind, path=inner, left=leaf)
