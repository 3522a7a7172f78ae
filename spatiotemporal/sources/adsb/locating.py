"""From encoded positions to positions: what was heard of each aircraft so far decides how.

An encoded position alone is ambiguous. In order: near the last known position of the same aircraft,
from a pair of an even and an odd message, on the surface near the airport. A position that the
aircraft could not have reached from the last one is not taken twice: the memory starts anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from spatiotemporal.sources.adsb import cpr
from spatiotemporal.sources.adsb.bodies import AirbornePosition, SurfacePosition
from spatiotemporal.sources.adsb.cpr import Cpr, Position
from spatiotemporal.sources.adsb.message import Message

PAIR_S: Final = 10.0
"""An even and an odd message of an aircraft in the air at most this far apart (Doc 9871)."""
SURFACE_PAIR_S: Final = 25.0
"""On the surface above 25 kt; slower ones may be 50 s apart, which is not used."""
KNOWN_S: Final = 60.0
"""Age up to which the last position serves as a reference."""
FASTEST_MPS: Final = 700.0
SLACK_M: Final = 2_000.0
MOST: Final = 10_000
"""Aircraft remembered; the one silent for longest goes first."""

METRES_PER_DEGREE: Final = 111_195.0


@dataclass(slots=True)
class _Heard:
    at_s: float = 0.0
    position: Position | None = None
    located_s: float = 0.0
    frames: dict[tuple[bool, bool], tuple[float, Cpr]] = field(default_factory=dict)


class Locator:
    """Positions of aircraft from their messages, in order of receipt."""

    def __init__(self, reference: Position | None = None) -> None:
        """Keep the reference.

        Args:
            reference: latitude and longitude of the airport: within 80 km of all surface traffic
                that is heard. Without one, surface positions need an earlier position in the air.
        """
        self._reference = reference
        self._heard: dict[str, _Heard] = {}

    def locate(self, message: Message, at_s: float) -> Position | None:
        """The position of a message received at ``at_s`` seconds; ``None`` if not known yet."""
        body = message.body
        if not isinstance(body, SurfacePosition | AirbornePosition):
            return None
        heard = self._memory(message.address)
        heard.at_s = at_s
        surface = isinstance(body, SurfacePosition)
        found = self._find(heard, body.cpr, surface, at_s)
        heard.frames[surface, body.cpr.odd] = (at_s, body.cpr)
        if found is not None and not _reachable(heard, found, at_s):
            heard.position, heard.frames = None, {}
            return None
        if found is not None:
            heard.position, heard.located_s = found, at_s
        return found

    def _find(self, heard: _Heard, code: Cpr, surface: bool, at_s: float) -> Position | None:
        span = cpr.SURFACE if surface else cpr.AIR
        if heard.position is not None and at_s - heard.located_s <= KNOWN_S:
            return cpr.near(code, heard.position, span)
        if surface and self._reference is not None:
            return cpr.near(code, self._reference, span)
        partner = heard.frames.get((surface, not code.odd))
        limit = SURFACE_PAIR_S if surface else PAIR_S
        if surface or partner is None or at_s - partner[0] > limit:
            return None
        return cpr.paired(partner[1], code)

    def _memory(self, address: str) -> _Heard:
        heard = self._heard.get(address)
        if heard is None:
            if len(self._heard) >= MOST:
                del self._heard[min(self._heard, key=lambda one: self._heard[one].at_s)]
            heard = self._heard[address] = _Heard()
        return heard


def _reachable(heard: _Heard, found: Position, at_s: float) -> bool:
    if heard.position is None:
        return True
    north = (found[0] - heard.position[0]) * METRES_PER_DEGREE
    east = (found[1] - heard.position[1] + 180.0) % 360.0 - 180.0
    east *= METRES_PER_DEGREE * math.cos(math.radians(found[0]))
    return math.hypot(north, east) <= FASTEST_MPS * (at_s - heard.located_s) + SLACK_M
