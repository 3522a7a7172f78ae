"""Aircraft by ICAO type designator (Doc 8643): the sizes that give a type its shape, in metres.

Length, wing span and tail height are the makers' published figures, rounded to decimetres; the body's
width likewise. Feeds name types by ICAO designator or by IATA code; both are looked up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Engines = Literal["two under the wing", "four under the wing", "two at the tail", "three"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AircraftType:
    """Sizes of one type.

    Attributes:
        designator: ICAO type designator.
        code: size letter of ICAO Annex 14.
        deck: an upper deck along this share of the body.
    """

    designator: str
    code: str
    length_m: float
    span_m: float
    height_m: float
    body_m: float
    engines: Engines
    deck: float = 0.0


def _row(designator: str, code: str, engines: Engines, *metres: float) -> AircraftType:
    length, span, height, body = metres[:4]
    return AircraftType(
        designator=designator,
        code=code,
        length_m=length,
        span_m=span,
        height_m=height,
        body_m=body,
        engines=engines,
        deck=metres[4] if len(metres) > 4 else 0.0,
    )


_TWO: Engines = "two under the wing"
_FOUR: Engines = "four under the wing"
_TAIL: Engines = "two at the tail"

TYPES = MappingProxyType(
    {
        row.designator: row
        for row in (
            _row("A319", "C", _TWO, 33.8, 35.8, 11.8, 3.95),
            _row("A320", "C", _TWO, 37.6, 35.8, 11.8, 3.95),
            _row("A321", "C", _TWO, 44.5, 35.8, 11.8, 3.95),
            _row("B737", "C", _TWO, 33.6, 35.8, 12.6, 3.76),
            _row("B738", "C", _TWO, 39.5, 35.8, 12.6, 3.76),
            _row("B739", "C", _TWO, 42.1, 35.8, 12.6, 3.76),
            _row("C919", "C", _TWO, 38.9, 35.8, 12.0, 3.96),
            _row("AJ27", "C", _TAIL, 33.5, 27.3, 8.4, 3.14),
            _row("CRJ9", "C", _TAIL, 36.4, 24.9, 7.5, 2.7),
            _row("E190", "C", _TWO, 36.2, 28.7, 10.6, 3.0),
            _row("B752", "D", _TWO, 47.3, 38.1, 13.6, 3.76),
            _row("B763", "D", _TWO, 54.9, 47.6, 15.9, 5.03),
            _row("MD11", "D", "three", 61.6, 51.7, 17.6, 6.02),
            _row("A332", "E", _TWO, 58.8, 60.3, 17.4, 5.64),
            _row("A333", "E", _TWO, 63.7, 60.3, 16.8, 5.64),
            _row("A343", "E", _FOUR, 63.7, 60.3, 16.9, 5.64),
            _row("A359", "E", _TWO, 66.8, 64.8, 17.1, 5.96),
            _row("A35K", "E", _TWO, 73.8, 64.8, 17.1, 5.96),
            _row("B772", "E", _TWO, 63.7, 60.9, 18.5, 6.2),
            _row("B77W", "E", _TWO, 73.9, 64.8, 18.5, 6.2),
            _row("B788", "E", _TWO, 56.7, 60.1, 16.9, 5.77),
            _row("B789", "E", _TWO, 62.8, 60.1, 17.0, 5.77),
            _row("B744", "E", _FOUR, 70.7, 64.4, 19.4, 6.5, 0.3),
            _row("B748", "F", _FOUR, 76.3, 68.4, 19.4, 6.5, 0.36),
            _row("A388", "F", _FOUR, 72.7, 79.8, 24.1, 7.1, 0.8),
            _row("GLF5", "B", _TAIL, 29.4, 23.8, 7.9, 2.4),
        )
    }
)
"""Every type that has a model."""

SAME_SHAPE = MappingProxyType(
    {
        # ICAO designators drawn as a near relative
        **dict.fromkeys(("A318", "A19N"), "A319"),
        "A20N": "A320",
        "A21N": "A321",
        **dict.fromkeys(("B733", "B735", "B736", "B37M"), "B737"),
        **dict.fromkeys(("B734", "B38M"), "B738"),
        "B39M": "B739",
        **dict.fromkeys(("E170", "E75L", "E75S", "E195", "E290", "E295", "BCS1", "BCS3"), "E190"),
        **dict.fromkeys(("CRJ2", "CRJ7", "E145"), "CRJ9"),
        "B753": "B752",
        **dict.fromkeys(("B762", "B764", "A306", "A310"), "B763"),
        "A338": "A332",
        "A339": "A333",
        **dict.fromkeys(("A345", "A346", "A342"), "A343"),
        **dict.fromkeys(("B77L", "B778"), "B772"),
        **dict.fromkeys(("B773", "B779"), "B77W"),
        "B78X": "B789",
        "GLF4": "GLF5",
        # IATA codes
        **dict.fromkeys(("318", "319", "31N"), "A319"),
        **dict.fromkeys(("320", "32A", "32N", "32S"), "A320"),
        **dict.fromkeys(("321", "32B", "32Q"), "A321"),
        **dict.fromkeys(("733", "735", "736", "737", "73G", "73W", "7M7"), "B737"),
        **dict.fromkeys(("734", "738", "73H", "73F", "7M8", "7S8"), "B738"),
        **dict.fromkeys(("739", "73J", "7M9"), "B739"),
        "919": "C919",
        **dict.fromkeys(("909", "AR9", "ARJ"), "AJ27"),
        **dict.fromkeys(("CR2", "CR7", "CR9", "CRJ"), "CRJ9"),
        **dict.fromkeys(("E70", "E75", "E90", "E95", "290", "221", "223"), "E190"),
        **dict.fromkeys(("752", "753", "757", "75F", "75W"), "B752"),
        **dict.fromkeys(("762", "763", "764", "767", "76F", "76W"), "B763"),
        **dict.fromkeys(("M11", "M1F"), "MD11"),
        **dict.fromkeys(("332", "338", "33F", "330"), "A332"),
        **dict.fromkeys(("333", "339", "33N"), "A333"),
        **dict.fromkeys(("340", "342", "343", "345", "346"), "A343"),
        **dict.fromkeys(("350", "359"), "A359"),
        "351": "A35K",
        **dict.fromkeys(("772", "777", "77F", "77L", "77X"), "B772"),
        **dict.fromkeys(("773", "77W"), "B77W"),
        **dict.fromkeys(("787", "788"), "B788"),
        **dict.fromkeys(("789", "781", "78J"), "B789"),
        **dict.fromkeys(("744", "747", "74E", "74F", "74Y"), "B744"),
        **dict.fromkeys(("748", "74H", "74N"), "B748"),
        **dict.fromkeys(("380", "388"), "A388"),
    }
)
"""Other designators and IATA codes, by the type whose model they share."""

BY_CODE = MappingProxyType(
    {"A": "GLF5", "B": "GLF5", "C": "A320", "D": "B763", "E": "A333", "F": "B748"}
)
"""The type drawn when only a size letter is known."""


def known_type(name: str, code: str = "C") -> AircraftType:
    """The type of an ICAO designator or IATA code, else the usual one of a size letter.

    >>> known_type("77W").designator, known_type("A21N").designator, known_type("?", "E").designator
    ('B77W', 'A321', 'A333')
    """
    key = name.strip().upper()
    key = SAME_SHAPE.get(key, key)
    return TYPES[key] if key in TYPES else TYPES[BY_CODE.get(code, "A320")]
