"""``airport-brain scenario play``: the day at Hongqiao, spoken into the platform's own ports."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from airport_brain import telemetry
from airport_brain.cli.output import Json, fail, print_json, screen
from airport_brain.cli.places import Data, loaded
from airport_brain.scenarios.hongqiao_day.day import Day
from airport_brain.scenarios.hongqiao_day.player import Ports, play

app = typer.Typer(help="Played days: demo, load and end-to-end test.", no_args_is_help=True)

KEY_VARIABLE = "AIRPORT_BRAIN_KEY"


@app.callback()
def group() -> None:
    """Keep ``play`` a sub-command although it is the only one."""


@app.command("play")
def play_day(
    url: Annotated[str, typer.Option(help="Gateway.")] = "",
    jt808: Annotated[str, typer.Option(help="host:port of the vehicle terminals' port.")] = "",
    drop: Annotated[str, typer.Option(help="Folder that takes Cargo-IMP files.")] = "",
    seed: Annotated[int, typer.Option(help="Same seed, same day.")] = 1,
    speed: Annotated[float, typer.Option(help="Times real speed.", min=0.1, max=100)] = 1.0,
    scale: Annotated[float, typer.Option(help="Times normal traffic.", min=0.01, max=100)] = 1.0,
    hours: Annotated[float, typer.Option(help="Length of the day.", min=0.02, max=24)] = 1.0,
    start: Annotated[str, typer.Option(help="First moment, ISO 8601; default: now.")] = "",
    journal: Annotated[str, typer.Option(help="File to note acknowledgements in.")] = "",
    faces: Annotated[bool, typer.Option(help="Let passengers show their faces at gates.")] = True,
    while_input: Annotated[
        bool, typer.Option("--while-input", help="End when standard input closes.", hidden=True)
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Play an hour of flights, vehicles, passengers and freight; Ctrl-C ends it."""
    settings = loaded(data)
    key = os.environ.get(KEY_VARIABLE, "")
    if not key:
        raise fail(
            f"set {KEY_VARIABLE} to a key with the role 'connector' and 'gate': "
            "airport-brain key add day --role connector --role gate"
        )
    gateway = settings.settings.gateway
    vehicles = settings.settings.spatiotemporal
    host, port = _address(jt808 or f"{vehicles.jt808_host}:{vehicles.jt808_port}")
    day = Day(
        seed=seed,
        speed=speed,
        scale=scale,
        hours=hours,
        start=_moment(start),
        faces=faces,
    )
    folder = drop or settings.settings.cargo_platform.drop_folder
    ports = Ports(
        url=url or f"http://{gateway.host}:{gateway.port}",
        key=key,
        jt808_host=host,
        jt808_port=port,
        drop=Path(folder) if folder else settings.data_dir / "drop" / "cargo" / "cimp",
    )
    telemetry.set_up_logging(settings.settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        stopped, counts = runner.run(
            _until_over(day, ports, Path(journal) if journal else None, while_input=while_input)
        )
    if as_json:
        print_json(counts)
    else:
        told = ", ".join(f"{count} {channel}" for channel, count in sorted(counts.items()))
        screen.print(f"the day {'was stopped' if stopped else 'is over'}: {told}")


async def _until_over(
    day: Day, ports: Ports, journal: Path | None, *, while_input: bool
) -> tuple[bool, dict[str, int]]:
    """Play until the day ends or a signal comes; give which, and what was acknowledged."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if while_input:
        await loop.connect_read_pipe(lambda: _Ending(stop), sys.stdin)
    counts = await play(day, ports, journal, stop)
    return stop.is_set(), counts


class _Ending(asyncio.Protocol):
    """Sets an event when the other end of a pipe is gone, however its process ended."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop.set()


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise fail(f"--jt808 {text!r} is not of the form host:port")
    return host, int(port)


def _moment(text: str) -> datetime:
    if not text:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise fail(f"--start {text!r} is not an ISO 8601 moment") from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
