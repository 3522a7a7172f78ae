"""Wire formats as the command line reads them: bytes in, plain objects out.

Dates without a year are taken as near today.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Protocol

from cargo_platform.formats import (
    fbl,
    ffm,
    fhl,
    fna,
    fsr,
    fsu,
    fwb,
    mt,
    one_record,
    xffm,
    xfhl,
    xfsu,
    xfwb,
    xfzb,
)
from service_bus import Decoder, Mode, Recogniser, utc_now

_NOT_SHOWN: Final = frozenset({"original", "layout"})
"""Fields that say nothing beside the others."""


class _Dated(Protocol):
    """A reader that needs a moment to resolve dates by."""

    def __call__(self, data: bytes, *, mode: Mode = ..., reference: datetime) -> Iterable[Any]: ...


class _Undated(Protocol):
    """A reader of a format that says its dates in full."""

    def __call__(self, data: bytes, *, mode: Mode = ...) -> Iterable[Any]: ...


def _dated(parse: _Dated) -> Decoder:
    def decode(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
        return [_object(one) for one in parse(data, mode=mode, reference=utc_now())]

    return decode


def _undated(parse: _Undated) -> Decoder:
    """Decoder of a format whose messages have many elements, of which those missing are left out."""

    def decode(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
        return [_object(one, brief=True) for one in parse(data, mode=mode)]

    return decode


def _object(message: Any, *, brief: bool = False) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name in _shown(type(message)):
        value = getattr(message, name)
        if not (brief and (value is None or (value == () and name != "notices"))):
            fields[name] = _plain(value, brief)
    return fields


def _plain(value: object, brief: bool) -> object:
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple):
        return [_plain(one, brief) for one in value]
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return _object(value, brief=brief) if _shown(kind) else value


_AS_THEY_ARE: Final = frozenset({str, int, bool, type(None)})
_names: Final[dict[type, tuple[str, ...]]] = {}
"""Names of shown fields by class, as they were looked up; none for what is no dataclass."""


def _shown(kind: type) -> tuple[str, ...]:
    found = _names.get(kind)
    if found is None:
        every = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
        found = _names[kind] = tuple(one.name for one in every if one.name not in _NOT_SHOWN)
    return found


DECODERS: Mapping[str, Decoder] = MappingProxyType(
    {
        fsu.FORMAT: _dated(fsu.parse),
        fsr.FORMAT: _dated(fsr.parse),
        fwb.FORMAT: _dated(fwb.parse),
        fhl.FORMAT: _dated(fhl.parse),
        ffm.FORMAT: _dated(ffm.parse),
        fbl.FORMAT: _dated(fbl.parse),
        fna.FORMAT: _dated(fna.parse),
        xfwb.FORMAT: _undated(xfwb.parse),
        xfzb.FORMAT: _undated(xfzb.parse),
        xfhl.FORMAT: _undated(xfhl.parse),
        xffm.FORMAT: _undated(xffm.parse),
        xfsu.FORMAT: _undated(xfsu.parse),
        mt.FORMAT: _undated(mt.parse),
        one_record.FORMAT: _undated(one_record.parse),
    }
)
"""Reader of each format by name."""

RECOGNISERS: Mapping[str, Recogniser] = MappingProxyType(
    {
        module.FORMAT: module.recognise
        for module in (fsu, fsr, fwb, fhl, ffm, fbl, fna, xfwb, xfzb, xfhl, xffm, xfsu, mt, one_record)
    }
)  # fmt: skip
"""How sure each format is of some bytes, by name."""
