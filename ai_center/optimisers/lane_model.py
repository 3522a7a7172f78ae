"""The lane day as a programme of whole numbers: lanes, openings, closings, queues, people who are late.

People are counted in parts of one, so that every factor is whole: ``scale`` parts are one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ai_center.optimisers.lanes import LaneDay, Promise
from ai_center.optimisers.whole_numbers import Row, WholeProgram


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneModel:
    """A programme with what its numbers mean.

    Attributes:
        program: to be solved.
        lanes: numbers of the lanes open in each slot.
        scale: parts of a person, and of a minute of one lane in the costs.
        published: lanes that everybody was told; empty where nobody was.
    """

    program: WholeProgram
    lanes: range
    scale: int
    published: tuple[int, ...]


def model_of(
    day: LaneDay, published: Sequence[int], now_min: int | None, *, start: Sequence[int]
) -> LaneModel:
    """Make the programme.

    Args:
        day: what is asked.
        published: lanes that everybody was told.
        now_min: slots that have begun keep what was published.
        start: lanes of a plan that is known, as a hint.
    """
    return _Maker(day, tuple(published), now_min).model(start)


class _Maker:
    def __init__(self, day: LaneDay, published: tuple[int, ...], now_min: int | None) -> None:
        self._day, self._published, self._now = day, published, now_min
        self._scale = 60 * day.slot_min
        self._costs: list[int] = []
        self._least: list[int] = []
        self._most: list[int] = []
        self._rows: list[Row] = []

    def model(self, start: Sequence[int]) -> LaneModel:
        day, rules = self._day, self._day.rules
        most = day.most()
        lanes = self._numbers(day.slots, day.slot_min * self._scale, rules.least, most)
        self._limit_begun(lanes)
        opened = self._numbers(day.slots, rules.opening_cost * self._scale, 0, rules.lanes)
        closed = self._numbers(day.slots, 0, 0, rules.lanes)
        drops = [max(0, a - b) for a, b in zip((self._before(most), *most), most, strict=False)]
        shut = self._numbers(day.slots, 0, 0, tuple(drops))
        self._lane_rows(lanes, opened, closed, shut)
        self._young_rows(lanes, opened, self._forced(lanes, opened, drops, most))
        if self._published:
            self._moved_rows(lanes)
        for promise in rules.promises:
            self._promise_rows(promise, lanes)
        program = WholeProgram(
            costs=tuple(self._costs),
            least=tuple(self._least),
            most=tuple(self._most),
            rows=tuple(self._rows),
            hint=tuple(start),
        )
        return LaneModel(program=program, lanes=lanes, scale=self._scale, published=self._published)

    def _before(self, most: tuple[int, ...]) -> int:
        return max(self._day.open_lanes, most[0])

    def _numbers(self, count: int, cost: int, least: int, most: int | Sequence[int]) -> range:
        first = len(self._costs)
        highs = [most] * count if isinstance(most, int) else list(most)
        self._costs += [cost] * count
        self._most += highs
        self._least += [min(least, high) for high in highs]
        return range(first, first + count)

    def _limit_begun(self, lanes: range) -> None:
        """Slots that have begun keep what was published, as far as lanes are there."""
        day = self._day
        if self._now is None:
            return
        for slot, told in enumerate(self._published):
            if day.start_min + slot * day.slot_min <= self._now:
                kept = min(told, self._most[lanes[slot]])
                self._least[lanes[slot]] = self._most[lanes[slot]] = kept

    def _lane_rows(self, lanes: range, opened: range, closed: range, shut: range) -> None:
        """Lanes follow from openings and closings; few change at once but for an outage."""
        day, begun = self._day, self._begun()
        for slot in range(day.slots):
            numbers = [lanes[slot], opened[slot], closed[slot], shut[slot]]
            factors = [1, -1, 1, 1]
            before = day.open_lanes
            if slot:
                numbers.append(lanes[slot - 1])
                factors.append(-1)
                before = 0
            self._row(numbers, factors, before, before)
            if slot not in begun:
                self._row([opened[slot], closed[slot]], [1, 1], None, day.rules.changes)

    def _forced(
        self, lanes: range, opened: range, drops: list[int], most: tuple[int, ...]
    ) -> dict[int, int]:
        """Young lanes that an outage closes: only when every lane that is left is open and young."""
        forced: dict[int, int] = {}
        for slot, drop in enumerate(drops):
            if not drop:
                continue
            (number,) = self._numbers(1, 0, 0, drop)
            (all_used,) = self._numbers(1, 0, 0, 1)
            self._row([lanes[slot], all_used], [1, -most[slot]], 0, None)
            self._row([number, all_used], [1, -drop], None, 0)
            recent = self._recent(slot)
            before = [forced[k] for k in recent if k in forced]
            large = self._day.rules.lanes + drop
            self._row(
                [number, *(opened[k] for k in recent), *before, all_used],
                [1, *(-1 for _ in recent), *(1 for _ in before), large],
                None,
                large - most[slot] + self._young_at_start(slot),
            )
            forced[slot] = number
        return forced

    def _young_rows(self, lanes: range, opened: range, forced: dict[int, int]) -> None:
        """A lane that has opened stays open."""
        begun = self._begun()
        for slot in range(self._day.slots):
            if slot in begun:
                continue
            recent = self._recent(slot)
            shut = [forced[k] for k in recent if k in forced]
            self._row(
                [lanes[slot], *(opened[k] for k in recent), *shut],
                [1, *(-1 for _ in recent), *(1 for _ in shut)],
                self._young_at_start(slot),
                None,
            )

    def _recent(self, slot: int) -> range:
        """Slots in which a lane may have opened that must still be open in this one."""
        length = max(1, -(-self._day.rules.open_min // self._day.slot_min))
        return range(max(0, slot - length + 1), slot + 1)

    def _young_at_start(self, slot: int) -> int:
        """Lanes that were open at the start and must still be open in a slot."""
        day = self._day
        young = slot * day.slot_min + day.open_for_min < day.rules.open_min
        return day.open_lanes if young else 0

    def _begun(self) -> set[int]:
        """Slots whose lanes are given: what was published may have broken the rules already."""
        day = self._day
        if self._now is None:
            return set()
        return {
            slot
            for slot in range(len(self._published))
            if day.start_min + slot * day.slot_min <= self._now
        }

    def _moved_rows(self, lanes: range) -> None:
        rules = self._day.rules
        moved = self._numbers(len(lanes), rules.moved_cost * self._scale, 0, rules.lanes)
        for number, lane, told in zip(moved, lanes, self._published, strict=True):
            self._row([number, lane], [1, -1], -told, None)
            self._row([number, lane], [1, 1], told, None)

    def _promise_rows(self, promise: Promise, lanes: range) -> None:
        """The queue of one quantile, and the promise at every moment of the grid."""
        day, rules = self._day, self._day.rules
        per_slot, ahead = day.slot_min // day.step_min, promise.minutes // day.step_min
        flow = day.arrivals[promise.quantile]
        come = [round(n * 60 * day.step_min) for n in flow]
        rate = rules.per_hour * day.step_min * day.slot_min
        steps = day.slots * per_slot
        whole = day.waiting * self._scale + sum(come) * per_slot
        queue = self._numbers(steps + 1, 0, 0, whole)
        late = self._numbers(steps + 1, rules.late_cost, 0, whole)
        self._least[queue[0]] = self._most[queue[0]] = day.waiting * self._scale
        for step in range(steps):
            slot = step // per_slot
            numbers, factors = [queue[step + 1], queue[step], lanes[slot]], [1, -1, rate]
            self._row(numbers, factors, come[slot], None)
        for step in range(steps + 1):
            counts: dict[int, int] = {}
            for later in range(step, step + ahead):
                slot = min(later // per_slot, day.slots - 1)
                counts[lanes[slot]] = counts.get(lanes[slot], 0) + rate
            self._row(
                [queue[step], late[step], *counts],
                [1, -1, *(-factor for factor in counts.values())],
                None,
                0,
            )

    def _row(
        self, numbers: Sequence[int], factors: Sequence[int], least: int | None, most: int | None
    ) -> None:
        self._rows.append(
            Row(numbers=tuple(numbers), factors=tuple(factors), least=least, most=most)
        )
