"""The items of a boarding pass: width, alphabet, and what is odd but readable in each.

Source: IATA Resolution 792 attachment B, as publicly described. The alphabets are those of whole
items with their padding, as regular expressions without backtracking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bcbp-blank-item": "A mandatory item is blank.",
        "bcbp-empty-leg": "A leg says nothing but perhaps its carrier.",
        "bcbp-lower-case": "Lower-case letters stand where the standard has capitals.",
        "bcbp-padding": "An item is padded in another way than the standard's.",
        "bcbp-unusual-value": "A value is outside what the standard lists for its item.",
        "bcbp-no-version": (
            "The variable field has no version; it was kept as the carrier's own text."
        ),
        "bcbp-size": "A size does not fit the text that is there; the text was followed.",
        "bcbp-item-cut": "A size ends in the middle of an item.",
        "bcbp-extra-items": "A size covers more than the known items; the rest was kept.",
        "bcbp-short-carrier": (
            "A frequent-flyer carrier of two characters was not padded to three."
        ),
        "bcbp-day-366": "Day 366 does not exist in the years around the reference.",
        "bcbp-separator": "A separator in the text; passed over where no size counts it.",
        "bcbp-symbology": "The reader put its name of the symbology in front.",
        "bcbp-short": "The pass ends after the day of flight or the class; the rest was left blank.",
        "bcbp-trailing": "Text after the end of the pass was kept unread.",
    }
)
"""Each notice with its sentence."""

_BLANK: Final = "bcbp-blank-item"
_LOWER: Final = "bcbp-lower-case"
_PADDING: Final = "bcbp-padding"
_UNUSUAL: Final = "bcbp-unusual-value"

DAY: Final = r"(?:00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])"
CARRIER: Final = r"(?:[A-Z][A-Z0-9]|[0-9][A-Z])[A-Z ]"
_ANY: Final = r"[ -~]*"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the layout.

    Attributes:
        name: the standard's name.
        width: characters.
        alphabet: what the standard allows, padding included.
        odd: alphabets of what is readable all the same, each with the notice it earns.
        expected: the alphabet in words, for a fault.
        shown: the value is not personal and may stand in a fault.
        alphabets: the standard's and the odd ones, compiled, in the order they are tried.
    """

    name: str
    width: int
    alphabet: str
    expected: str
    odd: tuple[tuple[re.Pattern[str], str], ...] = ()
    shown: bool = True
    alphabets: tuple[tuple[re.Pattern[str], str], ...] = field(init=False)

    def __post_init__(self) -> None:
        own = (re.compile(self.alphabet, re.ASCII), "")
        object.__setattr__(self, "alphabets", (own, *self.odd))


def _odd(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(alphabet, re.ASCII), code) for alphabet, code in pairs)


_SEAT_WORDS: Final = (
    "INFT|INFA|LAP |GATE|GTE |STBY|SBY |SB  |WAIT|TBA |OPEN|FREE|ANY |REQ |NS  |NSST|XXXX"
    + "|JUMP|JMP |CKPT"
)
_CREW_SEAT: Final = r"[A-Z]{1,3}\d{1,2} *"
"""Jump seats and the like: ``J01``, ``JS02``."""

HEADER: Final = (
    Item(
        "passenger_name",
        20,
        r"[A-Z][A-Z/ .'\-]{19}",
        "20 capitals with / between surname and given names",
        _odd(
            (r" {20}", _BLANK),
            (r"[A-Za-z][A-Za-z/ .'\-]{19}", _LOWER),
            (r" {1,18}[A-Z][A-Z/ .'\-]*", _PADDING),
            (r"[A-Za-z][A-Za-z0-9/ .,'()\-]{19}", _UNUSUAL),
        ),
        shown=False,
    ),
    Item("electronic_ticket_indicator", 1, "[E ]", "E or a blank", _odd(("L", _UNUSUAL))),
)

LEG: Final = (
    Item(
        "operating_carrier_pnr_code",
        7,
        r"[A-Z0-9]{5}(?:[A-Z0-9]{2}|[A-Z0-9] |  )",
        "5 to 7 letters or digits",
        _odd(
            (r" {7}", _BLANK),
            (r"(?=.*[a-z])[A-Za-z0-9]{1,7} *", _LOWER),
            (r" *[A-Z0-9]{1,7} *", _PADDING),
        ),
        shown=False,
    ),
    Item("from_city_airport_code", 3, "[A-Z]{3}", "an IATA airport code", _odd((" {3}", _BLANK))),
    Item("to_city_airport_code", 3, "[A-Z]{3}", "an IATA airport code", _odd((" {3}", _BLANK))),
    Item(
        "operating_carrier_designator",
        3,
        CARRIER,
        "an airline designator",
        _odd((" {3}", _BLANK), (" (?:[A-Z][A-Z0-9]|[0-9][A-Z])", _PADDING)),
    ),
    Item(
        "flight_number",
        5,
        r"\d{4}[A-Z ]",
        "four digits and a suffix or blank",
        _odd(
            (r" {5}", _BLANK),
            (r" *\d{1,4}[A-Z]? *", _PADDING),
            (r"\d{5}|OPEN ", _UNUSUAL),
        ),
    ),
    Item(
        "date_of_flight",
        3,
        DAY,
        "a day of the year, 001 to 366",
        _odd((r" {3}", _BLANK), (r" {1,2}[1-9]\d?|[1-9]\d? {1,2}", _PADDING)),
    ),
    Item("compartment_code", 1, "[A-Z]", "a letter", _odd((" ", _BLANK))),
    Item(
        "seat_number",
        4,
        r"(?:\d{3}[A-Z]| {4}|INF )",
        "three digits and a letter, or blank",
        _odd(
            (r" *\d{1,3}[A-Z] *", _PADDING),
            (rf"{_SEAT_WORDS}|{_CREW_SEAT}|\d{{1,4}} *", _UNUSUAL),
        ),
    ),
    Item(
        "check_in_sequence_number",
        5,
        r"(?:\d{4}[A-Z0-9 ]| {5})",
        "four digits and a suffix or blank",
        _odd(
            (r" *\d{1,4}[A-Z]? *", _PADDING),
            (r"(?=.*\d)[A-Z0-9]{1,5} *|INF  |STBY |SBY  ", _UNUSUAL),
        ),
    ),
    Item("passenger_status", 1, "[0-9A-Z]", "a letter or digit", _odd((" ", _BLANK))),
)

_KEPT: Final = _odd((_ANY, _UNUSUAL))
_TAG: Final = r"(?:\d{13}| {13})"

UNIQUE: Final = (
    Item("passenger_description", 1, "[0-9A-Z ]", "a digit or letter", _KEPT),
    Item("source_of_check_in", 1, "[0-9A-Z ]", "a letter", _KEPT),
    Item("source_of_boarding_pass_issuance", 1, "[0-9A-Z ]", "a letter", _KEPT),
    Item(
        "date_of_issue_of_boarding_pass",
        4,
        rf"(?:\d{DAY}| {{4}})",
        "a year's last digit and a day of the year",
        _KEPT,
    ),
    Item("document_type", 1, "[BI ]", "B or I", _KEPT),
    Item(
        "airline_designator_of_boarding_pass_issuer",
        3,
        rf"(?:{CARRIER}| {{3}})",
        "an airline designator",
        _KEPT,
    ),
    Item("baggage_tag_license_plate_numbers", 13, _TAG, "13 digits", _KEPT, shown=False),
    Item(
        "first_non_consecutive_baggage_tag_license_plate_numbers",
        13,
        _TAG,
        "13 digits",
        _KEPT,
        shown=False,
    ),
    Item(
        "second_non_consecutive_baggage_tag_license_plate_numbers",
        13,
        _TAG,
        "13 digits",
        _KEPT,
        shown=False,
    ),
)

REPEATED: Final = (
    Item("airline_numeric_code", 3, r"(?:\d{3}| {3})", "three digits", _KEPT),
    Item(
        "document_form_serial_number",
        10,
        "[A-Z0-9 ]{10}",
        "10 letters or digits",
        _KEPT,
        shown=False,
    ),
    Item("selectee_indicator", 1, "[0-9A-Z ]", "a digit", _KEPT),
    Item("international_document_verification", 1, "[0-9A-Z ]", "a digit", _KEPT),
    Item(
        "marketing_carrier_designator",
        3,
        rf"(?:{CARRIER}| {{3}})",
        "an airline designator",
        _KEPT,
    ),
    Item(
        "frequent_flyer_airline_designator",
        3,
        rf"(?:{CARRIER}| {{3}})",
        "an airline designator",
        _KEPT,
    ),
    Item(
        "frequent_flyer_number",
        16,
        r"[A-Z0-9 /.*\-]{16}",
        "16 letters or digits",
        _KEPT,
        shown=False,
    ),
    Item("id_ad_indicator", 1, "[0-9A-Z ]", "a digit or letter", _KEPT),
    Item("free_baggage_allowance", 3, "[0-9A-Z ]{3}", "like 20K or 2PC", _KEPT),
    Item("fast_track", 1, "[YN ]", "Y or N", _KEPT),
)


def whole(items: tuple[Item, ...]) -> str:
    """A pattern with one group per item, all of them there.

    >>> whole(HEADER[1:])
    '([E ])'
    """
    return "".join(f"({item.alphabet})" for item in items)


def by_length(items: tuple[Item, ...]) -> dict[int, re.Pattern[str]]:
    """For each length at which a section may end between two items, the pattern of its items."""
    return {
        sum(item.width for item in items[:count]): re.compile(whole(items[:count]), re.ASCII)
        for count in range(len(items) + 1)
    }
