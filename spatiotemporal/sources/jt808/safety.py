"""Active safety: additional items 0x64 to 0x67 of a location (T/JSATL 12-2017, the standard of Jiangsu).

=====  ==================  ======================================================================
id     name                value
=====  ==================  ======================================================================
0x64   adas_alarm          DWORD id, BYTE state, BYTE kind, BYTE level, 5 details: BYTE speed of the
                           vehicle ahead (km/h), BYTE distance (0.1 s), BYTE side left (1 left, 2
                           right), BYTE kind and BYTE value of a road sign; then where and when
0x65   driver_alarm        the same; details: BYTE tiredness, 4 reserved
0x66   tyre_alarm          DWORD id, BYTE state, where and when, BYTE count, then for each wheel BYTE
                           position, WORD bits, WORD pressure (kPa), WORD temperature (deg C), WORD
                           battery (%)
0x67   blind_spot_alarm    DWORD id, BYTE state, BYTE kind (1 behind, 2 left, 3 right), where and when
=====  ==================  ======================================================================

Where and when: BYTE speed (km/h), WORD altitude, DWORD latitude, DWORD longitude (1e-6 degree), BCD[6]
time, WORD state of the vehicle, BYTE[16] number of the alarm: terminal id[7], BCD[6] time, BYTE sequence,
BYTE attachments, BYTE reserved. State: 0 none, 1 begins, 2 ends. Other regions use the same ids with other
lengths, which stay bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from spatiotemporal.sources.jt808.times import read_time

_PLACE: Final = struct.Struct(">BHII6sH7s6sBBx")
_WHEEL: Final = struct.Struct(">BHHHH")

ADAS_SIZE: Final = 12 + _PLACE.size
BLIND_SPOT_SIZE: Final = 6 + _PLACE.size
_TYRES_START: Final = 5 + _PLACE.size
TYRE_SIZES: Final = range(_TYRES_START + 1, 256, _WHEEL.size)
"""Lengths of the items; of 0x66 by the number of wheels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A tyre with an alarm; ``alarm`` are bits: 1 pressure due, 2 high, 3 low, 4 hot, 5 sensor ..."""

    position: int
    alarm: int
    pressure_kpa: int
    temperature_c: int
    battery_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAlarm:
    """An alarm of a driver assistance system, and where and when it was.

    Attributes:
        kind: by the table of the item; ``None`` where it has none, like ``level``.
        details: bytes of the item's own kind.
        terminal_id, began, sequence: the number of the alarm, by which its pictures are asked for.
        attachments: how many of them there are.
    """

    id: int
    state: int
    kind: int | None
    level: int | None
    details: bytes
    speed_mps: float
    altitude_m: int
    latitude: float
    longitude: float
    time: datetime | None
    vehicle_state: int
    terminal_id: str
    began: datetime | None
    sequence: int
    attachments: int
    wheels: tuple[Wheel, ...] = ()


def read_assistance(data: bytes) -> SafetyAlarm:
    """Items 0x64 and 0x65."""
    return _alarm(data, 12, kind=data[5], level=data[6], details=data[7:12])


def read_blind_spot(data: bytes) -> SafetyAlarm:
    """Item 0x67."""
    return _alarm(data, 6, kind=data[5])


def read_tyres(data: bytes) -> SafetyAlarm:
    """Item 0x66; the wheels that are there, whatever their count says."""
    found = []
    for wheel in _WHEEL.iter_unpack(data[_TYRES_START + 1 :]):
        position, alarm, pressure, temperature, battery = wheel
        signed = temperature - 0x10000 if temperature & 0x8000 else temperature
        found.append(
            Wheel(
                position=position,
                alarm=alarm,
                pressure_kpa=pressure,
                temperature_c=signed,
                battery_percent=battery,
            )
        )
    return _alarm(data, 5, wheels=tuple(found))


def _alarm(
    data: bytes,
    start: int,
    *,
    kind: int | None = None,
    level: int | None = None,
    details: bytes = b"",
    wheels: tuple[Wheel, ...] = (),
) -> SafetyAlarm:
    speed, altitude, latitude, longitude, time, state, terminal, began, sequence, attachments = (
        _PLACE.unpack_from(data, start)
    )
    return SafetyAlarm(
        id=int.from_bytes(data[:4], "big"),
        state=data[4],
        kind=kind,
        level=level,
        details=details,
        speed_mps=speed / 3.6,
        altitude_m=altitude,
        latitude=latitude / 1e6,
        longitude=longitude / 1e6,
        time=read_time(time),
        vehicle_state=state,
        terminal_id=terminal.strip(b"\x00 ").decode("gbk", "replace"),
        began=read_time(began),
        sequence=sequence,
        attachments=attachments,
        wheels=wheels,
    )
