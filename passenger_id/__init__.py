"""Passenger identity: the way from booking to boarding, with a face decision at the gate."""

from passenger_id.decoders import DECODERS, RECOGNISERS
from passenger_id.domain import JourneyId, State
from passenger_id.errors import PassengerError
from passenger_id.reasons import REASONS, Reason

__all__ = [
    "DECODERS",
    "REASONS",
    "RECOGNISERS",
    "JourneyId",
    "PassengerError",
    "Reason",
    "State",
]
