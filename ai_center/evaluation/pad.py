"""Presentation attacks: how often is a picture or a mask taken for a person, and a person refused?

After ISO/IEC 30107-3. The folder holds ``pad.csv`` (columns ``file,species``) and the photos. A
species is a kind of attack (``print-a4-matt``, ``phone-screen``); ``bona fide`` is a live person.

- APCER: share of the attacks of one species that pass; the worst species counts, never the mean;
- BPCER: share of the live presentations that are refused;
- a photo in which no face is found is no answer: counted apart (APNRR, BPNRR) and in no rate.

Intervals are exact for independent presentations; several photos of one print are not independent.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ai_center.domain import Liveness, ModelIdentity
from ai_center.errors import PhotoRefused
from ai_center.evaluation.intervals import Interval, share
from ai_center.evaluation.photo_set import BadPairs

FILE: Final = "pad.csv"
BONA_FIDE: Final = "bona fide"
THRESHOLDS: Final = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Scores at which the trade between the two errors is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Species:
    """One kind of presentation.

    Attributes:
        presentations: photos of it.
        silent: photos in which no face was found.
        error: APCER of an attack, BPCER of ``bona fide``, at the set's own threshold.
    """

    name: str
    presentations: int
    silent: int
    error: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """Worst APCER and BPCER at a threshold; NaN where there is nothing to count."""

    threshold: float
    apcer: float
    bpcer: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PadReport:
    """What a folder of presentations showed."""

    liveness: str
    models: tuple[ModelIdentity, ...]
    data: str
    threshold: float
    bona_fide: Species
    attacks: tuple[Species, ...]
    trades: tuple[Trade, ...]

    @property
    def worst(self) -> Species | None:
        """The species that passes most often; ``None`` without attacks that were answered."""
        answered = [s for s in self.attacks if s.presentations > s.silent]
        return max(answered, key=lambda s: (s.error.value, s.error.high), default=None)


def evaluate_pad(
    folder: Path,
    judge: Callable[[bytes], Liveness],
    *,
    liveness: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> PadReport:
    """Judge every photo of a folder of presentations.

    Args:
        folder: see the module.
        judge: the liveness check.
        liveness: name of its set, for the report.
        progress: told photos done and in all.

    Raises:
        BadPairs: the folder is not as described, or a face was found in no photo.
    """
    listed = read_presentations(folder)
    scores: dict[str, list[float | None]] = {}
    some: Liveness | None = None
    for index, (name, species) in enumerate(listed, 1):
        try:
            some = judge((folder / name).read_bytes())
            scores.setdefault(species, []).append(some.score)
        except PhotoRefused:
            scores.setdefault(species, []).append(None)
        progress(index, len(listed))
    if some is None:
        raise BadPairs(f"{folder}: a face was found in none of {len(listed)} photos")
    live = scores.pop(BONA_FIDE, [])
    return PadReport(
        liveness=liveness,
        models=some.models,
        data=folder.name,
        threshold=some.threshold,
        bona_fide=_species(BONA_FIDE, live, some.threshold),
        attacks=tuple(_species(name, scores[name], some.threshold) for name in sorted(scores)),
        trades=tuple(_trade(live, list(scores.values()), at) for at in THRESHOLDS),
    )


def read_presentations(folder: Path) -> list[tuple[str, str]]:
    """Read ``pad.csv``: file and species.

    Raises:
        BadPairs: no such file, a column is missing, or a photo is.
    """
    path = folder / FILE
    if not path.is_file():
        raise BadPairs(f"{path} is not there")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"file", "species"} <= rows[0].keys():
        raise BadPairs(f"{path} needs the columns file,species")
    for row in rows:
        name = row["file"]
        if Path(name).name != name or not (folder / name).is_file():
            raise BadPairs(f"{path}: photo {name!r} is not in the folder")
    return [(row["file"], row["species"].strip() or BONA_FIDE) for row in rows]


def _species(name: str, scores: Sequence[float | None], threshold: float) -> Species:
    answered = [score for score in scores if score is not None]
    passed = sum(score >= threshold for score in answered)
    errors = len(answered) - passed if name == BONA_FIDE else passed
    return Species(
        name=name,
        presentations=len(scores),
        silent=len(scores) - len(answered),
        error=share(errors, len(answered)),
    )


def _trade(
    live: Sequence[float | None], attacks: Sequence[Sequence[float | None]], threshold: float
) -> Trade:
    passed = [_species("attack", scores, threshold).error.value for scores in attacks]
    known = [value for value in passed if value == value]  # NaN is not equal to itself
    return Trade(
        threshold=threshold,
        apcer=max(known, default=float("nan")),
        bpcer=_species(BONA_FIDE, live, threshold).error.value,
    )
