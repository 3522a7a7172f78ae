"""Airports at hand: those described, and those imported into the data folder."""

from __future__ import annotations

from pathlib import Path

from airport_brain.cli.places import loaded
from spatiotemporal.airport_model import ModelStore


def own_folder(data: str | None) -> Path:
    """Where the platform looks for operators' own layers of airports."""
    return loaded(data).data_dir / "airports"


def airport_models(data: str | None) -> ModelStore:
    """All airports, described and imported."""
    return ModelStore(own=own_folder(data))
