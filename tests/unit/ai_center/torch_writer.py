"""Writes state dicts in both layouts of ``.pth``, opcode by opcode, as PyTorch does."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

STORAGES = {"float32": "FloatStorage", "int64": "LongStorage", "float16": "HalfStorage"}
State = Mapping[str, npt.NDArray[Any]]


def legacy(state: State) -> bytes:
    """The layout before PyTorch 1.6."""
    parts = [plain(0x1950A86A20F9469CFC6C), plain(1001), plain({"little_endian": True})]
    parts += [program(state, legacy=True), plain([str(place) for place in range(len(state))])]
    for value in state.values():
        parts += [struct.pack("<q", value.size), np.ascontiguousarray(value).tobytes()]
    return b"".join(parts)


def zipped(state: State, *, how: int = zipfile.ZIP_STORED) -> bytes:
    """The layout since."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        archive.writestr("net/data.pkl", program(state, legacy=False))
        archive.writestr("net/version", "3\n")
        for place, value in enumerate(state.values()):
            archive.writestr(f"net/data/{place}", np.ascontiguousarray(value).tobytes())
    return file.getvalue()


def plain(value: object) -> bytes:
    return pickle.dumps(value, protocol=2)


def program(state: State, *, legacy: bool, strides: Sequence[int] | None = None) -> bytes:
    """The pickle of a state dict; ``strides`` are told of every tensor in place of its own."""
    parts = [b"\x80\x02", name("collections", "OrderedDict"), b")R("]
    for place, (label, value) in enumerate(state.items()):
        kind = name("torch", STORAGES[value.dtype.name])
        identity = text("storage") + kind + text(str(place)) + text("cpu") + number(value.size)
        storage = b"(" + identity + (b"N" if legacy else b"") + b"tQ"
        steps = [step // value.itemsize for step in value.strides] if strides is None else strides
        view = storage + number(0) + numbers(value.shape) + numbers(steps) + b"\x89"
        hooks = name("collections", "OrderedDict") + b")R"
        parts += [text(label), name("torch._utils", "_rebuild_tensor_v2"), b"("]
        parts += [view, hooks, b"tR"]
    return b"".join([*parts, b"u."])


def name(module: str, attribute: str) -> bytes:
    return f"c{module}\n{attribute}\n".encode()


def text(value: str) -> bytes:
    return b"X" + struct.pack("<I", len(value.encode())) + value.encode()


def number(value: int) -> bytes:
    return b"J" + struct.pack("<i", value)


def numbers(values: Sequence[int]) -> bytes:
    return b"(" + b"".join(number(int(value)) for value in values) + b"t"
