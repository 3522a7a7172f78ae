"""How a data set is declared: one record per set, so that a card can say what a model learnt from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ai_center.datasets.table import Column, Table

Kind = Literal["file", "package", "generated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """Something a generated set promises of its values, for every seed.

    Attributes:
        says: what is computed, with its unit.
        of: computes it.
        low: least that is right.
        high: most that is right.
    """

    says: str
    of: Callable[[Table], float]
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One declared input.

    Attributes:
        name: how it is called.
        version: of what is read from it; another reading is another version.
        title: one sentence.
        kind: ``file`` (found in a folder by name), ``package`` (inside a Python package from the
            registry) or ``generated`` (made here from a seed).
        place: file name; ``package==version:member``; or what generates it.
        sha256: of each file in ``files``, in that order; empty for a generated set.
        files: what has to be at hand, in the order ``read`` takes them.
        licence: SPDX name or plain words.
        origin: who measured it, and how it came here.
        columns: name of each column and its meaning with unit.
        traps: what misleads, in plain words.
        time: column that orders the rows, minutes since 1970.
        read: turns the files into columns; for a generated set a function of no files.
        step_min: minutes from row to row where every step has one, else ``None``.
        statistics: what a generated set promises of its values; a file keeps no promise.
        seeded: makes a generated set from another seed.
    """

    name: str
    version: str
    title: str
    kind: Kind
    place: str
    licence: str
    origin: str
    columns: tuple[tuple[str, str], ...]
    traps: tuple[str, ...]
    time: str
    read: Callable[[tuple[bytes, ...]], Table]
    step_min: float | None = None
    files: tuple[str, ...] = ()
    sha256: tuple[str, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    seeded: Callable[[int], Table] | None = None


def continued(dataset: Dataset, past: Table, later: Table) -> Table:
    """Put the past before later rows of the same set, so that they have a history.

    Of the past only what lies before the first later row is taken; steps that are in neither are unknown,
    and so is a column in the part that lacks it.
    """
    start = float(np.nanmin(later.numbers(dataset.time)))
    before = past.rows(past.numbers(dataset.time) < start)
    if not len(before):
        return later
    columns: dict[str, Column] = {
        name: np.concatenate([_column(before, name, later), _column(later, name, before)])
        for name in {**before.columns, **later.columns}
    }
    whole = Table(columns=columns)
    return whole if dataset.step_min is None else _stepped(dataset, whole, dataset.step_min)


def _column(table: Table, name: str, like: Table) -> Column:
    """A column, unknown throughout where only the other table has it."""
    if name in table.columns:
        return table.columns[name]
    if like.columns[name].dtype.kind == "U":
        return np.full(len(table), "")
    return np.full(len(table), np.nan)


def _stepped(dataset: Dataset, table: Table, step_min: float) -> Table:
    """The same rows with one for every step."""
    at = table.numbers(dataset.time)
    places = np.round((at - at.min()) / step_min).astype(np.int64)
    steps = at.min() + step_min * np.arange(int(places.max()) + 1)
    columns: dict[str, Column] = {}
    for name in table.columns:
        column = np.full(len(steps), np.nan)
        column[places] = table.numbers(name)
        columns[name] = column
    return Table(columns={**columns, dataset.time: steps})
