"""How faults and notices of JT/T 808 are said.

Positions are ``byte N``, counted in the unescaped frame from 1 with its opening flag as byte 0, or
``body byte N``, counted in the body from 0 (a joined body has no single frame).

=========================  =====================================================================
notice                     meaning
=========================  =====================================================================
jt808-encrypted            The body is encrypted and was not read.
jt808-extra-bytes          The body is longer than its message; the rest is only in the original.
jt808-impossible-position  Latitude beyond 90 or longitude beyond 180 degrees.
jt808-impossible-heading   The direction is beyond 359 degrees.
jt808-phone-not-bcd        The terminal's number is no BCD; shown as hexadecimal digits.
jt808-no-time              The time is no moment in BCD (terminals without a fix send zeros).
jt808-items-cut            The list of additional items ends inside an item; the rest stays bytes.
jt808-item-length          An additional item has not the length of the standard; kept as bytes.
jt808-not-escaped          The frame was logged without its escapes.
jt808-package-missing      Sub-packages are missing; the body is what has come.
jt808-left-out             A frame among others cannot be read; left out.
jt808-not-gbk              A text holds bytes that are not GBK; they are shown as U+FFFD.
=========================  =====================================================================

In strict mode each of them is a fault.
"""

from __future__ import annotations

from typing import Final

from service_bus import Malformed, Mode, Notice

FORMAT: Final = "jt808"

MOST_NOTICES: Final = 50
"""Kept of one message: enough to see a pattern."""


def fault(
    reason: str, *, field: str, position: str, found: str = "", expected: str = "", code: str
) -> Malformed:
    """A fault that names its place; ``found`` is cut short."""
    return Malformed(
        FORMAT,
        reason,
        field=field,
        position=position,
        found=found[:40],
        expected=expected,
        code=code,
    )


def too_short(what: str, found: int, expected: int, start: int = 0) -> Malformed:
    """Bytes end before ``what`` does."""
    return fault(
        f"{what} is cut short",
        field=what,
        position=f"body byte {start + found}",
        found=f"{found} bytes",
        expected=f"at least {expected} bytes",
        code="too-short",
    )


class Notices:
    """Collects what was odd about one message, or refuses it in strict mode."""

    __slots__ = ("_found", "_strict")

    def __init__(self, mode: Mode = "tolerant") -> None:
        self._strict = mode == "strict"
        self._found: list[Notice] = []

    def add(self, code: str, field: str, position: str, text: str) -> None:
        """Take a notice.

        Raises:
            Malformed: the mode is strict.
        """
        if self._strict:
            raise fault(text, field=field, position=position, code=code)
        if len(self._found) < MOST_NOTICES:
            self._found.append(Notice(code=code, field=field, position=position, text=text))

    def taken(self) -> tuple[Notice, ...]:
        """What was found so far."""
        return tuple(self._found)


def read_text(data: bytes, field: str, at: int, notices: Notices) -> str:
    """STRING and padded BYTE[n]: GBK without the padding."""
    data = data.strip(b"\x00 ")
    try:
        return data.decode("gbk")
    except UnicodeDecodeError as error:
        place = f"body byte {at + error.start}"
        notices.add("jt808-not-gbk", field, place, "the text holds bytes that are not GBK")
        return data.decode("gbk", "replace")


def write_text(text: str, size: int | None = None) -> bytes:
    """GBK, padded with zeros to ``size`` bytes.

    Raises:
        Malformed: the text has characters outside GBK or does not fit.
    """
    try:
        data = text.encode("gbk")
    except UnicodeEncodeError as error:
        raise fault(
            "text has a character outside GBK",
            field="text",
            position=f"character {error.start}",
            expected="GBK",
            code="not-gbk",
        ) from error
    if size is None:
        return data
    if len(data) > size:
        raise fault(
            "text is too long for its field",
            field="text",
            position=f"character {size}",
            found=f"{len(data)} bytes",
            expected=f"at most {size} bytes",
            code="too-long",
        )
    return data.ljust(size, b"\x00")
