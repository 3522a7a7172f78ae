"""Pre-departure sequence: the order of take-offs with the fewest broken CTOTs, then the least delay.

Starts from first come, first served and from the block allocator's order, moves one flight at a time
to where it helps most, and when no move helps shakes a stretch of the order and goes on. The best order
of all is kept, so the answer is never worse than either start. Same seed, same answer, as long as the
effort ends before the time does.

Fairness is a hard rule: among the flights of a runway without CTOT none loses more than ``places``
places against first come, first served.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ai_center.optimisers.departures import Departure, RunwayRules, earliest_s, misses
from ai_center.optimisers.program import Seconds
from ai_center.optimisers.sequence_baselines import blocks, first_come
from ai_center.optimisers.sequence_bound import keeping, least_delay_s
from ai_center.optimisers.take_offs import Clocking, TakeOff, timed

Ending = Literal["effort", "time"]

MISS = 10**7
"""Seconds of delay that a missed CTOT is worth: more than any sequence has."""
REACH = 8
"""Places that a flight is moved at most in one step."""
MOST_TRIED = 3_000
"""Orders of CTOT flights that are tried to miss fewer."""
STARTS_SHARE = 6
"""Each start gets so small a share of the effort for itself; the rest is for the best of them."""
SHAKE = 6
"""Length of the stretch that is shaken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceEffort:
    """How hard to try: orders timed, seconds on the clock, seed of the shaking."""

    orders: int = 4_000
    seconds: float = 5.0
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureSequence:
    """An answer.

    Attributes:
        take_offs: in their order.
        delay_s: sum of all delays.
        missed: CTOTs outside their window.
        bound_s: no sequence has a smaller sum of delays (proven).
        changes: TSATs that moved by more than ``change_after_s`` against what was published.
        ending: ``effort`` (the same every time) or ``time``.
        seconds: it took.
    """

    take_offs: tuple[TakeOff, ...]
    delay_s: int
    missed: int
    bound_s: int
    changes: int
    ending: Ending
    seconds: float


@dataclass(slots=True)
class _Spent:
    """Orders timed so far and when to stop."""

    orders: int
    most: int
    until: float
    clock: Seconds
    late: bool = False

    def over(self) -> bool:
        """Whether the effort or the time is spent."""
        if self.orders % 16 == 0 and self.clock() > self.until:
            self.late = True
        return self.late or self.orders >= self.most


def sequenced(
    departures: Sequence[Departure],
    rules: RunwayRules,
    clock: Seconds,
    effort: SequenceEffort | None = None,
    published: Mapping[str, int] | None = None,
) -> DepartureSequence:
    """Sequence departures.

    Args:
        departures: of all runways.
        rules: that hold.
        clock: for the time limit.
        effort: how hard to try.
        published: TSATs that everybody knows already, by name; moving one costs.
    """
    effort = effort or SequenceEffort()
    started = clock()
    spent = _Spent(0, effort.orders, started + effort.seconds, clock)
    order, _ = _Orders(departures, rules, published or {}).best(spent, effort.seed)
    ending: Ending = "time" if spent.late else "effort"
    return answered(order, rules, published, ending=ending, seconds=clock() - started)


def resequenced(
    departures: Sequence[Departure],
    rules: RunwayRules,
    clock: Seconds,
    *,
    published: Sequence[TakeOff],
    now_s: int,
    effort: SequenceEffort | None = None,
) -> DepartureSequence:
    """Sequence anew what has changed, without shaking what is about to happen.

    On each runway everything up to the last take-off whose start-up is due within ``frozen_s`` stays,
    unless its own TOBT has moved beyond its start-up.
    """
    known = {d.name: d for d in departures}
    kept: dict[str, Departure] = {}
    for runway in {d.runway for d in departures}:
        run = sorted((t for t in published if t.departure.runway == runway), key=lambda t: t.ttot_s)
        due = [place for place, t in enumerate(run) if t.tsat_s <= now_s + rules.frozen_s]
        for take_off in run[: due[-1] + 1 if due else 0]:
            now = known.get(take_off.departure.name)
            if now is not None and now.tobt_s <= take_off.tsat_s and now.runway == runway:
                kept[now.name] = replace(
                    now, frozen_s=take_off.ttot_s, frozen_tsat_s=take_off.tsat_s
                )
    frozen = [kept.get(d.name, d) for d in departures]
    told = {t.departure.name: t.tsat_s for t in published if t.departure.name in known}
    return sequenced(frozen, rules, clock, effort, told)


def answered(
    order: Sequence[Departure],
    rules: RunwayRules,
    published: Mapping[str, int] | None = None,
    *,
    ending: Ending = "effort",
    seconds: float = 0.0,
) -> DepartureSequence:
    """Time an order and add up what it amounts to."""
    take_offs, told = timed(order, rules), published or {}
    return DepartureSequence(
        take_offs=tuple(sorted(take_offs, key=lambda t: (t.ttot_s, t.departure.name))),
        delay_s=sum(t.delay_s for t in take_offs),
        missed=sum(not t.keeps_ctot for t in take_offs),
        bound_s=least_delay_s(order, rules),
        changes=sum(
            abs(t.tsat_s - told.get(t.departure.name, t.tsat_s)) > rules.change_after_s
            for t in take_offs
        ),
        ending=ending,
        seconds=seconds,
    )


class _Orders:
    """Orders of departures and what they cost."""

    def __init__(
        self, departures: Sequence[Departure], rules: RunwayRules, published: Mapping[str, int]
    ) -> None:
        self._rules = rules
        self._published = published
        self._first = first_come(departures, rules)
        self._frozen = sum(d.frozen_s is not None for d in departures)
        promised = blocks(departures, rules)
        self._blocks = [
            *self._first[: self._frozen],
            *sorted(self._first[self._frozen :], key=lambda d: (promised[d.name], d.name)),
        ]
        self._due = self._places(self._first)

    def best(self, spent: _Spent, seed: int) -> tuple[list[Departure], int]:
        """The best order that the effort finds."""
        draw = random.Random(seed)
        share = spent.most
        found = []
        for part, start in enumerate(self._starts(), 1):
            spent.most = share * part // STARTS_SHARE
            found.append(self._descend(start, self.cost(start), spent))
        spent.most = share
        order, cost = min(found, key=lambda pair: pair[1])
        kept = self._keeping(cost // MISS, spent)
        if kept is not None:
            other = self._descend(kept, self.cost(kept), spent)
            order, cost = min((order, cost), other, key=lambda pair: pair[1])
        while not spent.over() and len(order) - self._frozen > 2:
            shaken = self._shaken(order, draw)
            if not self._is_fair(shaken):
                spent.orders += 1
                continue
            tried, its_cost = self._descend(shaken, self.cost(shaken), spent)
            if its_cost < cost:
                order, cost = tried, its_cost
        return order, cost

    def _keeping(self, missed: int, spent: _Spent) -> list[Departure] | None:
        """An order that misses fewer CTOTs than that, if there is one: the others fill its gaps."""
        first = keeping(self._first, self._rules, missed, MOST_TRIED) if missed else None
        if first is None:
            return None
        order = [*self._first[: self._frozen], *first]
        place, names = self._frozen, {d.name for d in order}
        for departure in (d for d in self._first if d.name not in names):
            tried = [
                (self.cost(new), target, new)
                for target in range(place, min(len(order), place + 2 * REACH) + 1)
                if (new := [*order[:target], departure, *order[target:]])
            ]
            tried.append((self.cost([*order, departure]), len(order), [*order, departure]))
            spent.orders += len(tried)
            _, target, order = min(tried, key=lambda t: t[:2])
            place = target + (departure.ctot_s is None)
        return order

    def cost(self, order: Sequence[Departure]) -> int:
        """Misses, weighted delays and changes of an order."""
        clocking = Clocking(self._rules)
        return sum(self._step(clocking, d) for d in order)

    def _starts(self) -> list[list[Departure]]:
        others = [self._blocks, self._urgent(), self._told()]
        return [self._first, *(order for order in others if self._is_fair(order))]

    def _told(self) -> list[Departure]:
        """As published; what is new comes in where it could be at the runway."""

        def key(d: Departure) -> tuple[int, str]:
            start = self._published.get(d.name, d.tobt_s)
            return max(start + d.taxi_s, earliest_s(d, self._rules)), d.name

        return [*self._first[: self._frozen], *sorted(self._first[self._frozen :], key=key)]

    def _urgent(self) -> list[Departure]:
        """First come, but those with a CTOT as early as their window asks for."""
        rules, head = self._rules, self._first[: self._frozen]

        def key(d: Departure) -> tuple[int, str]:
            early = 0 if d.ctot_s is None else rules.ctot_after_s
            return earliest_s(d, rules) - early, d.name

        return [*head, *sorted(self._first[self._frozen :], key=key)]

    def _step(self, clocking: Clocking, departure: Departure) -> int:
        time = clocking.next(departure)
        cost = departure.weight * (time - earliest_s(departure, self._rules))
        if misses(departure, time, self._rules):
            cost += MISS
        told = self._published.get(departure.name)
        if told is not None and departure.frozen_s is None:
            moved = abs(time - departure.taxi_s - told)
            cost += self._rules.change_cost * (moved > self._rules.change_after_s)
        return cost

    def _descend(
        self, order: list[Departure], cost: int, spent: _Spent
    ) -> tuple[list[Departure], int]:
        """Move single flights while that helps."""
        helped = True
        while helped and not spent.over():
            helped = False
            for place in range(self._frozen, len(order)):
                better = self._moved(order, place, cost, spent)
                if better is not None:
                    order, cost = better
                    helped = True
                if spent.over():
                    break
        return order, cost

    def _moved(
        self, order: list[Departure], place: int, cost: int, spent: _Spent
    ) -> tuple[list[Departure], int] | None:
        """The best place for one flight within reach, if any is better than now."""
        best: tuple[list[Departure], int] | None = None
        low = max(self._frozen, place - REACH)
        high = min(len(order) - 1, place + REACH)
        head, so_far = Clocking(self._rules), 0
        for departure in order[:low]:
            so_far += self._step(head, departure)
        rest = order[:place] + order[place + 1 :]
        for target in range(low, high + 1):
            if target != place:
                spent.orders += 1
                tried = [*rest[:target], order[place], *rest[target:]]
                limit = cost if best is None else best[1]
                its_cost = self._tail_cost(tried, target, head, so_far, limit)
                if its_cost < limit and self._is_fair(tried):
                    best = tried, its_cost
            if target < len(rest):
                so_far += self._step(head, rest[target])
        return best

    def _tail_cost(
        self, order: Sequence[Departure], start: int, head: Clocking, so_far: int, limit: int
    ) -> int:
        clocking, cost = head.copy(), so_far
        for departure in order[start:]:
            cost += self._step(clocking, departure)
            if cost >= limit:
                break
        return cost

    def _shaken(self, order: list[Departure], draw: random.Random) -> list[Departure]:
        start = draw.randrange(self._frozen, max(self._frozen + 1, len(order) - SHAKE // 2))
        stretch = order[start : start + SHAKE]
        draw.shuffle(stretch)
        return [*order[:start], *stretch, *order[start + SHAKE :]]

    def _is_fair(self, order: Sequence[Departure]) -> bool:
        """Whether nobody without CTOT loses too many places."""
        return all(
            place - self._due[name] <= self._rules.places
            for name, place in self._places(order).items()
        )

    def _places(self, order: Sequence[Departure]) -> dict[str, int]:
        """Place among the flights of the runway without CTOT, by name."""
        counts: dict[str, int] = {}
        places: dict[str, int] = {}
        for departure in order:
            if departure.ctot_s is None:
                place = counts.get(departure.runway, 0)
                places[departure.name] = place
                counts[departure.runway] = place + 1
        return places
