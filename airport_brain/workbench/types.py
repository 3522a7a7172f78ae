"""The types of a format's messages: what ``parse`` gives, and everything reached from there."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import sys
import types
import typing
from collections.abc import Iterator
from typing import Any

from service_bus import WireFormat


def message_type(form: WireFormat) -> Any:
    """What one message of a format is; ``None`` for a format that is read to plain objects."""
    parse = getattr(importlib.import_module(form.module), "parse", None)
    if parse is None:
        return None
    told = parse.__annotations__["return"]
    if isinstance(told, str):
        told = eval(told, dict(vars(sys.modules[parse.__module__])))
    (inner,) = typing.get_args(told)
    return inner


def dataclasses_of(root: Any) -> list[type]:
    """Dataclasses reached from a type, in order of first mention."""
    found: list[type] = []
    waiting = [root]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, type) and dataclasses.is_dataclass(one):
            if one not in found:
                found.append(one)
                waiting += annotations_of(one).values()
        else:
            waiting += typing.get_args(one)
    return found


def annotations_of(owner: type) -> dict[str, Any]:
    """Types of a dataclass's fields, each resolved where its class was written."""
    # ``typing.get_type_hints`` looks into the class first, where a field may hide a type of its name.
    found: dict[str, Any] = {}
    for base in reversed(owner.__mro__):
        names = dict(vars(sys.modules[base.__module__]))
        for name, told in inspect.get_annotations(base).items():
            found[name] = eval(told, names) if isinstance(told, str) else told
    return {one.name: found[one.name] for one in dataclasses.fields(owner)}


def spelled(told: Any) -> str:
    """A type in words of a page: ``text``, ``number or nothing``, ``list of Status``.

    >>> spelled(tuple[int, ...]), spelled(str | None)
    ('list of whole number', 'text or nothing')
    """
    return " ".join(_words(told))


_PLAIN: dict[Any, str] = {
    str: "text", int: "whole number", float: "number", bool: "yes or no", bytes: "octets",
    type(None): "nothing",
}  # fmt: skip


def _words(told: Any) -> Iterator[str]:
    if told in _PLAIN:
        yield _PLAIN[told]
        return
    origin, inner = typing.get_origin(told), typing.get_args(told)
    if origin in (typing.Union, types.UnionType):
        yield " or ".join(spelled(one) for one in inner)
    elif origin is typing.Literal:
        yield " or ".join(repr(one) for one in inner)
    elif origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        yield f"list of {spelled(inner[0])}"
    elif origin is tuple:
        yield f"({', '.join(spelled(one) for one in inner)})"
    elif origin is not None and len(inner) == 2:
        yield f"object of {spelled(inner[1])} by {spelled(inner[0])}"
    elif origin is not None and inner:
        yield f"{getattr(origin, '__name__', origin)} of {spelled(inner[0])}"
    else:
        yield getattr(told, "__name__", str(told))
