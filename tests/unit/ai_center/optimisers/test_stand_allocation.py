from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ai_center.adapters.cp_sat import CpSat
from ai_center.adapters.highs import Highs
from ai_center.optimisers.generated_stand_day import DAY_MIN, generate
from ai_center.optimisers.program import Limits, Program, broken_rows
from ai_center.optimisers.rounding import Tools, rounded
from ai_center.optimisers.stand_allocation import Effort, allocate
from ai_center.optimisers.stand_checker import conflicts
from ai_center.optimisers.stand_greedy import greedy
from ai_center.optimisers.stand_plan import StandPlan, plan_of
from ai_center.optimisers.stand_program import Builder
from ai_center.optimisers.stand_reasons import reasons
from ai_center.optimisers.stands import Adjacency, Stand, StandDay, StandRules, Turn
from ai_center.optimisers.stays import ways_of

TOOLS = Tools(solver=CpSat(), relaxer=Highs(), whole=CpSat(), clock=time.perf_counter)
BRIEF = Effort(seconds=20)


def turn(name: str, start: int, end: int, **changes: object) -> Turn:
    plain = Turn(
        name=name,
        airline="MU",
        terminal="T1",
        size="C",
        arrives="domestic",
        departs="domestic",
        in_block_min=start,
        off_block_min=end,
        passengers_in=100,
        passengers_out=100,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def bridge(name: str, **changes: object) -> Stand:
    plain = Stand(name=name, zone="A", size="E", contact=True, terminal="T1", access_min=5)
    return replace(plain, **changes)  # type: ignore[arg-type]


REMOTE = Stand(name="R", zone="R", size="F", contact=False, access_min=9)


def day(stands: list[Stand], turns: list[Turn], *rules: Adjacency, **more: int) -> StandDay:
    return StandDay(
        stands=tuple(stands),
        adjacencies=rules,
        turns=tuple(turns),
        rules=StandRules(**more),  # type: ignore[arg-type]
    )


def where(plan: StandPlan) -> dict[str, str]:
    return {p.stay.turn.name: p.stand for p in plan.placed}


def brute_force(asked: StandDay) -> int:
    """The least cost of all plans without tows, by trying them all."""
    stays = [ways_of(t, asked.rules)[0].stays[0] for t in asked.turns]
    best = len(stays) * asked.rules.unplaced_cost
    names = [*(stand.name for stand in asked.stands), ""]

    def go(chosen: list[str]) -> None:
        nonlocal best
        if len(chosen) == len(stays):
            plan = plan_of(asked, [(s, n) for s, n in zip(stays, chosen, strict=True) if n])
            if not conflicts(asked, plan):
                best = min(best, plan.figures.cost)
            return
        for name in names:
            go([*chosen, name])

    go([])
    return best


def test_the_greedy_plan_gives_a_bridge_away_that_the_best_plan_keeps() -> None:
    small = turn("first", 0, 60, passengers_in=10, passengers_out=10)
    large = turn("second", 30, 90)
    asked = day([bridge("A1"), REMOTE], [small, large])
    assert where(greedy(asked)) == {"first": "A1", "second": "R"}
    assert where(allocate(asked, TOOLS, BRIEF)) == {"first": "R", "second": "A1"}


def test_a_stand_is_not_used_again_before_its_buffer_has_passed() -> None:
    asked = day([bridge("A1")], [turn("a", 0, 60), turn("b", 69, 120)])
    assert len(allocate(asked, TOOLS, BRIEF).unplaced) == 1
    asked = day([bridge("A1")], [turn("a", 0, 60), turn("b", 70, 120)])
    assert not allocate(asked, TOOLS, BRIEF).unplaced


def test_a_wide_aircraft_keeps_the_stands_beside_it_empty() -> None:
    rule = Adjacency(stand="A1", size="E", neighbour="A2", neighbour_size="A")
    asked = day(
        [bridge("A1"), bridge("A2", size="C")],
        [turn("wide", 0, 90, size="E"), turn("narrow", 10, 60)],
        rule,
    )
    assert allocate(asked, TOOLS, BRIEF).figures.unplaced == 1
    both = day(list(asked.stands), [turn("a", 0, 90), turn("b", 10, 60)], rule)
    assert allocate(both, TOOLS, BRIEF).figures.unplaced == 0


def test_a_long_stay_is_towed_when_the_bridge_is_worth_it() -> None:
    long = turn("long", 0, 600)
    others = [turn(f"t{n}", 60 + 90 * n, 130 + 90 * n) for n in range(5)]
    asked = day([bridge("A1"), REMOTE], [long, *others])
    plan = allocate(asked, TOOLS, BRIEF)
    assert plan.figures.tows > 0
    assert plan.figures.unplaced == 0
    assert conflicts(asked, plan) == []
    assert plan.figures.cost < greedy(asked).figures.cost


def test_a_fixed_turn_keeps_its_stand_and_a_closed_stand_stays_empty() -> None:
    shut = bridge("A1", closed=((0, 45),))
    asked = day([shut, bridge("A2"), REMOTE], [turn("a", 0, 60), turn("b", 50, 90, fixed="R")])
    assert where(allocate(asked, TOOLS, BRIEF)) == {"a": "A2", "b": "R"}


def test_an_empty_day_has_an_empty_plan() -> None:
    plan = allocate(day([REMOTE], []), TOOLS, BRIEF)
    assert (plan.placed, plan.figures.cost, plan.gap) == ((), 0, 0.0)


letters = st.sampled_from("CE")
borders = st.sampled_from(("domestic", "international"))


@st.composite
def days(draw: st.DrawFn, most: int = 14) -> StandDay:
    turns = []
    for number in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, 400))
        turns.append(
            turn(
                f"t{number}",
                start,
                start + draw(st.sampled_from((40, 70, 120, 300))),
                size=draw(letters),
                arrives=draw(borders),
                departs=draw(borders),
                passengers_in=draw(st.integers(0, 300)),
                passengers_out=draw(st.integers(0, 300)),
                terminal=draw(st.sampled_from(("T1", "T2"))),
            )
        )
    stands = [
        bridge("A1"),
        bridge("A1L", size="C"),
        bridge("A1R", size="C"),
        bridge("A2", borders=frozenset({"domestic"}), access_min=3),
        bridge("B1", terminal="T2", closed=((100, 160),)),
        REMOTE,
    ]
    sides = [
        Adjacency(stand="A1", size="A", neighbour=n, neighbour_size="A") for n in ("A1L", "A1R")
    ]
    near = Adjacency(stand="A2", size="E", neighbour="B1", neighbour_size="E")
    return day(stands, turns, *sides, near)


@given(days())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_plan_breaks_a_rule_and_none_is_worse_than_greedy_or_better_than_the_bound(
    asked: StandDay,
) -> None:
    plan, simple = allocate(asked, TOOLS, BRIEF), greedy(asked)
    assert conflicts(asked, plan) == conflicts(asked, simple) == []
    assert plan.bound - 1e-3 <= plan.figures.cost <= simple.figures.cost
    assert plan == replace(allocate(asked, TOOLS, BRIEF), seconds=plan.seconds)


@given(days(most=4))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_small_days_are_planned_as_well_as_by_trying_everything(asked: StandDay) -> None:
    never = replace(asked, rules=StandRules(tow_from_min=10_000))
    plan = allocate(never, TOOLS, Effort(seconds=20, gap=0.0))
    assert plan.figures.cost == brute_force(never)
    assert plan.bound <= plan.figures.cost + 1e-3


def test_the_checker_finds_what_is_planted() -> None:
    asked = day([bridge("A1"), bridge("A2", terminal="T2")], [turn("a", 0, 60), turn("b", 30, 90)])
    a, b = (ways_of(t, asked.rules)[0].stays[0] for t in asked.turns)
    assert "both on A1" in conflicts(asked, plan_of(asked, [(a, "A1"), (b, "A1")]))[0]
    assert "terminal T1" in conflicts(asked, plan_of(asked, [(a, "A2")]))[0]
    early = replace(a, to_min=30)
    assert "not from in-block" in conflicts(asked, plan_of(asked, [(early, "A1")]))[0]
    forgotten = replace(plan_of(asked, [(a, "A1")]), unplaced=())
    assert conflicts(asked, forgotten) == ["b: forgotten"]


def test_reasons_name_the_cost_the_next_best_and_who_is_in_the_way() -> None:
    asked = day(
        [bridge("A1"), bridge("B1", terminal="T2"), REMOTE],
        [turn("a", 0, 60, passengers_in=10, passengers_out=10), turn("b", 30, 90)],
    )
    plan = allocate(asked, TOOLS, BRIEF)
    (why,) = reasons(asked, plan, "a")
    assert (why.stand, why.cost.bus, why.next_best) == ("R", 240, None)
    assert [(other.stand, other.taken_by) for other in why.cheaper] == [("A1", ("b",))]
    assert why.cheaper[0].adds == 20 * 5 - 20 * 21
    assert why.refused == {"serves terminal T2, not T1": ("B1",)}


def test_the_generated_day_is_the_same_every_time_and_rounds_without_breaking_a_row() -> None:
    asked = generate(turns=120)
    assert asked == generate(turns=120)
    assert (len(asked.stands), sum(s.contact for s in asked.stands)) == (170, 86)
    made = Builder(asked).build()
    relaxed = Highs().relax(made.program, seconds=30)
    assert relaxed is not None
    taken = rounded(made.program, relaxed, made.turns)
    assert broken_rows(made.program, taken) == []
    plan = allocate(asked, TOOLS, BRIEF)
    assert conflicts(asked, plan) == []
    assert plan.gap <= 0.02
    assert min(t.in_block_min for t in asked.turns) < DAY_MIN


def test_the_time_limit_is_kept_and_told() -> None:
    asked = generate(turns=400)
    started = time.perf_counter()
    plan = allocate(asked, TOOLS, Effort(seconds=1.5, gap=0.0))
    assert plan.ending == "time"
    assert time.perf_counter() - started < 30  # greedy and building are not interrupted
    assert conflicts(asked, plan) == []


def test_without_time_the_plan_is_the_greedy_one() -> None:
    asked = generate(turns=100)
    plan = allocate(asked, TOOLS, Effort(seconds=0.0))
    assert plan.stand_of() == greedy(asked).stand_of()
    assert (plan.ending, plan.bound) == ("time", 0.0)


def test_the_solver_says_how_a_search_ended() -> None:
    program = Program(costs=(3, 2), exactly_one=((0, 1),))
    choice = CpSat().solve(program, Limits(seconds=5))
    assert (choice.taken, choice.cost, choice.ending) == (frozenset({1}), 2, "proven")
    impossible = Program(costs=(1,), exactly_one=((0,), ()))
    assert CpSat().solve(impossible, Limits(seconds=5)).ending == "none"
    assert Highs().relax(impossible, seconds=5) is None
