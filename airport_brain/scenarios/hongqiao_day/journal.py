"""What the platform has acknowledged, as the outside world saw it.

One JSON object a line, written by the player's process, which outlives a crash of the platform. The
end-to-end test compares it with the bus and with the state after a restart.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO


class Journal:
    """Appends acknowledgements to a file; ``None`` keeps only the counts."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: TextIO | None = None
        self.counts: dict[str, int] = {}

    def __enter__(self) -> Self:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a", encoding="utf-8")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def noting(self) -> bool:
        """Whether facts are kept; identities that are only for the journal need not be computed."""
        return self._file is not None

    def acknowledged(self, channel: str, **facts: Any) -> None:
        """Note that a message on ``channel`` was acknowledged."""
        self.counts[channel] = self.counts.get(channel, 0) + 1
        if self._file is not None:
            self._file.write(json.dumps({"channel": channel, **facts}) + "\n")

    def flush(self) -> None:
        """Hand what was noted to the operating system."""
        if self._file is not None:
            self._file.flush()


def read_journal(path: Path) -> list[dict[str, Any]]:
    """All noted acknowledgements; a last line cut short by a crash is left out."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]
