from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ai_center.adapters.cp_sat import CpSat
from ai_center.errors import FactsRefused
from ai_center.optimisers.generated_stand_day import DAY_MIN, generate
from ai_center.optimisers.stand_changes import (
    Added,
    Cancelled,
    Change,
    Closed,
    Resized,
    Retimed,
    changed,
)
from ai_center.optimisers.stand_checker import conflicts
from ai_center.optimisers.stand_greedy import greedy
from ai_center.optimisers.stand_plan import plan_of
from ai_center.optimisers.stand_repair import repaired
from ai_center.optimisers.stands import Stand, StandDay, Turn
from ai_center.optimisers.stays import ways_of

DAY = generate(turns=250)
PLAN = greedy(DAY)
NOW = DAY_MIN + 9 * 60


def some_changes(day: StandDay, seed: int, count: int = 20) -> list[Change]:
    draw = random.Random(seed)
    coming = [turn for turn in day.turns if turn.in_block_min > NOW]
    late = draw.sample(coming, count)
    found: list[Change] = []
    for turn in late[: count - 5]:
        minutes = draw.choice((15, 35, 60, 110))
        found.append(
            Retimed(
                turn=turn.name,
                in_block_min=turn.in_block_min + minutes,
                off_block_min=turn.off_block_min + minutes,
            )
        )
    found += [Resized(turn=turn.name, size="E") for turn in late[count - 5 : count - 3]]
    found.append(Cancelled(turn=late[count - 3].name))
    found += [
        Closed(stand=stand.name, span=(NOW + 60, NOW + 300)) for stand in draw.sample(day.stands, 2)
    ]
    return found


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_a_repair_breaks_no_rule_and_keeps_to_its_allowance(seed: int) -> None:
    changes = some_changes(DAY, seed)
    repair = repaired(DAY, PLAN, changes, now_min=NOW, clock=time.perf_counter)
    assert conflicts(repair.day, repair.plan) == []
    assert len(repair.moves) <= 2 * len(changes) == repair.allowance
    begun = {p.stay.name for p in PLAN.placed if p.stay.from_min <= NOW}
    closed = {c.stand for c in changes if isinstance(c, Closed)}
    assert {m.stay for m in repair.moves if m.stay in begun and m.was not in closed} == set()
    again = repaired(DAY, PLAN, changes, now_min=NOW, clock=time.perf_counter)
    assert again.plan.stand_of() == repair.plan.stand_of()


def test_nothing_moves_when_nothing_happened() -> None:
    repair = repaired(DAY, PLAN, [], now_min=NOW, clock=time.perf_counter)
    assert repair.moves == ()
    assert repair.plan.stand_of() == PLAN.stand_of()


def test_a_move_says_why() -> None:
    busy = next(p for p in PLAN.placed if p.stay.from_min > NOW)
    span = (busy.stay.from_min, busy.stay.to_min)
    change = Closed(stand=busy.stand, span=span)
    repair = repaired(DAY, PLAN, [change], now_min=NOW, clock=time.perf_counter)
    (move, *_) = [m for m in repair.moves if m.stay == busy.stay.name]
    assert move.because == f"{busy.stand}: closed"
    assert move.to != busy.stand


def test_a_stand_that_closes_for_a_day_leaves_nobody_behind_who_fits_elsewhere() -> None:
    day = generate(turns=60)
    plan = greedy(day)
    busiest = max({p.stand for p in plan.placed}, key=list(plan.stand_of().values()).count)
    there = [p for p in plan.placed if p.stand == busiest]
    start = min(p.stay.from_min for p in there) - 60
    change = Closed(stand=busiest, span=(start, start + 2 * 24 * 60))
    repair = repaired(day, plan, [change], now_min=start, clock=time.perf_counter)
    assert len(there) > 2
    assert repair.plan.unplaced == ()
    assert len(repair.moves) == len(there) == repair.allowance


def test_without_an_allowance_the_stay_is_unplaced_and_told() -> None:
    busy = next(p for p in PLAN.placed if p.stay.from_min > NOW)
    change = Closed(stand=busy.stand, span=(busy.stay.from_min, busy.stay.to_min))
    repair = repaired(DAY, PLAN, [change], now_min=NOW, clock=time.perf_counter, moves_per_change=0)
    assert busy.stay.turn.name in repair.plan.unplaced
    assert conflicts(repair.day, repair.plan) == []


def test_changes_that_make_no_sense_are_refused() -> None:
    known = DAY.turns[0]
    with pytest.raises(FactsRefused, match="not there"):
        changed(DAY, [Cancelled(turn="nobody")])
    with pytest.raises(FactsRefused, match="not there"):
        changed(DAY, [Closed(stand="nowhere", span=(0, 1))])
    with pytest.raises(FactsRefused, match="second time"):
        changed(DAY, [Added(turn=known)])
    with pytest.raises(FactsRefused, match="before it comes"):
        changed(DAY, [Retimed(turn=known.name, in_block_min=5, off_block_min=5)])


def apron(name: str, size: str) -> Stand:
    return Stand(name=name, zone="R", size=size, contact=False, access_min=9)  # type: ignore[arg-type]


def narrow(name: str, start: int, end: int) -> Turn:
    return Turn(
        name=name,
        airline="MU",
        terminal="T1",
        size="C",
        arrives="domestic",
        departs="domestic",
        in_block_min=start,
        off_block_min=end,
        passengers_in=50,
        passengers_out=50,
    )


def test_the_solver_rescues_what_no_chain_repairs() -> None:
    turns = [narrow(f"n{k}", 100 + 60 * k, 145 + 60 * k) for k in range(3)]
    turns.append(narrow("grows", 100, 290))
    day = StandDay(
        stands=(apron("E1", "E"), apron("C1", "C"), apron("C2", "C")),
        adjacencies=(),
        turns=tuple(turns),
    )
    stays = {turn.name: ways_of(turn, day.rules)[0].stays[0] for turn in turns}
    where = {"n0": "E1", "n1": "E1", "n2": "E1", "grows": "C1"}
    published = plan_of(day, [(stays[name], stand) for name, stand in where.items()])
    changes: list[Change] = [Resized(turn="grows", size="E"), Cancelled(turn="spare")]
    spare = replace(day, turns=(*day.turns, narrow("spare", 900, 950)))
    chains = repaired(spare, published, changes, now_min=0, clock=time.perf_counter)
    assert chains.plan.unplaced == ("grows",)
    saved = repaired(spare, published, changes, now_min=0, clock=time.perf_counter, solver=CpSat())
    assert conflicts(saved.day, saved.plan) == []
    assert saved.plan.stand_of()["grows/whole"] == "E1"
    assert len(saved.moves) == saved.allowance == 4
    tight = repaired(
        spare, published, changes[:1], now_min=0, clock=time.perf_counter, solver=CpSat()
    )
    assert tight.plan.unplaced == ("grows",)  # four moves are needed, two allowed
