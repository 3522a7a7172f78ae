"""Where the values of ADS-B messages stand: bits of each frame, in octets or hexadecimal digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from service_bus import Malformed, Place
from spatiotemporal.sources.adsb.dresses import Dressed, frames
from spatiotemporal.sources.adsb.message import read_frame

_LONG: Final = 14

_FRAME: Final = (("downlink", 0, 5), ("capability", 5, 8), ("address", 8, 32))

_POSITION: Final = (("cpr", 0, 53, 54), ("cpr", 1, 54, 71), ("cpr", 2, 71, 88))
_BODIES: Final[Mapping[str, tuple[tuple[str, int, int], ...]]] = {
    "Identification": (("category", 32, 40), ("callsign", 40, 88), ("name", 40, 88)),
    "SurfacePosition": (
        ("type_code", 32, 37), ("movement", 37, 44), ("speed_mps", 37, 44), ("track_valid", 44, 45),
        ("track", 45, 52), ("track_deg", 45, 52), ("utc", 52, 53),
    ),
    "AirbornePosition": (
        ("type_code", 32, 37), ("barometric", 32, 37), ("status", 37, 39), ("supplement", 39, 40),
        ("altitude", 40, 52), ("altitude_m", 40, 52), ("utc", 52, 53),
    ),
    "Velocity": (
        ("subtype", 37, 40), ("intent_change", 40, 41), ("ifr", 41, 42), ("nac_v", 42, 45),
        ("first", 45, 56), ("heading_deg", 45, 56), ("second", 56, 67), ("airspeed_mps", 56, 67),
        ("true_airspeed", 56, 57), ("speed_mps", 45, 67), ("track_deg", 45, 67),
        ("rate_source", 67, 68), ("rate", 68, 78), ("climb_mps", 68, 78), ("reserved", 78, 80),
        ("difference", 80, 88), ("above_barometric_m", 80, 88),
    ),
    "Emergency": (("state", 40, 43), ("mode_a", 43, 56), ("squawk", 43, 56), ("reserved", 56, 88)),
    "Advisory": (
        ("advisory", 40, 54), ("complements", 54, 58), ("terminated", 58, 59), ("several", 59, 60),
        ("threat_kind", 60, 62), ("threat", 62, 88),
    ),
    "TargetState": (
        ("sil_supplement", 39, 40), ("fms", 40, 41), ("selected_altitude", 41, 52),
        ("selected_altitude_m", 41, 52), ("pressure", 52, 61), ("pressure_hpa", 52, 61),
        ("heading_valid", 61, 62), ("selected_heading", 62, 71), ("selected_heading_deg", 62, 71),
        ("nac_p", 71, 75), ("nic_baro", 75, 76), ("sil", 76, 78), ("modes_valid", 78, 79),
        ("autopilot", 79, 80), ("vnav", 80, 81), ("altitude_hold", 81, 82), ("adsr", 82, 83),
        ("approach", 83, 84), ("tcas", 84, 85), ("lnav", 85, 86), ("reserved", 86, 88),
    ),
    "OperationalStatus": (
        ("surface", 37, 40), ("capability", 40, 56), ("length_m", 52, 56), ("width_m", 52, 56),
        ("mode_bits", 56, 72), ("adsb_version", 72, 75), ("nic_supplement", 75, 76),
        ("nac_p", 76, 80), ("gva", 80, 82), ("sil", 82, 84), ("heading", 84, 85),
        ("magnetic", 85, 86), ("sil_supplement", 86, 87), ("reserved", 87, 88),
    ),
}  # fmt: skip
"""Bits of a frame, the first after the first's own count from 0, by the name of the body."""


def places(data: bytes, messages: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Places of the values of every long frame; Beast dress and short frames have none."""
    found: list[Place] = []
    for number, start, digits in _starts(data, messages):
        for path, first, last in _bits(messages[number]):
            low, high = _span(start, first, last, digits)
            found.append(Place(path=(number, *path), start=low, end=high))
    return found


def _starts(data: bytes, messages: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, bool]]:
    """Number and first byte of each long frame, and whether it stands there in digits."""
    if data[:1] >= b"\x80":
        yield from ((number, number * _LONG, False) for number in range(len(messages)))
        return
    text, at = data.upper(), 0
    for number, frame in enumerate(_kept(data)):
        digits = frame.hex().upper().encode()
        start = text.find(digits, at)
        if start < 0 or number >= len(messages):
            return
        if len(frame) == _LONG:
            yield number, start, True
        at = start + len(digits)


def _kept(data: bytes) -> Iterator[bytes]:
    """Frames that became messages."""
    for one in frames(data):
        if isinstance(one, Dressed):
            try:
                yield read_frame(one.data).original
            except Malformed:
                continue


def _bits(message: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], int, int]]:
    for name, first, last in _FRAME:
        yield (name,), first, last
    kind, body = str(message.get("kind", "")), message.get("body")
    if not isinstance(body, Mapping):
        return
    for name, first, last in _BODIES.get(kind, ()):
        if name in body:
            yield ("body", name), first, last
    if "cpr" in body:
        for _, index, first, last in _POSITION:
            yield ("body", "cpr", index), first, last
        if "latitude" in message:
            yield ("latitude",), 54, 71
            yield ("longitude",), 71, 88
    yield ("kind",), 32, 37


def _span(start: int, first: int, last: int, digits: bool) -> tuple[int, int]:
    """Bits to octets, or to digits of four bits."""
    size = 4 if digits else 8
    return start + first // size, start + (last + size - 1) // size
