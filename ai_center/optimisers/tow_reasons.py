"""Why a tow is when it is, why one is not done, and whom it is then in the way of."""

from __future__ import annotations

from collections.abc import Mapping

from ai_center.optimisers.tow_task import Start, TowTask
from ai_center.optimisers.tows import Tow


def because(task: TowTask, tow: Tow, starts: Mapping[str, Start]) -> str:
    """Why a tow does not begin where it would cost least."""
    start, _ = starts[tow.name]
    cheaper = [s for s in task.starts(tow) if task.cost(tow, s) < task.cost(tow, start)]
    if cheaper:
        best = min(cheaper, key=lambda s: (task.cost(tow, s), s))
        return f"{_hindered(task, tow, best, starts)} at {_ago(best - start)}"
    window = task.windows.of[tow.name]
    if start <= window.first + task.rules.grid_min and window.opens_by:
        return f"as soon as {window.opens_by} has left {tow.target}"
    if start + task.rules.grid_min > window.last and window.closes_by:
        return f"as late as it may: {window.closes_by} needs {tow.source} then"
    if start < tow.earliest_min + task.rules.grid_min:
        return "at once: it is empty and the next stand is free"
    if start + task.rules.grid_min > window.last:
        return "as late as it may and still be made ready in time"
    return "where idle minutes at both ends cost least"


def _hindered(task: TowTask, tow: Tow, start: int, starts: Mapping[str, Start]) -> str:
    others = {name: chosen for name, chosen in starts.items() if name != tow.name}
    for rule in task.windows.after:
        if rule.second == tow.name and rule.first in others:
            if start < others[rule.first][0] + rule.distance:
                return f"{rule.first} is still in the way"
        elif (
            rule.first == tow.name
            and rule.second in others
            and others[rule.second][0] < start + rule.distance
        ):
            return f"{rule.second} needs its stand"
    end = start + tow.busy_min(task.rules)
    by_name = {t.name: t for t in task.tows}
    busy = sorted(
        name
        for name, (s, kind) in others.items()
        if kind in tow.kinds and s < end and start < s + by_name[name].busy_min(task.rules)
    )
    return f"tugs are with {', '.join(busy)}" if busy else "another tow would lose more"


def _ago(minutes: int) -> str:
    return f"{abs(minutes)} min {'later' if minutes > 0 else 'earlier'}"


def why_not(task: TowTask, tow: Tow, starts: Mapping[str, Start]) -> str:
    """Why a tow is not done."""
    window = task.windows.of[tow.name]
    if not task.starts(tow):
        other = window.closes_by or window.opens_by
        return f"no start is left by its stands{f' ({other})' if other else ''}"
    missing = [a.first for a in task.windows.after if a.second == tow.name]
    missing = [name for name in missing if name not in starts]
    if missing:
        return f"{missing[0]} is not done, and holds its stand"
    return "no tug is free in its time"


def blocked(task: TowTask, tow: Tow) -> tuple[str, ...]:
    """Stays that come to the source while the aircraft would still be there."""
    end = tow.turn.off_block_min + task.day.rules.buffer_of(tow.turn.size)
    return tuple(
        p.stay.name
        for p in task.plan.placed
        if p.stand == tow.source
        and p.stay.turn.name != tow.turn.name
        and tow.earliest_min < p.stay.from_min < end
    )
