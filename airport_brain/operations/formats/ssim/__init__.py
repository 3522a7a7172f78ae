"""SSIM chapter 7: schedule files of airlines, read, checked, expanded to dated legs and written.

Standard: IATA Standard Schedules Information Manual, chapter 7, "presentation and transfer of schedule
data sets". The layouts in ``fields.py`` are general knowledge, checked against real files; the manual
is IATA's and is not shipped. A file is records of 200 bytes, the type in byte 1, the record's serial
number in bytes 195 to 200:

====  =================  ==========================================================================
type  record             holds
====  =================  ==========================================================================
1     header             title, data set serial number
2     carrier            time mode (L local, U UTC), airline, season, validity, status
3     flight leg         flight, itinerary variation, leg, period, days, stations, times, aircraft
4     segment data       a data element (DEI) of a segment: code shares (010, 050), restrictions ...
5     trailer            closes its type 2; C another follows, E end
====  =================  ==========================================================================

Traps: records of zeros fill blocks of five; a file may hold several type 2 with the same flights; a leg
is named by data set, airline, number, suffix (byte 2), itinerary variation with its overflow (byte
128) and leg sequence; aircraft and passenger times change places between departure and arrival; years
have two digits, placed nearest to the reference; ``00XXX00`` is an open end.

Notices (``ssim-`` in front): ``odd-form`` a field has not its form and is kept; ``spare-not-blank``
spare bytes hold text, kept; ``record-length`` a record is not 200 bytes; ``line-end`` lines end in
different ways; ``blank-record`` an empty line; ``byte-order-mark``, ``end-mark`` marks around the file;
``no-header``,
``no-carrier``, ``no-trailer`` a record is missing; ``other-airline`` airline of leg or trailer is not the
carrier's; ``serial-gap`` serial numbers do not count on; ``serial-check`` the trailer's check reference
is wrong; ``duplicate-leg`` the same leg again, all the same; ``conflicting-leg`` the same leg again
with other content; ``leg-sequence`` a leg is missing before it; ``leg-chain`` a leg leaves from elsewhere
than the one before arrived; ``segment-without-leg`` a type 4 without its type 3; ``period-reversed``,
``no-days`` a leg that never operates.

A file of very many records that are cut short is refused.
"""

from airport_brain.operations.formats.ssim.checks import Duplicate, duplicates
from airport_brain.operations.formats.ssim.expansion import DatedLeg, dated_legs, operating_days
from airport_brain.operations.formats.ssim.file import FORMAT, encode, parse, recognise
from airport_brain.operations.formats.ssim.records import (
    Carrier,
    DataSet,
    Filler,
    FlightLeg,
    Header,
    Record,
    Schedule,
    Segment,
    Trailer,
)

__all__ = [
    "FORMAT",
    "Carrier",
    "DataSet",
    "DatedLeg",
    "Duplicate",
    "Filler",
    "FlightLeg",
    "Header",
    "Record",
    "Schedule",
    "Segment",
    "Trailer",
    "dated_legs",
    "duplicates",
    "encode",
    "operating_days",
    "parse",
    "recognise",
]
