"""Folders of photos whose content says who is on them, and somebody who sees them with noise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from ai_center import FaceObservation, PhotoRefused
from tests.unit.ai_center.faces import EYES, MODEL

PEOPLE, PHOTOS = 90, 3


def write_set(folder: Path, *, people: int = PEOPLE, photos: int = PHOTOS) -> Path:
    """Photos of some people; two thirds of the listed pairs are of one person."""
    (folder / "images").mkdir(parents=True)
    rows = ["a,b,same"]
    for person in range(people):
        for photo in range(1, photos + 1):
            name = f"P_{person:03d}_{photo:04d}.jpg"
            (folder / "images" / name).write_bytes(f"{person} {photo}".encode())
        other = (person + 1) % people
        rows.append(f"P_{person:03d}_0001.jpg,P_{person:03d}_0002.jpg,1")
        rows.append(f"P_{person:03d}_0001.jpg,P_{other:03d}_0003.jpg,0")
        rows.append(f"P_{person:03d}_0002.jpg,P_{person:03d}_0003.jpg,1")
    (folder / "pairs.csv").write_text("\n".join(rows))
    return folder


def observer(
    spread: float, *, blind: str = "", blurred: Callable[[int], float] = lambda person: 0.0
) -> Callable[[bytes], FaceObservation]:
    """Somebody who sees people as random directions, with ``spread`` of noise.

    Args:
        spread: noise of everybody.
        blind: content of the photo in which nobody is seen.
        blurred: further noise of one person.
    """

    def observe(data: bytes) -> FaceObservation:
        if blind and data.decode() == blind:
            raise PhotoRefused("no-face", "nobody")
        person, photo = map(int, data.split())
        centre = np.random.default_rng(person).normal(size=32)
        noise = np.random.default_rng(1000 * person + photo).normal(size=32)
        return FaceObservation(
            embedding=(centre + (spread + blurred(person)) * noise).astype(np.float32),
            box=(0, 0, 1, 1),
            points=EYES,
            detector_score=1.0,
            quality=(),
            model=MODEL,
            detector=MODEL,
            stage_ms={"detect": 1.0 + photo, "embed": 2.0},
        )

    return observe
