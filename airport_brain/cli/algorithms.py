"""``airport-brain algorithms ...`` and ``data ...``: train, measure and compare what forecasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import ai_center.app
from ai_center import AiError, Estimate, Finding
from airport_brain.cli.output import Json, errors, fail, print_json, print_rows, screen
from airport_brain.cli.places import Data, loaded

algorithms = typer.Typer(
    help="Algorithms that run here: list, train, measure, compare.", no_args_is_help=True
)
datasets = typer.Typer(help="Data sets that algorithms learn from.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A forecast; see: algorithms list.")]
From = Annotated[str, typer.Option("--from", help="Folder to look for files of data sets first.")]
Moment = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="UTC, e.g. 2011-11-01."),
]


@algorithms.command("list")
def list_algorithms(data: Data = None, as_json: Json = False) -> None:
    """Show every registered algorithm with its version, limits and longest wait."""
    settings = loaded(data)
    bench = ai_center.app.workbench(settings.settings.ai_center, data_dir=settings.data_dir)
    trained = bench.trained()
    rows = [
        {
            "name": card.name,
            "version": card.version,
            "trained": trained.get(card.name),
            "owner": card.owner,
            "summary": card.summary,
            "limits": card.limits,
            "timeout_s": card.timeout_s,
        }
        for card in ai_center.app.cards()
    ]
    print_rows(
        rows, ["name", "version", "trained", "owner", "summary", "timeout_s"], as_json=as_json
    )


@algorithms.command("train")
def train(
    name: Name,
    seed: Annotated[int, typer.Option(min=0, help="Of everything that is drawn.")] = 1,
    rehearse: Annotated[
        bool,
        typer.Option(
            "--rehearse", help="Learn and measure inside the training period; not served."
        ),
    ] = False,
    folder: From = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Train a forecast, measure it on its test period, write its card, serve it from now on."""
    with _faults(), _steps() as progress:
        found = _bench(data, folder).train(name, seed=seed, rehearse=rehearse, progress=progress)
    _show(found, as_json=as_json)


@algorithms.command("evaluate")
def evaluate(
    name: Annotated[str, typer.Argument(help="A forecast, or name@version.")],
    file: Annotated[
        list[str],
        typer.Option(
            "--input", help="Other files in the form of the data set, e.g. of later months."
        ),
    ] = [],  # noqa: B006  (typer reads the default, nothing changes it)
    since: Moment = None,
    until: Moment = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Also grow plain LightGBM, to compare with.")
    ] = False,
    folder: From = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Measure a trained forecast on its test period, or on any other data and period."""
    with _faults():
        found = _bench(data, folder).evaluate(
            name,
            files=[Path(text) for text in file],
            since=_utc(since),
            until=_utc(until),
            plain=plain,
        )
    _show(found, as_json=as_json)


@algorithms.command("compare")
def compare(
    first: Annotated[
        str, typer.Argument(help="name, name@version or either with :rival of its report.")
    ],
    second: Annotated[str, typer.Argument(help="The same.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Tell which of two forecasts is better on the same rows, and whether chance explains it."""
    with _faults():
        found = _bench(data, "").compare(first, second)
    if as_json:
        print_json({"a": first, "b": second, **asdict(found)})
        return
    verdict = {
        "first": f"{first} is better",
        "second": f"{second} is better",
        "undecided": "they are not told apart",
    }[found.verdict]
    screen.print(
        f"{first}: mean loss {found.first:.4f}\n{second}: mean loss {found.second:.4f}\n"
        f"difference {_span(found.difference)} on {found.rows} rows, chance {found.chance:.3f}\n"
        f"{verdict}",
        highlight=False,
        markup=False,
    )


@datasets.command("list")
def list_datasets(data: Data = None, as_json: Json = False) -> None:
    """Show every declared data set, its licence, and whether its files are here and whole."""
    rows = [
        {
            "name": state.dataset.name,
            "version": state.dataset.version,
            "kind": state.dataset.kind,
            "state": state.state,
            "licence": state.dataset.licence,
            "title": state.dataset.title,
            "place": state.dataset.place,
            "sha256": state.dataset.sha256,
            "columns": dict(state.dataset.columns),
            "traps": state.dataset.traps,
            "paths": state.paths,
        }
        for state in _bench(data, "").datasets()
    ]
    print_rows(rows, ["name", "version", "kind", "state", "licence", "title"], as_json=as_json)


@datasets.command("show")
def show_dataset(
    name: Annotated[str, typer.Argument(help="A data set; see: data list.")],
    folder: From = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Read a data set and describe every column: meaning, unknown and distinct values, quantiles."""
    with _faults():
        rows = _bench(data, folder).describe(name)
    columns = ["column", "unknown", "distinct", "least", "p10", "median", "p90", "most", "meaning"]
    shown = rows if as_json else [{k: _short(v) for k, v in row.items()} for row in rows]
    title = f"{name}: {rows[0]['rows']} rows"
    print_rows(shown, columns, as_json=as_json, title=title)


@datasets.command("get")
def get_dataset(
    name: Annotated[str, typer.Argument(help="A data set; see: data list.")],
    folder: From = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Copy the files of a data set into the data folder, each checked against its sha256."""
    with _faults():
        paths = _bench(data, folder).get(name)
    if as_json:
        print_json([str(path) for path in paths])
    for path in () if as_json else paths:
        screen.print(f"✓ {path}", highlight=False, soft_wrap=True)


def _bench(data: str | None, folder: str) -> ai_center.app.Workbench:
    settings = loaded(data)
    return ai_center.app.workbench(
        settings.settings.ai_center,
        data_dir=settings.data_dir,
        folder=Path(folder) if folder else None,
    )


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except AiError as error:
        raise fail(str(error)) from error


@contextmanager
def _steps() -> Iterator[Callable[[str, int, int], None]]:
    """A bar over the steps of a training."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task("data", total=None)
        yield lambda doing, done, total: bar.update(
            task, description=doing, completed=done, total=total
        )


def _show(found: Finding, *, as_json: bool) -> None:
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
    screen.print(f"card: {found.card}", highlight=False, soft_wrap=True)


def _short(value: object) -> object:
    return f"{value:.6g}" if isinstance(value, float) else value


def _span(estimate: Estimate, factor: float = 1.0) -> str:
    value, low, high = (factor * v for v in (estimate.value, estimate.low, estimate.high))
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"
