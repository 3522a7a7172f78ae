"""``airport-brain algorithms ...``: train, measure, compare and promote what runs here."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import ai_center.app
from ai_center import Comparison, Finding
from airport_brain.cli.algorithm_figures import (
    show_bench,
    show_comparison,
    show_forecast,
    show_paired,
)
from airport_brain.cli.apron import leave_grounds
from airport_brain.cli.datasets import From
from airport_brain.cli.output import Json, ai_faults, errors, print_json, print_rows, screen
from airport_brain.cli.places import Data, loaded
from service_bus import utc_now

algorithms = typer.Typer(
    help="Algorithms that run here: list, train, measure, compare, promote.", no_args_is_help=True
)


class Crew(Enum):
    """Where the candidates of a search are tried."""

    HERE = "here"
    RAY = "ray"


def _named(text: str) -> str:
    """The name of an algorithm as it is registered, however it is joined, with what follows it.

    >>> _named("apron-conflicts@1-1f1b:constant velocity")
    'apron_conflicts@1-1f1b:constant velocity'
    """
    name = re.split("[@:]", text, maxsplit=1)[0]
    return name.replace("-", "_") + text[len(name) :]


Name = Annotated[
    str,
    typer.Argument(parser=_named, metavar="NAME", help="An algorithm; see: algorithms list."),
]
Seed = Annotated[int, typer.Option(min=1, help="Of everything that is drawn.")]
Set = Annotated[list[str], typer.Option("--set", help="A setting of the version: NAME=VALUE.")]
Input = Annotated[
    list[str],
    typer.Option("--input", help="Other files in the form of the data set, e.g. of later months."),
]
DAYS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M"]
Moment = Annotated[datetime | None, typer.Option(formats=DAYS, help="UTC, e.g. 2011-11-01.")]


@algorithms.command("list")
def list_algorithms(data: Data = None, as_json: Json = False) -> None:
    """Show every registered algorithm: its code, the version that serves, limits, longest wait."""
    rows = [
        {
            "name": row.name,
            "version": row.code,
            "kind": row.kind,
            "serves": row.serves or None,
            "trained": row.serves or None if row.kind == "forecast" else None,
            "versions": row.versions,
            "owner": row.owner,
            "summary": row.summary,
            "limits": row.limits,
            "timeout_s": row.timeout_s,
        }
        for row in _desk(data, "").rows()
    ]
    print_rows(rows, ["name", "kind", "serves", "owner", "summary", "timeout_s"], as_json=as_json)


@algorithms.command("train")
def train(
    name: Name,
    seed: Seed = 1,
    rehearse: Annotated[
        bool,
        typer.Option(
            "--rehearse", help="Learn and measure inside the training period; not served."
        ),
    ] = False,
    settings: Set = [],  # noqa: B006  (typer reads the default, nothing changes it)
    search: Annotated[
        int, typer.Option(min=0, help="First look for better settings among so many candidates.")
    ] = 0,
    crew: Annotated[
        Crew, typer.Option("--on", help="Where candidates are tried: in this process, or on Ray.")
    ] = Crew.HERE,
    file: Input = [],  # noqa: B006
    test_from: Annotated[
        datetime | None,
        typer.Option(formats=DAYS, help="First moment that is only measured on, UTC."),
    ] = None,
    test_until: Annotated[
        datetime | None, typer.Option(formats=DAYS, help="First moment after the test, UTC.")
    ] = None,
    folder: From = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Train what learns, measure it on what it has not seen, write its card; it serves within its gate."""
    desk, chosen = _desk(data, folder), _pairs(settings)
    with ai_faults(), _steps() as progress:
        if search:
            chosen = {**_searched(desk, name, search, crew, seed, data, progress), **chosen}
        found, refusal = desk.train(
            name,
            seed=seed,
            rehearse=rehearse,
            settings=chosen,
            given=ai_center.app.Given(
                files=tuple(Path(text) for text in file),
                test_from=_utc(test_from),
                test_until=_utc(test_until),
            ),
            by=getpass.getuser(),
            progress=progress,
        )
    if isinstance(found, Finding):
        show_forecast(found, as_json=as_json)
    else:
        show_bench(found, as_json=as_json)
    if refusal is not None:
        errors.print(f"[yellow]![/yellow] kept, but {escape(str(refusal))}", highlight=False)


@algorithms.command("evaluate")
def evaluate(
    name: Annotated[
        str,
        typer.Argument(parser=_named, metavar="NAME", help="An algorithm, or name@version."),
    ],
    file: Input = [],  # noqa: B006
    since: Moment = None,
    until: Moment = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Also grow plain LightGBM, to compare with.")
    ] = False,
    settings: Set = [],  # noqa: B006
    cases: Annotated[
        int | None, typer.Option(min=1, help="How many cases; else as many as its card says.")
    ] = None,
    seed: Seed = 1,
    folder: From = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Measure an algorithm: a forecast on its test period or any other, any other on its cases."""
    leave_grounds(name, loaded(data).data_dir)
    desk = _desk(data, folder)
    with ai_faults():
        if desk.is_forecast(name):
            finding = desk.workbench.evaluate(
                name,
                files=[Path(text) for text in file],
                since=_utc(since),
                until=_utc(until),
                plain=plain,
            )
            show_forecast(finding, as_json=as_json)
            return
        command = _command("evaluate", name, settings, cases, seed)
        command += " --from DIR" if folder else ""
        with _steps() as progress:
            found = desk.evaluate(
                name,
                settings=_pairs(settings),
                cases=cases,
                seed=seed,
                found_by=command,
                progress=progress,
            )
    show_bench(found, as_json=as_json)


@algorithms.command("compare")
def compare(
    first: Annotated[
        str,
        typer.Argument(
            parser=_named,
            metavar="FIRST",
            help="name, name@version or name@setting=value; with :rival its rival.",
        ),
    ],
    second: Annotated[str, typer.Argument(parser=_named, metavar="SECOND", help="The same.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Tell which of two is better on the same rows or cases, and whether chance explains it."""
    with ai_faults():
        found = _desk(data, "").compare(first, second)
    if as_json:
        print_json({"a": first, "b": second, **asdict(found)})
    elif isinstance(found, Comparison):
        show_comparison(first, second, found)
    else:
        show_paired(first, second, found)


@algorithms.command("promote")
def promote(
    name: Annotated[
        str,
        typer.Argument(
            parser=_named, metavar="NAME", help="name@version; without a version the newest one."
        ),
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Also when the gate is not kept; needs --reason.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is recorded.")] = "",
    back: Annotated[
        bool, typer.Option("--back", help="Back to the version that served before.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make a version the one that serves; a running service takes it up at its next call."""
    with ai_faults():
        done = _desk(data, "").promote(
            name, by=getpass.getuser(), reason=reason, force=force, back=back
        )
    if as_json:
        print_json(asdict(done))
        return
    forced = f", forced: {done.reason}" if done.forced else ""
    screen.print(
        f"✓ {done.name}@{done.version} serves (before: {done.previous or 'none'}){forced}",
        highlight=False,
        soft_wrap=True,
    )


@algorithms.command("history")
def history(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Show who made which version serve, when and why, and whether the record is whole."""
    desk = _desk(data, "")
    with ai_faults():
        rows = [asdict(one) for one in desk.promotions(name)]
        broken = desk.broken_record()
    columns = ["at", "by", "version", "previous", "forced", "reason"]
    print_rows(rows, columns, as_json=as_json)
    if broken is not None:
        errors.print(f"[red]✗[/red] line {broken} of the record does not follow from the others")
        raise typer.Exit(1)


def _searched(
    desk: ai_center.app.Desk,
    name: str,
    count: int,
    crew: Crew,
    seed: int,
    data: str | None,
    progress: Callable[[str, int, int], None],
) -> dict[str, str | int | float]:
    """The best of so many settings; what was found is told on standard error."""
    settings = loaded(data)
    workers = ai_center.app.crew_of(
        crew.value, settings.settings.ai_center, data_dir=settings.data_dir
    )
    found = desk.search(name, workers, count=count, seed=seed, progress=progress)
    last = [one for one in found.tried if one.job.budget == 1 and one.loss is not None]
    best = min(one.loss for one in last if one.loss is not None)
    words = ", ".join(f"{setting}={value}" for setting, value in found.best.items())
    errors.print(
        f"searched {count} candidates with seed {seed}: loss {best:.5g} with {words}",
        highlight=False,
        soft_wrap=True,
    )
    if found.kept:
        errors.print(
            f"went on where a run before had stopped: {found.kept} of {len(found.tried)} results "
            "were kept; what was being tried then was tried again",
            highlight=False,
            soft_wrap=True,
        )
    failed = [one for one in found.tried if one.loss is None]
    if failed:
        errors.print(f"{len(failed)} jobs failed, e.g. {failed[0].fault}", highlight=False)
    return dict(found.best)


def _desk(data: str | None, folder: str) -> ai_center.app.Desk:
    settings = loaded(data)
    return ai_center.app.desk(
        settings.settings.ai_center,
        data_dir=settings.data_dir,
        clock=utc_now,
        folder=Path(folder) if folder else None,
    )


def _pairs(texts: list[str]) -> dict[str, str | int | float]:
    """Read NAME=VALUE options; the bench knows what a value must be."""
    wrong = [text for text in texts if "=" not in text]
    if wrong:
        raise typer.BadParameter(f"{wrong[0]!r} is not NAME=VALUE", param_hint="--set")
    return {name: value for name, _, value in (text.partition("=") for text in texts)}


def _command(verb: str, name: str, settings: list[str], cases: int | None, seed: int) -> str:
    parts = [f"airport-brain algorithms {verb} {name}", *(f"--set {text}" for text in settings)]
    parts += [f"--cases {cases}"] if cases else []
    return " ".join([*parts, f"--seed {seed}"])


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)


@contextmanager
def _steps() -> Iterator[Callable[[str, int, int], None]]:
    """A bar over the steps of a training or the cases of a measuring."""
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
