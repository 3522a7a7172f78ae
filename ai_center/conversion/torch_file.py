"""Tensors out of a PyTorch state dict (``.pth``), without PyTorch and without the pickle machine.

Two layouts, both told by ``torch_program``:

- before PyTorch 1.6: five pickles in a row (a magic number, protocol 1001, facts on the writer, the
  state dict, the keys of the storages in the order of their bytes), then per storage an eight-byte
  count of values and the values;
- since: an uncompressed zip with ``NAME/data.pkl`` and one member ``NAME/data/KEY`` per storage.

Values are little-endian.
"""

from __future__ import annotations

import io
import math
import zipfile
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ai_center.conversion import torch_program
from ai_center.conversion.torch_program import View
from ai_center.errors import Unconvertible

Tensors = dict[str, npt.NDArray[Any]]
"""Arrays by the name of the state dict, in its order."""

MAGIC: Final = 0x1950A86A20F9469CFC6C
PROTOCOL: Final = 1001


def read(data: bytes) -> Tensors:
    """Give the tensors of a state dict.

    Raises:
        Unconvertible: no such file, an opcode or a name that no state dict needs, a view that does
            not lie in row order, or values that end early; says at which byte where one is known.
    """
    if data.startswith(b"PK"):
        return _read_zip(data)
    return _read_legacy(data)


def _read_legacy(data: bytes) -> Tensors:
    file = io.BytesIO(data)
    if torch_program.read(file) != MAGIC or torch_program.read(file) != PROTOCOL:
        raise Unconvertible("the file does not start as a PyTorch state dict does")
    torch_program.read(file)  # how long integers were where it was written
    views = _views(torch_program.read(file))
    stores = {view.storage.key: view.storage for view in views.values()}
    keys = _keys(torch_program.read(file))
    if set(keys) != set(stores):
        raise Unconvertible("the list of storages does not fit the state dict")
    values = {}
    for key in keys:
        (count,) = _values(file.read(8), np.dtype("<i8"), 1, key)
        if count != stores[key].count:
            raise Unconvertible(f"storage {key} holds {count} values, not {stores[key].count}")
        size = stores[key].count * stores[key].dtype.itemsize
        values[key] = _values(file.read(size), stores[key].dtype, stores[key].count, key)
    if file.read(1):
        raise Unconvertible(f"{len(data) - file.tell() + 1} bytes follow the last storage")
    return {name: _cut(view, values[view.storage.key], name) for name, view in views.items()}


def _read_zip(data: bytes) -> Tensors:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            program = [name for name in archive.namelist() if name.endswith("/data.pkl")]
            if len(program) != 1:
                raise Unconvertible(f"{len(program)} members are called data.pkl, not one")
            views = _views(torch_program.read(io.BytesIO(_member(archive, program[0]))))
            root = program[0].removesuffix("data.pkl")
            values = {}
            for store in {view.storage for view in views.values()}:
                raw = _member(archive, f"{root}data/{store.key}")
                values[store.key] = _values(raw, store.dtype, store.count, store.key)
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise Unconvertible(f"the archive cannot be read ({type(error).__name__})") from error
    return {name: _cut(view, values[view.storage.key], name) for name, view in views.items()}


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a member; PyTorch stores them plain, so nothing unfolds into more than the file."""
    entry = archive.getinfo(name)
    if entry.compress_type != zipfile.ZIP_STORED:
        raise Unconvertible(f"member {name} is compressed; PyTorch stores members plain")
    return archive.read(entry)


def _values(raw: bytes, dtype: np.dtype[Any], count: int, key: str) -> npt.NDArray[Any]:
    if len(raw) != count * dtype.itemsize:
        raise Unconvertible(f"storage {key} has {len(raw)} bytes, not {count * dtype.itemsize}")
    return np.frombuffer(raw, dtype, count)


def _keys(listed: object) -> list[str]:
    if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
        raise Unconvertible("the list of storages holds something else than keys")
    return listed


def _views(state: object) -> dict[str, View]:
    if not isinstance(state, dict) or not state:
        raise Unconvertible("the file holds no state dict")
    for name, value in state.items():
        if not isinstance(name, str) or not isinstance(value, View):
            raise Unconvertible("the state dict holds something else than named tensors")
    return state


def _cut(view: View, values: npt.NDArray[Any], name: str) -> npt.NDArray[Any]:
    count = math.prod(view.shape)
    if view.offset + count > len(values):
        raise Unconvertible(f"tensor {name} reaches past the end of its storage")
    return values[view.offset : view.offset + count].reshape(view.shape)
