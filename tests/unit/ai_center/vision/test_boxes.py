"""Overlap and merging of boxes, against plain loops."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from ai_center.vision.boxes import merged, overlaps

Boxes = npt.NDArray[np.float64]
some_boxes = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 25), st.integers(0, 25)),
    max_size=14,
)


def boxes_of(rows: list[tuple[int, int, int, int]]) -> Boxes:
    return np.array([(x, y, x + w, y + h) for x, y, w, h in rows], np.float64).reshape(-1, 4)


def slow_overlap(one: list[float], other: list[float]) -> float:
    wide = max(0.0, min(one[2], other[2]) - max(one[0], other[0]))
    high = max(0.0, min(one[3], other[3]) - max(one[1], other[1]))
    area = sum((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other)) - wide * high
    return wide * high / area if area else 0.0


@given(some_boxes, some_boxes)
def test_overlap_is_intersection_over_union(
    one: list[tuple[int, int, int, int]], other: list[tuple[int, int, int, int]]
) -> None:
    first, second = boxes_of(one), boxes_of(other)
    expected = [[slow_overlap(a, b) for b in second.tolist()] for a in first.tolist()]
    found = overlaps(first, second)
    assert np.allclose(found, np.array(expected).reshape(found.shape))


@given(some_boxes)
def test_merging_keeps_the_best_of_each_heap(rows: list[tuple[int, int, int, int]]) -> None:
    boxes = boxes_of(rows)
    random = np.random.default_rng(len(rows))
    scores, kinds = random.random(len(rows)), random.integers(0, 2, len(rows))
    stay = merged(boxes, scores, kinds, overlap=0.5)
    assert list(scores[stay]) == sorted(scores[stay], reverse=True)
    for one in stay:
        for other in stay:
            if one != other and kinds[one] == kinds[other]:
                assert slow_overlap(boxes[one].tolist(), boxes[other].tolist()) <= 0.5
    for gone in set(range(len(rows))) - set(stay.tolist()):
        assert any(
            kinds[gone] == kinds[k]
            and scores[k] >= scores[gone]
            and slow_overlap(boxes[gone].tolist(), boxes[k].tolist()) > 0.5
            for k in stay
        )
    again = merged(boxes[stay], scores[stay], kinds[stay], overlap=0.5)
    assert again.tolist() == list(range(len(stay)))


def test_nothing_is_merged_to_nothing() -> None:
    empty = np.zeros((0, 4))
    assert merged(empty, np.zeros(0), np.zeros(0, np.int64), overlap=0.5).tolist() == []
