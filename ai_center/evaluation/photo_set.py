"""A folder of labelled photos, observed once: who is on them and how far apart they are.

The folder holds ``pairs.csv`` (columns ``a,b,same``; file names and 1 or 0) and ``images/``. A file
belongs to the person whose name stands before its last underscore (``Angela_Bassett_0001.jpg``).
``groups.csv`` may stand beside it (see ``groups``).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ai_center.domain import FaceObservation, Metric, ModelIdentity
from ai_center.errors import AiError, PhotoRefused

Floats = npt.NDArray[np.float64]
Listed = Sequence[tuple[str, str, bool]]
"""Pairs as they are listed: two file names, and whether one person is on both."""


class BadPairs(AiError, ValueError):
    """A folder that is no evaluation set; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """What was seen of a folder.

    Attributes:
        listed: the listed pairs.
        names: every photo.
        kept: the photos in which a face was found, in order of name.
        people: who is on each kept photo.
        person: the same as numbers from 0, in order of name.
        distances: native distances of every kept photo to every other, shape (n, n).
        stage_ms: milliseconds per stage of each kept photo.
    """

    listed: Listed
    names: tuple[str, ...]
    kept: tuple[str, ...]
    people: tuple[str, ...]
    person: npt.NDArray[np.int64]
    distances: Floats
    stage_ms: tuple[Mapping[str, float], ...]
    model: ModelIdentity
    detector: ModelIdentity

    @property
    def failures(self) -> tuple[str, ...]:
        """Photos in which no face was found."""
        found = set(self.kept)
        return tuple(name for name in self.names if name not in found)

    @property
    def count(self) -> int:
        """People on the kept photos."""
        return len(set(self.people))


def observe_all(
    folder: Path,
    observe: Callable[[bytes], FaceObservation],
    *,
    metric: Metric,
    progress: Callable[[int, int], None],
) -> PhotoSet:
    """Observe every photo of a folder of pairs.

    Raises:
        BadPairs: the folder is not as described, or no two photos hold a face.
    """
    listed = read_pairs(folder)
    names = sorted({name for a, b, _ in listed for name in (a, b)})
    seen: dict[str, FaceObservation] = {}
    for index, name in enumerate(names, 1):
        with suppress(PhotoRefused):  # counted as a failure: the name is not among those seen
            seen[name] = observe((folder / "images" / name).read_bytes())
        progress(index, len(names))
    if len(seen) < 2:
        raise BadPairs(f"{folder}: a face was found in {len(seen)} of {len(names)} photos")
    kept = tuple(seen)
    people = tuple(person_of(name) for name in kept)
    vectors = np.stack([one.embedding for one in seen.values()]).astype(np.float64)
    some = next(iter(seen.values()))
    return PhotoSet(
        listed=listed,
        names=tuple(names),
        kept=kept,
        people=people,
        person=np.unique(people, return_inverse=True)[1].astype(np.int64),
        distances=all_distances(vectors, metric),
        stage_ms=tuple(one.stage_ms for one in seen.values()),
        model=some.model,
        detector=some.detector,
    )


def read_pairs(folder: Path) -> list[tuple[str, str, bool]]:
    """Read ``pairs.csv``.

    Raises:
        BadPairs: no such file, a column is missing, or a photo is.
    """
    path = folder / "pairs.csv"
    if not path.is_file():
        raise BadPairs(f"{path} is not there")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"a", "b", "same"} <= rows[0].keys():
        raise BadPairs(f"{path} needs the columns a,b,same")
    pairs = [(row["a"], row["b"], row["same"] == "1") for row in rows]
    for name in {name for a, b, _ in pairs for name in (a, b)}:
        inside = Path(name).name == name
        if not inside or not (folder / "images" / name).is_file():
            raise BadPairs(f"{path}: photo {name!r} is not in images/")
    return pairs


def person_of(name: str) -> str:
    """The person a file name stands for.

    >>> person_of("Angela_Bassett_0005.jpg")
    'Angela_Bassett'
    """
    return Path(name).stem.rpartition("_")[0]


def all_distances(vectors: Floats, metric: Metric) -> Floats:
    """Native distances of every vector to every other, shape (n, n)."""
    if metric == "cosine":
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        cosine: Floats = 1.0 - unit @ unit.T
        return cosine
    squares = np.square(vectors).sum(axis=1)
    euclid: Floats = squares[:, None] + squares[None] - 2 * vectors @ vectors.T
    return np.sqrt(np.maximum(euclid, 0.0))
