"""What a check of an airport has to say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong.

    Attributes:
        rule: short stable name of the rule.
        element: id of what breaks it.
        message: one sentence with value, limit and unit.
    """

    rule: str
    element: str
    message: str


def finding(rule: str, element: str, message: str) -> Finding:
    """Make a finding."""
    return Finding(rule=rule, element=element, message=message)
