"""How figures of algorithms are shown: tables with intervals, gates, comparisons."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

import ai_center.app
from ai_center import Check, Comparison, Estimate, Finding, Paired, told
from airport_brain.cli.output import print_json, print_rows, screen

MOST_COLUMNS: Final = 12
"""More figures than this are listed one below the other."""


def show_forecast(found: Finding, *, as_json: bool) -> None:
    """Figures of a forecast beside those of the others."""
    if as_json:
        print_json(asdict(found))
        return
    rows: list[dict[str, Any]] = []
    for name, metrics in found.measurement.metrics.items():
        share = "coverage" in metrics
        gap = found.against.get(name)
        rows.append(
            {
                "forecast": name,
                "MAE": _span(metrics["mae"]),
                "RMSE": _span(metrics["rmse"]),
                "Brier": _span(metrics["brier"]),
                "WAPE": _span(metrics["wape"], 100),
                "inside_80": _span(metrics["coverage"], 100) if share else None,
                "its_loss_less_ours": _span(gap.difference) if gap else None,
                "chance": f"{gap.chance:.3f}" if gap else None,
            }
        )
    figures = ["Brier"] if found.loss == "brier" else ["MAE", "RMSE", "WAPE", "inside_80"]
    print_rows(
        rows,
        ["forecast", *figures, "its_loss_less_ours", "chance"],
        as_json=False,
        title=f"{found.name} {found.version}: {found.measurement.rows} rows, {found.unit}; "
        "WAPE and inside 80 in %",
    )
    for note in found.notes:
        screen.print(f"note: {note}", highlight=False, markup=False, soft_wrap=True)
    screen.print(f"card: {found.card}", highlight=False, soft_wrap=True)


def show_bench(found: ai_center.app.BenchFinding, *, as_json: bool) -> None:
    """Figures of an algorithm that was measured by its bench."""
    if as_json:
        print_json(asdict(found))
        return
    title = f"{found.name} {found.version}: {found.cases} cases; serving: {found.serves}"
    across = {m.words.en: _row_of(found, m) for m in found.measures}
    if len(across) > MOST_COLUMNS:
        rows = [{"": name, **row} for name, row in across.items()]
        print_rows(rows, ["", *found.figures], as_json=False, title=title)
    else:
        rows = [
            {"": subject, **{name: row[subject] for name, row in across.items() if subject in row}}
            for subject in found.figures
        ]
        print_rows(rows, ["", *across], as_json=False, title=title)
    for rival, gap in found.against.items():
        show_paired(found.name, rival, gap)
    show_checks(found.checks)
    screen.print(f"card: {found.card}", highlight=False, soft_wrap=True)


def _row_of(found: ai_center.app.BenchFinding, measure: ai_center.app.Measure) -> dict[str, str]:
    """One figure of every subject that has it."""
    return {
        subject: _figure(figures[measure.name], measure)
        for subject, figures in found.figures.items()
        if measure.name in figures
    }


def show_paired(first: str, second: str, found: Paired) -> None:
    """Which of two is better, and whether that is real."""
    _say(
        f"{first}: {found.first:,.4f}   {second}: {found.second:,.4f}\n"
        f"difference {_span(found.difference)} on {found.cases} cases, chance {found.chance:.3f}; "
        f"better in {found.wins}, worse in {found.losses}, sign test {found.sign_chance:.3g}\n"
        f"{_verdict(found.verdict, first, second)}"
    )


def show_comparison(first: str, second: str, found: Comparison) -> None:
    """Which of two forecasts is better, and whether that is real."""
    _say(
        f"{first}: mean loss {found.first:.4f}\n{second}: mean loss {found.second:.4f}\n"
        f"difference {_span(found.difference)} on {found.rows} rows, chance {found.chance:.3f}\n"
        f"{_verdict(found.verdict, first, second)}"
    )


def show_checks(checks: tuple[Check, ...]) -> None:
    """The rules of a gate, one a line."""
    for check in checks:
        _say(f"{'✓' if check.kept else '✗'} {check.rule}: {check.found}")


def _verdict(verdict: str, first: str, second: str) -> str:
    return {
        "first": f"{first} is better",
        "second": f"{second} is better",
        "undecided": "they are not told apart",
    }[verdict]


def _figure(estimate: Estimate, measure: ai_center.app.Measure) -> str:
    if estimate.low == estimate.high:
        return told(estimate.value, measure)
    low, high = told(estimate.low, measure), told(estimate.high, measure)
    return f"{told(estimate.value, measure)} [{low.split()[0]}, {high.split()[0]}]"


def _say(text: str) -> None:
    screen.print(text, highlight=False, markup=False, soft_wrap=True)


def _span(estimate: Estimate, factor: float = 1.0) -> str:
    value, low, high = (factor * v for v in (estimate.value, estimate.low, estimate.high))
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"
