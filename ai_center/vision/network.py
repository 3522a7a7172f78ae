"""The detector's network as data: one description, carried out by PyTorch for training and written as ONNX.

A small one-stage detector in the manner of YOLOX: a backbone of plain convolutions, a path that brings
what the coarse maps know to the finer ones, and on each of three maps (strides 8, 16, 32) the same two
heads, one for box and presence, one for the kind. The heads share their weights over the maps.

Input: blue, green, red, 0..255. Output per cell: offset of the box's middle x and y in cells, logarithm
of width and height in cells, presence, and one score per kind, as :mod:`ai_center.vision.decoding` reads
them. Every convolution outside the heads is followed by a normalisation, which is folded into it
afterwards; the maps of the heads' shared weights have statistics too different for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

STRIDES: Final = (8, 16, 32)
TILE: Final = (320, 192)
"""Width and height of a tile in pixels."""

HEAD: Final = 48
PATH: Final = 64

Operation = Literal["conv", "plain", "out", "add", "up", "pool", "join"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One step.

    Attributes:
        name: of its result.
        does: ``conv`` (convolution, normalisation, rectifier), ``plain`` (without normalisation),
            ``out`` (convolution alone), ``add``, ``up`` (each cell becomes 2 x 2), ``pool`` (largest of
            5 x 5), ``join`` (side by side).
        takes: names of results.
        weights: whose weights a convolution uses; heads share theirs.
        channels: of the result; 0 where nothing changes.
        kernel: side of a convolution.
        stride: of a convolution.
    """

    name: str
    does: Operation
    takes: tuple[str, ...]
    weights: str = ""
    channels: int = 0
    kernel: int = 3
    stride: int = 1


def architecture(kinds: int) -> tuple[Layer, ...]:
    """Steps in order; ``box_8``, ``kind_8`` and so on are the outputs."""
    return (*_backbone(), *_path(), *_heads(kinds))


def _conv(name: str, takes: str, channels: int, *, kernel: int = 3, stride: int = 1) -> Layer:
    return Layer(
        name=name,
        does="conv",
        takes=(takes,),
        weights=name,
        channels=channels,
        kernel=kernel,
        stride=stride,
    )


def _residual(name: str, takes: str, channels: int) -> Iterator[Layer]:
    yield _conv(f"{name}_in", takes, channels // 2, kernel=1)
    yield _conv(f"{name}_out", f"{name}_in", channels)
    yield Layer(name=name, does="add", takes=(takes, f"{name}_out"))


def _backbone() -> Iterator[Layer]:
    yield _conv("stem", "picture", 16, stride=2)
    yield _conv("down_4", "stem", 32, stride=2)
    yield from _residual("block_4", "down_4", 32)
    yield _conv("down_8", "block_4", 64, stride=2)
    yield from _residual("block_8a", "down_8", 64)
    yield from _residual("block_8", "block_8a", 64)
    yield _conv("down_16", "block_8", 96, stride=2)
    yield from _residual("block_16", "down_16", 96)
    yield _conv("down_32", "block_16", 96, stride=2)
    yield from _residual("block_32", "down_32", 96)
    yield Layer(name="wide_32", does="pool", takes=("block_32",))
    yield Layer(name="both_32", does="join", takes=("block_32", "wide_32"))


def _path() -> Iterator[Layer]:
    yield _conv("path_32", "both_32", PATH, kernel=1)
    yield Layer(name="up_16", does="up", takes=("path_32",))
    yield _conv("side_16", "block_16", PATH, kernel=1)
    yield Layer(name="sum_16", does="add", takes=("side_16", "up_16"))
    yield _conv("path_16", "sum_16", PATH)
    yield Layer(name="up_8", does="up", takes=("path_16",))
    yield _conv("side_8", "block_8", PATH, kernel=1)
    yield Layer(name="sum_8", does="add", takes=("side_8", "up_8"))
    yield _conv("path_8", "sum_8", PATH)


def _heads(kinds: int) -> Iterator[Layer]:
    for stride in STRIDES:
        for head, outputs in (("box", 5), ("kind", kinds)):
            yield Layer(
                name=f"{head}_mid_{stride}",
                does="plain",
                takes=(f"path_{stride}",),
                weights=f"{head}_mid",
                channels=HEAD,
            )
            yield Layer(
                name=f"{head}_{stride}",
                does="out",
                takes=(f"{head}_mid_{stride}",),
                weights=f"{head}_out",
                channels=outputs,
                kernel=1,
            )


def shapes(layers: tuple[Layer, ...]) -> dict[str, tuple[int, int, int, int]]:
    """Shape of every convolution's weights (out, in, kernel, kernel), by name of the weights."""
    channels, found = {"picture": 3}, {}
    for layer in layers:
        taken = [channels[name] for name in layer.takes]
        if layer.weights:
            found[layer.weights] = (layer.channels, taken[0], layer.kernel, layer.kernel)
            channels[layer.name] = layer.channels
        else:
            channels[layer.name] = sum(taken) if layer.does == "join" else taken[0]
    return found


def parameters(layers: tuple[Layer, ...]) -> int:
    """Numbers in the folded network: weights and one bias per channel."""
    return sum(o * i * k * j + o for o, i, k, j in shapes(layers).values())
