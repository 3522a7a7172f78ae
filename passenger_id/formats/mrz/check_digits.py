"""The check digit of ICAO Doc 9303 part 3, and nothing else."""

from __future__ import annotations

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES: Final = {letter: value for value, letter in enumerate(ALPHABET)} | {"<": 0}
_WEIGHTS: Final = (7, 3, 1)


def check_digit(text: str) -> str:
    """The digit for a text of capitals, digits and fillers.

    >>> check_digit("520727")
    '3'
    >>> check_digit("AB2134<<<")
    '5'

    Raises:
        KeyError: a character outside the alphabet.
    """
    return str(sum(_VALUES[letter] * _WEIGHTS[i % 3] for i, letter in enumerate(text)) % 10)
