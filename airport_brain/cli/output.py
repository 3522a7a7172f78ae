"""How commands speak: tables for people, one JSON document (or line) for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from ai_center import AiError

# NO_COLOR is honoured by rich itself.
screen = Console()
errors = Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def plain(value: object) -> object:
    """Turn what JSON has no word for into text."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (frozenset, set, tuple)):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def print_json(value: Any, *, one_line: bool = False) -> None:
    """Write one JSON document to standard output."""
    indent = None if one_line else 2
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent, default=plain) + "\n")


def print_rows(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool, title: str = ""
) -> None:
    """Show records as a table, or as one JSON list."""
    rows = list(rows)
    if as_json:
        print_json(rows)
        return
    table = Table(title=Text(title) if title else None, title_justify="left")
    for column in columns:
        table.add_column(Text(column.replace("_", " ")))
    for row in rows:
        table.add_row(*(Text(_cell(row.get(column))) for column in columns))
    screen.print(table)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return str(plain(value)) if not isinstance(value, str) else value


def fail(message: str, *, status: int = 1) -> typer.Exit:
    """Say what went wrong on standard error; raise what this gives back."""
    errors.print(f"[red]✗[/red] {escape(message)}", highlight=False)
    return typer.Exit(status)


@contextmanager
def ai_faults() -> Iterator[None]:
    """Say what the algorithm centre refuses, and end with status 1."""
    try:
        yield
    except AiError as error:
        raise fail(str(error)) from error
