"""The stand day as a programme of yes-or-no decisions.

Stands that differ in nothing but their names are one *berth* with room for many: stays have fixed
times, so a set of stays fits on n like stands exactly if never more than n meet (interval graphs are
perfect), and who gets which name is settled afterwards by :func:`named`. A stand that an adjacency
speaks of is a berth of its own. A row per moment at which most meet (a maximal clique) makes the
relaxation tight: without adjacencies and tows its matrix is an interval matrix per berth.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ai_center.optimisers.program import Capacity, Program
from ai_center.optimisers.rounding import Option
from ai_center.optimisers.stand_rules import cost_of, forbidden
from ai_center.optimisers.stands import Stand, StandDay, Turn, is_wide
from ai_center.optimisers.stays import Stay, Way, ways_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Berth:
    """Stands that are alike but for their names."""

    stands: tuple[Stand, ...]

    @property
    def like(self) -> Stand:
        """One of them, for all."""
        return self.stands[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandProgram:
    """A programme with what its decisions mean.

    Attributes:
        program: to be solved.
        places: what decision n means, for the first decisions: the stay is in that berth.
        ways: numbers of the decisions after those: a way of a turn, or that it is unplaced.
        start: in-block of the turn that a decision is about, minutes since 1970.
        turns: the options of every turn; the last is to stay unplaced.
    """

    program: Program
    places: tuple[tuple[Stay, Berth], ...]
    ways: range
    start: Mapping[int, int]
    turns: tuple[tuple[Option, ...], ...]


def berths_of(day: StandDay) -> tuple[Berth, ...]:
    """Group like stands; those of adjacencies or of fixed turns stay single."""
    single = {name for rule in day.adjacencies for name in (rule.stand, rule.neighbour)}
    single |= {turn.fixed for turn in day.turns if turn.fixed}
    groups: dict[object, list[Stand]] = defaultdict(list)
    for stand in day.stands:
        groups[stand.name if stand.name in single else _nature(stand)].append(stand)
    return tuple(Berth(stands=tuple(stands)) for stands in groups.values())


def _nature(stand: Stand) -> tuple[object, ...]:
    return (
        stand.zone,
        stand.size,
        stand.contact,
        stand.terminal,
        stand.borders,
        stand.access_min,
        stand.airlines,
        stand.closed,
    )


class Builder:
    """Collects decisions and rows of one day."""

    def __init__(self, day: StandDay) -> None:
        """Take the day."""
        self._day = day
        self.berths = berths_of(day)
        self.costs: list[int] = []
        self.places: list[tuple[Stay, Berth]] = []
        self._start: dict[int, int] = {}
        self._options: list[tuple[Option, ...]] = []
        self.one: list[tuple[int, ...]] = []
        self.equal: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self._of_stay: dict[str, list[int]] = defaultdict(list)
        self._at: dict[str, list[int]] = defaultdict(list)
        self._tows: list[tuple[int, int, int]] = []
        self._wide_tows: list[tuple[int, int, int]] = []

    def build(self) -> StandProgram:
        """Make the programme."""
        choices = [ways_of(turn, self._day.rules) for turn in self._day.turns]
        for ways in choices:
            for stay in {stay.name: stay for way in ways for stay in way.stays}.values():
                self._place(stay)
        for ways in choices:
            self._choose(ways)
        capacities = [*self._berth_rows(), *self._adjacency_rows(), *self._tug_rows()]
        program = Program(
            costs=tuple(self.costs),
            exactly_one=tuple(self.one),
            equal=tuple(self.equal),
            capacities=tuple(capacities),
        )
        return StandProgram(
            program=program,
            places=tuple(self.places),
            ways=range(len(self.places), len(self.costs)),
            start=self._start,
            turns=tuple(self._options),
        )

    def _place(self, stay: Stay) -> None:
        for berth in self.berths:
            if forbidden(stay, berth.like):
                continue
            decision = self._decision(cost_of(stay, berth.like, self._day.rules).total, stay.turn)
            self.places.append((stay, berth))
            self._of_stay[stay.name].append(decision)
            self._at[berth.like.name].append(decision)

    def _choose(self, ways: Sequence[Way]) -> None:
        """One way of a turn, or none: unplaced; a stay has a place when its way is chosen."""
        rules, turn = self._day.rules, ways[0].stays[0].turn
        unplaced = self._decision(rules.unplaced_cost, turn)
        if len(ways) == 1:
            places = tuple(self._of_stay[ways[0].stays[0].name])
            self.one.append((unplaced, *places))
            self._options.append((((), (places,)), ((unplaced,), ())))
            return
        chosen = [self._decision(way.tows * rules.tow_cost, turn) for way in ways]
        tows = [
            (decision, stay.to_min, stay.to_min + rules.tug_busy_min)
            for way, decision in zip(ways, chosen, strict=True)
            for stay in way.stays[:-1]
        ]
        self._tows += tows
        self._wide_tows += tows if is_wide(turn.size) else []
        self.one.append((unplaced, *chosen))
        self._options.append(
            (
                *(
                    ((d,), tuple(tuple(self._of_stay[stay.name]) for stay in way.stays))
                    for way, d in zip(ways, chosen, strict=True)
                ),
                ((unplaced,), ()),
            )
        )
        users: dict[str, list[int]] = defaultdict(list)
        for way, decision in zip(ways, chosen, strict=True):
            for stay in way.stays:
                users[stay.name].append(decision)
        self.equal += [
            (tuple(self._of_stay[name]), tuple(decisions)) for name, decisions in users.items()
        ]

    def _decision(self, cost: int, turn: Turn) -> int:
        self._start[len(self.costs)] = turn.in_block_min
        self.costs.append(cost)
        return len(self.costs) - 1

    def _berth_rows(self) -> Iterator[Capacity]:
        excluded = {
            n
            for r in self._day.adjacencies
            if r.size == r.neighbour_size == "A"
            for n in (r.stand, r.neighbour)
        }
        for berth in self.berths:
            if berth.like.name in excluded:
                continue  # the row of its adjacency says more
            yield from self._rows(self._at[berth.like.name], len(berth.stands))

    def _adjacency_rows(self) -> Iterator[Capacity]:
        for rule in self._day.adjacencies:
            here = [d for d in self._at[rule.stand] if self.places[d][0].turn.size >= rule.size]
            there = [
                d
                for d in self._at[rule.neighbour]
                if self.places[d][0].turn.size >= rule.neighbour_size
            ]
            yield from self._rows([*here, *there], 1)

    def _tug_rows(self) -> Iterator[Capacity]:
        """No more aircraft under tow at once than there are tugs, of all and of the wide ones."""
        rules = self._day.rules
        for most, tows in ((rules.tugs, self._tows), (rules.tugs_wide, self._wide_tows)):
            if most is None:
                continue
            for clique in spans_that_meet(tows):
                there = tuple(dict.fromkeys(clique))
                if len(there) > most:
                    yield Capacity(decisions=there, weights=(1,) * len(there), most=most)

    def _rows(self, decisions: Sequence[int], room: int) -> Iterator[Capacity]:
        for clique in cliques([(d, self.places[d][0]) for d in decisions]):
            if len(clique) > room:
                yield Capacity(decisions=clique, weights=(1,) * len(clique), most=room)


def cliques(stays: Iterable[tuple[int, Stay]]) -> Iterator[tuple[int, ...]]:
    """Every largest set of stays that all meet, by their numbers."""
    return spans_that_meet((number, stay.from_min, stay.free_min) for number, stay in stays)


def spans_that_meet(spans: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, ...]]:
    """Every largest set of spans (number, from, to) that all meet; a number may have several."""
    events = sorted(
        (moment, kind, number, place)
        for place, (number, start, end) in enumerate(spans)
        for moment, kind in ((start, 1), (end, 0))
    )
    there: dict[int, int] = {}
    grown = False
    for _, comes, number, place in events:
        if comes:
            there[place] = number
            grown = True
            continue
        if grown:
            yield tuple(there.values())
            grown = False
        del there[place]


def named(places: Iterable[tuple[Stay, Berth]]) -> list[tuple[Stay, str]]:
    """Give each stay in a berth the name of a stand: the one that became free last."""
    stays: dict[str, tuple[Berth, list[Stay]]] = {}
    for stay, berth in places:
        stays.setdefault(berth.like.name, (berth, []))[1].append(stay)
    found = []
    for berth, there in stays.values():
        unused = [stand.name for stand in reversed(berth.stands)]
        used: list[tuple[int, str]] = []
        for stay in sorted(there, key=lambda s: (s.from_min, s.name)):
            name = used[0][1] if used and used[0][0] <= stay.from_min and not unused else ""
            if name:
                heapq.heappop(used)
            else:
                name = unused.pop() if unused else heapq.heappop(used)[1]
            heapq.heappush(used, (stay.free_min, name))
            found.append((stay, name))
    return found
