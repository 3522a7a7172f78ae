"""Passenger name lists (PNL), their changes (ADL) and reconciled lists (PRL): read and written.

Standard: IATA Recommended Practice 1708 (PNL, ADL) as publicly described; PRL (RP 1719b) has the same
elements and is read with the same reader, the elements of its own kept as they stand (its text was not
available).
Lines of upper-case ASCII, in one or more Type B messages of numbered parts; UTF-8 and single bytes are
taken with a notice. Positions in faults are ``line N column M``, from 1.

=====================  ==================================================================================
line                   what
=====================  ==================================================================================
``QU ...``, ``.XXX``   envelope: addresses and origin; kept whole
``PNL``                message identifier; ``ADL``, ``PRL``
``MU5101/24NOV SHA     flight, day and month (**no year**), board point, number of the part
PART1``
``CFG/``, ``RBD``,     configuration, booking classes, availability, other lines before the first total;
``ANA/``, ``AVAIL``    kept as they stand
``-PEK120Y``           total of a destination and class; ``-PAD003`` after it counts who may be left behind
``ADD DEL CHG``        ADL only: what happens with the names that follow
``2LI/NAMS/SIMR-B3``   number in the name, surname, given names with titles, group code and group size
``.L/K7Q2ZP/MU``       an element of the name before it, on its line or the next: record locator
``.R/VGML HK1``        remark or service request; ``.RN/`` goes on with it
``.I/`` ``.O/``        inbound and onward connection, ``.O2/`` the one beyond; ``.M/`` the flight as sold:
                       ``MU2405Y24PEKXIY1130HK``
``.N/`` ``.W/``        bag tags; bags and their weight (PRL, where ``.R/SEAT`` and ``.R/CHKD`` say seat
                       and sequence)
``ENDPART1``           end of a part that is not the last; ``ENDPNL``, ``ENDADL``, ``ENDPRL`` of the last
=====================  ==================================================================================

Every part repeats identifier, flight and totals; :class:`Assembly` puts them together. **PART1
received again replaces everything.** Names are optional; totals are not, and they count everybody.

Traps: a hyphen is part of a surname unless letters and digits follow it to the end; one name element
can stand for several people; only the first of a party says its record locator; a part may break off in
the middle of a class, and then begins with its total again.

Refused for their number: ``too-many-parts``, lines and elements on them; ``too-many-lists``, lists one
after the other.

Notices (faults in strict mode):

======================  ================================================================================
``pnl-no-part``         The flight line does not say which part this is.
``pnl-no-end``          The end of the part is missing.
``pnl-no-action``       Names of a list of changes stand before ADD, DEL or CHG.
``pnl-name``            A name has characters or a form that the standard does not have.
``pnl-count``           The number in a name is not the number of given names.
``pnl-unknown-line``    A line of no known kind was kept unread.
``pnl-blank-line``      A blank line inside the list was passed over.
``pnl-lower-case``      Lower-case letters stand where the standard has capitals.
``pnl-not-ascii``       Characters outside ASCII were kept.
``pnl-folded-name``     The given names go on in the next line.
``pnl-day``             The day does not exist in the years around the reference.
``pnl-after-end``       Text after the end was left out.
======================  ================================================================================
"""

from passenger_id.formats.name_list.assembly import Assembly
from passenger_id.formats.name_list.connections import Connection
from passenger_id.formats.name_list.message import (
    FORMAT,
    NOTICES,
    Change,
    DestinationTotal,
    Element,
    Name,
    NameList,
)
from passenger_id.formats.name_list.reading import MAX_BYTES, parse, recognise
from passenger_id.formats.name_list.writing import encode

__all__ = [
    "FORMAT",
    "MAX_BYTES",
    "NOTICES",
    "Assembly",
    "Change",
    "Connection",
    "DestinationTotal",
    "Element",
    "Name",
    "NameList",
    "encode",
    "parse",
    "recognise",
]
