from __future__ import annotations

import io
import struct
import zlib

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_center import PhotoRefused
from ai_center.adapters.opencv import OpenCvImaging
from ai_center.algorithms import photo
from tests.unit.ai_center.faces import draw, png


def jpeg(image: np.ndarray, *options: int) -> bytes:
    return bytes(cv2.imencode(".jpg", image, list(options))[1])


def with_orientation(data: bytes, orientation: int) -> bytes:
    """Put an EXIF segment that says how the camera was held behind the start of a JPEG."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)
    body = b"Exif\0\0" + tiff
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


def png_claiming(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        photo.PNG_HEAD + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )


@pytest.mark.parametrize("width", [64, 200, 1023])
def test_size_is_read_without_decoding(width: int) -> None:
    image = np.zeros((97, width, 3), np.uint8)
    assert photo.check(png(image)) == (width, 97)
    assert photo.check(jpeg(image)) == (width, 97)
    assert photo.check(jpeg(image, cv2.IMWRITE_JPEG_PROGRESSIVE, 1)) == (width, 97)
    assert photo.check(with_orientation(jpeg(image), 6)) == (width, 97)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-an-image"),
        (b"GIF89a" + bytes(100), "not-an-image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-an-image"),
        (b"\xff\xd8\xff\xe0", "broken"),
        (b"\xff\xd8\xff\xda" + bytes(50), "broken"),
        (photo.PNG_HEAD + bytes(8), "broken"),
        (png_claiming(60_000, 60_000), "too-many-pixels"),
        (png_claiming(20, 500), "too-small"),
        (b"\xff\xd8\xff" + bytes(photo.MAX_BYTES), "too-many-bytes"),
    ],
)
def test_what_is_no_photo_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        photo.check(data)
    assert refused.value.code == code


@given(st.binary(max_size=300))
def test_any_tail_behind_a_jpeg_head_is_answered(tail: bytes) -> None:
    answer: object = None
    try:
        answer = photo.check(photo.JPEG_HEAD + tail)
    except PhotoRefused as refused:
        answer = refused.code
    assert isinstance(answer, tuple) or answer in {"broken", "too-small", "too-many-pixels"}


def test_a_cut_off_photo_is_refused_or_decoded_but_never_breaks() -> None:
    whole = png(draw())
    with pytest.raises(PhotoRefused) as refused:
        OpenCvImaging().decode(whole[:60])
    assert refused.value.code == "broken"


def test_a_photo_held_sideways_is_turned_upright() -> None:
    image = np.zeros((60, 100, 3), np.uint8)
    image[:, :50] = 255
    plain = OpenCvImaging().decode(jpeg(image))
    turned = OpenCvImaging().decode(with_orientation(jpeg(image), 6))
    assert plain.shape == (60, 100, 3)
    assert turned.shape == (100, 60, 3)
    assert turned[:40].mean() > 200
    assert turned[60:].mean() < 50


def test_grey_photos_become_three_channels() -> None:
    data = io.BytesIO(jpeg(np.full((60, 60), 90, np.uint8))).getvalue()
    assert OpenCvImaging().decode(data).shape == (60, 60, 3)
