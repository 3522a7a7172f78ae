"""How the detector is trained: every number of the recipe, and the seeds that may be learnt from.

Films are numbered. Those of the training and of the choices (thresholds, dwell times) end below
``HELD_BACK``; films from there on were never drawn for either and are for measuring alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEARNT_FROM: Final = range(100_000, 200_000)
"""Seeds of films that training may draw."""

CHOSEN_ON: Final = range(200_000, 200_024)
"""Seeds on which thresholds and dwell times were chosen."""

HELD_BACK: Final = range(910_000, 910_040)
"""Seeds that figures are told of; 900,000 to 900,013 were those of the first version's figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One training.

    Attributes:
        films: rendered, from the first seed on.
        moments: of each film.
        epochs: times that every tile would be seen until the learning rate is down.
        until: epochs that are done.
        settles: tiles over which the exported weights get the statistics of their normalisations.
        batch: tiles at once.
        rate: highest learning rate.
        warm: share of the steps in which the rate rises.
        decay: of weights.
        keeps: of the running mean of the weights, which is what is exported.
        quality: of the JPEG that tiles are kept as, as a camera's stream has it.
    """

    films: int = 300
    moments: int = 6
    epochs: int = 5
    until: int = 5
    settles: int = 480
    batch: int = 8
    rate: float = 2e-3
    warm: float = 0.05
    decay: float = 5e-4
    keeps: float = 0.998
    quality: int = 90


RECIPE: Final = Recipe()
SMALL: Final = Recipe(films=2, moments=2, epochs=1, until=1, batch=4, settles=12)
"""For a look whether training runs at all."""
