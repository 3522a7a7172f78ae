from __future__ import annotations

import pytest

from cargo_platform.errors import BadHawb, BadUld
from cargo_platform.uld import parse_hawb, parse_uld


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("PMC12345CK", ("PMC", "12345", "CK", "")),
        ("PMC12345CK-U", ("PMC", "12345", "CK", "U")),
        ("AKE 1234 5X", ("AKE", "1234", "5X", "")),
        ("ake54321cca", ("AKE", "54321", "CCA", "")),
        ("PMC12345 5Y", ("PMC", "12345", "5Y", "")),
        ("P1P12345LH", ("P1P", "12345", "LH", "")),
    ],
)
def test_numbers_are_taken_apart(text: str, parts: tuple[str, str, str, str]) -> None:
    found = parse_uld(text)
    assert (found.type, found.serial, found.owner, found.loading) == parts


def test_the_first_letter_tells_the_category() -> None:
    assert parse_uld("PMC12345CK").category == "certified pallet"
    assert parse_uld("AKE12345CK").category == "certified container"
    assert parse_uld("ZZZ12345CK").category == ""


@pytest.mark.parametrize(
    "text", ["", "PMC123CK", "PMC123456CK7X", "12345", "PMC12345CK-UU", "X" * 99]
)
def test_anything_else_is_no_uld(text: str) -> None:
    with pytest.raises(BadUld) as caught:
        parse_uld(text)
    assert len(caught.value.found) <= 24


def test_house_numbers_are_letters_and_digits() -> None:
    assert parse_hawb(" sha0001234 ") == "SHA0001234"
    for text in ("", "SHA 001", "A" * 13, "雾"):
        with pytest.raises(BadHawb):
            parse_hawb(text)
