"""A folder that others put files into: each is taken whole, once it has stopped growing.

What happens to a file ``x.txt``:

1. It rests: size and time are the same in two looks. Empty files, links, folders, hidden names and
   temporary names (``.tmp``, ``.part``, ``.filepart``, ``~``) are left alone. A sender that may pause for
   longer than ``poll_s`` writes under such a name and renames.
2. It is moved into ``taking``, so that a new file of that name cannot slip in between reading and moving.
3. Its bytes are handed on.
4. It is moved to ``done`` or, when its content is refused, to ``refused`` with the reason beside it.

What lies in ``taking`` after a crash is taken again at the next start; its content id makes that
harmless. When the bus or the disk is away a file stays in ``taking`` until they are back.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import stat
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from service_bus.errors import Malformed, TooLarge

log = logging.getLogger(__name__)

Take = Callable[[str, bytes], Awaitable[None]]
"""Takes a file's name and bytes; raises Malformed or TooLarge to refuse, Unavailable to wait.

Of a file that is too large it gets one byte more than the limit, so that it can keep what there is.
"""

TEMPORARY = (".tmp", ".part", ".filepart", "~")
DONE, REFUSED, TAKING = "done", "refused", "taking"

_Facts = tuple[int, int, int]


@dataclass(slots=True)
class FileDrop:
    """Watches one folder as a component task.

    Attributes:
        poll_s: seconds between looks; a file is taken when its size and time are the same in two.
        max_bytes: larger files are refused.
    """

    folder: Path
    take: Take
    poll_s: float
    max_bytes: int
    _seen: dict[str, _Facts] = field(default_factory=dict)

    async def watch(self, stop: asyncio.Event) -> None:
        """Watch until told to stop."""
        while not stop.is_set():
            try:
                await self._round(stop)
            except OSError as away:  # the bus (Unavailable), the disk or the folder
                log.warning("file drop waits folder=%s reason=%s", self.folder, away)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self.poll_s)

    async def _round(self, stop: asyncio.Event) -> None:
        await asyncio.to_thread(self._make_folders)
        await asyncio.to_thread(self._claim)
        for path in await asyncio.to_thread(self._claimed):
            if stop.is_set():
                return
            await self._take(path)

    def _make_folders(self) -> None:
        for name in (DONE, REFUSED, TAKING):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def _claim(self) -> None:
        """Move files that have not changed since the last look."""
        now = _regular_files(self.folder)
        resting = [n for n, facts in now.items() if self._seen.get(n) == facts and facts[0]]
        self._seen = now
        for name in resting:
            with contextlib.suppress(FileNotFoundError):  # its sender took it back
                _move(self.folder / name, self.folder / TAKING)

    def _claimed(self) -> list[Path]:
        """Files to take, oldest first."""
        folder = self.folder / TAKING
        found = _regular_files(folder)
        return [folder / name for name in sorted(found, key=lambda n: (found[n][1], n))]

    async def _take(self, path: Path) -> None:
        size, data = await asyncio.to_thread(self._read, path)
        try:
            await self.take(path.name, data)
            if size > self.max_bytes:
                raise TooLarge(size, self.max_bytes, "file")
        except (Malformed, TooLarge) as fault:
            facts = fault.facts() if isinstance(fault, Malformed) else {"reason": str(fault)}
            if size > self.max_bytes:
                facts = {"reason": str(TooLarge(size, self.max_bytes, "file"))}
            await asyncio.to_thread(self._refuse, path, facts)
            log.warning("file refused name=%s fault=%s", path.name, fault)
            return
        await asyncio.to_thread(_move, path, self.folder / DONE)

    def _read(self, path: Path) -> tuple[int, bytes]:
        """Size of a file and its bytes, one more than the limit at most."""
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(self.max_bytes + 1)
            return max(os.fstat(descriptor).st_size, len(data)), data

    def _refuse(self, path: Path, facts: dict[str, str]) -> None:
        moved = _move(path, self.folder / REFUSED)
        reason = moved.with_name(f"{moved.name}.reason.json")
        reason.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _regular_files(folder: Path) -> dict[str, _Facts]:
    """Size, time and number of each file with a name that is not temporary."""
    found: dict[str, _Facts] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith(TEMPORARY):
                continue
            with contextlib.suppress(FileNotFoundError):
                facts = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(facts.st_mode):
                    found[entry.name] = (facts.st_size, facts.st_mtime_ns, facts.st_ino)
    return found


def _move(path: Path, folder: Path) -> Path:
    """Move a file into a folder without ever replacing another."""
    target, number = folder / path.name, 1
    while target.exists():
        target = folder / f"{path.stem}.{number}{path.suffix}"
        number += 1
    path.rename(target)
    return target
