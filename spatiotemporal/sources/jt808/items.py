"""Additional items of a location: JT/T 808-2011, -2013 and -2019, table of additional information.

=====  ======  =====================  ==================================================
id     bytes   name                   value
=====  ======  =====================  ==================================================
0x01   4       mileage_m              DWORD, 0.1 km
0x02   2       fuel_l                 WORD, 0.1 l
0x03   2       recorder_speed_mps     WORD, 0.1 km/h
0x04   2       alarm_to_confirm       WORD, id of an alarm that needs a person
0x05   1-30    tyre_pressure_pa       one BYTE a wheel from the front, left to right, FF none
                                      (2019; the unit is the standard's, many terminals differ)
0x06   2       compartment_c          WORD, signed (2019)
0x11   1 or 5  overspeed              BYTE place type, DWORD area id unless type is 0
0x12   6       area_crossing          BYTE place type, DWORD area id, BYTE 0 in, 1 out
0x13   7       segment_time           DWORD segment id, WORD seconds, BYTE 0 too short, 1 too long
0x14   4       video_alarms           bits of :data:`VIDEO_ALARMS` (this and the next four: JT/T 1078)
0x15   4       video_lost             channels without a signal, from 1
0x16   4       video_covered          channels whose view is covered, from 1
0x17   2       storage_fault          bits: 0-11 main, 12-15 backup storage
0x18   2 or 3  abnormal_driving       WORD bits (0 tired, 1 telephone, 2 smoking), BYTE tiredness in %
                                      (the standard's two tables differ; without it ``None``)
0x25   4       signals                bits of :data:`SIGNALS`
0x2A   2       io                     bits: 0 deep sleep, 1 sleep
0x2B   4       analogue               bits 0-15 AD0, 16-31 AD1
0x30   1       radio_signal           BYTE
0x31   1       satellites             BYTE
=====  ======  =====================  ==================================================

Trap: 0x06 is written in two's complement by some terminals and with a sign bit by others; the fleet
decides. Any other id, and any item of another length (vendors reuse ids), stays bytes; those of
JT/T 1078 and of active safety (0x64 to 0x67, see :mod:`.safety`) without a notice, for those are other
standards.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from spatiotemporal.sources.jt808 import safety
from spatiotemporal.sources.jt808.safety import SafetyAlarm

Sign = Literal["complement", "sign bit"]

SIGNALS: Final = (
    "low beam", "high beam", "right turn", "left turn", "brake", "reverse", "fog", "clearance",
    "horn", "air conditioner", "neutral", "retarder", "abs", "heater", "clutch",
)  # fmt: skip
"""Bits of item 0x25, from bit 0."""

VIDEO_ALARMS: Final = (
    "signal lost", "signal covered", "storage fault", "other fault", "too many passengers",
    "abnormal driving", "recordings nearly full",
)  # fmt: skip
"""Bits of item 0x14, from bit 0."""

MOST_REPEATED: Final = 9
_NO_WHEEL = 0xFF


class Item(NamedTuple):
    """An additional item, as sent."""

    id: int
    value: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Overspeed:
    """Where the limit was exceeded: place 0 none, 1 circle, 2 rectangle, 3 polygon, 4 segment."""

    place: int
    area: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCrossing:
    """An area or route was entered or left."""

    place: int
    area: int
    left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentTime:
    """A road segment took too short or too long."""

    segment: int
    seconds: int
    too_long: bool


Value = (
    int
    | float
    | Overspeed
    | AreaCrossing
    | SegmentTime
    | SafetyAlarm
    | tuple[int | None, ...]
    | tuple[str, ...]
    | bytes
)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _overspeed(data: bytes) -> Overspeed:
    return Overspeed(place=data[0], area=_number(data[1:5]) if len(data) == 5 else None)


def _crossing(data: bytes) -> AreaCrossing:
    return AreaCrossing(place=data[0], area=_number(data[1:5]), left=data[5] == 1)


def _segment(data: bytes) -> SegmentTime:
    return SegmentTime(segment=_number(data[:4]), seconds=_number(data[4:6]), too_long=data[6] == 1)


def _tyres(data: bytes) -> tuple[int | None, ...]:
    return tuple(None if value == _NO_WHEEL else value for value in data)


def _signals(data: bytes) -> tuple[str, ...]:
    return _named(data, SIGNALS)


def _named(data: bytes, names: tuple[str, ...]) -> tuple[str, ...]:
    bits = _number(data)
    return tuple(name for bit, name in enumerate(names) if bits >> bit & 1)


def _channels(data: bytes) -> tuple[int | None, ...]:
    bits = _number(data)
    return tuple(bit + 1 for bit in range(32) if bits >> bit & 1)


def _abnormal(data: bytes) -> tuple[int | None, ...]:
    return _number(data[:2]), data[2] if len(data) == 3 else None


def _analogue(data: bytes) -> tuple[int | None, ...]:
    return _number(data[2:]), _number(data[:2])


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    lengths: Container[int]
    read: Callable[[bytes], Value]


_KINDS: Final[Mapping[int, _Kind]] = {
    0x01: _Kind("mileage_m", (4,), lambda data: _number(data) * 100),
    0x02: _Kind("fuel_l", (2,), lambda data: _number(data) / 10),
    0x03: _Kind("recorder_speed_mps", (2,), lambda data: _number(data) / 36),
    0x04: _Kind("alarm_to_confirm", (2,), _number),
    0x05: _Kind("tyre_pressure_pa", range(1, 31), _tyres),
    0x06: _Kind("compartment_c", (2,), lambda data: int.from_bytes(data, "big", signed=True)),
    0x11: _Kind("overspeed", (1, 5), _overspeed),
    0x12: _Kind("area_crossing", (6,), _crossing),
    0x13: _Kind("segment_time", (7,), _segment),
    0x25: _Kind("signals", (4,), _signals),
    0x2A: _Kind("io", (2,), _number),
    0x2B: _Kind("analogue", (4,), _analogue),
    0x30: _Kind("radio_signal", (1,), _number),
    0x31: _Kind("satellites", (1,), _number),
}

LENGTHS: Final[Mapping[int, Container[int]]] = {
    item_id: kind.lengths for item_id, kind in _KINDS.items()
}
"""Lengths that the standard allows, by id."""

_ALL_KINDS: Final[Mapping[int, _Kind]] = {
    **_KINDS,
    0x14: _Kind("video_alarms", (4,), lambda data: _named(data, VIDEO_ALARMS)),
    0x15: _Kind("video_lost", (4,), _channels),
    0x16: _Kind("video_covered", (4,), _channels),
    0x17: _Kind("storage_fault", (2,), _number),
    0x18: _Kind("abnormal_driving", (2, 3), _abnormal),
    0x64: _Kind("adas_alarm", (safety.ADAS_SIZE,), safety.read_assistance),
    0x65: _Kind("driver_alarm", (safety.ADAS_SIZE,), safety.read_assistance),
    0x66: _Kind("tyre_alarm", safety.TYRE_SIZES, safety.read_tyres),
    0x67: _Kind("blind_spot_alarm", (safety.BLIND_SPOT_SIZE,), safety.read_blind_spot),
}


def read_items(items: Iterable[Item], *, temperature: Sign = "complement") -> dict[str, Value]:
    """Items by name; those that are not the standard's as ``item_0xID`` with their bytes.

    What comes again has its number behind the name, from 2 to 9; more of one name are left out.

    >>> read_items((Item(0x01, bytes([0, 0, 0, 100])), Item(0xE1, b"\\x07"), Item(0xE1, b"\\x08")))
    {'mileage_m': 10000, 'item_0xE1': b'\\x07', 'item_0xE1#2': b'\\x08'}
    """
    told = ((name, item) for name, item in named(items) if name is not None)
    return {name: _value(item, temperature) for name, item in told}


def named(items: Iterable[Item]) -> Iterator[tuple[str | None, Item]]:
    """Items with the names they are told by."""
    counts: dict[str, int] = {}
    for item in items:
        kind = _kind(item)
        name = kind.name if kind else f"item_0x{item.id:02X}"
        count = counts[name] = counts.get(name, 0) + 1
        if count > MOST_REPEATED:
            yield None, item
        else:
            yield name if count == 1 else f"{name}#{count}", item


def _kind(item: Item) -> _Kind | None:
    kind = _ALL_KINDS.get(item.id)
    return kind if kind is not None and len(item.value) in kind.lengths else None


def _value(item: Item, temperature: Sign) -> Value:
    kind = _kind(item)
    if kind is None:
        return item.value
    if item.id == 0x06 and temperature == "sign bit":
        raw = _number(item.value)
        return -(raw & 0x7FFF) if raw & 0x8000 else raw
    return kind.read(item.value)
