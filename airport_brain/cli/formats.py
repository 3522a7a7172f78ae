"""``airport-brain formats``: the format workbench at the command line."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from airport_brain import wiring
from airport_brain.cli.messages import read_input
from airport_brain.cli.output import Json, fail, print_json, print_rows
from airport_brain.workbench.comparison import differences
from airport_brain.workbench.errors import UnknownFormat, Unmaskable
from airport_brain.workbench.masking import masked
from airport_brain.workbench.pages import Page, page
from airport_brain.workbench.reading import Reading, as_json, pointer
from airport_brain.workbench.schema import json_schema
from service_bus import WireFormat

app = typer.Typer(
    help="Wire formats: what they are, and what a message says.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(help="Name of the format.")]
File = Annotated[str, typer.Argument(help="File to read, or - for standard input.")]
Format = Annotated[str | None, typer.Option("--format", help="Name; left out: by content.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse what the standard forbids.")]


@app.command("list")
def list_formats(as_json: Json = False) -> None:
    """List every format that is read."""
    rows = [
        {
            "name": one.name,
            "zh": one.zh,
            "en": one.en,
            "standard": one.standard,
            "owner": family.owner,
        }
        for family in wiring.formats().families
        for one in family.formats
    ]
    print_rows(rows, ["name", "zh", "en", "standard"], as_json=as_json)


@app.command("show")
def show(name: Name, as_json: Json = False) -> None:
    """Show the page of a format: standard, layout, fields, notices, an example."""
    form = _named(name)
    told = page(form, wiring.formats().wording(form))
    if as_json:
        print_json(told.facts())
        return
    sys.stdout.write(_text(told))


@app.command("schema")
def schema(name: Name) -> None:
    """Print the JSON Schema of a format's messages."""
    print_json(json_schema(_named(name)))


@app.command("read")
def read(file: File = "-", format: Format = None, strict: Strict = False) -> None:
    """Read a message and print what the workbench shows: values, places, notices, error."""
    reading = _reading(file, format, strict=strict)
    print_json(as_json(reading))
    if reading.error is not None:
        raise typer.Exit(1)


@app.command("compare")
def compare(left: File, right: File, format: Format = None, as_json: Json = False) -> None:
    """Compare two messages field by field; status 1 when they differ."""
    before, after = _reading(left, format), _reading(right, format)
    for reading, file in ((before, left), (after, right)):
        if reading.error is not None:
            raise fail(f"{file}: {reading.error.en}", status=2)
    found = differences(before.messages, after.messages)
    rows = [asdict(one) | {"path": pointer(one.path)} for one in found]
    print_rows(rows, ["kind", "path", "left", "right"], as_json=as_json)
    if found:
        raise typer.Exit(1)


@app.command("mask")
def mask(file: File = "-", format: Format = None) -> None:
    """Write a message as a test case: people's names, numbers and documents masked."""
    reading = _reading(file, format)
    try:
        test_case = masked(reading)
    except Unmaskable as error:
        raise fail(str(error)) from error
    sys.stdout.buffer.write(test_case)


def _named(name: str) -> WireFormat:
    try:
        return wiring.formats().named(name)
    except UnknownFormat as error:
        raise fail(str(error), status=2) from error


def _reading(file: str, name: str | None, *, strict: bool = False) -> Reading:
    if name is not None:
        _named(name)
    return wiring.workbench().read(
        read_input(file), name=name, mode="strict" if strict else "tolerant"
    )


def _text(told: Page) -> str:
    parts = [
        f"# {told.name}: {told.zh} · {told.en}",
        f"Standard: {told.standard}\nAt most: {told.max_bytes >> 10} KiB",
    ]
    parts += [f"## {section.title}\n\n{section.text}" for section in told.sections]
    for shape in told.shapes:
        rows = [
            f"  {one.name}  ({one.type}{', ' + one.unit if one.unit else ''})\n      "
            f"{' · '.join(filter(None, (one.zh, one.en)))}"
            for one in shape.fields
        ]
        parts.append("\n".join([f"## {shape.name}: {shape.summary}", *rows]))
    if told.notices:
        rows = [f"  {n.code}\n      {' · '.join(filter(None, (n.zh, n.en)))}" for n in told.notices]
        parts.append("\n".join(["## Notices", *rows]))
    parts.append(f"## Example\n\n{told.example}")
    return "\n\n".join(parts) + "\n"
