"""Wire formats as the command line reads them: bytes in, plain objects out.

Dates without a year are taken as near today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

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
from service_bus import Mode, utc_now

Decoder = Callable[[bytes], list[dict[str, object]]]


class _Dated(Protocol):
    """A reader that needs a moment to resolve dates by."""

    def __call__(self, data: bytes, *, mode: Mode = ..., reference: datetime) -> Iterable[Any]: ...


def _dated(parse: _Dated) -> Decoder:
    def decode(data: bytes) -> list[dict[str, object]]:
        return [_plain(message) for message in parse(data, reference=utc_now())]

    return decode


class _Undated(Protocol):
    """A reader of a format that says its dates in full."""

    def __call__(self, data: bytes, *, mode: Mode = ...) -> Iterable[Any]: ...


def _undated(parse: _Undated) -> Decoder:
    def decode(data: bytes) -> list[dict[str, object]]:
        return [_plain(message) for message in parse(data)]

    return decode


def _plain(message: Any) -> dict[str, object]:
    fields: dict[str, object] = asdict(message)
    fields.pop("original", None)
    fields.pop("layout", None)
    return fields


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
