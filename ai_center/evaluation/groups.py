"""Does it work for everybody? Error rates per group of people, where the set says who is in which.

``groups.csv`` beside ``pairs.csv``: a column ``person`` (as in the file names) and one column per
label (``age``, ``sex``, ``region`` or whatever the site has). Every group is measured at the one
threshold that the whole set gives at the default false match rate:

- FMR within the group: both people of the pair are in it, where confusions are likeliest;
- FNMR: genuine pairs of its people that are refused.

Intervals come from resampling the people of the group. A person without an entry is in no group.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from ai_center.evaluation.intervals import (
    RESAMPLES,
    RULE_OF_30,
    SEED,
    Floats,
    Interval,
    resampled,
    spans,
)
from ai_center.evaluation.photo_set import BadPairs, PhotoSet

FILE: Final = "groups.csv"
PERSON: Final = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group at the common threshold.

    Attributes:
        label: column of ``groups.csv``.
        value: the group.
        fmr: false match rate within the group.
        fnmr: share of its genuine pairs refused.
        counted: whether 30 pairs at least were wrong (rule of 30), so that its rate is known.
    """

    label: str
    value: str
    people: int
    genuine_pairs: int
    impostor_pairs: int
    fmr: Interval
    fnmr: Interval
    counted: bool


def read_groups(folder: Path) -> dict[str, dict[str, str]]:
    """Labels by person; empty when the set has none.

    Raises:
        BadPairs: the file has no column ``person``, or no further column.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not rows or PERSON not in rows[0] or len(rows[0]) < 2:
        raise BadPairs(f"{path} needs the column {PERSON} and one per label")
    return {
        row[PERSON]: {label: value for label, value in row.items() if label != PERSON and value}
        for row in rows
    }


def by_group(
    photos: PhotoSet, labels: Mapping[str, Mapping[str, str]], *, threshold: float
) -> tuple[Group, ...]:
    """Measure every group that has two people at least."""
    members: dict[tuple[str, str], set[str]] = {}
    for person in set(photos.people) & labels.keys():
        for label, value in labels[person].items():
            members.setdefault((label, value), set()).add(person)
    return tuple(
        group
        for (label, value), people in sorted(members.items())
        if len(people) >= 2
        for group in _group(photos, label, value, people, threshold)
    )


def _group(
    photos: PhotoSet, label: str, value: str, people: set[str], threshold: float
) -> Iterator[Group]:
    inside = np.flatnonzero([name in people for name in photos.people])
    _, person = np.unique(photos.person[inside], return_inverse=True)
    first, second = np.triu_indices(len(inside), 1)
    close = photos.distances[np.ix_(inside, inside)][first, second] <= threshold
    who = person[first], person[second]
    same = who[0] == who[1]
    random = np.random.default_rng(SEED)
    weights = [np.ones(len(people))]
    weights += [resampled(random, len(people)) for _ in range(RESAMPLES)]
    measured = np.array([_rates(close, same, who, weight) for weight in weights])
    fmr, fnmr = spans(measured[0], measured[1:])
    wrong = int((close & ~same).sum()), int((~close & same).sum())
    yield Group(
        label=label,
        value=value,
        people=len(people),
        genuine_pairs=int(same.sum()),
        impostor_pairs=int((~same).sum()),
        fmr=fmr,
        fnmr=fnmr,
        counted=min(wrong) >= RULE_OF_30,
    )


def _rates(
    close: npt.NDArray[np.bool_],
    same: npt.NDArray[np.bool_],
    who: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]],
    weight: Floats,
) -> tuple[float, float]:
    """FMR and FNMR when every person counts ``weight`` times."""
    genuine = weight[who[0][same]]
    impostor = weight[who[0][~same]] * weight[who[1][~same]]
    false = float(impostor[close[~same]].sum() / impostor.sum()) if impostor.sum() else np.nan
    missed = float(genuine[~close[same]].sum() / genuine.sum()) if genuine.sum() else np.nan
    return false, missed
