"""What a record says of a target, in SI units, whatever the category calls it.

================  ============  ============  ============  ============  ============
fact              010           011           020           021           062
================  ============  ============  ============  ============  ============
position          041           041           041           131, 130      105
x, y              042           042           042           -             100
speed, direction  200, 202      202           202           160           185
track number      161           161           161           161           040
address           220           380/ADR       220           080           380/ADR
identification    245           245           245           170           245, 380
Mode 3/A          060           060           070           070           060
flight level      090           093           090           145           136
size              270           270           -             -             270
fleet             300           300           300           -             300
================  ============  ============  ============  ============  ============
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from spatiotemporal.sources.asterix.message import Message

NM_M: Final = 1852.0
FLIGHT_LEVEL_M: Final = 30.48

_FLEETS: Final = (
    "atc-maintenance", "airport-maintenance", "fire", "bird-scarer", "snow-plough", "sweeper",
    "emergency", "police", "bus", "tug", "grass-cutter", "fuel", "baggage", "catering",
    "aircraft-maintenance",
)  # fmt: skip
"""Codes 1 to 15 of item 300."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where a category keeps a fact; empty where it does not."""

    track: Path
    cartesian: str = "042"
    polar_velocity: Path = ()
    velocity: str = "202"
    address: Path = ()
    names: tuple[Path, ...] = (("245", "CHR"),)
    mode_3a: Path = ("060", "MODE3A")
    level: Path = ()
    follow_me: int = 16
    """Trap: 0 is unknown and 16 follow-me in 010, and the reverse in 011."""


_CATEGORIES: Final[Mapping[int, _Places]] = {
    10: _Places(
        track=("161", "TRK"),
        polar_velocity=("200", "GSP", "TRA"),
        address=("220",),
        level=("090", "FL"),
    ),
    11: _Places(
        track=("161", "FTN"),
        address=("380", "ADR"),
        names=(("245", "TID"),),
        mode_3a=("060", "MOD3A"),
        level=("093", "CTBA"),
        follow_me=0,
    ),
    20: _Places(
        track=("161", "TRN"),
        address=("220",),
        mode_3a=("070", "MODE3A"),
        level=("090", "FL"),
    ),
    21: _Places(
        track=("161", "TRNUM"),
        cartesian="",
        polar_velocity=("160", "GS", "TA"),
        velocity="",
        address=("080",),
        names=(("170",),),
        mode_3a=("070", "MODE3A"),
        level=("145",),
    ),
    62: _Places(
        track=("040",),
        cartesian="100",
        velocity="185",
        address=("380", "ADR"),
        names=(("245", "CHR"), ("380", "ID")),
        level=("136",),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a target is and what it is; unknown facts are ``None``.

    Attributes:
        x_m: east of the source's reference point, which the message does not tell.
        flight_level_m: of 1013.25 hPa.
        fleet: of a vehicle.
    """

    source: tuple[int, int] | None
    time: datetime | None
    track: int | None
    latitude: float | None
    longitude: float | None
    x_m: float | None
    y_m: float | None
    speed_mps: float | None
    track_deg: float | None
    address: str | None
    callsign: str | None
    mode_3a: str | None
    flight_level_m: float | None
    length_m: float | None
    width_m: float | None
    fleet: str | None


def target(message: Message) -> Target | None:
    """The target of a record; ``None`` for status messages and what has no place."""
    places = _CATEGORIES.get(message.category)
    if places is None:
        return None
    position = message.position
    x = message.number(places.cartesian, "X")
    if position is None and x is None and message.number("040", "RHO") is None:
        return None
    speed, direction = _velocity(message, places)
    level, track = message.number(*places.level), message.number(*places.track)
    return Target(
        source=message.source,
        time=message.time,
        track=None if track is None else int(track),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        x_m=x,
        y_m=message.number(places.cartesian, "Y"),
        speed_mps=speed,
        track_deg=direction,
        address=_address(message, places),
        callsign=next((name for path in places.names if (name := _text(message, path))), None),
        mode_3a=_text(message, places.mode_3a),
        flight_level_m=None if level is None else level * FLIGHT_LEVEL_M,
        length_m=message.number("270", "LENGTH"),
        width_m=message.number("270", "WIDTH"),
        fleet=_fleet(message, places),
    )


def _velocity(message: Message, places: _Places) -> tuple[float | None, float | None]:
    """Speed over ground and direction from true north; standing still has no direction."""
    if places.polar_velocity:
        item, speed_name, angle_name = places.polar_velocity
        speed, angle = message.number(item, speed_name), message.number(item, angle_name)
        if speed is not None:
            return speed * NM_M, angle
    east, north = message.number(places.velocity, "VX"), message.number(places.velocity, "VY")
    if east is None or north is None:
        return None, None
    speed = math.hypot(east, north)
    return speed, math.degrees(math.atan2(east, north)) % 360.0 if speed else None


def _address(message: Message, places: _Places) -> str | None:
    value = message.number(*places.address)
    return None if value is None else f"{int(value):06X}"


def _text(message: Message, path: Path) -> str | None:
    value: object = message.items
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value.strip() or None if isinstance(value, str) else None


def _fleet(message: Message, places: _Places) -> str | None:
    code = message.number("300")
    if code is None:
        return None
    if 1 <= code <= len(_FLEETS):
        return _FLEETS[int(code) - 1]
    return "follow-me" if code == places.follow_me else None
