"""What can go wrong at the workbench.

WorkbenchError
├── UnknownFormat (LookupError)   no format of that name
└── NotRecognised (ValueError)    the bytes are of no known format, or of several equally well
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
