"""Air waybill numbers: three digits of the airline's prefix and eight of the serial number.

The last digit of the serial is a check digit: the seven before it modulo 7 (IATA Resolution 600a).
Inside, a number is eleven digits; on paper and screens the prefix is set off by a hyphen. House
waybill numbers are something else (any letters and digits, unique per forwarder only).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NewType

from cargo_platform.errors import BadAwb

Awb = NewType("Awb", str)
"""Eleven digits with a right check digit."""

_HYPHENS: Final = "‐‑‒–—―−ー－"
_SPELLING: Final = re.compile(
    r"(?:M?AWB(?:\s*(?:NO\.?|[:#]))?)?\s*([0-9]{3})(?:\s*-\s*|\s*)([0-9]{4})\s?([0-9]{4})",
    re.ASCII | re.IGNORECASE,
)
_LONGEST: Final = 40
_SHAPE: Final = "3 digits, a hyphen and 8 digits"


def check_digit(serial7: str) -> int:
    """Give the check digit of the first seven digits of a serial number.

    >>> check_digit("1234567")
    5
    """
    return int(serial7) % 7


def parse_awb(text: str) -> Awb:
    """Read a number in any usual spelling, full-width digits included.

    >>> parse_awb("112 1234 5675"), parse_awb("１１２－１２３４５６７５")
    ('11212345675', '11212345675')

    Raises:
        BadAwb: other than eleven digits, or a wrong check digit.
    """
    if len(text) > _LONGEST:
        raise BadAwb("awb-form", "not an air waybill number", found=text, expected=_SHAPE)
    folded = unicodedata.normalize("NFKC", text).strip()
    for hyphen in _HYPHENS:
        folded = folded.replace(hyphen, "-")
    found = _SPELLING.fullmatch(folded)
    if found is None:
        raise BadAwb("awb-form", "not an air waybill number", found=text, expected=_SHAPE)
    return make_awb(found[1], found[2] + found[3])


def make_awb(prefix: str, serial: str) -> Awb:
    """Join a three-digit prefix and an eight-digit serial number.

    Raises:
        BadAwb: the check digit is wrong.
    """
    right = check_digit(serial[:7])
    if int(serial[7]) != right:
        raise BadAwb("awb-check-digit", "wrong check digit", found=serial[7], expected=str(right))
    return Awb(prefix + serial)


def format_awb(awb: Awb) -> str:
    """Write a number as people read it.

    >>> format_awb(Awb("11212345675"))
    '112-12345675'
    """
    return f"{awb[:3]}-{awb[3:]}"
