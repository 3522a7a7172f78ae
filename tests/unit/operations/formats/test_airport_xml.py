"""MH/T 0071 style and IMF style XML: what is understood, what is kept, what is refused."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from airport_brain.operations import DECODERS, RECOGNISERS
from airport_brain.operations.formats import imf, mht0071
from airport_brain.operations.formats.local_times import SHANGHAI, from_digits, from_iso
from airport_brain.operations.formats.xml_tree import MAX_NODES, Node, branch, leaf
from service_bus import Malformed, TooLarge
from tests.unit.operations.formats.mutations import assert_placed, assert_refusals_are_placed

MHT = """<?xml version="1.0" encoding="UTF-8"?>
<MSG>
  <META><SNDR>AODB</SNDR><RCVR>BUS</RCVR><SEQN>7</SEQN><DDTM>20261124080500</DDTM>\
<TYPE>DFOE</TYPE><STYP>DFIE</STYP><MGID>a-1</MGID><APOT>ZSSS</APOT></META>
  <DFLT>
    <FLID>1</FLID><FFID>MU-5101-20261124080000-D</FFID><AWCD>MU</AWCD><FLNO>5101</FLNO>
    <FEXD>20261124</FEXD><FLIO>D</FLIO><CFNO>B1234</CFNO><VIP/><BORT>20261124073000</BORT><POKT/>
    <MOOD>fine</MOOD>
    <AIRL><ARPT><APNO>1</APNO><FPTT>20261124080000</FPTT><FETT/></ARPT><ARPT><APNO>2</APNO></ARPT></AIRL>
    <STLS><STND><CODE>401#机位</CODE><ESTR>20261124060000</ESTR><REND/><BTSC>T2</BTSC></STND></STLS>
    <GTLS/>
  </DFLT>
</MSG>
"""
IMF = """<IMFRoot xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <SysInfo>
    <MessageSequenceID>7</MessageSequenceID><MessageType>FlightData</MessageType>
    <ServiceType>FSS2</ServiceType><OperationMode>MOD</OperationMode>
    <SendDateTime>2026-11-24T08:05:00.123Z</SendDateTime><Sender>AODB</Sender>
  </SysInfo>
  <Data>
    <PrimaryKey><FlightKey><FlightScheduledDate>2026-11-24</FlightScheduledDate>\
<FlightIdentity>MU5101</FlightIdentity><FlightDirection>D</FlightDirection>\
<BaseAirport><AirportIATACode>SHA</AirportIATACode></BaseAirport></FlightKey></PrimaryKey>
    <FlightData>
      <OperationalDateTime><EstimatedTakeOffDateTime OldValue="2026-11-24T08:20:00Z">\
2026-11-24T08:27:00Z</EstimatedTakeOffDateTime></OperationalDateTime>
      <Airport><Stand OldValue="402">401</Stand><Gate xsi:nil="true" OldValue="12"/>\
<Gate>13</Gate></Airport>
    </FlightData>
  </Data>
</IMFRoot>
"""
END = """<IMFRoot><SysInfo><MessageSequenceID>x-8</MessageSequenceID>\
<MessageType>Operation</MessageType><ServiceType>FSS1</ServiceType><OperationMode>SYS</OperationMode>\
<SendDateTime>2026-11-24T16:05:00</SendDateTime><Sender>AODB</Sender></SysInfo><Operation>\
<Subscription><Status>End</Status><SyncMessageCount>2</SyncMessageCount></Subscription></Operation>\
</IMFRoot>"""


def read(module: Any, text: str, **more: Any) -> Any:
    (only,) = module.parse(text.encode(), **more)
    return only


def refused(module: Any, text: str, **more: Any) -> Malformed:
    with pytest.raises(Malformed) as caught:
        read(module, text, **more)
    return caught.value


def codes(message: Any) -> list[str]:
    return [notice.code for notice in message.notices]


# MH/T 0071 style.


def test_a_flight_is_seen_with_key_times_route_and_lists() -> None:
    message = read(mht0071, MHT)
    assert (message.meta.sender, message.meta.type, message.meta.subtype) == (
        "AODB",
        "DFOE",
        "DFIE",
    )
    assert message.meta.sent_at == datetime(2026, 11, 24, 0, 5, tzinfo=UTC)
    (flight,) = message.flights
    assert flight.key == mht0071.FlightKey(
        airline="MU",
        number="5101",
        day=date(2026, 11, 24),
        scheduled=datetime(2026, 11, 24, tzinfo=UTC),
        direction="D",
    )
    assert flight.values["CFNO"] == "B1234"
    assert flight.values["VIP"] is None, "empty: not known or cleared"
    assert "STAT" not in flight.values, "missing: nothing is said"
    assert flight.values["MOOD"] == "fine", "unknown tags are kept"
    assert flight.dates == {"FEXD": date(2026, 11, 24)}
    assert flight.boarding == {
        "boarding_start": datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        "boarding_end": None,
    }
    assert flight.route is not None
    assert flight.route[0].times == {
        "planned_take_off": datetime(2026, 11, 24, tzinfo=UTC),
        "estimated_take_off": None,
    }
    assert flight.route[1].values == {"APNO": "2"}
    (stand,) = flight.resources["STLS"]
    assert (stand.code, stand.code_as_sent) == ("401", "401#机位")
    assert stand.times["real_end"] is None
    assert flight.resources["GTLS"] == (), "an empty list is there"
    assert "BLLS" not in flight.resources
    assert codes(message) == ["mht0071-code-text"]


@pytest.mark.parametrize(
    ("old", "new", "field", "position"),
    [
        ("MSG>", "NOTE>", "NOTE", "line 2 /NOTE"),
        ("META>", "MATA>", "META", "line 2 /MSG"),
        ("<TYPE>DFOE</TYPE>", "", "TYPE", "line 3 /MSG/META"),
        ("20261124080500", "20261324080500", "DDTM", "line 3 /MSG/META/DDTM"),
        (
            "<FEXD>20261124",
            "<FEXD>24NOV",
            "FEXD",
            "line 6 /MSG/DFLT/FEXD",
        ),
        (
            "<ESTR>20261124060000",
            "<ESTR>0600",
            "ESTR",
            "line 9 /MSG/DFLT/STLS/STND/ESTR",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    old: str, new: str, field: str, position: str
) -> None:
    fault = refused(mht0071, MHT.replace(old, new))
    assert (fault.field, fault.position) == (field, position)
    assert fault.expected


STEP = """<?xml version="1.0" encoding="UTF-8"?>
<MSG>
	<META>
		<SNDR>AODB</SNDR>
		<SEQS>1243</SEQS>
		<DTTM>20261124080500</DTTM>
		<TYPE>FLOP</TYPE>
		<STYP>PSHT</STYP>
	</META>
	<FLOP>
		<FLID>121112312</FLID>
		<FFID>MU-MU5101-D-24NOV260800-D</FFID>
		<BORT>24NOV260725</BORT>
		<FEXD>24NOV26</FEXD>
		<PSHT PSHN="1">
			<PSTM>24NOV260746</PSTM>
			<PSID>OUT</PSID>
		</PSHT>
	</FLOP>
</MSG>
"""


def test_a_step_of_a_flight_with_named_months_is_read_strictly_and_written_back() -> None:
    message = read(mht0071, STEP, mode="strict")
    assert (message.meta.sequence, message.meta.sent_at) == (
        "1243",
        datetime(2026, 11, 24, 0, 5, tzinfo=UTC),
    )
    (flight,) = message.flights
    assert (flight.key.airline, flight.key.number, flight.key.direction) == ("MU", "5101", "D")
    assert flight.key.scheduled == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    assert flight.boarding["boarding_start"] == datetime(2026, 11, 23, 23, 25, tzinfo=UTC)
    assert flight.dates["FEXD"] == date(2026, 11, 24)
    assert mht0071.encode(message) == STEP.encode()


def test_times_with_milliseconds_and_bodies_that_are_no_flights_are_taken() -> None:
    text = (
        "<MSG><META><SNDR>BHS</SNDR><SEQN>1</SEQN><DDTM>20261124141111250</DDTM><TYPE>BHSE</TYPE>"
        "<STYP>BRUE</STYP></META><EQUIPMENT><NUMBER>A01</NUMBER></EQUIPMENT></MSG>"
    )
    message = read(mht0071, text, mode="strict")
    assert message.meta.sent_at == datetime(2026, 11, 24, 6, 11, 11, 250_000, tzinfo=UTC)
    assert message.flights == ()
    assert mht0071.encode(message) == text.encode()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<SNDR>AODB</SNDR>", "", "mht0071-meta-missing"),
        ("MU-5101-20261124080000-D", "MU5101", "mht0071-key"),
        ("<AWCD>MU</AWCD>", "<AWCD>FM</AWCD>", "mht0071-key-differs"),
        ("<FLIO>D</FLIO>", "<FLIO>X</FLIO>", "mht0071-direction"),
        ("<VIP/>", "<VIP/><VIP>1</VIP>", "mht0071-repeated"),
        ("<GTLS/>", "what", "mht0071-stray-text"),
    ],
)
def test_odd_messages_are_noted_and_refused_in_strict_mode(old: str, new: str, code: str) -> None:
    text = MHT.replace("#机位", "").replace(old, new)
    assert code in codes(read(mht0071, text))
    assert refused(mht0071, text, mode="strict").code == code


def test_a_message_without_body_is_noted() -> None:
    start, end = MHT.index("<DFLT>"), MHT.index("</DFLT>") + len("</DFLT>")
    assert "mht0071-no-body" in codes(read(mht0071, MHT[:start] + MHT[end:]))


def test_the_tags_of_a_step_are_seen_with_its_number() -> None:
    text = (
        "<MSG><META><SNDR>AODB</SNDR><SEQN>1</SEQN><DTTM>20261124080500</DTTM><TYPE>FLOP</TYPE>"
        "<STYP>ABTM</STYP></META><FLOP><FLID>7</FLID>"
        '<ABTM ASNO="1"><ABDG>212</ABDG><ABOP>D</ABOP><AOTM/></ABTM></FLOP></MSG>'
    )
    (message,) = mht0071.parse(text.encode(), mode="strict")
    (step,) = message.flights[0].steps
    assert (step.name, step.attributes) == ("ABTM", {"ASNO": "1"})
    assert step.values == {"ABDG": "212", "ABOP": "D", "AOTM": None}


def test_a_list_with_tags_of_its_own_is_one_resource() -> None:
    text = (
        "<MSG><META><SNDR>AODB</SNDR><SEQN>1</SEQN><DDTM>20261124080500</DDTM><TYPE>DFOE</TYPE>"
        "<STYP>DFIE</STYP></META><DFLT><FLID>7</FLID><CKLS><FCES>20261124060000</FCES><FCEE/></CKLS>"
        "<GTLS/></DFLT></MSG>"
    )
    (message,) = mht0071.parse(text.encode(), mode="strict")
    resources = message.flights[0].resources
    (counter,) = resources["CKLS"]
    assert counter.values == {"FCES": "20261124060000", "FCEE": None}
    assert resources["GTLS"] == ()


def test_flights_one_level_further_down_are_seen() -> None:
    text = MHT.replace("<DFLT>", "<DFME><DFLT>").replace("</DFLT>", "</DFLT></DFME>")
    assert len(read(mht0071, text).flights) == 1


# IMF style.


def test_a_change_has_old_and_new_values_and_clears() -> None:
    message = read(imf, IMF, mode="strict")
    info = message.sys_info
    assert (info.sequence_id, info.service_type, info.operation_mode) == ("7", "FSS2", "MOD")
    assert info.sent_at == datetime(2026, 11, 24, 8, 5, 0, 123000, tzinfo=UTC)
    assert imf.phase_of(message) == "change"
    kind, key = message.key
    assert kind == "FlightKey"
    assert key["FlightIdentity"] == "MU5101"
    assert key["BaseAirport/AirportIATACode"] == "SHA"
    assert message.changes == (
        imf.Change(
            path="OperationalDateTime/EstimatedTakeOffDateTime",
            value="2026-11-24T08:27:00Z",
            old_value="2026-11-24T08:20:00Z",
        ),
        imf.Change(path="Airport/Stand", value="401", old_value="402"),
        imf.Change(path="Airport/Gate", value=None, old_value="12"),
        imf.Change(path="Airport/Gate[2]", value="13", old_value=None),
    )


def test_the_end_of_a_snapshot_says_how_many_messages_it_had() -> None:
    message = read(imf, END)
    assert message.operation.kind == "Subscription"
    assert (message.operation.state, message.operation.sync_message_count) == ("End", 2)
    assert imf.phase_of(message) == "operation"
    assert message.sys_info.sent_at == datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
    assert codes(message) == []


@pytest.mark.parametrize(
    ("mode", "phase"), [("NEW", "snapshot"), ("SYS", "snapshot"), ("DEL", "delete")]
)
def test_the_mode_says_what_a_message_is_to_a_subscriber(mode: str, phase: str) -> None:
    text = IMF.replace("<OperationMode>MOD", f"<OperationMode>{mode}")
    assert imf.phase_of(read(imf, text)) == phase


@pytest.mark.parametrize(
    ("old", "new", "field", "position"),
    [
        ("IMFRoot", "Envelope", "Envelope", "line 1 /Envelope"),
        ("SysInfo", "Info", "SysInfo", "line 1 /IMFRoot"),
        ("<ServiceType>FSS2</ServiceType>", "", "ServiceType", "line 2 /IMFRoot/SysInfo"),
        (
            "2026-11-24T08:05:00.123Z",
            "yesterday",
            "SendDateTime",
            "line 5 /IMFRoot/SysInfo/SendDateTime",
        ),
    ],
)
def test_an_imf_message_that_cannot_be_read_is_refused(
    old: str, new: str, field: str, position: str
) -> None:
    fault = refused(imf, IMF.replace(old, new))
    assert (fault.field, fault.position) == (field, position)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<Sender>AODB</Sender>", "", "imf-sysinfo-missing"),
        (">MOD<", ">ODD<", "imf-mode"),
        (">FSS2<", ">XSS2<", "imf-service"),
        (">FlightData<", ">Flights<", "imf-message-type"),
        ("PrimaryKey", "Key", "imf-no-key"),
        ("2026-11-24T08:27:00Z", "soon", "imf-time"),
        ("</Airport>", "</Airport>what", "imf-stray-text"),
    ],
)
def test_odd_imf_is_noted_and_refused_in_strict_mode(old: str, new: str, code: str) -> None:
    text = IMF.replace(old, new)
    assert codes(read(imf, text)) == [code]
    assert refused(imf, text, mode="strict").code == code


def test_an_imf_message_without_data_and_operation_is_noted() -> None:
    start, end = IMF.index("<Data>"), IMF.index("</Data>") + len("</Data>")
    assert codes(read(imf, IMF[:start] + IMF[end:])) == ["imf-empty-message"]


@pytest.mark.parametrize(
    ("text", "expected", "zoned"),
    [
        ("2026-11-24T08:05:00Z", "2026-11-24T08:05:00+00:00", True),
        ("2026-11-24T08:05:00.1234567+08:00", "2026-11-24T00:05:00.123456+00:00", True),
        ("2026-11-24 08:05", "2026-11-24T00:05:00+00:00", False),
        ("2026-11-24T08:05:00+0800", "2026-11-24T00:05:00+00:00", True),
        ("2026-11-30T24:00:00.000Z", "2026-12-01T00:00:00+00:00", True),
        ("2026-12-31 24:00", "2026-12-31T16:00:00+00:00", False),
    ],
)
def test_times_in_several_forms_are_one(text: str, expected: str, *, zoned: bool) -> None:
    assert from_iso(text, SHANGHAI) == (datetime.fromisoformat(expected), zoned)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20261130240000", "2026-11-30T16:00:00+00:00"),
        ("202611302400", "2026-11-30T16:00:00+00:00"),
        ("30NOV262400", "2026-11-30T16:00:00+00:00"),
    ],
)
def test_the_end_of_the_day_in_digits_is_the_next_midnight(text: str, expected: str) -> None:
    assert from_digits(text, SHANGHAI) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("text", ["202611302401", "20261130240001", "202611302500"])
def test_no_time_in_digits_is_none(text: str) -> None:
    assert from_digits(text, SHANGHAI) is None


@pytest.mark.parametrize(
    "text",
    ["", "2026-13-24T08:05:00Z", "0001-01-01T00:00:00Z", "now", "2026-11-24T24:00:01Z"],
)
def test_no_time_is_none(text: str) -> None:
    assert from_iso(text, SHANGHAI) is None


# Both.

SAMPLES = {"mht0071": MHT, "imf": IMF}
MODULES: dict[str, Any] = {"mht0071": mht0071, "imf": imf}


@pytest.mark.parametrize(
    ("name", "text"), [("mht0071", MHT), ("imf", IMF), ("imf", END), ("imf", "\n" + IMF)]
)
def test_a_document_is_written_back_byte_for_byte(name: str, text: str) -> None:
    module = MODULES[name]
    found = read(module, text)
    assert module.encode(found) == text.encode()
    assert found.original == text.encode()


def test_another_encoding_is_written_as_utf_8() -> None:
    text = MHT.replace("#机位", "").replace("UTF-8", "ISO-8859-1").replace("AODB", "CAF\xc9")
    (found,) = mht0071.parse(text.encode("latin-1"))
    (again,) = mht0071.parse(mht0071.encode(found))
    assert again.meta.sender == "CAF\xc9"
    assert again == found


@pytest.mark.parametrize("name", SAMPLES)
def test_the_command_line_shows_each_message(name: str) -> None:
    (shown,) = DECODERS[name](SAMPLES[name].encode())
    json.dumps(shown)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_is_recognised_as_what_it_is(name: str) -> None:
    data = SAMPLES[name].encode()
    assert max(RECOGNISERS, key=lambda known: RECOGNISERS[known](data)) == name


@pytest.mark.parametrize("name", SAMPLES)
def test_doctypes_floods_and_sizes_are_refused(name: str) -> None:
    module, text = MODULES[name], SAMPLES[name]
    root = "MSG" if name == "mht0071" else "IMFRoot"
    doctype = f'<!DOCTYPE x [<!ENTITY a "b">]><{root}>&a;</{root}>'
    assert refused(module, doctype).code == f"{name}-doctype"
    for piece in ("<a/>", "<a b='' c=''/>"):
        flood = f"<{root}>" + piece * (MAX_NODES + 1) + f"</{root}>"
        assert refused(module, flood).code == f"{name}-too-many"
    deep = f"<{root}>" + "<a>" * 300 + "</a>" * 300 + f"</{root}>"
    assert refused(module, deep).field == "document"
    with pytest.raises(TooLarge):
        read(module, text, max_bytes=10)


TAGS = st.from_regex(r"[A-Z]{2,5}", fullmatch=True).filter(
    lambda tag: tag not in mht0071.TIMES | mht0071.DATES | {"META", "DFLT", "TYPE"}
)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co")),
    min_size=1,
    max_size=10,
).filter(lambda text: "\ufffe" not in text and "\uffff" not in text)
LEAVES = st.builds(
    lambda tag, text, old: leaf(tag, text, **({"OldValue": old} if old else {})),
    TAGS,
    st.none() | TEXTS,
    st.none() | TEXTS,
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda tag, children: branch(tag, *children), TAGS, st.lists(inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(TREES, max_size=3))
@settings(max_examples=100, deadline=None)
def test_what_is_built_and_written_is_read_back(body: list[Node]) -> None:
    one = mht0071.build({"SNDR": "A", "TYPE": "DFOE"}, branch("DFLT", *body, leaf("FLID", "1")))
    assert mht0071.parse(mht0071.encode(one)) == [one]
    two = imf.build(
        {"MessageType": "FlightData", "ServiceType": "FSS2", "OperationMode": "NEW"},
        branch("Data", *body, leaf("X")),
    )
    assert imf.parse(imf.encode(two)) == [two]


def test_a_control_character_is_not_written() -> None:
    with pytest.raises(ValueError, match="control character"):
        mht0071.encode(mht0071.build({"TYPE": "\x01"}))


@pytest.mark.parametrize("name", SAMPLES)
def test_mutated_documents_are_read_or_refused_with_a_place(name: str) -> None:
    assert_refusals_are_placed(partial(MODULES[name].parse), [SAMPLES[name].encode(), END.encode()])


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_place(data: bytes) -> None:
    for module in MODULES.values():
        for start in (b"", b"<MSG><META>", b"<IMFRoot>"):
            assert_placed(module.parse, start + data)
            assert 0.0 <= module.recognise(start + data) <= 1.0
