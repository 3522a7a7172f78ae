"""From an order of departures to times: each as early as the rules allow, and start-ups as late.

Every take-off knows which rule set its time. Push-backs of one alley follow the order of take-off; a
start-up is approved as late as the take-off allows, so that aircraft wait at the stand with engines
off and not at the runway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ai_center.optimisers.departures import Departure, RunwayRules, earliest_s, misses

LOOK_BACK = 4
"""Take-offs before that a new one is held against; nothing separates longer than these take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOff:
    """A departure with its times.

    Attributes:
        departure: whose.
        ttot_s: target take-off time.
        tsat_s: target start-up approval time.
        delay_s: after the earliest take-off it could have had alone.
        because: which rule set the time.
        keeps_ctot: whether it is inside its window (or has none).
    """

    departure: Departure
    ttot_s: int
    tsat_s: int
    delay_s: int
    because: str
    keeps_ctot: bool

    @property
    def runway_wait_s(self) -> int:
        """Wait with engines on."""
        return self.ttot_s - self.tsat_s - self.departure.taxi_s


class Clocking:
    """Times an order step by step; a step can be taken back by starting from a copy."""

    __slots__ = ("_pushes", "_rules", "_runs")

    def __init__(self, rules: RunwayRules) -> None:
        """Start with empty runways."""
        self._rules = rules
        self._runs: dict[str, list[tuple[int, Departure]]] = {}
        self._pushes: dict[str, int] = {}

    def copy(self) -> Clocking:
        """The same moment, to go on from in another way."""
        twin = Clocking(self._rules)
        twin._runs = {runway: list(run) for runway, run in self._runs.items()}
        twin._pushes = dict(self._pushes)
        return twin

    def next(self, departure: Departure, not_before: int = 0) -> int:
        """Take-off time of the next departure, as early as the rules allow."""
        rules = self._rules
        run = self._runs.setdefault(departure.runway, [])
        if departure.frozen_s is not None:
            push = departure.frozen_tsat_s or departure.frozen_s - departure.taxi_s
            self._pushes[departure.alley] = max(push, self._pushes.get(departure.alley, push))
            run.append((departure.frozen_s, departure))
            return departure.frozen_s
        ready = departure.tobt_s
        if departure.alley in self._pushes:
            ready = max(ready, self._pushes[departure.alley] + rules.alley_s)
        time = max(ready + departure.taxi_s, not_before)
        if departure.ctot_s is not None:
            time = max(time, departure.ctot_s - rules.ctot_before_s)
        for before, leader in run[-LOOK_BACK:]:
            gap = before + rules.interval_s(leader, departure)
            if gap > time:
                time = gap
        time = _allowed(departure.runway, time, run[-1][0] if run else None, rules)
        self._pushes[departure.alley] = ready
        run.append((time, departure))
        return time


def _allowed(runway: str, time: int, before: int | None, rules: RunwayRules) -> int:
    """The first moment from ``time`` on that rate and blocked spans allow."""
    rates, blocked = rules.rates.get(runway, ()), rules.blocked.get(runway, ())
    if not rates and not blocked:
        return time
    moved = True
    while moved:
        moved = False
        for start, end in blocked:
            if start <= time < end:
                time, moved = end, True
        if before is not None:
            for start, end, rate in rates:
                if start <= time < end and time < before - (-3600 // rate):
                    time, moved = before - (-3600 // rate), True
    return time


def timed(
    order: Sequence[Departure],
    rules: RunwayRules,
    not_before: Mapping[str, int] | None = None,
) -> tuple[TakeOff, ...]:
    """Times of an order of take-offs, with reasons.

    Args:
        order: departures of all runways.
        rules: that hold.
        not_before: take-offs promised to be no earlier, by name.
    """
    held = not_before or {}
    clocking = Clocking(rules)
    times = [clocking.next(d, held.get(d.name, 0)) for d in order]
    starts = _start_ups(order, times, rules)
    found: list[TakeOff] = []
    for departure, time, start in zip(order, times, starts, strict=True):
        found.append(
            TakeOff(
                departure=departure,
                ttot_s=time,
                tsat_s=start,
                delay_s=time - earliest_s(departure, rules),
                because=_because(departure, time, found, rules, held.get(departure.name, 0)),
                keeps_ctot=not misses(departure, time, rules),
            )
        )
    return tuple(found)


def _start_ups(order: Sequence[Departure], times: Sequence[int], rules: RunwayRules) -> list[int]:
    """As late as take-off and the next push-back of the alley allow."""
    following: dict[str, int] = {}
    starts: list[int] = []
    for departure, time in zip(reversed(order), reversed(times), strict=True):
        start = time - departure.taxi_s
        if departure.frozen_tsat_s is not None:
            start = departure.frozen_tsat_s
        elif departure.alley in following:
            start = min(start, following[departure.alley] - rules.alley_s)
        following[departure.alley] = min(start, following.get(departure.alley, start))
        starts.append(start)
    return starts[::-1]


def _because(
    departure: Departure,
    time: int,
    before: Iterable[TakeOff],
    rules: RunwayRules,
    held: int,
) -> str:
    if departure.frozen_s is not None:
        return "frozen"
    if time <= departure.tobt_s + departure.taxi_s:
        return "TOBT and taxi time"
    if departure.ctot_s is not None and time == departure.ctot_s - rules.ctot_before_s:
        return "its CTOT window opens"
    if time == held:
        return "its capacity block"
    ahead = [t for t in before if t.departure.runway == departure.runway][-LOOK_BACK:]
    for take_off in reversed(ahead):
        leader = take_off.departure
        if take_off.ttot_s + rules.interval_s(leader, departure) == time:
            return f"{_rule(leader, departure, rules)} {leader.name}"
    if any(time == end for _, end in rules.blocked.get(departure.runway, ())):
        return "the runway was blocked until then"
    if (
        ahead
        and time == _allowed(departure.runway, time, ahead[-1].ttot_s, rules)
        and any(
            time == ahead[-1].ttot_s - (-3600 // rate)
            for _, _, rate in rules.rates.get(departure.runway, ())
        )
    ):
        return f"rate of the runway, after {ahead[-1].departure.name}"
    return "push-backs of its alley"


def _rule(leader: Departure, follower: Departure, rules: RunwayRules) -> str:
    gap = rules.interval_s(leader, follower)
    if gap == rules.wake_s.get(leader.wake + follower.wake, 0):
        return "wake of"
    if leader.route == follower.route and gap == rules.route_s:
        return "same route as"
    return "runway in use by"
