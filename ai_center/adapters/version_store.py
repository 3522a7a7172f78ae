"""Versions of algorithms that are measured by a bench, on disk and pinned by sha256.

    {models}/algorithms/{name}/current             version that is served, one line
    {models}/algorithms/{name}/{version}/
        manifest.json     settings, code version, cases, with the sha256 of every other file
        sheet.json        what every case gave
        card.html         all of it for people
    {models}/algorithms/{name}/.work/{run}/        cases done so far; kept, so that more can be added

A version is ``<code version>-<first hex digits of its settings' sha256>``: the same settings are the
same version on every machine, measured again or not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from ai_center.adapters.model_store import write
from ai_center.errors import ModelCorrupt, ModelUnavailable
from ai_center.served import ALGORITHMS, CURRENT
from ai_center.trials.bench import Measured, Scalar, Settings
from ai_center.trials.sheet import Sheet

SHEET: Final = "sheet.json"
CARD: Final = "card.html"
MANIFEST: Final = "manifest.json"
DIGITS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionManifest:
    """What lies in a version's folder.

    Attributes:
        name: of the algorithm.
        version: see the module.
        settings: that make the version.
        seed: of the cases.
        cases: how many were measured.
        found_by: command that made it.
        sha256: of every other file in the folder, by name.
    """

    name: str
    version: str
    settings: Mapping[str, Scalar]
    seed: int
    cases: int
    found_by: str
    sha256: Mapping[str, str]


def version_of(code: str, settings: Settings) -> str:
    """The version that settings make of a code version.

    >>> version_of("1", {"a": 2})
    '1-e5a9d5b030'
    """
    text = json.dumps(dict(settings), sort_keys=True)
    return f"{code}-{hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}"


class VersionStore:
    """Versions under one folder."""

    def __init__(self, models: Path) -> None:
        """Use the folder ``algorithms`` of the model store."""
        self._folder = models / ALGORITHMS

    def folder(self, name: str, version: str) -> Path:
        """Where a version lies or will lie."""
        return self._folder / name / version

    def versions(self, name: str) -> list[str]:
        """Every measured version, oldest first."""
        found = (self._folder / name).glob(f"*/{MANIFEST}")
        return [path.parent.name for path in sorted(found, key=lambda p: p.stat().st_mtime)]

    def current(self, name: str) -> str | None:
        """The version that was promoted; ``None``: what is built in."""
        path = self._folder / name / CURRENT
        return path.read_text("utf-8").strip() if path.is_file() else None

    def settings(self, name: str) -> Settings:
        """Settings of the version that serves; empty: what is built in.

        Raises:
            ModelUnavailable: it is promoted, but gone.
        """
        version = self.current(name)
        return {} if version is None else self.manifest(name, version).settings

    def point(self, name: str, version: str) -> None:
        """Let a version serve from now on."""
        (self._folder / name).mkdir(parents=True, exist_ok=True)
        write(self._folder / name / CURRENT, f"{version}\n".encode())

    def keep(self, fields: Mapping[str, Any], sheet: Sheet, card: str) -> VersionManifest:
        """Write a version; the manifest last, so that a half-written one does not count.

        Args:
            fields: of :class:`VersionManifest` without ``sha256``.
            sheet: what was measured.
            card: the page.
        """
        files = {SHEET: packed(sheet), CARD: card.encode()}
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        manifest = VersionManifest(**fields, sha256=hashes)
        folder = self.folder(manifest.name, manifest.version)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            write(folder / name, data)
        write(folder / MANIFEST, (json.dumps(asdict(manifest), indent=2) + "\n").encode())
        return manifest

    def manifest(self, name: str, version: str) -> VersionManifest:
        """What a version is.

        Raises:
            ModelUnavailable: it was never measured.
        """
        path = self.folder(name, version) / MANIFEST
        if not path.is_file():
            known = ", ".join(self.versions(name)) or "none"
            raise ModelUnavailable(
                f"{name}@{version}",
                (f"measured versions: {known}", f"run: airport-brain algorithms evaluate {name}"),
            )
        return VersionManifest(**json.loads(path.read_text("utf-8")))

    def sheet(self, manifest: VersionManifest) -> Sheet:
        """What a version's cases gave.

        Raises:
            ModelUnavailable: the file is gone.
            ModelCorrupt: it is not the one that was written.
        """
        path = self.folder(manifest.name, manifest.version) / SHEET
        if not path.is_file():
            raise ModelUnavailable(f"{manifest.name}@{manifest.version}", (f"{SHEET} is gone",))
        data, expected = path.read_bytes(), manifest.sha256[SHEET]
        found = hashlib.sha256(data).hexdigest()
        if found != expected:
            raise ModelCorrupt(str(path), expected=expected, found=found)
        return unpacked(data)

    def done(self, name: str, run: str) -> KeptCases:
        """Cases of a run that this text identifies."""
        key = hashlib.sha256(run.encode()).hexdigest()[:16]
        return KeptCases(self._folder / name / ".work" / f"{key}.jsonl")


class KeptCases:
    """Done cases of one run, one JSON line each; a half-written last line is not counted."""

    def __init__(self, path: Path) -> None:
        """Use a file of this run's own."""
        self._path = path

    def load(self) -> dict[str, Measured]:
        """Every case that is done."""
        found: dict[str, Measured] = {}
        if not self._path.is_file():
            return found
        for line in self._path.read_text("utf-8").splitlines():
            try:
                kept = json.loads(line)
            except ValueError:
                continue
            found[kept["case"]] = kept["gave"]
        return found

    def add(self, case: str, measured: Measured) -> None:
        """Keep one more; on its own line even after one that was cut off."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"case": case, "gave": measured})
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")


def packed(sheet: Sheet) -> bytes:
    """Write a sheet the way :func:`unpacked` reads it."""
    values = {
        subject: {name: column.tolist() for name, column in columns.items()}
        for subject, columns in sheet.values.items()
    }
    return (json.dumps({"cases": sheet.cases, "values": values}) + "\n").encode()


def unpacked(data: bytes) -> Sheet:
    """Read a sheet."""
    kept = json.loads(data)
    return Sheet(
        cases=tuple(kept["cases"]),
        values={
            subject: {name: np.array(column, np.float64) for name, column in columns.items()}
            for subject, columns in kept["values"].items()
        },
    )
