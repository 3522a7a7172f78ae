"""The variable field of a leg: conditional items by their sizes, then the carrier's own text.

Fields whose sizes agree with the text are read here; ``odd_field`` reads the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from passenger_id.formats.bcbp.items import LEG, REPEATED, UNIQUE, by_length, whole
from passenger_id.formats.bcbp.making import maker
from passenger_id.formats.bcbp.passes import RepeatedItems, UniqueItems, Written
from passenger_id.formats.day_of_year import last_in_decade

SIZES: Final[Mapping[str, int]] = {f"{size:02X}": size for size in range(0x100)}
"""What two hexadecimal digits say; a look-up, as every pass has several."""

_VERSIONS: Final = frozenset("12345678")
NEXT_LEG: Final = re.compile(whole(LEG) + "[0-9A-F]{2}", re.ASCII)

_UNIQUE: Final = by_length(UNIQUE)
_REPEATED: Final = by_length(REPEATED)
_ISSUE: Final = re.compile(r"\d{4}", re.ASCII)
_ISSUE_INDEX: Final = [item.name for item in UNIQUE].index("date_of_issue_of_boarding_pass")
_make_unique: Final = maker(UniqueItems)
_make_repeated: Final = maker(RepeatedItems)
_LEFT_OUT: Final = tuple((None,) * count for count in range(len(REPEATED) + 1))


class Variable(NamedTuple):
    """What a variable field held, and the offset after it."""

    end: int
    unique: UniqueItems | None = None
    repeated: RepeatedItems | None = None
    airline_individual_use: str = ""
    written: Written | None = None


def plain_field(
    text: str, start: int, size: str, *, first: bool, last: bool, today: date
) -> Variable | None:
    """The field of ``size`` characters at ``start``; ``None`` if anything about it is odd."""
    length = SIZES.get(size)
    if length is None or not _ends_well(text, start + length, last):
        return None
    end = start + length
    if end == start:
        return Variable(end)
    at, unique = start, None
    if first:
        unique, at = _unique(text, start, end, today)
        if unique is None:
            return None
    length = SIZES.get(text[at : at + 2])
    if length is None:
        return None
    at += 2
    after = at + length
    own = text[after:end]
    if after > end or not (repeated := _repeated(text, at, after)) or not own.isprintable():
        return None
    return Variable(end, unique, repeated, own)


def _ends_well(text: str, end: int, last: bool) -> bool:
    if last:
        return end == len(text) or (end < len(text) and text[end] == "^")
    return bool(NEXT_LEG.match(text, end))


def _unique(text: str, start: int, end: int, today: date) -> tuple[UniqueItems | None, int]:
    length = SIZES.get(text[start + 2 : start + 4])
    version = text[start + 1 : start + 2]
    if length is None or text[start] != ">" or version not in _VERSIONS:
        return None, start
    at = start + 4
    after = at + length
    pattern = _UNIQUE.get(length)
    if after > end or not pattern or not (match := pattern.match(text, at)):
        return None, start
    # The patterns allow no white space but blanks, so the plain ``rstrip`` takes padding only.
    values = tuple(map(str.rstrip, match.groups()))
    issued = issue_date(values[_ISSUE_INDEX], today) if len(values) > _ISSUE_INDEX else None
    return (
        _make_unique((version, *values, *_LEFT_OUT[len(UNIQUE) - len(values)], "", issued)),
        after,
    )


def _repeated(text: str, at: int, after: int) -> RepeatedItems | None:
    pattern = _REPEATED.get(after - at)
    if not pattern or not (match := pattern.match(text, at)):
        return None
    values = tuple(map(str.rstrip, match.groups()))
    return _make_repeated((*values, *_LEFT_OUT[len(REPEATED) - len(values)], ""))


def issue_date(value: str | None, today: date) -> date | None:
    """A date of issue with its year; ``None`` where it is blank, absent or no date."""
    if not value or not _ISSUE.fullmatch(value):
        return None
    return last_in_decade(int(value[0]), int(value[1:]), today)
