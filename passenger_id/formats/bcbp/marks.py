"""Where a reading is and what it has noticed: faults and notices with item and position."""

from __future__ import annotations

from typing import Final

from passenger_id.formats.bcbp.items import NOTICES, Item
from passenger_id.formats.bcbp.passes import FORMAT
from passenger_id.formats.masking import shape, shortened, slipped
from service_bus import Malformed, Notice

SEPARATORS: Final = frozenset("\x02\x03\x1c\x1d\x1e\x1f")
"""Separators of barcode syntaxes that a reader may leave in the text, and its start and end of text."""


class Marks:
    """Faults and notices of one pass.

    Args:
        strict: every notice is a fault.
        base: offset of the pass in the bytes given.
    """

    __slots__ = ("_base", "_separators", "_strict", "notices")

    def __init__(self, *, strict: bool, base: int) -> None:
        self._strict = strict
        self._base = base
        self._separators: tuple[int, ...] = ()
        self.notices: list[Notice] = []

    def skip(self, separators: tuple[int, ...]) -> None:
        """From here on, offsets are those of the text without these characters of the pass."""
        self._separators = separators

    def place(self, offset: int) -> str:
        """An offset in the text read, as a position in the bytes given."""
        for separator in self._separators:
            if separator > offset:
                break
            offset += 1
        return f"byte {self._base + offset}"

    def fault(
        self,
        code: str,
        reason: str,
        field: str,
        offset: int,
        *,
        found: str = "",
        expected: str = "",
    ) -> Malformed:
        """A fault, to be raised; ``found`` must not be personal."""
        return Malformed(
            FORMAT,
            reason,
            field=field,
            position=self.place(offset),
            found=shortened(found),
            expected=expected,
            code=code,
        )

    def odd(self, code: str, field: str, offset: int) -> None:
        """Note what is odd; in strict mode raise it."""
        if self._strict:
            raise self.fault(code, NOTICES[code].rstrip(".").lower(), field, offset)
        place = self.place(offset)
        self.notices.append(Notice(code=code, field=field, position=place, text=NOTICES[code]))

    def value(self, item: Item, text: str, offset: int, *, prefix: str = "") -> str:
        """A whole item without its padding, after a look at its alphabet."""
        for alphabet, code in item.alphabets:
            if alphabet.fullmatch(text):
                if code:
                    if self._strict:
                        break
                    self.odd(code, prefix + item.name, offset)
                return text.rstrip(" ")
        raise self.fault(
            "wrong-value",
            "value does not fit",
            prefix + item.name,
            offset,
            found=slipped(text) if item.shown else shape(text),
            expected=item.expected,
        )
