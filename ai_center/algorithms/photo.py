"""What a photo file says about itself before anything decodes it.

Only JPEG (ITU-T T.81) and PNG (ISO/IEC 15948) are taken. Size in pixels is read from the start of
frame segment and from the IHDR chunk, so that a small file that unfolds into gigabytes is refused
while it is still small.
"""

from __future__ import annotations

import struct

from ai_center.errors import PhotoRefused

MAX_BYTES = 8 * 1024 * 1024
"""A 24-megapixel JPEG of a phone has about this size."""

MAX_PIXELS = 40_000_000
"""120 MB once decoded; more is no photo of a face at a gate."""

MIN_SIDE = 48
"""Pixels; a face in less is fewer than 20 pixels between the eyes."""

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
JPEG_HEAD = b"\xff\xd8\xff"

START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that carry the size; C4, C8 and CC lie in the range and mean other things."""

STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""JPEG markers without a length."""


def check(photo: bytes) -> tuple[int, int]:
    """Give width and height in pixels as stored (before any EXIF rotation).

    Raises:
        PhotoRefused: not JPEG or PNG, broken head, or too many bytes or pixels, or too few.
    """
    if len(photo) > MAX_BYTES:
        raise PhotoRefused(
            "too-many-bytes", f"photo of {len(photo)} bytes exceeds the limit of {MAX_BYTES} bytes"
        )
    if photo.startswith(PNG_HEAD):
        width, height = _png_size(photo)
    elif photo.startswith(JPEG_HEAD):
        width, height = _jpeg_size(photo)
    else:
        raise PhotoRefused("not-an-image", "the file is neither JPEG nor PNG")
    if width * height > MAX_PIXELS:
        raise PhotoRefused(
            "too-many-pixels", f"{width} x {height} pixels exceed the limit of {MAX_PIXELS}"
        )
    if min(width, height) < MIN_SIDE:
        raise PhotoRefused(
            "too-small", f"{width} x {height} pixels; each side needs {MIN_SIDE} at least"
        )
    return width, height


def _png_size(photo: bytes) -> tuple[int, int]:
    if len(photo) < 24 or photo[12:16] != b"IHDR":
        raise PhotoRefused("broken", "the PNG file has no header chunk")
    width, height = struct.unpack(">II", photo[16:24])
    return width, height


def _jpeg_size(photo: bytes) -> tuple[int, int]:
    at = 2
    while at + 4 <= len(photo):
        if photo[at] != 0xFF:
            break
        marker = photo[at + 1]
        if marker == 0xFF or marker in STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", photo[at + 2 : at + 4])
        if marker in START_OF_FRAME:
            if at + 9 > len(photo):
                break
            height, width = struct.unpack(">HH", photo[at + 5 : at + 9])
            return width, height
        if length < 2 or marker == 0xDA:
            break
        at += 2 + length
    raise PhotoRefused("broken", "the JPEG file says nothing about its size")
