"""``airport-brain models ...``: the weights behind face recognition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn

import ai_center.app
from ai_center import (
    AiError,
    ModelProgress,
    PadReport,
    Report,
    calibration_of,
    html,
    render,
    render_pad,
)
from ai_center import as_json as report_json
from airport_brain.cli.output import Json, errors, fail, print_json, print_rows, screen
from airport_brain.cli.places import Data, loaded

models = typer.Typer(help="Face models: look, fetch, measure.", no_args_is_help=True)

Pack = Annotated[
    str, typer.Option("--pack", help="A pack's name, or a folder in insightface's layout.")
]


@models.command("list")
def list_models(data: Data = None, as_json: Json = False) -> None:
    """Show every model with a manifest and whether its file is there and whole."""
    rows = [
        {
            "name": model.name,
            "task": model.task,
            "packs": model.packs,
            "state": model.state,
            "licence": model.licence,
            "sha256": model.sha256,
        }
        for model in ai_center.app.describe_models(loaded(data).data_dir)
    ]
    print_rows(rows, ["name", "task", "packs", "state", "licence"], as_json=as_json)


@models.command("fetch")
def fetch_models(pack: Pack = "", data: Data = None, as_json: Json = False) -> None:
    """Bring the models of a pack into the data folder, each checked against its pinned sha256."""
    settings = loaded(data)
    wanted = pack or settings.settings.ai_center.face_pack
    with _downloads() as progress:
        try:
            paths = ai_center.app.fetch_models(
                wanted, data_dir=settings.data_dir, progress=progress
            )
        except AiError as error:
            raise fail(str(error)) from error
    if as_json:
        print_json([str(path) for path in paths])
    else:
        for path in paths:
            screen.print(f"✓ {path}", highlight=False, soft_wrap=True)


@models.command("evaluate")
def evaluate(
    pairs: Annotated[
        str, typer.Option("--pairs", help="Folder with pairs.csv and its photos.")
    ] = "",
    pack: Pack = "",
    pad: Annotated[
        str, typer.Option("--pad", help="Folder with pad.csv (file,species) and its photos.")
    ] = "",
    calibrate: Annotated[
        bool, typer.Option("--calibrate", help="Keep the thresholds found as this site's own.")
    ] = False,
    page: Annotated[str, typer.Option("--html", help="Write the report as a page here too.")] = "",
    threads: Annotated[int, typer.Option(min=1, max=64)] = 1,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Measure face models on labelled photos: 1:1, 1:N, groups, time; presentation attacks."""
    if not pairs and not pad:
        raise fail("say what to measure on: --pairs DIR, --pad DIR, or both")
    settings = loaded(data)
    chosen = settings.settings.ai_center
    wanted = pack or chosen.face_pack
    faces: Report | None = None
    attacks: PadReport | None = None
    try:
        with _photos() as progress:
            if pairs:
                faces = ai_center.app.evaluate_pack(
                    Path(pairs),
                    wanted,
                    data_dir=settings.data_dir,
                    threads=threads,
                    progress=progress,
                )
            if pad:
                attacks = ai_center.app.evaluate_liveness(
                    Path(pad),
                    chosen.face_liveness or ai_center.app.DEFAULT_LIVENESS,
                    data_dir=settings.data_dir,
                    threads=threads,
                    progress=progress,
                )
        if calibrate and faces is not None:
            ai_center.app.save_calibration(
                calibration_of(faces, measured=datetime.now(UTC).date()),
                data_dir=settings.data_dir,
            )
        if page:
            Path(page).write_text(html(faces, attacks), encoding="utf-8")
    except (AiError, OSError) as error:
        raise fail(str(error)) from error
    _show(faces, attacks, as_json=as_json)


def _show(faces: Report | None, attacks: PadReport | None, *, as_json: bool) -> None:
    """Print what was measured; as JSON, one report as itself and two under their names."""
    if as_json:
        found = {
            name: report_json(report)
            for name, report in (("faces", faces), ("liveness", attacks))
            if report is not None
        }
        print_json(found if len(found) > 1 else next(iter(found.values())))
        return
    texts = [render(faces)] if faces is not None else []
    texts += [render_pad(attacks)] if attacks is not None else []
    screen.print("\n\n".join(texts), highlight=False, soft_wrap=True, markup=False)


@contextmanager
def _downloads() -> Iterator[ModelProgress]:
    """A bar per model while it is fetched."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=errors, transient=True) as bars:
        tasks = {}

        def show(model: str, stage: str, done: int, total: int) -> None:
            if model not in tasks:
                tasks[model] = bars.add_task(model)
            bars.update(
                tasks[model], description=f"{model}: {stage}", completed=done, total=total or None
            )

        yield show


@contextmanager
def _photos() -> Iterator[Callable[[int, int], None]]:
    """A bar over the photos of an evaluation."""
    columns = (TextColumn("photos"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=errors, transient=True) as bars:
        task = bars.add_task("photos", total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
