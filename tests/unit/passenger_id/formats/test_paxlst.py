from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passenger_id.formats import paxlst
from passenger_id.formats.edifact import (
    MOST_ELEMENTS,
    MOST_IN_ONE,
    MOST_SEGMENTS,
    Segment,
    ServiceCharacters,
)
from passenger_id.formats.paxlst.reading import MOST
from service_bus import Malformed, Mode, TooLarge
from tests.unit.passenger_id.formats.mutations import is_read_or_refused, mutated

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)

BODY = b"""UNH+PAX001+PAXLST:D:02B:UN:IATA+MU5101/20261124+01:F'
BGM+745'
NAD+MS+++AIRLINE HELPDESK'
COM+021 555 0100:TE+021 555 0101:FX'
TDT+20+MU523+++MU'
LOC+125+PVG'
DTM+189:2611240955:201'
LOC+87+NRT'
DTM+232:2611241350:201'
NAD+FL+++O?'CONNOR:ANNA:MARIA+12 NANJING RD+SHANGHAI++200001+CHN'
ATT+2++F'
DTM+329:800229'
MEA+CT++:2'
GEI+4+173'
FTX+BAG+++MU123456'
LOC+22+NRT'
LOC+174+CHN'
LOC+178+PVG'
LOC+179+NRT'
NAT+2+CHN'
RFF+AVF:K7Q2ZP'
RFF+SEA:31A'
RFF+ABO:MU9990001'
DOC+P:110:111+E12345678'
DTM+36:310101'
LOC+91+CHN'
DOC+V+1234567'
DTM+36:20300101:102'
NAD+FL+++LI:NA'
ATT+2++M'
DTM+329:19900228:102'
DOC+P+EA7654321'
NAD+FM+++WANG:WU'
CNT+42:2'
CNT+41:1'
UNT+36+PAX001'
"""
HEAD = b"UNB+UNOA:4+MUAIR+CUSTOMS+261124:0455+000000001++PAXLST'\n"
TAIL = b"UNZ+1+000000001'\n"
GROUP_HEAD = b"UNG+PAXLST+MUAIR+CUSTOMS+261124:0455+1+UN+D:02B'\n"
GROUP_TAIL = b"UNE+1+1'\n"

PLAIN = HEAD + BODY + TAIL
GROUPED = b"UNA:+.? '\n" + HEAD + GROUP_HEAD + BODY + GROUP_TAIL + TAIL
ONE_LINE = PLAIN.replace(b"\n", b"")
OTHER_MARKS = b"UNA*|,! ~" + (
    ONE_LINE.replace(b":", b"*").replace(b"+", b"|").replace(b"'", b"~").replace(b"?~", b"'")
)


def read(data: bytes, mode: Mode = "tolerant") -> paxlst.Interchange:
    (found,) = paxlst.parse(data, mode=mode, reference=NOW)
    return found


def refused(data: bytes, mode: Mode = "tolerant") -> Malformed:
    with pytest.raises(Malformed) as caught:
        paxlst.parse(data, mode=mode, reference=NOW)
    assert caught.value.field
    assert caught.value.position
    return caught.value


def codes(found: paxlst.Interchange) -> list[str]:
    return [notice.code for notice in found.notices]


@pytest.mark.parametrize("data", [PLAIN, GROUPED, ONE_LINE, OTHER_MARKS, b"\r\n" + PLAIN])
def test_an_interchange_is_read_whole_and_written_back(data: bytes) -> None:
    found = read(data, "strict")
    assert (found.sender, found.recipient, found.control) == ("MUAIR", "CUSTOMS", "000000001")
    (message,) = found.messages
    assert (message.reference, message.document, message.association) == ("PAX001", "745", "IATA")
    assert message.reporters == ("AIRLINE HELPDESK",)
    assert message.contacts == (("021 555 0100", "TE"), ("021 555 0101", "FX"))
    (flight,) = message.flights
    assert (flight.number, flight.carrier) == ("MU523", "MU")
    assert (flight.place("125"), flight.place("87")) == ("PVG", "NRT")
    assert flight.local("189") == datetime(2026, 11, 24, 9, 55)  # noqa: DTZ001
    assert flight.local("232") == datetime(2026, 11, 24, 13, 50)  # noqa: DTZ001
    anna, li = message.passengers
    assert (anna.surname, anna.given_names) == ("O'CONNOR", ("ANNA", "MARIA"))
    assert anna.address == ("12 NANJING RD", "SHANGHAI", "", "200001", "CHN")
    assert (anna.sex, anna.birth_date, anna.nationality) == ("F", date(1980, 2, 29), "CHN")
    assert [anna.place(q) for q in ("22", "174", "178", "179")] == ["NRT", "CHN", "PVG", "NRT"]
    assert (anna.reference("AVF"), anna.reference("SEA")) == ("K7Q2ZP", "31A")
    assert anna.documents == (
        paxlst.Document(type="P", number="E12345678", expiry=date(2031, 1, 1), issuing_state="CHN"),
        paxlst.Document(type="V", number="1234567", expiry=date(2030, 1, 1)),
    )
    assert [segment.tag for segment in anna.others] == ["MEA", "GEI", "FTX"]
    assert (li.surname, li.birth_date) == ("LI", date(1990, 2, 28))
    assert [person.surname for person in message.crew] == ["WANG"]
    assert message.totals == {"42": 2, "41": 1}
    assert (found.groups[0].header is not None) is (data is GROUPED)
    assert found.original == data
    assert paxlst.encode(found) == data


def test_numbers_of_documents_are_not_shown_by_repr() -> None:
    (message,) = read(PLAIN).messages
    assert "E12345678" not in repr(message.people[0].documents)


def test_several_interchanges_may_follow_one_another() -> None:
    data = PLAIN + PLAIN.replace(b"000000001", b"000000002") + GROUPED
    found = paxlst.parse(data, mode="strict", reference=NOW)
    assert [one.control for one in found] == ["000000001", "000000002", "000000001"]
    assert b"".join(paxlst.encode(one) for one in found) == data
    assert b"".join(one.original for one in found) == data


def test_several_messages_stand_in_one_interchange() -> None:
    second = BODY.replace(b"PAX001", b"PAX002").replace(b"745", b"250")
    data = HEAD + BODY + second + b"UNZ+2+000000001'"
    found = read(data, "strict")
    assert [message.document for message in found.messages] == ["745", "250"]
    groups = HEAD + (GROUP_HEAD + BODY + GROUP_TAIL) * 2 + b"UNZ+2+000000001'"
    assert len(read(groups, "strict").groups) == 2
    assert paxlst.encode(read(groups)) == groups


@pytest.mark.parametrize(
    ("syntax", "charset", "name"),
    [("UNOC", "iso8859-1", "MÜLLER"), ("UNOY", "utf-8", "张"), ("UNOE", "iso8859-5", "ИВАНОВ")],
)
def test_character_sets_are_those_of_the_header(syntax: str, charset: str, name: str) -> None:
    data = PLAIN.replace(b"UNOA", syntax.encode()).replace(b"LI:NA", f"{name}:NA".encode(charset))
    found = read(data, "strict")
    assert found.messages[0].people[1].surname == name
    assert found.charset == charset
    assert paxlst.encode(found) == data


def test_times_of_two_digit_years_get_their_century() -> None:
    data = PLAIN.replace(b"329:800229", b"329:261123").replace(b"36:310101", b"36:990101")
    anna = read(data, "strict").messages[0].people[0]
    assert anna.birth_date == date(2026, 11, 23)
    assert anna.documents[0].expiry == date(1999, 1, 1)
    old = read(PLAIN.replace(b"329:800229", b"329:261125"), "strict").messages[0].people[0]
    assert old.birth_date == date(1926, 11, 25)


def test_a_message_says_whose_part_it_is_and_what_it_replaces() -> None:
    data = PLAIN.replace(b"BGM+745'\n", b"BGM+745+CP+5'\nRFF+TN:MU1234567:::2'\n")
    (message,) = read(data.replace(b"UNT+36", b"UNT+37"), "strict").messages
    assert (message.common_reference, message.transfer) == ("MU5101/20261124", "01")
    assert (message.transfer_mark, message.is_part) == ("F", False)
    assert (message.document, message.document_number, message.function) == ("745", "CP", "5")
    assert message.references == (
        paxlst.Reference(qualifier="TN", value="MU1234567", revision="2"),
    )


def test_a_birth_place_is_told_in_words() -> None:
    forms = (b"CHN:::WUXI", b":::WUXI CHN", b"CHN+:::WUXI+:::JIANGSU", b"CHN:::WUXI+32")
    lines = b"".join(b"LOC+180+" + form + b"'\n" for form in forms)
    data = PLAIN.replace(b"NAT+2+CHN'", lines + b"NAT+2+CHN'").replace(b"UNT+36", b"UNT+40")
    anna = read(data, "strict").messages[0].people[0]
    found = [(p.code, p.name, p.related) for p in anna.places if p.qualifier == "180"]
    assert found == [
        ("CHN", "WUXI", ()),
        ("", "WUXI CHN", ()),
        ("CHN", "", ("WUXI", "JIANGSU")),
        ("CHN", "WUXI", ("32",)),
    ]


def test_a_subdivision_may_be_told_in_words() -> None:
    address = b"12 NANJING RD:FLAT 3+SHANGHAI+:::JIANGSU+200001+CHN"
    data = PLAIN.replace(b"12 NANJING RD+SHANGHAI++200001+CHN", address)
    anna = read(data, "strict").messages[0].people[0]
    assert anna.address == ("12 NANJING RD:FLAT 3", "SHANGHAI", "JIANGSU", "200001", "CHN")


def test_blanks_around_a_time_are_noted_and_left_out() -> None:
    data = PLAIN.replace(b"DTM+232:2611241350", b"DTM+232: 2611241350")
    found = read(data)
    assert codes(found) == ["paxlst-date"]
    assert found.messages[0].flights[0].local("232") == datetime(2026, 11, 24, 13, 50)  # noqa: DTZ001
    assert refused(data, "strict").code == "paxlst-date"


def test_what_has_no_field_of_its_own_is_kept_with_the_message() -> None:
    """Reporters with two names, the day a document was issued, times to the second, other parties."""
    data = (
        PLAIN.replace(b"+++AIRLINE HELPDESK'", b"+++LI:NA'\nDTM+137:202611240455:203'\nNAD+TB+X'")
        .replace(b"DTM+189:2611240955:201'", b"DTM+189:20261124095530:204'")
        .replace(b"DTM+36:310101'", b"DTM+36:310101'\nDTM+182:210102'")
        .replace(b"LOC+91+CHN'", b"LOC+91+CHN:::WUXI'")
        .replace(b":TE+021", b":TE++021")
        .replace(b"UNT+36", b"UNT+39")
    )
    (message,) = read(data, "strict").messages
    assert message.contacts == (("021 555 0100", "TE"), ("021 555 0101", "FX"))
    assert message.reporters == ("LI NA",)
    assert [segment.tag for segment in message.others] == ["DTM", "NAD"]
    assert message.flights[0].local("189") == datetime(2026, 11, 24, 9, 55, 30)  # noqa: DTZ001
    document = message.people[0].documents[0]
    assert (document.issued, document.issue_place) == (date(2021, 1, 2), "WUXI")


def test_messages_of_one_list_may_state_its_total() -> None:
    first = BODY.replace(b"+01:F", b"+01:C").replace(b"CNT+42:2", b"CNT+42:4")
    last = BODY.replace(b"+01:F", b"+02:F").replace(b"PAX001", b"PAX002")
    data = HEAD + first + last.replace(b"CNT+42:2", b"CNT+42:4") + b"UNZ+2+000000001'"
    assert [message.is_part for message in read(data, "strict").messages] == [True, True]
    few = data.replace(b"CNT+42:4", b"CNT+42:1")
    assert codes(read(few)) == ["paxlst-total", "paxlst-total"]


# What senders do.


TELEGRAM = b"QU SHAAPI\r\n.SHARMMU 240455\r\n" + b"\r\n".join(
    GROUPED.replace(b"\n", b"")[at : at + 62] for at in range(0, len(GROUPED), 62)
)


QUOTED = (HEAD + GROUP_HEAD + BODY + GROUP_TAIL + TAIL).replace(b"?'", b"").replace(b"'", b'"')


def test_segments_may_end_with_quotation_marks() -> None:
    found = read(QUOTED)
    assert codes(found) == ["paxlst-terminator"]
    assert found.characters.terminator == '"'
    plain = read(QUOTED.replace(b'"', b"'"), "strict")
    assert found.messages == plain.messages
    assert paxlst.encode(found) == QUOTED
    assert paxlst.recognise(QUOTED) > 0.9
    with pytest.raises(Malformed) as caught:
        read(QUOTED, "strict")
    assert (caught.value.code, caught.value.field) == ("paxlst-terminator", "UNB")


def test_quotation_marks_at_the_end_of_segments_survive_a_telegram() -> None:
    lines = QUOTED.replace(b"\n", b"")
    wrapped = b"QU CANTTMU\r\n.SHATTMU 240455\r\n" + b"\r\n".join(
        lines[at : at + 63] for at in range(0, len(lines), 63)
    )
    found = read(wrapped)
    assert codes(found) == ["paxlst-envelope", "paxlst-terminator", "paxlst-line-breaks"]
    assert found.messages[0].people == read(QUOTED).messages[0].people


def test_host_links_have_an_envelope_and_syntaxes_of_their_own() -> None:
    """Lines of a host-to-host link, and UNB with a syntax that is none of the standard's."""
    head = b"V.\rVDLG.WA/E11HCNAPIR/I11HCNAPIQ/P0001\rVGYA\r"
    found = read(head + QUOTED.replace(b"UNOA", b"SIRE"))
    assert codes(found) == ["paxlst-envelope", "paxlst-terminator"]
    assert (found.sender, found.before) == ("MUAIR", head.decode())
    assert found.messages == read(QUOTED).messages
    assert paxlst.recognise(head + QUOTED.replace(b"UNOA", b"SIRE")) > 0.9


def test_a_quotation_mark_within_a_segment_ends_nothing() -> None:
    data = ONE_LINE.replace(b"MUAIR", b'MU"AIR')
    assert read(data).header.get(1) == 'MU"AIR'  # type: ignore[union-attr]  # it has a header
    assert codes(read(data)) == []


def test_a_telegram_broken_anywhere_is_read() -> None:
    data = TELEGRAM + b"\r\n\r\nSCANNED BY A GATEWAY\r\n"
    found = read(data)
    assert found.messages[0].people == read(GROUPED).messages[0].people
    assert codes(found) == ["paxlst-envelope", "paxlst-line-breaks", "paxlst-envelope"]
    assert found.before == "QU SHAAPI\r\n.SHARMMU 240455\r\n"
    assert found.trailing == "SCANNED BY A GATEWAY\r\n"
    assert found.original == data
    assert refused(data, "strict").code == "paxlst-envelope"
    assert paxlst.recognise(data) > 0.9


def test_a_line_feed_may_end_segments() -> None:
    data = b"UNA:+.? \n" + ONE_LINE.replace(b"?'", b"`").replace(b"'", b"\n").replace(b"`", b"'")
    found = read(data, "strict")
    assert found.messages[0].people == read(PLAIN).messages[0].people
    assert paxlst.encode(found) == data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (PLAIN.replace(b"UNT+36", b"UNT+35"), "paxlst-count"),
        (PLAIN.replace(b"UNZ+1+", b"UNZ+2+"), "paxlst-count"),
        (GROUPED.replace(b"UNE+1+1", b"UNE+3+1"), "paxlst-count"),
        (PLAIN.replace(b"UNT+36+PAX001", b"UNT+36+PAX002"), "paxlst-reference"),
        (PLAIN.replace(b"UNZ+1+000000001", b"UNZ+1+1"), "paxlst-reference"),
        (GROUPED.replace(b"UNE+1+1", b"UNE+1+2"), "paxlst-reference"),
        (PLAIN.replace(b"CNT+42:2", b"CNT+42:3"), "paxlst-total"),
        (PLAIN.replace(b"CNT+42:2", b"CNT+42:X"), "paxlst-total"),
        (BODY, "paxlst-no-interchange"),
        (HEAD + BODY, "paxlst-no-end"),
        (GROUPED.replace(GROUP_TAIL, b""), "paxlst-no-end"),
        (PLAIN.replace(b"LI:NA", b"L\xdc:NA"), "paxlst-charset"),
        (PLAIN.replace(b"329:800229", b"329:800230"), "paxlst-date"),
        (PLAIN.replace(b"329:800229", b"329:29FEB80"), "paxlst-date"),
        (PLAIN.replace(b"LI:NA", b""), "paxlst-no-name"),
        (PLAIN.replace(b"BGM+745'\n", b"LOC+125+PVG'\n"), "paxlst-order"),
    ],
)
def test_oddities_are_noted_kindly_refused_strictly_and_written_back(
    data: bytes, code: str
) -> None:
    found = read(data)
    assert codes(found) == [code]
    assert len(found.messages[0].people) == 3
    assert paxlst.encode(found) == data
    assert refused(data, "strict").code == code


@pytest.mark.parametrize(
    ("data", "field", "position"),
    [
        (b"", "UNB", "byte 0"),
        (b" \r\n", "UNB", "byte 3"),
        (b"UNA:+.? '", "UNB", "byte 9"),
        (b"UNA:+.?", "UNA", "byte 3"),
        (b"UNA::.? '" + PLAIN, "UNA", "byte 3"),
        (b"UNAABCDEF" + PLAIN, "UNA", "byte 3"),
        (HEAD + TAIL, "UNH", f"byte {len(HEAD)}"),
        (HEAD + b"BGM+745'" + TAIL, "UNH", f"byte {len(HEAD)}"),
        (PLAIN[:-3], "UNZ", f"byte {len(PLAIN) - 3}"),
        (HEAD + BODY[: BODY.index(b"UNT")] + TAIL, "UNT", f"byte {len(HEAD + BODY) - 15}"),
        (PLAIN + b"BGM+745'", "BGM", f"byte {len(PLAIN)}"),
        (PLAIN.replace(b"PAXLST:D", b"CUSRES:D"), "UNH S009", f"byte {len(HEAD)}"),
        (PLAIN.replace(b"BGM+745", b"bgm+745"), "segment tag", f"byte {PLAIN.index(b'BGM')}"),
        (PLAIN + b"MVT+", "MVT", f"byte {len(PLAIN)}"),
        (b"{}", "segment", "byte 2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_segment_and_byte(
    data: bytes, field: str, position: str
) -> None:
    error = refused(data)
    assert (error.field, error.position) == (field, position)


def test_faults_show_no_name_and_no_document_number() -> None:
    for data in (
        PLAIN.replace(b"NAD+FL+++LI", b"NAD+FL+++LI'NA"),
        PLAIN.replace(b"DOC+P+EA7654321'", b"EA7654321'"),
        PLAIN[: PLAIN.index(b"54321")],
        PLAIN.replace(b"UNT+36", b"UNT+35"),
        PLAIN.replace(b"DOC+P+EA7654321", b"DTM+36:EA7654321"),
    ):
        error = refused(data, "strict")
        for secret in ("LI", "EA765"):
            assert secret not in str(error.facts()).replace("PAXLST", "")


def test_a_size_cap_holds() -> None:
    with pytest.raises(TooLarge):
        paxlst.parse(b"UNB" + b" " * paxlst.MAX_BYTES, reference=NOW)


def test_lists_are_recognised() -> None:
    for data in (PLAIN, GROUPED, BODY, OTHER_MARKS, TELEGRAM):
        assert paxlst.recognise(data) > 0.9
    assert paxlst.recognise(PLAIN.replace(b"PAXLST", b"CUSRES")) < 0.5
    for other in (b"", b"UN", b"{}", b"PNL\n", b"\xff\xfe"):
        assert paxlst.recognise(other) == 0


# Writing.


def text(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(rf"\A(?:{pattern})\Z", re.ASCII))


words = text("[A-Z0-9?'+:. -]{0,10}[A-Z0-9?'+:]")
days = st.dates(date(1930, 1, 1), date(2026, 11, 24))
documents = st.builds(
    paxlst.Document,
    type=st.sampled_from("PVAI"),
    number=words,
    expiry=st.none() | st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    issuing_state=st.sampled_from(["", "CHN", "JPN"]),
    issue_place=st.just("") | words,
    issued=st.none() | st.dates(date(2000, 1, 1), date(2026, 1, 1)),
)
people = st.builds(
    paxlst.Person,
    qualifier=st.sampled_from(["FL", "FM", "DDU", "DDT"]),
    surname=words,
    given_names=st.lists(words, max_size=2).map(tuple),
    address=st.lists(words, max_size=5).map(tuple),
    sex=st.sampled_from(["", "M", "F", "X"]),
    birth_date=st.none() | days,
    nationality=st.sampled_from(["", "CHN"]),
    places=st.lists(
        st.builds(
            paxlst.Place,
            qualifier=st.sampled_from(["22", "178", "180"]),
            code=words,
            name=st.just("") | words,
            related=st.lists(words, max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    references=st.lists(
        st.builds(
            paxlst.Reference,
            qualifier=st.sampled_from(["AVF", "SEA"]),
            value=words,
            revision=st.sampled_from(["", "1"]),
        ),
        max_size=2,
    ).map(tuple),
    documents=st.lists(documents, max_size=2).map(tuple),
)
FLIGHT = paxlst.Flight(
    stage="20",
    number="MU523",
    carrier="MU",
    places=(paxlst.Place(qualifier="125", code="PVG"),),
    moments=(paxlst.Moment(qualifier="189", text="2611240955", format="201"),),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(people, max_size=6), st.sampled_from(["UNOA", "UNOC", "UNOY"]), st.booleans())
def test_what_is_built_reads_the_same(
    listed: list[paxlst.Person], syntax: str, other_marks: bool
) -> None:
    built = paxlst.interchange(
        [FLIGHT],
        listed,
        sender="MUAIR",
        recipient="CUSTOMS",
        control="1",
        prepared=NOW,
        reporter="DESK",
        syntax=syntax,
    )
    if other_marks:
        built = replace(
            built,
            advice=True,
            characters=ServiceCharacters(component=".", element="-", decimal=",", terminator="~"),
        )
    data = paxlst.encode(built)
    (again,) = paxlst.parse(data, mode="strict", reference=NOW)
    assert again == built
    assert list(again.messages[0].people) == listed
    assert again.messages[0].flights == (FLIGHT,)
    assert paxlst.encode(again) == data


def test_what_does_not_fit_is_not_written() -> None:
    found = read(PLAIN)
    message = found.messages[0]
    for segment, field in (
        (Segment(tag="xx"), "segment tag"),
        (Segment(tag="FTX", elements=(("张三",),)), "FTX"),
    ):
        one = replace(message, segments=(*message.segments, segment))
        with pytest.raises(Malformed) as caught:
            paxlst.encode(replace(found, groups=(paxlst.Group(messages=(one,)),)))
        assert caught.value.field == field
        assert "张" not in str(caught.value)


# Damage.


def test_damaged_interchanges_are_read_or_refused_and_written_back() -> None:
    seen = [0, 0]
    for data in mutated([PLAIN, GROUPED, ONE_LINE, OTHER_MARKS, BODY, TELEGRAM], 1500):
        was_read = is_read_or_refused(lambda d: paxlst.parse(d, reference=NOW), data)
        seen[was_read] += 1
        if was_read:
            found = paxlst.parse(data, reference=NOW)
            assert b"".join(one.original for one in found) == data
            written = b"".join(paxlst.encode(one) for one in found)
            again = paxlst.parse(written, reference=NOW)
            assert b"".join(paxlst.encode(one) for one in again) == written
        assert 0 <= paxlst.recognise(data) <= 1
    assert min(seen) > 150


@given(st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    is_read_or_refused(lambda d: paxlst.parse(d, reference=NOW), data)
    is_read_or_refused(lambda d: paxlst.parse(HEAD + d, reference=NOW), data)


def test_many_interchanges_and_many_segments_take_linear_time() -> None:
    tiny = b"UNB+UNOA:4+A+B+261124:0455+1'UNH+1+PAXLST'UNT+2+1'UNZ+1+1'"
    most = MOST["UNB"]
    assert len(paxlst.parse(tiny * most, reference=NOW)) == most
    assert len(paxlst.parse((b"UNA:+.? '" + tiny) * most, reference=NOW)) == most
    many = PLAIN.replace(b"NAT+2+CHN'\n", b"FTX+BAG+++X'\n" * 15_000)
    assert len(read(many).messages[0].people[0].others) > 15_000


def test_every_notice_is_explained() -> None:
    for code, sentence in paxlst.NOTICES.items():
        assert f"``{code}``" in (paxlst.__doc__ or "")
        assert sentence in " ".join((paxlst.__doc__ or "").split())


def test_a_flood_of_segments_is_refused_with_its_place() -> None:
    start = b"UNB+UNOA:4+A+B+261124:0455+1'UNH+1+PAXLST:D:02B:UN:IATA'"
    with pytest.raises(Malformed) as caught:
        paxlst.parse(start + b"LOC+22+AKL'" * MOST_SEGMENTS, reference=NOW)
    assert (caught.value.code, caught.value.field) == ("too-many-segments", "LOC")
    assert caught.value.position == f"byte {len(start) + (MOST_SEGMENTS - 2) * 11}"


@pytest.mark.parametrize(
    ("unit", "times", "code", "field"),
    [
        (b"NAD+FL'", MOST["NAD"], "too-many-segments", "NAD"),
        (b"UNT+1'UNH+1+PAXLST'", MOST["UNH"] - 1, "too-many-segments", "UNH"),
        (b"FTX+A:B:C+D'", MOST_ELEMENTS // 4, "too-many-elements", "FTX"),
        (b"FTX" + b"+A" * MOST_IN_ONE + b"+A'", 0, "too-many-elements", "FTX"),
        (b"FTX+?'" + b":A" * MOST_IN_ONE + b"+A'", 0, "too-many-elements", "FTX"),
    ],
)
def test_floods_of_people_messages_and_elements_are_refused_with_their_place(
    unit: bytes, times: int, code: str, field: str
) -> None:
    start = b"UNB+UNOA'UNH+1+PAXLST'"
    with pytest.raises(Malformed) as caught:
        paxlst.parse(start + unit * (times + 1) + b"UNT+1'UNZ+1'", reference=NOW)
    assert (caught.value.code, caught.value.field) == (code, field)
    place = len(start) + unit.index(field.encode()) + len(unit) * times
    before = len(unit) * 2 if unit.startswith(b"FTX+A:B") else 0  # header segments count, too
    assert place - before <= int(caught.value.position.split()[1]) <= place


def test_segments_that_are_cut_out_are_those_that_were_written() -> None:
    (message,) = read(PLAIN).messages
    segments = tuple(message.segments)
    assert message.segments == segments
    assert segments == message.segments
    assert hash(message.segments) == hash(segments)
    assert repr(message.segments) == repr(segments)
    assert message.segments[1:3] == segments[1:3]
    assert message.segments[-1] == segments[-1]
    assert message.segments != segments[1:]


def test_released_characters_and_elements_that_come_again_are_read_alike() -> None:
    body = "NAD+FL+++O?'NEIL:ANN?+E'ATT+2++F'NAD+FL+++ONEIL:ANN'ATT+2++F'NAD+FL+++A:B??'ATT+2++F'"
    data = (
        f"UNB+UNOA:4+A+B+261124:0455+1'UNH+1+PAXLST:D:02B:UN:IATA'BGM+745'{body}"
        "CNT+42:3'UNT+10+1'UNZ+1+1'"
    ).encode()
    (one,) = paxlst.parse(data, mode="strict", reference=NOW)
    people = one.messages[0].people
    assert [(p.surname, p.given_names) for p in people] == [
        ("O'NEIL", ("ANN+E",)),
        ("ONEIL", ("ANN",)),
        ("A", ("B?",)),
    ]
    assert {p.sex for p in people} == {"F"}
    assert paxlst.encode(one) == data
