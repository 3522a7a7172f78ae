from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passenger_id.formats import gb11643
from passenger_id.formats.provinces import PROVINCES
from service_bus import Malformed, Mode, TooLarge
from tests.unit.passenger_id.formats.mutations import is_read_or_refused, mutated

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
NUMBER = b"11010519491231002X"
"""The example of the standard."""


def read(data: bytes, mode: Mode = "tolerant") -> gb11643.ResidentNumber:
    (found,) = gb11643.parse(data, mode=mode, reference=NOW)
    return found


def refused(data: bytes, mode: Mode = "tolerant") -> Malformed:
    with pytest.raises(Malformed) as caught:
        gb11643.parse(data, mode=mode, reference=NOW)
    assert caught.value.field
    assert caught.value.position
    return caught.value


def number(region: str = "310115", born: str = "19900228", order: str = "123") -> bytes:
    digits = region + born + order
    return (digits + gb11643.check_character(digits)).encode()


def test_the_standards_example_is_read() -> None:
    found = read(NUMBER, "strict")
    assert found.number == NUMBER.decode()
    assert found.region == "110105"
    assert found.province == ("北京市", "Beijing")
    assert found.kind == "resident"
    assert found.birth_date == date(1949, 12, 31)
    assert found.sex == "F"
    assert found.masked == "110105********002X"
    assert found.original == NUMBER
    assert gb11643.encode(found) == NUMBER


def test_an_odd_order_is_a_man() -> None:
    assert read(number(order="121"), "strict").sex == "M"


@pytest.mark.parametrize(
    ("region", "kind"),
    [
        ("810000", "hong-kong"),
        ("820000", "macao"),
        ("830000", "taiwan"),
        ("931840", "foreigner"),
        ("310115", "resident"),
    ],
)
def test_permits_are_told_by_their_region(region: str, kind: str) -> None:
    assert read(number(region), "strict").kind == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (NUMBER.lower(), "gb11643-lower-case"),
        (b" 110105 19491231 002X", "gb11643-blanks"),
        ("１１０１０５１９４９１２３１００２Ｘ".encode(), "gb11643-wide"),
        (b"110105491231002", "gb11643-legacy"),
    ],
)
def test_how_people_write_it_is_forgiven(data: bytes, code: str) -> None:
    found = read(data)
    assert found == read(NUMBER)
    assert [notice.code for notice in found.notices] == [code]
    assert refused(data, "strict").code == code


def test_a_province_alone_is_noted() -> None:
    found = read(number("310000"))
    assert [notice.code for notice in found.notices] == ["gb11643-region"]


def test_numbers_may_stand_one_a_line() -> None:
    found = gb11643.parse(NUMBER + b"\r\n\n" + number() + b"\n", mode="strict", reference=NOW)
    assert [one.sex for one in found] == ["F", "M"]


@pytest.mark.parametrize(
    ("data", "field", "position", "code"),
    [
        (b"", "number", "line 1 column 1", "cut-short"),
        (NUMBER[:17], "number", "line 1 column 1", "wrong-length"),
        (NUMBER + b"1", "number", "line 1 column 1", "wrong-length"),
        (b"1101O519491231002X", "number", "line 1 column 5", "wrong-character"),
        (b"11010519491231X02X", "number", "line 1 column 15", "wrong-character"),
        (b"110105491231X02", "number", "line 1 column 13", "wrong-character"),
        (NUMBER[:17] + b"1", "check character", "line 1 column 18", "wrong-checksum"),
        (number("000105"), "region", "line 1 column 1", "unknown-region"),
        (number("660105"), "region", "line 1 column 1", "unknown-region"),
        (number(born="19900229"), "birth date", "line 1 column 7", "wrong-date"),
        (number(born="20261125"), "birth date", "line 1 column 7", "impossible-birth"),
        (number(born="18700101"), "birth date", "line 1 column 7", "impossible-birth"),
        (b"110105491331002", "birth date", "line 1 column 7", "wrong-date"),
        (number() + b"\n" + NUMBER[:10], "number", "line 2 column 1", "wrong-length"),
        (number() + b"\n1\xff", "number", "line 2 column 2", "not-utf8"),
    ],
)
def test_what_is_no_number_is_refused(data: bytes, field: str, position: str, code: str) -> None:
    error = refused(data)
    assert (error.field, error.position, error.code) == (field, position, code)


def test_a_birth_on_the_day_of_the_reference_is_taken() -> None:
    assert read(number(born="20261124"), "strict").birth_date == NOW.date()


@pytest.mark.parametrize("place", range(18))
def test_every_wrong_digit_and_swap_is_found(place: int) -> None:
    good = number().decode()
    for digit in "0123456789X":
        changed = good[:place] + digit + good[place + 1 :]
        if changed != good:
            refused(changed.encode())
    swapped = good[:place] + good[place : place + 2][::-1] + good[place + 2 :]
    if swapped != good:
        refused(swapped.encode())


def test_the_number_is_shown_nowhere() -> None:
    assert "19491231" not in repr(read(NUMBER))
    for data in (NUMBER[:17] + b"1", NUMBER[:16], b"1" + NUMBER, number(born="19900230")):
        error = refused(data)
        said = str(error) + repr(error) + str(error.facts()) + repr(error.__context__)
        for start in range(len(data) - 5):
            assert data[start : start + 6].decode() not in said


def test_a_size_cap_holds() -> None:
    with pytest.raises(TooLarge):
        gb11643.parse(b"1" * (gb11643.MAX_BYTES + 1), reference=NOW)


def test_numbers_are_recognised() -> None:
    assert gb11643.recognise(NUMBER) > 0.9
    assert gb11643.recognise(NUMBER.lower() + b"\n") > 0.9
    assert 0 < gb11643.recognise(b"110105491231002") < 0.9
    for other in (b"", b"12", b"{}", b"\xff" * 18, b"M1ZHANG/SAN"):
        assert gb11643.recognise(other) == 0


@given(
    region=st.sampled_from(sorted(PROVINCES)).flatmap(
        lambda province: st.integers(1, 9999).map(lambda rest: f"{province}{rest:04}")
    ),
    born=st.dates(date(1900, 1, 1), date(2026, 11, 24)),
    order=st.integers(0, 999),
)
def test_what_is_written_reads_the_same(region: str, born: date, order: int) -> None:
    data = number(region, f"{born:%Y%m%d}", f"{order:03}")
    found = read(data, "strict")
    assert gb11643.encode(found) == data
    assert (found.region, found.birth_date) == (region, born)
    if born.year < 2000:
        assert read(data[:6] + data[8:17]) == found


def test_what_does_not_fit_is_not_written() -> None:
    for wrong in ("110105491231002", "11010519491231002", NUMBER[:17].decode() + "1", "x"):
        with pytest.raises(Malformed):
            gb11643.encode(gb11643.ResidentNumber(number=wrong))


def test_damaged_numbers_are_read_or_refused() -> None:
    for data in mutated([NUMBER, number(), b"110105491231002"], 4000):
        is_read_or_refused(lambda d: gb11643.parse(d, reference=NOW), data)
        assert 0 <= gb11643.recognise(data) <= 1


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    is_read_or_refused(lambda d: gb11643.parse(d, reference=NOW), data)


def test_every_notice_is_explained() -> None:
    for code, sentence in gb11643.NOTICES.items():
        assert f"``{code}``" in (gb11643.__doc__ or "")
        assert sentence in " ".join((gb11643.__doc__ or "").split())
