"""Findings kept as small files, so that every later run tries them first.

``tests/fuzz/cases/<format>/<kind>-<number>.bin``: the input alone; what was wrong with it is in its name and
in the commit that brought it together with the repair.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.fuzz.checks import Finding

FOLDER: Final = Path(__file__).parent / "cases"
LARGEST: Final = 20_000
"""Bytes of a case; larger inputs are made by tests/fuzz/hostile.py instead of kept."""


def cases() -> Iterator[tuple[str, Path]]:
    """Format and file of every case."""
    for file in sorted(FOLDER.glob("*/*.bin")):
        yield file.parent.name, file


def keep(finding: Finding, folder: Path = FOLDER) -> Path | None:
    """Write a finding's input; nothing when it is too large to be kept."""
    if len(finding.data) > LARGEST:
        return None
    number = hashlib.sha256(finding.data).hexdigest()[:8]
    file = folder / finding.format / f"{finding.kind}-{number}.bin"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(finding.data)
    return file
