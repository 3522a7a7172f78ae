"""Passenger identity: the way from booking to boarding, with a face decision at the gate."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from passenger_id.domain import JourneyId, State
from passenger_id.errors import PassengerError
from passenger_id.formats import dcs_json
from passenger_id.reasons import REASONS, Reason

DECODERS: Mapping[str, Callable[[bytes], list[dict[str, object]]]] = MappingProxyType(
    {dcs_json.FORMAT: dcs_json.decode_journeys}
)
"""Wire formats of this package by name; each raises ``Malformed`` with field and place."""

__all__ = [
    "DECODERS",
    "REASONS",
    "JourneyId",
    "PassengerError",
    "Reason",
    "State",
]
