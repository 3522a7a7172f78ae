"""Grounds that somebody with an airport model has left in the model store, as JSON.

{models}/grounds/{name}.json     lines and places; see ``conflicts/ground.py``
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from ai_center.adapters.model_store import write
from ai_center.conflicts.ground import Ground, Line, joined
from ai_center.errors import DatasetChanged, DatasetUnavailable

FOLDER: Final = "grounds"
LINES: Final[TypeAdapter[tuple[Line, ...]]] = TypeAdapter(tuple[Line, ...])
PLACES: Final[TypeAdapter[dict[str, str]]] = TypeAdapter(dict[str, str])


class GroundFiles:
    """Keeps grounds by name."""

    def __init__(self, models: Path) -> None:
        """Keep them in a model store."""
        self._folder = models / FOLDER

    def ground(self, name: str) -> Ground:
        """The ground of a name.

        Raises:
            DatasetUnavailable: nobody left it here.
            DatasetChanged: the file is no ground.
        """
        path = self._folder / f"{name}.json"
        try:
            raw = json.loads(path.read_bytes())
            lines = LINES.validate_python(raw["lines"])
            places = PLACES.validate_python(raw["places"])
        except FileNotFoundError as missing:
            advice = f"airport-brain algorithms evaluate apron_conflicts puts {name} there"
            raise DatasetUnavailable(f"ground {name}", (f"no {path}", advice)) from missing
        except (ValueError, KeyError, TypeError, ValidationError) as fault:
            raise DatasetChanged(f"{path} is no ground: {type(fault).__name__}") from fault
        return joined(Ground(name=name, lines=lines, places=places))

    def names(self) -> tuple[str, ...]:
        """Every ground that is here."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.json")))

    def keep(self, ground: Ground) -> Path:
        """Leave a ground here; nothing is written when it is there already."""
        path = self._folder / f"{ground.name}.json"
        facts = {
            "lines": LINES.dump_python(ground.lines, mode="json"),
            "places": dict(sorted(ground.places.items())),
        }
        data = json.dumps(facts, separators=(",", ":")).encode()
        if not path.is_file() or path.read_bytes() != data:
            self._folder.mkdir(parents=True, exist_ok=True)
            write(path, data)
        return path
