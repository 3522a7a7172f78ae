"""What else moves and stands before a stand camera: passers-by, waiting equipment, people, neighbours."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Final

from ai_center.vision.happenings import Kind
from ai_center.vision.movements import Drive
from ai_center.vision.stage import Actor, Shape, painted_look, standing

ROAD_X: Final = -13.0

PASSERS: Final[tuple[tuple[Kind, Shape, float], ...]] = (
    # label, shape, how often
    (Kind.OTHER, "bus", 0.3),
    (Kind.FUEL_TRUCK, "fuel_truck", 0.12),
    (Kind.CATERING_TRUCK, "catering_truck", 0.12),
    (Kind.BAGGAGE_TRACTOR, "baggage_train", 0.26),
    (Kind.BELT_LOADER, "belt_loader", 0.08),
    (Kind.TUG, "tug", 0.12),
)

WAITING: Final[tuple[tuple[Kind, Shape], ...]] = (
    (Kind.BELT_LOADER, "belt_loader"),
    (Kind.GROUND_POWER, "ground_power"),
    (Kind.BAGGAGE_TRACTOR, "baggage_train"),
    (Kind.TUG, "tug"),
)


def passing(draw: random.Random, length_s: float, *, occluded: bool) -> tuple[Actor, ...]:
    """Everything that has nothing to do with the turnaround."""
    return (
        *_passers(draw, length_s),
        *_waiting(draw),
        *_neighbours(draw),
        *_people(draw, length_s),
        *(_lorries(draw, length_s) if occluded else ()),
    )


def _passers(draw: random.Random, length_s: float) -> Iterator[Actor]:
    at = draw.uniform(0, 90)
    weights = [often for _, _, often in PASSERS]
    while at < length_s:
        kind, shape, _ = draw.choices(PASSERS, weights)[0]
        side = draw.choice((-1.0, 1.0))
        lane = ROAD_X - 1.8 * side + draw.uniform(-0.4, 0.4)
        way = Drive(
            start_s=at, spots=((lane, -48.0 * side), (lane, 48.0 * side)), speed=draw.uniform(4, 8)
        )
        yield Actor(
            kind=kind,
            shape=shape,
            drives=(way,),
            look=painted_look(draw),
            from_s=at,
            to_s=way.end_s,
            size=draw.randint(1, 4),
        )
        at += draw.expovariate(1 / 110)


def _waiting(draw: random.Random) -> Iterator[Actor]:
    """Equipment parked beside the stand all the time, outside every zone."""
    for kind, shape in WAITING:
        if draw.random() < 0.3:
            spot = (draw.uniform(-6, 30), draw.uniform(20.5, 24.0))
            if draw.random() < 0.35:
                spot = (draw.uniform(6, 26), draw.uniform(-24.0, -19.0))
            yield Actor(
                kind=kind,
                shape=shape,
                drives=standing(*spot, heading=draw.uniform(-math.pi, math.pi)),
                look=painted_look(draw),
                size=draw.randint(1, 3),
            )


def _neighbours(draw: random.Random) -> Iterator[Actor]:
    """Aircraft on the next stands and on the taxiway behind."""
    for side in (-1, 1):
        if draw.random() < 0.45:
            spot = (draw.uniform(-2, 4), side * draw.uniform(41, 46))
            yield Actor(
                kind=Kind.AIRCRAFT,
                shape="aircraft",
                drives=standing(*spot, heading=math.pi),
                look=painted_look(draw),
            )
    at = draw.uniform(0, 300)
    for _ in range(draw.randint(0, 3)):
        way_y = 150.0 * draw.choice((-1.0, 1.0))
        x = draw.uniform(105, 125)
        way = Drive(start_s=at, spots=((x, -way_y), (x, way_y)), speed=draw.uniform(5, 9))
        yield Actor(
            kind=Kind.AIRCRAFT,
            shape="aircraft",
            drives=(way,),
            look=painted_look(draw),
            from_s=at,
            to_s=way.end_s,
        )
        at += draw.uniform(200, 600)


def _people(draw: random.Random, length_s: float) -> Iterator[Actor]:
    for _ in range(draw.randint(0, 5)):
        at = draw.uniform(0, length_s * 0.8)
        spots = tuple((draw.uniform(-8, 24), draw.uniform(3, 14)) for _ in range(4))
        way = Drive(start_s=at, spots=spots, speed=1.3)
        yield Actor(
            kind=None,
            shape="person",
            drives=(way,),
            look=painted_look(draw),
            from_s=at,
            to_s=way.end_s + draw.uniform(60, 400),
        )


def _lorries(draw: random.Random, length_s: float) -> Iterator[Actor]:
    """High lorries that stand on the road before the stand for a while."""
    at = draw.uniform(60, 300)
    while at < length_s - 120:
        spot_y = draw.uniform(-8, 14)
        stay = draw.uniform(20, 120)
        come = Drive(start_s=at, spots=((ROAD_X, 46.0), (ROAD_X, spot_y)), speed=6.0)
        go = Drive(start_s=come.end_s + stay, spots=((ROAD_X, spot_y), (ROAD_X, -46.0)), speed=6.0)
        yield Actor(
            kind=Kind.OTHER,
            shape="lorry",
            drives=(come, go),
            look=painted_look(draw),
            from_s=at,
            to_s=go.end_s,
        )
        at = go.end_s + draw.uniform(120, 400)
