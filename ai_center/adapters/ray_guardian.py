"""Sweeps up after a Ray that lost its owner: a tiny process of its own, standard library only.

It waits on its standard input, which the owner holds open. When the owner ends, however it ends
(``kill -9`` included), the pipe closes: every process that carries the owner's mark in its
environment is killed and the session folder removed. Ray's own agents would linger for minutes.

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


def marked(mark: str, proc: Path = Path("/proc")) -> list[int]:
    """Process ids that carry the mark, this one and its parent left out."""
    wanted = f"{VARIABLE}={mark}".encode()
    found: list[int] = []
    for entry in proc.glob("[0-9]*"):
        pid = int(entry.name)
        if pid in (os.getpid(), os.getppid()):
            continue
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue  # ended meanwhile, or another user's
        if wanted in environment.split(b"\0"):
            found.append(pid)
    return found


def sweep(mark: str, folder: str) -> None:
    """Kill what carries the mark and remove the folder."""
    for _ in range(ROUNDS):
        pids = marked(mark)
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
