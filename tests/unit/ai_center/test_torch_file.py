"""State dicts are read in both layouts; whatever is no state dict is refused and never run."""

from __future__ import annotations

import os
import pickle
import random
import zipfile
from collections.abc import Callable

import numpy as np
import pytest

from ai_center.conversion import torch_file
from ai_center.errors import Unconvertible
from tests.unit.ai_center import torch_writer
from tests.unit.ai_center.torch_writer import State

STATE: State = {
    "module.a.weight": np.arange(24, dtype=np.float32).reshape(2, 3, 4),
    "module.a.count": np.array(7, dtype=np.int64),
    "module.b.weight": np.linspace(-1, 1, 5).astype(np.float16),
}


@pytest.mark.parametrize("write", [torch_writer.legacy, torch_writer.zipped])
def test_tensors_come_back_as_they_were(write: Callable[[State], bytes]) -> None:
    read = torch_file.read(write(STATE))
    assert list(read) == list(STATE)
    for name, value in STATE.items():
        assert read[name].dtype == value.dtype
        assert np.array_equal(read[name], value)


class Trap:
    """Runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("trap-was-sprung",)


@pytest.mark.parametrize("protocol", [2, 4])
def test_a_file_that_calls_something_is_refused_before_it_can(
    protocol: int, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))
    with pytest.raises(Unconvertible, match="byte"):
        torch_file.read(pickle.dumps(Trap(), protocol=protocol))
    assert not os.listdir(str(tmp_path))


def test_a_foreign_name_is_told_with_its_place() -> None:
    data = torch_writer.legacy(STATE).replace(b"collections\nOrderedDict", b"os\nsystem", 1)
    with pytest.raises(Unconvertible, match=r"byte \d+: the file names 'os system'"):
        torch_file.read(data)


def test_a_turned_tensor_is_refused() -> None:
    whole = torch_writer.legacy({"a": np.zeros((2, 3), np.float32)})
    own = torch_writer.program({"a": np.zeros((2, 3), np.float32)}, legacy=True)
    turned = torch_writer.program({"a": np.zeros((2, 3), np.float32)}, legacy=True, strides=(1, 2))
    with pytest.raises(Unconvertible, match="row order"):
        torch_file.read(whole.replace(own, turned))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a state dict|ends"),
        (torch_writer.plain([1, 2, 3]) * 5, "does not start"),
        (torch_writer.legacy(STATE)[:-1], "bytes, not"),
        (torch_writer.legacy(STATE) + b"x", "1 bytes follow"),
        (torch_writer.zipped(STATE, how=zipfile.ZIP_DEFLATED), "compressed"),
        (torch_writer.zipped(STATE)[:-30], "archive"),
        (torch_writer.legacy({}), "no state dict"),
    ],
)
def test_what_is_no_state_dict_says_why(data: bytes, message: str) -> None:
    with pytest.raises(Unconvertible, match=message):
        torch_file.read(data)


def test_damaged_files_are_refused_or_read_and_never_break() -> None:
    dice = random.Random(5)
    for whole in (torch_writer.legacy(STATE), torch_writer.zipped(STATE)):
        for _ in range(1500):
            data = bytearray(whole)
            for _ in range(dice.randint(1, 4)):
                data[dice.randrange(len(data))] = dice.randrange(256)
            try:
                torch_file.read(bytes(data[: dice.randint(len(data) // 2, len(data))]))
            except Unconvertible:
                continue
