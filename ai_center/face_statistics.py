"""Statistics of the pixels of an aligned face, in native units; ``quality`` makes scores of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
"""Luminance, shape (height, width), uint8."""

Colour = npt.NDArray[np.uint8]
"""Shape (height, width, 3), uint8, channels blue, green, red."""

LUMINANCE_BINS = 16
"""Bins of the two histograms whose overlap tells how evenly a face is lit."""

SKIN_A, SKIN_B = (5.0, 25.0), (5.0, 35.0)
"""CIELAB a* and b* of skin under white light, of every complexion; a grey picture has none."""

SRGB_TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)
D65 = SRGB_TO_XYZ.sum(axis=1)
"""White of sRGB (IEC 61966-2-1)."""


def sharpness(face: Grey) -> float:
    """Variance of the 4-neighbour Laplacian, divided by the variance of the picture itself.

    The division makes it about structure and not about contrast. A flat picture has none.
    """
    grey = face.astype(np.float32)
    spread = float(grey.var())
    if spread < 1.0:
        return 0.0
    inner = grey[1:-1, 1:-1]
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    return float((around - 4 * inner).var()) / spread


def luminance(share: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Mean and variance of luminance, white being 1, from the histogram's shares."""
    level = np.arange(256) / 255
    mean = float(share @ level)
    return mean, float(share @ np.square(level - mean))


def illumination_uniformity(face: Grey) -> float:
    """Overlap of the luminance histograms of the two halves, 0..1; the rim is left out."""
    height, width = face.shape
    inner = face[height // 5 : height - height // 5, width // 5 : width - width // 5]
    half = inner.shape[1] // 2
    sides = [
        np.bincount(side.ravel() // (256 // LUMINANCE_BINS), minlength=LUMINANCE_BINS) / side.size
        for side in (inner[:, :half], inner[:, -half:])
    ]
    return float(np.minimum(sides[0], sides[1]).sum())


def colour_distance(face: Colour) -> float:
    """CIELAB distance of the mean colour of the two cheeks from the range of skin.

    The cheeks lie below the eyes to both sides of the nose, which every template places alike.
    """
    height, width = face.shape[:2]
    rows = slice(int(0.52 * height), int(0.72 * height))
    cheeks = [
        face[rows, int(left * width) : int(right * width)].reshape(-1, 3)
        for left, right in ((0.25, 0.42), (0.58, 0.75))
    ]
    a, b = _chroma(np.concatenate(cheeks))
    off = [max(low - value, 0.0, value - high) for value, (low, high) in ((a, SKIN_A), (b, SKIN_B))]
    return float(np.hypot(off[0], off[1]))


def _chroma(pixels: Colour) -> tuple[float, float]:
    """CIELAB a* and b* (D65) of the mean of sRGB pixels, shape (n, 3), blue first."""
    coded = pixels[:, ::-1].astype(np.float64) / 255
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    x, y, z = SRGB_TO_XYZ @ linear.mean(axis=0) / D65
    fx, fy, fz = (
        np.cbrt(value) if value > 216 / 24389 else value * 841 / 108 + 4 / 29 for value in (x, y, z)
    )
    return float(500 * (fx - fy)), float(200 * (fy - fz))
