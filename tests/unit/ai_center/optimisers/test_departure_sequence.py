from __future__ import annotations

import time
from dataclasses import replace
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from ai_center.optimisers.departure_sequence import (
    SequenceEffort,
    resequenced,
    sequenced,
)
from ai_center.optimisers.departures import Departure, RunwayRules
from ai_center.optimisers.generated_peak import generate_peak
from ai_center.optimisers.sequence_baselines import BLOCK_S, blocks, first_come, flown_blocks
from ai_center.optimisers.sequence_bound import fewest_missed, least_delay_s
from ai_center.optimisers.sequence_checker import violations
from ai_center.optimisers.take_offs import TakeOff, timed

CLOCK = time.perf_counter
QUICK = SequenceEffort(orders=800, seconds=20)
FREE = RunwayRules(places=99)


def flight(name: str, tobt_s: int, **changes: object) -> Departure:
    plain = Departure(
        name=name,
        runway="17L",
        wake="M",
        route=name,
        alley=name,
        tobt_s=tobt_s,
        taxi_s=600,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_heavy_aircraft_are_put_together() -> None:
    wakes = "HMHMHM"
    flights = [flight(f"{n}", n, wake=wake) for n, wake in enumerate(wakes)]
    found = sequenced(flights, FREE, CLOCK, QUICK)
    order = "".join(t.departure.wake for t in found.take_offs)
    assert order in ("MMMHHH", "HMMMHH")
    assert found.delay_s < sum(t.delay_s for t in timed(first_come(flights, FREE), FREE))


def test_small_sequences_are_the_best_of_all_orders() -> None:
    for seed in range(6):
        flights, rules = generate_peak(seed)
        few, rules = [d for d in flights if d.runway == "17L"][:6], replace(rules, places=99)
        few = [replace(d, ctot_s=None) for d in few]
        best = min(sum(t.delay_s for t in timed(order, rules)) for order in permutations(few))
        found = sequenced(few, rules, CLOCK, QUICK)
        assert found.bound_s <= best == found.delay_s


@given(st.integers(0, 100_000))
@settings(max_examples=12, deadline=None)
def test_no_sequence_breaks_a_rule_or_is_better_than_the_bound(seed: int) -> None:
    flights, rules = generate_peak(seed)
    found = sequenced(flights, rules, CLOCK, QUICK)
    assert violations(flights, found.take_offs, rules) == []
    simple, block = timed(first_come(flights, rules), rules), flown_blocks(flights, rules)
    assert violations(flights, simple, rules) == violations(flights, block, rules) == []
    assert found.bound_s <= found.delay_s
    lost = sum(not t.keeps_ctot for t in simple)
    assert (found.missed, found.delay_s) <= (lost, sum(t.delay_s for t in simple))
    assert found.missed == fewest_missed(flights, rules, found.missed)
    again = sequenced(flights, rules, CLOCK, QUICK)
    assert found == replace(again, seconds=found.seconds)


def test_a_ctot_is_kept_at_the_cost_of_others() -> None:
    rules = RunwayRules(least_s=300, places=99)
    slot = flight("slot", 900, ctot_s=1_500 - 600)
    flights = [flight("a", 800), flight("b", 850), slot]
    assert sum(not t.keeps_ctot for t in timed(first_come(flights, rules), rules)) == 1
    found = sequenced(flights, rules, CLOCK, QUICK)
    assert found.missed == 0
    assert found.take_offs[0].departure == slot


def test_a_ctot_that_nobody_could_keep_is_told() -> None:
    flights = [flight("late", 10_000, ctot_s=5_000)]
    found = sequenced(flights, FREE, CLOCK, QUICK)
    assert (found.missed, fewest_missed(flights, FREE)) == (1, 1)
    assert not found.take_offs[0].keeps_ctot


def test_nobody_loses_more_places_than_is_fair() -> None:
    flights = [flight("heavy", 0, wake="H")]
    flights += [flight(f"{n}", 10 + n) for n in range(8)]
    rules = RunwayRules(places=2)
    found = sequenced(flights, rules, CLOCK, QUICK)
    assert [t.departure.name for t in found.take_offs].index("heavy") <= 2


def test_every_take_off_says_what_set_its_time() -> None:
    rules = RunwayRules(blocked={"17L": ((1_000, 1_200),)}, places=0)
    flights = [
        flight("a", 0, wake="H"),
        flight("b", 1),
        flight("c", 2, route="b"),
        flight("d", 420),
        flight("e", 421, alley="d"),
        flight("f", 1_000, ctot_s=2_500),
    ]
    why = {t.departure.name: t.because for t in timed(flights, rules)}
    assert why == {
        "a": "TOBT and taxi time",
        "b": "wake of a",
        "c": "same route as b",
        "d": "the runway was blocked until then",
        "e": "runway in use by d",
        "f": "its CTOT window opens",
    }


def test_push_backs_of_one_alley_wait_at_the_stand_and_not_at_the_runway() -> None:
    flights = [flight("a", 0), flight("b", 0, alley="a"), flight("c", 0)]
    take_offs = timed(flights, RunwayRules())
    assert violations(flights, take_offs, RunwayRules()) == []
    assert [t.runway_wait_s for t in take_offs] == [0, 0, 0]


def test_blocks_hold_no_more_than_their_rate() -> None:
    flights, rules = generate_peak(5)
    promised = blocks(flights, rules)
    rate = rules.rates["17L"][0][2]
    there: dict[int, int] = {}
    for departure in flights:
        if departure.runway == "17L":
            block = promised[departure.name] // BLOCK_S
            there[block] = there.get(block, 0) + 1
    assert max(there.values()) <= rate * BLOCK_S // 3600


def slipped_peak(
    seed: int,
) -> tuple[list[Departure], RunwayRules, tuple[TakeOff, ...], int, Departure]:
    """A published peak of which one flight in the middle slips by 20 minutes."""
    flights, rules = generate_peak(seed)
    published = sequenced(flights, rules, CLOCK, QUICK).take_offs
    slipped = published[len(flights) // 2].departure
    later = [replace(d, tobt_s=d.tobt_s + 1_200) if d == slipped else d for d in flights]
    return later, rules, published, published[len(flights) // 3].tsat_s, slipped


def test_what_is_about_to_happen_does_not_move() -> None:
    later, rules, published, now, slipped = slipped_peak(7)
    found = resequenced(later, rules, CLOCK, published=published, now_s=now, effort=QUICK)
    assert violations([t.departure for t in found.take_offs], found.take_offs, rules) == []
    was = {t.departure.name: t.ttot_s for t in published}
    due = {t.departure.name for t in published if t.tsat_s <= now + rules.frozen_s}
    moved = {t.departure.name for t in found.take_offs if t.ttot_s != was[t.departure.name]}
    assert not due & (moved - {slipped.name})


def test_fewer_parties_are_told_of_a_change_when_a_change_costs() -> None:
    changes = {0: 0, RunwayRules().change_cost: 0}
    for seed in (4, 5, 6, 8):
        later, rules, published, now, _ = slipped_peak(seed)
        for cost in changes:
            priced = replace(rules, change_cost=cost)
            changes[cost] += resequenced(
                later, priced, CLOCK, published=published, now_s=now, effort=QUICK
            ).changes
    assert changes[RunwayRules().change_cost] < changes[0]


def test_the_time_limit_is_kept_and_told() -> None:
    flights, rules = generate_peak(1)
    started = CLOCK()
    found = sequenced(flights, rules, CLOCK, SequenceEffort(orders=10**9, seconds=0.3))
    assert found.ending == "time"
    assert CLOCK() - started < 2


def test_the_bound_of_no_queue_is_no_delay() -> None:
    assert least_delay_s([flight("a", 0), flight("b", 3_600)], RunwayRules()) == 0
    assert least_delay_s([flight("a", 0)], RunwayRules()) == 0
