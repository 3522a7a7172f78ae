"""Turnaround vision as an algorithm: a clip of one stand camera in, core data out.

One payload is a mapping of plain values:

    camera   {"position": [x, y, z], "yaw_rad", "pitch_rad", "roll_rad", "focal_px", "width", "height"};
             stand coordinates, see ai_center/vision/geometry.py
    frames   [{"at_s": seconds after the start, "jpeg": bytes}], in order of time, at most 900
    start    moment of second 0, with its time zone
    stand    name of the stand
    flight   of the turnaround, where it is known

A clip begins with an empty stand or with whoever is there: what stands at its first frame came then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from ai_center.domain import ModelIdentity, Outcome
from ai_center.errors import AiError, FactsRefused
from ai_center.vision.core_data import CoreDatum, core_datum
from ai_center.vision.detecting import Detector, sightings
from ai_center.vision.frames import Picture
from ai_center.vision.geometry import Camera
from ai_center.vision.watching import Event, StandWatch

PAYLOAD: Final = "{'camera', 'frames': [{'at_s', 'jpeg'}], 'start', 'stand', 'flight'}"
MOST_FRAMES: Final = 900
MOST_BYTES: Final = 2_000_000
MOST_PIXELS: Final = 4096

Metres = Annotated[float, Field(ge=-500, le=500)]
Angle = Annotated[float, Field(ge=-3.2, le=3.2)]
Side = Annotated[int, Field(ge=160, le=MOST_PIXELS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """A camera as a payload gives it."""

    position: tuple[Metres, Metres, Annotated[float, Field(gt=1, le=200)]]
    yaw_rad: Angle
    pitch_rad: Angle
    roll_rad: Angle = 0.0
    focal_px: Annotated[float, Field(gt=20, le=20_000)]
    width: Side
    height: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One frame."""

    at_s: Annotated[float, Field(ge=-1e9, le=1e9)]
    jpeg: Annotated[bytes, Field(min_length=4, max_length=MOST_BYTES)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A payload."""

    camera: Pose
    frames: Annotated[list[Shot], Field(min_length=1, max_length=MOST_FRAMES)]
    start: AwareDatetime
    stand: Annotated[str, Field(min_length=1, max_length=40)]
    flight: Annotated[str, Field(max_length=40)] = ""


_CLIP: Final = TypeAdapter(Clip)

Opened = Callable[[bytes, Camera], Picture]
"""Decodes a JPEG of a camera's size; raises FactsRefused."""


class TurnaroundVision:
    """See the module's own words."""

    def __init__(
        self, detector: Callable[[Camera], Detector], opened: Opened, model: ModelIdentity
    ) -> None:
        """Watch with a detector that is made for each clip's camera."""
        self._detector = detector
        self._opened = opened
        self._model = model

    @property
    def model(self) -> ModelIdentity | None:
        """The detector's weights."""
        return self._model

    def predict(self, batch: Sequence[Mapping[str, object]]) -> list[Outcome]:
        """Core data of every clip, in order of their moments."""
        return [self._answered(payload) for payload in batch]

    def _answered(self, payload: Mapping[str, object]) -> Outcome:
        try:
            return Outcome(value=self._watched(read(payload)), model=self._model)
        except AiError as fault:
            return Outcome(fault=fault)

    def _watched(self, clip: Clip) -> list[CoreDatum]:
        pose = clip.camera
        camera = Camera(
            position=pose.position,
            yaw_rad=pose.yaw_rad,
            pitch_rad=pose.pitch_rad,
            roll_rad=pose.roll_rad,
            focal_px=pose.focal_px,
            width=pose.width,
            height=pose.height,
        )
        detector, watch = self._detector(camera), StandWatch()
        events: list[Event] = []
        for shot in clip.frames:
            found = detector.found(self._opened(shot.jpeg, camera))
            events += watch.look(shot.at_s, sightings(found, camera))
        return [self._datum(event, clip, clip.start) for event in sorted(events, key=_moment)]

    def _datum(self, event: Event, clip: Clip, start: datetime) -> CoreDatum:
        model = f"{self._model.name}@{self._model.version}"
        return core_datum(event, start=start, stand=clip.stand, model=model, flight=clip.flight)


def read(payload: Mapping[str, object]) -> Clip:
    """Check a payload.

    Raises:
        FactsRefused: a field is missing or not as it must be; its value is not told.
    """
    try:
        return _CLIP.validate_python(payload)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "payload"
        raise FactsRefused(field, first["msg"].lower()) from None


def nothing_told(_: object) -> list[CoreDatum]:
    """Fallback: no milestone is told; handlers and docking systems still tell theirs."""
    return []


def _moment(event: Event) -> float:
    return event.at_s
