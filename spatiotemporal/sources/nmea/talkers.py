"""Who may speak NMEA 0183: the first two characters of a sentence, to version 4.11."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TALKERS: Final[Mapping[str, str]] = {
    "GP": "GPS", "GL": "GLONASS", "GA": "Galileo", "GB": "BeiDou", "BD": "BeiDou", "GQ": "QZSS",
    "QZ": "QZSS", "GI": "NavIC", "GN": "several",
}  # fmt: skip
"""Satellite receivers, with their system; BD and QZ are older habits."""

_AIS: Final = ("AB", "AD", "AI", "AN", "AR", "AS", "AT", "AX", "BS", "SA")
_HEADING: Final = ("AG", "AP", "HC", "HE", "HF", "HN", "SG", "TC", "TI")
_POSITION: Final = ("DE", "DF", "IN", "LC", "MP", "OM", "SN", "TR")
_RADIO: Final = ("CD", "CR", "CS", "CT", "CV", "CX", "DU", "EP")
_SENSORS: Final = ("DM", "RA", "SD", "SS", "VA", "VD", "VM", "VS", "VW", "WI", "WL", "YX")
_SHIP: Final = (
    "BI", "BN", "CA", "CC", "CM", "DP", "EC", "EI", "ER", "FD", "FE", "FR", "FS", "HD", "HS", "II", "MX",
    "NL", "NV", "RB", "RC", "RI", "UP", "VR", "WD",
)  # fmt: skip
_CLOCKS: Final = ("ZA", "ZC", "ZQ", "ZV")
_USERS: Final = tuple(f"U{number}" for number in range(10))

OTHER_TALKERS: Final = frozenset(
    (*_AIS, *_HEADING, *_POSITION, *_RADIO, *_SENSORS, *_SHIP, *_CLOCKS, *_USERS)
)
"""Everybody else that the standard knows."""
