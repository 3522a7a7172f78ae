"""What a check of an airport has to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.frame import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong.

    Attributes:
        rule: short stable name of the rule.
        element: id of what breaks it.
        message: one sentence with value, limit and unit.
        place: where, in the frame; ``None`` where the element itself says it.
    """

    rule: str
    element: str
    message: str
    place: Point | None = None


def finding(rule: str, element: str, message: str, place: Point | None = None) -> Finding:
    """Make a finding."""
    return Finding(rule=rule, element=element, message=message, place=place)


Rule = tuple[tuple[str, ...], Callable[[Airport], Iterable[Finding]]]
"""A function that looks for what breaks rules, with the names of these rules."""
