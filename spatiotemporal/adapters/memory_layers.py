"""The layer store's twin in memory, for tests."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime

from spatiotemporal.airport_model.thematic import (
    Edit,
    EditConflict,
    Edition,
    NewEdit,
    UnknownEdit,
    Version,
)
from spatiotemporal.airport_model.thematic.versions import Box


class MemoryLayers:
    """Keeps layers as long as the process lives."""

    def __init__(self) -> None:
        self._versions: list[tuple[str, str, Version]] = []
        self._edits: list[Edit] = []
        self._revisions: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def counts(self, icao: str, at: datetime) -> dict[str, int]:
        """Features per layer at a moment."""
        layers = sorted({layer for code, layer, _ in self._versions if code == icao})
        return {layer: len(self.features(icao, layer, at)) for layer in layers}

    def features(
        self, icao: str, layer: str, at: datetime, *, box: Box | None = None,
        known_at: datetime | None = None,
    ) -> list[Version]:  # fmt: skip
        """Versions that hold at a moment."""
        found = [
            version
            for version in self._of(icao, layer)
            if version.content.holds_at(at)
            and _said(version, known_at)
            and (box is None or _meets(version, box))
        ]
        return sorted(found, key=lambda version: version.content.feature_id)

    def overlapping(
        self, icao: str, layer: str, start: datetime, end: datetime | None
    ) -> list[Version]:
        """Versions said now that hold at some time of a window."""
        found = [
            version
            for version in self._of(icao, layer)
            if version.ended_by is None and version.content.overlaps(start, end)
        ]
        return sorted(found, key=lambda v: (v.content.valid_from, v.content.feature_id))

    def edition(self, icao: str, layer: str, at: datetime) -> Edition:
        """Names the state of a layer at a moment."""
        said = [v.content for v in self._of(icao, layer) if v.ended_by is None]
        times = [t for c in said for t in (c.valid_from, c.valid_to) if t is not None and t <= at]
        revision = self._revisions.get((icao, layer), 0)
        return Edition(revision=revision, turned=max(times, default=None))

    def versions(self, icao: str, layer: str, feature_id: str = "") -> list[Version]:
        """All versions of a feature or layer."""
        return [
            version
            for version in self._of(icao, layer)
            if not feature_id or version.content.feature_id == feature_id
        ]

    def edits(
        self, icao: str, *, layer: str = "", feature_id: str = "", before: int = 0,
        limit: int = 100,
    ) -> list[Edit]:  # fmt: skip
        """Edits, newest first."""
        touched = {
            number
            for _, _, version in self._versions
            if version.content.feature_id == feature_id
            for number in (version.made_by, version.ended_by)
        }
        found = [
            edit
            for edit in reversed(self._edits)
            if edit.icao == icao
            and (not layer or edit.layer == layer)
            and (not before or edit.number < before)
            and (not feature_id or edit.number in touched)
        ]
        return found[:limit]

    def edit(self, icao: str, number: int) -> tuple[Edit, list[Version], list[Version]]:
        """An edit with what it ended and made."""
        found = next((e for e in self._edits if e.number == number and e.icao == icao), None)
        if found is None:
            raise UnknownEdit(icao, number)
        versions = [version for _, _, version in self._versions]
        ended = [version for version in versions if version.ended_by == number]
        return found, ended, [version for version in versions if version.made_by == number]

    def apply(self, edit: NewEdit, made_at: datetime) -> Edit:
        """Make an edit."""
        place = edit.icao, edit.layer
        with self._lock:
            if self._revisions.get(place, 0) != edit.revision:
                raise EditConflict(f"layer {edit.layer} has changed since the edit was planned")
            number = len(self._edits) + 1
            ends = set(edit.ends)
            ending = [v for _, _, v in self._versions if v.seq in ends and v.ended_by is None]
            if len(ending) != len(ends):
                raise EditConflict("a version that the edit ends was ended by another")
            touched = {version.content.feature_id for version in ending}
            self._versions = [
                (code, layer, replace(v, ended_by=number, ended_at=made_at) if v.seq in ends else v)
                for code, layer, v in self._versions
            ]
            for content in edit.makes:
                seq = len(self._versions) + 1
                version = Version(seq=seq, content=content, made_by=number, recorded_at=made_at)
                self._versions.append((*place, version))
            touched |= {content.feature_id for content in edit.makes}
            self._revisions[place] = edit.revision + 1
            made = Edit(
                number=number, icao=edit.icao, layer=edit.layer, action=edit.action, who=edit.who,
                made_at=made_at, reason=edit.reason, features=len(touched), undoes=edit.undoes,
                undone_by=None,
            )  # fmt: skip
            if edit.undoes is not None:
                index = edit.undoes - 1
                self._edits[index] = replace(self._edits[index], undone_by=number)
            self._edits.append(made)
            return made

    def close(self) -> None:
        """Nothing to let go of."""

    def _of(self, icao: str, layer: str) -> list[Version]:
        return [version for code, name, version in self._versions if (code, name) == (icao, layer)]


def _said(version: Version, known_at: datetime | None) -> bool:
    if known_at is None:
        return version.ended_by is None
    ended = version.ended_at
    return version.recorded_at <= known_at and (ended is None or known_at < ended)


def _meets(version: Version, box: Box) -> bool:
    west, south, east, north = version.content.shape.bounds
    return west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1]
