"""Whether this machine has what the platform needs, and what is missing for what."""

from __future__ import annotations

import os
import platform
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

from airport_brain.config import Loaded
from airport_brain.wiring import missing_models

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
"""Terminal colours, which some tools print even into a pipe."""

DISK_MIB = 512
"""Least free space to start with: some hours of a busy day's messages."""

MEMORY_GIB = 3
"""The platform with the day running takes up to 2.5 GiB."""


class NotEnough(Exception):
    """The machine lacks something without which nothing can run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; ``state`` is ok, missing or optional."""

    check: str
    state: str
    found: str
    needed_for: str
    advice: str = ""


def enough_disk(data_dir: Path) -> None:
    """Refuse to start on a full disk.

    Raises:
        NotEnough: less than ``DISK_MIB`` free.
    """
    free = shutil.disk_usage(data_dir).free // 2**20
    if free < DISK_MIB:
        raise NotEnough(
            f"{free} MiB free in {data_dir}; at least {DISK_MIB} MiB are needed. "
            "Free some, or choose another folder with --data."
        )


def examine(loaded: Loaded) -> list[Finding]:
    """Look at everything."""
    return [
        _python(),
        _memory(),
        _disk(loaded.data_dir),
        _writable(loaded.data_dir),
        _port("web port", loaded.settings.gateway.host, loaded.settings.gateway.port),
        _port(
            "JT/T 808 port",
            loaded.settings.spatiotemporal.jt808_host,
            loaded.settings.spatiotemporal.jt808_port,
        ),
        _console(),
        _models(loaded),
        _opencv(),
        _tool("node", ["--version"], "building the console", "Node 20 or newer, or let make run get it"),
        _tool("java", ["-version"], "tests with a real Kafka broker", "apt-get install default-jre-headless"),
        _tool("mvn", ["--version"], "tests with a real Kafka broker", "apt-get install maven"),
        _tool("chromium", ["--version"], "browser tests", "apt-get install chromium fonts-noto-cjk"),
        _font(),
    ]  # fmt: skip


def _python() -> Finding:
    good = sys.version_info >= (3, 11)
    return Finding(
        check="Python",
        state="ok" if good else "missing",
        found=platform.python_version(),
        needed_for="everything",
        advice="" if good else "Python 3.11 or newer",
    )


def _memory() -> Finding:
    gib = psutil.virtual_memory().available / 2**30
    good = gib >= MEMORY_GIB
    return Finding(
        check="memory",
        state="ok" if good else "missing",
        found=f"{gib:.1f} GiB available",
        needed_for="all roles in one process, with Ray",
        advice="" if good else f"{MEMORY_GIB} GiB free; or run single roles",
    )


def _disk(folder: Path) -> Finding:
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(existing).free // 2**20
    return Finding(
        check="disk",
        state="ok" if free >= DISK_MIB else "missing",
        found=f"{free} MiB free at {existing}",
        needed_for="the message log",
        advice="" if free >= DISK_MIB else "free some, or choose another folder with --data",
    )


def _writable(folder: Path) -> Finding:
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    good = os.access(existing, os.W_OK)
    return Finding(
        check="data folder",
        state="ok" if good else "missing",
        found=str(folder),
        needed_for="everything durable",
        advice="" if good else "choose a writable folder with --data",
    )


def _port(name: str, host: str, port: int) -> Finding:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return Finding(
                check=name,
                state="missing",
                found=f"{host}:{port} {error.strerror}",
                needed_for="starting (unless the platform itself runs now)",
                advice="stop what uses it, or configure another port",
            )
    return Finding(check=name, state="ok", found=f"{host}:{port} free", needed_for="starting")


def _console() -> Finding:
    index = Path(__file__).parent / "console" / "dist" / "index.html"
    return Finding(
        check="console",
        state="ok" if index.is_file() else "missing",
        found="built" if index.is_file() else "not built",
        needed_for="the screens",
        advice="" if index.is_file() else "make setup",
    )


def _models(loaded: Loaded) -> Finding:
    absent = missing_models(loaded)
    return Finding(
        check="face models",
        state="ok" if not absent else "missing",
        found="all there" if not absent else f"without {', '.join(absent)}",
        needed_for="face verification",
        advice="" if not absent else "airport-brain models fetch",
    )


def _opencv() -> Finding:
    probe = subprocess.run(
        [sys.executable, "-c", "import cv2; print(cv2.__version__)"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    good = probe.returncode == 0
    return Finding(
        check="OpenCV",
        state="ok" if good else "missing",
        found=probe.stdout.strip() if good else probe.stderr.strip().splitlines()[-1],
        needed_for="face verification",
        advice="" if good else "apt-get install libgl1 libglib2.0-0",
    )


def _tool(name: str, arguments: list[str], needed_for: str, advice: str) -> Finding:
    path = shutil.which(name)
    if path is None:
        return Finding(
            check=name, state="optional", found="not found", needed_for=needed_for, advice=advice
        )
    answer = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)
    lines = _COLOUR.sub("", answer.stdout or answer.stderr).strip().splitlines()
    return Finding(check=name, state="ok", found=lines[0] if lines else path, needed_for=needed_for)


def _font() -> Finding:
    has = next(Path("/usr/share/fonts").glob("**/NotoSansCJK*"), None) is not None
    return Finding(
        check="Chinese font",
        state="ok" if has else "optional",
        found="Noto Sans CJK" if has else "not found",
        needed_for="Chinese labels in a browser on this machine",
        advice="" if has else "apt-get install fonts-noto-cjk",
    )
