"""What thematic layers need from outside. Adapters: ``layer_store`` (SQL), ``memory_layers``."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from spatiotemporal.airport_model.thematic.versions import Box, Edit, Edition, NewEdit, Version


class LayerReader(Protocol):
    """Says what layers hold."""

    def counts(self, icao: str, at: datetime) -> dict[str, int]:
        """Features per layer that hold at a moment; layers that ever had one are listed."""
        ...

    def features(
        self, icao: str, layer: str, at: datetime, *, box: Box | None = None,
        known_at: datetime | None = None,
    ) -> list[Version]:  # fmt: skip
        """Versions that hold at a moment, as far as known at another; by id."""
        ...

    def overlapping(
        self, icao: str, layer: str, start: datetime, end: datetime | None
    ) -> list[Version]:
        """Versions said now that hold at some time of a window; by beginning, then id."""
        ...

    def edition(self, icao: str, layer: str, at: datetime) -> Edition:
        """Names the state of a layer at a moment."""
        ...


class LayerHistory(Protocol):
    """Says what was done to layers."""

    def versions(self, icao: str, layer: str, feature_id: str = "") -> list[Version]:
        """All versions of a feature, or of the whole layer, in the order of making."""
        ...

    def edits(
        self, icao: str, *, layer: str = "", feature_id: str = "", before: int = 0,
        limit: int = 100,
    ) -> list[Edit]:  # fmt: skip
        """Edits, newest first, below number ``before`` if that is given."""
        ...

    def edit(self, icao: str, number: int) -> tuple[Edit, list[Version], list[Version]]:
        """An edit with the versions that it ended and those that it made.

        Raises:
            UnknownEdit: there is none.
        """
        ...


class LayerStore(LayerReader, LayerHistory, Protocol):
    """Keeps thematic layers."""

    def apply(self, edit: NewEdit, made_at: datetime) -> Edit:
        """Make an edit, all or nothing.

        Raises:
            EditConflict: the layer has changed since the edit was planned.
        """
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
