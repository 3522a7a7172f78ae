"""What a pavement (row 110) is: the format has one word for aprons, taxiways, roads and even roofs.

Editors without objects draw the footprints of buildings as pavement and name them so. A pavement
is taken for a building only when its whole name says so, no aircraft stands on it and no taxi line
crosses it. Layer and kind are a reading, and every feature says so in ``kind_from``.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

_BUILDING = re.compile(
    r"^(terminal|hangar|service building|building|tank|tower|control tower|fire station)"
    r"\s*[\divx]*[a-z]?$",
    re.IGNORECASE,
)
_USES = {
    "terminal": "terminal", "hangar": "hangar", "tank": "tank", "tower": "tower",
    "control tower": "tower",
}  # fmt: skip
_ROAD = re.compile(r"\b(road|street|driveway)\b|车道|公路", re.IGNORECASE)
_WORDS = ["terminal", "hangar", "building", "tank", "tower", "service", "station"]
_ALIKE = 0.8
"""A misspelt word counts when this much of it is right (``Hnagar``)."""


def building_use(name: str) -> str:
    """Use of a building that a pavement's name stands for; "" when it stands for none.

    >>> building_use("Hnagar 5"), building_use("Terminal 2"), building_use("Terminal 2 apron")
    ('hangar', 'terminal', '')
    """
    words = [_right(word) for word in name.lower().split()]
    found = _BUILDING.match(" ".join(words))
    return _USES.get(found.group(1), "service") if found else ""


def _right(word: str) -> str:
    return next(iter(get_close_matches(word, _WORDS, n=1, cutoff=_ALIKE)), word)


def pavement_layer(name: str, *, stands: int) -> tuple[str, str]:
    """Layer of a pavement that is none of a building, and what the layer was read from."""
    if stands:
        return "apron", "stands on it"
    if _ROAD.search(name):
        return "road_area", "name"
    if re.search(r"apron|ramp|机坪", name, re.IGNORECASE):
        return "apron", "name"
    return "taxiway", "no stands on it"
