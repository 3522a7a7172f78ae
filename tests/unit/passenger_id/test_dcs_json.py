"""Journey messages: what is taken, what is refused and how, what never reaches the bus."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passenger_id import DECODERS
from passenger_id.formats.dcs_json import (
    MAX_BYTES,
    masked,
    parse,
    read_journey,
    without_id_number,
)
from service_bus import Malformed, TooLarge
from tests.unit.passenger_id.desk import body

ID_NUMBER = "11010519491231002X"


def read(**changes: Any) -> Any:
    return read_journey(json.dumps(body(**changes)).encode())


def test_a_message_is_read_whole() -> None:
    message, id_number = read(id_number=ID_NUMBER)
    assert message.flight.display == "MU5101"
    assert message.sequence == 17
    assert message.std.isoformat() == "2026-11-24T08:00:00+00:00"
    assert id_number == ID_NUMBER


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"booking_reference": "K7"}, "booking_reference"),
        ({"passenger_name": ""}, "passenger_name"),
        ({"passenger_name": "ZHANG/1SAN"}, "passenger_name"),
        ({"passenger_name": None}, "passenger_name"),
        ({"seat": "A12"}, "seat"),
        ({"sequence": "17"}, "sequence"),
        ({"sequence": 0}, "sequence"),
        ({"sequence": True}, "sequence"),
        ({"document_last4": "00002X"}, "document_last4"),
        ({"screened_at": "2026-11-24T05:00:00"}, "screened_at"),
        ({"status": "flown"}, "status"),
        ({"flight": None}, "flight"),
        ({"flight": {**body()["flight"], "date": "24.11.2026"}}, "flight.date"),
        ({"flight": {**body()["flight"], "std": None}}, "flight.std"),
        ({"flight": {**body()["flight"], "from": "sha"}}, "flight.from"),
        ({"photo": "AAAA"}, "photo"),
        ({"flight": {**body()["flight"], "id_number": ID_NUMBER}}, "flight.id_number"),
    ],
)
def test_a_fault_names_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Malformed) as refused:
        read(**changes)
    assert refused.value.field == field
    assert refused.value.position


def test_broken_json_names_the_place() -> None:
    with pytest.raises(Malformed) as refused:
        read_journey(b'{"seat": "12A",\n "gate" "D12"}')
    assert refused.value.position == "line 2 column 9"


def test_a_double_field_cannot_smuggle_a_number() -> None:
    data = json.dumps(body()).replace('"seat": "12A"', f'"seat": "{ID_NUMBER}", "seat": "12A"')
    with pytest.raises(Malformed, match="twice"):
        read_journey(data.encode())


@pytest.mark.parametrize("field", ["booking_reference", "document_last4", "id_number"])
def test_faults_never_quote_personal_values(field: str) -> None:
    with pytest.raises(Malformed) as refused:
        read(**{field: f"{ID_NUMBER} {ID_NUMBER}"})
    assert ID_NUMBER not in str(refused.value)
    assert ID_NUMBER not in str(refused.value.facts())


def test_bytes_without_an_identity_number_stay_as_they_came() -> None:
    data = json.dumps(body(), indent=3).encode()
    assert without_id_number(data) is data


def test_the_identity_number_is_cut_out() -> None:
    data = json.dumps(body(id_number=ID_NUMBER)).encode()
    kept = without_id_number(data)
    assert ID_NUMBER.encode() not in kept
    assert read_journey(kept)[0] == read_journey(data)[0]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_journey(data)
    except Malformed:
        assert len(masked(data)) == len(data)


@given(st.text(max_size=80))
def test_masked_bytes_say_nothing(text: str) -> None:
    data = masked(text.encode())
    assert not set(data.decode("ascii")) & set("0123456789abcABCyzYZ") - set("9")


def test_one_passenger_is_one_whatever_the_spelling() -> None:
    first, _ = read(passenger_name="Zhang/San  Mei")
    second, _ = read(passenger_name="ZHANG/SAN MEI", seat="14C", sequence=None)
    assert first.natural_key == second.natural_key


def test_the_decoder_leaves_the_identity_number_out() -> None:
    data = json.dumps(body(id_number=ID_NUMBER)).encode()
    (facts,) = DECODERS["dcs-json"](data)
    assert facts["flight"] == "MU5101"
    assert ID_NUMBER not in str(facts)


def test_a_message_is_read_to_typed_values_that_the_decoder_shows() -> None:
    data = json.dumps(body(id_number=ID_NUMBER, status="no_show")).encode()
    (told,) = parse(data)
    assert (told.flight, told.date, told.origin, told.destination) == (
        "MU5101",
        date(2026, 11, 24),
        "SHA",
        "PEK",
    )
    assert told.status == "no_show"
    (facts,) = DECODERS["dcs-json"](data)
    assert facts["date"] == "2026-11-24"
    assert (facts["from"], facts["to"]) == ("SHA", "PEK")
    names = {one.name for one in fields(told)}
    assert names <= set(facts)
    assert not names & {"document_last4", "id_number"}


def test_a_message_over_the_cap_is_not_read() -> None:
    with pytest.raises(TooLarge):
        parse(b" " * (MAX_BYTES + 1))


def test_the_second_of_two_names_is_found_among_many() -> None:
    many = ", ".join(f'"n{number}": 1' for number in range(4000))
    with pytest.raises(Malformed, match="twice") as refused:
        parse(f'{{{many}, "n3999": 2}}'.encode())
    assert refused.value.field == "n3999"
    assert refused.value.position.startswith("line 1 column")
