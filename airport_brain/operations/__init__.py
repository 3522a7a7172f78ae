"""Airport operations: flight legs, their clocks and the flight board."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from airport_brain.operations.domain import Direction, Flight, FlightId, LegId
from airport_brain.operations.errors import (
    OperationsError,
    OriginalGone,
    UnknownFlight,
    UnknownMessage,
)
from airport_brain.operations.formats import aidx

DECODERS: Mapping[str, Callable[[bytes], list[dict[str, object]]]] = MappingProxyType(
    {aidx.FORMAT: aidx.decode}
)
"""Wire formats of this package by name; each raises ``Malformed`` with field and place."""

__all__ = [
    "DECODERS",
    "Direction",
    "Flight",
    "FlightId",
    "LegId",
    "OperationsError",
    "OriginalGone",
    "UnknownFlight",
    "UnknownMessage",
]
