"""The rules by which messages become the state of a leg, and the current value of each field.

* A field missing in a message is not changed; a cleared field holds ``None``; a group is replaced.
* Within one source the newest ``as_of`` wins: an older message never overwrites, whenever it
  arrives. Its times are still entered in the clocks, marked late.
* Between sources the statement received last wins, cleared or not; the others stay visible.
* Of the times of one event and type, one source's later sibling wins, code lists known to carry UTC
  airport times before others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from airport_brain.operations.domain import (
    Change,
    ClockEntry,
    ClockTime,
    LegState,
    LegUpdate,
    Origin,
    Statement,
    TimesStatement,
    Value,
)

KNOWN_CONTEXTS = frozenset({"9750", "2005"})
"""Code lists whose qualifiers mean what this package says they mean. Real messages also carry list
``0000``, which the sender defines alone."""

FUTURE_SKEW = timedelta(minutes=5)
"""How far ahead of the time of receipt a message may claim to be. Time stamps beyond it are cut to
it, so that one wrong clock makes later messages look old for minutes, not for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """Outcome of one update.

    Attributes:
        clocks: entries to append to the record of times.
        changes: fields whose current value is another now.
        new: the leg was not known before.
    """

    state: LegState
    clocks: tuple[ClockEntry, ...]
    changes: tuple[Change, ...]
    new: bool


def as_of(time_stamp: datetime | None, received_at: datetime) -> datetime:
    """The moment a message speaks of, for the order within its source."""
    return received_at if time_stamp is None else min(time_stamp, received_at + FUTURE_SKEW)


def apply(state: LegState | None, update: LegUpdate) -> Applied:
    """Apply one update to what is known of its leg."""
    before = state or LegState(key=update.key, last=update.origin)
    values = dict(before.values)
    changes: list[Change] = []
    for name, value in update.values.items():
        statements = values.get(name, {})
        if _is_late(statements.get(update.origin.source), update.origin):
            continue
        after = {**statements, update.origin.source: Statement(value=value, origin=update.origin)}
        values[name] = MappingProxyType(after)
        old = current(statements)
        if old != value:
            changes.append(Change(field=name, old=old, new=value, source=update.origin.source))
    times, clocks = _apply_times(before.times, update)
    changes += _time_changes(before.times, times, update.origin.source)
    airports = tuple(dict.fromkeys((*before.airports, *update.airports)))
    after_all = replace(
        before,
        airports=airports,
        values=MappingProxyType(values),
        times=times,
        last=max(before.last, update.origin, key=lambda origin: origin.received_at),
    )
    return Applied(
        state=after_all,
        clocks=clocks,
        changes=tuple(changes),
        new=state is None or airports != before.airports,
    )


def current(statements: Mapping[str, Statement]) -> Value:
    """The value to show of one field: that of the statement received last."""
    if not statements:
        return None
    latest = max(statements.values(), key=lambda s: (s.origin.received_at, s.origin.as_of))
    return latest.value


def value_of(state: LegState, name: str) -> Value:
    """Current value of a field of a leg; ``None`` when never stated or cleared."""
    return current(state.values.get(name, {}))


def current_times(
    times: Mapping[str, TimesStatement],
) -> Mapping[tuple[str, str], tuple[ClockTime, Origin]]:
    """The time to show for each (event, type), with where it comes from."""
    best: dict[tuple[str, str], tuple[tuple[object, ...], ClockTime, Origin]] = {}
    for statement in times.values():
        for position, time in enumerate(statement.times):
            if time.value is None:
                continue
            rank = (
                time.code_context in KNOWN_CONTEXTS,
                statement.origin.received_at,
                statement.origin.as_of,
                position,
            )
            key = (time.qualifier, time.time_type)
            if key not in best or best[key][0] < rank:
                best[key] = (rank, time, statement.origin)
    return {key: (time, origin) for key, (_, time, origin) in best.items()}


def _is_late(known: Statement | TimesStatement | None, origin: Origin) -> bool:
    return known is not None and origin.as_of < known.origin.as_of


def _apply_times(
    known: Mapping[str, TimesStatement], update: LegUpdate
) -> tuple[Mapping[str, TimesStatement], tuple[ClockEntry, ...]]:
    if update.times is None:
        return known, ()
    mine = known.get(update.origin.source)
    if _is_late(mine, update.origin):
        late = (ClockEntry(time=t, origin=update.origin, late=True) for t in update.times)
        return known, tuple(late)
    clocks = tuple(
        ClockEntry(time=t, origin=update.origin)
        for t in _news(mine.times if mine else (), update.times)
    )
    statement = TimesStatement(times=update.times, origin=update.origin)
    return MappingProxyType({**known, update.origin.source: statement}), clocks


def _news(old: tuple[ClockTime, ...], new: tuple[ClockTime, ...]) -> Iterator[ClockTime]:
    """Times that a group says anew, and those it withdraws by leaving them out."""
    before = {time.key: time.value for time in old}
    for time in new:
        if time.key not in before or before[time.key] != time.value:
            yield time
    kept = {time.key for time in new}
    for time in old:
        if time.key not in kept and time.value is not None:
            yield replace(time, value=None)


def _time_changes(
    before: Mapping[str, TimesStatement], after: Mapping[str, TimesStatement], source: str
) -> Iterator[Change]:
    if before is after:
        return
    old, new = current_times(before), current_times(after)
    for key in sorted(old.keys() | new.keys()):
        was = old[key][0].value if key in old else None
        now = new[key][0].value if key in new else None
        if was != now:
            yield Change(
                field=f"time.{key[0]}.{key[1]}",
                old=was.isoformat() if was else None,
                new=now.isoformat() if now else None,
                source=source,
            )
