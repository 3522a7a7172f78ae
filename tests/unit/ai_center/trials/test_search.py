"""Searching settings: seeded, no worse than what is used, failures borne."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ai_center.errors import Untrainable
from ai_center.trials.search import ROUNDS, Job, Tried, drawn, searched

SPACE = {"a": (1, 2, 3, 4), "b": (10, 20, 30)}
USED = {"a": 2, "b": 20, "kept": "x"}


def test_candidates_follow_from_the_seed_and_begin_with_what_is_used() -> None:
    first = drawn(SPACE, USED, 6, 3)
    assert first == drawn(SPACE, USED, 6, 3)
    assert first != drawn(SPACE, USED, 6, 4)
    assert first[0] == USED
    assert len({tuple(one.items()) for one in first}) == 6
    assert all(one["kept"] == "x" for one in first)
    assert len(drawn(SPACE, USED, 100, 1)) == 12


def test_the_best_is_found_with_less_work_for_the_others() -> None:
    budgets: list[tuple[float, int]] = []

    def try_all(jobs: Sequence[Job]) -> list[Tried]:
        budgets.append((jobs[0].budget, len(jobs)))
        return [
            Tried(job=job, loss=abs(job.settings["a"] - 3) + job.settings["b"] / 100)  # type: ignore[operator]
            for job in jobs
        ]

    found = searched(drawn(SPACE, USED, 12, 1), try_all, seed=1)
    assert found.best == {"a": 3, "b": 10, "kept": "x"}
    assert budgets == list(zip(ROUNDS, (12, 4, 2), strict=True))


def test_what_fails_falls_out_and_all_failing_is_told() -> None:
    def try_all(jobs: Sequence[Job]) -> list[Tried]:
        return [
            Tried(job=job, loss=None if job.number else 1.0, fault="broke" * bool(job.number))
            for job in jobs
        ]

    assert searched(drawn(SPACE, USED, 4, 1), try_all, seed=1).best == USED
    with pytest.raises(Untrainable, match="broke"):
        searched(
            drawn(SPACE, USED, 2, 1),
            lambda jobs: [Tried(job=job, loss=None, fault="broke") for job in jobs],
            seed=1,
        )
