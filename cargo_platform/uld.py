"""Unit load devices and house waybills: their numbers.

A ULD number is a type of three characters (category, base, contour), a serial number of four or five
and an owner of two or three: ``PMC12345CK``; behind a hyphen may stand a loading indicator. The list of types
is licensed, so only what the first letter says is told here (IATA ULD technical manual, as described
publicly). A house waybill number is whatever its forwarder gives, up to 12 letters and digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NewType

from cargo_platform.errors import BadHawb, BadUld

Hawb = NewType("Hawb", str)
"""Up to 12 capital letters and digits; unique per issuer only."""

CATEGORY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "A": "certified container",
        "B": "winged pallet",
        "D": "container",
        "F": "pallet",
        "G": "pallet net",
        "H": "horse stall",
        "J": "thermal structural igloo",
        "K": "cattle stall",
        "L": "multi-contour container",
        "M": "thermal container",
        "N": "certified pallet net",
        "P": "certified pallet",
        "Q": "hard-wall container",
        "R": "certified thermal container",
        "U": "structural igloo",
        "V": "car transport equipment",
        "X": "airline's own",
    }
)
"""What the first letter of a type says."""

INDICATORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "L": "low, under 160 cm",
        "U": "160 to 244 cm",
        "R": "above 244 cm",
        "M": "main deck",
        "N": "nose door",
    }
)
"""Height or place of a loaded device."""

_ULD: Final = re.compile(
    r"(?P<type>[A-Z][A-Z0-9]{2})(?P<serial>[0-9]{4,5})(?P<owner>[A-Z0-9]{2,3})(?:-(?P<loading>[A-Z]))?",
    re.ASCII,
)
_HAWB: Final = re.compile(r"[A-Z0-9]{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uld:
    """A unit load device."""

    type: str
    serial: str
    owner: str
    loading: str = ""

    @property
    def category(self) -> str:
        """What its first letter says, empty when nothing."""
        return CATEGORY.get(self.type[0], "")

    @property
    def number(self) -> str:
        """Type, serial number and owner."""
        return f"{self.type}{self.serial}{self.owner}"


def parse_uld(text: str) -> Uld:
    """Read a number with or without loading indicator; blanks are passed over.

    >>> parse_uld("PMC 12345 CK-U").number
    'PMC12345CK'

    Raises:
        BadUld: another shape.
    """
    found = _ULD.fullmatch(text.replace(" ", "").upper()) if len(text) < 40 else None
    if found is None:
        raise BadUld(found=text)
    return Uld(
        type=found["type"],
        serial=found["serial"],
        owner=found["owner"],
        loading=found["loading"] or "",
    )


def parse_hawb(text: str) -> Hawb:
    """Read a house waybill number; small letters become capitals.

    >>> parse_hawb(" sha0001234 ")
    'SHA0001234'

    Raises:
        BadHawb: anything but 1 to 12 letters and digits.
    """
    folded = text.strip().upper()
    if len(text) > 40 or _HAWB.fullmatch(folded) is None:
        raise BadHawb(found=text)
    return Hawb(folded)
