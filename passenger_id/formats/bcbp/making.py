"""Making frozen objects from values in the order of their fields, at half the price of ``__init__``.

A frozen dataclass sets each field through ``object.__setattr__``, which looks the field up by name; a
boarding pass has some fifty of them. Here the slots' own setters are looked up once per class. Values
come from patterns that have checked them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any, TypeVar

Made = TypeVar("Made")


def maker(kind: type[Made]) -> Callable[[Iterable[object]], Made]:
    """A function that makes a ``kind`` from the values of all its fields, in their order."""
    setters = tuple(getattr(kind, field.name).__set__ for field in fields(kind))  # type: ignore[arg-type]
    new: Callable[[type[Made]], Made] = object.__new__

    def make(values: Iterable[object]) -> Made:
        made: Any = new(kind)
        for setter, value in zip(setters, values, strict=True):
            setter(made, value)
        return made  # type: ignore[no-any-return]

    return make
