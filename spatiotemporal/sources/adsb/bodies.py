"""The 56 bits of an extended squitter (ME): what an aircraft says of itself.

====== ==================== ======================================================================
type   body                 bits, in order
====== ==================== ======================================================================
1-4    identification       type 5, category 3, 8 characters of 6 bits
5-8    surface position     type 5, movement 7, track valid 1, track 7 (360/128 degrees), UTC 1,
                            odd 1, latitude 17, longitude 17
9-18,  airborne position    type 5, surveillance status 2, antenna or NIC supplement 1,
20-22                       altitude 12, UTC 1, odd 1, latitude 17, longitude 17
19     velocity             type 5, subtype 3, intent change 1, IFR 1, NACv 3, then by subtype,
                            rate source 1, sign 1, rate 9, reserved 2, sign 1, difference 7
28, 29 state                see :mod:`.status`
31
others kept as bytes
====== ==================== ======================================================================

Doc 9871 and DO-260B as generally known; the surface layout is checked against recorded messages.
Every body keeps the codes as sent; what they mean is read from them, in SI units.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from spatiotemporal.sources.adsb.altitude import altitude_ft
from spatiotemporal.sources.adsb.cpr import Cpr
from spatiotemporal.sources.adsb.status import FOOT_M, Status, read_status, write_status

KNOT_MPS: Final = 1852 / 3600

ALPHABET: Final = "#ABCDEFGHIJKLMNOPQRSTUVWXYZ##### ###############0123456789######"
"""Six-bit characters; # stands for no character."""

_SETS: Final = {4: "A", 3: "B", 2: "C", 1: "D"}

_STEPS: Final = ((2, 9, 0.125, 0.125), (9, 13, 1.0, 0.25), (13, 39, 2.0, 0.5),
                 (39, 94, 15.0, 1.0), (94, 109, 70.0, 2.0), (109, 124, 100.0, 5.0))  # fmt: skip
"""Movement codes: from, up to, knots at the first, knots a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """Callsign and kind of emitter.

    Attributes:
        category: ``A3`` and the like; set A aircraft, B gliders and others, C surface vehicles.
        callsign: eight characters as sent.
    """

    category: str
    callsign: str

    @property
    def name(self) -> str:
        """The callsign without padding."""
        return self.callsign.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfacePosition:
    """A position on the ground; codes as sent."""

    type_code: int
    movement: int
    track_valid: bool
    track: int
    utc: bool
    cpr: Cpr

    @property
    def speed_mps(self) -> float | None:
        """Ground speed: the lower bound of its step; ``None`` without one."""
        knots = _movement_kt(self.movement)
        return None if knots is None else knots * KNOT_MPS

    @property
    def track_deg(self) -> float | None:
        """Direction from true north (a heading, when the aircraft has no track)."""
        return self.track * 360 / 128 if self.track_valid else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AirbornePosition:
    """A position in the air; codes as sent."""

    type_code: int
    status: int
    supplement: bool
    altitude: int
    utc: bool
    cpr: Cpr

    @property
    def barometric(self) -> bool:
        """The altitude is of 1013.25 hPa, not above the ellipsoid."""
        return self.type_code < 20

    @property
    def altitude_m(self) -> float | None:
        """Altitude; ``None`` when the code stands for none."""
        feet = altitude_ft(self.altitude)
        return None if feet is None else feet * FOOT_M


@dataclass(frozen=True, slots=True, kw_only=True)
class Velocity:
    """Speed; codes as sent.

    Attributes:
        subtype: 1 over ground, 2 the same of supersonic aircraft, 3 and 4 through the air.
        first: east-west speed with its sign bit (west) above 10 bits; through the air: heading
            with its status bit above 10 bits.
        second: north-south speed likewise (south); through the air: airspeed (true if the bit).
    """

    subtype: int
    intent_change: bool
    ifr: bool
    nac_v: int
    first: int
    second: int
    rate_source: bool
    rate: int
    reserved: int
    difference: int

    @property
    def over_ground(self) -> bool:
        """Speed and direction are over ground."""
        return self.subtype in (1, 2)

    def _east_north(self) -> tuple[float, float] | None:
        east, north = self.first & 0x3FF, self.second & 0x3FF
        if not self.over_ground or not east or not north:
            return None
        factor = 4.0 if self.subtype == 2 else 1.0
        return (
            (east - 1) * factor * (-1 if self.first & 0x400 else 1),
            (north - 1) * factor * (-1 if self.second & 0x400 else 1),
        )

    @property
    def speed_mps(self) -> float | None:
        """Speed over ground."""
        parts = self._east_north()
        return None if parts is None else math.hypot(*parts) * KNOT_MPS

    @property
    def track_deg(self) -> float | None:
        """Direction over ground from true north."""
        parts = self._east_north()
        return None if parts is None else math.degrees(math.atan2(*parts)) % 360.0

    @property
    def heading_deg(self) -> float | None:
        """Heading, when speed is told through the air."""
        known = self.subtype in (3, 4) and self.first & 0x400
        return (self.first & 0x3FF) * 360 / 1024 if known else None

    @property
    def airspeed_mps(self) -> float | None:
        """Airspeed, indicated unless :attr:`true_airspeed`."""
        knots = self.second & 0x3FF
        if self.subtype not in (3, 4) or not knots:
            return None
        return (knots - 1) * (4.0 if self.subtype == 4 else 1.0) * KNOT_MPS

    @property
    def true_airspeed(self) -> bool:
        """The airspeed is a true airspeed."""
        return self.subtype in (3, 4) and bool(self.second & 0x400)

    @property
    def climb_mps(self) -> float | None:
        """Vertical rate, up positive."""
        rate = self.rate & 0x1FF
        if not rate:
            return None
        return (rate - 1) * 64 * FOOT_M / 60 * (-1 if self.rate & 0x200 else 1)

    @property
    def above_barometric_m(self) -> float | None:
        """Height above the ellipsoid less barometric altitude."""
        steps = self.difference & 0x7F
        if not steps:
            return None
        return (steps - 1) * 25 * FOOT_M * (-1 if self.difference & 0x80 else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Anything else: the bytes of ME, or of a whole frame that is no squitter."""

    data: bytes


Body = Identification | SurfacePosition | AirbornePosition | Velocity | Status | Other


def read_body(me: int) -> Body:
    """Read the 56 bits of a squitter."""
    type_code = me >> 51
    if 5 <= type_code <= 8:
        return SurfacePosition(
            type_code=type_code,
            movement=me >> 44 & 0x7F,
            track_valid=bool(me >> 43 & 1),
            track=me >> 36 & 0x7F,
            utc=bool(me >> 35 & 1),
            cpr=_cpr(me),
        )
    if 9 <= type_code <= 22 and type_code != 19:
        return AirbornePosition(
            type_code=type_code,
            status=me >> 49 & 3,
            supplement=bool(me >> 48 & 1),
            altitude=me >> 36 & 0xFFF,
            utc=bool(me >> 35 & 1),
            cpr=_cpr(me),
        )
    if type_code == 19:
        return _velocity(me)
    if 1 <= type_code <= 4:
        codes = (me >> shift & 0x3F for shift in range(42, -1, -6))
        return Identification(
            category=f"{_SETS[type_code]}{me >> 48 & 7}",
            callsign="".join(ALPHABET[code] for code in codes),
        )
    return read_status(me) or Other(data=me.to_bytes(7, "big"))


def write_body(body: Body) -> int:
    """The 56 bits of a body."""
    match body:
        case SurfacePosition():
            head = body.type_code << 51 | body.movement << 44 | body.track_valid << 43
            return head | body.track << 36 | body.utc << 35 | _cpr_bits(body.cpr)
        case AirbornePosition():
            head = body.type_code << 51 | body.status << 49 | body.supplement << 48
            return head | body.altitude << 36 | body.utc << 35 | _cpr_bits(body.cpr)
        case Velocity():
            head = 19 << 51 | body.subtype << 48 | body.intent_change << 47 | body.ifr << 46
            head |= body.nac_v << 43 | body.first << 32 | body.second << 21
            head |= body.rate_source << 20 | body.rate << 10 | body.reserved << 8
            return head | body.difference
        case Identification():
            kind = "DCBA".index(body.category[0]) + 1
            bits = kind << 51 | int(body.category[1]) << 48
            for shift, character in zip(range(42, -1, -6), body.callsign, strict=True):
                bits |= ALPHABET.index(character) << shift
            return bits
        case Other():
            return int.from_bytes(body.data, "big")
        case _:
            return write_status(body)


def _cpr(me: int) -> Cpr:
    return Cpr(bool(me >> 34 & 1), me >> 17 & 0x1FFFF, me & 0x1FFFF)


def _cpr_bits(cpr: Cpr) -> int:
    return cpr.odd << 34 | cpr.latitude << 17 | cpr.longitude


def _velocity(me: int) -> Velocity:
    return Velocity(
        subtype=me >> 48 & 7,
        intent_change=bool(me >> 47 & 1),
        ifr=bool(me >> 46 & 1),
        nac_v=me >> 43 & 7,
        first=me >> 32 & 0x7FF,
        second=me >> 21 & 0x7FF,
        rate_source=bool(me >> 20 & 1),
        rate=me >> 10 & 0x3FF,
        reserved=me >> 8 & 3,
        difference=me & 0xFF,
    )


def _movement_kt(code: int) -> float | None:
    if code == 0 or code > 124:
        return None
    if code == 1:
        return 0.0
    for first, end, start, step in _STEPS:
        if code < end:
            return start + (code - first) * step
    return 175.0


def movement_of(speed_mps: float) -> int:
    """The movement code of a ground speed.

    >>> movement_of(0.0), movement_of(7.5 * KNOT_MPS), movement_of(200.0)
    (1, 24, 124)
    """
    knots = speed_mps / KNOT_MPS + 1e-9
    found = 1
    for first, end, start, step in _STEPS:
        if knots >= start:
            found = min(first + int((knots - start) / step), end - 1)
    return 124 if knots >= 175.0 else found
