"""What the command line shows of each format, and what says which format bytes are in."""

from __future__ import annotations

import json

import pytest

from passenger_id import DECODERS, RECOGNISERS
from passenger_id.formats import mrz
from service_bus import Malformed
from tests.unit.passenger_id.formats import (
    test_bcbp,
    test_gb11643,
    test_mrz,
    test_name_list,
    test_paxlst,
)

JOURNEY = json.dumps(
    {
        "booking_reference": "K7Q2ZP",
        "passenger_name": "ZHANG/SAN",
        "id_number": "11010519491231002X",
        "flight": {
            "carrier": "MU",
            "number": "5101",
            "date": "2026-11-24",
            "from": "SHA",
            "to": "PEK",
            "std": "2026-11-24T08:00:00Z",
        },
    }
).encode()

SAMPLES = {
    "dcs-json": JOURNEY,
    "bcbp": test_bcbp.FULL,
    "mrz": mrz.encode(test_mrz.CARD),
    "gb11643": test_gb11643.NUMBER,
    "pnl": test_name_list.PNL,
    "adl": test_name_list.ADL,
    "prl": test_name_list.PRL,
    "paxlst": test_paxlst.GROUPED,
}


def test_every_format_has_a_decoder_a_recogniser_and_a_sample() -> None:
    assert set(DECODERS) == set(RECOGNISERS) == set(SAMPLES)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_is_shown_as_plain_facts(name: str) -> None:
    shown = DECODERS[name](SAMPLES[name])
    assert shown
    text = json.dumps(shown, ensure_ascii=False)
    assert "original" not in text
    # The numbers of residents are masked wherever they stand.
    assert "19491231" not in text


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_each_format_is_told_from_the_others(name: str) -> None:
    scores = {other: RECOGNISERS[other](SAMPLES[name]) for other in RECOGNISERS}
    assert scores.pop(name) > 0.9
    assert max(scores.values()) < 0.5


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe\xfd", b"nonsense", b"[]"])
def test_what_is_of_no_format_is_refused_with_field_and_place(name: str, data: bytes) -> None:
    assert RECOGNISERS[name](data) == 0
    with pytest.raises(Malformed) as caught:
        DECODERS[name](data)
    assert caught.value.position


def test_boarding_passes_show_their_flights_days() -> None:
    (shown,) = DECODERS["bcbp"](SAMPLES["bcbp"])
    assert (shown["surname"], shown["given_names"]) == ("ZHANG", "SAN")
    legs = shown["legs"]
    assert isinstance(legs, list)
    assert legs[0]["flight_date"][4:] in ("-11-24", "-11-23")
    assert legs[0]["repeated"]["document_form_serial_number"] == "1234567890"


def test_zones_show_checks_and_concerns() -> None:
    (shown,) = DECODERS["mrz"](SAMPLES["mrz"])
    assert shown["checks_fit"] is True
    assert shown["checks"] == dict.fromkeys(
        ("document_number", "date_of_birth", "date_of_expiry", "composite"), True
    )
    assert isinstance(shown["concerns"], list)


def test_lists_show_people_and_what_is_written_about_them() -> None:
    (shown,) = DECODERS["paxlst"](SAMPLES["paxlst"])
    messages = shown["messages"]
    assert isinstance(messages, list)
    assert messages[0]["flights"][0]["places"][0]["code"] == "PVG"
    assert messages[0]["people"][0]["documents"][0]["number"] == "E12345678"
    (listed,) = DECODERS["pnl"](SAMPLES["pnl"])
    totals = listed["totals"]
    assert isinstance(totals, list)
    assert totals[0]["changes"][0]["names"][0]["elements"] == [{"code": "L", "text": "ABC123/CA"}]
    party, zhao = totals[1]["changes"][0]["names"]
    assert party["record_locator"] == "K7Q2ZP"
    assert party["remarks"][1] == "DOCS HK1/P/CHN/E12345678/CHN/01JAN80/M/01JAN30/WANG/WU"
    (onward,) = party["connections"]
    assert (onward["kind"], onward["flight"], onward["status"]) == ("onward", "MU5101", "HK")
    assert onward["date"].endswith("-11-24")
    assert zhao["connections"][0]["kind"] == "inbound"
