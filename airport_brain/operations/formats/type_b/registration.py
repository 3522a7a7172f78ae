"""The aircraft registration as movement and load messages write it."""

from __future__ import annotations

import re
from typing import Final

from airport_brain.operations.formats.text_reading import Line, TextReading

_REGISTRATION: Final = re.compile(r"[A-Z0-9-]{2,10}", re.ASCII)
_NOT_GIVEN: Final = re.compile(r"\?{0,10}", re.ASCII)


def registration(word: Line, reading: TextReading) -> str:
    """Read an aircraft registration, usually without its dash; empty when the sender did not know it.

    Some systems put question marks for a registration that is not known yet.

    Raises:
        Malformed: not letters, digits and dash.
    """
    if _NOT_GIVEN.fullmatch(word.text):
        reading.notice(word, "registration-missing", "aircraft registration", "none is given")
        return ""
    if not _REGISTRATION.fullmatch(word.text):
        raise reading.fault(
            word,
            "registration",
            "not a registration",
            field="aircraft registration",
            expected="e.g. B1234",
        )
    return word.text
