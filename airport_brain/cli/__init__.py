"""The command line: everything a screen can do, and the running of the platform itself."""

from __future__ import annotations

import typer

from airport_brain.cli import (
    access,
    airport,
    algorithms,
    asking,
    datasets,
    formats,
    messages,
    models,
    scenario,
    serve,
)

app = typer.Typer(
    name="airport-brain",
    help="机场大脑 · The airport brain: flights, airfield, passengers, cargo.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("up")(serve.up)
app.command("run")(serve.run)
app.command("doctor")(serve.doctor)
app.command("config")(serve.show_config)
app.command("openapi")(serve.openapi)
app.command("decode")(messages.decode)
app.add_typer(formats.app, name="formats")
app.command("topics")(messages.topics)
app.add_typer(messages.dead_letters, name="dlq")
app.add_typer(models.models, name="models")
algorithms.algorithms.command("ask")(asking.ask)
app.add_typer(algorithms.algorithms, name="algorithms")
app.add_typer(datasets.datasets, name="data")
app.add_typer(airport.app, name="airport")
app.add_typer(scenario.app, name="scenario")
app.add_typer(access.users, name="user")
app.add_typer(access.keys, name="key")


def main() -> None:
    """Entry point of the ``airport-brain`` command."""
    app()
