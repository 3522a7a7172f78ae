"""Numbers of runways as they are painted: read out of texts, and turned round."""

from __future__ import annotations

import re

_PART = re.compile(r"(?<![0-9A-Z])\d{1,2} ?[LRCSGWU]?(?![0-9A-Z])", re.IGNORECASE)
_WORD = re.compile(r"\b(?:runway|rwy|rw)", re.IGNORECASE)
_OTHER_SIDE = {"L": "R", "R": "L"}


def designators(text: str) -> tuple[str, ...]:
    """Runway numbers in a text, with two digits.

    >>> designators("RWY9L/27R"), designators("36R.18L"), designators("H1")
    (('09L', '27R'), ('36R', '18L'), ())
    """
    found = (part.replace(" ", "").upper() for part in _PART.findall(_WORD.sub(" ", text)))
    return tuple(part.zfill(2 if part.isdecimal() else 3) for part in found)


def opposite(designator: str) -> str:
    """The number of the other direction.

    >>> opposite("09L"), opposite("36")
    ('27R', '18')
    """
    digits = designator[:2]
    side = designator[2:]
    return f"{(int(digits) + 17) % 36 + 1:02d}{_OTHER_SIDE.get(side, side)}"
