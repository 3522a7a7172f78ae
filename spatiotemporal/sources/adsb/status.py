"""What an aircraft says of its state: emergency, advisory, autopilot, equipment (DO-260B).

====== ==================== ======================================================================
type   body                 bits, in order
====== ==================== ======================================================================
28/1   emergency            type 5, subtype 3, state 3, Mode A code 13, reserved 32
28/2   resolution advisory  type 5, subtype 3, advisory 14, complements 4, terminated 1, several
                            threats 1, kind of threat 2, threat 26
29/1   target state         type 5, subtype 2, SIL supplement 1, FMS 1, altitude 11 (32 ft from 1),
                            pressure 9 (0.8 hPa from 800 at 1), heading valid 1, heading 9
                            (180/256 degrees), NACp 4, NICbaro 1, SIL 2, modes valid 1, autopilot 1,
                            VNAV 1, altitude hold 1, ADS-R 1, approach 1, TCAS 1, LNAV 1, reserved 2
31/0,1 operational status   type 5, subtype 3 (1 on the surface), capability 16 (the last 4 on the
                            surface: size), mode 16, version 3, NIC supplement A 1, NACp 4, GVA 2,
                            SIL 2, NICbaro (surface: heading) 1, magnetic 1, SIL supplement 1,
                            reserved 1
====== ==================== ======================================================================

Versions before 2 use fewer of these bits; which version an aircraft has is in its operational status.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FOOT_M: Final = 0.3048
STATUS, TARGET, OPERATIONAL = 28, 29, 31
"""Types."""

_SIZES: Final = (
    (15, 23), (25, 28.5), (25, 34), (35, 33), (35, 38), (45, 39.5), (45, 45), (55, 45), (55, 52),
    (65, 59.5), (65, 67), (75, 72.5), (75, 80), (85, 80), (85, 90),
)  # fmt: skip
"""Greatest length and width in metres by the code of an aircraft's size, from 1; the last may be more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """Emergency or priority.

    Attributes:
        state: 0 none, 1 general, 2 medical, 3 minimum fuel, 4 no communication, 5 unlawful
            interference, 6 downed aircraft.
        mode_a: Mode A code, bits as a transponder sends them.
    """

    state: int
    mode_a: int
    reserved: int = 0

    @property
    def squawk(self) -> str:
        """Mode A code, four octal digits."""
        c1, a1, c2, a2, c4, a4, _, b1, d1, b2, d2, b4, d4 = (
            self.mode_a >> bit & 1 for bit in range(12, -1, -1)
        )
        digits = ((a4, a2, a1), (b4, b2, b1), (c4, c2, c1), (d4, d2, d1))
        return "".join(str(four << 2 | two << 1 | one) for four, two, one in digits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """A resolution advisory of ACAS; codes as sent."""

    advisory: int
    complements: int
    terminated: bool
    several: bool
    threat_kind: int
    threat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetState:
    """What the autopilot is set to; codes as sent."""

    sil_supplement: bool
    fms: bool
    selected_altitude: int
    pressure: int
    heading_valid: bool
    selected_heading: int
    nac_p: int
    nic_baro: bool
    sil: int
    modes_valid: bool
    autopilot: bool
    vnav: bool
    altitude_hold: bool
    adsr: bool
    approach: bool
    tcas: bool
    lnav: bool
    reserved: int = 0

    @property
    def selected_altitude_m(self) -> float | None:
        """Altitude that is selected."""
        code = self.selected_altitude
        return (code - 1) * 32 * FOOT_M if code else None

    @property
    def pressure_hpa(self) -> float | None:
        """Setting of the altimeter."""
        return 800.0 + (self.pressure - 1) * 0.8 if self.pressure else None

    @property
    def selected_heading_deg(self) -> float | None:
        """Heading that is selected."""
        return self.selected_heading * 180 / 256 if self.heading_valid else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationalStatus:
    """Equipment and how good its data are; codes as sent.

    Attributes:
        surface: the aircraft is on the ground.
        adsb_version: of ADS-B: 0, 1 (DO-260A), 2 (DO-260B).
        gva: geometric vertical accuracy.
        heading: on the ground, surface messages tell a heading; in the air, the barometric
            altitude was checked (NICbaro).
        magnetic: directions are from magnetic north.
    """

    surface: bool
    capability: int
    mode_bits: int
    adsb_version: int
    nic_supplement: bool
    nac_p: int
    gva: int
    sil: int
    heading: bool
    magnetic: bool
    sil_supplement: bool
    reserved: bool = False

    @property
    def length_m(self) -> float | None:
        """Greatest length that the size allows."""
        return self._size(0)

    @property
    def width_m(self) -> float | None:
        """Greatest wingspan that the size allows."""
        return self._size(1)

    def _size(self, which: int) -> float | None:
        code = self.capability & 0xF
        return float(_SIZES[code - 1][which]) if self.surface and code else None


Status = Emergency | Advisory | TargetState | OperationalStatus


def read_status(me: int) -> Status | None:
    """Read the 56 bits of types 28, 29 and 31; ``None`` for subtypes that are kept."""
    type_code, subtype = me >> 51, me >> 48 & 7
    if type_code == STATUS and subtype == 1:
        return Emergency(state=me >> 45 & 7, mode_a=me >> 32 & 0x1FFF, reserved=me & 0xFFFFFFFF)
    if type_code == STATUS and subtype == 2:
        return Advisory(
            advisory=me >> 34 & 0x3FFF,
            complements=me >> 30 & 0xF,
            terminated=bool(me >> 29 & 1),
            several=bool(me >> 28 & 1),
            threat_kind=me >> 26 & 3,
            threat=me & 0x3FFFFFF,
        )
    if type_code == TARGET and subtype >> 1 == 1:
        return _target(me)
    if type_code == OPERATIONAL and subtype < 2:
        return _operational(me)
    return None


def write_status(body: Status) -> int:
    """The 56 bits of a body."""
    match body:
        case Emergency():
            head = STATUS << 51 | 1 << 48 | body.state << 45
            return head | body.mode_a << 32 | body.reserved
        case Advisory():
            head = STATUS << 51 | 2 << 48 | body.advisory << 34 | body.complements << 30
            head |= body.terminated << 29 | body.several << 28
            return head | body.threat_kind << 26 | body.threat
        case TargetState():
            return _target_bits(body)
        case OperationalStatus():
            head = OPERATIONAL << 51 | body.surface << 48 | body.capability << 32
            head |= body.mode_bits << 16 | body.adsb_version << 13 | body.nic_supplement << 12
            head |= body.nac_p << 8 | body.gva << 6 | body.sil << 4 | body.heading << 3
            return head | body.magnetic << 2 | body.sil_supplement << 1 | body.reserved


def _target(me: int) -> TargetState:
    return TargetState(
        sil_supplement=bool(me >> 48 & 1),
        fms=bool(me >> 47 & 1),
        selected_altitude=me >> 36 & 0x7FF,
        pressure=me >> 27 & 0x1FF,
        heading_valid=bool(me >> 26 & 1),
        selected_heading=me >> 17 & 0x1FF,
        nac_p=me >> 13 & 0xF,
        nic_baro=bool(me >> 12 & 1),
        sil=me >> 10 & 3,
        modes_valid=bool(me >> 9 & 1),
        autopilot=bool(me >> 8 & 1),
        vnav=bool(me >> 7 & 1),
        altitude_hold=bool(me >> 6 & 1),
        adsr=bool(me >> 5 & 1),
        approach=bool(me >> 4 & 1),
        tcas=bool(me >> 3 & 1),
        lnav=bool(me >> 2 & 1),
        reserved=me & 3,
    )


def _target_bits(body: TargetState) -> int:
    bits = TARGET << 51 | 1 << 49 | body.sil_supplement << 48 | body.fms << 47
    bits |= body.selected_altitude << 36 | body.pressure << 27 | body.heading_valid << 26
    bits |= body.selected_heading << 17 | body.nac_p << 13 | body.nic_baro << 12 | body.sil << 10
    bits |= body.modes_valid << 9 | body.autopilot << 8 | body.vnav << 7 | body.altitude_hold << 6
    bits |= body.adsr << 5 | body.approach << 4 | body.tcas << 3 | body.lnav << 2
    return bits | body.reserved


def _operational(me: int) -> OperationalStatus:
    return OperationalStatus(
        surface=bool(me >> 48 & 1),
        capability=me >> 32 & 0xFFFF,
        mode_bits=me >> 16 & 0xFFFF,
        adsb_version=me >> 13 & 7,
        nic_supplement=bool(me >> 12 & 1),
        nac_p=me >> 8 & 0xF,
        gva=me >> 6 & 3,
        sil=me >> 4 & 3,
        heading=bool(me >> 3 & 1),
        magnetic=bool(me >> 2 & 1),
        sil_supplement=bool(me >> 1 & 1),
        reserved=bool(me & 1),
    )
