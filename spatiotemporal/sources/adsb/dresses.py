"""How frames of Mode S come: bytes, lines of hexadecimal digits, or the Beast format.

=========  ===================================================================================
dress      form
=========  ===================================================================================
bytes      frames of 14 bytes one after the other (or one of 7)
lines      one frame a line: plain digits; ``*8D...;`` or ``:8D...;``; ``@`` or ``%`` with a
           counter of 12 digits before the frame; ``<`` with a counter and 2 digits of signal;
           a whole Beast frame in digits; a row of a table of which one field is the frame; a
           squitter with other text around it.
           Lines that begin with ``#`` are comments
Beast      ``1A`` type, 6 bytes of counter at 12 MHz, 1 of signal, frame; ``1A`` doubled inside.
           Type 31 has 2 bytes of Mode A/C, 32 has 7, 33 has 14, 34 has 14 of the receiver's state
=========  ===================================================================================

Replies of Mode A/C and the receiver's state are passed over. A single Beast frame may have been
logged with its ``1A`` undoubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from service_bus import Malformed
from spatiotemporal.sources.adsb.faults import fault

LONG, SHORT = 14, 7
_MODE_AC: Final = 2
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_BEAST: Final = {0x31: _MODE_AC, 0x32: SHORT, 0x33: LONG, 0x34: LONG}
"""Types and the bytes of what they carry."""
_CARRIES_FRAMES: Final = (0x32, 0x33)
_BEAST_START: Final = re.compile(rb"(?<!\x1a)\x1a[\x31-\x34]")
_COUNTED: Final = {b"@": (12, 12), b"%": (12, 12), b"<": (12, 14)}
"""Digits of the counter, and digits before the frame, by the first letter of a line."""
_DIGITS: Final = re.compile(rb"[0-9A-Fa-f]+")
_IN_TEXT: Final = re.compile(
    rb"(?<![0-9A-Za-z])(?:0[xX])?((?:8[89A-Fa-f]|9[0-7])[0-9A-Fa-f]{26})(?![0-9A-Za-z])"
)
"""A squitter (DF17, DF18), which its parity proves, among other text."""


class Dressed(NamedTuple):
    """A frame with its place in the input and the receiver's counter."""

    where: str
    data: bytes
    ticks: int | None = None


def is_log(data: bytes) -> bool:
    """Whether frames stand apart, so that one that cannot be read leaves the others readable."""
    return not (data[:1] >= b"\x80" or len(data) == SHORT)


def frames(data: bytes) -> Iterator[Dressed | Malformed]:
    """Frames in order; a fault stands for one that cannot be taken out of its dress."""
    if not data:
        yield fault(
            "no frame", field="frame", position="byte 0", expected="a Mode S frame", code="empty"
        )
    elif data[0] == 0x1A:
        yield from _beast(data)
    elif is_log(data):
        yield from _lines(data)
    else:
        for start in range(0, len(data), LONG):
            yield Dressed("", data[start : start + LONG])


def _lines(data: bytes) -> Iterator[Dressed | Malformed]:
    many = data.count(b"\n", 0, len(data) - 1) > 0
    for number, line in enumerate(_rows(data), start=1):
        text = line.strip()
        if not text or text.startswith(b"#"):
            continue
        where = f"line {number}" if many else ""
        try:
            frame, ticks = _undressed(text)
        except ValueError:
            yield fault(
                "line is not hexadecimal",
                field="frame",
                position=f"line {number} column 1",
                found=text[:20].decode("ascii", "replace"),
                expected="hexadecimal digits of a frame",
                code="not-hex",
            )
            continue
        if len(frame) > LONG and frame[0] == 0x1A and frame[1] in _BEAST:
            yield from _within(where, _beast(frame))
        elif len(frame) != _MODE_AC or text[:1].isalnum():
            yield Dressed(where, frame, ticks)


def _within(where: str, found: Iterator[Dressed | Malformed]) -> Iterator[Dressed | Malformed]:
    """Frames of a line, and faults with the line's place before their own."""
    for one in found:
        if isinstance(one, Dressed):
            yield one._replace(where=where)
        else:
            one.position = f"{where} {one.position}".strip()
            yield one


def _undressed(text: bytes) -> tuple[bytes, int | None]:
    """The frame of a line and its counter.

    Raises:
        ValueError: there is none in hexadecimal digits.
    """
    try:
        return _as_a_whole(text)
    except ValueError:
        if found := _IN_TEXT.search(text):
            return _bytes(found[1]), None
        raise


def _as_a_whole(text: bytes) -> tuple[bytes, int | None]:
    """The same of a line with nothing else in it.

    Raises:
        ValueError: it is not hexadecimal.
    """
    digits = text.rstrip(b";")
    if counted := _COUNTED.get(text[:1]):
        counter, before = counted
        if len(digits) <= before:
            raise ValueError
        return _bytes(digits[1 + before :]), int(digits[1 : 1 + counter], 16)
    if text[:1] in (b"*", b":"):
        digits = digits[1:]
    elif b"," in digits:
        digits = _field(digits)
    return _bytes(digits), None


def _bytes(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode("ascii"))


def _field(row: bytes) -> bytes:
    """The field of a table's row that is a frame.

    Raises:
        ValueError: none is.
    """
    fields = [one.strip() for one in row.split(b",", 64)]
    for one in fields:
        if len(one) == 2 * LONG and _DIGITS.fullmatch(one):
            return one
    last = fields[-1]
    if len(last) == 2 * SHORT or last[:2].lower() == b"1a":
        return last
    raise ValueError


def _rows(data: bytes) -> Iterator[bytes]:
    """Each line when it is asked for, without its end."""
    start = 0
    for end in _LINE_END.finditer(data):
        yield data[start : end.start()]
        start = end.end()
    if start < len(data):
        yield data[start:]


def _beast(data: bytes) -> Iterator[Dressed | Malformed]:
    at = 0
    while at < len(data):
        start = at
        size = _BEAST.get(data[at + 1]) if at + 1 < len(data) and data[at] == 0x1A else None
        if size is None:
            yield fault(
                "no Beast frame begins here",
                field="Beast type",
                position=f"byte {at}",
                found=data[at : at + 2].hex().upper(),
                expected="1A 31, 1A 32, 1A 33 or 1A 34",
                code="no-frame",
            )
            at = _next(data, start)
            continue
        inner, at = _undoubled(data, at + 2, 7 + size)
        if len(inner) < 7 + size and len(data) - start == 9 + size and not start:
            inner, at = data[2:], len(data)
        if len(inner) < 7 + size:
            yield fault(
                "Beast frame is cut short",
                field="frame",
                position=f"byte {at}",
                found=f"{len(inner)} bytes",
                expected=f"{7 + size} bytes",
                code="too-short",
            )
            at = _next(data, start)
        elif data[start + 1] in _CARRIES_FRAMES:
            yield Dressed(f"frame at byte {start}", inner[7:], int.from_bytes(inner[:6], "big"))


def _undoubled(data: bytes, at: int, size: int) -> tuple[bytes, int]:
    """Bytes from ``at`` on, at most ``size`` and as far as they go, and where they end."""
    inner = bytearray()
    while len(inner) < size and at < len(data):
        step = 2 if data[at] == 0x1A else 1
        if step == 2 and data[at + 1 : at + 2] != b"\x1a":
            break
        inner.append(data[at])
        at += step
    return bytes(inner), at


def _next(data: bytes, start: int) -> int:
    """Where the next Beast frame seems to begin."""
    found = _BEAST_START.search(data, start + 1)
    return found.start() if found else len(data)
