from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passenger_id.formats import bcbp
from passenger_id.formats.bcbp.items import HEADER, LEG, REPEATED, UNIQUE, Item
from service_bus import Malformed, Mode, TooLarge
from tests.unit.passenger_id.formats.mutations import is_read_or_refused, mutated

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def sized(content: bytes) -> bytes:
    """A size of two hexadecimal digits, and what it counts."""
    return b"%02X" % len(content) + content


MANDATORY = b"M1ZHANG/SAN           EK7Q2ZP SHAPEKMU 5101 328Y031A0017 100"
UNIQUE_BYTES = b">8" + sized(b"0WW6327BMU 1781234567001")
REPEATED_BYTES = sized(b"7811234567890 0MU MU 620012345678     20KN")
FULL = MANDATORY[:-2] + sized(UNIQUE_BYTES + REPEATED_BYTES + b"*3ABCD") + b"^108SIGNATUR"
SECOND_LEG = b"K7Q2ZP PEKCKGCA 1411 329Y012C0044 1" + sized(
    sized(b"781123456789110CA MU 620012345678     1PC")
)
TWO_LEGS = b"M2" + MANDATORY[2:-2] + sized(UNIQUE_BYTES + REPEATED_BYTES) + SECOND_LEG


def read(data: bytes, mode: Mode = "tolerant", reference: datetime = NOW) -> bcbp.BoardingPass:
    (message,) = bcbp.parse(data, mode=mode, reference=reference)
    return message


def refused(data: bytes, mode: Mode = "tolerant") -> Malformed:
    with pytest.raises(Malformed) as caught:
        bcbp.parse(data, mode=mode, reference=NOW)
    assert caught.value.field
    assert caught.value.position
    return caught.value


def codes(message: bcbp.BoardingPass) -> set[str]:
    return {notice.code for notice in message.notices}


# The layout.


def test_a_pass_with_mandatory_items_only_is_read() -> None:
    message = read(MANDATORY, "strict")
    assert (message.surname, message.given_names) == ("ZHANG", "SAN")
    (leg,) = message.legs
    assert leg == bcbp.Leg(
        operating_carrier_pnr_code="K7Q2ZP",
        from_city_airport_code="SHA",
        to_city_airport_code="PEK",
        operating_carrier_designator="MU",
        flight_number="5101",
        date_of_flight="328",
        compartment_code="Y",
        seat_number="031A",
        check_in_sequence_number="0017",
        passenger_status="1",
    )
    assert leg.flight_date == date(2026, 11, 24)
    assert leg.flight == "MU5101"
    assert (message.unique, message.security, message.notices) == (None, None, ())
    assert message.original == MANDATORY


def test_a_pass_with_everything_is_read() -> None:
    message = read(FULL, "strict")
    assert message.unique == bcbp.UniqueItems(
        version_number="8",
        passenger_description="0",
        source_of_check_in="W",
        source_of_boarding_pass_issuance="W",
        date_of_issue_of_boarding_pass="6327",
        document_type="B",
        airline_designator_of_boarding_pass_issuer="MU",
        baggage_tag_license_plate_numbers="1781234567001",
    )
    assert message.unique.issue_date == date(2026, 11, 23)
    (leg,) = message.legs
    assert leg.repeated == bcbp.RepeatedItems(
        airline_numeric_code="781",
        document_form_serial_number="1234567890",
        selectee_indicator="",
        international_document_verification="0",
        marketing_carrier_designator="MU",
        frequent_flyer_airline_designator="MU",
        frequent_flyer_number="620012345678",
        id_ad_indicator="",
        free_baggage_allowance="20K",
        fast_track="N",
    )
    assert leg.airline_individual_use == "*3ABCD"
    assert message.security == bcbp.Security(type_of_security_data="1", security_data="SIGNATUR")


@pytest.mark.parametrize("version", "12345678")
@pytest.mark.parametrize("legs", [1, 2, 3, 4])
def test_every_version_is_read_with_one_to_four_legs(version: str, legs: int) -> None:
    unique = b">" + version.encode() + UNIQUE_BYTES[2:]
    first = MANDATORY[2:-2] + sized(unique + REPEATED_BYTES)
    data = b"M%d" % legs + first + SECOND_LEG * (legs - 1)
    message = read(data, "strict")
    assert len(message.legs) == legs
    assert message.unique is not None
    assert message.unique.version_number == version
    assert [leg.flight_date for leg in message.legs[1:]] == [date(2026, 11, 25)] * (legs - 1)
    assert bcbp.encode(message) == data


def test_sizes_may_leave_out_the_last_items() -> None:
    message = read(MANDATORY[:-2] + sized(b">5030MO0A7811234567"), "tolerant")
    assert message.unique is not None
    assert message.unique.source_of_boarding_pass_issuance == "O"
    assert message.unique.date_of_issue_of_boarding_pass is None
    # Ten characters end within the document number.
    assert codes(message) == {"bcbp-item-cut"}
    assert bcbp.encode(message) == message.original
    whole = read(MANDATORY[:-2] + sized(b">5030MO0D7811234567890"), "strict")
    assert whole.legs[0].repeated == bcbp.RepeatedItems(
        airline_numeric_code="781", document_form_serial_number="1234567890"
    )


def test_passes_may_stand_one_a_line() -> None:
    first, second = bcbp.parse(MANDATORY + b"\r\n" + FULL + b"\r\n", mode="strict", reference=NOW)
    assert (first.original, second.original) == (MANDATORY, FULL)
    with pytest.raises(Malformed) as caught:
        bcbp.parse(MANDATORY + b"\r\nS" + MANDATORY[1:], reference=NOW)
    assert caught.value.position == f"byte {len(MANDATORY) + 2}"


# Days without a year.


@pytest.mark.parametrize(
    ("day", "reference", "expected"),
    [
        (b"365", datetime(2026, 1, 1, 0, 5, tzinfo=UTC), date(2025, 12, 31)),
        (b"001", datetime(2025, 12, 31, 23, 0, tzinfo=UTC), date(2026, 1, 1)),
        (b"366", datetime(2025, 1, 1, 1, 0, tzinfo=UTC), date(2024, 12, 31)),
        (b"060", datetime(2028, 3, 1, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_days_get_the_year_nearest_to_the_reference(
    day: bytes, reference: datetime, expected: date
) -> None:
    data = MANDATORY.replace(b"328Y", day + b"Y")
    assert read(data, "strict", reference).legs[0].flight_date == expected


def test_a_later_leg_is_not_before_the_first() -> None:
    data = TWO_LEGS.replace(b"328Y", b"365Y").replace(b"329Y", b"001Y")
    message = read(data, "strict", datetime(2026, 12, 30, tzinfo=UTC))
    assert [leg.flight_date for leg in message.legs] == [date(2026, 12, 31), date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (b"6327", date(2026, 11, 24)),
        (b"5327", date(2025, 11, 24)),
        (b"5365", date(2025, 11, 24)),
        (b"7001", date(2016, 11, 23)),
    ],
)
def test_a_pass_of_another_year_is_not_for_this_one(issued: bytes, expected: date) -> None:
    data = TWO_LEGS.replace(b"6327", issued)
    assert read(data, "strict").legs[0].flight_date == expected


def test_day_366_of_no_leap_year_has_no_date() -> None:
    data = MANDATORY.replace(b"328Y", b"366Y")
    message = read(data)
    assert message.legs[0].flight_date is None
    assert codes(message) == {"bcbp-day-366"}
    assert refused(data, "strict").code == "bcbp-day-366"


# Real vectors.


def vectors(reference_data: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((reference_data / "vectors/bcbp.json").read_text())
    return found


JAVA_NAMES = {
    "PASSENGER_NAME": "passenger_name",
    "ELECTRONIC_TICKET_INDICATOR": "electronic_ticket_indicator",
    "VERSION_NUMBER": "version_number",
    "PASSENGER_DESCRIPTION": "passenger_description",
    "SOURCE_OF_CHECK_IN": "source_of_check_in",
    "SOURCE_OF_BOARDING_PASS_ISSUANCE": "source_of_boarding_pass_issuance",
    "DATE_OF_PASS_ISSUANCE": "date_of_issue_of_boarding_pass",
    "DOCUMENT_TYPE": "document_type",
    "AIRLINE_DESIGNATOR_OF_ISSUER": "airline_designator_of_boarding_pass_issuer",
    "BAGGAGE_TAG_LICENSE_PLATE": "baggage_tag_license_plate_numbers",
    "TYPE_OF_SECURITY_DATA": "type_of_security_data",
    "SECURITY_DATA": "security_data",
    "SERIAL_NUMBER": "document_form_serial_number",
    "FOR_AIRLINE_USE": "airline_individual_use",
}
SWIFT_NAMES = {
    "carrierCode": "operating_carrier_designator",
    "PNR": "operating_carrier_pnr_code",
    "originAirportCode": "from_city_airport_code",
    "destinationAirportCode": "to_city_airport_code",
    "julianFlightDate": "date_of_flight",
    "cabinClass": "compartment_code",
    "seat": "seat_number",
    "sequenceNumber": "check_in_sequence_number",
    "sourceOfIssuance": "source_of_boarding_pass_issuance",
    "dateOfIssuance": "date_of_issue_of_boarding_pass",
    "airlineDesignatorOfIssuer": "airline_designator_of_boarding_pass_issuer",
    "documentNumber": "document_form_serial_number",
    "airlinePrivateData": "airline_individual_use",
    "bags": "baggage_tag_license_plate_numbers",
    "lastName": "surname",
    "firstName": "given_names",
    "isEticket": "electronic_ticket_indicator",
}
GO_NAMES = {
    "PassengerName": "passenger_name",
    "OperatingCarrierPNR": "operating_carrier_pnr_code",
    "FromAirport": "from_city_airport_code",
    "ToAirport": "to_city_airport_code",
    "OperatingCarrierDesignator": "operating_carrier_designator",
    "FlightNumber": "flight_number",
    "OptionalData": "airline_individual_use",
}
STRUCTURE = {
    "BEGINNING_OF_VERSION_NUMBER",
    "BEGINNING_OF_SECURITY_DATA",
    "UNIQUE_CONDITIONALS_SIZE",
    "CONDITIONALS_SIZE",
    "REPEATED_CONDITIONALS_SIZE",
    "LENGTH_OF_SECURITY_DATA",
    "FORMAT_CODE",
    "formatCode",
    "rest",
    "securityData",
}


def value_of(message: bcbp.BoardingPass, leg: int, name: str) -> object:
    """An item by any source's name for it, from wherever in the pass it stands."""
    short = name.rsplit(".", 1)[-1]
    snake = "".join("_" + letter.lower() if letter.isupper() else letter for letter in short)
    own = JAVA_NAMES.get(short) or SWIFT_NAMES.get(short) or GO_NAMES.get(short)
    own = own or (short.lower() if short.isupper() else snake)
    if own in ("number_of_segments", "legs_count", "legs"):
        return str(len(message.legs))
    if own == "version":
        return message.unique and "v" + message.unique.version_number
    this = message.legs[leg]
    for holder in (this.repeated, this, message.unique, message.security, message):
        if hasattr(holder, own):
            return getattr(holder, own)
    return None


def asserted(expected: dict[str, Any]) -> list[tuple[int, str, object]]:
    """Every asserted value of a vector: leg (from 0), the source's name, value."""
    found = []
    for source in expected.values():
        for name, value in source.items():
            if name == "legs" and isinstance(value, list):
                found += [(i, key, v) for i, leg in enumerate(value) for key, v in leg.items()]
            elif isinstance(value, dict):
                found += [(0, key, v) for key, v in value.items()]
            else:
                found.append((0, name, value))
    return [entry for entry in found if entry[1].rsplit(".", 1)[-1] not in STRUCTURE]


def test_vectors_agree_in_every_asserted_value(reference_data: Path) -> None:
    seen = 0
    for vector in vectors(reference_data):
        if not vector["expected"]:
            continue
        message = read(vector["raw"].encode())
        assert bcbp.encode(message) == vector["raw"].encode()
        for leg, name, expected in asserted(vector["expected"]):
            found = value_of(message, leg, name)
            # Some sources keep padding, some call left-out and blank the same.
            wanted = str(expected).rstrip(" ") if expected else ""
            assert found == expected or str(found or "").rstrip(" ") == wanted, (
                vector["raw"],
                leg,
                name,
            )
            seen += 1
    assert seen > 400


MUST_BE_REFUSED = ("S1DESM", "MXDESM", "100+100", "^1YY", "XABC123")


def test_vectors_are_read_or_refused_as_they_must(reference_data: Path) -> None:
    for vector in vectors(reference_data):
        raw = vector["raw"]
        if any(mark in raw for mark in MUST_BE_REFUSED):
            refused(raw.encode())
            refused(raw.encode(), "strict")
        else:
            message = read(raw.encode())
            assert bcbp.encode(message) == raw.encode()
            if message.notices:
                refused(raw.encode(), "strict")


# What senders and readers do.


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (MANDATORY.replace(b"SAN", b"san"), {"bcbp-lower-case"}),
        (MANDATORY.replace(b"031A", b"31A "), {"bcbp-padding"}),
        (MANDATORY.replace(b"5101 ", b"5101A"), set()),
        (MANDATORY.replace(b"5101 ", b"61   "), {"bcbp-padding"}),
        (MANDATORY.replace(b"031A", b"INF "), set()),
        (MANDATORY.replace(b"031A", b"STBY"), {"bcbp-unusual-value"}),
        (MANDATORY.replace(b"031A", b"GTE "), {"bcbp-unusual-value"}),
        (MANDATORY.replace(b"031A", b"JS02"), {"bcbp-unusual-value"}),
        (MANDATORY.replace(b"0017 ", b"INF  "), {"bcbp-unusual-value"}),
        (MANDATORY.replace(b"EK7Q2ZP", b" K7Q2ZP"), set()),
        (MANDATORY.replace(b"EK7Q2ZP", b"LK7Q2ZP"), {"bcbp-unusual-value"}),
        (MANDATORY.replace(b"328Y", b"  1Y"), {"bcbp-padding"}),
        (MANDATORY.replace(b"328Y", b"   Y"), {"bcbp-blank-item"}),
        (MANDATORY[:-2] + b"07ABCDEFG", {"bcbp-no-version"}),
        (MANDATORY[:-2] + b"04>600", {"bcbp-size"}),
        (MANDATORY[:-2] + b"0a>60000ABCD", {"bcbp-lower-case"}),
        (MANDATORY[:48], {"bcbp-short"}),
        (MANDATORY[:47], {"bcbp-short"}),
        (MANDATORY + b"EXTRA", {"bcbp-trailing"}),
        (MANDATORY + b"\x00", {"bcbp-trailing"}),
        (b"]Q3" + MANDATORY, {"bcbp-symbology"}),
        (MANDATORY[:30] + b"\x1d" + MANDATORY[30:], {"bcbp-separator"}),
        (FULL[:100] + b"\x1d" + FULL[100:], {"bcbp-separator"}),
        (b"\x02" + FULL + b"\x03", {"bcbp-separator"}),
        (FULL[:58] + b"4D" + FULL[60:], {"bcbp-size"}),
        (FULL[:58] + b"4F" + FULL[60:], {"bcbp-size"}),
    ],
)
def test_oddities_are_noted_kindly_refused_strictly_and_written_back(
    data: bytes, expected: set[str]
) -> None:
    message = read(data)
    assert codes(message) == expected
    assert bcbp.encode(message) == data
    assert message.legs[0].operating_carrier_designator == "MU"
    if expected:
        refused(data, "strict")


def test_a_carrier_of_two_characters_does_not_shift_what_follows() -> None:
    data = MANDATORY[:-2] + b"30>5002A7811234567890 0MU MU620012345678     20KN"
    message = read(data)
    repeated = message.legs[0].repeated
    assert repeated is not None
    assert repeated.frequent_flyer_airline_designator == "MU"
    assert repeated.frequent_flyer_number == "620012345678"
    assert (repeated.free_baggage_allowance, repeated.fast_track) == ("20K", "N")
    assert "bcbp-short-carrier" in codes(message)
    assert bcbp.encode(message) == data


def test_an_empty_first_leg_does_not_hide_the_second() -> None:
    data = b"M2" + MANDATORY[2:23] + b" " * 35 + b"06>60000" + SECOND_LEG
    message = read(data)
    assert codes(message) == {"bcbp-empty-leg"}
    assert message.legs[0].flight_date is None
    assert message.legs[1].flight == "CA1411"
    assert bcbp.encode(message) == data


@pytest.mark.parametrize(
    ("data", "field", "position"),
    [
        (b"", "format_code", "byte 0"),
        (b"m1" + MANDATORY[2:], "format_code", "byte 0"),
        (b"M0" + MANDATORY[2:], "number_of_legs", "byte 1"),
        (b"M5" + MANDATORY[2:], "number_of_legs", "byte 1"),
        (MANDATORY[:12], "passenger_name", "byte 2"),
        (MANDATORY[:40], "leg 1 flight_number", "byte 39"),
        (MANDATORY[:46], "leg 1 date_of_flight", "byte 44"),
        (MANDATORY[:52], "leg 1 check_in_sequence_number", "byte 52"),
        (b"M2" + MANDATORY[2:48], "leg 1 seat_number", "byte 48"),
        (MANDATORY[:-1], "leg 1 size of the variable field", "byte 59"),
        (MANDATORY.replace(b"EK7Q2ZP", b"XK7Q2ZP"), "electronic_ticket_indicator", "byte 22"),
        (MANDATORY.replace(b"SHA", b"000"), "leg 1 from_city_airport_code", "byte 30"),
        (MANDATORY.replace(b"MU ", b"MU1"), "leg 1 operating_carrier_designator", "byte 36"),
        (MANDATORY.replace(b"5101", b"51O1"), "leg 1 flight_number", "byte 39"),
        (MANDATORY.replace(b"328Y", b"367Y"), "leg 1 date_of_flight", "byte 44"),
        (MANDATORY.replace(b"328Y", b"000Y"), "leg 1 date_of_flight", "byte 44"),
        (MANDATORY.replace(b"328Y", b"3287"), "leg 1 compartment_code", "byte 47"),
        (MANDATORY.replace(b"031A", b"ABCD"), "leg 1 seat_number", "byte 48"),
        (MANDATORY[:-2] + b"G0", "leg 1 size of the variable field", "byte 58"),
        (MANDATORY[:-2] + b"-1", "leg 1 size of the variable field", "byte 58"),
        (MANDATORY[:-2] + b"FF", "leg 1 size of the variable field", "byte 58"),
        (MANDATORY[:-2] + b"06+60000", "beginning_of_version_number", "byte 60"),
        (MANDATORY[:-2] + b"06>90000", "version_number", "byte 61"),
        (MANDATORY[:-2] + b"06>0XX00", "version_number", "byte 61"),
        (MANDATORY[:-2] + b"06>6XX00", "size of the unique items", "byte 62"),
        (MANDATORY[:-2] + b"06>600ZZ", "leg 1 size of the repeated items", "byte 64"),
        (MANDATORY + b"+100", "beginning_of_security_data", "byte 60"),
        (MANDATORY + b"^101", "security_data", "byte 64"),
        (MANDATORY + b"^1YY", "length of security data", "byte 62"),
        (MANDATORY + b"^", "type_of_security_data", "byte 61"),
        (MANDATORY + MANDATORY[23:], "number_of_legs", "byte 60"),
        (b"M2" + FULL[2:], "leg 2 operating_carrier_pnr_code", "byte 138"),
        (b"M2" + TWO_LEGS[2:58] + b"FF" + TWO_LEGS[60:], "leg 1 size of the variable", "byte 58"),
        (MANDATORY.replace(b"SAN", b"S\xc3N"), "passenger_name", "byte 9"),
        (FULL[:-3] + b"\x07UR", "security_data", "byte 142"),
        (MANDATORY[:-2] + b"02A\x07", "leg 1 airline_individual_use", "byte 61"),
    ],
)
def test_what_cannot_be_read_is_refused_with_item_and_byte(
    data: bytes, field: str, position: str
) -> None:
    error = refused(data)
    assert error.field.startswith(field)
    assert error.position == position


def test_format_s_is_refused_by_name() -> None:
    assert "format S" in str(refused(b"S" + MANDATORY[1:]))


def test_faults_show_no_name_and_no_number_of_a_person() -> None:
    for data in (
        MANDATORY.replace(b"ZHANG/SAN ", b"ZHANG/SAN!"),
        MANDATORY.replace(b"K7Q2ZP", b"K7Q2.P"),
        MANDATORY[:-2] + b"33>6002A7811234567890" + b"\x07" * 31,
    ):
        text = str(refused(data)) + str(refused(data, "strict").facts())
        for secret in ("ZHANG", "SAN", "K7Q2", "1234567890"):
            assert secret not in text


def test_a_size_cap_holds() -> None:
    with pytest.raises(TooLarge):
        bcbp.parse(b"M1" + b" " * bcbp.MAX_BYTES, reference=NOW)
    with pytest.raises(TooLarge):
        bcbp.parse(MANDATORY + b"X" * 5000, reference=NOW)


def test_passes_are_recognised() -> None:
    assert bcbp.recognise(FULL) > 0.9
    assert bcbp.recognise(b"]z3" + FULL) > 0.9
    assert 0 < bcbp.recognise(MANDATORY.replace(b"SHA", b"000")) < 0.9
    for other in (b"", b"M", b"{}", b"P<UTOERIKSSON", b"\xff\x00", b"MVT\r\n"):
        assert bcbp.recognise(other) == 0


# Writing.


def text_of(item: Item) -> st.SearchStrategy[str]:
    whole = re.compile(f"\\A{item.alphabet}\\Z", re.ASCII)
    return st.from_regex(whole).map(lambda text: text.rstrip(" "))


def section(items: tuple[Item, ...]) -> st.SearchStrategy[dict[str, str]]:
    """Some of the items from the first on."""
    return st.integers(0, len(items)).flatmap(
        lambda count: st.fixed_dictionaries({i.name: text_of(i) for i in items[:count]})
    )


printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
uniques = st.builds(
    lambda version, items: bcbp.UniqueItems(version_number=version, **items),
    st.sampled_from("12345678"),
    section(UNIQUE),
)
legs = st.builds(
    lambda items, repeated, own: bcbp.Leg(
        **items, repeated=bcbp.RepeatedItems(**repeated), airline_individual_use=own
    ),
    st.fixed_dictionaries({item.name: text_of(item) for item in LEG}),
    section(REPEATED),
    printable,
)
passes = st.builds(
    lambda header, found, unique, security: bcbp.BoardingPass(
        **header, legs=tuple(found), unique=unique, security=security
    ),
    st.fixed_dictionaries({item.name: text_of(item) for item in HEADER}),
    st.lists(legs, min_size=1, max_size=4),
    uniques,
    st.none()
    | st.builds(
        bcbp.Security, type_of_security_data=st.sampled_from("0123456789A"), security_data=printable
    ),
)


@settings(max_examples=60, deadline=None)
@given(passes)
def test_what_is_written_reads_the_same(message: bcbp.BoardingPass) -> None:
    data = bcbp.encode(message)
    (again,) = bcbp.parse(data, reference=NOW)
    assert again == message
    assert {n.code for n in again.notices} <= {"bcbp-day-366"}
    assert bcbp.encode(again) == data


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"passenger_name": "ZHANG/" + "SAN" * 9}, "passenger_name"),
        ({"passenger_name": "张三"}, "passenger_name"),
        ({"legs": ()}, "number_of_legs"),
        ({"trailing": "é"}, "text"),
    ],
)
def test_what_does_not_fit_the_layout_is_not_written(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Malformed) as caught:
        bcbp.encode(replace(read(FULL), **change))
    assert caught.value.field == field
    assert "ZHANG" not in str(caught.value)


def test_items_left_out_in_the_middle_are_not_written() -> None:
    message = read(FULL)
    assert message.unique is not None
    gap = replace(message.unique, document_type=None)
    with pytest.raises(Malformed, match="document_type"):
        bcbp.encode(replace(message, unique=gap))
    lacking = replace(message, legs=(replace(message.legs[0], repeated=None),))
    with pytest.raises(Malformed, match="repeated"):
        bcbp.encode(lacking)


def test_a_changed_pass_gets_its_sizes_computed() -> None:
    message = read(FULL)
    leg = replace(message.legs[0], airline_individual_use="LONGER THAN BEFORE", seat_number="001A")
    again = read(bcbp.encode(replace(message, legs=(leg,), security=None)), "strict")
    assert again.legs == (leg,)


# Damage.


def test_damaged_passes_are_read_or_refused_and_written_back(reference_data: Path) -> None:
    seeds = [FULL, TWO_LEGS, *(v["raw"].encode() for v in vectors(reference_data))]
    seen = [0, 0]
    for data in mutated(seeds, 6000):
        was_read = is_read_or_refused(lambda d: bcbp.parse(d, reference=NOW), data)
        seen[was_read] += 1
        if was_read:
            messages = bcbp.parse(data, reference=NOW)
            lines = [line for line in data.replace(b"\r", b"\n").split(b"\n") if line]
            assert [bcbp.encode(message) for message in messages] == lines
        assert 0 <= bcbp.recognise(data) <= 1
    assert min(seen) > 500


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    is_read_or_refused(lambda d: bcbp.parse(d, reference=NOW), data)
    is_read_or_refused(lambda d: bcbp.parse(b"M1" + d, mode="strict", reference=NOW), data)


def test_every_notice_is_explained() -> None:
    for code, sentence in bcbp.NOTICES.items():
        assert f"``{code}``" in (bcbp.__doc__ or "")
        assert sentence in " ".join((bcbp.__doc__ or "").split())
    for item in (*HEADER, *LEG, *UNIQUE, *REPEATED):
        holders = (bcbp.BoardingPass, bcbp.Leg, bcbp.UniqueItems, bcbp.RepeatedItems)
        assert any(item.name in {f.name for f in fields(holder)} for holder in holders)
