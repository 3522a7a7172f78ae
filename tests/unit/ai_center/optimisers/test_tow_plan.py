"""Tows: stands and tugs kept whatever is asked, the optimum of small days, reasons, re-planning."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from ai_center import FactsRefused
from ai_center.optimiser_hosting import tools
from ai_center.optimisers.generated_tow_day import generate_tow_day
from ai_center.optimisers.stand_allocation import Effort, allocate
from ai_center.optimisers.stand_checker import conflicts
from ai_center.optimisers.stand_plan import StandPlan
from ai_center.optimisers.stands import StandDay, is_wide
from ai_center.optimisers.tow_checker import violations
from ai_center.optimisers.tow_plan import TowPlan, towed, towed_simply
from ai_center.optimisers.tow_task import TowTask, task_of
from ai_center.optimisers.tows import Fleet, TowRules, TugsOut, checked


@pytest.fixture(scope="module")
def planned() -> tuple[StandDay, StandPlan, Fleet, TowRules]:
    """A day of 140 turns with its stands."""
    day, fleet, rules = generate_tow_day(3, turns=420)
    day = replace(day, stands=tuple(s for s in day.stands if s.zone != "T1-B"))
    names = {stand.name for stand in day.stands}
    near = tuple(a for a in day.adjacencies if {a.stand, a.neighbour} <= names)
    day = replace(day, adjacencies=near)
    plan = allocate(day, tools(), Effort(seconds=20, gap=0.02))
    assert conflicts(day, plan) == []
    assert plan.figures.tows >= 6
    return day, plan, fleet, rules


def solve(task: TowTask) -> TowPlan:
    return towed(task, tools().solver, time.perf_counter, seconds=10)


def test_every_tow_is_done_and_no_rule_is_broken(
    planned: tuple[StandDay, StandPlan, Fleet, TowRules],
) -> None:
    day, stands, fleet, rules = planned
    task = task_of(day, stands, fleet, rules)
    found, simple = solve(task), towed_simply(task)
    assert found.undone == ()
    assert len(found.towed) == stands.figures.tows
    assert found.ending == "proven"
    assert found.cost <= simple.cost
    for plan in (found, simple):
        assert violations(day, stands, plan, fleet, rules) == []
    assert all(one.because for one in found.towed)


def test_the_allocation_never_moves_more_aircraft_at_once_than_there_are_tugs(
    planned: tuple[StandDay, StandPlan, Fleet, TowRules],
) -> None:
    day, stands, _, _ = planned
    rules = day.rules
    moves = [
        (one.stay.to_min, is_wide(one.stay.turn.size))
        for one, other in zip(stands.placed, stands.placed[1:], strict=False)
        if one.stay.turn.name == other.stay.turn.name
    ]
    assert moves
    for moment, _ in moves:
        meanwhile = [wide for at, wide in moves if at <= moment < at + rules.tug_busy_min]
        assert rules.tugs is not None
        assert rules.tugs_wide is not None
        assert len(meanwhile) <= rules.tugs
        assert sum(meanwhile) <= rules.tugs_wide


def test_without_enough_tugs_what_is_not_done_is_told(
    planned: tuple[StandDay, StandPlan, Fleet, TowRules],
) -> None:
    day, stands, _, rules = planned
    none = Fleet(wide=0, narrow=1)
    found = solve(task_of(day, stands, none, rules))
    assert found.undone
    assert violations(day, stands, found, none, rules) == []
    assert all(one.because for one in found.undone)
    assert {one.tug.split()[0] for one in found.towed} <= {"narrow"}


def test_an_outage_is_kept(planned: tuple[StandDay, StandPlan, Fleet, TowRules]) -> None:
    day, stands, fleet, rules = planned
    first = solve(task_of(day, stands, fleet, rules)).towed[0].start_min
    out = TugsOut(kind="wide", count=2, from_min=first - 60, to_min=first + 120)
    fewer = replace(fleet, narrow=0, out=(out,))
    found = solve(task_of(day, stands, fewer, rules))
    assert violations(day, stands, found, fewer, rules) == []
    assert all(not out.from_min <= one.start_min < out.to_min for one in found.towed)


def test_published_starts_stay(planned: tuple[StandDay, StandPlan, Fleet, TowRules]) -> None:
    day, stands, fleet, rules = planned
    first = solve(task_of(day, stands, fleet, rules))
    told = {one.tow.name: one.start_min for one in first.towed}
    out = TugsOut(
        kind="wide",
        count=1,
        from_min=first.towed[0].start_min,
        to_min=first.towed[0].start_min + 10,
    )
    again = solve(task_of(day, stands, replace(fleet, out=(out,)), rules, told))
    assert again.moved <= 2
    assert again.undone == ()


def test_the_checker_sees_what_is_broken(
    planned: tuple[StandDay, StandPlan, Fleet, TowRules],
) -> None:
    day, stands, fleet, rules = planned
    found = solve(task_of(day, stands, fleet, rules))
    one = found.towed[0]
    early = replace(one, start_min=one.tow.turn.in_block_min)
    texts = violations(day, stands, replace(found, towed=(early, *found.towed[1:])), fleet, rules)
    assert any("before it is empty" in text for text in texts)
    missing = violations(day, stands, replace(found, towed=found.towed[1:]), fleet, rules)
    assert any("asked for" in text for text in missing)
    late = replace(one, leaves_min=one.tow.turn.off_block_min, arrives_min=10**9)
    texts = violations(day, stands, replace(found, towed=(late, *found.towed[1:])), fleet, rules)
    assert any("too late" in text for text in texts)


def test_a_refusal_names_the_field() -> None:
    with pytest.raises(FactsRefused, match="fleet"):
        checked((), Fleet(wide=-1), TowRules())
    with pytest.raises(FactsRefused, match="rules"):
        checked((), Fleet(), TowRules(hook_min=-5))
    out = TugsOut(kind="wide", count=1, from_min=5, to_min=5)
    with pytest.raises(FactsRefused, match=r"fleet\.out"):
        checked((), Fleet(out=(out,)), TowRules())
