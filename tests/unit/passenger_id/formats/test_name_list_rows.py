"""Lines of a name list are those that a list of them would hold, however short they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from passenger_id.formats.name_list.rows import FEW, LINE_END, Rows, rows


@given(st.text(alphabet="A\r\n", max_size=60), st.integers(-9, 9), st.integers(-9, 9))
def test_short_lines_are_cut_out_as_they_would_be_split(text: str, start: int, stop: int) -> None:
    many = "\n" * FEW + text
    found, whole = rows(many), LINE_END.split(many)
    start, stop = start + (FEW if start > 0 else 0), stop + (FEW if stop > 0 else 0)
    assert list(found) == whole
    assert list(found[start:stop]) == whole[start:stop]
    assert found[-1] == whole[-1]


def test_long_lines_are_split_at_once() -> None:
    assert rows("A" * 40 + "\r\n" + "B" * 40) == ["A" * 40, "B" * 40]
    assert rows("A\r\nB") == ["A", "B"]
    assert isinstance(rows("A\r\n" * FEW), Rows)
