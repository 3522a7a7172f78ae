"""Writes an airport's scene to a folder: a tileset that a viewer opens, the city model, the models."""

from __future__ import annotations

from pathlib import Path

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.scene.models import models_glb
from spatiotemporal.scene.scene import build_scene
from spatiotemporal.scene.store import MODELS


def write_scene(airport: Airport, folder: Path) -> list[Path]:
    """Write everything below ``folder`` (made if need be) and give the paths, in order of writing.

    Files are equal byte for byte from build to build.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = {name: file.data for name, file in build_scene(airport).items()}
    contents[MODELS] = models_glb()
    written: list[Path] = []
    for name, data in contents.items():
        path = folder / name
        path.write_bytes(data)
        written.append(path)
    return written
