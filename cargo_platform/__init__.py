"""Cargo: messages in, shipments and their milestones out, the public query port 空运通."""

from cargo_platform.awb import Awb, format_awb, parse_awb
from cargo_platform.decoders import DECODERS, RECOGNISERS
from cargo_platform.errors import BadAwb, BadHawb, BadUld, CargoError, UnknownShipment
from cargo_platform.formats import fsu
from cargo_platform.formats.cimp_values import Consignment, Quantity, TimeInformation
from cargo_platform.stations import to_local
from cargo_platform.uld import Hawb, Uld, parse_hawb, parse_uld
from cargo_platform.wire_formats import FORMATS, WORDS

__all__ = [
    "DECODERS",
    "FORMATS",
    "RECOGNISERS",
    "WORDS",
    "Awb",
    "BadAwb",
    "BadHawb",
    "BadUld",
    "CargoError",
    "Consignment",
    "Hawb",
    "Quantity",
    "TimeInformation",
    "Uld",
    "UnknownShipment",
    "format_awb",
    "fsu",
    "parse_awb",
    "parse_hawb",
    "parse_uld",
    "to_local",
]
