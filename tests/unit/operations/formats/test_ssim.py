from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from airport_brain.operations import DECODERS
from airport_brain.operations.formats import ssim
from airport_brain.operations.formats.ssim.file import FEW_RECORDS, SHORT_MEAN
from service_bus import Malformed, TooLarge
from tests.unit.operations.formats.mutations import assert_placed, assert_refusals_are_placed

REFERENCE = datetime(2026, 11, 27, tzinfo=UTC)

LEG = ssim.FlightLeg(
    airline_designator="MU",
    flight_number="5101",
    period_of_operation_from=date(2026, 10, 25),
    period_of_operation_to=date(2027, 3, 27),
    days_of_operation=(1, 3, 5, 7),
    departure_station="SHA",
    passenger_std=480,
    aircraft_std=480,
    departure_utc_variation=480,
    arrival_station="PEK",
    aircraft_sta=620,
    passenger_sta=620,
    arrival_utc_variation=480,
    aircraft_type="320",
    record_serial_number=3,
)


def schedule(*legs: ssim.FlightLeg, time_mode: str = "L", end: bytes = b"\r\n") -> ssim.Schedule:
    count = len(legs)
    return ssim.Schedule(
        records=(
            ssim.Header(record_serial_number=1),
            ssim.Filler(count=4),
            ssim.Carrier(time_mode=time_mode, airline_designator="MU", record_serial_number=2),
            ssim.Filler(count=4),
            *(replace(leg, record_serial_number=n) for n, leg in enumerate(legs, start=3)),
            ssim.Trailer(
                airline_designator="MU",
                serial_number_check_reference=count + 2,
                record_serial_number=count + 3,
            ),
        ),
        line_end=end,
        ends_with_line_end=bool(end),
    )


def parse(data: bytes, **kwargs: object) -> ssim.Schedule:
    (only,) = ssim.parse(data, reference=REFERENCE, **kwargs)  # type: ignore[arg-type]
    return only


def sample(reference_data: Path, name: str) -> bytes:
    return (reference_data / "messages" / "ssim" / name).read_bytes()


def codes(message: ssim.Schedule) -> list[str]:
    return [notice.code for notice in message.notices]


# What the real files say.


def test_a_real_file_is_read_whole_and_written_back_byte_for_byte(reference_data: Path) -> None:
    data = sample(reference_data, "sample.ssim")
    found = parse(data)
    legs = [record for record in found.records if isinstance(record, ssim.FlightLeg)]
    assert len(legs) == 514
    assert legs[0].flight == "XX41"
    assert legs[0].days_of_operation == (4,)
    assert (legs[0].departure_station, legs[0].aircraft_std) == ("RUN", 21 * 60 + 30)
    assert (legs[0].arrival_station, legs[0].aircraft_sta) == ("DZA", 22 * 60 + 40)
    assert legs[0].departure_utc_variation == 240
    assert legs[0].aircraft_configuration == "W18Y112VVCGO"
    assert {leg.flight for leg in legs} >= {"XX974", "XX974Z"}
    first, second = found.data_sets()
    assert (len(first.legs), len(second.legs)) == (513, 1)
    assert (first.carrier.time_mode, first.trailer and first.trailer.continuation_end_code) == (
        "L",
        "E",
    )
    assert ssim.duplicates(found) == []
    assert ssim.encode(found) == data


def test_duplicates_in_a_real_file_are_reported(reference_data: Path) -> None:
    data = sample(reference_data, "sample_with_duplicates.ssim")
    found = parse(data)
    assert [(d.leg.flight, d.same) for d in ssim.duplicates(found)] == [
        ("XX41", True),
        ("XX42", True),
    ]
    assert codes(found) == ["ssim-duplicate-leg", "ssim-duplicate-leg", "ssim-serial-check"]
    assert found.notices[0].position == "line 13 byte 10"
    assert ssim.encode(found) == data
    with pytest.raises(Malformed) as caught:
        parse(data, mode="strict")
    assert caught.value.code == "ssim-duplicate-leg"


def test_the_command_line_shows_each_record(reference_data: Path) -> None:
    shown = DECODERS["ssim"](sample(reference_data, "sample_with_duplicates.ssim"))
    assert [entry.get("record") for entry in shown[:3]] == ["Header", "Carrier", "FlightLeg"]
    assert shown[2]["period_of_operation_from"] == "2005-06-09"
    assert len(shown) == 6 + 3 + 1
    json.dumps(shown)


def test_records_that_lost_their_blanks_on_the_way_are_read(reference_data: Path) -> None:
    data = sample(reference_data, "sample_with_duplicates.ssim")
    trimmed = b"\n".join(
        line[:length].rstrip()
        for line, length in zip(data.splitlines(), (190, 188, *[190] * 20), strict=False)
    )
    assert len(trimmed.splitlines()[0]) == 35
    found = parse(trimmed)
    assert "ssim-record-length" in codes(found)
    assert [leg.flight for leg in found.records if isinstance(leg, ssim.FlightLeg)] == [
        leg.flight for leg in parse(data).records if isinstance(leg, ssim.FlightLeg)
    ]
    assert ssim.recognise(b"\xef\xbb\xbf\r\n" + trimmed) == 1.0


# Days, times, zones.


def dated(leg: ssim.FlightLeg, first: date, last: date, mode: str = "L") -> list[ssim.DatedLeg]:
    return list(ssim.dated_legs(schedule(leg, time_mode=mode), first, last))


def test_a_leg_operates_on_its_days_in_its_period_only() -> None:
    days = [d.day for d in dated(LEG, date(2026, 10, 20), date(2026, 11, 2))]
    assert days == [date(2026, 10, d) for d in (25, 26, 28, 30)] + [
        date(2026, 11, 1),
        date(2026, 11, 2),
    ]


def test_a_fortnightly_leg_operates_every_second_week_from_the_period_on() -> None:
    leg = replace(LEG, frequency_rate="2", days_of_operation=(7,))
    assert [d.day for d in dated(leg, date(2026, 10, 1), date(2026, 11, 30))] == [
        date(2026, 10, 25),
        date(2026, 11, 8),
        date(2026, 11, 22),
    ]


def test_an_open_end_goes_on() -> None:
    leg = replace(LEG, period_of_operation_to=None, days_of_operation=(1,))
    assert [d.day for d in dated(leg, date(2030, 1, 1), date(2030, 1, 14))] == [
        date(2030, 1, 7),
        date(2030, 1, 14),
    ]


@pytest.mark.parametrize(
    ("mode", "departure", "arrival"),
    [("L", "2026-10-26T00:00", "2026-10-26T02:20"), ("U", "2026-10-26T08:00", "2026-10-26T10:20")],
)
def test_times_are_in_the_mode_of_the_carrier_record(
    mode: str, departure: str, arrival: str
) -> None:
    (only,) = dated(LEG, date(2026, 10, 26), date(2026, 10, 26), mode)
    assert only.departure == datetime.fromisoformat(departure).replace(tzinfo=UTC)
    assert only.arrival == datetime.fromisoformat(arrival).replace(tzinfo=UTC)


def test_an_arrival_over_midnight_is_the_next_day_and_a_date_line_the_day_before() -> None:
    night = replace(LEG, aircraft_std=23 * 60, aircraft_sta=60)
    (only,) = dated(night, date(2026, 10, 26), date(2026, 10, 26))
    assert only.arrival is not None
    assert only.departure is not None
    assert only.arrival - only.departure == timedelta(hours=2)
    honolulu = replace(
        LEG,
        aircraft_std=30,
        departure_utc_variation=660,
        aircraft_sta=14 * 60,
        arrival_utc_variation=-600,
    )
    (only,) = dated(honolulu, date(2026, 10, 26), date(2026, 10, 26))
    assert only.arrival == datetime(2026, 10, 26, 0, 0, tzinfo=UTC)


def test_date_variations_are_days_after_the_records_day() -> None:
    leg = replace(LEG, departure_date_variation=1, arrival_date_variation=2)
    (only,) = dated(leg, date(2026, 10, 26), date(2026, 10, 26))
    assert only.departure == datetime(2026, 10, 27, 0, 0, tzinfo=UTC)
    assert only.arrival == datetime(2026, 10, 28, 2, 20, tzinfo=UTC)
    before = replace(LEG, departure_date_variation=-1, arrival_date_variation=0)
    (only,) = dated(before, date(2026, 10, 26), date(2026, 10, 26))
    assert only.departure == datetime(2026, 10, 25, 0, 0, tzinfo=UTC)


def test_local_times_without_their_distance_from_utc_are_not_guessed() -> None:
    leg = replace(LEG, departure_utc_variation=None)
    (only,) = dated(leg, date(2026, 10, 26), date(2026, 10, 26))
    assert (only.departure, only.arrival) == (None, None)


# Records that are not as they should be.


def broken(byte: int, text: str) -> bytes:
    """A file whose leg, on line 11, has other bytes at a place."""
    lines = ssim.encode(schedule(LEG)).split(b"\r\n")
    leg = lines[10]
    lines[10] = leg[: byte - 1] + text.encode("latin-1") + leg[byte - 1 + len(text) :]
    return b"\r\n".join(lines)


@pytest.mark.parametrize(
    ("byte", "text", "field"),
    [
        (3, "M-", "airline designator"),
        (6, "51X1", "flight number"),
        (15, "31FEB27", "period of operation from"),
        (15, "       ", "period of operation from"),
        (22, "31XXX27", "period of operation to"),
        (29, "8      ", "days of operation"),
        (37, "SH1", "departure station"),
        (44, "2460", "aircraft std"),
        (55, "   ", "arrival station"),
        (58, "25:0", "aircraft sta"),
    ],
)
@pytest.mark.parametrize("mode", ["strict", "tolerant"])
def test_an_essential_field_that_cannot_be_read_is_refused_with_its_byte(
    byte: int, text: str, field: str, mode: str
) -> None:
    with pytest.raises(Malformed) as caught:
        parse(broken(byte, text), mode=mode)
    assert (caught.value.field, caught.value.position) == (field, f"line 11 byte {byte}")
    assert caught.value.expected


@pytest.mark.parametrize(
    ("byte", "text", "code"),
    [
        (6, "51  ", "ssim-odd-form"),
        (10, " 1", "ssim-odd-form"),
        (22, "       ", "ssim-odd-form"),
        (29, "1357   ", "ssim-odd-form"),
        (36, "5", "ssim-odd-form"),
        (48, "+0860", "ssim-odd-form"),
        (73, "a20", "ssim-odd-form"),
        (123, "NOTE", "ssim-spare-not-blank"),
        (194, "X", "ssim-odd-form"),
        (12, "02", "ssim-leg-sequence"),
        (3, "FM ", "ssim-other-airline"),
        (195, "000009", "ssim-serial-gap"),
        (22, "01JAN26", "ssim-period-reversed"),
    ],
)
def test_an_odd_field_is_kept_noted_and_written_back(byte: int, text: str, code: str) -> None:
    data = broken(byte, text)
    found = parse(data)
    assert code in codes(found)
    assert ssim.encode(found) == data
    assert all(n.position.startswith("line ") for n in found.notices)
    with pytest.raises(Malformed):
        parse(data, mode="strict")


def test_days_packed_to_the_left_are_the_same_days() -> None:
    found = parse(broken(29, "1357   "))
    (leg,) = [r for r in found.records if isinstance(r, ssim.FlightLeg)]
    assert leg.days_of_operation == (1, 3, 5, 7)


def test_the_same_leg_with_other_content_is_no_overwrite() -> None:
    other = replace(LEG, aircraft_std=500)
    found = parse(ssim.encode(schedule(LEG, other)))
    assert "ssim-conflicting-leg" in codes(found)
    assert [d.same for d in ssim.duplicates(found)] == [False]
    (only,) = ssim.dated_legs(found, date(2026, 10, 26), date(2026, 10, 26))
    assert only.leg.aircraft_std == 480


@pytest.mark.parametrize("suffix", ["Z", "A"])
def test_a_suffix_makes_another_flight(suffix: str) -> None:
    found = parse(ssim.encode(schedule(LEG, replace(LEG, operational_suffix=suffix))))
    assert found.notices == ()


def test_secure_flight_has_its_own_byte_in_the_carrier_record() -> None:
    whole = schedule(LEG)
    carrier = ssim.Carrier(
        time_mode="L",
        airline_designator="MU",
        general_information="A" * 60,
        secure_flight_indicator="S",
        record_serial_number=2,
    )
    records = tuple(carrier if isinstance(r, ssim.Carrier) else r for r in whole.records)
    data = ssim.encode(replace(whole, records=records))
    line = next(line for line in data.split(b"\r\n") if line.startswith(b"2"))
    assert line[107:170] == b" " + b"A" * 60 + b"S "
    assert parse(data, mode="strict").records == records


def test_marks_around_a_file_are_noted() -> None:
    found = parse(b"\xef\xbb\xbf" + ssim.encode(schedule(LEG)) + b"\x1a")
    assert codes(found) == ["ssim-end-mark", "ssim-byte-order-mark"]
    assert found.records == schedule(LEG).records


def test_a_file_without_lines_and_one_with_any_line_end_are_the_same() -> None:
    for end in (b"\r\n", b"\n", b"\r", b""):
        written = schedule(LEG, end=end)
        assert parse(ssim.encode(written)).records == written.records
        assert ssim.encode(parse(ssim.encode(written))) == ssim.encode(written)


def test_records_without_their_trailing_blanks_are_filled() -> None:
    lines = [line.rstrip() for line in ssim.encode(schedule(LEG)).split(b"\r\n")]
    lines[10] = lines[10][:-6].rstrip()
    found = parse(b"\r\n".join(lines))
    assert "ssim-record-length" in codes(found)
    assert sum(isinstance(r, ssim.FlightLeg) for r in found.records) == 1


def test_segment_elements_name_their_flights_and_their_leg() -> None:
    segment = ssim.Segment(
        airline_designator="MU",
        flight_number="5101",
        board_point_indicator="A",
        off_point_indicator="B",
        data_element_identifier="010",
        board_point="SHA",
        off_point="PEK",
        data="FM 9101 /AF 5227",
        record_serial_number=4,
    )
    whole = schedule(LEG)
    trailer = whole.records[-1]
    assert isinstance(trailer, ssim.Trailer)
    records = (*whole.records[:-1], segment, replace(trailer, record_serial_number=5))
    found = parse(ssim.encode(replace(whole, records=records)))
    (data_set,) = found.data_sets()
    assert data_set.segments[0].flights == ("FM9101", "AF5227")
    lost = replace(segment, flight_number="9999")
    found = parse(ssim.encode(replace(whole, records=(*whole.records[:-1], lost))))
    assert "ssim-segment-without-leg" in codes(found)


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"0" * 200, b"9" + b" " * 199, b"hello"])
def test_what_is_no_schedule_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        parse(data)
    assert caught.value.field
    assert caught.value.position


def test_sizes_are_capped() -> None:
    with pytest.raises(TooLarge):
        parse(ssim.encode(schedule(LEG)), max_bytes=1000)


def test_two_digit_years_are_near_the_reference() -> None:
    for reference, year in ((1999, 2005), (2026, 2005), (2060, 2105)):
        (found,) = ssim.parse(
            ssim.encode(schedule(replace(LEG, period_of_operation_from=date(2005, 1, 1)))),
            reference=datetime(reference, 1, 1, tzinfo=UTC),
        )
        (leg,) = [r for r in found.records if isinstance(r, ssim.FlightLeg)]
        assert leg.period_of_operation_from.year == year


def test_schedules_are_recognised_by_content() -> None:
    data = ssim.encode(schedule(LEG))
    assert ssim.recognise(data) == 1.0
    assert ssim.recognise(data[202 * 10 :]) > 0.8
    assert ssim.recognise(b"MVT\r\nMU5101/24") == 0.0


# Properties.

CODE = st.text("ABCDEFGHIJ0123456789", min_size=0, max_size=3)
STATION = st.text("ABCXYZ", min_size=3, max_size=3)
MINUTES = st.integers(0, 1440)
DAYS = st.dates(date(1990, 1, 1), date(2070, 12, 31))

LEGS = st.builds(
    ssim.FlightLeg,
    operational_suffix=st.sampled_from(["", "A", "Z"]),
    airline_designator=st.sampled_from(["MU", "9C", "CES"]),
    flight_number=st.integers(0, 9999).map(str),
    itinerary_variation_identifier=st.integers(1, 99).map("{:02d}".format),
    leg_sequence_number=st.integers(1, 99).map("{:02d}".format),
    service_type=st.sampled_from("JFCG"),
    period_of_operation_from=DAYS,
    period_of_operation_to=st.none() | DAYS,
    days_of_operation=st.frozensets(st.integers(1, 7)).map(lambda d: tuple(sorted(d))),
    frequency_rate=st.sampled_from(["", "2"]),
    departure_station=STATION,
    passenger_std=st.none() | MINUTES,
    aircraft_std=MINUTES,
    departure_utc_variation=st.none() | st.integers(-720, 840),
    departure_passenger_terminal=st.sampled_from(["", "1", "T2"]),
    arrival_station=STATION,
    aircraft_sta=MINUTES,
    passenger_sta=st.none() | MINUTES,
    arrival_utc_variation=st.none() | st.integers(-720, 840),
    aircraft_type=CODE,
    passenger_reservations_booking_designator=st.sampled_from(["", "FCY", "JCDIWPEYBM"]),
    aircraft_owner=CODE,
    onward_airline_designator=st.sampled_from(["", "MU", "FM"]),
    onward_flight_number=st.sampled_from(["", "1", "5102"]),
    aircraft_configuration=st.sampled_from(["", "W18Y112VVCGO"]),
    departure_date_variation=st.none() | st.integers(-1, 9),
    arrival_date_variation=st.none() | st.integers(-1, 9),
    record_serial_number=st.none() | st.integers(0, 999_999),
)


@given(st.lists(LEGS, max_size=5), st.sampled_from(["L", "U"]), st.sampled_from([b"\n", b"\r\n"]))
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_back(legs: list[ssim.FlightLeg], mode: str, end: bytes) -> None:
    written = schedule(*legs, time_mode=mode, end=end)
    (read,) = ssim.parse(ssim.encode(written), reference=datetime(2030, 1, 1, tzinfo=UTC))
    assert read == written
    assert ssim.encode(read) == ssim.encode(written)


@given(st.binary(max_size=600))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_place(data: bytes) -> None:
    assert_placed(parse, data)
    assert 0.0 <= ssim.recognise(data) <= 1.0


def test_mutated_files_are_read_or_refused_with_a_place() -> None:
    legs = [LEG, replace(LEG, operational_suffix="Z"), replace(LEG, leg_sequence_number="02")]
    samples = [ssim.encode(schedule(*legs, end=end)) for end in (b"\r\n", b"\n", b"")]
    refused = assert_refusals_are_placed(parse, samples)
    assert refused > 100


def test_a_flood_of_records_cut_short_is_refused_with_its_place() -> None:
    frame = b"2LMU          25OCT2627MAR27\n"
    data = frame + b"5 MU \n" * FEW_RECORDS
    with pytest.raises(Malformed) as caught:
        parse(data + b"5 MU \n" * 2_000)
    assert (caught.value.code, caught.value.field) == ("ssim-too-many", "record")
    most = FEW_RECORDS + (len(data) + 12_000) // SHORT_MEAN
    assert caught.value.position == f"line {most + 1} byte 1"
    assert len(parse(data).records) == FEW_RECORDS + 1
