"""The converted net says what the described net says, to the sixth digit."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from ai_center.conversion import minifasnet
from ai_center.errors import Unconvertible
from tests.unit.ai_center import torch_writer
from tests.unit.ai_center.minifasnet_reference import Net, random_state, softmax


@pytest.mark.parametrize("squeeze", [False, True], ids=["V2", "V1SE"])
def test_the_converted_net_equals_a_plain_double_precision_one(squeeze: bool) -> None:
    state = random_state(squeeze=squeeze)
    model = minifasnet.convert(torch_writer.legacy(state))
    assert minifasnet.convert(torch_writer.zipped(state)) == model
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    crops = np.random.default_rng(1).integers(0, 256, (3, 3, 80, 80)).astype(np.float32)
    probabilities, logits = session.run(["probabilities", "logits"], {"crop": crops})
    plain = Net(state).logits(crops.astype(np.float64))
    assert np.ptp(plain) > 0.01
    assert np.abs(np.asarray(logits) - plain).max() < 1e-5
    assert np.abs(np.asarray(probabilities) - softmax(plain)).max() < 1e-5


def test_the_widths_of_the_two_nets_are_told_by_their_tensors() -> None:
    assert len(random_state(squeeze=False)) == 334
    assert len(random_state(squeeze=True)) == 370


def test_a_missing_tensor_is_named() -> None:
    state = random_state(squeeze=False)
    del state["module.conv_3.model.2.project.bn.bias"]
    with pytest.raises(Unconvertible, match=r"'conv_3\.model\.2\.project\.bn\.bias' is missing"):
        minifasnet.build(state)


def test_a_further_tensor_is_named() -> None:
    state = random_state(squeeze=False) | {"module.conv_7.weight": np.zeros(3, np.float32)}
    with pytest.raises(Unconvertible, match=r"'conv_7\.weight' has no place"):
        minifasnet.build(state)


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("module.conv_23.conv.conv.weight", (103, 31, 1, 1)),
        ("module.conv_34.conv_dw.conv.weight", (7, 1, 3, 3)),
        ("module.linear.weight", (128, 500)),
        ("module.prob.weight", (2, 128)),
    ],
)
def test_a_tensor_of_another_shape_is_refused(name: str, shape: tuple[int, ...]) -> None:
    state = random_state(squeeze=False) | {name: np.zeros(shape, np.float32)}
    with pytest.raises(Unconvertible, match="shape"):
        minifasnet.build(state)
