"""What can go wrong at the workbench.

WorkbenchError
├── UnknownFormat (LookupError)   no format of that name
├── NotRecognised (ValueError)    the bytes are of no known format, or of several equally well
└── Unmaskable (ValueError)       a message that cannot be read, so that nobody can be masked in it
"""

from __future__ import annotations

from collections.abc import Sequence


class WorkbenchError(Exception):
    """Root of everything the workbench raises on purpose."""


class UnknownFormat(WorkbenchError, LookupError):
    """A format name that nobody reads."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        super().__init__(f"no format {name!r}; known: {', '.join(sorted(known))}")


class NotRecognised(WorkbenchError, ValueError):
    """Bytes of no known format, or of several equally well."""

    def __init__(self, candidates: Sequence[str]) -> None:
        self.candidates = tuple(candidates)
        also = ", ".join(candidates)
        super().__init__(
            f"may be {also}: name the format" if candidates else "no known format fits this"
        )


class Unmaskable(WorkbenchError, ValueError):
    """A message that cannot be read: nobody knows where people are named in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"what cannot be read cannot be masked: {reason}")
