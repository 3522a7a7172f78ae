"""The sentences that are read, and their readers; see the package for the layouts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from spatiotemporal.sources.nmea import beside
from spatiotemporal.sources.nmea.beside import Beside
from spatiotemporal.sources.nmea.fields import Sentence

KNOT_MPS: Final = 1852 / 3600
_IDS: Final = tuple(range(1_000))
"""Ids of satellites, which many sentences share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rmc:
    """Recommended minimum: where, when, how fast. Unknown values are ``None``."""

    time: datetime | None
    valid: bool
    latitude: float | None
    longitude: float | None
    speed_mps: float | None
    track_deg: float | None
    variation_deg: float | None
    mode: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gga:
    """Fix data; altitude above mean sea level."""

    time: datetime | None
    latitude: float | None
    longitude: float | None
    quality: int
    satellites: int | None
    hdop: float | None
    altitude_m: float | None
    separation_m: float | None
    age_s: float | None
    station: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vtg:
    """Course and speed over ground."""

    track_deg: float | None
    magnetic_deg: float | None
    speed_mps: float | None
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gsa:
    """Satellites in use; ``dimensions`` is 0, 2 or 3."""

    automatic: bool
    dimensions: int
    satellites: tuple[int, ...]
    pdop: float | None
    hdop: float | None
    vdop: float | None
    system: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gll:
    """Position and time."""

    latitude: float | None
    longitude: float | None
    time: datetime | None
    valid: bool
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A sentence whose fields this reader does not know."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A sentence that cannot be read, among others that can.

    Attributes:
        text: as it was sent, bytes outside ASCII as escapes.
        code: of the fault, with its field, reason and place.
    """

    text: str
    code: str
    field: str
    reason: str
    position: str


Body = Rmc | Gga | Vtg | Gsa | Gll | Beside | Other | Rejected


def _speed(knots: float | None) -> float | None:
    return None if knots is None else knots * KNOT_MPS


def _rmc(sentence: Sentence) -> Rmc:
    sentence.enough(11)
    variation = sentence.number(10, "magnetic variation")
    west = sentence.one_of(11, "variation direction", "EW") == "W"
    return Rmc(
        time=sentence.dated(1, 9),
        valid=sentence.one_of(2, "status", "AV") == "A",
        latitude=sentence.angle(3, "latitude", 2, "NS"),
        longitude=sentence.angle(5, "longitude", 3, "EW"),
        speed_mps=_speed(sentence.number(7, "speed")),
        track_deg=sentence.number(8, "track"),
        variation_deg=-variation if variation is not None and west else variation,
        mode=sentence.text(12),
        status=sentence.text(13),
    )


def _gga(sentence: Sentence) -> Gga:
    sentence.enough(14)
    return Gga(
        time=sentence.moment(1),
        latitude=sentence.angle(2, "latitude", 2, "NS"),
        longitude=sentence.angle(4, "longitude", 3, "EW"),
        quality=sentence.whole(6, "quality") or 0,
        satellites=sentence.whole(7, "satellites"),
        hdop=sentence.number(8, "HDOP"),
        altitude_m=sentence.number(9, "altitude"),
        separation_m=sentence.number(11, "geoid separation"),
        age_s=sentence.number(13, "age of correction"),
        station=sentence.text(14),
    )


def _vtg(sentence: Sentence) -> Vtg:
    sentence.enough(8)
    if len(sentence.fields) == 5 and sentence.text(2) != "T":
        return _old_vtg(sentence)
    knots, kmph = sentence.number(5, "speed in knots"), sentence.number(7, "speed in km/h")
    return Vtg(
        track_deg=sentence.number(1, "true track"),
        magnetic_deg=sentence.number(3, "magnetic track"),
        speed_mps=_speed(knots) if knots is not None or kmph is None else kmph / 3.6,
        mode=sentence.text(9),
    )


def _old_vtg(sentence: Sentence) -> Vtg:
    """True and magnetic track, knots, km/h, as before version 2.3."""
    knots, kmph = sentence.number(3, "speed in knots"), sentence.number(4, "speed in km/h")
    return Vtg(
        track_deg=sentence.number(1, "true track"),
        magnetic_deg=sentence.number(2, "magnetic track"),
        speed_mps=_speed(knots) if knots is not None or kmph is None else kmph / 3.6,
        mode="",
    )


def _gsa(sentence: Sentence) -> Gsa:
    sentence.enough(17)
    numbers = [sentence.whole(index, "satellite id") for index in range(3, 15)]
    dimensions = sentence.one_of(2, "dimensions", "123")
    return Gsa(
        automatic=sentence.one_of(1, "selection", "AM") == "A",
        dimensions=int(dimensions) if dimensions in ("2", "3") else 0,
        satellites=tuple(
            _IDS[one] if one < len(_IDS) else one for one in numbers if one is not None
        ),
        pdop=sentence.number(15, "PDOP"),
        hdop=sentence.number(16, "HDOP"),
        vdop=sentence.number(17, "VDOP"),
        system=_system(sentence.text(18)),
    )


def _system(text: str) -> int | None:
    """System ids are one hexadecimal digit."""
    return int(text, 16) if len(text) == 1 and text in "123456789ABCDEFabcdef" else None


def _gll(sentence: Sentence) -> Gll:
    sentence.enough(6)
    return Gll(
        latitude=sentence.angle(1, "latitude", 2, "NS"),
        longitude=sentence.angle(3, "longitude", 3, "EW"),
        time=sentence.moment(5),
        valid=sentence.one_of(6, "status", "AV") == "A",
        mode=sentence.text(7),
    )


READERS: Final[Mapping[str, Callable[[Sentence], Body]]] = {
    "RMC": _rmc,
    "GGA": _gga,
    "VTG": _vtg,
    "GSA": _gsa,
    "GLL": _gll,
    **beside.READERS,
}
"""Readers by type of sentence."""
