"""Which weights come with the platform: sha256, what they were trained with, and how to make them anew."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ai_center.errors import ModelCorrupt, ModelUnavailable

NAME: Final = "turnaround_vision"
FOLDER: Final = Path(__file__).with_name("weights")
WEIGHTS: Final = "turnaround_vision.onnx"
MANIFEST: Final = "turnaround_vision.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One trained detector.

    Attributes:
        name: of the algorithm.
        version: of the weights.
        sha256: of the file.
        seed: of the training.
        recipe: numbers of the training.
        command: makes the weights anew.
        licence: of the weights.
        data: what they learnt from.
    """

    name: str
    version: str
    sha256: str
    seed: int
    recipe: dict[str, Any]
    command: str
    licence: str
    data: str


def manifest_of(folder: Path = FOLDER) -> Manifest:
    """The manifest in a folder.

    Raises:
        ModelUnavailable: there is none.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise ModelUnavailable(NAME, (f"no {path.name}", "run: airport-brain algorithms train"))
    return Manifest(**json.loads(path.read_text("utf-8")))


def weights_of(folder: Path = FOLDER) -> tuple[Manifest, bytes]:
    """A checked weight file and its manifest.

    Raises:
        ModelUnavailable: a file is not there.
        ModelCorrupt: the weights are not the pinned ones.
    """
    manifest = manifest_of(folder)
    path = folder / WEIGHTS
    if not path.is_file():
        raise ModelUnavailable(NAME, (f"no {path.name}",))
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != manifest.sha256:
        raise ModelCorrupt(path.name, expected=manifest.sha256, found=found)
    return manifest, data
