"""Records of a schedule file, read and written.

A record that is all as the standard asks is taken apart by one pattern. Only where that pattern does
not fit is each field looked at by itself, to name it and its byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from airport_brain.operations.formats.ssim import fields as layout
from airport_brain.operations.formats.ssim.fields import LENGTH, Field
from airport_brain.operations.formats.ssim.records import (
    Carrier,
    Filler,
    FlightLeg,
    Header,
    Kept,
    Record,
    Segment,
    Trailer,
)
from airport_brain.operations.formats.text_reading import TextReading, printable
from service_bus import Malformed

Place: TypeAlias = Callable[[int], str]
"""A byte of the record, from 1, to its place in the original."""

ZEROS: Final = "0" * LENGTH
"""A record that only fills a block."""

MOST_SHARED: Final = 256
"""Values of one field that are kept to be shared by the records that say the same."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """A record type ready to use; ``readers`` are ``(group, name, read)`` of fields that are kept."""

    make: Callable[..., Record]
    fields: tuple[Field, ...]
    whole: re.Pattern[str]
    single: tuple[re.Pattern[str], ...]
    names: tuple[str, ...]


def _prepare(record_type: str, make: Callable[..., Record], fields: list[Field]) -> _Layout:
    return _Layout(
        make=make,
        fields=tuple(fields),
        whole=layout.record_pattern(record_type, fields),
        single=tuple(re.compile(layout.field_pattern(f), re.ASCII) for f in fields),
        names=tuple(f.name for f in fields if f.name),
    )


_LAYOUTS: Final[Mapping[str, _Layout]] = MappingProxyType(
    {
        "1": _prepare("1", Header, layout.HEADER),
        "2": _prepare("2", Carrier, layout.CARRIER),
        "3": _prepare("3", FlightLeg, layout.FLIGHT_LEG),
        "4": _prepare("4", Segment, layout.SEGMENT),
        "5": _prepare("5", Trailer, layout.TRAILER),
    }
)
_TYPES: Final[Mapping[type, str]] = MappingProxyType(
    {Header: "1", Carrier: "2", FlightLeg: "3", Segment: "4", Trailer: "5"}
)


class _Shared(dict[str, Any]):
    """Values by the text they were read from: the same text gives the same object."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        value = self._read(text)
        if len(self) < MOST_SHARED:
            self[text] = value
        return value


class RecordReader:
    """Reads records of one file; two-digit years are those nearest to the reference."""

    def __init__(self, reading: TextReading, reference: datetime) -> None:
        self._reading = reading
        self._year = reference.year
        self._kept: dict[Kept, Kept] = {}
        self._day = lru_cache(maxsize=1024)(self._dated)
        self._readers = {
            kind: [
                (index, field.name, _Shared(self._read_of(field)))
                for index, field in enumerate(prepared.fields)
                if field.name
            ]
            for kind, prepared in _LAYOUTS.items()
        }

    def read(self, text: str, place: Place) -> Record | None:
        """Read one record of 200 characters; ``None`` for a record of zeros.

        Raises:
            Malformed: an unknown type, or an essential field that cannot be read.
        """
        if text == ZEROS:
            return None
        prepared = _LAYOUTS.get(text[:1])
        if prepared is None:
            raise self._fault(
                place(1), "record-type", "no such record type", "record type", text[:1], "1 to 5"
            )
        if match := prepared.whole.fullmatch(text):
            groups = match.groups()
            try:
                return prepared.make(
                    **{name: read[groups[at]] for at, name, read in self._readers[text[0]]}
                )
            except ValueError:
                pass
        return self._field_by_field(prepared, text, place)

    def _read_of(self, field: Field) -> Callable[[str], Any]:
        return self._day if field.kind.dated else field.kind.read

    def _dated(self, text: str) -> date | None:
        parts = layout._date(text)
        if parts is None:
            return None
        day, month, year = parts
        # The century that puts the year nearest to the reference.
        around = self._year - (self._year - year) % 100
        return date(around if self._year - around <= 50 else around + 100, month, day)

    def _field_by_field(self, prepared: _Layout, text: str, place: Place) -> Record:
        values: dict[str, Any] = {}
        kept: list[tuple[int, str]] = []
        shared = {name: read for _, name, read in self._readers[text[0]]}
        for field, pattern in zip(prepared.fields, prepared.single, strict=True):
            raw = text[field.first - 1 : field.last]
            if pattern.fullmatch(raw):
                try:
                    value = shared[field.name][raw] if field.name else None
                except ValueError:
                    pass
                else:
                    if field.name:
                        values[field.name] = value
                    continue
            value = self._odd(field, raw, place, kept)
            if field.name:
                values[field.name] = value
        what_is_kept = tuple(kept)
        if len(self._kept) < MOST_SHARED:
            what_is_kept = self._kept.setdefault(what_is_kept, what_is_kept)
        made = prepared.make(**values, kept=what_is_kept)
        return made

    def _odd(self, field: Field, raw: str, place: Place, kept: list[tuple[int, str]]) -> Any:
        """The value of a field that is not as the standard asks."""
        kind, at = field.kind, place(field.first)
        lenient = kind.lenient
        if field.essential and (self._reading.strict or lenient is None):
            raise self._fault(
                at, "wrong-form", "the field cannot be read", field.title, raw, kind.expected
            )
        value: Any = None
        if lenient is not None:
            try:
                value = lenient(raw)
            except ValueError:
                raise self._fault(
                    at, "wrong-form", "the field cannot be read", field.title, raw, kind.expected
                ) from None
        elif field.name and kind.is_text:
            value = kind.read(raw)
        self._reading.notice(
            at,
            "spare-not-blank" if not field.name else "odd-form",
            field.title,
            f"{printable(raw)!r} is not {kind.expected}; kept",
        )
        if not (field.name and kind.is_text and lenient is None):
            kept.append((field.first, raw))
        return value

    def _fault(
        self, place: str, code: str, reason: str, field: str, found: str, expected: str
    ) -> Malformed:
        return Malformed(
            self._reading.format,
            reason,
            field=field,
            position=place,
            found=printable(found),
            expected=expected,
            code=f"{self._reading.format}-{code}",
        )


def write(record: Record) -> list[str]:
    """The records of 200 characters for one record; a filler may be several.

    Raises:
        ValueError: a value does not fit into its field.
    """
    if isinstance(record, Filler):
        return [ZEROS] * record.count
    record_type = _TYPES[type(record)]
    parts = [record_type]
    for field in _LAYOUTS[record_type].fields:
        value = getattr(record, field.name) if field.name else ""
        text = field.kind.write(value, field.width)
        if len(text) != field.width:
            raise ValueError(f"{field.title} {value!r} does not fit into {field.width} bytes")
        parts.append(text)
    return [_overlaid("".join(parts), record.kept)]


def _overlaid(text: str, kept: Kept) -> str:
    for first, raw in kept:
        text = text[: first - 1] + raw + text[first - 1 + len(raw) :]
    return text
