"""``airport-brain up``, ``run``, ``doctor`` and ``config``: the platform as a process."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop
from rich.panel import Panel
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from airport_brain import config, machine, running, telemetry, wiring
from airport_brain.cli.output import Json, fail, print_json, print_rows, screen
from airport_brain.cli.places import Data, loaded
from airport_brain.cli.scenario import KEY_VARIABLE
from service_bus import BusError, utc_now

DAY_KEY_LIFETIME = timedelta(days=7)
"""A day player's key is made anew at each start; an old one must not outlive its use for long."""


def up(
    day: Annotated[bool, typer.Option("--day", help="Also play the day at Hongqiao.")] = False,
    speed: Annotated[float, typer.Option(help="Speed of the day.", min=0.1, max=100)] = 1.0,
    scale: Annotated[float, typer.Option(help="Traffic of the day.", min=0.01, max=100)] = 1.0,
    seed: Annotated[int, typer.Option(help="Same seed, same day.")] = 1,
    hours: Annotated[float, typer.Option(help="Length of the day.", min=0.02, max=24)] = 12.0,
    port: Annotated[int | None, typer.Option(help="Web port instead of the configured.")] = None,
    data: Data = None,
) -> None:
    """Run the whole platform on this machine."""
    settings = loaded(data)
    if port is not None:
        settings = config.with_port(settings, port)
    told = {"--seed": seed, "--speed": speed, "--scale": scale, "--hours": hours}
    arguments = [text for option, value in told.items() for text in (option, str(value))]
    _serve(settings, wiring.ROLES, day=arguments if day else None)


def run(
    role: Annotated[str, typer.Argument(help=f"One of {', '.join(wiring.ROLES)}.")],
    data: Data = None,
) -> None:
    """Run one role of the platform, as a cluster does."""
    if role not in wiring.ROLES:
        raise fail(f"no role {role!r}; roles: {', '.join(wiring.ROLES)}", status=2)
    _serve(loaded(data), (role,), day=None)


def doctor(data: Data = None, as_json: Json = False) -> None:
    """Check the machine and say what is missing for what."""
    findings = machine.examine(loaded(data))
    rows = [
        {"check": f.check, "state": f.state, "found": f.found, "needed_for": f.needed_for,
         "advice": f.advice}
        for f in findings
    ]  # fmt: skip
    print_rows(rows, ["check", "state", "found", "needed_for", "advice"], as_json=as_json)
    if any(f.state == "missing" for f in findings):
        raise typer.Exit(1)


def show_config(data: Data = None, as_json: Json = False) -> None:
    """Print every setting with its value, where the value comes from and what it means."""
    rows = [
        {"setting": name, "value": value, "source": source, "meaning": meaning}
        for name, value, source, meaning in config.explain(loaded(data))
    ]
    print_rows(rows, ["setting", "value", "source", "meaning"], as_json=as_json)


def openapi() -> None:
    """Print the OpenAPI document of the gateway; clients and the console's types are made from it."""
    with tempfile.TemporaryDirectory() as folder:
        print_json(asyncio.run(_description(config.load(Path(folder)))))


async def _description(settings: config.Loaded) -> dict[str, Any]:
    brain = await wiring.build(
        settings, roles=("gateway",), metrics=telemetry.Metrics(), clock=utc_now
    )
    try:
        return {} if brain.app is None else brain.app.openapi()
    finally:
        await brain.close()


def _serve(settings: config.Loaded, roles: Sequence[str], *, day: list[str] | None) -> None:
    telemetry.set_up_logging(settings.settings.log_level)
    gateway = settings.settings.gateway
    try:
        with ExitStack() as held:
            held.enter_context(running.only_process(settings.data_dir, roles))
            server = None
            if "gateway" in roles:
                server = held.enter_context(running.listen(gateway.host, gateway.port))
            port = server.getsockname()[1] if server else 0
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(_run(settings, roles, server, port, day))
    except (running.CannotStart, BusError, machine.NotEnough) as error:
        raise fail(str(error)) from error


async def _run(
    settings: config.Loaded,
    roles: Sequence[str],
    server: socket.socket | None,
    port: int,
    day: list[str] | None,
) -> None:
    metrics = telemetry.Metrics()
    with _progress() as show:
        show("opening the message log and the stores")
        machine.enough_disk(settings.data_dir)
        brain = await wiring.build(settings, roles=roles, metrics=metrics, clock=utc_now)
        show("starting every role")
    url = f"http://{settings.settings.gateway.host}:{port}"
    key = _first_key(settings) if "gateway" in roles else None
    with ExitStack() as children:

        def started() -> None:
            _announce(settings, brain, url if server else "", key)
            if day is not None:
                children.enter_context(_day_player(settings, url, brain, day))

        await running.run(brain, server, metrics=metrics, stop=asyncio.Event(), started=started)


def _first_key(settings: config.Loaded) -> str | None:
    store = wiring.open_accounts(settings, clock=utc_now)
    try:
        if store.is_empty():
            return store.add_key("first administrator", ["admin", "gate"], valid_for=None)
        return None
    finally:
        store.close()


def _announce(settings: config.Loaded, brain: wiring.Brain, url: str, key: str | None) -> None:
    lines = []
    if url:
        lines = [
            f"航班 flights     {url}/flights",
            f"地图 map         {url}/map",
            f"登机口 gate      {url}/gate",
            f"空运通 cargo     {url}/cargo   (open to the public)",
        ]
    lines += [f"{name:<16} {address}" for name, address in brain.addresses()]
    lines.append(f"data             {settings.data_dir}")
    if key:
        lines += ["", "first access key (shown once; sign in with it, then make accounts):", key]
    lines += ["", f"stop with Ctrl-C, or: kill {os.getpid()}"]
    screen.print(Panel("\n".join(lines), title="机场大脑 · airport brain", expand=False))


@contextmanager
def _day_player(
    settings: config.Loaded, url: str, brain: wiring.Brain, arguments: list[str]
) -> Iterator[None]:
    """Play the day in a process of its own, as the outside world is one."""
    store = wiring.open_accounts(settings, clock=utc_now)
    key = store.add_key("day player", ["connector", "gate"], valid_for=DAY_KEY_LIFETIME)
    logs = settings.data_dir / "logs"
    logs.mkdir(exist_ok=True)
    addresses = dict(brain.addresses())
    with (logs / "day.log").open("ab") as log:
        player = subprocess.Popen(
            [
                sys.executable, "-m", "airport_brain", "scenario", "play",
                "--data", str(settings.data_dir), "--url", url, "--while-input", *arguments,
                *(("--jt808", addresses["jt808"]) if "jt808" in addresses else ()),
            ],
            env={**os.environ, KEY_VARIABLE: key},
            stdin=subprocess.PIPE,  # closes with this process, however it ends
            stdout=log,
            stderr=log,
        )  # fmt: skip
    screen.print(f"the day at Hongqiao is playing (log: {logs / 'day.log'})")
    try:
        yield
    finally:
        player.terminate()
        try:
            player.wait(timeout=5)
        except subprocess.TimeoutExpired:
            player.kill()
        store.revoke_key(key.split("_")[1])
        store.close()


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, on terminals; nothing in logs."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task("starting")

        def show(text: str) -> None:
            progress.update(task, description=text)

        yield show
