from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passenger_id.formats import name_list as lists
from passenger_id.formats.name_list.message import KINDS
from passenger_id.formats.name_list.names import MOST_GIVEN, parts_of
from passenger_id.formats.name_list.reading import MOST_LISTS, MOST_PARTS
from service_bus import Malformed, Mode, TooLarge
from tests.unit.passenger_id.formats.mutations import is_read_or_refused, mutated

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)

PNL = b"""QU SHAKKMU\r
.PEKKKCA 240312\r
PNL\r
CA1501/24NOV PEK PART1\r
ANA/123456\r
CFG/008F030C180Y\r
RBD F/FA C/CDJ Y/YBMH\r
-SHA002F\r
1ZHANG/SANMR .L/ABC123/CA\r
1LI-WEBER/SIMS .L/DEF456\r
.R/VGML HK1\r
-SHA003Y-PAD001\r
2WANG/WUMR/LIUMRS-B3 .L/K7Q2ZP/CA .O/MU5101Y24SHACAN1030HK\r
.R/TKNE HK1 9991234567890/1-1WANG/WUMR\r
.R/DOCS HK1/P/CHN/E12345678/CHN/01JAN80/M/01JAN30/WANG\r
.RN//WU\r
1ZHAO/LIUMR-B3 .L/K7Q2ZP/CA .I/MU123Y24XIYPEK0830HK\r
-CAN000Y\r
ENDPNL\r
"""

ADL = b"""ADL
MU5101/24NOV SHA PART1
-PEK002Y
DEL
1QIAN/QIMR .L/AAA111
ADD
1SUN/BAMS .L/BBB222 .R/CHLD HK1
1ZHOU/JIUMR .L/CCC333
CHG
1WU/SHIMR .L/DDD444
.R/WCHR HK1
-CAN001F
ADD
1ZHENG/YIMR
ENDADL
"""

SENT_AGAIN = b"""QU PVGKKMU SHAKKMU\r
SHATTMU\r
.SHARRMU 240312\r
PDM\r
PNL\r
MU5101/24NOV SHA PART1\r
CFG/008C150Y\r
RBD C/CJI Y/YBMH\r
AVAIL\r
 SHA  PEK\r
C004\r
Y083\r
-PEK000C\r
-PEK003Y-PAD1\r
1ZHANG/SANMR-A2\r
.L/ABC123/MU\r
.L/04VSFC/1E\r
.M/CA5101Y24SHAPEK\r
.O/MU2405Y24PEKXIY1130HK\r
.O2/HX305Y25XIYHKG0830\r
.R/DOCS HK1/P/CHN/E12345678/CHN/01JAN80/M/01JAN30/ZHANG\r
.RN//SAN\r
1LI/SIMS-A2\r
.R/INFT HK1 22AUG25 LI/WU\r
.R/TKNE HK1 INF7811234567890/1\r
1WANG/WU\r
ENDPART1\r
"""

PART1 = b"""PNL
MU5101/24NOV SHA PART1
CFG/180Y
-PEK003Y
1ZHANG/SANMR .L/ABC123
1LI/SIMS .L/DEF456
ENDPART1
"""
PART2 = b"""PNL
MU5101/24NOV SHA PART2
-PEK003Y
1WANG/WUMR .L/GHI789
-CAN001Y
1ZHAO/LIUMR
ENDPNL
"""
PRL = PART2.replace(b"PNL", b"PRL").replace(b"PART2", b"PART1")


def read(data: bytes, mode: Mode = "tolerant") -> lists.NameList:
    (found,) = lists.parse(data, mode=mode, reference=NOW)
    return found


def refused(data: bytes, mode: Mode = "tolerant") -> Malformed:
    with pytest.raises(Malformed) as caught:
        lists.parse(data, mode=mode, reference=NOW)
    assert caught.value.field
    assert caught.value.position
    return caught.value


def codes(found: lists.NameList) -> list[str]:
    return [notice.code for notice in found.notices]


def test_a_list_is_read_whole() -> None:
    found = read(PNL, "strict")
    assert (found.kind, found.flight, found.board_point, found.part) == ("PNL", "CA1501", "PEK", 1)
    assert found.flight_date == date(2026, 11, 24)
    assert found.last
    assert found.envelope == ("QU SHAKKMU", ".PEKKKCA 240312")
    assert found.header == ("ANA/123456", "CFG/008F030C180Y", "RBD F/FA C/CDJ Y/YBMH")
    totals = [(t.destination, t.count, t.booking_class, t.pad) for t in found.totals]
    assert totals == [("SHA", 2, "F", None), ("SHA", 3, "Y", 1), ("CAN", 0, "Y", None)]
    zhang, li, wang, zhao = found.names
    assert (zhang.surname, zhang.given_names) == ("ZHANG", ("SANMR",))
    assert zhang.record_locator == "ABC123"
    assert (li.surname, li.group_code, li.remarks) == ("LI-WEBER", "", ("VGML HK1",))
    assert (wang.count, wang.given_names) == (2, ("WUMR", "LIUMRS"))
    assert (wang.group_code, wang.group_size) == ("B", 3)
    assert wang.onward == ("MU5101Y24SHACAN1030HK",)
    assert wang.remarks == (
        "TKNE HK1 9991234567890/1-1WANG/WUMR",
        "DOCS HK1/P/CHN/E12345678/CHN/01JAN80/M/01JAN30/WANG/WU",
    )
    assert zhao.inbound == ("MU123Y24XIYPEK0830HK",)
    assert found.disagreements() == ()
    assert found.original == PNL
    assert lists.encode(found) == PNL


def test_changes_say_what_happens() -> None:
    found = read(ADL, "strict")
    first, second = found.totals
    assert [(c.action, [n.surname for n in c.names]) for c in first.changes] == [
        ("DEL", ["QIAN"]),
        ("ADD", ["SUN", "ZHOU"]),
        ("CHG", ["WU"]),
    ]
    assert [c.action for c in second.changes] == ["ADD"]
    assert lists.encode(found) == ADL


def test_a_list_sent_again_with_seats_left_and_further_connections_is_read() -> None:
    found = read(SENT_AGAIN, "strict")
    assert found.envelope[-1] == "PDM"
    assert found.header[2:] == ("AVAIL", " SHA  PEK", "C004", "Y083")
    none, three = found.totals
    assert (none.booking_class, none.count, three.count, three.pad) == ("C", 0, 3, 1)
    zhang, li, wang = three.changes[0].names
    assert [e.code for e in zhang.elements] == ["L", "L", "M", "O", "O2", "R", "RN"]
    assert (zhang.group_code, zhang.group_size, wang.group_code) == ("A", 2, "")
    assert [e.text[:8] for e in li.elements] == ["INFT HK1", "TKNE HK1"]
    assert lists.encode(found) == SENT_AGAIN


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("O", "MU2405Y24PEKXIY1130HK", ("onward", 1, "MU2405", "Y", "PEK", "XIY", "1130", "", "HK")),
        ("O2", "HX305Y25XIYHKG", ("onward", 2, "HX305", "Y", "XIY", "HKG", "", "", "")),
        ("I", "9C12AB01XIYPEK0015+1HK2", ("inbound", 1, "9C12A", "B", "XIY", "PEK", "0015", "+1", "HK")),
        ("I", "MU123Y24XIY0830HK", ("inbound", 1, "MU123", "Y", "XIY", "", "0830", "", "HK")),
        ("O", "CES0007J24XIY/0830/HK", ("onward", 1, "CES7", "J", "", "XIY", "0830", "", "HK")),
        ("M", "CA5101Y24SHAPEKHK", ("marketing", 1, "CA5101", "Y", "SHA", "PEK", "", "", "HK")),
        ("O", "BY TRAIN", None),
        ("L", "MU2405Y24PEKXIY1130HK", None),
    ],
)  # fmt: skip
def test_connections_are_divided(code: str, text: str, expected: tuple[Any, ...] | None) -> None:
    name = lists.Name(count=1, surname="LI", elements=(lists.Element(code=code, text=text),))
    found = [
        (o.kind, o.order, o.flight, o.booking_class, o.origin, o.destination, o.time, o.days, o.status)
        for o in name.connections
    ]  # fmt: skip
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("day", "flight", "expected"),
    [
        ("01", date(2026, 12, 31), date(2027, 1, 1)),
        ("31", date(2026, 3, 1), None),
        ("28", date(2027, 3, 1), date(2027, 2, 28)),
        ("24", None, None),
    ],
)
def test_a_connection_is_near_its_flight(
    day: str, flight: date | None, expected: date | None
) -> None:
    one = lists.Connection(
        kind="onward", carrier="MU", number="1", booking_class="Y", day=day, destination="PEK"
    )
    assert one.date(flight) == expected


def test_a_party_has_the_locator_of_its_first_name() -> None:
    data = PNL.replace(b"1ZHAO/LIUMR-B3 .L/K7Q2ZP/CA", b"1ZHAO/LIUMR-B3")
    found = read(data, "strict")
    assert found.locators() == ("ABC123", "DEF456", "K7Q2ZP", "K7Q2ZP")
    assert found.names[3].record_locator == ""


def test_totals_stand_without_names() -> None:
    data = b"PNL\nMU5101/24NOV SHA PART1\n-PEK120Y\n-PEK008F\nENDPNL\n"
    found = read(data, "strict")
    assert [total.count for total in found.totals] == [120, 8]
    assert found.names == ()
    assert found.disagreements() == ()
    assert lists.encode(found) == data


def test_a_reconciled_list_is_read_the_same() -> None:
    found = read(PRL, "strict")
    assert found.kind == "PRL"
    assert lists.encode(found) == PRL
    assert found.disagreements() == (("PEK", "Y", 3, 1),)


@pytest.mark.parametrize(
    ("day", "reference", "expected"),
    [
        ("31DEC", datetime(2026, 1, 1, 2, tzinfo=UTC), date(2025, 12, 31)),
        ("01JAN", datetime(2025, 12, 31, 22, tzinfo=UTC), date(2026, 1, 1)),
        ("29FEB", datetime(2028, 2, 27, tzinfo=UTC), date(2028, 2, 29)),
        ("24NOV26", datetime(2027, 6, 1, tzinfo=UTC), date(2026, 11, 24)),
        ("24NOV2026", datetime(2027, 6, 1, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_days_get_their_year(day: str, reference: datetime, expected: date) -> None:
    data = PART2.replace(b"24NOV", day.encode())
    (found,) = lists.parse(data, mode="strict", reference=reference)
    assert found.flight_date == expected
    assert lists.encode(found) == data


def test_gateways_may_double_the_carriage_returns() -> None:
    data = PNL.replace(b"\r\n", b"\r\r\n")
    found = read(data, "strict")
    assert found == read(PNL)
    assert lists.encode(found) == found.original == data
    assert lists.recognise(data) > 0.9


def test_lines_may_be_indented() -> None:
    assert read(b"".join(b"  " + line for line in PNL.splitlines(keepends=True))).totals == (
        read(PNL).totals
    )


@pytest.mark.parametrize("at", [b"CA1501/", b"-SHA002F", b"ANA/123456"])
def test_a_blank_line_before_the_totals_loses_nobody(at: bytes) -> None:
    found = read(PNL.replace(at, b"\r\n" + at))
    assert [total.names for total in found.totals] == [total.names for total in read(PNL).totals]
    assert codes(found) == ([] if at.startswith(b"ANA") else ["pnl-blank-line"])


# Parts.


def test_parts_are_put_together_in_any_order() -> None:
    for order in ((PART1, PART2), (PART2, PART1)):
        assembly = lists.Assembly()
        assert assembly.add(read(order[0], "strict")) is None
        assert assembly.waiting() == {
            ("PNL", "MU5101", "24NOV", "SHA"): (1 if order[0] is PART1 else 2,)
        }
        whole = assembly.add(read(order[1], "strict"))
        assert whole is not None
        assert [name.surname for name in whole.names] == ["ZHANG", "LI", "WANG", "ZHAO"]
        assert [(t.destination, t.count) for t in whole.totals] == [("PEK", 3), ("CAN", 1)]
        assert whole.disagreements() == ()
        assert (whole.part, whole.last) == (1, True)
        assert assembly.waiting() == {}


def test_part_1_received_again_replaces_everything() -> None:
    assembly = lists.Assembly()
    assembly.add(read(PART1))
    assert assembly.add(read(PART1.replace(b"ZHANG", b"QIAN"))) is None
    whole = assembly.add(read(PART2))
    assert whole is not None
    assert [name.surname for name in whole.names] == ["QIAN", "LI", "WANG", "ZHAO"]


def test_parts_of_other_flights_do_not_mix() -> None:
    assembly = lists.Assembly()
    assembly.add(read(PART1))
    assert assembly.add(read(PART2.replace(b"MU5101", b"MU5102"))) is None
    assert len(assembly.waiting()) == 2


def test_several_parts_may_stand_in_one_text() -> None:
    found = lists.parse(PART1 + b"\nQU SHAKKMU\n.PEKKK 240000\n" + PART2, reference=NOW)
    assert [(p.part, p.last) for p in found] == [(1, False), (2, True)]
    assert found[1].envelope == ("QU SHAKKMU", ".PEKKK 240000")
    assert lists.encode(found[0]) == PART1
    assert lists.encode(found[1]).endswith(PART2)


# What senders do.


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (PART2.replace(b" PART2", b""), "pnl-no-part"),
        (PART2.replace(b"ENDPNL\n", b""), "pnl-no-end"),
        (ADL.replace(b"DEL\n", b""), "pnl-no-action"),
        (PART2.replace(b"WANG/WUMR", b"Wang/Wumr"), "pnl-lower-case"),
        (PART2.replace(b"WANG/WUMR", b"WANG2/WUMR"), "pnl-name"),
        (PART2.replace(b"1WANG/WUMR", b"1WANG/WUMR/LIUMR"), "pnl-count"),
        (PART2.replace(b"1WANG", b"NIL\n1WANG"), "pnl-unknown-line"),
        (PART2.replace(b"-CAN", b"SOMETHING\n-CAN"), "pnl-unknown-line"),
        (PART2.replace(b"-CAN", b"\n-CAN"), "pnl-blank-line"),
        (PART2.replace(b"24NOV", b"30FEB"), "pnl-day"),
        (PART2 + b"MORE TEXT\n", "pnl-after-end"),
        (PART2.replace(b"1WANG/WUMR", b"2WANG/WUMR\n/LIUMR"), "pnl-folded-name"),
    ],
)
def test_oddities_are_noted_kindly_and_refused_strictly(data: bytes, code: str) -> None:
    found = read(data)
    assert codes(found) == [code]
    assert found.kind in ("PNL", "ADL")
    assert refused(data, "strict").code == code
    if code not in ("pnl-blank-line", "pnl-after-end"):
        assert lists.encode(found) == data


@pytest.mark.parametrize(
    ("name", "charset"),
    [("张/三", "utf-8"), ("REPIN/\xc8", "latin-1"), ("\x80\x81/\x9f", "latin-1")],
)
def test_names_outside_ascii_are_kept(name: str, charset: str) -> None:
    data = PART2.decode().replace("WANG/WUMR", name).encode(charset)
    found = read(data)
    assert "/".join((found.names[0].surname, *found.names[0].given_names)) == name
    assert codes(found)[-1] == "pnl-not-ascii"
    assert lists.encode(found) == data
    refused(data, "strict")


def test_transmission_marks_around_a_message_are_no_oddity() -> None:
    found = read(
        b"\x01QU SHAKKMU\r\n\x02PNL\r\n" + PNL.partition(b"PNL\r\n")[2] + b"\x03", "strict"
    )
    assert [name.surname for name in found.names] == ["ZHANG", "LI-WEBER", "WANG", "ZHAO"]


@pytest.mark.parametrize(
    ("data", "field", "position"),
    [
        (b"", "message identifier", "line 1 column 1"),
        (b"MVT\nMU5101/24.B1234.SHA\n", "message identifier", "line 1 column 1"),
        (b"PNL", "flight", "line 2 column 1"),
        (b"PNL\nMU5101 24NOV\n", "flight", "line 2 column 1"),
        (PART2.replace(b"-PEK003Y", b"-PEK003"), "total by destination", "line 3 column 1"),
        (PART2.replace(b"-PEK003Y", b"-PEK0003Y"), "total by destination", "line 3 column 1"),
        (PART2.replace(b"-PEK003Y\n", b""), "name", "line 3 column 1"),
        (PART2.replace(b"1WANG/WUMR", b"1/WANG"), "name", "line 4 column 1"),
        (PART2.replace(b"1WANG/WUMR", b"1234WANG"), "name", "line 4 column 1"),
        (PART2.replace(b"ENDPNL", b"ENDADL"), "end", "line 7 column 1"),
        (PART1.replace(b"ENDPART1", b"ENDPART2"), "end", "line 7 column 1"),
        (PART2.replace(b"WANG", b"W\x07NG"), "text", "line 4 column 3"),
    ],
)
def test_what_cannot_be_read_is_refused_with_field_and_place(
    data: bytes, field: str, position: str
) -> None:
    error = refused(data)
    assert (error.field, error.position) == (field, position)


def test_faults_show_no_name() -> None:
    for data in (
        PART2.replace(b"1WANG/WUMR", b"1234WANG/WUMR"),
        PART2.replace(b"-PEK003Y\n", b""),
        PART2.replace(b"-PEK003Y", b"-PEK0WANG"),
        b"1WANG/WUMR\nENDPNL",
    ):
        error = refused(data)
        assert "WANG" not in str(error) + str(error.facts())


def test_a_size_cap_holds() -> None:
    with pytest.raises(TooLarge):
        lists.parse(b"PNL\n" + b" " * lists.MAX_BYTES, reference=NOW)


def test_lists_are_recognised() -> None:
    for data in (PNL, ADL, PART1, PRL):
        assert lists.recognise(data) > 0.9
    assert 0 < lists.recognise(b"PNL\nno flight") < 0.9
    for other in (b"", b"{}", b"MVT\nMU5101/24.B1234.SHA", b"\xff\xfe"):
        assert lists.recognise(other) == 0


# Writing.


def test_elements_are_placed_on_lines_of_the_standards_length() -> None:
    elements = tuple(lists.Element(code="R", text="SPML HK1 " + "X" * n) for n in (10, 20, 30, 40))
    name = lists.Name(count=1, surname="ZHANG", given_names=("SANMR",), elements=elements)
    change = lists.Change(action="", names=(name,))
    total = lists.DestinationTotal(destination="PEK", count=1, booking_class="Y", changes=(change,))
    message = lists.NameList(
        kind="PNL", carrier="MU", number="5101", day="24NOV", board_point="SHA", totals=(total,)
    )
    data = lists.encode(message)
    assert max(len(line) for line in data.split(b"\r\n")) <= 64
    assert read(data, "strict") == message


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "XYZ"}, "message identifier"),
        ({"carrier": "MU5"}, "carrier"),
        ({"day": "24"}, "day"),
        ({"header": ("Größe",)}, "line"),
        ({"header": ("A\nB",)}, "line"),
    ],
)
def test_what_does_not_fit_is_not_written(change: dict[str, object], field: str) -> None:
    with pytest.raises(Malformed) as caught:
        lists.encode(replace(read(PART2), **change))  # type: ignore[arg-type]
    assert caught.value.field == field


def text(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(rf"\A(?:{pattern})\Z", re.ASCII))


elements = st.builds(
    lists.Element,
    code=st.sampled_from(["L", "R", "RN", "I", "O", "O2", "C", "WL", "M"]),
    text=text("[A-Z0-9/-][A-Z0-9/ -]{0,40}[A-Z0-9]"),
)
names = st.builds(
    lambda surname, given, group, found: lists.Name(
        count=max(1, len(given)),
        surname=surname,
        given_names=tuple(given),
        group_code=group[0],
        group_size=group[1],
        elements=tuple(found),
    ),
    text("[A-Z]{1,12}(?:-[A-Z]{2,6})?"),
    st.lists(text("[A-Z]{1,10}"), max_size=3),
    st.sampled_from([("", None), ("A", 2), ("BC", 15)]),
    st.lists(elements, max_size=4),
)
DESTINATIONS = [("PEK", "Y"), ("PEK", "F"), ("CAN", "Y"), ("XIY", "C")]


@st.composite
def messages(draw: st.DrawFn) -> lists.NameList:
    kind = draw(st.sampled_from(KINDS))
    totals = []
    for destination, letter in DESTINATIONS[: draw(st.integers(1, 4))]:
        if kind == "ADL":
            changes = draw(
                st.lists(
                    st.builds(
                        lambda action, found: lists.Change(action=action, names=tuple(found)),
                        st.sampled_from(["ADD", "DEL", "CHG"]),
                        st.lists(names, max_size=3),
                    ),
                    max_size=3,
                )
            )
        else:
            found = draw(st.lists(names, max_size=4))
            changes = [lists.Change(action="", names=tuple(found))] if found else []
        totals.append(
            lists.DestinationTotal(
                destination=destination,
                count=draw(st.integers(0, 999)),
                booking_class=letter,
                pad=draw(st.none() | st.integers(0, 99)),
                changes=tuple(changes),
            )
        )
    last = draw(st.booleans())
    return lists.NameList(
        kind=kind,
        carrier=draw(st.sampled_from(["MU", "9C", "3U", "CES"])),
        number=draw(text(r"\d{1,4}")),
        suffix=draw(text("[A-Z]?")),
        day="24NOV",
        board_point="SHA",
        part=draw(st.integers(1, 9)),
        last=last,
        header=draw(st.sampled_from([(), ("CFG/180Y",), ("ANA/1", "RBD Y/YBM")])),
        totals=tuple(totals),
    )


@settings(max_examples=40, deadline=None)
@given(messages())
def test_what_is_written_reads_the_same(message: lists.NameList) -> None:
    data = lists.encode(message)
    (again,) = lists.parse(data, mode="strict", reference=NOW)
    assert again == message
    assert lists.encode(again) == data


# Damage.


def test_damaged_lists_are_read_or_refused() -> None:
    seen = [0, 0]
    for data in mutated([PNL, ADL, PART1, PART2, PRL], 4000):
        was_read = is_read_or_refused(lambda d: lists.parse(d, reference=NOW), data)
        seen[was_read] += 1
        if was_read:
            for found in lists.parse(data, reference=NOW):
                written = lists.encode(found)
                (again,) = lists.parse(written, reference=NOW)
                assert lists.encode(again) == written
        assert 0 <= lists.recognise(data) <= 1
    assert min(seen) > 300


@given(st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    is_read_or_refused(lambda d: lists.parse(d, reference=NOW), data)
    is_read_or_refused(lambda d: lists.parse(PART2[:30] + d, reference=NOW), data)


def test_many_parts_and_long_lines_take_linear_time() -> None:
    assert len(lists.parse(PART2 * MOST_LISTS, reference=NOW)) == MOST_LISTS
    for inner in (b"A" * 500_000, b"/A" * 250_000, b"A-" * 250_000, b"-A1" * 150_000):
        is_read_or_refused(
            lambda d: lists.parse(d, reference=NOW), PART2.replace(b"WANG", b"WANG" + inner)
        )
        is_read_or_refused(
            lambda d: lists.parse(d, reference=NOW), PART2.replace(b".L/", b".L/ .R/" * 1000)
        )


def test_every_notice_is_explained() -> None:
    for code, sentence in lists.NOTICES.items():
        assert f"``{code}``" in (lists.__doc__ or "")
        assert sentence in " ".join((lists.__doc__ or "").split())


def test_a_flood_of_lines_is_refused_with_its_place() -> None:
    for line_end in (b"\r\n", b"\n", b"\r"):
        data = line_end.join([b"PNL"] * (MOST_PARTS + 2))
        with pytest.raises(Malformed) as caught:
            lists.parse(data, reference=NOW)
        assert (caught.value.code, caught.value.field) == ("too-many-parts", "line")
        assert caught.value.position == f"line {MOST_PARTS + 1} column 1"


def test_a_flood_of_elements_is_refused_with_its_place() -> None:
    data = PART2.replace(b" .L/", b" .L/" * MOST_PARTS)
    with pytest.raises(Malformed) as caught:
        lists.parse(data, reference=NOW)
    assert (caught.value.code, caught.value.field) == ("too-many-parts", "line")
    line = data.count(b"\n", 0, data.index(b" .L/ .L/")) + 1
    assert caught.value.position == f"line {line} column 1"


def test_a_flood_of_given_names_is_refused_with_its_place() -> None:
    with pytest.raises(Malformed) as caught:
        lists.parse(PART2.replace(b"/WUMR", b"/WUMR" * (MOST_GIVEN + 1)), reference=NOW)
    assert (caught.value.code, caught.value.field) == ("wrong-value", "name")
    assert caught.value.position == "line 4 column 1"
    (most,) = lists.parse(PART2.replace(b"/WUMR", b"/WUMR" * MOST_GIVEN), reference=NOW)
    assert len(most.names[0].given_names) == MOST_GIVEN


def test_one_list_in_lines_that_end_alike_is_kept_as_the_bytes_it_came_in() -> None:
    for data in (PART2, PART2.removesuffix(b"\n"), PART2.replace(b"\n", b"\r\n")):
        (message,) = lists.parse(data, reference=NOW)
        assert message.original is data
    mixed = PART2.replace(b"\n", b"\r", 1)
    (message,) = lists.parse(mixed, reference=NOW)
    assert message.original == PART2.replace(b"\n", b"\r")


def test_a_flood_of_lists_is_refused_with_its_place() -> None:
    with pytest.raises(Malformed) as caught:
        lists.parse(PART2 * (MOST_LISTS + 1), reference=NOW)
    assert (caught.value.code, caught.value.field) == ("too-many-lists", "message identifier")
    line = PART2.count(b"\n") * MOST_LISTS + PART2[: PART2.index(b"PNL")].count(b"\n") + 1
    assert caught.value.position == f"line {line} column 1"


def test_notices_that_say_nothing_new_are_not_kept() -> None:
    data = b"PNL\r\nMU5101/24NOV SHA PART1\r\n-PEK001Y\r\n" + b"?\r\n" * 5000 + b"ENDPNL\r\n"
    (message,) = lists.parse(data, reference=NOW)
    assert len(message.notices) == 200
    assert len(message.totals[0].notes) == 5000
    assert lists.encode(message) == data


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1LI/NA", ("1", "LI", ("NA",), "", "")),
        ("02LI-WU/NA/AN-BC12", ("02", "LI-WU", ("NA", "AN"), "BC", "12")),
        ("1O'NEIL-B3", ("1", "O'NEIL", (), "B", "3")),
        ("10LI", ("10", "LI", (), "", "")),
        ("1LI/", None),
        ("1LI//NA", None),
        ("1LI/NA-ABC1", None),
        ("0LI", None),
        ("1li", None),
        ("1LI" + "/" * 100_000, None),
    ],
)
def test_names_are_divided_in_one_pass(text: str, parts: tuple[Any, ...] | None) -> None:
    found = parts_of(text)
    assert (found and tuple(found)) == parts
