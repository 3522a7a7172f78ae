"""What changes in a plan when something else happens than was planned, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is planned otherwise.

    Attributes:
        what: the stay, flight, slot or tow.
        field: which of its facts.
        before: as planned; empty where it was not planned at all.
        after: as it would be; empty where it is left over.
        because: why.
    """

    what: str
    field: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Two plans side by side.

    Attributes:
        unit: of the costs.
        before: figures of the plan without the changes; ``cost`` is the objective.
        after: the same with them.
        adds: cost after less cost before.
        differences: everything that is planned otherwise.
        seconds: it took.
    """

    unit: str
    before: Mapping[str, float]
    after: Mapping[str, float]
    adds: float
    differences: tuple[Difference, ...]
    seconds: float


def what_if(
    unit: str,
    before: Mapping[str, float],
    after: Mapping[str, float],
    differences: Iterable[Difference],
    seconds: float,
) -> WhatIf:
    """Put two plans side by side; both have a ``cost``."""
    return WhatIf(
        unit=unit,
        before=before,
        after=after,
        adds=after["cost"] - before["cost"],
        differences=tuple(differences),
        seconds=seconds,
    )
