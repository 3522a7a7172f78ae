"""Faults and notices of name lists, with field, line and column."""

from __future__ import annotations

from functools import partial

from passenger_id.formats.limits import MOST_NOTICES
from passenger_id.formats.line_faults import line_fault
from passenger_id.formats.name_list.message import FORMAT, NOTICES
from service_bus import Notice

fault = partial(line_fault, FORMAT)
"""A fault of this format."""


class Marks:
    """Notices of one part.

    Args:
        strict: every notice is a fault.
    """

    __slots__ = ("_strict", "notices")

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self.notices: list[Notice] = []

    def odd(self, code: str, field: str, line: int, column: int) -> None:
        """Note what is odd; in strict mode raise it."""
        if self._strict:
            raise fault(NOTICES[code].rstrip(".").lower(), field, line, column, code=code)
        if len(self.notices) >= MOST_NOTICES:
            return
        place = f"line {line} column {column}"
        self.notices.append(Notice(code=code, field=field, position=place, text=NOTICES[code]))
