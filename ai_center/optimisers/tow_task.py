"""What the tows of a stand plan depend on (stands, tugs, windows, what was published); what a start costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ai_center.optimisers.stand_plan import StandPlan
from ai_center.optimisers.stands import StandDay
from ai_center.optimisers.tow_windows import Windows, windows_of
from ai_center.optimisers.tows import Fleet, Tow, TowRules, TugKind, tows_of

Start = tuple[int, TugKind]
"""A choice for one tow: minute and kind of tug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TowTask:
    """A day with its tows and everything they depend on."""

    day: StandDay
    plan: StandPlan
    fleet: Fleet
    rules: TowRules
    tows: tuple[Tow, ...]
    windows: Windows
    published: Mapping[str, int]

    def starts(self, tow: Tow) -> range:
        """Starts that the stands allow, on the grid."""
        window, grid = self.windows.of[tow.name], self.rules.grid_min
        return range(-(-window.first // grid) * grid, window.last + 1, grid)

    def cost(self, tow: Tow, start: int) -> int:
        """What a start costs: idle minutes at either end, and moving what was published."""
        rules = self.rules
        before = tow.leaves(start, rules) - (tow.earliest_min + rules.hook_min)
        after = tow.latest_min - tow.arrives(start, rules)
        found = self._rate(tow.source) * max(0, before) + self._rate(tow.target) * max(0, after)
        return found + rules.moved_cost * self.moves(tow, start)

    def moves(self, tow: Tow, start: int) -> bool:
        """Whether a start differs from what everybody was told."""
        told = self.published.get(tow.name)
        return told is not None and abs(told - start) > self.rules.moved_after_min

    def _rate(self, name: str) -> int:
        stand = next(stand for stand in self.day.stands if stand.name == name)
        return self.rules.bridge_cost if stand.contact else self.rules.remote_cost


def task_of(
    day: StandDay,
    plan: StandPlan,
    fleet: Fleet,
    rules: TowRules,
    published: Mapping[str, int] | None = None,
) -> TowTask:
    """Gather what the tows of a stand plan depend on."""
    tows = tows_of(day, plan, rules)
    return TowTask(
        day=day,
        plan=plan,
        fleet=fleet,
        rules=rules,
        tows=tows,
        windows=windows_of(day, plan, tows, rules),
        published=published or {},
    )
