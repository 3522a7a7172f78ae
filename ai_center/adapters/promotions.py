"""Who made which version serve, when, on what evidence: one line each, chained by hash.

    {models}/promotions.jsonl

Every line carries the sha256 of the line before it, so that a line that was changed or taken out is
noticed by :meth:`Promotions.broken`; lines cut off at the end are not. A line is on disk before the
version serves.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

FILE: Final = "promotions.jsonl"
START: Final = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """One line.

    Attributes:
        at: moment, ISO 8601 UTC.
        by: account of the person or of the key.
        name: of the algorithm.
        version: that serves from then on.
        previous: that served before; empty: none, or what is built in.
        gate: every rule with whether it was kept and what was found.
        forced: whether a rule was not kept.
        reason: why it was done nevertheless, or why at all.
        evidence: sha256 of the figures.
    """

    at: str
    by: str
    name: str
    version: str
    previous: str
    gate: tuple[Mapping[str, Any], ...]
    forced: bool
    reason: str
    evidence: str


class Promotions:
    """The file of promotions."""

    def __init__(self, models: Path) -> None:
        """Use the file of a model store."""
        self._path = models / FILE

    def add(self, promotion: Promotion) -> None:
        """Write one more line; it is on disk when this returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = self._lines()
        before = hashlib.sha256(lines[-1].encode()).hexdigest() if lines else START
        line = json.dumps({**asdict(promotion), "before": before}, ensure_ascii=False)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def of(self, name: str) -> list[Promotion]:
        """Promotions of an algorithm, oldest first."""
        return [one for one in self._read() if one.name == name]

    def broken(self) -> int | None:
        """Number of the first line that does not follow from the one before it; ``None``: whole."""
        before = START
        for number, line in enumerate(self._lines(), 1):
            try:
                told = json.loads(line).get("before")
            except ValueError:
                return number
            if told != before:
                return number
            before = hashlib.sha256(line.encode()).hexdigest()
        return None

    def _read(self) -> Iterator[Promotion]:
        for line in self._lines():
            try:
                fields = json.loads(line)
            except ValueError:
                continue  # cut off by a crash; broken() tells its number
            fields.pop("before")
            fields["gate"] = tuple(fields["gate"])
            yield Promotion(**fields)

    def _lines(self) -> list[str]:
        return self._path.read_text("utf-8").splitlines() if self._path.is_file() else []
