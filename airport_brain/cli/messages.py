"""``airport-brain decode``, ``topics`` and ``dlq``: looking at messages from the command line."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from airport_brain import wiring
from airport_brain.cli.output import Json, errors, fail, print_json, print_rows, screen
from airport_brain.cli.places import Data, loaded
from airport_brain.workbench.registry import certain
from service_bus import Bus, BusError, Malformed, utc_now

dead_letters = typer.Typer(help="Messages that could not be handled.", no_args_is_help=True)

LARGEST_INPUT = 64 * 1024 * 1024
"""Bytes ``decode`` reads at most: far above any message, far below the machine's memory."""


def decode(
    format: Annotated[str, typer.Argument(help="Wire format, or auto; see formats list.")],
    file: Annotated[str, typer.Argument(help="File to read, or - for standard input.")] = "-",
    as_json: Json = False,
) -> None:
    """Read one wire format and print one JSON object per message.

    Bad input ends with status 1 and an error that names the place.
    """
    decoders = wiring.decoders()
    if format != "auto" and format not in decoders:
        raise fail(f"no format {format!r}; known: auto, {', '.join(sorted(decoders))}", status=2)
    data = read_input(file)
    if format == "auto":
        format, data = _recognised(data)
    try:
        messages = decoders[format](data)
    except Malformed as error:
        if as_json:
            print_json({"error": error.facts()}, one_line=True)
            raise typer.Exit(1) from error
        raise fail(str(error)) from error
    except BusError as error:
        raise fail(str(error)) from error
    for message in messages:
        # One object per line is what programs want; people get it indented on a terminal.
        print_json(message, one_line=as_json or not sys.stdout.isatty())


def read_input(file: str) -> bytes:
    """Bytes of a file or of standard input; says on standard error what is wrong with either."""
    try:
        if file == "-":
            data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(LARGEST_INPUT + 1)
    except OSError as error:
        raise fail(f"{file}: {error.strerror}") from error
    if len(data) > LARGEST_INPUT:
        raise fail(f"{file} is larger than {LARGEST_INPUT} bytes")
    return data


def _recognised(data: bytes) -> tuple[str, bytes]:
    """The format that bytes are of, told on standard error; several or none end with status 2."""
    candidates, data = wiring.workbench().recognise(data)
    told = ", ".join(f"{one.name} ({one.confidence:.0%})" for one in candidates)
    if not candidates:
        raise fail("no known format fits this; name one (formats list)", status=2)
    if not certain(candidates):
        raise fail(f"may be {told}: name one", status=2)
    best = candidates[0]
    also = f", or {told.partition(', ')[2]}" if len(candidates) > 1 else ""
    errors.print(f"{best.name} ({best.confidence:.0%}{also})", highlight=False)
    return best.name, data


def topics(data: Data = None, as_json: Json = False) -> None:
    """List the topics with their owners, keys and what they hold."""
    rows = asyncio.run(_with_bus(data, wiring.describe_topics))
    print_rows(
        rows,
        ["name", "owner", "key", "partitions", "messages", "summary"],
        as_json=as_json,
    )


@dead_letters.command("list")
def list_dead_letters(
    topic: Annotated[str | None, typer.Option(help="Only of this topic.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show dead letters: where they came from and why they were given up."""

    async def read(bus: Bus) -> list[dict[str, Any]]:
        return await wiring.dead_letters(bus, topic=topic, limit=limit)

    rows = asyncio.run(_with_bus(data, read))
    print_rows(
        rows,
        ["id", "topic", "reason", "field", "position", "attempts", "last_failure"],
        as_json=as_json,
    )


@dead_letters.command("redrive")
def redrive(
    identifier: Annotated[str, typer.Argument(help="Id of a dead letter, or 'all'.")],
    topic: Annotated[str | None, typer.Option(help="With 'all': only of this topic.")] = None,
    data: Data = None,
) -> None:
    """Publish a dead letter's original again on the topic it came from."""

    async def again(bus: Bus) -> int:
        return await wiring.redrive(bus, identifier=identifier, topic=topic)

    count = asyncio.run(_with_bus(data, again))
    if count == 0:
        errors.print("nothing to send again")
        raise typer.Exit(1)
    screen.print(f"{count} message(s) sent again")


async def _with_bus(data: str | None, act: Any) -> Any:
    settings = loaded(data)
    try:
        bus = await wiring.open_bus(settings, clock=utc_now)
        try:
            return await act(bus)
        finally:
            await bus.close()
    except BusError as error:
        raise fail(str(error)) from error
