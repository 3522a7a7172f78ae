from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.awb import check_digit, format_awb, parse_awb
from cargo_platform.errors import BadAwb
from tests.unit.cargo_platform.formats.values import awbs


@pytest.mark.parametrize(
    "text",
    [
        "112-12345675",
        "11212345675",
        "112 1234 5675",
        " 112-1234 5675 ",
        "１１２－１２３４５６７５",
        "112–12345675",
        "AWB 112-12345675",
        "MAWB: 112-12345675",
        "awb no. 112-12345675",
    ],
)
def test_every_usual_spelling_is_read(text: str) -> None:
    assert parse_awb(text) == "11212345675"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("112-12345670", "awb-check-digit"),
        ("112-12345678", "awb-check-digit"),
        ("112-1234567", "awb-form"),
        ("", "awb-form"),
        ("1-12 12345675", "awb-form"),
        ("112-12345675x", "awb-form"),
        ("112--12345675", "awb-form"),
        ("١١٢-١٢٣٤٥٦٧٥x", "awb-form"),
        ("1" * 5000, "awb-form"),
    ],
)
def test_anything_else_is_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(BadAwb) as caught:
        parse_awb(text)
    assert caught.value.code == code
    assert len(caught.value.found) <= 24
    assert caught.value.expected


def test_vectors_agree(reference_data: Path) -> None:
    vectors = json.loads((reference_data / "cargo" / "awb_vectors.json").read_text())
    for text in vectors["valid"]:
        assert len(parse_awb(text)) == 11
    for text in vectors["invalid"]:
        with pytest.raises(BadAwb):
            parse_awb(text)


@settings(deadline=None)
@given(awbs)
def test_a_number_is_read_back_as_it_is_printed(awb: str) -> None:
    assert parse_awb(format_awb(parse_awb(awb))) == awb


@settings(deadline=None)
@given(st.integers(0, 9_999_999), st.integers(1, 9))
def test_one_wrong_check_digit_never_passes(serial: int, off: int) -> None:
    seven = f"{serial:07d}"
    wrong = (check_digit(seven) + off) % 10
    if wrong != check_digit(seven):
        with pytest.raises(BadAwb):
            parse_awb(f"112{seven}{wrong}")
