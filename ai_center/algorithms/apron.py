"""Apron conflicts as an algorithm: the last seconds of the live picture in, who may meet whom out.

One payload is a mapping of plain values (it may come from JSON):

    {"ground": "ZSSS", "least": 0.1,
     "pictures": [{"second": 36000.0, "movers": [{"name": "B-1234", "kind": "aircraft", "size": "C",
                   "x_m": 10.0, "y_m": 20.0, "speed_mps": 5.0, "course_deg": 90.0, "heading_deg": 90.0}]}]}

Places are in the frame of the ground, metres; an aircraft's is its nose. The last picture is now; three or
more of the seconds before tell accelerations. Nothing is kept from call to call. The fallback goes straight
on for everybody.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Protocol

import numpy as np
from pydantic import Field, TypeAdapter

from ai_center.algorithms import plan_questions
from ai_center.conflicts.ground import Ground
from ai_center.conflicts.habits import LEARNT
from ai_center.conflicts.movers import Mover, MoverKind, Picture
from ai_center.conflicts.on_the_ground import OnTheGround
from ai_center.conflicts.watch import AlongRoutes, Foreseen, Method, StraightOn
from ai_center.domain import ModelIdentity, Outcome
from ai_center.errors import AiError, DatasetUnavailable, FactsRefused

MOST_PICTURES: Final = 60
MOST_MOVERS: Final = 2_000

Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]
Degrees = Annotated[float, Field(allow_inf_nan=False, ge=-360, le=720)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A mover in a picture; see the module."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    kind: MoverKind
    x_m: Finite
    y_m: Finite
    speed_mps: Annotated[float, Field(ge=0, le=120, allow_inf_nan=False)]
    course_deg: Degrees
    heading_deg: Degrees
    size: Annotated[str, Field(pattern="^[A-F]$")] = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A picture; no mover twice."""

    second: Finite
    movers: Annotated[tuple[Seen, ...], Field(max_length=MOST_MOVERS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictQuestion:
    """What is asked."""

    pictures: Annotated[tuple[Moment, ...], Field(min_length=1, max_length=MOST_PICTURES)]
    ground: Annotated[str, Field(pattern="^[A-Za-z0-9-]{1,12}$")] = "ZSSS"
    least: Annotated[float, Field(ge=0, le=1)] = 0.1


QUESTIONS: Final[TypeAdapter[ConflictQuestion]] = TypeAdapter(ConflictQuestion)


class Grounds(Protocol):
    """Where grounds come from; ``adapters/ground_files.py`` keeps them in the model store."""

    def ground(self, name: str) -> Ground:
        """The ground of a name.

        Raises:
            DatasetUnavailable: nobody left it.
            DatasetChanged: it cannot be read.
        """
        ...


@dataclass(slots=True)
class ApronConflicts:
    """The algorithm; keeps the forecast of each ground it was asked about."""

    grounds: Grounds
    _known: dict[str, tuple[Ground, OnTheGround]] = field(default_factory=dict)

    @property
    def model(self) -> ModelIdentity | None:
        """None: what was learnt is a table in the code."""
        return None

    def predict(self, batch: Sequence[Mapping[str, Any]]) -> list[Outcome]:
        """Answer every payload in turn."""
        return [self._outcome(payload) for payload in batch]

    def _outcome(self, payload: object) -> Outcome:
        try:
            asked = read(payload)
            ground, forecast = self.open(asked.ground)
            method = AlongRoutes(ground, forecast=forecast, habits=LEARNT)
            return Outcome(value=answered(asked, method))
        except AiError as refusal:
            return Outcome(fault=refusal)

    def open(self, name: str) -> tuple[Ground, OnTheGround]:
        """A ground and the forecast on it, made when it is first asked for.

        Raises:
            FactsRefused: nobody left it.
            DatasetChanged: it cannot be read.
        """
        if name not in self._known:
            try:
                ground = self.grounds.ground(name)
            except DatasetUnavailable as missing:
                raise FactsRefused("ground", "is no airport whose graphs are here") from missing
            self._known[name] = (ground, OnTheGround(ground))
        return self._known[name]


def straight_on(payload: object) -> list[Foreseen]:
    """The fallback: constant velocity, with no ground at all."""
    return answered(read(payload), StraightOn())


def read(payload: object) -> ConflictQuestion:
    """Turn a payload into a question.

    Raises:
        FactsRefused: names the field, not its value.
    """
    asked = plan_questions.read(QUESTIONS, payload)
    seconds = [moment.second for moment in asked.pictures]
    if any(later <= sooner for sooner, later in itertools.pairwise(seconds)):
        raise FactsRefused("pictures", "are not in order of time")
    for number, moment in enumerate(asked.pictures):
        if len({seen.name for seen in moment.movers}) < len(moment.movers):
            raise FactsRefused(f"pictures.{number}.movers", "names a mover twice")
    return asked


def answered(asked: ConflictQuestion, method: Method) -> list[Foreseen]:
    """Pairs of the last picture, likeliest first."""
    *before, now = (picture_of(moment) for moment in asked.pictures)
    for picture in before:
        method.remember(picture)
    found = method.foreseen(now)
    told = [entry for entry in found if entry.chance >= asked.least]
    return sorted(told, key=lambda entry: (-entry.chance, entry.pair))


def picture_of(moment: Moment) -> Picture:
    """A moment as the methods take it."""
    rows = [
        (seen.x_m, seen.y_m, seen.speed_mps, seen.course_deg, seen.heading_deg)
        for seen in moment.movers
    ]
    values = np.array(rows, np.float64).reshape(-1, 5)
    return Picture(
        second=moment.second,
        movers=tuple(Mover(name=s.name, kind=s.kind, size=s.size) for s in moment.movers),
        points=values[:, :2],
        speed_mps=values[:, 2],
        course_deg=np.mod(values[:, 3], 360.0),
        heading_deg=np.mod(values[:, 4], 360.0),
    )
