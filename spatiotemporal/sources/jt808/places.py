"""Where the values of JT/T 808 messages stand in the bytes of the link, escapes counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from service_bus import Malformed, Place
from spatiotemporal.sources.jt808.frame import read_header, unescape
from spatiotemporal.sources.jt808.items import Item, named

_FLAG: Final = 0x7E
_ESCAPE: Final = 0x7D
_SUB_PACKAGED: Final = 0x2000

_LOCATION: Final = (
    ("alarm", 0, 4), ("status", 4, 8), ("latitude", 8, 12), ("longitude", 12, 16),
    ("altitude_m", 16, 18), ("speed_mps", 18, 20), ("heading_deg", 20, 22), ("time", 22, 28),
    ("alarms", 0, 4), ("positioned", 4, 8), ("acc_on", 4, 8), ("shifted", 4, 8),
)  # fmt: skip
_FIXED: Final = 28

_BODIES: Final[Mapping[str, tuple[tuple[str, int, int | None], ...]]] = {
    "Reply": (("serial", 0, 2), ("message_id", 2, 4), ("result", 4, 5)),
    "RegisterReply": (("serial", 0, 2), ("result", 2, 3), ("code", 3, None)),
    "ServerTime": (("time", 0, 6),),
    "Track": (("interval_s", 0, 2), ("validity_s", 2, 6)),
    "ConfirmAlarm": (("serial", 0, 2), ("kinds", 2, 6)),
    "Other": (("body", 0, None),),
}
"""Bodies of fixed places: field, first byte, and byte after the last."""


def places(data: bytes, messages: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Places of header and body of each frame; a joined body of sub-packages has none."""
    frames = list(_frames(data))
    if len(frames) != len(messages):
        return []
    found: list[Place] = []
    for number, ((start, end), message) in enumerate(zip(frames, messages, strict=True)):
        found += _frame(data, start, end, message, number)
    return found


def _frames(data: bytes) -> Iterator[tuple[int, int]]:
    """First byte after the opening flag, and the closing flag, of every frame."""
    at = data.find(_FLAG)
    while at >= 0:
        end = data.find(_FLAG, at + 1)
        if end < 0:
            return
        if end > at + 1:
            yield at + 1, end
        at = end if data[end + 1 : end + 2] not in (b"", b"\x7e") else data.find(_FLAG, end + 1)


class _Map:
    """Bytes of a frame without escapes, each with its place in the original."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self._at: list[int] = []
        while start < end:
            self._at.append(start)
            start += 2 if data[start] == _ESCAPE else 1
        self._at.append(end)

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Bytes of the original."""
        if not 0 <= first < last < len(self._at):
            return None
        return self._at[first], self._at[last]


def _frame(
    data: bytes, start: int, end: int, message: Mapping[str, Any], number: int
) -> Iterator[Place]:
    try:
        plain = unescape(data[start:end])
        header, length = read_header(plain)
    except Malformed:
        return
    where = _Map(data, start, end)
    newer = header.version is not None
    at = 15 if newer else 10
    spans: list[tuple[tuple[str | int, ...], int, int]] = [
        (("header", "message_id"), 0, 2),
        (("header", "encryption"), 2, 4),
        (("header", "phone"), 5 if newer else 4, at),
        (("header", "serial"), at, at + 2),
        (("kind",), length, len(plain) - 1),
    ]
    if newer:
        spans.append((("header", "version"), 4, 5))
    if header.package is not None:
        spans += [
            (("header", "package", 0), at + 2, at + 4),
            (("header", "package", 1), at + 4, at + 6),
        ]
    spans += _body(message, plain[length:-1], length)
    for path, first, last in spans:
        if (span := where.span(first, last)) is not None:
            yield Place(path=(number, *path), start=span[0], end=span[1])


def _body(
    message: Mapping[str, Any], body: bytes, base: int
) -> Iterator[tuple[tuple[str | int, ...], int, int]]:
    kind, told = str(message.get("kind", "")), message.get("body")
    if not isinstance(told, Mapping):
        return
    if kind == "Location":
        yield from _location(("body",), told, body, base)
    elif kind == "Answer" and isinstance(told.get("location"), Mapping):
        yield (("body", "serial"), base, base + 2)
        yield from _location(("body", "location"), told["location"], body[2:], base + 2)
    elif kind == "Batch":
        yield (("body", "backfill"), base + 2, base + 3)
        at = 3
        for index, location in enumerate(told.get("locations") or ()):
            length = int.from_bytes(body[at : at + 2], "big")
            inner = body[at + 2 : at + 2 + length]
            yield from _location(("body", "locations", index), location, inner, base + at + 2)
            at += 2 + length
    else:
        for name, first, last in _BODIES.get(kind, ()):
            if name in told:
                yield (("body", name), base + first, base + (len(body) if last is None else last))


def _location(
    path: tuple[str | int, ...], told: Mapping[str, Any], body: bytes, base: int
) -> Iterator[tuple[tuple[str | int, ...], int, int]]:
    for name, first, last in _LOCATION:
        yield (*path, name), base + first, base + last
    at, facts = _FIXED, told.get("items") or {}
    for known, item in named(_items(body)):
        end = at + 2 + len(item.value)
        if known is not None and known in facts:
            yield (*path, "items", known), base + at, base + end
            inner = facts[known]
            for part in inner if isinstance(inner, Mapping) else ():
                yield (*path, "items", known, part), base + at, base + end
        at = end


def _items(body: bytes) -> Iterator[Item]:
    at = _FIXED
    while at + 2 <= len(body) and at + 2 + body[at + 1] <= len(body):
        end = at + 2 + body[at + 1]
        yield Item(body[at], body[at + 2 : end])
        at = end
