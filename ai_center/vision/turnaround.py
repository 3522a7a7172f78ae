"""One turnaround in front of a stand camera, as a plan: who drives where and when, and what is true.

Every draw comes from the film's seed. The plan is shorter than most real turnarounds (18 to 24 minutes
on block), for waiting teaches nothing; the order and the spread of the milestones are the usual ones.

    plan = turnaround(7)
    plan.happenings       the true milestones
    plan.actors           everything that is drawn, with its ways
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Final

from ai_center.vision import traffic, weather
from ai_center.vision.aircraft import BUILDS, Build, Livery
from ai_center.vision.geometry import Camera
from ai_center.vision.happenings import Happening, Kind, Milestone
from ai_center.vision.meshes import Colour
from ai_center.vision.movements import Drive, Spot
from ai_center.vision.servicing import Served, servicing
from ai_center.vision.stage import Actor, painted_look
from ai_center.vision.weather import Weather

WIDTH: Final = 640
HEIGHT: Final = 384
"""Pixels of a film; a real camera's picture is reduced to about this before it is looked at."""

AIRCRAFT_HEADING: Final = math.pi


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A film before it is drawn.

    Attributes:
        seed: of every draw.
        camera: where the film is seen from.
        weather: its conditions.
        build: of the aircraft that turns round.
        livery: its colours.
        actors: everything that moves or stands, the aircraft first.
        happenings: the truth, in order.
        length_s: of the film.
    """

    seed: int
    camera: Camera
    weather: Weather
    build: Build
    livery: Livery
    actors: tuple[Actor, ...]
    happenings: tuple[Happening, ...]
    length_s: float


def turnaround(seed: int) -> Plan:
    """Plan a film."""
    draw = random.Random(f"turnaround {seed}")
    camera, sky = hung(draw), weather.drawn(draw)
    build = BUILDS[draw.choice(tuple(BUILDS))]
    arrival = _arrival(draw)
    served = servicing(draw, build, arrival.end_s)
    off = served.off_s
    push = Drive(
        start_s=off, spots=((0.0, 0.0), (85.0, 0.0)), speed=1.8, push=0.12, heading=AIRCRAFT_HEADING
    )
    aircraft = Actor(
        kind=Kind.AIRCRAFT, shape="aircraft", drives=(arrival, push), look=painted_look(draw)
    )
    tug = _coupled(served.tug, push)
    end = off + 45.0 + draw.uniform(0, 30)
    others = traffic.passing(draw, end, occluded=sky.occluded)
    return Plan(
        seed=seed,
        camera=camera,
        weather=sky,
        build=build,
        livery=_livery(draw),
        actors=(aircraft, *served.actors, tug, *others),
        happenings=_truth(arrival.end_s, served),
        length_s=end,
    )


def hung(draw: random.Random) -> Camera:
    """A camera under the roof of the terminal, on the side of the holds, that looks at the stand."""
    position = (draw.uniform(-30, -21), draw.uniform(4, 14), draw.uniform(12, 18))
    target = (draw.uniform(10, 18), draw.uniform(-2, 2.5), 1.0)
    dx, dy, dz = (t - p for t, p in zip(target, position, strict=True))
    half = math.radians(draw.uniform(31, 37))
    return Camera(
        position=position,
        yaw_rad=math.atan2(dy, dx),
        pitch_rad=math.atan2(-dz, math.hypot(dx, dy)),
        roll_rad=math.radians(draw.uniform(-1.5, 1.5)),
        focal_px=WIDTH / 2 / math.tan(half),
        width=WIDTH,
        height=HEIGHT,
    )


def _arrival(draw: random.Random) -> Drive:
    far: tuple[Spot, ...] = ((draw.uniform(70, 85), 0.0), (0.0, 0.0))
    if draw.random() < 0.6:
        far = ((far[0][0] + 22.0, draw.choice((-1, 1)) * draw.uniform(20, 40)), *far)
    return Drive(
        start_s=draw.uniform(30, 60),
        spots=far,
        speed=draw.uniform(3.5, 6.0),
        brake=draw.uniform(0.2, 0.4),
    )


def _coupled(tug: Actor, push: Drive) -> Actor:
    """The tug, which moves with the aircraft once that is pushed."""
    x, y = tug.drives[-1].spots[-1]
    away = Drive(
        start_s=push.start_s,
        spots=tuple((x + a, y + b) for a, b in push.spots),
        speed=push.speed,
        push=push.push,
        brake=push.brake,
        heading=tug.drives[-1].at(push.start_s)[2],
    )
    return Actor(kind=tug.kind, shape=tug.shape, drives=(*tug.drives, away), look=tug.look)


def _truth(on_s: float, served: Served) -> tuple[Happening, ...]:
    facts = {Milestone.ON_BLOCK: on_s, Milestone.OFF_BLOCK: served.off_s, **served.moments}
    found = [Happening(milestone=milestone, at_s=at) for milestone, at in facts.items()]
    return tuple(sorted(found, key=lambda happening: happening.at_s))


def _livery(draw: random.Random) -> Livery:
    white: Colour = tuple(draw.uniform(205, 245) for _ in range(3))  # type: ignore[assignment]
    bright: Colour = tuple(draw.uniform(20, 230) for _ in range(3))  # type: ignore[assignment]
    grey = draw.uniform(120, 200)
    plain = draw.random() < 0.8
    return Livery(
        body=white if plain else bright,
        belly=(grey, grey, grey) if draw.random() < 0.6 else white,
        tail=bright,
        engine=draw.choice((white, bright, (grey, grey, grey))),
    )
