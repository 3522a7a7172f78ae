"""The written network computes what its description says; training runs where PyTorch is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import pytest

from ai_center.vision.adapters.onnx_writer import written
from ai_center.vision.decoding import cells
from ai_center.vision.happenings import KINDS
from ai_center.vision.network import STRIDES, TILE, Layer, architecture, shapes

Planes = npt.NDArray[np.float32]
LAYERS = architecture(len(KINDS))


@pytest.fixture(scope="module")
def weights() -> dict[str, Planes]:
    draw = np.random.default_rng(1)
    found = {}
    for name, (outs, ins, kernel, _) in shapes(LAYERS).items():
        spread = (2 / (ins * kernel * kernel)) ** 0.5 / (255 if name == "stem" else 1)
        values = draw.normal(0, spread, (outs, ins, kernel, kernel))
        found[name] = values.astype(np.float16).astype(np.float32)
        found[f"{name}.bias"] = draw.normal(0, 0.1, outs).astype(np.float16).astype(np.float32)
    return found


def convolved(plane: Planes, weights: Planes, bias: Planes, stride: int) -> Planes:
    kernel = weights.shape[-1]
    padded = np.pad(plane, ((0, 0), (kernel // 2,) * 2, (kernel // 2,) * 2))
    seen = np.lib.stride_tricks.sliding_window_view(padded, (kernel, kernel), (1, 2))
    seen = seen[:, ::stride, ::stride]
    found = np.tensordot(weights, seen, axes=([1, 2, 3], [0, 3, 4]))
    return np.asarray(found + bias[:, None, None], np.float32)


def carried_out(layer: Layer, taken: list[Planes], weights: Mapping[str, Planes]) -> Planes:
    match layer.does:
        case "add":
            return taken[0] + taken[1]
        case "join":
            return np.concatenate(taken)
        case "up":
            return taken[0].repeat(2, axis=1).repeat(2, axis=2)
        case "pool":
            padded = np.pad(taken[0], ((0, 0), (2, 2), (2, 2)), constant_values=-np.inf)
            windows = np.lib.stride_tricks.sliding_window_view(padded, (5, 5), (1, 2))
            return np.asarray(windows.max(axis=(3, 4)), np.float32)
    name = layer.weights
    found = convolved(taken[0], weights[name], weights[f"{name}.bias"], layer.stride)
    return found if layer.does == "out" else np.maximum(found, 0)


def test_the_file_computes_what_the_description_says(weights: dict[str, Planes]) -> None:
    draw = np.random.default_rng(2)
    pictures = draw.integers(0, 256, (2, 3, TILE[1], TILE[0])).astype(np.float32)
    data = written(LAYERS, weights)
    assert data == written(LAYERS, weights)
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    found = session.run(["cells"], {"pictures": pictures})[0]
    assert found.shape == (2, len(cells(*TILE)[0]), 5 + len(KINDS))
    for number, picture in enumerate(pictures):
        results = {"picture": picture}
        for layer in LAYERS:
            results[layer.name] = carried_out(layer, [results[n] for n in layer.takes], weights)
        rows = np.concatenate(
            [
                np.concatenate([results[f"box_{s}"], results[f"kind_{s}"]])
                .reshape(5 + len(KINDS), -1)
                .T
                for s in STRIDES
            ]
        )
        assert found[number][:, :4] == pytest.approx(rows[:, :4], abs=2e-3)
        assert found[number][:, 4:] == pytest.approx(1 / (1 + np.exp(-rows[:, 4:])), abs=1e-3)


def test_weights_fit_the_package(weights: dict[str, Planes]) -> None:
    assert len(written(LAYERS, weights)) < 1_000_000


def test_a_training_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="PyTorch (extra 'train') is not installed")
    from ai_center.vision.adapters import torch_trainer
    from ai_center.vision.learning import Recipe

    recipe = Recipe(films=1, moments=2, epochs=2, until=2, batch=3, settles=6)

    class Stopped(Exception):
        pass

    def stop(doing: str, done: int, total: int) -> None:
        if doing.startswith("training"):
            raise Stopped

    def go(doing: str, done: int, total: int) -> None:
        return None

    whole = torch_trainer.train(recipe, seed=3, work=tmp_path / "a", threads=1, progress=go)
    with pytest.raises(Stopped):
        torch_trainer.train(recipe, seed=3, work=tmp_path / "b", threads=1, progress=stop)
    rest = torch_trainer.train(recipe, seed=3, work=tmp_path / "b", threads=1, progress=go)
    assert whole == rest
