"""Options that most commands share: where the data lie."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from airport_brain import config
from airport_brain.cli.output import fail

Data = Annotated[
    str | None,
    typer.Option(
        "--data", help="Folder of all durable files (default: .data, or AIRPORT_BRAIN_DATA)."
    ),
]


def loaded(data: str | None) -> config.Loaded:
    """Read the settings, or end with a message that names the one at fault."""
    try:
        return config.load(Path(data) if data else None)
    except config.ConfigError as error:
        raise fail(str(error)) from error
