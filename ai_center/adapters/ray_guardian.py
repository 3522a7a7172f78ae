"""Sweeps up after a Ray that lost its owner: a tiny process of its own, standard library only.

It waits on its standard input, which the owner holds open. When the owner ends, however it ends
(``kill -9`` included), the pipe closes: every process that carries the owner's mark in its
environment or holds a file of the session folder open is killed, and the folder removed. Ray's own
agents would linger for minutes.

    python -I -S ray_guardian.py MARK FOLDER

Processes are found through ``/proc``; where there is none only the folder is removed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

VARIABLE = "AIRPORT_BRAIN_RAY_MARK"
"""Environment variable that every process of the session inherits."""

ROUNDS = 20
"""A process may fork while its siblings are being killed; look again until none is left."""

PAUSE_S = 0.1


def of_session(mark: str, folder: str, proc: Path = Path("/proc")) -> list[int]:
    """Process ids of the session, this one and its parent left out."""
    return [
        int(entry.name)
        for entry in proc.glob("[0-9]*")
        if int(entry.name) not in (os.getpid(), os.getppid()) and _belongs(entry, mark, folder)
    ]


def _belongs(entry: Path, mark: str, folder: str) -> bool:
    """Whether a process carries the mark or has a file of the session folder open.

    Both are asked: a worker may not have opened its log yet, and a process that renames itself
    (``ray::DashboardAgent``) writes its new name over its environment.
    """
    try:
        if f"{VARIABLE}={mark}".encode() in (entry / "environ").read_bytes().split(b"\0"):
            return True
        links = list((entry / "fd").iterdir())
    except OSError:
        return False  # ended meanwhile, or another user's
    return any(_target(link).startswith(f"{folder}/") for link in links)


def _target(link: Path) -> str:
    try:
        return os.readlink(link)
    except OSError:
        return ""


def sweep(mark: str, folder: str) -> None:
    """Kill what belongs to the session and remove its folder."""
    for _ in range(ROUNDS):
        pids = of_session(mark, folder)
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if not pids:
            break
        time.sleep(PAUSE_S)
    shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Wait for the owner's end, then sweep."""
    mark, folder = sys.argv[1:3]
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    while sys.stdin.buffer.read(1):
        pass
    sweep(mark, folder)


if __name__ == "__main__":
    main()
