"""Lanes: rules kept whatever comes, the optimum of small days, re-planning, reasons."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ai_center import FactsRefused
from ai_center.adapters.cp_sat import CpSat
from ai_center.optimisers.generated_lane_day import generate_lane_day
from ai_center.optimisers.lane_checker import violations
from ai_center.optimisers.lane_descent import keeps_rules
from ai_center.optimisers.lane_model import model_of
from ai_center.optimisers.lane_plan import LanePlan, planned, planned_simply, told
from ai_center.optimisers.lanes import LaneDay, LaneRules, Outage, Promise, checked
from ai_center.optimisers.whole_numbers import WholeChoice, WholeProgram

START = 29_671_500


def plan(day: LaneDay, *, seconds: float = 5.0, **more: object) -> LanePlan:
    return planned(day, CpSat(), time.perf_counter, seconds=seconds, **more)  # type: ignore[arg-type]


class NoTime:
    """A solver that is never given a moment."""

    def solve_whole(
        self, program: WholeProgram, *, seconds: float, effort: float, seed: int
    ) -> WholeChoice:
        return WholeChoice(values=(), cost=0, bound=0.0, ending="none", seconds=0.0)


def without_solver(day: LaneDay) -> LanePlan:
    return planned(day, NoTime(), time.perf_counter, seconds=30)


def small(arrivals: list[int], **rules: object) -> LaneDay:
    made = LaneRules(**{"lanes": 3, "per_hour": 120, "open_min": 30, "changes": 2, **rules})  # type: ignore[arg-type]
    flow = tuple(float(n) for n in arrivals)
    return LaneDay(
        start_min=START, arrivals={"0.5": flow, "0.9": tuple(1.2 * n for n in flow)}, rules=made
    )


@pytest.mark.parametrize(
    "arrivals", [[10, 60, 90, 20], [80, 80, 5, 5], [0, 0, 0, 120], [30, 0, 70, 0]]
)
def test_a_small_day_is_planned_as_cheaply_as_any_that_keeps_the_rules(arrivals: list[int]) -> None:
    day = small(arrivals)
    found = plan(day)
    assert found.ending == "proven"
    model = model_of(day, (), None, start=())
    every = (
        told(day, lanes, model, "rule", 0.0) for lanes in product(range(1, 4), repeat=len(arrivals))
    )
    allowed = [one for one in every if not violations(day, one)]
    assert found.cost == pytest.approx(min(one.cost for one in allowed))
    assert found.bound == pytest.approx(found.cost)


flows = st.lists(st.integers(0, 150), min_size=3, max_size=8)


@settings(max_examples=25)
@given(
    flows,
    st.integers(0, 3),
    st.integers(0, 80),
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 60), st.integers(1, 3)), max_size=2),
    st.integers(1, 3),
)
def test_no_rule_is_broken_whatever_comes(
    arrivals: list[int],
    open_lanes: int,
    waiting: int,
    outages: list[tuple[int, int, int]],
    changes: int,
) -> None:
    out = tuple(
        Outage(from_min=START + at, to_min=START + at + long, lanes=lanes)
        for at, long, lanes in outages
    )
    day = replace(
        small(arrivals, outages=out, changes=changes), open_lanes=open_lanes, waiting=waiting
    )
    checked(day)
    simple = planned_simply(day)
    for found in (plan(day, seconds=3), without_solver(day), simple):
        assert violations(day, found) == []
        assert keeps_rules(day, found.lanes)
        assert found.cost <= simple.cost + 1e-6


def test_a_day_is_planned_below_the_rule_and_close_to_the_bound() -> None:
    day = generate_lane_day(0)
    simple = planned_simply(day)
    for seconds in (4, 16, 64):  # a busy machine proves nothing in the first of them
        found = plan(day, seconds=seconds)
        if found.bound > 0:
            break
    assert violations(day, found) == violations(day, simple) == []
    assert found.cost < 0.85 * simple.cost
    assert 0 < found.bound <= found.cost
    assert found.late == ()
    assert len(found.reasons) == day.slots
    assert any("would wait" in reason for reason in found.reasons)


def test_without_time_for_the_solver_the_descent_answers() -> None:
    day = generate_lane_day(2)
    found, simple = without_solver(day), planned_simply(day)
    assert violations(day, found) == []
    assert found.ending == "rule"
    assert found.cost < 0.9 * simple.cost


def test_what_was_published_stays_as_far_as_it_can() -> None:
    day = small([20, 60, 60, 20, 20, 20])
    first = plan(day)
    now = START + 20
    same = plan(day, published=first.lanes, now_min=now)
    assert same.lanes == first.lanes
    assert same.moved == 0
    more = replace(day, arrivals={"0.5": (20, 60, 60, 60, 60, 20), "0.9": (24, 72, 72, 72, 72, 24)})
    again = plan(more, published=first.lanes, now_min=now)
    assert again.lanes[:2] == first.lanes[:2]
    assert violations(more, again) == []
    assert again.moved == sum(abs(a - b) for a, b in zip(again.lanes, first.lanes, strict=True))


def test_a_promise_that_cannot_be_kept_is_told() -> None:
    day = small([200, 200, 200])
    found = plan(day)
    assert {late.quantile for late in found.late} == {"0.5", "0.9"}
    assert all(late.wait_min > late.minutes for late in found.late)
    assert violations(day, found) == []
    silent = replace(found, late=())
    assert any("not told" in text for text in violations(day, silent))


def test_the_checker_sees_what_is_broken() -> None:
    day = small([20, 60, 60, 20])
    found = plan(day)
    short = replace(found.spans[0], to_min=found.spans[0].from_min + 15)
    texts = violations(day, replace(found, spans=(short, *found.spans[1:])))
    assert any("after it opened" in text for text in texts)
    assert any("lanes told" in text for text in texts)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"arrivals": {"0.5": (1.0,), "0.9": (1.0, 2.0)}}, "day.arrivals"),
        ({"slot_min": 2}, "day.slot_min"),
        ({"open_lanes": 9}, "day.open_lanes"),
        ({"rules": LaneRules(promises=(Promise(quantile="0.7", minutes=5),))}, "promises"),
        ({"rules": LaneRules(promises=(Promise(quantile="0.9", minutes=7),))}, "promises"),
        ({"rules": LaneRules(least=4, changes=2)}, "changes"),
    ],
)
def test_a_refusal_names_the_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(FactsRefused, match=field):
        checked(replace(small([10, 10]), **change))  # type: ignore[arg-type]
