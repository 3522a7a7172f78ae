"""Passenger identity: the way from booking to boarding, with a face decision at the gate."""

from passenger_id.decoders import DECODERS, RECOGNISERS
from passenger_id.domain import JourneyId, State
from passenger_id.errors import PassengerError
from passenger_id.reasons import REASONS, Reason
from passenger_id.wire_formats import FORMATS, WORDS

__all__ = [
    "DECODERS",
    "FORMATS",
    "REASONS",
    "RECOGNISERS",
    "WORDS",
    "JourneyId",
    "PassengerError",
    "Reason",
    "State",
]
