"""A rendered film seen through the detector and the zones, with the time that it took."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ai_center.vision.adapters.onnx_detector import OnnxDetector
from ai_center.vision.adapters.renderer import Renderer
from ai_center.vision.boxes import overlaps
from ai_center.vision.decoding import Detected
from ai_center.vision.detecting import sightings
from ai_center.vision.frames import LabelledBox
from ai_center.vision.happenings import KINDS, Kind
from ai_center.vision.plain_zones import PlainZones
from ai_center.vision.scoring import Match, matched
from ai_center.vision.turnaround import Plan, turnaround
from ai_center.vision.watching import Event, StandWatch

STEP_S: Final = 3.0
"""Seconds from frame to frame: well below the time error that is allowed."""

LOOKED_AT: Final = 25
"""Every so many frames the boxes themselves are held against the truth."""

SURE: Final = 0.4
SAME: Final = 0.5
"""Score and overlap from which a box counts as found."""

SEEN: Final = 0.3
"""Share of a thing that must be visible for it to count as missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxCount:
    """Boxes of one kind: in the truth, told, and told rightly."""

    true: int = 0
    told: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmScore:
    """One film through the whole chain.

    Attributes:
        plan: of the film.
        events: as told.
        matches: events against the truth.
        plain: the same for zones without a dwell machine.
        boxes: by kind, on some of the frames.
        frames: looked at.
        cpu_s: processor seconds of detector and zones, rendering left out.
    """

    plan: Plan
    events: tuple[Event, ...]
    matches: tuple[Match, ...]
    plain: tuple[Match, ...]
    boxes: dict[Kind, BoxCount]
    frames: int
    cpu_s: float


def watched(
    weights: bytes,
    seed: int,
    *,
    step_s: float = STEP_S,
    tilt_deg: float = 0.0,
    timer: Callable[[], float] = time.process_time,
    until_s: float | None = None,
) -> FilmScore:
    """Render a film frame by frame and watch it.

    Args:
        weights: of the detector.
        seed: of the film.
        step_s: seconds from frame to frame.
        tilt_deg: by which the camera really looks lower, and further to the right, than is believed.
        timer: of processor seconds.
        until_s: stop here; ``None`` is the film's end.
    """
    plan = turnaround(seed)
    tilt = math.radians(tilt_deg)
    believed = replace(
        plan.camera,
        pitch_rad=plan.camera.pitch_rad - tilt,
        yaw_rad=plan.camera.yaw_rad + tilt,
    )
    renderer, detector = Renderer(plan), OnnxDetector(weights, believed)
    watch, plain = StandWatch(), PlainZones()
    events: list[Event] = []
    simple: list[Event] = []
    counts = {kind: BoxCount() for kind in KINDS}
    spent = 0.0
    moments = np.arange(0.0, until_s or plan.length_s, step_s).tolist()
    for number, at_s in enumerate(moments):
        labelled = number % LOOKED_AT == 0
        frame = renderer.frame(at_s, labelled=labelled)
        started = timer()
        found = detector.found(frame.picture)
        seen = sightings(found, believed)
        events += watch.look(at_s, seen)
        spent += timer() - started
        simple += plain.look(at_s, seen)
        if labelled:
            _count(counts, frame.boxes, found)
    truth = [one for one in plan.happenings if until_s is None or one.at_s < until_s]
    return FilmScore(
        plan=plan,
        events=tuple(events),
        matches=matched(truth, events),
        plain=matched(truth, simple),
        boxes=counts,
        frames=len(moments),
        cpu_s=spent,
    )


def _count(counts: dict[Kind, BoxCount], truth: Sequence[LabelledBox], found: Detected) -> None:
    """Add a frame's boxes; things that are hardly seen count neither way."""
    sure = found.scores >= SURE
    for number, kind in enumerate(KINDS):
        told = found.boxes[sure & (found.kinds == number)]
        own = [one for one in truth if one.kind == kind]
        boxes = np.array([one.box for one in own], np.float64).reshape(-1, 4)
        shared = overlaps(boxes, told) >= SAME
        clear = np.array([one.visible >= SEEN for one in own], np.bool_)
        hit = shared.any(axis=1) if len(told) else np.zeros(len(own), np.bool_)
        false = ~shared.any(axis=0) if len(own) else np.ones(len(told), np.bool_)
        right = int((hit & clear).sum())
        was = counts[kind]
        counts[kind] = BoxCount(
            true=was.true + int(clear.sum()),
            told=was.told + right + int(false.sum()),
            right=was.right + right,
        )
