"""First come, first served: each turn in the order of arrival to the cheapest stand that is free.

The baseline, the start of the search, and the answer when the solver cannot be reached. It never
tows. Fixed turns come first, so that nobody takes their stand. A day is planned twice, once with all
in the order of arrival and once with the wide aircraft first, and the cheaper plan is taken: a
baseline that is beaten too easily would prove nothing.
"""

from __future__ import annotations

from ai_center.optimisers.occupancy import Occupancy
from ai_center.optimisers.stand_plan import StandPlan, plan_of
from ai_center.optimisers.stand_rules import cost_of
from ai_center.optimisers.stands import Stand, StandDay, Turn, is_wide
from ai_center.optimisers.stays import Stay, ways_of


def greedy(day: StandDay) -> StandPlan:
    """Plan a day first come, first served, the better of two orders."""
    return min((_served(day, wide_first=wide) for wide in (False, True)), key=_cost)


def _cost(plan: StandPlan) -> int:
    return plan.figures.cost


def _served(day: StandDay, *, wide_first: bool) -> StandPlan:
    def order(turn: Turn) -> tuple[bool, bool, int, str]:
        late = wide_first and not is_wide(turn.size)
        return not turn.fixed, late, turn.in_block_min, turn.name

    book = Occupancy(day)
    for turn in sorted(day.turns, key=order):
        stay = ways_of(turn, day.rules)[0].stays[0]
        stand = cheapest_free(book, stay, day)
        if stand is not None:
            book.put(stay, stand.name)
    return plan_of(day, book.places())


def cheapest_free(book: Occupancy, stay: Stay, day: StandDay) -> Stand | None:
    """The cheapest stand that takes the stay now; of equals the first and then the smallest."""
    free = [stand for stand in book.fitting(stay) if book.is_free(stay, stand.name)]
    return min(
        free, key=lambda stand: (cost_of(stay, stand, day.rules).total, stand.size), default=None
    )
