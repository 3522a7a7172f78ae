"""A rendered turnaround on disk: JPEG frames and one JSON file that says everything that is true.

    {folder}/frame_000123.jpg     one per step
    {folder}/film.json            seed, camera, weather, true milestones, boxes of every frame

The same seed gives the same truth everywhere, and the same pictures on machines with the same OpenCV.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from ai_center.vision.adapters.renderer import Renderer
from ai_center.vision.frames import Frame
from ai_center.vision.happenings import MEANINGS
from ai_center.vision.turnaround import Plan

FILM: Final = "film.json"
QUALITY: Final = 90


def written(
    plan: Plan,
    folder: Path,
    *,
    step_s: float = 2.0,
    from_s: float = 0.0,
    to_s: float | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Path:
    """Render a film into a folder; gives the JSON file.

    Args:
        plan: of the film.
        folder: made when it is not there.
        step_s: seconds from frame to frame.
        from_s: first frame.
        to_s: no frame from here on; ``None`` is the film's end.
        progress: told frames done and in all.

    Raises:
        ValueError: the step is not positive.
    """
    if step_s <= 0:
        raise ValueError(f"step_s is {step_s}, it must be positive")
    folder.mkdir(parents=True, exist_ok=True)
    renderer = Renderer(plan)
    moments = np.arange(from_s, plan.length_s if to_s is None else to_s, step_s).tolist()
    rows = []
    for number, at_s in enumerate(moments):
        frame = renderer.frame(at_s)
        name = f"frame_{number:06d}.jpg"
        if not cv2.imwrite(str(folder / name), frame.picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY]):
            raise OSError(f"{folder / name} cannot be written")
        rows.append({"file": name, **_truth(frame)})
        progress(number + 1, len(moments))
    path = folder / FILM
    path.write_text(json.dumps(described(plan) | {"frames": rows}, indent=1, ensure_ascii=False))
    return path


def described(plan: Plan) -> dict[str, object]:
    """Everything true of a film but its frames, as plain values."""
    return {
        "seed": plan.seed,
        "length_s": round(plan.length_s, 3),
        "camera": asdict(plan.camera),
        "weather": asdict(plan.weather),
        "happenings": [
            {
                "milestone": one.milestone.value,
                "name": MEANINGS[one.milestone].name,
                "at_s": round(one.at_s, 3),
            }
            for one in plan.happenings
        ],
    }


def _truth(frame: Frame) -> dict[str, object]:
    return {
        "at_s": round(frame.at_s, 3),
        "boxes": [
            {
                "kind": label.kind.value,
                "box": [round(side, 1) for side in label.box],
                "visible": round(label.visible, 2),
            }
            for label in frame.boxes
        ],
    }
