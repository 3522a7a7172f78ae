"""Wire formats as the command line reads them: bytes in, plain objects out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType

from cargo_platform.formats import fsu
from service_bus import utc_now


def decode_fsu(data: bytes) -> list[dict[str, object]]:
    """Cargo-IMP status messages; dates without a year are taken as near today."""
    return _plain(fsu.parse(data, reference=utc_now()))


def _plain(messages: list[fsu.Message]) -> list[dict[str, object]]:
    plain = []
    for message in messages:
        fields = asdict(message)
        del fields["original"]
        plain.append(fields)
    return plain


DECODERS: Mapping[str, Callable[[bytes], list[dict[str, object]]]] = MappingProxyType(
    {"fsu": decode_fsu}
)
