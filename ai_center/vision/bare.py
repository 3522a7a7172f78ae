"""What the detector takes parts of a bare aircraft for.

Nobody serves an aircraft in the seconds in which it comes to rest. What is seen beside it then, and was not
there before it, is a part of it: a nose wheel taken for chocks, an engine for a truck. A part is taken for a
newcomer only when it is seen clearly better than it was on the bare aircraft.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ai_center.vision.detecting import Sighting, alike
from ai_center.vision.happenings import Kind

STEADY: Final = 0.4
"""Share of the frames in which a part must be seen."""

RISE: Final = 0.05
"""By how much better than the bare part a newcomer is seen."""

ALIKE: Final = 0.4

Frame = tuple[float, Sequence[Sighting]]


class Bare:
    """Parts of one aircraft that look like something else."""

    def __init__(self, before: Sequence[Frame], standing: Sequence[Frame]) -> None:
        """Look at an aircraft that has just come to rest.

        Args:
            before: frames before it came.
            standing: frames in which it stood and nobody could be there yet.
        """
        old = [one for _, seen in before for one in seen]
        self._parts = [
            part for part in _steady(standing) if not any(_alike(part, other) for other in old)
        ]

    def without(self, seen: Sequence[Sighting]) -> Sequence[Sighting]:
        """A frame without the parts."""
        return [one for one in seen if not any(self._explains(part, one) for part in self._parts)]

    def _explains(self, part: Sighting, one: Sighting) -> bool:
        return one.score <= part.score + RISE and _alike(part, one)


def _steady(standing: Sequence[Frame]) -> Iterator[Sighting]:
    """Things that stay where they are, each with the best score it has."""
    every = [one for _, seen in standing for one in seen if one.kind != Kind.AIRCRAFT]
    for one in every:
        same = [other for other in every if _alike(one, other)]
        if len(same) >= STEADY * len(standing):
            yield max(same, key=lambda other: other.score)


def _alike(one: Sighting, other: Sighting) -> bool:
    return one.kind == other.kind and alike(one.box, other.box, ALIKE)
