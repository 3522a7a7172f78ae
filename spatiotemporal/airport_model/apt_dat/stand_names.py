"""Splits the free names of stands into apron and number."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?:^|[\s#./-])((?=[A-Z0-9-]*\d)[A-Z]{0,3}\d[A-Z0-9]{0,5})$", re.IGNORECASE)
_WORDS = re.compile(r"\b(?:stand|gate|ramp|parking|position|spot|pad|bay)\b\.?$", re.IGNORECASE)
_TRIMMED = " \t-–/,:#."


def split(name: str) -> tuple[str, str]:
    """Apron and number; an empty number when the name ends in none.

    >>> split("Remote Apron 6 - Stand 604A")
    ('Remote Apron 6', '604A')
    >>> split("Terminal 2 - Gate 221"), split("Gate B12"), split("Ramp start")
    (('Terminal 2', '221'), ('', 'B12'), ('Ramp start', ''))
    """
    text = " ".join(name.split())
    found = _NUMBER.search(text)
    if found is None:
        return text, ""
    before = text[: found.start(1)].rstrip(_TRIMMED)
    while (shorter := _WORDS.sub("", before).rstrip(_TRIMMED)) != before:
        before = shorter
    return before, found.group(1).upper()
