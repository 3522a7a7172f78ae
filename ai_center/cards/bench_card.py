"""The card of an algorithm that is measured by a bench: everything an operator must know to trust it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ai_center.cards.page import facts, listing, page, paragraph, section, table, titled
from ai_center.cards.svg import Bar, Line, bars, lines
from ai_center.estimates import Estimate
from ai_center.trials.bench import About, FieldOf, Settings
from ai_center.trials.measures import Check, Measure, told
from ai_center.trials.sheet import Paired, Sheet

MOST_POINTS = 40
MOST_LINES = 3
"""Subjects drawn case by case; more cannot be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchTrial:
    """Everything a card tells beside what the algorithm is.

    Attributes:
        name: of the algorithm.
        version: that was measured.
        settings: that make it.
        seed: of the cases.
        sheet: what every case gave.
        figures: with intervals, by subject and measure.
        against: the comparison with every rival.
        checks: the gate.
        command: reproduces it.
    """

    name: str
    version: str
    settings: Settings
    seed: int
    sheet: Sheet
    figures: Mapping[str, Mapping[str, Estimate]]
    against: Mapping[str, Paired]
    checks: tuple[Check, ...]
    command: str


def render(about: About, trial: BenchTrial) -> str:
    """The card as one HTML document."""
    return page(f"{trial.name} {trial.version}", _sections(about, trial))


def _sections(about: About, trial: BenchTrial) -> Iterator[str]:
    yield titled(trial.name, trial.version, about.words.en, about.words.zh)
    yield section("Question", paragraph(about.question))
    yield section("Signature", *signature(about.takes, about.gives))
    yield section("Figures", *_figures(about, trial))
    yield section("Gate", gate(trial.checks))
    if trial.against:
        yield section("Is the difference real?", _against(about, trial))
    yield section("Case by case", _cases(about, trial))
    yield section("Settings", facts([(name, str(value)) for name, value in trial.settings.items()]))
    yield section("Data", facts(about.data))
    yield section("Split", facts(about.split))
    yield section("When it cannot answer", paragraph(about.fallback))
    yield section("Limits", listing(about.limits))
    yield section("Licence and making", facts([*about.licences, *_making(trial)]))


def signature(takes: tuple[FieldOf, ...], gives: tuple[FieldOf, ...]) -> Iterator[str]:
    """Two tables: what is asked with, what is answered."""
    for caption, fields in (("takes · 输入", takes), ("gives · 输出", gives)):
        rows = [(f.name, f.type, f.unit or "-", f.meaning) for f in fields]
        yield table(("field", "type", "unit", "meaning"), rows, caption=caption, numbers=False)


def gate(checks: tuple[Check, ...]) -> str:
    """A table of rules: kept or not, and what was found."""
    rows = [("✓" if c.kept else "✗", c.rule, c.found) for c in checks]
    kept = all(c.kept for c in checks)
    return table(
        ("", "rule", "found"),
        rows,
        caption="kept · 达标" if kept else "NOT kept: it serves only by force · 未达标",
        numbers=False,
    )


def _figures(about: About, trial: BenchTrial) -> Iterator[str]:
    loss = about.measure(about.loss)
    order = sorted(trial.figures, key=lambda name: _value(trial, name, loss))
    share = 100.0 if loss.unit == "%" else 1.0
    yield bars(
        [
            Bar(
                label=name,
                value=share * found.value,
                low=share * found.low,
                high=share * found.high,
                strong=name == trial.name,
            )
            for name in order
            if (found := trial.figures[name].get(loss.name)) is not None
        ],
        unit=loss.unit,
        title=f"{loss.words.en} · {loss.words.zh}, with 95 % intervals",
    )
    cases = len(trial.sheet.cases)
    shown = [m for m in about.measures if m.shown]
    rows = [(_named(m), *(_cell(trial, name, _bare(m)) for name in order)) for m in shown]
    yield table(
        ("", *order),
        rows,
        caption=f"{cases} case{'s' if cases > 1 else ''}; 95 % intervals from resampled cases; of shares "
        "that were never or always so, from their number",
    )


def _named(measure: Measure) -> str:
    """Both names, and the unit, so that the cells of a row need not repeat it."""
    unit = f", {measure.unit}" if measure.unit not in ("", "%") else ""
    return f"{measure.words.en} · {measure.words.zh}{unit}"


def _bare(measure: Measure) -> Measure:
    return measure if measure.unit == "%" else replace(measure, unit="")


def _value(trial: BenchTrial, subject: str, measure: Measure) -> float:
    found = trial.figures[subject].get(measure.name)
    return found.value if found else float("inf")


def _cell(trial: BenchTrial, subject: str, measure: Measure) -> str:
    found = trial.figures[subject].get(measure.name)
    return "-" if found is None else span(found, measure)


def span(found: Estimate, measure: Measure) -> str:
    """A figure with its interval and unit; one that never varied without."""
    if found.low == found.high == found.value:
        return told(found.value, measure)
    bare = Measure(name="", words=measure.words, unit="%" if measure.unit == "%" else "")
    low, high = (told(v, bare).removesuffix(" %") for v in (found.low, found.high))
    return f"{told(found.value, measure)} [{low}, {high}]"


def _against(about: About, trial: BenchTrial) -> str:
    loss = about.measure(about.loss)
    words = {"first": "better", "second": "worse", "undecided": "not told apart"}
    rows = [
        (
            rival,
            span(found.difference, loss),
            f"{found.wins} of {found.cases}",
            f"{found.chance:.3f}",
            f"{found.sign_chance:.2g}",
            words[found.verdict],
        )
        for rival, found in trial.against.items()
    ]
    return table(
        (
            "compared with",
            f"its {loss.words.en} less ours",
            "ours less in",
            "chance",
            "by signs",
            "ours is",
        ),
        rows,
        caption="paired bootstrap over cases and exact sign test; below 20 cases the signs decide",
    )


def _cases(about: About, trial: BenchTrial) -> str:
    """The loss along the cases; of many cases the mean of neighbours, which is easier to read."""
    loss = about.measure(about.loss)
    subjects = [trial.name, *(name for name in trial.sheet.values if name != trial.name)]
    shown = [name for name in subjects if trial.sheet.has(name, loss)][:MOST_LINES]
    count = len(trial.sheet.cases)
    parts = np.array_split(np.arange(count), min(count, MOST_POINTS))
    share = 100.0 if loss.unit == "%" else 1.0
    series = []
    for name in shown:
        over, under = trial.sheet.picked(name, loss, trial.sheet.cases)
        points = [
            (float(part[0]), share * float(over[part].sum() / max(under[part].sum(), 1e-12)))
            for part in parts
        ]
        series.append(Line(name=name, points=points, dashed=name != trial.name))
    step = max(1, len(parts) // 6)
    labels = [(float(part[0]), trial.sheet.cases[part[0]]) for part in parts[::step]]
    each = "" if len(parts) == count else f", mean of {len(parts[0])} cases"
    return lines(
        series,
        title=f"{loss.words.en} of each case",
        x_name="case",
        y_name=f"{loss.words.en}, {loss.unit}{each}",
        x_labels=labels,
    )


def _making(trial: BenchTrial) -> list[tuple[str, str]]:
    return [
        ("version", trial.version),
        ("seed of the cases", str(trial.seed)),
        ("made by", trial.command),
    ]
