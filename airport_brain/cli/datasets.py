"""``airport-brain data ...``: the data sets that algorithms learn from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

import ai_center.app
from airport_brain.cli.output import Json, ai_faults, print_json, print_rows, screen
from airport_brain.cli.places import Data, loaded

datasets = typer.Typer(help="Data sets that algorithms learn from.", no_args_is_help=True)

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LEAST_MOMENT_MIN: Final = 1e7
"""A smaller number of minutes is a length of time: this many are nineteen years."""

From = Annotated[str, typer.Option("--from", help="Folder to look for files of data sets first.")]


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
    bench = _bench(data, folder)
    with ai_faults():
        rows = bench.describe(name)
    columns = ["column", "unknown", "distinct", "least", "p10", "median", "p90", "most", "meaning"]
    shown = rows if as_json else [_told(row, str(row["column"])) for row in rows]
    title = f"{name}: {rows[0]['rows']} rows"
    print_rows(shown, columns, as_json=as_json, title=title)
    promises = [] if as_json else bench.promises(name)
    if promises:
        told = [_told(row, "") for row in promises]
        names = ["promise", "found", "least", "most", "kept"]
        print_rows(told, names, as_json=False, title="what the generator promises, for any seed")


@datasets.command("get")
def get_dataset(
    name: Annotated[str, typer.Argument(help="A data set; see: data list.")],
    folder: From = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Copy the files of a data set into the data folder, each checked against its sha256."""
    with ai_faults():
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


def _told(row: Mapping[str, object], column: str) -> dict[str, object]:
    return {key: _short(value, moment=column.endswith("_min")) for key, value in row.items()}


def _short(value: object, *, moment: bool) -> object:
    """A cell as people read it; what counts minutes since 1970 is told as a time, UTC or local as it is."""
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if not isinstance(value, float):
        return value
    if moment and value >= LEAST_MOMENT_MIN:
        return (EPOCH + timedelta(minutes=round(value))).strftime("%Y-%m-%d %H:%M")
    return f"{value:.6g}"
