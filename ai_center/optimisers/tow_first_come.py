"""The simple rule for tows: one after the other, each at the best moment that those before it have left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ai_center.optimisers.tow_task import Start, TowTask
from ai_center.optimisers.tows import Fleet, Tow, TugKind


def first_come(task: TowTask) -> dict[str, Start]:
    """The cheapest start of each, in the order of the tows; who finds none is left out.

    So is what follows from one that is left out.
    """
    found: dict[str, Start] = {}
    busy: list[tuple[TugKind, int, int]] = []
    for tow in sorted(task.tows, key=lambda t: (t.earliest_min, t.name)):
        length = tow.busy_min(task.rules)
        best_first = sorted((task.cost(tow, s), s) for s in task.starts(tow))
        for start, kind in ((s, k) for _, s in best_first for k in tow.kinds):
            if _orders_kept(task, tow, start, found) and _tug_free(
                task.fleet, busy, kind, start, start + length
            ):
                found[tow.name] = start, kind
                busy.append((kind, start, start + length))
                break
    return _consistent(task, found)


def _consistent(task: TowTask, found: dict[str, Start]) -> dict[str, Start]:
    """Without the tows that need one to have been done which is not."""
    while True:
        lost = {a.second for a in task.windows.after if a.first not in found} & found.keys()
        if not lost:
            return found
        found = {name: start for name, start in found.items() if name not in lost}


def _orders_kept(task: TowTask, tow: Tow, start: int, found: Mapping[str, Start]) -> bool:
    for rule in task.windows.after:
        if rule.second == tow.name and rule.first in found:
            if start < found[rule.first][0] + rule.distance:
                return False
        elif (
            rule.first == tow.name
            and rule.second in found
            and found[rule.second][0] < start + rule.distance
        ):
            return False
    return True


def _tug_free(
    fleet: Fleet, busy: Sequence[tuple[TugKind, int, int]], kind: TugKind, start: int, end: int
) -> bool:
    there = [(s, e) for k, s, e in busy if k == kind and s < end and start < e]
    moments = [start, *(s for s, _ in there if s > start)]
    moments += [o.from_min for o in fleet.out if o.kind == kind and start < o.from_min < end]
    return all(
        sum(s <= moment < e for s, e in there) < fleet.room(kind, moment) for moment in moments
    )
