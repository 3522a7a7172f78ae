"""The converter refuses what it does not know, and builds a working net from random tensors."""

from __future__ import annotations

import json

import numpy as np
import onnxruntime
import pytest

from ai_center.conversion.face_api import STAGES, TENSORS, convert, read_tensors
from ai_center.errors import Unconvertible

Entry = dict[str, object]


def entries() -> list[Entry]:
    """Names and shapes of the real file, in its order; every fifth tensor is not quantised."""
    found: list[Entry] = []

    def block(name: str, side: int, inward: int, outward: int) -> None:
        for part, shape in (
            ("conv/filters", [side, side, inward, outward]),
            ("conv/bias", [outward]),
            ("scale/weights", [outward]),
            ("scale/biases", [outward]),
        ):
            found.append({"name": f"{name}/{part}", "shape": shape, "dtype": "float32"})

    block("conv32_down", 7, 3, 32)
    channels = 32
    for name, _, wide in STAGES:
        block(f"{name}/conv1", 3, channels, wide)
        block(f"{name}/conv2", 3, wide, wide)
        channels = wide
    found.append({"name": "fc", "shape": [256, 128], "dtype": "float32"})
    for index, entry in enumerate(found):
        if index % 5:
            entry["quantization"] = {"dtype": "uint8", "scale": 0.0004, "min": -0.05}
    return found


def blob(listed: list[Entry]) -> bytes:
    random = np.random.default_rng(5)
    parts = []
    for entry in listed:
        count = int(np.prod(entry["shape"]))  # type: ignore[arg-type]
        if "quantization" in entry:
            parts.append(random.integers(0, 256, count).astype(np.uint8).tobytes())
        else:
            parts.append(random.normal(0, 0.02, count).astype("<f4").tobytes())
    return b"".join(parts)


def manifest(listed: list[Entry]) -> bytes:
    return json.dumps([{"paths": ["a.bin"], "weights": listed}]).encode()


def test_mixed_tensors_are_read_to_the_last_byte() -> None:
    listed = entries()
    tensors = read_tensors(manifest(listed), blob(listed))
    assert len(tensors) == TENSORS == 117
    packed = tensors["conv32_down/conv/bias"]
    assert packed.min() >= -0.05
    assert packed.max() <= -0.05 + 255 * 0.0004 + 1e-6
    assert tensors["fc"].shape == (256, 128)


def test_the_net_takes_any_batch_and_gives_the_same_bytes_every_time() -> None:
    listed = entries()
    model = convert(manifest(listed), blob(listed))
    assert convert(manifest(listed), blob(listed)) == model
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    faces = np.random.default_rng(1).normal(size=(3, 3, 150, 150)).astype(np.float32)
    (together,) = session.run(None, {"image": faces})
    alone = np.concatenate([session.run(None, {"image": face[None]})[0] for face in faces])
    assert np.asarray(together).shape == (3, 128)
    assert np.abs(np.asarray(together) - alone).max() < 1e-5


@pytest.mark.parametrize("change", [-1, 1])
def test_a_blob_of_another_length_is_refused(change: int) -> None:
    listed = entries()
    data = blob(listed)
    with pytest.raises(Unconvertible, match=r"byte|accounts"):
        read_tensors(manifest(listed), data[:change] if change < 0 else data + b"x")


def test_another_number_of_tensors_is_refused() -> None:
    listed = entries()[:-1]
    with pytest.raises(Unconvertible, match="116 tensors"):
        convert(manifest(listed), blob(listed))


def test_a_renamed_tensor_is_named() -> None:
    listed = entries()
    listed[-1]["name"] = "fully_connected"
    with pytest.raises(Unconvertible, match="'fc'"):
        convert(manifest(listed), blob(listed))
