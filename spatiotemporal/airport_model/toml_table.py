"""A TOML table that is being read: typed access by key, and faults that name file and key.

Every key must be asked for: :meth:`TomlTable.close` refuses what is left, so that a misspelt key
is a fault and not a silent default.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar, overload

from spatiotemporal.airport_model.errors import DescriptionFault
from spatiotemporal.airport_model.frame import Point

T = TypeVar("T")


class TomlTable:
    """One table, with the file and the path it came from."""

    def __init__(self, values: Mapping[str, object], *, file: str, path: str = "") -> None:
        self._values = dict(values)
        self.file, self.path = file, path

    def fault(self, key: str, reason: str) -> DescriptionFault:
        """The exception for something wrong at ``key``."""
        return DescriptionFault(self.file, self._at(key), reason)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _take(self, key: str, kinds: tuple[type, ...], what: str) -> object:
        if key not in self._values:
            raise self.fault(key, f"missing; expected {what}")
        value = self._values.pop(key)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.fault(key, f"found {value!r}; expected {what}")
        return value

    @overload
    def text(self, key: str) -> str: ...
    @overload
    def text(self, key: str, default: T) -> str | T: ...
    def text(self, key: str, default: object = ...) -> object:
        """A non-empty string."""
        if default is not ... and key not in self._values:
            return default
        value = self._take(key, (str,), "text")
        if not value:
            raise self.fault(key, "is empty")
        return value

    @overload
    def number(self, key: str) -> float: ...
    @overload
    def number(self, key: str, default: float) -> float: ...
    def number(self, key: str, default: float | None = None) -> float:
        """An integer or a decimal number."""
        if default is not None and key not in self._values:
            return default
        value = float(str(self._take(key, (int, float), "a number")))
        if not math.isfinite(value):
            raise self.fault(key, f"found {value}; expected a finite number")
        return value

    def within(self, key: str, most: float) -> float:
        """A number that is no farther from zero than ``most``."""
        value = self.number(key)
        if abs(value) > most:
            raise self.fault(key, f"found {value:g}; expected a number from {-most:g} to {most:g}")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number; a decimal point with nothing behind it is let pass."""
        value = self.number(key) if default is None else self.number(key, default)
        if value != int(value):
            raise self.fault(key, f"found {value:g}; expected a whole number")
        return int(value)

    def positive(self, key: str, default: float | None = None) -> float:
        """A number above zero."""
        value = self.number(key) if default is None else self.number(key, default)
        if value <= 0:
            raise self.fault(key, f"found {value:g}; expected a number above 0")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """``true`` or ``false``."""
        if key not in self._values:
            return default
        return bool(self._take(key, (bool,), "true or false"))

    def day(self, key: str, default: date | None = None) -> date:
        """A date written as TOML has it, 2026-01-31."""
        if default is not None and key not in self._values:
            return default
        value = self._take(key, (date,), "a date such as 2026-01-31")
        assert isinstance(value, date)
        return value

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of a few words."""
        value = self.text(key, default) if default is not None else self.text(key)
        if value not in allowed:
            raise self.fault(key, f"found {value!r}; expected one of {', '.join(allowed)}")
        return value

    def items(self, key: str, default: tuple[object, ...] | None = None) -> list[object]:
        """A list of anything."""
        if default is not None and key not in self._values:
            return list(default)
        value = self._take(key, (list,), "a list")
        assert isinstance(value, list)
        return value

    def numbers(self, key: str, count: int) -> tuple[float, ...]:
        """A list of exactly ``count`` numbers."""
        values = self.items(key)
        if len(values) != count or not all(_is_number(value) for value in values):
            raise self.fault(key, f"found {values!r}; expected {count} numbers")
        return tuple(float(str(value)) for value in values)

    def point(self, key: str) -> Point:
        """``[x, y]``, metres in the frame."""
        x, y = self.numbers(key, 2)
        return x, y

    def points(self, key: str, *, least: int = 2) -> tuple[Point, ...]:
        """``[[x, y], ...]``."""
        found: list[Point] = []
        for index, value in enumerate(self.items(key)):
            if not isinstance(value, list) or len(value) != 2 or not all(map(_is_number, value)):
                raise self.fault(f"{key}[{index}]", f"found {value!r}; expected [x, y] in metres")
            found.append((float(value[0]), float(value[1])))
        if len(found) < least:
            raise self.fault(key, f"found {len(found)} points; expected at least {least}")
        return tuple(found)

    def table(self, key: str, *, optional: bool = False) -> TomlTable:
        """A table below this one."""
        if optional and key not in self._values:
            return TomlTable({}, file=self.file, path=self._at(key))
        value = self._take(key, (dict,), "a table")
        assert isinstance(value, dict)
        return TomlTable(value, file=self.file, path=self._at(key))

    def tables(self, key: str) -> Iterator[TomlTable]:
        """The tables of ``[[key]]``; none when the key is absent."""
        for index, value in enumerate(self.items(key, ())):
            place = f"{self._at(key)}[{index}]"
            if not isinstance(value, dict):
                raise DescriptionFault(self.file, place, f"found {value!r}; expected a table")
            yield TomlTable(value, file=self.file, path=place)

    def having(self, key: str, value: object) -> TomlTable:
        """This table with one key put back, for a reader that wants to see it too."""
        self._values[key] = value
        return self

    def names(self) -> list[str]:
        """Keys not taken yet, in the file's order."""
        return list(self._values)

    def close(self) -> None:
        """Refuse keys that nobody asked for."""
        if self._values:
            key = next(iter(self._values))
            raise self.fault(key, "unknown key")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
