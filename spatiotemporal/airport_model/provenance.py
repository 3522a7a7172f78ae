"""What every element says about itself: its name in two languages, the source of its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Quality = Literal["declared", "estimate", "derived"]
"""``declared``: published by the operator or the state; ``estimate``: read off pictures or
descriptions; ``derived``: computed from other elements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a figure comes from, how good it is and since when it holds."""

    source: str
    quality: Quality
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name in both languages of the screens."""

    zh: str
    en: str
