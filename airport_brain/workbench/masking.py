"""A message as a test case: what it says of people masked, everything else as it is.

Each letter becomes another of its kind (``X``, ``x``, ``某``), each digit ``0``, so that lengths and
layout stay. Dates of birth become one that exists, identity numbers the one that the standard prints.
Values are masked wherever they stand in the original, also where no field names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from airport_brain.workbench.errors import Unmaskable
from airport_brain.workbench.plain_json import Path, leaves
from airport_brain.workbench.reading import Reading
from airport_brain.workbench.written import forms

SHORTEST: Final = 2
"""Characters of a value from which it is masked everywhere, not only in its own place."""
SHORT: Final = 3
"""Characters up to which that is done where it stands as a word of its own."""

_DATES: Final = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "1980-01-01"),
    (re.compile(r"(?:19|20)\d{6}"), "19800101"),
    (re.compile(r"\d{6}"), "800101"),
    (re.compile(r"\d\d[A-Z]{3}\d\d"), "01JAN80"),
    (re.compile(r"\d\d[A-Z]{3}\d{4}"), "01JAN1980"),
)
_RESIDENT: Final = re.compile(r"\d{17}[\dXx]")
_EXAMPLE: Final = "11010519491231002X"
"""The number that GB 11643 explains itself with."""


def masked(reading: Reading) -> bytes:
    """The original with people's names, numbers and documents masked; of the same length.

    Raises:
        Unmaskable: it could not be read, so that nobody knows where people are named in it.
    """
    if not reading.format or reading.error is not None:
        raise Unmaskable(reading.error.en if reading.error else "")
    data = bytearray(reading.octets)
    values = dict(leaves(reading.messages))
    # The whole of a number is masked after its parts, so that it stays a whole.
    for start, end, is_birth in sorted(_spans(reading, values), key=lambda one: one[1] - one[0]):
        written = reading.octets[start:end]
        text = written.decode("utf-8", "replace")
        mask = _masked_text(text, is_birth).encode("utf-8")
        if len(mask) == len(written):
            data[start:end] = mask
    return bytes(data)


def _spans(reading: Reading, values: dict[Path, Any]) -> Iterator[tuple[int, int, bool]]:
    for place in reading.places:
        if place.path in reading.personal:
            yield place.start, place.end, _is_birth(place.path)
    values_of_people = {
        (text, _is_birth(path))
        for path in reading.personal
        for text in forms(values.get(path))
        if len(text) >= SHORTEST
    }
    for text, is_birth in values_of_people:
        for start, end in _everywhere(reading.octets, text):
            yield start, end, is_birth


def _everywhere(data: bytes, text: str) -> Iterator[tuple[int, int]]:
    wanted = re.escape(text.encode("utf-8"))
    if len(text) <= SHORT:
        wanted = rb"(?<![0-9A-Za-z])" + wanted + rb"(?![0-9A-Za-z])"
    for found in re.finditer(wanted, data):
        yield found.span()


def _is_birth(path: Path) -> bool:
    return "birth" in str(path[-1])


def _masked_text(text: str, is_birth: bool) -> str:
    if is_birth:
        for pattern, instead in _DATES:
            if pattern.fullmatch(text):
                return instead
    if _RESIDENT.fullmatch(text):
        return _EXAMPLE
    return "".join(map(_masked_letter, text))


def _masked_letter(letter: str) -> str:
    if letter.isdigit():
        return "0" if letter.isascii() else letter
    if not letter.isalpha():
        return letter
    if letter.isascii():
        return "X" if letter.isupper() else "x"
    return {2: "ß", 3: "某"}.get(len(letter.encode("utf-8")), letter)
