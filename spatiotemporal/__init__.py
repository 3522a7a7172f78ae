"""Where everything is and was: positions of movers, the live picture, the airport's ground."""

from spatiotemporal.decoders import DECODERS, RECOGNISERS
from spatiotemporal.domain import Fix, MoverState, Registered
from spatiotemporal.errors import ImpossibleFix, SpatiotemporalError, UnknownMover
from spatiotemporal.sources import jt808
from spatiotemporal.sources.jt808 import frame as jt808_frame
from spatiotemporal.wire_formats import FORMATS, WORDS

__all__ = [
    "DECODERS",
    "FORMATS",
    "RECOGNISERS",
    "WORDS",
    "Fix",
    "ImpossibleFix",
    "MoverState",
    "Registered",
    "SpatiotemporalError",
    "UnknownMover",
    "jt808",
    "jt808_frame",
]
