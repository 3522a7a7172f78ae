"""Attributes in files that have fewer types than GeoJSON: lists as JSON text, short field names.

Shapefiles cut field names after ten characters; the table keeps ours apart and readable, and is
used in both directions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType

SHORT: Mapping[str, str] = MappingProxyType(
    {
        "bearing_true_deg": "bearing",
        "landing_distance_m": "lda_m",
        "displaced_m": "displ_m",
        "pavement_end": "pave_end",
        "span_limit_m": "span_m",
        "paved_width_m": "pavewid_m",
        "speed_limit_mps": "speed_mps",
        "speed_mps": "speed_m_s",
        "full_name": "fullname",
        "valid_from": "valid_from",
        "valid_to": "valid_to",
        "kind_from": "kind_from",
        "zone_name_zh": "zone_zh",
        "zone_name_en": "zone_en",
    }
)
_LONG = {short: name for name, short in SHORT.items()}
FIELD_CHARACTERS = 10


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Field names of at most ten characters, all different.

    >>> short_names(["bearing_true_deg", "designator", "designator_old"])
    {'bearing_true_deg': 'bearing', 'designator': 'designator', 'designator_old': 'designat_1'}
    """
    made: dict[str, str] = {}
    for name in names:
        short = SHORT.get(name, name[:FIELD_CHARACTERS])
        number = 0
        while short in made.values():
            number += 1
            short = f"{name[: FIELD_CHARACTERS - 2]}_{number}"
        made[name] = short
    return made


def long_name(name: str) -> str:
    """The full name of a shortened field."""
    return _LONG.get(name, name)


def flat(value: object) -> object:
    """A value as a table column holds it."""
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def unflat(value: object) -> object:
    """A value of a table column as GeoJSON holds it; what is missing becomes ``None``."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if hasattr(value, "item"):  # a number of numpy
        value = value.item()
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, str) and value[:1] in "[{" and value[-1:] in "]}" and len(value) > 1:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
