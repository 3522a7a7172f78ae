"""Putting the parts of a list together."""

from __future__ import annotations

from dataclasses import replace

from passenger_id.formats.name_list.message import Change, DestinationTotal, NameList


class Assembly:
    """Collects parts as they arrive, of any number of flights, in any order.

    A part 1 that arrives again begins its list anew: the sender replaces everything.
    """

    def __init__(self) -> None:
        self._parts: dict[tuple[str, ...], dict[int, NameList]] = {}

    def add(self, part: NameList) -> NameList | None:
        """Take a part; give the whole list when this part completes it."""
        key = (part.kind, part.flight, part.day, part.board_point)
        number = part.part or 1
        parts = self._parts.setdefault(key, {})
        if number == 1 and 1 in parts:
            parts.clear()
        parts[number] = part
        last = next((n for n, p in parts.items() if p.last and p.ended), None)
        if last is None or any(n not in parts for n in range(1, last + 1)):
            return None
        del self._parts[key]
        return _whole([parts[n] for n in range(1, last + 1)])

    def waiting(self) -> dict[tuple[str, ...], tuple[int, ...]]:
        """Parts that are there of lists not complete: kind, flight, day and board point → numbers."""
        return {key: tuple(sorted(parts)) for key, parts in self._parts.items()}


def _whole(parts: list[NameList]) -> NameList:
    """One list of all parts; a class that a break divides is one class again."""
    totals: dict[tuple[str, str], DestinationTotal] = {}
    for part in parts:
        for total in part.totals:
            key = (total.destination, total.booking_class)
            before = totals.get(key)
            totals[key] = _joined(before, total) if before else total
    return replace(
        parts[0],
        part=1,
        last=True,
        ended=True,
        totals=tuple(totals.values()),
        original=b"".join(part.original for part in parts),
        notices=tuple(notice for part in parts for notice in part.notices),
    )


def _joined(before: DestinationTotal, after: DestinationTotal) -> DestinationTotal:
    changes = list(before.changes)
    for change in after.changes:
        if changes and changes[-1].action == change.action:
            names = changes[-1].names + change.names
            changes[-1] = Change(action=change.action, names=names)
        else:
            changes.append(change)
    # Totals are repeated in every part; the later one is the newer.
    return replace(after, notes=before.notes + after.notes, changes=tuple(changes))
