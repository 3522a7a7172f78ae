"""A boarding pass as data: the standard's items by the standard's names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from service_bus import Notice

FORMAT: Final = "bcbp"
"""Name of the format, as in ``airport-brain decode bcbp``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How a leg was written where that differs from the standard's way; lets it be written again.

    Attributes:
        variable: size of the variable field as it stood, two characters.
        unique: size of the unique items as it stood; ``None``: not there.
        repeated: size of the repeated items as it stood; ``None``: not there.
        unique_length: characters of unique items that were there.
        repeated_length: characters of repeated items that were there.
        short_carrier: the frequent-flyer carrier took two characters.
        missing: characters of mandatory items that were not there.
    """

    variable: str
    unique: str | None = None
    repeated: str | None = None
    unique_length: int = 0
    repeated_length: int = 0
    short_carrier: bool = False
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueItems:
    """Conditional items that a pass has once; ``None``: left out, ``""``: blank.

    Attributes:
        version_number: of the conditional items, ``1`` to ``8``.
        extra: text within the stated size after the known items.
        issue_date: the date of issue with its year, nearest to the reference and not after it.
    """

    version_number: str
    passenger_description: str | None = None
    source_of_check_in: str | None = None
    source_of_boarding_pass_issuance: str | None = None
    date_of_issue_of_boarding_pass: str | None = None
    document_type: str | None = None
    airline_designator_of_boarding_pass_issuer: str | None = None
    baggage_tag_license_plate_numbers: str | None = None
    first_non_consecutive_baggage_tag_license_plate_numbers: str | None = None
    second_non_consecutive_baggage_tag_license_plate_numbers: str | None = None
    extra: str = ""
    issue_date: date | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedItems:
    """Conditional items that each leg may have; ``None``: left out, ``""``: blank.

    Attributes:
        extra: text within the stated size after the known items.
    """

    airline_numeric_code: str | None = None
    document_form_serial_number: str | None = None
    selectee_indicator: str | None = None
    international_document_verification: str | None = None
    marketing_carrier_designator: str | None = None
    frequent_flyer_airline_designator: str | None = None
    frequent_flyer_number: str | None = None
    id_ad_indicator: str | None = None
    free_baggage_allowance: str | None = None
    fast_track: str | None = None
    extra: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One flight of the pass, items without their padding.

    Attributes:
        repeated: conditional items of this leg; ``None``: their size is not there either.
        airline_individual_use: the carrier's own text, as it stands.
        flight_date: day of departure with its year; ``None`` where the pass has no usable day.
        written: only of a leg that departs from the standard.
    """

    operating_carrier_pnr_code: str
    from_city_airport_code: str
    to_city_airport_code: str
    operating_carrier_designator: str
    flight_number: str
    date_of_flight: str
    compartment_code: str
    seat_number: str
    check_in_sequence_number: str
    passenger_status: str
    repeated: RepeatedItems | None = None
    airline_individual_use: str = ""
    flight_date: date | None = field(default=None, compare=False)
    written: Written | None = field(default=None, compare=False, repr=False)

    @property
    def flight(self) -> str:
        """Carrier and number as they are called, without padding: ``MU5101``, ``SK61A``."""
        number = self.flight_number.strip()
        return self.operating_carrier_designator.strip() + (number.lstrip("0") or number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """Security data after the last leg; only the carrier that issued it can check it.

    Attributes:
        size: the size as it stood where it is written in small letters.
    """

    type_of_security_data: str
    security_data: str
    size: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardingPass:
    """A boarding pass of one to four legs.

    Attributes:
        unique: conditional items of the whole pass; they stand in the first leg's variable field.
        prefix: what a reader put in front (a symbology such as ``]Q3``).
        trailing: text after the end of the pass.
        separators: separators that no size counts, each with its offset, in ascending order.
        original: the bytes read.
        notices: what was odd.
    """

    passenger_name: str
    electronic_ticket_indicator: str
    legs: tuple[Leg, ...]
    unique: UniqueItems | None = None
    security: Security | None = None
    prefix: str = ""
    trailing: str = ""
    separators: tuple[tuple[int, str], ...] = field(default=(), compare=False, repr=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def surname(self) -> str:
        """The name before the slant; the whole name where there is none."""
        return self.passenger_name.partition("/")[0].strip()

    @property
    def given_names(self) -> str:
        """The name after the slant, with a title if the carrier put one there."""
        return self.passenger_name.partition("/")[2].strip()
