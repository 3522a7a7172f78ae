"""What no sequence can do better: fewest CTOTs missed, and least total delay.

Delay: a take-off needs at least the least interval it can have to whoever is before it (or after it). A
machine that may interrupt its work and always serves what is nearest to its end (SRPT) has the least
sum of completions for such work, so its sum bounds that of every sequence from below.

CTOT: flights without a CTOT can always wait, so the fewest misses are those of the CTOT flights and the
frozen ones alone, found by trying every order that can still be better (branch and bound).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence

from ai_center.optimisers.departures import Departure, RunwayRules, earliest_s, misses
from ai_center.optimisers.take_offs import Clocking

MOST_TRIED = 200_000


def least_delay_s(departures: Sequence[Departure], rules: RunwayRules) -> int:
    """No sequence has a smaller sum of delays; frozen flights count with theirs."""
    runways: dict[str, list[Departure]] = defaultdict(list)
    for departure in departures:
        runways[departure.runway].append(departure)
    return sum(_least(runway, flights, rules) for runway, flights in runways.items())


def _least(runway: str, flights: Sequence[Departure], rules: RunwayRules) -> int:
    """The better of two bounds: without the rate, and with it.

    A rate holds only inside its span. Either all take off inside, and the rate counts, or one takes off
    after the span's end, and its delay alone is a bound.
    """
    if len(flights) < 2:
        return 0
    releases = [earliest_s(d, rules) for d in flights]
    plain = _work(flights, releases, rules, 0)
    best = plain
    for start, end, rate in rules.rates.get(runway, ()):
        if start <= min(releases):
            outside = max(plain, end - max(releases))
            best = max(best, min(_work(flights, releases, rules, -(-3600 // rate)), outside))
    return best


def _work(
    flights: Sequence[Departure], releases: Sequence[int], rules: RunwayRules, least: int
) -> int:
    """Least sum of delays when every take-off needs its least interval, or ``least`` if that is more."""

    def gap(leader: Departure, follower: Departure) -> int:
        return max(least, rules.interval_s(leader, follower))

    before = [min(gap(o, d) for o in flights if o is not d) for d in flights]
    after = [min(gap(d, o) for o in flights if o is not d) for d in flights]
    jobs_before = [(r - p, p) for r, p in zip(releases, before, strict=True)]
    ends = _srpt(jobs_before) - sum(releases)
    starts = _srpt(list(zip(releases, after, strict=True))) - sum(after) - sum(releases)
    return max(0, ends, starts)


def _srpt(jobs: list[tuple[int, int]]) -> int:
    """Sum of completions when the shortest rest is always served first."""
    waiting: list[int] = []
    total = clock = 0
    coming = sorted(jobs, reverse=True)
    while waiting or coming:
        if not waiting:
            clock = max(clock, coming[-1][0])
        while coming and coming[-1][0] <= clock:
            heapq.heappush(waiting, coming.pop()[1])
        rest = heapq.heappop(waiting)
        until = coming[-1][0] if coming else clock + rest
        if clock + rest <= until:
            clock += rest
            total += clock
        else:
            heapq.heappush(waiting, rest - (until - clock))
            clock = until
    return total


def fewest_missed(
    departures: Sequence[Departure], rules: RunwayRules, known: int | None = None
) -> int | None:
    """Fewest CTOTs that must be missed; ``None`` when too many orders would have to be tried.

    Args:
        departures: of all runways.
        rules: that hold.
        known: misses of a sequence that exists; only fewer are looked for.
    """
    search = _searched(departures, rules, known, MOST_TRIED)
    return None if search.over else search.best


def keeping(
    departures: Sequence[Departure], rules: RunwayRules, known: int, most_tried: int
) -> tuple[Departure, ...] | None:
    """CTOT flights in an order that misses fewer than ``known``, or ``None``: none was found."""
    return _searched(departures, rules, known, most_tried).order


def _searched(
    departures: Sequence[Departure], rules: RunwayRules, known: int | None, most_tried: int
) -> _Search:
    held = [d for d in departures if d.frozen_s is not None]
    clocking = Clocking(rules)
    for departure in sorted(held, key=lambda d: d.frozen_s or 0):
        clocking.next(departure)
    already = sum(misses(d, d.frozen_s or 0, rules) for d in held)
    open_ones = [d for d in departures if d.ctot_s is not None and d.frozen_s is None]
    worst = len(open_ones) + 1 + already if known is None else known
    search = _Search(rules, worst, most_tried)
    by_slot = sorted(open_ones, key=lambda d: (d.ctot_s or 0, d.name))
    search.go(clocking, by_slot, already, ())
    return search


class _Search:
    """Depth first over orders of the flights that keep their CTOT; the others wait."""

    def __init__(self, rules: RunwayRules, worst: int, most_tried: int) -> None:
        self._rules = rules
        self._left = most_tried
        self.best = worst
        self.order: tuple[Departure, ...] | None = None

    @property
    def over(self) -> bool:
        """Whether it was given up before everything was tried."""
        return self._left <= 0

    def go(
        self,
        clocking: Clocking,
        left: Sequence[Departure],
        missed: int,
        order: tuple[Departure, ...],
    ) -> None:
        """Try every next flight, and to give one up."""
        if self.over:
            return
        self._left -= 1
        nexts = [(d, twin) for d in left if (twin := self._kept(clocking, d)) is not None]
        missed += len(left) - len(nexts)  # too late now is too late for good
        if missed >= self.best:
            return
        if not nexts:
            self.best, self.order = missed, order
            return
        for departure, twin in nexts:
            rest = [d for d, _ in nexts if d is not departure]
            self.go(twin, rest, missed, (*order, departure))
            if self.best <= missed:
                return
        self.go(clocking, [d for d, _ in nexts[1:]], missed + 1, order)

    def _kept(self, clocking: Clocking, departure: Departure) -> Clocking | None:
        twin = clocking.copy()
        return None if misses(departure, twin.next(departure), self._rules) else twin
