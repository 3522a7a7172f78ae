"""Messages of a long log, whose values stay in their bytes until one of them is asked for.

A record of thirty bytes is a kilobyte of numbers, texts and moments. Every record is read when its log is: a
fault is found then, and what is odd is told. Of those behind the first :data:`VALUES_KEPT` bytes the values
are let go again, and read anew from the record's own bytes when somebody looks at one. Nothing else can be
told of such a message: it has its type, its fields, and equals one that holds its values.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, Self

VALUES_KEPT: Final = 16 * 1024
"""Bytes of an input whose messages keep their values: what comes live, piece by piece, is not read twice."""


class Later(ABC):
    """Base of frozen, slotted messages that may let go of values which their bytes tell."""

    __slots__ = ()

    @abstractmethod
    def again(self) -> Self:
        """The same message with all of its values, read from the fields that it kept."""

    if not TYPE_CHECKING:  # to a type checker the fields of a message are all there

        def __getattr__(self, name: str) -> object:
            """A field that was let go; it is kept from now on, with all the others."""
            known = type(self).__dataclass_fields__
            if name not in known:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            whole = self.again()
            for one in known:
                if not _holds(self, one):
                    object.__setattr__(self, one, getattr(whole, one))
            return object.__getattribute__(self, name)


def let_go(message: Later, *names: str) -> None:
    """Leave fields of a message to its bytes."""
    for name in names:
        object.__delattr__(message, name)


def _holds(message: Later, name: str) -> bool:
    try:
        object.__getattribute__(message, name)
    except AttributeError:
        return False
    return True
