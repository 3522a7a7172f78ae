"""AFTN envelopes, ATS messages in brackets, ADEXP."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from airport_brain.operations import DECODERS, RECOGNISERS
from airport_brain.operations.formats.aftn import adexp, ats, envelope
from airport_brain.operations.formats.aftn import fields as items
from service_bus import Malformed, TooLarge
from tests.unit.operations.formats.mutations import assert_placed, assert_refusals_are_placed

REFERENCE = datetime(2026, 11, 24, 9, tzinfo=UTC)

HEAD = "ZCZC TMA0123 240805\r\nFF ZBAAZPZX ZSSSZTZX\r\n240800 ZSSSZPZX\r\n"
END = "\r\nNNNN\r\n"
FPL = (
    "(FPL-CES5101-IS\r\n-A320/M-SDFGHIRWY/S\r\n-ZSSS0800\r\n-K0830S0980 PIKAS G330\r\nPIMOL A593 DCT\r\n"
    "-ZBAA0155 ZBTJ ZBSJ\r\n-PBN/A1B1 DOF/261124 REG/B1234 EET/ZBPE0040\r\nRMK/TCAS EQUIPPED)"
)
SHORT = {
    "DEP": "(DEP-CES5101/A1234-ZSSS0815-ZBAA-DOF/261124)",
    "ARR": "(ARR-CES5101-ZSSS-ZBAA1012)",
    "ARR2": "(ARR-CES5101-ZSSS0815-ZBAA-ZBTJ1012 TIANJIN-DOF/261124)",
    "DLA": "(DLA-CES5101-ZSSS0845-ZBAA-DOF/261124)",
    "CNL": "(CNL-CES5101-ZSSS0845-ZBAA-0)",
    "CHG": "(CHG-CES5101-ZSSS0845-ZBAA-DOF/261124-13/ZSSS0900-15/K0830S0980 DCT)",
    "FPL": "(FPLAC/B001-CES5101-IS-A320/M-SDE2/LB1-ZSSS0800-N0450F350 DCT-ZBAA0155-0)",
}
ADEXP = (
    "-TITLE IFPL\r\n-BEGIN ADDR\r\n  -FAC EUCHZMFP\r\n  -FAC EGLLZPZX\r\n-END ADDR\r\n-ARCID CES551\r\n"
    "-ADEP ZSPD\r\n-ADES EGLL\r\n-EOBD 261124\r\n-EOBT 0430\r\n-ROUTE N0480F340 SASAN G330\r\nPIMOL\r\n"
    "-BEGIN RTEPTS\r\n-PT -PTID ZSPD -FL F000 -ETO 261124044500\r\n-PT -PTID GEO01 -FL F340\r\n"
    "-END RTEPTS\r\n-GEO -GEOID GEO01 -LATTD 500000N -LONGTD 0200000E\r\n-COMMENT END OF IT\r\n"
)


def read(module: Any, text: str | bytes, **more: Any) -> Any:
    data = text if isinstance(text, bytes) else text.encode("latin-1")
    (only,) = module.parse(data, reference=REFERENCE, **more)
    return only


def refused(module: Any, text: str, **more: Any) -> Malformed:
    with pytest.raises(Malformed) as caught:
        read(module, text, **more)
    return caught.value


def codes(message: Any) -> list[str]:
    return [notice.code for notice in message.notices]


def at(hour: int, minute: int, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


# Envelopes.


def test_an_envelope_says_who_sends_what_to_whom_and_when() -> None:
    found = read(envelope, HEAD + FPL + END).envelope
    assert (found.start, found.priority, found.originator) == ("TMA0123 240805", "FF", "ZSSSZPZX")
    assert found.addresses == ("ZBAAZPZX", "ZSSSZTZX")
    assert (found.sent, found.ends) == (at(8, 0), True)


@pytest.mark.parametrize(
    "data",
    [
        HEAD + FPL + END,
        "FF" + " ZBAAZPZX" * 7 + "\nZBAAZPZY\n240800 ZSSSZPZX 4.\nA\n",
        "ANY TEXT",
    ],
)
def test_any_form_of_envelope_is_written_back_byte_for_byte(data: str) -> None:
    assert envelope.encode(read(envelope, data)) == data.encode()


def test_several_messages_go_from_zczc_to_nnnn() -> None:
    data = (HEAD + FPL + END) * 2 + HEAD + SHORT["DEP"] + "\r\n" + SHORT["ARR"] + END
    found = ats.parse(data.encode(), reference=REFERENCE, mode="strict")
    assert [m.message_type for m in found] == ["FPL", "FPL", "DEP", "ARR"]


def test_notices_are_those_of_their_own_message() -> None:
    odd = SHORT["DLA"].replace("261124", "261324")
    data = HEAD + odd + "\r\n" + SHORT["DEP"] + END + HEAD + SHORT["ARR"] + END
    found = ats.parse(data.encode(), reference=REFERENCE)
    assert [codes(m) for m in found] == [["ats-dof"], [], []]


def test_a_flood_of_messages_is_refused() -> None:
    for module, data in ((ats, "(DEP)" * 2000), (envelope, "NNNN\n" * 2000)):
        assert refused(module, data).position.startswith("line ")


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        ("ZCZC TMA0123\r\nHELLO\r\nNNNN", "address", "line 2 column 1"),
        ("ZCZC TMA0123\r\nFF ZBAAZPZX\r\n(FPL)\r\nNNNN", "originator", "line 3 column 1"),
        ("FF ZBAAZPZX\r\n992460 ZSSSZPZX\r\nA", "filing time", "line 2 column 1"),
        ("FF ZBAAZPZX\r\n240800 ZSSSZPZX\r\n", "text", "line 2 column 1"),
        ("NNNN", "text", "line 1 column 1"),
        ("", "text", "line 1 column 1"),
        ("X" * 30_000, "text", "line 1 column 20001"),
    ],
)
def test_an_envelope_that_cannot_be_read_is_refused(text: str, field: str, position: str) -> None:
    fault = refused(envelope, text)
    assert (fault.field, fault.position) == (field, position)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + "A", "aftn-no-end"),
        (HEAD.replace("FF ", "QU ") + "A" + END, "aftn-priority"),
        (HEAD + "A" * 70 + END, "aftn-line-long"),
        (HEAD + ("A" * 60 + "\r\n") * 31 + END, "aftn-text-long"),
        (HEAD + "\xc9" + END, "aftn-not-ascii"),
        (HEAD.replace("FF ", "FF\r\n") + "A" + END, "aftn-priority-apart"),
        (HEAD.replace("FF ", "FF  ") + "A" + END, "aftn-heading-blanks"),
        (HEAD.replace("FF ", "FF") + "A" + END, "aftn-address-glued"),
        (HEAD.replace("ZPZX ZSSS", "ZPZXZSSS") + "A" + END, "aftn-address-glued"),
        (HEAD.replace("240800 ", "240800") + "A" + END, "aftn-address-glued"),
    ],
)
def test_an_odd_envelope_is_noted_and_refused_in_strict_mode(text: str, code: str) -> None:
    assert codes(read(envelope, text)) == [code]
    assert refused(envelope, text, mode="strict").code == code


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("FF ", "FF"),
        ("FF ", "FF\r\n"),
        ("FF ", "FF   "),
        ("ZPZX ZSSS", "ZPZXZSSS"),
        ("ZPZX ZSSS", "ZPZX\r\nZSSS"),
        ("240800 ", "240800"),
        ("240800 ", "240800  "),
    ],
)
def test_blanks_in_the_heading_do_not_hide_who_sends_what_to_whom(old: str, new: str) -> None:
    plain = read(envelope, HEAD + "A" + END)
    for start in (HEAD, HEAD.partition("\r\n")[2]):
        found = read(envelope, start.replace(old, new) + "A" + END)
        assert found.envelope.priority == "FF"
        assert found.envelope.addresses == plain.envelope.addresses
        assert (found.envelope.filed, found.envelope.originator) == ("240800", "ZSSSZPZX")
        assert found.text == ("A",)
        assert read(envelope, envelope.encode(found)) == found
        assert envelope.recognise((start.replace(old, new) + "A").encode()) > 0.5


def test_a_text_that_begins_like_a_heading_is_a_text() -> None:
    assert read(envelope, "SSABCDEFGH\r\nABCDEFGH\r\n").text == ("SSABCDEFGH", "ABCDEFGH")


def test_a_check_of_the_channel_has_no_addresses() -> None:
    found = read(envelope, "ZCZC TMA0123 240805\r\nCH\r\nNNNN\r\n", mode="strict")
    assert (found.text, found.notices) == (("CH",), ())


def test_a_text_behind_its_control_character_begins_where_it_begins() -> None:
    framed = "\x01" + HEAD + "\x02TEXT\r\n\x03"
    assert read(envelope, framed).text[0] == "TEXT"


# ATS messages.


@pytest.mark.parametrize("text", [FPL, *SHORT.values()])
@pytest.mark.parametrize("enveloped", [True, False])
def test_a_message_is_read_strictly_and_written_back(text: str, *, enveloped: bool) -> None:
    if enveloped and len(text) > 69 and "\r\n" not in text:
        text = text.replace("-ZBAA", "\r\n-ZBAA")
    data = (HEAD + text + END if enveloped else text).encode()
    found = read(ats, data, mode="strict")
    assert found.notices == ()
    assert ats.encode(found) == data


def test_a_flight_plan_says_all_its_items() -> None:
    found = read(ats, HEAD + FPL + END)
    assert found.identification.aircraft_identification == "CES5101"
    assert (found.rules.flight_rules, found.rules.type_of_flight) == ("I", "S")
    assert (found.aircraft.type, found.aircraft.wake) == ("A320", "M")
    assert found.equipment == items.Equipment(radio="SDFGHIRWY", surveillance="S")
    assert found.departure_at == at(8, 0)
    assert found.route.route == "PIKAS G330 PIMOL A593 DCT"
    assert found.route.speed_m_per_s == pytest.approx(230.56, abs=0.01)
    assert found.route.level_m == 9800
    assert found.destination == items.Destination(
        aerodrome="ZBAA", elapsed=115, alternates=("ZBTJ", "ZBSJ")
    )
    assert found.other.get("REG") == "B1234"
    assert found.other.get("RMK") == "TCAS EQUIPPED"
    assert found.date_of_flight == date(2026, 11, 24)


def test_knots_and_flight_levels_are_si_too() -> None:
    route = read(ats, SHORT["FPL"]).route
    assert route.speed_m_per_s == pytest.approx(231.5)
    assert route.level_m == pytest.approx(10668)


def test_short_messages_say_what_became_of_the_flight() -> None:
    assert read(ats, SHORT["DEP"]).identification.ssr == "A1234"
    assert read(ats, SHORT["DEP"]).departure_at == at(8, 15)
    assert read(ats, SHORT["ARR"]).arrival == items.Place(aerodrome="ZBAA", time="1012")
    diverted = read(ats, SHORT["ARR2"])
    assert (diverted.destination.aerodrome, diverted.arrival.aerodrome) == ("ZBAA", "ZBTJ")
    assert diverted.arrival.name == "TIANJIN"
    changed = read(ats, SHORT["CHG"]).amendments
    assert [(a.item, a.value) for a in changed] == [(13, "ZSSS0900"), (15, "K0830S0980 DCT")]
    numbered = read(ats, SHORT["FPL"])
    assert (numbered.number, numbered.other.entries) == ("AC/B001", ())


def test_a_departure_without_dof_is_near_its_filing() -> None:
    text = HEAD.replace("240800", "232350") + "(DEP-CES5101-ZSSS0010-ZBAA)" + END
    assert read(ats, text).departure_at == at(0, 10)


@pytest.mark.parametrize(
    ("filed", "text", "expected"),
    [
        ("240600", SHORT["FPL"].replace("0800", "2330"), at(23, 30)),
        ("241900", SHORT["FPL"].replace("0800", "0530"), at(5, 30, day=25)),
        ("240900", SHORT["FPL"], at(8, 0)),
        ("242135", "(ARR-CES5101-ZSSS0800-ZBAA2130)", at(8, 0)),
        ("240035", "(ARR-CES5101-ZSSS2200-ZBAA0030)", at(22, 0, day=23)),
    ],
)
def test_a_plan_is_filed_before_its_flight_and_an_arrival_behind_it(
    filed: str, text: str, expected: datetime
) -> None:
    assert read(ats, HEAD.replace("240800", filed) + text + END).departure_at == expected


@pytest.mark.parametrize(
    "heading",
    ["ZCZC TMA0123 240805FF ZBAAZPZX240800 ZSSSZPZX ", "TMA0123 FF ZBAAZPZX 240800 ZSSSZPZX  "],
)
def test_a_heading_that_lost_its_line_ends_is_read(heading: str) -> None:
    found = read(ats, heading + SHORT["DEP"])
    assert (found.envelope.addresses, found.envelope.filed) == (("ZBAAZPZX",), "240800")
    assert "ats-one-line" in codes(found)
    assert ats.recognise((heading + SHORT["DEP"]).encode()) > 0.9


def test_a_hyphen_in_item_18_is_text_and_item_19_is_kept() -> None:
    text = "(FPL-CES5101-IS-A320/M-S/S-ZSSS0800-N0450F350 DCT-ZBAA0155-RMK/RE-ROUTED-E/0210 P/TBN C/WANG)"
    found = read(ats, text)
    assert found.other.get("RMK") == "RE-ROUTED"
    assert codes(found) == ["ats-hyphen"]
    assert found.supplementary == "E/0210 P/TBN C/WANG"
    assert "WANG" not in repr(found)
    assert ats.encode(found) == text.encode()


@pytest.mark.parametrize(
    "told",
    ["OPR/AIR-X DOF/241130 RMK/Y", "RMK/A-B-C OPR/D-E DOF/241130", "RMK/A -DOF/241130"],
)
def test_what_follows_a_hyphen_in_item_18_is_read_on(told: str) -> None:
    text = f"(DEP-CES5101-ZSSS0800-ZBAA-{told})"
    found = read(ats, text)
    assert found.other.get("DOF") == "241130"
    assert found.departure_at == datetime(2024, 11, 30, 8, tzinfo=UTC)
    assert set(codes(found)) == {"ats-hyphen"}


def test_an_arrival_with_a_hyphen_in_item_18_keeps_its_place_and_time() -> None:
    found = read(ats, "(ARR-CES5101-ZSSS0800-ZBAA1010-RMK/A-B DOF/241130)")
    assert (found.arrival.aerodrome, found.arrival.time) == ("ZBAA", "1010")
    assert found.other.entries == (("RMK", "A-B"), ("DOF", "241130"))


def test_an_alert_with_a_hyphen_in_item_18_keeps_items_19_and_20() -> None:
    plan = "CES5101-IS-A320/M-S/S-ZSSS0800-N0450F350 DCT-ZBAA0155"
    told = "OPR/AIR-X DOF/241130-E/0430-USAF-LAST SEEN"
    found = read(ats, f"(ALR-INCERFA/ZSSSZQZX/X-{plan}-{told})")
    assert found.other.entries == (("OPR", "AIR-X"), ("DOF", "241130"))
    assert (found.supplementary, found.alerting) == ("E/0430", "USAF-LAST SEEN")


def test_an_entry_of_item_18_keeps_its_hyphens() -> None:
    found = read(ats, "(DEP-CES5101-ZSSS0800-ZBAA-OPR/AIR-X NOVEL/A-B RMK/C)")
    assert found.other.entries == (("OPR", "AIR-X"), ("NOVEL", "A-B"), ("RMK", "C"))
    assert codes(found).count("ats-indicator") == 1


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        ("FPL-CES5101", "item 3", "line 1 column 1"),
        ("(fpl-CES5101)", "item 3", "line 1 column 2"),
        (FPL.replace("CES5101", "CES 5101"), "item 7", "line 1 column 6"),
        (FPL.replace("-IS", "-QS"), "item 8", "line 1 column 14"),
        (FPL.replace("A320/M", "A320/Q"), "item 9", "line 2 column 2"),
        (FPL.replace("SDFGHIRWY/S", "SDFGHIRWY"), "item 10", "line 2 column 9"),
        (FPL.replace("ZSSS0800", "ZSSS0860"), "item 13", "line 3 column 6"),
        (FPL.replace("ZSSS0800", "ZSS0800"), "item 13", "line 3 column 2"),
        (FPL.replace("K0830S0980", "K083S0980"), "item 15", "line 4 column 2"),
        (FPL.replace("ZBAA0155", "ZBAA0175"), "item 16", "line 6 column 6"),
        (FPL.replace("ZBAA0155", "ZBA"), "item 16", "line 6 column 2"),
        ("(DEP-CES5101-ZSSS0815)", "item 16", "line 1 column 22"),
        ("(ARR-CES5101-ZSSS)", "item 17", "line 1 column 18"),
        ("(ARR-CES5101-ZSSS-ZBA)", "item 17", "line 1 column 19"),
        ("(CHG-CES5101-ZSSS0845-ZBAA-99/X)", "item 22", "line 1 column 28"),
        ("(CHG-CES5101-ZSSS0845-ZBAA-13/ZSSS0900-MORE)", "item 22", "line 1 column 40"),
        ("(DLA-CES5101-ZSSS0845-ZBAA-0-0)", "item 18", "line 1 column 30"),
    ],
)
def test_an_item_that_cannot_be_read_is_refused_with_its_place(
    text: str, field: str, position: str
) -> None:
    fault = refused(ats, text)
    assert (fault.field, fault.position) == (field, position)


@pytest.mark.parametrize(
    "text",
    [
        "(ALN-CES5101-ZSSS-ZBAA-ZBTJ1020)",
        "(ABISHA/PVG178-CES5101-ZSSS-PIKAS/0941F220-ZBAA-8/IS-9/A320/M)",
    ],
)
def test_types_without_a_reader_keep_their_items(text: str) -> None:
    found = read(ats, text + "\r\n", mode="strict")
    assert ats.encode(found) == (text + "\r\n").encode()
    assert found.message_type == text[1:4]
    assert RECOGNISERS["ats"](text.encode()) > 0.9


KIN = {
    "CPL": "(CPLSHA/PVG052-CES5101/A5120-IS-A320/M-S/C-ZSSS-PIKAS/0941F220-N0420F220 G330-ZBAA-0)",
    "EST": "(EST-CES5101/A5631-ZSSS-PIKAS/0948F140F110A-ZBAA)",
    "CDN": "(CDNSHA/PVG053SHA/PVG052-CES5101-ZSSS-ZBAA-14/PIKAS/0944F200)",
    "ACP": "(ACP-CES5101/A5120-ZSSS-ZBAA)",
    "ACP2": "(ACPSHA/PVG054PVG/SHA021)",
    "LAM": "(LAMSHA/PVG178PVG/SHA100)",
    "RQP": "(RQP-CES5101-ZSSS0920-ZBAA-DOF/261124)",
    "RQS": "(RQS-CES5101/A5120-ZSSS0920-ZBAA-0)",
    "SPL": "(SPL-CES5101-ZSSS0920-ZBAA0155 ZBTJ-REG/B1234-E/0640 P/150 R/UV S/M J/LF D/4 40 C YELLOW "
    "A/WHITE N/NIL C/WANG)",
    "ALR": "(ALR-ALERFA/ZSSSZQZX/OVERDUE AT PIKAS-CES5101-IS-A320/M-S/C-ZSSS0800-K0830S0980 G330"
    "-ZBAA0155 ZBTJ-REG/B1234-E/0640 P/TBN-CES ZSSSZQZX 0941 126.7 LAST SEEN NW-BOUND)",
    "RCF": "(RCF-B1234-0941 121.3 PIKAS 0929 TRANSMITTING ONLY 126.7)",
}


@pytest.mark.parametrize("text", KIN.values(), ids=KIN)
def test_messages_between_units_are_read_strictly_and_written_back(text: str) -> None:
    found = read(ats, text, mode="strict")
    assert (found.notices, found.items) == ((), ())
    assert found.message_type == text[1:4]
    assert ats.encode(found) == text.encode()
    assert RECOGNISERS["ats"](text.encode()) > 0.9


def test_estimates_emergencies_and_survival_are_read_item_by_item() -> None:
    assert read(ats, KIN["EST"]).estimate == items.Estimate(
        point="PIKAS",
        time="0948",
        level="F140",
        crossing_level="F110",
        crossing_condition="A",
    )
    alert = read(ats, KIN["ALR"])
    assert alert.emergency == items.Emergency(
        phase="ALERFA", originator="ZSSSZQZX", nature="OVERDUE AT PIKAS"
    )
    assert alert.survival == items.Survival(endurance=400, persons_on_board="TBN")
    assert alert.alerting == "CES ZSSSZQZX 0941 126.7 LAST SEEN NW-BOUND"
    survival = read(ats, KIN["SPL"]).survival
    assert survival == items.Survival(
        endurance=400,
        persons_on_board="150",
        emergency_radio="UV",
        survival="M",
        jackets="LF",
        dinghies="4 40 C YELLOW",
        colour_and_markings="WHITE",
        remarks="NIL",
    )
    assert read(ats, KIN["RCF"]).failure == "0941 121.3 PIKAS 0929 TRANSMITTING ONLY 126.7"
    assert read(ats, KIN["CDN"]).amendments == (items.Amendment(item=14, value="PIKAS/0944F200"),)


def test_a_blank_behind_a_hyphen_is_noted_and_left_out() -> None:
    spaced = read(ats, SHORT["DEP"].replace("-", "- "))
    assert spaced == read(ats, SHORT["DEP"])
    assert set(codes(spaced)) == {"ats-blanks"}


def test_brackets_within_the_text_do_not_end_it() -> None:
    found = read(ats, "(CNL-CES5101-ZSSS0845-ZBAA-RMK/CREW (TWO\r\nOF THEM) ILL)\r\n")
    assert found.other.get("RMK") == "CREW (TWO OF THEM) ILL"


def test_a_stay_is_an_indicator_of_its_own() -> None:
    other = read(
        ats, FPL.replace("DOF/261124", "DOF/261124 STAYINFO1/CALIBRATION"), mode="strict"
    ).other
    assert (other.get("DOF"), other.get("STAYINFO1")) == ("261124", "CALIBRATION")


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        ("(EST-CES5101-ZSSS-PIKAS0948F140-ZBAA)", "item 14", "line 1 column 19"),
        ("(EST-CES5101-ZSSS-PIKAS/0960F140-ZBAA)", "item 14", "line 1 column 25"),
        ("(ALR-ALERT/ZSSSZQZX/OVERDUE-CES5101)", "item 5", "line 1 column 6"),
        ("(LAM-CES5101-ZSSS-ZBAA)", "item 18", "line 1 column 14"),
        ("(RQP-CES5101-ZSSS0920)", "item 16", "line 1 column 22"),
    ],
)
def test_an_item_between_units_that_cannot_be_read_is_refused(
    text: str, field: str, position: str
) -> None:
    fault = refused(ats, text)
    assert (fault.field, fault.position) == (field, position)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(XYZ-CES5101/A1234-ZSSS)", "ats-unknown-type"),
        (SHORT["DLA"].replace("DOF/", "LATE DOF/"), "ats-other-text"),
        (SHORT["DLA"].replace("DOF/261124", "DOF/261124 MOOD/FINE"), "ats-indicator"),
        (SHORT["DLA"].replace("261124", "261324"), "ats-dof"),
        (SHORT["DLA"].replace("0845", ""), "ats-no-departure-time"),
        (SHORT["FPL"].replace("-IS-", "-I-"), "ats-no-type-of-flight"),
        (SHORT["FPL"].replace("ZBAA0155", "ZBAA"), "ats-no-elapsed"),
        ("(CHG-CES5101-ZSSS0845-ZBAA-0)", "ats-no-amendment"),
        ("(CHG-CES5101-ZSSS0845-ZBAA-0-18/RMK/RE-ROUTED)", "ats-hyphen"),
        ("(ARR-CES5101-ZSSS-ZBAA)", "ats-no-arrival-time"),
        ("(CNL-CES5101-ZSSS0845-ZBAA-RMK/CREW (TWO) ILL)", "ats-bracket"),
        ("(EST-CES5101-ZSSS-PIKAS/0948F140/M078-ZBAA)", "ats-estimate-more"),
        (SHORT["FPL"].replace("A320/M", "A320/C"), "ats-wake"),
        (SHORT["FPL"].replace("ZBAA0155-0", "ZBAA0155"), "ats-no-other"),
        (SHORT["FPL"].replace("A320/M", "ZZZZ/M"), "ats-unnamed"),
        (SHORT["FPL"].replace("ZSSS0800", "AFIL0800"), "ats-unnamed"),
        (SHORT["FPL"].replace("ZBAA0155", "ZBAA0155 ZZZZ"), "ats-unnamed"),
    ],
)
def test_an_odd_message_is_noted_kept_and_refused_in_strict_mode(text: str, code: str) -> None:
    found = read(ats, text)
    assert codes(found) == [code]
    assert ats.encode(found) == text.encode()
    assert refused(ats, text, mode="strict").code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("HELLO\r\n" + SHORT["DEP"], "ats-outside"), (SHORT["DEP"][:-1], "ats-no-bracket")],
)
def test_text_around_the_brackets_is_noted(text: str, code: str) -> None:
    assert codes(read(ats, text)) == [code]


def test_an_ssr_code_behind_a_hyphen_belongs_to_item_7() -> None:
    found = read(ats, "(ARR-CES5101-A1234-ZSSS0815-ZBAA1012)")
    assert (found.identification.ssr, found.departure.aerodrome) == ("A1234", "ZSSS")
    assert codes(found) == ["ats-ssr-apart"]


# ADEXP.


def test_adexp_gives_fields_lists_and_points() -> None:
    found = read(adexp, ADEXP)
    assert (found.title, found.aircraft_identification) == ("IFPL", "CES551")
    assert (found.departure_aerodrome, found.destination_aerodrome) == ("ZSPD", "EGLL")
    assert found.addresses == ("EUCHZMFP", "EGLLZPZX")
    assert found.eobt == at(4, 30)
    assert found.get("ROUTE") == "N0480F340 SASAN G330 PIMOL"
    assert [dict(p) for p in found.points] == [
        {"PTID": "ZSPD", "FL": "F000", "ETO": "261124044500"},
        {"PTID": "GEO01", "FL": "F340"},
    ]
    (place,) = found.all("GEO")
    assert [f.name for f in place.fields] == ["GEOID", "LATTD", "LONGTD"]
    assert found.notices == ()


@pytest.mark.parametrize(
    "text",
    [
        ADEXP,
        ADEXP.replace("\r\n", "\n"),
        HEAD + ADEXP + "NNNN\r\n",
        "-TITLE SAM -ARCID AMC101 -ADEP EGLL -EOBD 160224 -EOBT 0950 -CTOT 1030 -ADES LMML",
        "-ADEXP\r\n-TITLE IFPL\r\n-ORIGIN -NETWORKTYPE SITA -FAC FRAOXLH\r\n-EQPT B737/M-SDE1\r\n",
        "-TITLE IFPL\r\n-BEGIN RTEPTS\r\n  -PT EDDF -PTID EDDF -FL F004\r\n-END RTEPTS\r\n",
        "-TITLE X -BEGIN A -BEGIN B -BEGIN C -REFDATA -SENDER -FAC E -RECVR -FAC L -SEQNUM 1 "
        "-END C -END B -END A -Y",
    ],
)
def test_adexp_is_written_back_byte_for_byte(text: str) -> None:
    found = read(adexp, text, mode="strict")
    assert adexp.encode(found) == text.encode()


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        ("HELLO", "TITLE", "line 1 column 1"),
        ("-TITLE IFPL\r\n-BEGIN ADDR\r\n-FAC X\r\n", "ADDR", "line 2 column 1"),
        ("-TITLE IFPL\r\n  -END ADDR\r\n", "ADDR", "line 2 column 3"),
        ("-TITLE IFPL\r\n-BEGIN ADDR\r\n-END RTEPTS", "RTEPTS", "line 3 column 1"),
        ("-TITLE IFPL\r\n-BEGIN\r\n", "BEGIN", "line 2 column 1"),
        ("-TITLE IFPL\r\n" + "-BEGIN A\r\n" * 30, "BEGIN", "line 22 column 1"),
    ],
)
def test_adexp_that_cannot_be_read_is_refused_with_its_place(
    text: str, field: str, position: str
) -> None:
    fault = refused(adexp, text)
    assert (fault.field, fault.position) == (field, position)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-ARCID CES551\r\n-TITLE IFPL", "adexp-no-title"),
        ("-TITLE IFPL\r\n-ARCID A\r\n-ARCID B", "adexp-repeated"),
        ("-TITLE IFPL\r\n-EOBD 261332\r\n-EOBT 0430", "adexp-eobt"),
    ],
)
def test_odd_adexp_is_noted_and_refused_in_strict_mode(text: str, code: str) -> None:
    assert codes(read(adexp, text)) == [code]
    assert refused(adexp, text, mode="strict").code == code


def test_fields_that_may_stand_several_times_are_no_oddity() -> None:
    text = (
        "-TITLE SRM\r\n-ARCID CES551\r\n-IFPLID AA12345678\r\n-ADEP EGLL\r\n-ADES LIMC\r\n"
        "-EOBD 261124\r\n-EOBT 0430\r\n-NEWCTOT 0455\r\n-REGUL LIMCA24\r\n-REGUL EGTT24M\r\n"
        "-TTO -PTID MAKED -TO 0557 -FL F370\r\n-TAXITIME 0012\r\n-REGCAUSE SE 82\r\n"
    )
    found = read(adexp, text, mode="strict")
    assert [f.text for f in found.all("REGUL")] == ["LIMCA24", "EGTT24M"]
    assert adexp.encode(found) == text.encode()


# All.


@pytest.mark.parametrize(
    ("text", "expected"),
    [(HEAD + FPL + END, "ats"), (HEAD + ADEXP, "adexp"), (HEAD + "A" + END, "aftn")],
)
def test_each_message_is_recognised_as_what_it_is(text: str, expected: str) -> None:
    assert max(RECOGNISERS, key=lambda name: RECOGNISERS[name](text.encode())) == expected


HEADED = (
    "TMA0123 240805\r\nFF ZSSSZTZX ZBAAZPZX\r\n240800 ZSSSZPZX\r\n(DEP-CES551-ZSSS0800-ZBAA)\r\n"
)


def test_channel_and_number_without_start_are_read() -> None:
    found = read(ats, HEADED)
    assert (found.envelope.start, found.envelope.priority) == ("TMA0123 240805", "FF")
    assert found.envelope.addresses == ("ZSSSZTZX", "ZBAAZPZX")
    assert codes(found) == ["ats-no-start"]
    assert refused(ats, HEADED, mode="strict").code == "ats-no-start"
    assert RECOGNISERS["aftn"](HEADED.encode()) > 0
    assert ats.encode(found) == b"ZCZC " + HEADED.encode()


PLAIN_ADEXP = (
    "ZCZC\r\n-TITLE ICNL\r\n-ARCID CES551\r\n-ADEP ZSSS\r\n-EOBD 20261124\r\n-EOBT 0800\r\n-CFL \r\n"
    "-STS \r\n"
)


def test_a_text_between_start_and_end_alone_is_read() -> None:
    found = read(adexp, PLAIN_ADEXP + "NNN")
    assert codes(found) == ["adexp-short-end", "adexp-no-address"]
    assert (found.envelope.ends, found.envelope.addresses, found.get("STS")) == (True, (), "")
    assert found.eobt == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert adexp.encode(found).startswith(b"ZCZC\r\n-TITLE ICNL")
    again = read(adexp, adexp.encode(found).decode())
    assert (again.fields, codes(again)) == (found.fields, ["adexp-no-address"])
    assert refused(adexp, PLAIN_ADEXP + "NNNN", mode="strict").code == "adexp-no-address"
    assert read(ats, "ZCZC\r\n(DEP-CES551-ZSSS0800-ZBAA)\r\nNNNN").envelope.ends


def test_three_ns_that_end_no_message_are_text() -> None:
    found = read(envelope, "FF ZBAAZPZX\r\n240800 ZSSSZPZX\r\nNNN\r\n")
    assert (found.text, found.envelope.ends) == (("NNN",), False)


@pytest.mark.parametrize("start", ["", "TMA0123 240805 ", "ZCZC TMA0123 240805 "])
@pytest.mark.parametrize(
    ("module", "name", "text"),
    [
        (ats, "ats", "(DEP-CES551-ZSSS0800-ZBAA)"),
        (adexp, "adexp", "-TITLE IDEP -ARCID CES551 -ADEP ZSSS"),
    ],
)
def test_a_heading_in_the_line_of_its_text_is_read(
    module: Any, name: str, text: str, start: str
) -> None:
    line = f"{start}FF ZSSSZTZX ZBAAZPZX 240800 ZSSSZPZX {text}"
    found = read(module, line)
    assert found.envelope.addresses == ("ZSSSZTZX", "ZBAAZPZX")
    assert (found.envelope.filed, found.envelope.originator) == ("240800", "ZSSSZPZX")
    assert codes(found)[0] == f"{name}-one-line"
    assert refused(module, line, mode="strict").code == f"{name}-one-line"
    assert max(RECOGNISERS, key=lambda each: RECOGNISERS[each](line.encode())) == name


@pytest.mark.parametrize("start", ["ZCZC ", "ZCZC TMA0123 ", "ZCZC TMA0123 240805 "])
@pytest.mark.parametrize(
    ("module", "text"), [(ats, SHORT["ARR"]), (adexp, ADEXP.removesuffix("\r\n"))]
)
def test_a_text_right_behind_the_start_is_read(module: Any, text: str, start: str) -> None:
    whole = f"{start}{text}\r\nNNNN\r\n"
    assert module.recognise(whole.encode()) > 0.9
    found = read(module, whole)
    assert codes(found) == [f"{module.FORMAT}-one-line", f"{module.FORMAT}-no-address"]
    assert found.envelope.start == start[5:].strip()
    assert read(module, module.encode(found)) == found
    with pytest.raises(Malformed):
        read(module, whole, mode="strict")


def test_blanks_between_alternates_are_one() -> None:
    text = "(FPL-OKA2861-IS-MA60/M-SHID/C-ZBTJ0030-K0420S0450 CG J1-ZSYT0100  ZSQD   ZYTL-0)"
    found = read(ats, text)
    assert found.destination.alternates == ("ZSQD", "ZYTL")
    assert [(n.code, n.position) for n in found.notices] == [("ats-blanks", "line 1 column 65")]
    assert ats.encode(found).decode().strip() == text.replace("   ", " ").replace("  ", " ")
    with pytest.raises(Malformed):
        read(ats, text, mode="strict")


def test_odd_fields_of_adexp_are_noted_where_they_stand() -> None:
    text = ADEXP.replace("-EOBD 261124", "-EOBD 24") + "-ADES EGKK\r\n"
    places = [(n.code, n.position) for n in read(adexp, text).notices]
    assert places == [("adexp-eobt", "line 10 column 1"), ("adexp-repeated", "line 19 column 1")]


def test_a_group_with_an_unknown_name_holds_the_fields_of_its_line() -> None:
    text = (
        "-TITLE BRWY\r\n-AIRPORT ZSSS\r\n-BEGIN RWYLIST\r\n-RUNWAY -RWYID 18L -RWYUSE DEP\r\n"
        "-RUNWAY -RWYID 18R -RWYUSE ARR\r\n-END RWYLIST\r\n-NOTE\r\n-SOURCE TOWER"
    )
    found = read(adexp, text, mode="strict")
    (runways,) = found.all("RWYLIST")
    assert [[f.value for f in runway.fields] for runway in runways.fields] == [
        ["18L", "DEP"],
        ["18R", "ARR"],
    ]
    assert [field.name for field in found.fields] == [
        "TITLE",
        "AIRPORT",
        "RWYLIST",
        "NOTE",
        "SOURCE",
    ]
    assert adexp.encode(found) == text.encode()


def test_a_slot_in_one_line_is_the_same_slot() -> None:
    lines = (
        "-TITLE SAM\r\n-ARCID CES551\r\n-ADEP EGLL\r\n-CTOT 1030\r\n-TTO -PTID VEULE -TO 1050 -FL F300\r\n"
        "-TAXITIME 0020\r\n"
    )
    slot = read(adexp, lines, mode="strict")
    one_line = read(adexp, " ".join(lines.split()) + "\r\n", mode="strict")
    assert one_line == slot
    (over,) = slot.all("TTO")
    assert [(f.name, f.text) for f in over.fields] == [
        ("PTID", "VEULE"),
        ("TO", "1050"),
        ("FL", "F300"),
    ]


def test_an_estimate_has_its_level() -> None:
    found = read(
        adexp, "-TITLE ABI -ESTDATA -PTID PIKAS -ETO 261124094500 -FL F390 -ARCID CES551\r\n"
    )
    (estimate,) = found.all("ESTDATA")
    assert [f.name for f in estimate.fields] == ["PTID", "ETO", "FL"]
    assert found.aircraft_identification == "CES551"


def test_fields_in_one_line_stay_beside_each_other() -> None:
    text = "-ADEXP -TITLE IFPL -NOTE -ARCID CES551 -ADEP ZSSS"
    found = read(adexp, text, mode="strict")
    assert [f.name for f in found.fields] == ["ADEXP", "TITLE", "NOTE", "ARCID", "ADEP"]
    assert adexp.encode(found) == text.encode()


@pytest.mark.parametrize(("name", "text"), [("ats", FPL), ("adexp", ADEXP), ("aftn", HEAD + "A")])
def test_the_command_line_shows_each_message(name: str, text: str) -> None:
    (shown,) = DECODERS[name](text.encode())
    json.dumps(shown)


@pytest.mark.parametrize("module", [ats, adexp, envelope])
def test_sizes_are_capped(module: Any) -> None:
    with pytest.raises(TooLarge):
        read(module, HEAD + FPL + END, max_bytes=100)


# Properties.

AERODROMES = st.text("ZSPDBAEGLH", min_size=4, max_size=4)
TIMES = st.integers(0, 1439).map(lambda m: f"{m // 60:02d}{m % 60:02d}")
WORDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=8)
IDENTIFICATIONS = st.builds(
    items.Identification,
    aircraft_identification=st.text("CES0123456789", min_size=2, max_size=7),
    ssr=st.sampled_from(["", "A1234", "A7777"]),
)
OTHERS = st.builds(
    items.Other,
    entries=st.lists(
        st.tuples(
            st.sampled_from(["REG", "RMK", "PBN", "STS", "EET"]),
            st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
        ),
        max_size=4,
    ).map(tuple),
)
DEPARTURES = st.builds(items.Place, aerodrome=AERODROMES, time=TIMES)
DESTINATIONS = st.builds(
    items.Destination,
    aerodrome=AERODROMES,
    elapsed=st.integers(0, 24 * 60),
    alternates=st.lists(AERODROMES, max_size=2).map(tuple),
)
PLANS = st.builds(
    ats.AtsMessage,
    message_type=st.just("FPL"),
    identification=IDENTIFICATIONS,
    rules=st.builds(
        items.Rules, flight_rules=st.sampled_from("IVYZ"), type_of_flight=st.sampled_from("SNGMX")
    ),
    aircraft=st.builds(
        items.Aircraft,
        number=st.none() | st.integers(1, 99),
        type=st.sampled_from(["A320", "B77W", "C172", "ZZZZ"]),
        wake=st.sampled_from("LMHJ"),
    ),
    equipment=st.builds(
        items.Equipment, radio=st.just("SDE2FG"), surveillance=st.sampled_from(["S", "LB1"])
    ),
    departure=DEPARTURES,
    route=st.builds(
        items.Route,
        speed=st.sampled_from(["K0830", "N0450", "M082"]),
        level=st.sampled_from(["S0980", "F350", "VFR"]),
        route=st.lists(WORDS, max_size=40).map(" ".join),
    ),
    destination=DESTINATIONS,
    other=OTHERS,
)
CHANGES = st.builds(
    ats.AtsMessage,
    message_type=st.sampled_from(["DEP", "DLA", "CNL"]),
    identification=IDENTIFICATIONS,
    departure=DEPARTURES,
    destination=DESTINATIONS,
    other=st.none() | OTHERS,
)


@given(PLANS | CHANGES)
@settings(max_examples=150, deadline=None)
def test_a_message_that_is_written_is_read_back(message: ats.AtsMessage) -> None:
    data = ats.encode(message)
    found = read(ats, data)
    assert found.envelope.line_end == "\r\n"
    assert _told(found) == _told(message)
    assert ats.encode(found) == data
    assert all(len(line) <= 69 for line in data.split(b"\r\n"))


def _told(message: ats.AtsMessage) -> list[object]:
    return [getattr(message, name) for name in ats.AtsMessage.__dataclass_fields__ if name in _SAID]


_SAID = {
    "message_type", "identification", "rules", "aircraft", "equipment", "departure", "route",
    "destination", "other",
}  # fmt: skip

NAMES = st.sampled_from(["ARCID", "ADEP", "ROUTE", "X1", "COMMENT"])
FLAT = st.builds(adexp.AdexpField, name=NAMES, value=st.lists(WORDS, max_size=3).map(" ".join))
POINT = st.builds(
    lambda pid, level: adexp.AdexpField(
        name="PT",
        fields=(
            adexp.AdexpField(name="PTID", value=pid),
            adexp.AdexpField(name="FL", value=level),
        ),
    ),
    WORDS,
    WORDS,
)


def lists_of(inner: st.SearchStrategy[adexp.AdexpField]) -> st.SearchStrategy[adexp.AdexpField]:
    return st.builds(
        lambda name, fields: adexp.AdexpField(name=name, fields=tuple(fields), is_list=True),
        st.sampled_from(["ADDR", "RTEPTS", "LIST"]),
        st.lists(inner, min_size=1, max_size=3),
    )


EMPTY = st.just(adexp.AdexpField(name="LIST", fields=(), is_list=True))
NESTED = st.recursive(FLAT | POINT | EMPTY, lists_of, max_leaves=10)


@given(st.lists(NESTED, max_size=5))
@settings(max_examples=100, deadline=None)
def test_adexp_that_is_written_is_read_back(fields: list[adexp.AdexpField]) -> None:
    message = adexp.AdexpMessage(
        fields=(adexp.AdexpField(name="TITLE", value="IFPL", lead=""), *fields)
    )
    assert read(adexp, adexp.encode(message)).fields == message.fields


SAMPLES: Sequence[bytes] = [
    *((HEAD + text + END).encode() for text in (FPL, *SHORT.values(), ADEXP)),
    *(text.encode() for text in (FPL, *SHORT.values(), ADEXP)),
]


@pytest.mark.parametrize("module", [ats, adexp, envelope])
def test_mutated_messages_are_read_or_refused_with_a_place(module: Any) -> None:
    own = [s for s in SAMPLES if module.recognise(s) > 0]
    assert_refusals_are_placed(partial(module.parse, reference=REFERENCE), own)


@given(st.text("FPLDEPARZCN0123456789/.-() \r\n\x01", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    for module in (ats, adexp, envelope):
        for start in ("", "(FPL-CES1-IS", "-TITLE X -BEGIN A ", "ZCZC A1\nFF ZBAAZPZX\n"):
            data = (start + text).encode()
            assert_placed(partial(module.parse, reference=REFERENCE), data)
            assert 0.0 <= module.recognise(data) <= 1.0


def test_a_day_is_not_far_from_its_message() -> None:
    for hours in range(-11, 12):
        meant = REFERENCE + timedelta(hours=hours)
        found = read(ats, f"(DEP-CES5101-ZSSS{meant:%H%M}-ZBAA)")
        assert found.departure_at == meant


ARRIVED = "(ARR-CES5101-ZSSS-ZBAA1010)"
POINTS = """\
-TITLE IFPL
-ARCID CES5101
-BEGIN RTEPTS
-PT -PTID ZSSS -FL S0841 -ETO 20261124080000 -ISPASS Y
-PT -PTID HFE -FL S0980 -ETO 20261124083000 -ISPASS N
-END RTEPTS
"""


@pytest.mark.parametrize("beside", [" NNNN", "NNNN", "   NNNN"])
def test_an_end_beside_the_text_ends_the_message(beside: str) -> None:
    heading = "ZCZC TMA0123 240805\nFF ZBAAZPZX\n240800 ZSSSZPZX\n"
    place = f"line 4 column {len(ARRIVED + beside) - 3}"
    first, second = ats.parse(
        f"{heading}{ARRIVED}{beside}\n{heading}{ARRIVED}\nNNNN\n".encode(), reference=REFERENCE
    )
    assert [(n.code, n.field, n.position) for n in first.notices] == [
        ("ats-end-beside", "end", place)
    ]
    assert (codes(second), first.envelope) == ([], second.envelope)
    assert ats.encode(first) == f"{heading}{ARRIVED}\nNNNN\n".encode() == ats.encode(second)
    fault = refused(ats, f"{heading}{ARRIVED}{beside}\n", mode="strict")
    assert (fault.code, fault.position) == ("ats-end-beside", place)
    whole = f"{heading}{ARRIVED}{beside}".replace("\n", " ").replace(" 240805", "")
    assert codes(read(ats, whole)) == ["ats-end-beside", "ats-one-line"]
    assert read(ats, ARRIVED + beside).arrival == first.arrival


def test_adexp_may_end_beside_its_last_list() -> None:
    message = read(adexp, f"ZCZC {POINTS.rstrip()} NNNN\n")
    assert set(codes(message)) == {"adexp-end-beside", "adexp-one-line", "adexp-no-address"}
    assert message.fields == read(adexp, POINTS, mode="strict").fields


def test_points_say_whether_they_are_behind() -> None:
    message = read(adexp, POINTS, mode="strict")
    assert [(p["PTID"], p["ISPASS"]) for p in message.points] == [("ZSSS", "Y"), ("HFE", "N")]
    assert adexp.encode(message) == POINTS.encode()


def test_a_field_glued_to_the_time_of_a_point_is_a_field() -> None:
    text = POINTS.replace("080000 -ISPASS", "080000-ISPASS")
    message = read(adexp, text)
    assert [(n.code, n.field, n.position) for n in message.notices] == [
        ("adexp-glued", "ISPASS", "line 4 column 45")
    ]
    assert message.points == read(adexp, POINTS).points
    assert adexp.encode(message) == text.encode()
    assert refused(adexp, text, mode="strict").code == "adexp-glued"
