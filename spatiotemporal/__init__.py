"""Where everything is and was: positions of movers, the live picture, the airport's ground."""

from spatiotemporal.decoders import DECODERS
from spatiotemporal.domain import Fix, MoverState, Registered
from spatiotemporal.errors import ImpossibleFix, SpatiotemporalError, UnknownMover
from spatiotemporal.sources import jt808, jt808_frame

__all__ = [
    "DECODERS",
    "Fix",
    "ImpossibleFix",
    "MoverState",
    "Registered",
    "SpatiotemporalError",
    "UnknownMover",
    "jt808",
    "jt808_frame",
]
