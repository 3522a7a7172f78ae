"""Machine-readable zones (MRZ) of travel documents: read strictly and kindly, and written.

Standard: ICAO Doc 9303, parts 3 to 7, and one layout that is older. Characters are ``A-Z``, ``0-9`` and
the filler ``<``. Fields stand here without the fillers after them; fillers inside are kept. Positions in
faults are ``line N column M``, from 1.

==================  ==================  ==================  ==================================
field               TD1 (3 x 30)        TD2, TD3 (line 2)   MRV-A, MRV-B (line 2)
==================  ==================  ==================  ==================================
document_code       line 1, 1-2         line 1, 1-2         line 1, 1-2 (``V``)
issuing_state       line 1, 3-5         line 1, 3-5         line 1, 3-5
names               line 3, 1-30        line 1, 6 to end    line 1, 6 to end
document_number     line 1, 6-14        1-9                 1-9
its check digit     line 1, 15          10                  10
nationality         line 2, 16-18       11-13               11-13
date_of_birth       line 2, 1-6         14-19               14-19
its check digit     line 2, 7           20                  20
sex                 line 2, 8           21                  21
date_of_expiry      line 2, 9-14        22-27               22-27
its check digit     line 2, 15          28                  28
optional_data       line 1, 16-30       29-35, 29-42        29 to end
its check digit     none                TD3 only: 43        none
optional_data_2     line 2, 19-29       none                none
composite           line 2, 30          36, 44              **none**
==================  ==================  ==================  ==================================

TD2 and MRV-B have lines of 36 characters, TD3 and MRV-A of 44. The check digit is the sum of values
(``<`` 0, digits, ``A`` 10 to ``Z`` 35) times 7, 3, 1, 7 ..., modulo 10.

French identity cards issued from 1988 to 2021 (``FRA-ID``, 2 x 36) have a layout of their own, older than
the standard's and unlike TD2. They say no date of expiry; year and month of issue open the number.

==================  =====================  ==============================================
line 1, 1-5         ``IDFRA``
line 1, 6-30        surname                parts divided by ``<``
line 1, 31-36       optional_data          département and office of issue
line 2, 1-12, 13    document_number        its check digit behind it
line 2, 14-27       given names            divided by ``<<``, cut at the end
line 2, 28-33, 34   date_of_birth          its check digit behind it
line 2, 35          sex
line 2, 36          composite              over all of line 1 and 1-35 of line 2
==================  =====================  ==============================================

Arithmetic and policy are apart: :attr:`Zone.checks` says which check digits fit, :func:`concerns` what a
reader may mind about a document whose digits are right (unknown states, expiry, specimens).

Traps: a document number of more than 9 characters goes on in the optional data of TD1 and TD2, its check
digit behind it and ``<`` in its place, and some states (Portugal, Belgium up to about 2020) count that
``<`` for the digit, so both ways fit; the check digit of a blank field (optional data; the expiry of a
document without one) is ``<`` or ``0``; Germany is ``D``; names are cut at the end of their field; any part
of a birth may be unknown (``<<``); years have two digits: births lie before the reference, expiries within
50 years of it.

Notices (faults in strict mode):

======================  ==============================================================================
``mrz-check-digit``     A check digit does not fit what it covers.
``mrz-date``            A date does not exist in the calendar.
``mrz-unusual-value``   A value is outside what the standard lists for its field.
``mrz-lower-case``      Lower-case letters were read as capitals.
``mrz-blanks``          Blanks around or inside a line were left out.
``mrz-one-line``        The lines were not divided; they were divided by their length.
``mrz-line-short``      Fillers are missing at the end of the names; they were added.
======================  ==============================================================================
"""

from passenger_id.formats.mrz.check_digits import check_digit
from passenger_id.formats.mrz.layouts import LAYOUTS, Layout
from passenger_id.formats.mrz.policy import CONCERNS, concerns
from passenger_id.formats.mrz.reading import MAX_BYTES, parse, recognise
from passenger_id.formats.mrz.writing import encode, names_field
from passenger_id.formats.mrz.zone import FORMAT, NOTICES, WrittenDigits, Zone

__all__ = [
    "CONCERNS",
    "FORMAT",
    "LAYOUTS",
    "MAX_BYTES",
    "NOTICES",
    "Layout",
    "WrittenDigits",
    "Zone",
    "check_digit",
    "concerns",
    "encode",
    "names_field",
    "parse",
    "recognise",
]
