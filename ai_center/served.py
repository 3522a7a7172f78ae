"""Which version of an algorithm serves: one line in a file, looked at before every call.

    {models}/forecasts/{name}/current      a trained forecast
    {models}/algorithms/{name}/current     any other algorithm whose settings or weights are kept

Looking costs two calls of ``stat``; a host opens the algorithm anew when the line was written anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

FORECASTS: Final = "forecasts"
ALGORITHMS: Final = "algorithms"
CURRENT: Final = "current"

Stamp = tuple[int, ...]
"""When and how the lines were written; another stamp is another version, or the same again."""


def stamp_of(models: Path, name: str) -> Stamp:
    """What the files that name the serving version look like now; empty where there is none."""
    found: list[int] = []
    for shelf in (FORECASTS, ALGORITHMS):
        try:
            state = (models / shelf / name / CURRENT).stat()
        except OSError:
            continue
        found += [state.st_mtime_ns, state.st_ino, state.st_size]
    return tuple(found)
