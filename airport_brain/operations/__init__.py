"""Airport operations: flight legs, their clocks and the flight board."""

from airport_brain.operations.decoders import DECODERS, RECOGNISERS
from airport_brain.operations.domain import Direction, Flight, FlightId, LegId
from airport_brain.operations.errors import (
    OperationsError,
    OriginalGone,
    UnknownFlight,
    UnknownMessage,
)
from airport_brain.operations.formats import aidx, aidx_message
from airport_brain.operations.wire_formats import FORMATS, WORDS

__all__ = [
    "DECODERS",
    "FORMATS",
    "RECOGNISERS",
    "WORDS",
    "Direction",
    "Flight",
    "FlightId",
    "LegId",
    "OperationsError",
    "OriginalGone",
    "UnknownFlight",
    "UnknownMessage",
    "aidx",
    "aidx_message",
]
