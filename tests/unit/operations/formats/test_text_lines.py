"""Lines of a text are made when asked for, and are those that a list of them would hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from airport_brain.operations.formats.aftn.running import Pieces, Running
from airport_brain.operations.formats.text_reading import (
    FEW,
    Line,
    Lines,
    TextReading,
    text_lines,
)
from airport_brain.operations.formats.type_b import telex

TEXTS = st.tuples(
    st.text(alphabet="A 1\t\r\n", max_size=60), st.sampled_from(["", "A\n" * FEW])
).map("".join)
"""Of few lines and of many."""
REFERENCE = datetime(2026, 11, 24, 12, tzinfo=UTC)


def lines_of(text: str) -> Lines:
    return text_lines(text.encode("latin-1"), TextReading.start("toy", "tolerant"))


def listed(text: str) -> list[Line]:
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return [Line(number, row.rstrip()) for number, row in enumerate(rows, 1)]


@given(TEXTS)
def test_every_line_is_there_with_its_number(text: str) -> None:
    assert list(lines_of(text)) == listed(text)


@given(TEXTS, st.integers(-8, 8), st.integers(-8, 8))
def test_parts_of_lines_are_parts_of_the_list(text: str, start: int, stop: int) -> None:
    lines, whole = lines_of(text), listed(text)
    assert list(lines[start:stop]) == whole[start:stop]
    assert list(lines[start:][:stop]) == whole[start:][:stop]
    if -len(whole) <= start < len(whole):
        assert lines[start] == whole[start]


@given(TEXTS)
def test_blank_lines_and_blanks_in_front_are_left_out(text: str) -> None:
    whole = [line.bare() for line in listed(text) if line.text]
    assert list(lines_of(text).filled().bare()) == whole


def test_lines_put_in_front_come_first() -> None:
    front = [Line(1, " X", 4), Line(1, "Y", 7)]
    lines = lines_of("A\nB\nC")[1:].behind(front)
    assert [line.text for line in lines] == [" X", "Y", "B", "C"]
    assert [line.text for line in lines[1:3]] == ["Y", "B"]
    assert lines[-1] == Line(3, "C")
    assert lines.bare()[0] == Line(1, "X", 5)
    with pytest.raises(IndexError):
        lines[4]


def test_running_text_knows_the_place_of_every_character() -> None:
    pieces = Pieces(lines_of("(FPL-A\nB C\n-D)"), (0, 1, 6, 1, 0, 3, 2, 0, 2))
    running = Running(pieces, tight="-")
    assert running.text == "FPL-A B C-D"
    assert running.breaks == (6, 9)
    assert running.at(0) == "line 1 column 2"
    assert running.at(8) == "line 2 column 3"
    assert running.at(10) == "line 3 column 2"
    assert running.at(99) == "line 3 column 3"


def test_a_file_of_telexes_keeps_the_lines_of_each() -> None:
    one = b"QU SHATTMU\r\n.PEKKDMU 240812\r\nMVT\r\nA\r\n\r\n B\r\n\x03"
    first, second = telex.parse(one * 2, reference=REFERENCE)
    assert first.text == second.text == ("MVT", "A", "", "B")
    assert (first.first_line, second.first_line) == (3, 9)
