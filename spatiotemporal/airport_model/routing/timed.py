"""Ways whose conditions change on the way: what closes, opens or slows while somebody drives.

Within one row of the timetable the kept trees are exact. When a way would arrive after that row
ends, the search is done moment by moment: an edge is driven at the speeds that hold while it is
driven; before an edge that is closed one waits until it opens; what closes behind somebody's nose
lets him out. Ways are chosen by time weighed with reluctance, and the clock is the real time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from spatiotemporal.airport_model.errors import NoRoute
from spatiotemporal.airport_model.network import Way
from spatiotemporal.airport_model.routing.conditions import Timetable
from spatiotemporal.airport_model.routing.router import Router
from spatiotemporal.airport_model.size_codes import fits

LONGEST_S = 6 * 3600.0
"""A way that takes longer, waiting included, is no way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedWay:
    """A way with its clock.

    Attributes:
        leaves: when each edge is entered; as many as edges.
        arrives: at the goal.
    """

    way: Way
    departs: datetime
    leaves: tuple[datetime, ...]
    arrives: datetime

    @property
    def seconds(self) -> float:
        """From departure to arrival, waiting included."""
        return (self.arrives - self.departs).total_seconds()


@dataclass(frozen=True, slots=True)
class _Label:
    index: int
    enters: datetime
    leaves: datetime
    before: _Label | None


def timed_way(
    router: Router, start: str, goal: str, departs: datetime, times: Timetable, *, code: str = "A"
) -> TimedWay:
    """The quickest way for somebody who departs at a moment.

    Raises:
        UnknownPlace: an end is not in the network.
        NoRoute: nothing joins them, even after waiting.
    """
    conditions, until = times.at(departs)
    try:
        way = router.way(start, goal, code=code, conditions=conditions)
    except NoRoute:
        if until is None:
            raise
    else:
        found = _clocked(router, way, departs, times)
        if until is None or found.arrives <= until:
            return found
    return _searched(router, start, goal, departs, times, code)


def _clocked(router: Router, way: Way, departs: datetime, times: Timetable) -> TimedWay:
    index = {(edge.start, edge.end): i for i, edge in enumerate(router.edges)}
    now, leaves = departs, []
    for edge in way.edges:
        leaves.append(now)
        now = _driven(router, index[edge.start, edge.end], now, times)
    return TimedWay(way=way, departs=departs, leaves=tuple(leaves), arrives=now)


def _driven(router: Router, index: int, enters: datetime, times: Timetable) -> datetime:
    """When somebody who enters an edge leaves it."""
    metres, now = router.edges[index].length_m, enters
    while True:
        conditions, until = times.at(now)
        speed = float(conditions.speed_mps[index])
        ends = now + timedelta(seconds=metres / speed)
        if until is None or ends <= until:
            return ends
        metres -= (until - now).total_seconds() * speed
        now = until


def _opens(index: int, now: datetime, times: Timetable) -> datetime | None:
    """The first moment from ``now`` on at which an edge is open."""
    while True:
        conditions, until = times.at(now)
        if not conditions.closed[index]:
            return now
        if until is None:
            return None
        now = until


def _searched(
    router: Router, start: str, goal: str, departs: datetime, times: Timetable, code: str
) -> TimedWay:
    first, last = router.network.node(start), router.network.node(goal)
    queue: list[tuple[float, int, _Label]] = []
    pushed = 0

    def push(indices: Iterable[int], now: datetime, cost: float, before: _Label | None) -> None:
        nonlocal pushed
        for index in indices:
            label = _label(router, index, now, times, code, before)
            if label is not None and (label.leaves - departs).total_seconds() <= LONGEST_S:
                waited = (label.enters - now).total_seconds()
                drove = (label.leaves - label.enters).total_seconds()
                weight = router.reluctance(index)
                heappush(queue, (cost + waited + drove * weight, pushed, label))
                pushed += 1

    push(router.leaving[first], departs, 0.0, None)
    settled: set[int] = set()
    while queue:
        cost, _, label = heappop(queue)
        if label.index in settled:
            continue
        settled.add(label.index)
        if router.edges[label.index].end == last:
            return _way(router, label, departs)
        onward = (index for index in router.onward(label.index) if index not in settled)
        push(onward, label.leaves, cost, label)
    raise NoRoute(router.network.name, start, goal, f" for code {code} from {departs:%H:%M} on")


def _label(
    router: Router, index: int, now: datetime, times: Timetable, code: str, before: _Label | None
) -> _Label | None:
    if not fits(code, router.edges[index].max_code):
        return None
    enters = _opens(index, now, times)
    if enters is None:
        return None
    return _Label(index, enters, _driven(router, index, enters, times), before)


def _way(router: Router, last: _Label, departs: datetime) -> TimedWay:
    labels: list[_Label] = []
    label: _Label | None = last
    while label is not None:
        labels.append(label)
        label = label.before
    labels.reverse()
    edges = tuple(router.edges[label.index] for label in labels)
    nodes = (edges[0].start, *(edge.end for edge in edges))
    return TimedWay(
        way=Way(network=router.network.name, nodes=nodes, edges=edges),
        departs=departs,
        leaves=tuple(label.enters for label in labels),
        arrives=last.leaves,
    )
