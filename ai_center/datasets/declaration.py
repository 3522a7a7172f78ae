"""How a data set is declared: one record per set, so that a card can say what a model learnt from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ai_center.datasets.table import Table

Kind = Literal["file", "package", "generated"]


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
        read: turns the files into columns; for a generated set a function of no files.
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
    read: Callable[[tuple[bytes, ...]], Table]
    files: tuple[str, ...] = ()
    sha256: tuple[str, ...] = ()
