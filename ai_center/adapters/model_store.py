"""The model store: one folder of ONNX files, each pinned by sha256.

Nothing enters the folder unchecked (sources are tried in order, converted if need be, hashed, then
moved in by one rename) and nothing leaves it unchecked: weights are read once, hashed, and handed
over as those very bytes, so a file that changes on disk is refused before any session opens.

    {folder}/<model file>.onnx
    {folder}/import/            people may put files here; they are a source like any other
    {folder}/calibrations/      <sha256 of a recogniser>.toml, measured on site; these win
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ai_center.adapters import model_sources
from ai_center.adapters.model_sources import SourceSilent
from ai_center.domain import Calibration, ModelIdentity
from ai_center.errors import ModelCorrupt, ModelUnavailable, Uncalibrated, Unconvertible
from ai_center.model_manifest import (
    ModelManifest,
    Shelf,
    Source,
    calibration_toml,
    parse_calibration,
)
from ai_center.ports import ModelState, Progress


def _convert_face_api(members: list[bytes]) -> bytes:
    from ai_center.conversion import face_api  # brings onnx, 60 MB that serving does not need

    return face_api.convert(members[0], members[1])


def _convert_minifasnet(members: list[bytes]) -> bytes:
    from ai_center.conversion import minifasnet  # as above

    return minifasnet.convert(members[0])


CONVERTERS: dict[str, Callable[[list[bytes]], bytes]] = {
    "face-api": _convert_face_api,
    "minifasnet": _convert_minifasnet,
}
"""Turns the members of a source into the ONNX file."""


def silent(model: str, stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class ModelStore:
    """Files of the models on the shelf."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        """Use ``folder``; it is made when the first file enters."""
        self._folder = folder
        self._shelf = shelf
        self._hashes: dict[str, tuple[tuple[int, int], bool]] = {}

    @property
    def shelf(self) -> Shelf:
        """Manifests."""
        return self._shelf

    def path(self, name: str) -> Path:
        """Where a model's file lies or will lie."""
        return self._folder / self._shelf.model(name).file

    def weights(self, name: str) -> bytes:
        """Read a model, checked.

        Raises:
            ModelUnavailable: the file is not in the store.
            ModelCorrupt: it is another file than the manifest pins.
        """
        manifest = self._shelf.model(name)
        path = self.path(name)
        if not path.is_file():
            raise ModelUnavailable(name)
        data = path.read_bytes()
        model_sources.check(path.name, data, manifest.sha256)
        return data

    def state(self, name: str) -> ModelState:
        """Tell whether the file is there and whole; hashes again only when the file changed."""
        path = self.path(name)
        if not path.is_file():
            return "missing"
        facts = path.stat()
        mark = facts.st_mtime_ns, facts.st_size
        known = self._hashes.get(name)
        if known is None or known[0] != mark:
            known = mark, self._whole(name)
            self._hashes[name] = known
        return "present" if known[1] else "corrupt"

    def fetch(self, name: str, progress: Progress = silent) -> Path:
        """Bring a model into the store unless it is there and whole.

        Raises:
            ModelUnavailable: no source gave it; says what each one answered.
        """
        manifest = self._shelf.model(name)
        path = self.path(name)
        if self.state(name) == "present":
            return path
        self._folder.mkdir(parents=True, exist_ok=True)
        attempts: list[str] = []
        for source in manifest.sources:
            try:
                self._take(manifest, source, path, progress)
            except SourceSilent as fault:
                attempts.append(str(fault))
            except (ModelCorrupt, Unconvertible) as fault:
                attempts.append(f"{source.kind} {source.place}: {fault}")
            else:
                return path
        raise ModelUnavailable(name, tuple(attempts))

    def fetch_pack(self, pack: str, progress: Progress = silent) -> list[Path]:
        """Bring the models of a pack into the store."""
        return [self.fetch(model.name, progress) for model in self._shelf.models_of(pack)]

    def states(self) -> dict[str, ModelState]:
        """State of every model's file, by model name."""
        return {name: self.state(name) for name in self._shelf.models}

    def calibration(self, model: ModelIdentity) -> Calibration:
        """What distances of these weights mean: measured on site, else as a manifest says.

        Raises:
            Uncalibrated: neither.
        """
        local = self.calibration_path(model.sha256)
        if local.is_file():
            return parse_calibration(tomllib.loads(local.read_text(encoding="utf-8")))
        for manifest in self._shelf.models.values():
            if manifest.sha256 == model.sha256 and manifest.calibration is not None:
                return manifest.calibration
        raise Uncalibrated(model.name, 1.0)

    def calibration_path(self, sha256: str) -> Path:
        """Where the site's own calibration of these weights lies."""
        return self._folder / "calibrations" / f"{sha256}.toml"

    def save_calibration(self, calibration: Calibration) -> Path:
        """Keep a calibration measured on site; it is used from the next start on."""
        path = self.calibration_path(calibration.model_sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, calibration_toml(calibration).encode())
        return path

    def _whole(self, name: str) -> bool:
        with suppress(ModelCorrupt):
            self.weights(name)
            return True
        return False

    def _take(
        self,
        manifest: ModelManifest,
        source: Source,
        path: Path,
        progress: Progress,
    ) -> None:
        progress(manifest.name, f"{source.kind} {source.place}", 0, 0)
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".fetch-") as scratch:
            parts = model_sources.fetch(
                source,
                imports=self._folder / "import",
                scratch=Path(scratch),
                report=lambda done, total: progress(manifest.name, "download", done, total),
            )
        if source.converter:
            progress(manifest.name, f"convert ({source.converter})", 0, 0)
            data = CONVERTERS[source.converter](parts)
        else:
            data = parts[0]
        model_sources.check(manifest.file, data, manifest.sha256)
        write(path, data)
        progress(manifest.name, "stored", len(data), len(data))


def write(path: Path, data: bytes) -> None:
    """Write beside, flush to disk, rename: a reader sees the old file or the whole new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
