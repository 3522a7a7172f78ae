"""ADS-B: extended squitters of aircraft and airport vehicles (DF17, DF18), both ways.

Frames (:mod:`.message`) and their dresses (:mod:`.dresses`), bodies (:mod:`.bodies`, :mod:`.status`),
altitudes (:mod:`.altitude`), encoded positions (:mod:`.cpr`) and how they become positions
(:mod:`.locating`); what may be odd is listed in :mod:`.faults`. ADS-B carries no time: the receiver's
clock dates a message.
"""

from spatiotemporal.sources.adsb.bodies import (
    AirbornePosition,
    Body,
    Identification,
    Other,
    SurfacePosition,
    Velocity,
    movement_of,
)
from spatiotemporal.sources.adsb.cpr import Cpr, Position
from spatiotemporal.sources.adsb.faults import FORMAT
from spatiotemporal.sources.adsb.locating import Locator
from spatiotemporal.sources.adsb.message import Message, crc, encode, parse, read_frame, recognise
from spatiotemporal.sources.adsb.status import Advisory, Emergency, OperationalStatus, TargetState

__all__ = [
    "FORMAT",
    "Advisory",
    "AirbornePosition",
    "Body",
    "Cpr",
    "Emergency",
    "Identification",
    "Locator",
    "Message",
    "OperationalStatus",
    "Other",
    "Position",
    "SurfacePosition",
    "TargetState",
    "Velocity",
    "crc",
    "encode",
    "movement_of",
    "parse",
    "read_frame",
    "recognise",
]
