"""The card of a forecast: question, data, split, figures with intervals, where it fails, licence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ai_center.cards.bench_card import gate, signature
from ai_center.cards.page import facts, listing, page, paragraph, section, table, titled
from ai_center.cards.svg import Bar, Line, bars, lines, number
from ai_center.cards.words import FORECASTS
from ai_center.datasets.table import Floats, Ints, moment_of
from ai_center.forecasts.comparison import Comparison
from ai_center.forecasts.conformal import Shift
from ai_center.forecasts.metrics import DAY_MIN, Answers, Estimate
from ai_center.forecasts.report import GroupLine, Measurement
from ai_center.forecasts.task import Split, Task
from ai_center.trials.bench import FieldOf
from ai_center.trials.measures import Check

WANTED, TOLERANCE = 0.80, 0.02
"""What an interval promises, and how far off it may be."""

MOST_FEATURES = 20
SLICES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Everything a card tells beside the task.

    Attributes:
        version: of the training.
        model_sha256: of the weights.
        data_sha256: of the files learnt from.
        seed: of the training.
        rehearsal: measured on the validation slice instead of the test.
        measurement: figures.
        against: the comparison with every other forecast, by its name.
        importance: share of the gain by feature.
        shift: of the interval's ends.
        fit_rows: rows learnt from.
        calibration_rows: rows the interval was calibrated on.
        asked_min: when each measured row was asked.
        truth: what came.
        answers: what each forecast said.
        checks: the gate.
        command: reproduces it.
    """

    version: str
    model_sha256: str
    data_sha256: tuple[str, ...]
    seed: int
    rehearsal: bool
    measurement: Measurement
    against: Mapping[str, Comparison]
    importance: Mapping[str, float]
    shift: Shift
    fit_rows: int
    calibration_rows: int
    asked_min: Floats
    truth: Floats
    answers: Mapping[str, Answers]
    checks: tuple[Check, ...]
    command: str


def render(task: Task, trial: Trial) -> str:
    """The card as one HTML document."""
    return page(f"{task.name} {trial.version}", _sections(task, trial))


def _sections(task: Task, trial: Trial) -> Iterator[str]:
    yield titled(task.name, trial.version, task.title, FORECASTS.get(task.name, ""))
    yield section("Question", paragraph(task.question))
    yield section("Signature", *signature(_takes(task), _gives(task)))
    yield section("Figures", *_figures(task, trial))
    yield section("Gate", gate(trial.checks))
    yield section("Is the difference real?", _against(task, trial))
    yield section("Day by day", _days(task, trial))
    yield section("Intervals", *_intervals(task, trial))
    for name, group in trial.measurement.groups.items():
        yield section(f"By {name}", _group(task, group))
    yield section("What it looks at", *_features(task, trial))
    yield section("Data", *_data(task, trial))
    yield section("Split", _split(task.split, trial), paragraph(f"Chosen there: {task.choices}."))
    yield section("Limits", listing(task.limits))
    yield section("Licence and making", _making(task, trial))


def _takes(task: Task) -> tuple[FieldOf, ...]:
    columns = (
        FieldOf(name=name, type="column", unit=unit_of(name), meaning=meaning)
        for name, meaning in task.dataset.columns
    )
    return (
        *columns,
        FieldOf(name="ask", type="list", unit="", meaning="numbers of the rows that are asked for"),
    )


def _gives(task: Task) -> tuple[FieldOf, ...]:
    if task.kind == "chance":
        return (FieldOf(name="value", type="number", unit="0 to 1", meaning="the chance"), *_WHY)
    return (
        FieldOf(name="value", type="number", unit=task.unit, meaning="the median"),
        FieldOf(name="low", type="number", unit=task.unit, meaning="a tenth comes below"),
        FieldOf(name="high", type="number", unit=task.unit, meaning="a tenth comes above"),
        *_WHY,
    )


_WHY = (FieldOf(name="reasons", type="list", unit="", meaning="what moved the answer most"),)

UNITS = {"_min": "min", "_s": "s", "_km": "km", "_m": "m", "_kg": "kg", "_c": "°C", "_ms": "m/s"}


def unit_of(name: str) -> str:
    """The unit that a column's name ends in.

    >>> unit_of("taxi_out_min"), unit_of("carrier")
    ('min', '')
    """
    return next((unit for end, unit in UNITS.items() if name.endswith(end)), "")


def _figures(task: Task, trial: Trial) -> Iterator[str]:
    metrics = trial.measurement.metrics
    lead = task.headline
    shown = sorted(metrics.items(), key=lambda item: item[1][lead].value)
    factor, unit = {"wape": (100.0, "%"), "brier": (1.0, "")}.get(lead, (1.0, task.unit))
    yield bars(
        [
            Bar(
                label=name,
                value=factor * found[lead].value,
                low=factor * found[lead].low,
                high=factor * found[lead].high,
                strong=name == task.name,
            )
            for name, found in shown
        ],
        unit=unit,
        title=f"{lead.upper()} of each forecast with 95 % intervals",
    )
    wanted = ("mae", "rmse", "bias") if task.kind == "amount" else ("brier", "bias")
    shares = ("wape",) if task.kind == "amount" else ()
    rows = [
        (
            name,
            *(span(found[metric]) for metric in wanted),
            *(percent(found[metric]) for metric in shares),
        )
        for name, found in shown
    ]
    yield table(
        ("forecast", *(metric.upper() for metric in (*wanted, *shares))),
        rows,
        own=task.name,
        caption=f"{trial.measurement.rows} rows asked from {_day(trial.measurement.since)} to "
        f"{_day(trial.measurement.until)}; {task.unit}; 95 % intervals from resampled days",
    )
    if trial.rehearsal:
        yield paragraph("A rehearsal: measured on the validation slice, inside the training time.")


def _against(task: Task, trial: Trial) -> str:
    rows = []
    for name, found in trial.against.items():
        gap = found.difference
        verdict = {"first": "better", "second": "worse", "undecided": "not told apart"}
        rows.append((name, span(gap), f"{found.chance:.3f}", verdict[found.verdict]))
    return table(
        ("compared with", f"its {task.loss.upper()} less ours", "chance", f"{task.name} is"),
        rows,
        caption="paired bootstrap over days; chance: how often resampling turns the sign, doubled",
    )


def _days(task: Task, trial: Trial) -> str:
    day = np.floor_divide(trial.asked_min, DAY_MIN).astype(np.int64)
    shown = [task.name, *[n for n in trial.answers if n != task.name][:2]]
    first = int(day.min())
    series = [
        Line(
            name=name,
            points=_daily(_losses(task, trial, name), day, first),
            dashed=name != task.name,
        )
        for name in shown
    ]
    span_days = int(day.max()) - first
    labels = [
        (float(d), moment_of((first + d) * DAY_MIN).strftime("%d %b"))
        for d in range(0, span_days + 1, max(1, span_days // 6))
    ]
    return lines(
        series,
        title="Mean loss of each day",
        x_name="day",
        y_name=f"{task.loss.upper()}, {task.unit}",
        x_labels=labels,
    )


def _losses(task: Task, trial: Trial, name: str) -> Floats:
    error = np.abs(trial.answers[name].middle - trial.truth)
    return error if task.kind == "amount" else np.asarray(np.square(error), np.float64)


def _daily(error: Floats, day: Ints, first: int) -> list[tuple[float, float]]:
    counts = np.bincount(day - first)
    sums = np.bincount(day - first, weights=error)
    return [
        (float(place), total / count if count else float("nan"))
        for place, (total, count) in enumerate(zip(sums.tolist(), counts.tolist(), strict=True))
    ]


def _intervals(task: Task, trial: Trial) -> Iterator[str]:
    own = trial.measurement.metrics[task.name]
    if task.kind == "chance":
        yield paragraph("A chance has no interval; it should come as often as it says.")
        yield _frequencies(task, trial)
        return
    cover = own["coverage"]
    kept = abs(cover.value - WANTED) <= TOLERANCE
    wide = "too wide" if cover.value > WANTED else "too narrow"
    told = "kept" if kept else f"NOT kept: {wide} to be within {100 * TOLERANCE:g} points"
    yield facts(
        [
            ("coverage, promised 80 %", f"{percent(cover)} - {told}"),
            ("below, above", f"{percent(own['below'])}, {percent(own['above'])}"),
            ("mean width", f"{span(own['width'])} {task.unit}"),
            (
                "pinball loss of 10 %, 90 %",
                f"{span(own['pinball_low'])}, {span(own['pinball_high'])}",
            ),
            (
                "ends moved outwards by",
                f"{trial.shift.low:+.3f} and {trial.shift.high:+.3f} widths, "
                f"from {trial.calibration_rows} rows",
            ),
        ]
    )
    yield _reliability(task, trial)


def _frequencies(task: Task, trial: Trial) -> str:
    """How often it came, in slices of equal size by the chance that was said."""
    said = trial.answers[task.name].middle
    parts = np.array_split(np.argsort(said, kind="stable"), SLICES)
    points = [(float(said[part].mean()), float(trial.truth[part].mean())) for part in parts]
    return lines(
        [
            Line(name="came", points=points),
            Line(name="as said", points=[(x, x) for x, _ in points], dashed=True),
        ],
        title="How often it came against the chance that was said",
        x_name="chance said",
        y_name="share that came",
    )


def _reliability(task: Task, trial: Trial) -> str:
    """What came against what was said, in slices of equal size by what was said."""
    answer = trial.answers[task.name]
    if answer.low is None or answer.high is None:
        return ""
    order = np.argsort(answer.middle, kind="stable")
    parts = np.array_split(order, SLICES)
    x = [float(answer.middle[part].mean()) for part in parts]

    def along(values: Floats) -> list[tuple[float, float]]:
        return [(at, float(values[part].mean())) for at, part in zip(x, parts, strict=True)]

    def quantile(level: float) -> list[tuple[float, float]]:
        return [
            (at, float(np.quantile(trial.truth[part], level)))
            for at, part in zip(x, parts, strict=True)
        ]

    return lines(
        [
            Line(name="median of what came", points=quantile(0.5)),
            Line(name="said, low and high", points=along(answer.low), dashed=True),
            Line(name="10 % and 90 % of what came", points=quantile(0.1)),
            Line(name="", points=along(answer.high), dashed=True),
            Line(name="", points=quantile(0.9)),
        ],
        title="What came against what was said",
        x_name=f"said, {task.unit}",
        y_name=f"came, {task.unit}",
    )


def _group(task: Task, group: tuple[GroupLine, ...]) -> str:
    others = [name for name in (group[0].loss if group else {}) if name != task.name]
    rows = [
        (
            line.label,
            str(line.rows),
            span(line.loss[task.name]),
            *(number(line.loss[name].value) for name in others),
            percent(line.coverage) if line.coverage else "-",
        )
        for line in group
    ]
    return table(
        ("", "rows", task.name, *others, "coverage"),
        rows,
        caption=f"{task.loss.upper()}, {task.unit}",
    )


def _features(task: Task, trial: Trial) -> Iterator[str]:
    top = list(trial.importance.items())[:MOST_FEATURES]
    yield bars(
        [Bar(label=name.replace("_", " "), value=100 * share, strong=True) for name, share in top],
        unit="%",
        title="Share of the whole gain that each feature brought",
    )
    yield paragraph(f"All {len(task.meanings)}; a meaning may refer to the one above it:", "sub")
    yield facts(list(task.meanings.items()))


def _data(task: Task, trial: Trial) -> Iterator[str]:
    dataset = task.dataset
    yield facts(
        [
            ("set", f"{dataset.name}, version {dataset.version}: {dataset.title}"),
            ("origin", dataset.origin),
            ("place", f"{dataset.kind}: {dataset.place}"),
            ("sha256", ", ".join(trial.data_sha256) or "generated"),
            ("licence", dataset.licence),
        ]
    )
    yield listing(dataset.traps)


def _split(split: Split, trial: Trial) -> str:
    return facts(
        [
            ("learnt from", f"{_date(split.fit)} on ({trial.fit_rows} rows for the median)"),
            (
                "validation slice",
                f"from {_date(split.validate)} to {_date(split.test)}: features and settings were "
                "chosen by rehearsals on it alone",
            ),
            (
                "calibration slice",
                f"from {_date(split.calibrate)} to {_date(split.test)}: not learnt from by the "
                "interval's ends",
            ),
            ("test", f"from {_date(split.test)} to {_date(split.end)}: only measured on"),
        ]
    )


def _making(task: Task, trial: Trial) -> str:
    recipe = task.recipe
    return facts(
        [
            ("weights", f"follow the data's licence: {task.dataset.licence}"),
            ("code", "Apache-2.0; trees are grown with LightGBM (MIT), served by ONNX Runtime"),
            ("model sha256", trial.model_sha256),
            ("seed", str(trial.seed)),
            (
                "trees of the median",
                f"{recipe.seeds} x {recipe.rounds} of {recipe.leaves} leaves, rate {recipe.rate}",
            ),
            ("when it cannot answer", f"{task.fallback!r} answers, marked as degraded"),
            ("made by", trial.command),
        ]
    )


def span(estimate: Estimate) -> str:
    """A value with its interval."""
    return f"{number(estimate.value)} [{number(estimate.low)}, {number(estimate.high)}]"


def percent(estimate: Estimate) -> str:
    """A share with its interval, in percent."""
    low, high = 100 * estimate.low, 100 * estimate.high
    return f"{100 * estimate.value:.1f} % [{low:.1f}, {high:.1f}]"


def _day(minutes: float) -> str:
    return moment_of(minutes).strftime("%Y-%m-%d")


def _date(moment: object) -> str:
    return str(moment)[:16]
