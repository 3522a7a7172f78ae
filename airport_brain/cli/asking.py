"""``airport-brain algorithms ask``: one question to an algorithm, here, without a platform."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

import typer

import ai_center.app
from ai_center.app import WhatIf
from airport_brain.cli.algorithms import Name
from airport_brain.cli.apron import leave_grounds
from airport_brain.cli.messages import read_input
from airport_brain.cli.output import Json, ai_faults, fail, print_json, print_rows, screen
from airport_brain.cli.places import Data, loaded

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS: Final = {"_s": timedelta(seconds=1), "_min": timedelta(minutes=1)}
LEAST_MOMENT: Final = timedelta(days=7300)
"""What is shorter than twenty years is a length of time."""


def ask(
    name: Name,
    file: Annotated[str, typer.Argument(help="JSON question, or - for standard input.")] = "-",
    example: Annotated[
        bool, typer.Option("--example", help="Print a question what-if to begin with; ask nothing.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Ask an algorithm one question as the API takes it; what-if is answered as a table."""
    if example:
        with ai_faults():
            print_json(ai_center.app.example(name))
        return
    question = _question(read_input(file))
    settings = loaded(data)
    leave_grounds(name, settings.data_dir)
    with ai_faults():
        answer = ai_center.app.ask(
            settings.settings.ai_center, name, question, data_dir=settings.data_dir
        )
    if isinstance(answer, WhatIf) and not as_json:
        _show(answer)
    else:
        print_json(_plain(answer))


def _question(data: bytes) -> object:
    try:
        return json.loads(data)
    except UnicodeDecodeError as fault:
        raise fail(f"the question is not UTF-8: byte {fault.start + 1}") from fault
    except json.JSONDecodeError as fault:
        place = f"line {fault.lineno} column {fault.colno}"
        raise fail(f"the question is not JSON: {place}: {fault.msg}") from fault


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value


def _show(answer: WhatIf) -> None:
    """Both plans side by side, then what is planned otherwise and why."""
    figures = [_figure(answer.before, answer.after, name) for name in answer.before]
    print_rows(
        figures,
        ["figure", "as planned", "what if", "differs by"],
        as_json=False,
        title=f"it adds {answer.adds:+,.6g} {answer.unit}; planned in {answer.seconds:.1f} s",
    )
    if not answer.differences:
        screen.print("nothing is planned otherwise", highlight=False)
        return
    rows = [
        {
            "what": f"{one.what}: {one.field.removesuffix('_s').removesuffix('_min')}",
            "as planned": _told(one.field, one.before),
            "what if": _told(one.field, one.after),
            "because": one.because,
        }
        for one in answer.differences
    ]
    print_rows(
        rows,
        ["what", "as planned", "what if", "because"],
        as_json=False,
        title=f"{len(rows)} planned otherwise; times are UTC",
    )


def _told(field: str, text: str) -> str:
    """What is planned of a field; seconds and minutes since 1970 as a time."""
    for end, unit in MOMENTS.items():
        if field.endswith(end) and text.isdecimal() and int(text) * unit > LEAST_MOMENT:
            return (EPOCH + int(text) * unit).strftime("%m-%d %H:%M:%S").removesuffix(":00")
    return text or "-"


def _figure(before: Mapping[str, float], after: Mapping[str, float], name: str) -> dict[str, Any]:
    planned, other = before[name], after.get(name, float("nan"))
    return {
        "figure": name.replace("_", " "),
        "as planned": f"{planned:,.6g}",
        "what if": f"{other:,.6g}",
        "differs by": f"{other - planned:+,.6g}" if other != planned else "",
    }
