"""PAXLST: passengers and crew of a flight as carriers report them to border control; read and written.

Standard: UN/EDIFACT message PAXLST (D.02B and near it) in the form of the WCO/IATA/ICAO guide for
advance passenger information, as publicly described; ISO 9735 syntax, with and without ``UNA``,
with and without groups ``UNG``/``UNE``. Every segment is kept, known or not, and written back as it
stood. Positions in faults are ``byte N`` of the bytes given, from 0.

=============================  ============================================================================
segment                        what
=============================  ============================================================================
``UNB`` ``UNG`` ``UNH``        interchange, group (optional) and message, each with a reference that its
                               ``UNT``, ``UNE`` or ``UNZ`` repeats, with a count; ``UNH`` also says which of
                               the messages of one list it is: ``01:C`` the first, ``02:F`` the last
``BGM+745`` ``BGM+250``        passenger list, crew list
``NAD+MS`` ``COM``             who reports, and how to reach them
``TDT+20+MU5101+++MU``         flight, carrier
``LOC+125`` ``LOC+87``         last departure and first arrival airport; 92: others on the way
``DTM+189`` ``DTM+232``        departure and arrival, **local time of the airport before**
``NAD+FL+++LI:NA:MARIA``       passenger; ``FM`` crew; ``DDU``, ``DDT`` in transit
``ATT+2++F``                   sex: M, F, U, X
``DTM+329:800229``             birth, YYMMDD or CCYYMMDD
``LOC+178`` ``179`` ``22``     boarding, disembarkation, clearance; 174 residence, 180 birth, place in words
``NAT+2+CHN``                  nationality
``RFF+AVF:K7Q2ZP``             booking reference; SEA seat, ABO and AEA references; before any person of
                               the message: TN transaction and its revision
``DOC+P:110:111+E1234567``     document, then ``DTM+36`` expiry, ``182`` issue, ``LOC+91`` issuing state
``CNT+42:160``                 passengers stated, of all messages of a list; 41: crew
=============================  ============================================================================

Carried as telegrams, interchanges have lines of addresses before them and are broken after 60 or so
characters, wherever that is.

Times of two-digit years lie in the century that puts births before the reference and all others
within 50 years of it.

Refused for their number: ``too-many-segments``, all of them, people or headers; ``too-many-elements``, in
one segment or in all.

Notices (faults in strict mode):

=========================  ===========================================================================
``paxlst-count``           A trailer states another number of segments, messages or groups.
``paxlst-reference``       A trailer repeats another reference than its header's.
``paxlst-total``           CNT states another number of people than are listed.
``paxlst-no-interchange``  The message stands without UNB and UNZ around it.
``paxlst-no-end``          The interchange or group has no trailer.
``paxlst-envelope``        Text around the interchange was kept unread.
``paxlst-line-breaks``     Line ends inside segments were left out.
``paxlst-terminator``      Segments end with a quotation mark, and no advice says so.
``paxlst-charset``         Characters outside the character set that UNB names.
``paxlst-date``            A date or time does not fit its format or the calendar.
``paxlst-no-name``         A person is listed without a name.
``paxlst-order``           A segment stands where nobody and no flight is open to it.
=========================  ===========================================================================
"""

from passenger_id.formats.paxlst.building import interchange
from passenger_id.formats.paxlst.message import (
    FORMAT,
    NOTICES,
    Document,
    Flight,
    Group,
    Interchange,
    Moment,
    PaxList,
    Person,
    Place,
    Reference,
)
from passenger_id.formats.paxlst.reading import MAX_BYTES, parse, recognise
from passenger_id.formats.paxlst.writing import encode

__all__ = [
    "FORMAT",
    "MAX_BYTES",
    "NOTICES",
    "Document",
    "Flight",
    "Group",
    "Interchange",
    "Moment",
    "PaxList",
    "Person",
    "Place",
    "Reference",
    "encode",
    "interchange",
    "parse",
    "recognise",
]
