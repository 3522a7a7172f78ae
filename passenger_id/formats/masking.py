"""What a fault may show of a personal field: its shape, never its letters and digits."""

from __future__ import annotations

from typing import Final

SHOWN: Final = 24
"""Characters of a value that a fault shows at most."""

SHOWN_AS_IS: Final = 3
"""Characters up to which a value that should not be personal is shown as it stands: codes are no longer.
Where columns have slipped, any longer one may hold a piece of a name or number."""


def slipped(text: str) -> str:
    """A value of a fixed column that should not be personal, as far as a fault shows it.

    >>> slipped("YUL"), slipped("ZHANG")
    ('YUL', 'XXXXX')
    """
    return text if len(text) <= SHOWN_AS_IS else shape(text)


def shape(text: str) -> str:
    """The pattern of a text: letters as ``x`` or ``X``, digits as ``9``, the rest as it stands.

    >>> shape("K7Q2zp <")
    'X9X9xx <'
    """
    return "".join(_veiled(letter) for letter in text[:SHOWN])


def shortened(text: str) -> str:
    """A value that is not personal, as far as a fault shows it.

    >>> shortened("YUL")
    'YUL'
    """
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _veiled(letter: str) -> str:
    if letter.isdigit():
        return "9"
    if letter.isalpha():
        return "x" if letter.islower() else "X"
    return letter
