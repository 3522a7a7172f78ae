"""What was known when, against the plain way of counting."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ai_center.forecasts.known import Known, Ongoing

facts = st.lists(
    st.tuples(st.integers(0, 50), st.integers(-9, 9), st.integers(0, 3)), min_size=0, max_size=40
)
questions = st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 3)), min_size=1, max_size=10)


def columns(rows: list[tuple[int, ...]], width: int) -> list[np.ndarray]:
    return [np.array([row[place] for row in rows], np.float64) for place in range(width)]


@given(facts, questions, st.integers(1, 20), st.integers(1, 5))
def test_sums_and_means_are_those_of_the_facts_known_by_then(
    told: list[tuple[int, int, int]], asked: list[tuple[int, int]], width: int, most: int
) -> None:
    at, value, group = columns(told, 3)
    when, whose = columns(asked, 2)
    known = Known(at, value, group.astype(np.int64))
    mine = whose.astype(np.int64)
    for place, (minute, number) in enumerate(asked):
        rows = [(t, v) for t, v, g in sorted(told, key=lambda f: f[0]) if g == number]
        seen = [v for t, v in rows if t <= minute]
        window = [v for t, v in rows if minute - width < t <= minute]
        assert known.count(when, mine)[place] == len(seen)
        assert known.total(when, mine)[place] == sum(seen)
        assert known.counted(when - width, when, mine)[place] == len(window)
        np.testing.assert_allclose(
            known.mean(when, width, mine)[place], np.mean(window) if window else np.nan
        )
        last = seen[-most:]
        np.testing.assert_allclose(
            known.last(when, most, mine)[place], np.mean(last) if last else np.nan
        )
        back = seen[-most] if len(seen) >= most else np.nan
        np.testing.assert_allclose(known.back(when, most, mine)[place], back)


@given(facts, questions, st.integers(0, 40))
def test_what_comes_later_changes_nothing(
    told: list[tuple[int, int, int]], asked: list[tuple[int, int]], cut: int
) -> None:
    at, value, group = columns(told, 3)
    when, whose = columns([q for q in asked if q[0] <= cut] or [(cut, 0)], 2)
    labels, mine = group.astype(np.int64), whose.astype(np.int64)
    early = at <= cut
    whole = Known(at, value, labels)
    part = Known(at[early], value[early], labels[early])
    assert (whole.total(when, mine) == part.total(when, mine)).all()
    np.testing.assert_array_equal(whole.last(when, 3, mine), part.last(when, 3, mine))


def test_facts_without_a_time_or_a_value_are_never_known() -> None:
    known = Known(np.array([1.0, np.nan, 2.0]), np.array([5.0, 7.0, np.nan]))
    assert known.total(np.array([9.0])).tolist() == [5.0]


def test_things_go_on_from_their_beginning_to_their_end() -> None:
    begins, ends = np.array([10.0, 12.0, 30.0]), np.array([20.0, np.nan, 40.0])
    rolling = Ongoing(begins, ends, begins - 1)
    at = np.array([9.0, 10.0, 15.0, 20.0, 35.0])
    assert rolling.count(at).tolist() == [0, 1, 2, 1, 2]
    assert rolling.duration(at).tolist() == [0, 1, 6 + 4, 9, 24 + 6]
