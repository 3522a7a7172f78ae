"""Detectors by version: the one that comes with the platform, and those trained here.

    ai_center/vision/weights/               comes with the platform
    {models}/turnaround_vision/{version}/   trained here: weights and manifest

A version is ``<version of the recipe>-<first hex digits of the weights' sha256>``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from ai_center.vision.manifest import (
    FOLDER,
    MANIFEST,
    NAME,
    WEIGHTS,
    Manifest,
    manifest_of,
    weights_of,
)

DIGITS: Final = 10
RECIPE_VERSION: Final = "1"


class DetectorStore:
    """Weights under the model store."""

    def __init__(self, models: Path) -> None:
        """Use the folder ``turnaround_vision`` of the model store."""
        self._folder = models / NAME

    @property
    def work(self) -> Path:
        """Where trainings that were stopped go on from."""
        return self._folder / ".work"

    def versions(self) -> list[str]:
        """Every detector that is here, the platform's own first."""
        trained = sorted(path.parent.name for path in self._folder.glob(f"*/{MANIFEST}"))
        return [manifest_of().version, *trained]

    def weights(self, version: str = "") -> tuple[Manifest, bytes]:
        """Checked weights of a version; the platform's own where none is named.

        Raises:
            ModelUnavailable: there is no such version.
            ModelCorrupt: the file is not the pinned one.
        """
        if version in ("", manifest_of().version):
            return weights_of(FOLDER)
        return weights_of(self._folder / version)

    def keep(self, data: bytes, *, seed: int, recipe: dict[str, Any], command: str) -> Manifest:
        """Write trained weights; the manifest last, so that a half-written one does not count."""
        sha256 = hashlib.sha256(data).hexdigest()
        manifest = Manifest(
            name=NAME,
            version=f"{RECIPE_VERSION}-{sha256[:DIGITS]}",
            sha256=sha256,
            seed=seed,
            recipe=recipe,
            command=command,
            licence="Apache-2.0",
            data="rendered turnarounds of this project, seeds from 100,000 on; no real frame",
        )
        folder = self._folder / manifest.version
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WEIGHTS).write_bytes(data)
        text = json.dumps(asdict(manifest), indent=2) + "\n"
        (folder / MANIFEST).write_text(text, "utf-8")
        return manifest
