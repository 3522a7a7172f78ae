"""Bar coded boarding passes (BCBP): read strictly and kindly, and written.

Standard: IATA Resolution 792 and its attachment B, versions 1 to 8 of the conditional items, for one to
four legs. The text is what a reader gets from PDF417 (paper), Aztec, QR or DataMatrix (mobile), all
ASCII. Items are padded with blanks on the right; here they stand without that padding. Sizes are
two hexadecimal digits. Positions in faults are ``byte N`` of the bytes given, from 0.

Layout, in order:

==========================================================  ======  ==========================================
item                                                        width   what
==========================================================  ======  ==========================================
format_code                                                 1       ``M``; the older ``S`` is refused by name
number_of_legs                                              1       ``1`` to ``4``
passenger_name                                              20      ``SURNAME/GIVEN``, cut at 20 characters
electronic_ticket_indicator                                 1       ``E``, or blank
*then per leg*
operating_carrier_pnr_code                                  7       booking reference, padded
from_city_airport_code                                      3       IATA code
to_city_airport_code                                        3       IATA code
operating_carrier_designator                                3       two characters and a blank, or three
flight_number                                               5       four digits and a suffix or blank
date_of_flight                                              3       day of the year, 001 to 366; **no year**
compartment_code                                            1       booking class
seat_number                                                 4       three digits and a letter; blank; ``INF``
check_in_sequence_number                                    5       four digits and a suffix or blank
passenger_status                                            1       state of check-in, the standard's code
size of the variable field                                  2       hexadecimal; up to the next leg
*in the variable field of leg 1*
beginning_of_version_number                                 1       ``>``
version_number                                              1       ``1`` to ``8``
size of the unique items                                    2       hexadecimal; may end inside the list below
passenger_description                                       1       0 adult ... 7; from version 8 also X and U
source_of_check_in                                          1       ``W`` web, ``K`` kiosk, ``O`` airport ...
source_of_boarding_pass_issuance                            1       the same codes
date_of_issue_of_boarding_pass                              4       last digit of the year, day of the year
document_type                                               1       ``B`` boarding pass, ``I`` itinerary
airline_designator_of_boarding_pass_issuer                  3       who issued the pass
baggage_tag_license_plate_numbers                           13      13 digits of the first tag of a range
first_non_consecutive_baggage_tag_license_plate_numbers     13      13 digits of the first tag of a range
second_non_consecutive_baggage_tag_license_plate_numbers    13      13 digits of the first tag of a range
*in the variable field of every leg*
size of the repeated items                                  2       hexadecimal; may end inside the list below
airline_numeric_code                                        3       first digits of the ticket number
document_form_serial_number                                 10      ticket number
selectee_indicator                                          1       chosen for further screening
international_document_verification                         1       document check needed (1), done (2)
marketing_carrier_designator                                3       who sold the flight
frequent_flyer_airline_designator                           3       whose programme
frequent_flyer_number                                       16      number in it
id_ad_indicator                                             1       staff and agency discounts
free_baggage_allowance                                      3       ``20K``, ``2PC``
fast_track                                                  1       since version 4
airline_individual_use                                      rest    the carrier's own
*after the last leg*
beginning_of_security_data                                  1       ``^``
type_of_security_data                                       1       ``1``, ``4`` ...; the carrier's matter
size of the security data                                   2       hexadecimal
security_data                                               size    a signature; its key is the carrier's
==========================================================  ======  ==========================================

An item that a size leaves out is ``None``; one that is there but blank is ``""``. A day of flight without
its year is the nearest to the day of issue, or to the reference where the pass does not say when it was
issued; a later leg's is the next one after the first.

Traps: sizes that lie; day 366; a pass of 31 December read on 1 January; carriers that put own text where
the version should be; short codes of booking confirmations, which end before the seat; a frequent-flyer
carrier of two characters that shifts what follows; a reader that reports a separator (0x1D) nobody
counted. A pass proves nothing by itself: the departure control record does.

Notices (faults in strict mode):

========================  ============================================================================
``bcbp-blank-item``       A mandatory item is blank.
``bcbp-empty-leg``        A leg says nothing but perhaps its carrier.
``bcbp-lower-case``       Lower-case letters stand where the standard has capitals.
``bcbp-padding``          An item is padded in another way than the standard's.
``bcbp-unusual-value``    A value is outside what the standard lists for its item.
``bcbp-no-version``       The variable field has no version; it was kept as the carrier's own text.
``bcbp-size``             A size does not fit the text that is there; the text was followed.
``bcbp-item-cut``         A size ends in the middle of an item.
``bcbp-extra-items``      A size covers more than the known items; the rest was kept.
``bcbp-short-carrier``    A frequent-flyer carrier of two characters was not padded to three.
``bcbp-day-366``          Day 366 does not exist in the years around the reference.
``bcbp-separator``        A separator in the text; passed over where no size counts it.
``bcbp-symbology``        The reader put its name of the symbology in front.
``bcbp-short``            The pass ends after the day of flight or the class; the rest was left blank.
``bcbp-trailing``         Text after the end of the pass was kept unread.
========================  ============================================================================
"""

from passenger_id.formats.bcbp.items import NOTICES
from passenger_id.formats.bcbp.passes import (
    FORMAT,
    BoardingPass,
    Leg,
    RepeatedItems,
    Security,
    UniqueItems,
    Written,
)
from passenger_id.formats.bcbp.reading import MAX_BYTES, parse, recognise
from passenger_id.formats.bcbp.writing import encode

__all__ = [
    "FORMAT",
    "MAX_BYTES",
    "NOTICES",
    "BoardingPass",
    "Leg",
    "RepeatedItems",
    "Security",
    "UniqueItems",
    "Written",
    "encode",
    "parse",
    "recognise",
]
