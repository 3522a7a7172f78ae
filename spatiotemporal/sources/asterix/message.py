"""Records in, records out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from sys import intern
from typing import Final

from service_bus import Malformed, Mode, Notice, TooLarge
from spatiotemporal.sources.asterix.editions import EDITIONS, layout
from spatiotemporal.sources.asterix.nodes import (
    Bits,
    Named,
    Value,
    Written,
    spare,
    specification,
    write_specification,
)
from spatiotemporal.sources.asterix_blocks import HEADER, blocks, fault
from spatiotemporal.sources.later import VALUES_KEPT, Later, let_go

MAX_BYTES: Final = 512 * 1024
"""Default cap: a datagram has 64 KiB at most, and half a minute of a busy feed some hundred."""

MOST_RECORDS: Final = 8_000
"""Records of one input, and things odd about them, whatever their size."""
LEAST_BYTES: Final = 16
"""For each so many bytes there may be one more: records of targets have 30 to 60, status between them 10."""

DAY_S: Final = 86_400
"""Seconds of a day; a time of day beyond it is none, and stays in the items alone."""

_TIMES: Final[Mapping[int, tuple[str, ...]]] = {
    2: ("030",),
    4: ("020",),
    10: ("140",),
    11: ("140",),
    19: ("140",),
    20: ("140",),
    21: ("071", "073", "075", "077", "030"),
    23: ("070",),
    25: ("070",),
    34: ("030",),
    48: ("140",),
    62: ("070",),
    63: ("030",),
    65: ("030",),
    247: ("140",),
}
"""Items with the time of day, the best first (021 before edition 2: item 030)."""

_POSITIONS: Final[Mapping[int, tuple[str, ...]]] = {
    10: ("041",),
    11: ("041",),
    19: ("600",),
    20: ("041",),
    21: ("131", "130"),
    62: ("105",),
}
"""Items with a WGS84 position, the most precise first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Later):
    """One record.

    Attributes:
        edition: that it was read with; empty for what is not read.
        items: by number as in the standard (``"161"``), parts by the standard's names, numbers in
            the standard's units. What is not read has one item, ``"raw"``.
        time: time of day with the date that brings it nearest to the reference.
        original: the record's bytes, without the block around it.
    """

    category: int
    edition: str
    items: Mapping[str, Value]
    time: datetime | None = None
    original: bytes = b""
    notices: tuple[Notice, ...] = field(default=())

    def again(self) -> Message:
        """The same from its record; edition, time and notices are kept."""
        items: dict[str, Value] = {"raw": self.original}
        if self.edition:
            bits = Bits(self.original, 0, len(self.original) * 8)
            items = _read_record(bits, self.category, layout(self.category, self.edition))
        return Message(category=self.category, edition=self.edition, items=items)

    @property
    def source(self) -> tuple[int, int] | None:
        """SAC and SIC of item 010."""
        told = self.items.get("010")
        if not isinstance(told, dict):
            return None
        sac, sic = told.get("SAC"), told.get("SIC")
        return (sac, sic) if isinstance(sac, int) and isinstance(sic, int) else None

    def number(self, *path: str) -> float | None:
        """A number inside the items, ``None`` if it is not there."""
        value: object = self.items
        for name in path:
            value = value.get(name) if isinstance(value, Mapping) else None
        return value if isinstance(value, int | float) else None

    @property
    def position(self) -> tuple[float, float] | None:
        """WGS84 latitude and longitude."""
        for item in _POSITIONS.get(self.category, ()):
            latitude = self.number(item, "LAT")
            longitude = self.number(item, "LON")
            if latitude is not None and longitude is not None:
                return latitude, longitude
        return None


def parse(
    data: bytes,
    *,
    reference: datetime,
    mode: Mode = "tolerant",
    editions: Mapping[int, str] = EDITIONS,
    max_bytes: int = MAX_BYTES,
) -> list[Message]:
    """Read blocks.

    Args:
        data: blocks, one after the other.
        reference: aware UTC, the receiver's clock; gives the time of day its date.
        mode: strict also refuses whatever is odd.
        editions: of the feed, by category; others are taken from :data:`EDITIONS`.
        max_bytes: more is refused.

    Raises:
        Malformed: no block can be read, or one is cut short; in strict mode, and where there is one
            block alone, a record cannot be read; an edition does not exist.
        TooLarge: more than ``max_bytes``.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "ASTERIX data")
    messages: list[Message] = []
    count = 0
    for message, at in _read(data, reference, mode, editions):
        count += 1 + len(message.notices)
        if count > MOST_RECORDS + at // LEAST_BYTES:
            raise fault(
                "too many records",
                field="record",
                position=f"byte {at}",
                expected=f"at most {MOST_RECORDS}, or one each {LEAST_BYTES} bytes",
                code="too-many",
            )
        if at > VALUES_KEPT:
            let_go(message, "items")
        messages.append(message)
    return messages


def _read(
    data: bytes, reference: datetime, mode: Mode, editions: Mapping[int, str]
) -> Iterator[tuple[Message, int]]:
    """Records, and where they begin; of a category that is not read, whole blocks."""
    first: Malformed | None = None
    readable = 0
    for category, start, end in blocks(data):
        edition = editions.get(category) or EDITIONS.get(category)
        if edition is None:
            yield _unread(data, category, start, end, mode), start - HEADER
            readable += 1
            continue
        items = layout(category, edition)
        at = start
        try:
            while at < end:
                bits = Bits(data, at * 8, end * 8)
                found = _read_record(bits, category, items)
                after = bits.bit // 8
                yield _message(category, edition, found, data[at:after], at, reference, mode), at
                at = after
                readable += 1
        except Malformed as wrong:
            # Blocks tell their length, so what is wrong in one leaves the others readable.
            if mode == "strict" or end - start + HEADER == len(data):
                raise
            first = first or wrong
            yield _kept(category, data[at:end], wrong), at
    if first is not None and not readable:
        raise first


def encode(message: Message) -> bytes:
    """A block of one record."""
    return encode_block([message])


def encode_block(messages: Sequence[Message]) -> bytes:
    """A block of records of one category.

    Raises:
        Malformed: an item or a value is not of the edition, or the block is too long.
    """
    category = messages[0].category
    body = b"".join(_write_record(one) for one in messages if one.category == category)
    if len(body) + HEADER > 0xFFFF:
        raise fault(
            "block is too long",
            field="block length",
            position="byte 1",
            found=str(len(body) + HEADER),
            expected="at most 65535 bytes",
            code="too-long",
        )
    return bytes([category]) + (len(body) + HEADER).to_bytes(2, "big") + body


def _read_record(bits: Bits, category: int, items: Sequence[Named | None]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    bits.field = f"I{category:03d}/FSPEC"
    at = bits.bit // 8
    announced = specification(bits)
    if not announced:
        raise fault(
            "record without items",
            field=bits.field,
            position=f"byte {at}",
            found="00",
            expected="at least one item",
            code="empty-record",
        )
    for index in announced:
        part = items[index] if index < len(items) else None
        if part is None:
            raise spare(f"I{category:03d}/FSPEC", bits.bit // 8, index)
        name, node = part
        bits.field = f"I{category:03d}/{name}"
        found[name] = node.read(bits)
    return found


def _write_record(message: Message) -> bytes:
    if not message.edition:
        raw = message.items.get("raw")
        return raw if isinstance(raw, bytes) else b""
    out, items = Written(), layout(message.category, message.edition)
    names = [part[0] for part in items if part]
    for name in message.items:
        if name not in names:
            raise fault(
                "no such item in the edition",
                field=f"I{message.category:03d}/{name}",
                position=f"item {name}",
                found=name,
                expected=f"an item of edition {message.edition}",
                code="unknown-item",
            )
    write_specification([part is not None and part[0] in message.items for part in items], out)
    for part in items:
        if part is not None and part[0] in message.items:
            part[1].write(message.items[part[0]], out, f"I{message.category:03d}/{part[0]}")
    return out.bytes()


def _message(
    category: int,
    edition: str,
    items: dict[str, Value],
    original: bytes,
    at: int,
    reference: datetime,
    mode: Mode,
) -> Message:
    message = Message(
        category=category,
        edition=edition,
        items=items,
        time=_time(category, items, reference),
        original=original,
    )
    position = message.position
    if position is None or (abs(position[0]) <= 90 and abs(position[1]) <= 180):
        return message
    text = f"position {position[0]:.1f}, {position[1]:.1f} is off the earth"
    name = f"I{category:03d}/{_POSITIONS[category][-1]}"
    notices = _odd(mode, "asterix-impossible-position", name, at, text)
    return Message(
        category=category,
        edition=edition,
        items=items,
        time=message.time,
        original=original,
        notices=notices,
    )


def _unread(data: bytes, category: int, start: int, end: int, mode: Mode) -> Message:
    original = data[start:end]
    text = intern(f"category {category:03d} is not read")
    return Message(
        category=category,
        edition="",
        items={"raw": original},
        original=original,
        notices=_odd(mode, "asterix-unknown-category", "category", start - HEADER, text),
    )


def _kept(category: int, original: bytes, wrong: Malformed) -> Message:
    """The rest of a block that cannot be read."""
    text = intern(f"the block cannot be read: {wrong.reason}; kept")
    notice = Notice(code="asterix-unread", field=wrong.field, position=wrong.position, text=text)
    return Message(
        category=category,
        edition="",
        items={"raw": original},
        original=original,
        notices=(notice,),
    )


def _odd(mode: Mode, code: str, name: str, at: int, text: str) -> tuple[Notice, ...]:
    if mode == "strict":
        raise fault(text, field=name, position=f"byte {at}", code=code)
    return (Notice(code=code, field=name, position=f"byte {at}", text=text),)


def _time(category: int, items: Mapping[str, Value], reference: datetime) -> datetime | None:
    """Time of day (s since midnight UTC) on the day that brings it nearest to the reference."""
    for name in _TIMES[category]:
        seconds = items.get(name)
        if isinstance(seconds, int | float) and seconds < DAY_S:
            midnight = reference.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            clock = timedelta(seconds=seconds)
            choices = [midnight + clock + timedelta(days=days) for days in (-1, 0, 1)]
            return min(choices, key=lambda one: abs(one - reference))
    return None
