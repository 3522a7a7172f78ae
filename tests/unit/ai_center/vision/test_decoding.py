"""Raw heads to boxes: cells by hand, and a published YOLOX network on a real photo."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime
import pytest

from ai_center.vision.decoding import cells, decoded

SIDE = 416
PERSON = 0


def test_cells_lie_row_by_row_and_finest_first() -> None:
    places, strides = cells(64, 32)
    assert strides[:, 0].tolist() == [8] * 32 + [16] * 8 + [32] * 2
    assert places[:9].tolist() == [[k, 0] for k in range(8)] + [[0, 1]]
    with pytest.raises(ValueError, match="multiple of 32"):
        cells(65, 32)


def test_one_cell_says_one_box() -> None:
    raw = np.zeros((len(cells(64, 32)[0]), 5 + 2), np.float32)
    number = 8 * 1 + 3  # row 1, column 3 of the finest map
    raw[number] = (0.5, 0.25, math.log(2.0), math.log(4.0), 0.9, 0.1, 0.8)
    found = decoded(raw, 64, 32, least=0.5, overlap=0.5)
    assert found.boxes[0] == pytest.approx((28 - 8, 10 - 16, 28 + 8, 10 + 16))
    assert found.scores[0] == pytest.approx(0.72)
    assert found.kinds.tolist() == [1]
    assert len(decoded(raw, 64, 32, least=0.73, overlap=0.5).boxes) == 0


def test_a_wrong_number_of_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="expected"):
        decoded(np.zeros((7, 10), np.float32), 64, 32, least=0.1, overlap=0.5)


def test_a_broken_output_does_not_overflow() -> None:
    raw = np.full((len(cells(64, 32)[0]), 7), 1e6, np.float32)
    assert np.isfinite(decoded(raw, 64, 32, least=0.1, overlap=0.5).boxes).all()


@pytest.fixture(scope="module")
def coco(reference_data: Path) -> tuple[npt.NDArray[np.float32], float]:
    """Raw output of the COCO network on a press photo, and the photo's scale in its input."""
    path = reference_data / "algorithms" / "yolox_nano.onnx"
    photo = next((reference_data / "faces").rglob("*.jpg"), None)
    if not path.is_file() or photo is None:
        pytest.skip(f"no {path.name} or no photo in {reference_data}")
    picture = cv2.imread(str(photo))
    assert picture is not None
    scale = min(SIDE / picture.shape[0], SIDE / picture.shape[1])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    canvas = np.full((SIDE, SIDE, 3), 114, np.uint8)
    canvas[: small.shape[0], : small.shape[1]] = small
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    planes = canvas.transpose(2, 0, 1)[None].astype(np.float32)
    raw = session.run(None, {session.get_inputs()[0].name: planes})[0]
    return np.asarray(raw[0], np.float32), scale


def slow(raw: npt.NDArray[np.float32], least: float) -> list[tuple[float, int, list[float]]]:
    """Decoding in plain loops."""
    found, row = [], 0
    for stride in (8, 16, 32):
        for r in range(SIDE // stride):
            for c in range(SIDE // stride):
                x, y, w, h, presence, *kinds = raw[row].tolist()
                row += 1
                kind = max(range(len(kinds)), key=kinds.__getitem__)
                if presence * kinds[kind] >= least:
                    u, v = (c + x) * stride, (r + y) * stride
                    a, b = math.exp(w) * stride / 2, math.exp(h) * stride / 2
                    found.append((presence * kinds[kind], kind, [u - a, v - b, u + a, v + b]))
    assert row == len(raw)
    return sorted(found, key=lambda one: -one[0])


def test_the_published_network_finds_the_person(
    coco: tuple[npt.NDArray[np.float32], float],
) -> None:
    raw, scale = coco
    found = decoded(raw, SIDE, SIDE, least=0.4, overlap=0.45)
    assert found.kinds[0] == PERSON
    assert found.scores[0] > 0.6
    left, top, right, bottom = found.boxes[0]
    assert right - left > 100 * scale  # half of a photo of 250 pixels
    assert bottom - top > 100 * scale
    assert found.kinds.tolist().count(PERSON) <= 4


def test_every_box_is_the_one_that_loops_give(
    coco: tuple[npt.NDArray[np.float32], float],
) -> None:
    raw, _ = coco
    expected = slow(raw, 0.3)
    found = decoded(raw, SIDE, SIDE, least=0.3, overlap=1.0)  # nothing is merged
    assert len(found.boxes) == len(expected) > 3
    assert found.scores == pytest.approx([one[0] for one in expected], rel=1e-5)
    assert found.kinds.tolist() == [one[1] for one in expected]
    assert found.boxes == pytest.approx(np.array([one[2] for one in expected]), abs=1e-3)
