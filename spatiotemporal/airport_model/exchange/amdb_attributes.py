"""Attributes of aerodrome mapping databases (DO-272 / ED-99, short names) under the project's names.

Numbers of their lists are read where they decide something: the direction of a line (``direc``) and what
a structure is (``plysttyp``). A wing span that a line takes is its size letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from spatiotemporal.airport_model.size_codes import SIZE_CODES

_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "threshold": ("idthr", "idrwy"),
        "taxi_line": ("idlin",),
        "hold_line": ("idlin",),
        "stand": ("idstd",),
        "stand_location": ("idstd",),
        "stand_line": ("idstd",),
    }
)
_OTHER_NAMES = ("idrwy", "idthr", "idlin", "idapron", "idbase", "ident", "idhot", "station")
"""What carries a feature's designator, the first that is there; by layer where that is told."""

_SAME: Mapping[str, str] = MappingProxyType(
    {
        "idstd": "number",
        "brngtrue": "bearing_true_deg",
        "width": "width_m",
        "length": "length_m",
        "height": "height_m",
    }
)
_LINES = ("taxi_line", "taxi_edge", "stand_line")
_ONE_WAY: Mapping[object, object] = MappingProxyType({0: False, 1: True, 2: "-1"})
_USES: Mapping[object, str] = MappingProxyType({1: "terminal", 2: "hangar", 3: "tower", 5: "tank"})


def project_attributes(told: Mapping[str, Any], layer: str) -> dict[str, Any]:
    """Attributes with the project's names beside those of mapping databases.

    >>> project_attributes({"idrwy": "18R/36L"}, "runway")["designator"]
    '18R/36L'
    >>> project_attributes({"idlin": "A", "wingspan": 36.0, "direc": 2}, "taxi_line")["max_code"]
    'C'
    """
    theirs = {key.lower(): value for key, value in told.items() if value not in (None, "")}
    made = dict(told)
    for name, ours in _SAME.items():
        if name in theirs and not told.get(ours):
            made[ours] = theirs[name]
    more = _more(theirs, layer).items()
    return made | {name: value for name, value in more if value is not None and not told.get(name)}


def _more(theirs: Mapping[str, Any], layer: str) -> dict[str, Any]:
    """What follows from an attribute in some layers."""
    named = (theirs[key] for key in _NAMES.get(layer, _OTHER_NAMES) if key in theirs)
    made = {"designator": next(named, None)}
    if layer == "threshold":
        made["runway"] = theirs.get("idrwy")
    if layer in _LINES:
        made["max_code"] = _letter(theirs.get("wingspan"))
        made["one_way"] = _of(_ONE_WAY, theirs.get("direc"))
    if layer == "building":
        made["use"] = _of(_USES, theirs.get("plysttyp"))
    return made


def _of(table: Mapping[object, Any], value: object) -> Any:
    return table.get(value) if isinstance(value, int | float) else None


def _letter(span: object) -> str | None:
    """The size letter whose limit a wing span keeps; none for what is no span."""
    if not isinstance(span, int | float) or span <= 0:
        return None
    return next((one.letter for one in SIZE_CODES.values() if span <= one.span_limit_m), None)
