"""Files of the declared data sets: found in folders or inside installed packages, checked by sha256.

{data}/datasets/<file>      where ``data get`` puts them; looked at first
folders of the settings     e.g. a shared drive
an installed package        the file is read where it lies, the package is never imported
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from ai_center.adapters.model_store import write
from ai_center.datasets.declaration import Dataset
from ai_center.datasets.table import Table
from ai_center.errors import DatasetChanged, DatasetUnavailable


class DatasetFiles:
    """Looks for files of data sets."""

    def __init__(self, own: Path, folders: Sequence[Path]) -> None:
        """Look in our own folder first, then in the others in order."""
        self._own = own
        self._folders = tuple(folders)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Our own folder and those that are looked through after it."""
        return (self._own, *self._folders)

    def facts(self, dataset: Dataset) -> Table:
        """Read a data set.

        Raises:
            DatasetUnavailable: a file is nowhere.
            DatasetChanged: a file is another than declared, or cannot be read.
        """
        return read(dataset, tuple(path.read_bytes() for path in self.paths(dataset)))

    def paths(self, dataset: Dataset) -> list[Path]:
        """Where its files lie, in the declared order; empty for a generated set."""
        return [self._find(dataset, name) for name in dataset.files]

    def get(self, dataset: Dataset) -> list[Path]:
        """Copy its files into our own folder, each checked.

        Raises:
            DatasetUnavailable: a file is nowhere.
            DatasetChanged: a file is another than declared.
        """
        kept = []
        for path, expected in zip(self.paths(dataset), dataset.sha256, strict=True):
            data = path.read_bytes()
            check(dataset, path.name, data, expected)
            target = self._own / path.name
            if target.resolve() != path.resolve():
                self._own.mkdir(parents=True, exist_ok=True)
                write(target, data)
            kept.append(target)
        return kept

    def _find(self, dataset: Dataset, name: str) -> Path:
        places = [folder / Path(name).name for folder in (self._own, *self._folders)]
        if dataset.kind == "package":
            places.append(_inside(dataset.place.partition("==")[0], name))
        for place in places:
            if place.is_file():
                return place
        advice = (
            (f"pip install {dataset.place}",)
            if dataset.kind == "package"
            else ("put the file there, or name its folder with --from",)
        )
        raise DatasetUnavailable(
            dataset.name, (*(f"no {place}" for place in places if place.name), *advice)
        )


def read(dataset: Dataset, files: tuple[bytes, ...], *, declared: bool = True) -> Table:
    """Read files of a data set.

    Args:
        dataset: how they are read.
        files: in the declared order.
        declared: they must be the declared ones; another period of the same form is not.

    Raises:
        DatasetChanged: a file is another than declared, or cannot be read.
    """
    if declared:
        for name, data, expected in zip(dataset.files, files, dataset.sha256, strict=True):
            check(dataset, name, data, expected)
    try:
        return dataset.read(files)
    except (ValueError, KeyError, OSError, EOFError) as fault:
        raise DatasetChanged(f"data set {dataset.name!r} cannot be read: {fault}") from fault


def check(dataset: Dataset, name: str, data: bytes, expected: str) -> None:
    """Refuse a file whose sha256 is not the declared one."""
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise DatasetChanged(
            f"data set {dataset.name!r}: sha256 of {name} is {found[:16]}..., "
            f"declared is {expected[:16]}..."
        )


def _inside(package: str, name: str) -> Path:
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return Path(next(iter(folders))) / name if folders else Path()
