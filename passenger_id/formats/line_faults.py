"""Faults of formats whose places are lines and columns."""

from __future__ import annotations

from service_bus import Malformed


def line_fault(
    format: str,
    reason: str,
    field: str,
    line: int,
    column: int,
    *,
    code: str,
    found: str = "",
    expected: str = "",
) -> Malformed:
    """A fault, to be raised; ``found`` must not be personal, line and column count from 1."""
    return Malformed(
        format,
        reason,
        field=field,
        position=f"line {line} column {column}",
        found=found,
        expected=expected,
        code=code,
    )
