"""Words of a figure: what is measured, in both languages, and whether a rule is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in both languages of the screens."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something that is counted or timed in every case.

    Attributes:
        name: of the value in what a case gave.
        words: its title.
        unit: of the figure, ``%`` for a share.
        per: name of the measure it is divided by (sum over sum); empty: the mean over the cases.
        shown: whether tables show it; what only divides others is not.
        counted: a share of things counted one by one, as people or alerts are.
    """

    name: str
    words: Words
    unit: str
    per: str = ""
    shown: bool = True
    counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule of a gate, whether it is kept, and what was found."""

    rule: str
    kept: bool
    found: str


def told(value: float, measure: Measure) -> str:
    """A figure as people read it, with its unit.

    >>> cost = Measure(name="c", words=Words(en="cost", zh="成本"), unit="min")
    >>> told(3222696.4, cost), told(0.25, cost)
    ('3,222,696 min', '0.25 min')
    """
    if measure.unit == "%":
        return f"{100 * value:.2f} %"
    size = abs(value)
    digits = 0 if size >= 100 or value == round(value) else 1 if size >= 10 else 2
    return f"{value:,.{digits}f} {measure.unit}".strip()
