"""Messages on the workbench: recognised, read, every value with its place, faults where they are."""

from __future__ import annotations

import json

import pytest

from airport_brain import wiring
from airport_brain.workbench.comparison import differences
from airport_brain.workbench.errors import UnknownFormat
from airport_brain.workbench.masking import masked
from airport_brain.workbench.plain_json import leaves
from airport_brain.workbench.reading import Reading, as_json
from airport_brain.workbench.registry import certain

BENCH = wiring.workbench()
NAMES = BENCH.registry.names
EXACT = ("ssim", "jt808", "adsb", "nmea", "bcbp", "gb11643", "xfwb", "xfsu", "mt", "position-json")


def example(name: str) -> bytes:
    return BENCH.registry.named(name).example


def written(reading: Reading, *path: str | int) -> list[bytes]:
    return [reading.octets[p.start : p.end] for p in reading.places if p.path == path]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_recognised_read_strictly_and_found_in_its_original(name: str) -> None:
    reading = BENCH.read(example(name), mode="strict")
    assert reading.format == name
    assert reading.error is None
    assert reading.notices == ()
    assert certain(list(reading.candidates))
    values = [(p, v) for p, v in leaves(reading.messages) if isinstance(v, str) and v]
    values = [one for one in values if "target" not in one[0]]  # what a record says, worked out
    known = {place.path for place in reading.places}
    assert len([p for p, _ in values if p in known]) >= 0.3 * len(values)
    assert all(0 <= p.start < p.end <= len(reading.octets) for p in reading.places)
    assert json.dumps(as_json(reading))


@pytest.mark.parametrize("name", EXACT)
def test_places_are_exact_where_the_layout_can_say(name: str) -> None:
    assert all(place.exact for place in BENCH.read(example(name)).places)


def test_what_is_found_by_value_is_found_where_it_stands_and_says_so() -> None:
    reading = BENCH.read(example("mvt"))
    assert written(reading, 0, "lines", 0, 0, "first") == [b"0812"]
    assert written(reading, 0, "lines", 0, 0, "second") == [b"0827"]
    assert written(reading, 0, "flight", "airline") == [b"MU"]
    assert written(reading, 0, "lines", 1, 0, "durations", 1) == [b"0005"]
    assert not any(place.exact for place in reading.places)


def test_the_same_code_in_several_lines_is_found_in_its_own() -> None:
    reading = BENCH.read(example("fsu"))
    starts = {p.path: p.start for p in reading.places}
    lines = [0, *(i + 1 for i, byte in enumerate(reading.octets) if byte == 0x0A)]
    for index, line in ((0, 2), (1, 3), (2, 4)):
        place = starts[0, "statuses", index, "code"]
        assert lines[line] <= place < lines[line + 1]


def test_xml_values_stand_in_their_element_and_attribute() -> None:
    reading = BENCH.read(example("aidx"))
    assert written(reading, 0, "flight_leg", 0, "leg_identifier", "flight_number") == [b"5101"]
    assert written(reading, 0, "target") == [b"Production"]


def test_escaped_bytes_are_counted_in_the_original() -> None:
    plain = example("jt808")
    # Heading 0x7E, escaped, and the checksum that goes with it.
    frame = plain[1:-2].replace(b"\x00\xb4\x26", b"\x00\x7e\x26")
    check = 0
    for byte in frame:
        check ^= byte
    inner = (frame + bytes([check])).replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")
    reading = BENCH.read(b"\x7e" + inner + b"\x7e")
    assert written(reading, 0, "body", "heading_deg") == [b"\x00\x7d\x02"]
    assert written(reading, 0, "body", "time") == [bytes.fromhex("261124120000")]


def test_octets_may_come_as_hexadecimal_digits() -> None:
    for name in ("jt808", "asterix"):
        text = example(name).hex(" ").encode()
        reading = BENCH.read(text)
        assert (reading.format, reading.look, reading.octets) == (name, "binary", example(name))


@pytest.mark.parametrize(
    ("name", "broken", "wrong"),
    [
        ("mvt", (b"AD0812", b"AD9912"), b"9912"),
        ("fsu", (b"112-12345675", b"112-12345670"), b"0"),
        ("mrz", (b"CHN900228", b"CHN9A0228"), None),
        ("aidx", (b"2026-11-24<", b"2026-13-24<"), b"2026-13-24"),
        ("position-json", (b"31.198", b"131.98"), b"131.98"),
        ("nmea", (b"3111.8892", b"3199.8892"), None),
    ],
)
def test_a_fault_is_marked_in_the_original(
    name: str, broken: tuple[bytes, bytes], wrong: bytes | None
) -> None:
    data = example(name).replace(*broken)
    reading = BENCH.read(data, name=name, mode="strict")
    error = reading.error
    assert error is not None
    assert error.zh
    assert error.en
    assert error.start is not None
    assert error.end is not None
    if wrong is not None:
        assert data[error.start : error.end].startswith(wrong)


def test_notices_are_said_in_both_languages_with_their_place() -> None:
    reading = BENCH.read(example("mvt").replace(b"AD0812/0827", b"AD0827/0812"))
    (notice,) = reading.notices
    assert (notice.zh, notice.en) == ("第二时刻早于第一时刻", "the second time is before the first")
    assert notice.start is not None
    assert reading.octets[notice.start :].startswith(b"0812")


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00\xff\xfe", b"<!DOCTYPE a><a/>", b"12 34"])
def test_what_is_no_message_is_said_to_be_none(data: bytes) -> None:
    reading = BENCH.read(data)
    assert reading.format == ""
    assert reading.error is not None
    assert json.dumps(as_json(reading))


def test_a_dtd_tells_no_places_and_is_refused() -> None:
    data = b'<?xml version="1.0"?><!DOCTYPE MSG [<!ENTITY a "b">]><MSG><META/></MSG>'
    reading = BENCH.read(data, name="mht0071")
    assert reading.error is not None
    assert reading.places == ()


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(UnknownFormat, match="no format 'x'"):
        BENCH.read(b"1", name="x")


def test_a_long_message_is_read_in_time_and_its_search_ends() -> None:
    one = example("pnl").split(b"-SHA002F\r\n")[1].split(b"-SHA002Y")[0]
    data = example("pnl").replace(one, one * 400)
    reading = BENCH.read(data, name="pnl")
    assert len(reading.places) > 1000


@pytest.mark.parametrize("name", ["bcbp", "mrz", "gb11643", "pnl", "paxlst", "ptm", "fwb", "fhl"])
def test_a_test_case_names_nobody_and_is_laid_out_as_before(name: str) -> None:
    reading = BENCH.read(example(name))
    mask = masked(reading)
    assert len(mask) == len(example(name))
    assert reading.personal
    values = dict(leaves(reading.messages))
    for path in reading.personal:
        told = str(values[path]).encode()
        if len(told) >= 4 and not told.startswith((b"19", b"11010")):
            assert told not in mask, path
    kinds = [(chr(a), chr(b)) for a, b in zip(example(name), mask, strict=True) if a != b]
    assert all(a.isdigit() == b.isdigit() or a.isalpha() == b.isalpha() for a, b in kinds)
    assert BENCH.read(mask, name=name).error is None


def test_a_message_without_people_stays_as_it_is() -> None:
    for name in ("mvt", "ssim", "jt808", "position-json"):
        assert masked(BENCH.read(example(name))) == example(name)


def test_two_messages_are_compared_field_by_field() -> None:
    before = BENCH.read(example("fsu")).messages
    after = BENCH.read(
        example("fsu").replace(b"A2142", b"A2150").replace(b"OSI/PLS", b"OSI/NOT")
    ).messages
    found = {(one.kind, one.path[-1]): (one.left, one.right) for one in differences(before, after)}
    assert found["changed", "time"] == ("2142", "2150")
    assert len(found) == 2
    assert differences(before, before) == []
    shorter = BENCH.read(example("fsu").replace(b"OSI/PLS CALL AGENT\r\n", b"")).messages
    assert {one.kind for one in differences(before, shorter)} == {"left out"}
