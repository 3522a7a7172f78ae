"""The handling of one turnaround: which vehicle comes when, where it stands, and when it leaves.

Spots are given for a parked aircraft with its nose wheel at the origin and its nose towards -x: holds,
catering doors and most vehicles on the starboard side (+y), the bridge on the port side (-y).
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ai_center.vision.aircraft import Build
from ai_center.vision.happenings import Kind, Milestone
from ai_center.vision.movements import Drive, Spot
from ai_center.vision.stage import Actor, Shape, painted_look, standing

ROAD_X: Final = -13.0
"""The road at the head of the stand."""

GATEWAY_Y: Final = 44.0
"""Where vehicles leave the picture along the road."""

TO_PORT: Final = -math.pi / 2
BRIDGE_PACE: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What the handling gives.

    Attributes:
        actors: everything but aircraft and tug.
        tug: until it is coupled.
        moments: true milestones, without on and off block.
        off_s: when the aircraft is pushed.
    """

    actors: tuple[Actor, ...]
    tug: Actor
    moments: Mapping[Milestone, float]
    off_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A vehicle that comes, stands and leaves."""

    actor: Actor
    in_s: float
    out_s: float


def servicing(draw: random.Random, build: Build, on_s: float) -> Served:
    """Draw a handling."""
    off_s = on_s + draw.uniform(1050, 1350)
    loaders = _loaders(draw, build, on_s, off_s)
    actors = [visit.actor for visit in loaders]
    moments = {
        Milestone.LOADER_IN: min(visit.in_s for visit in loaders),
        Milestone.LOADER_OUT: max(visit.out_s for visit in loaders),
    }
    visits: list[tuple[Visit, Milestone, Milestone]] = []
    if draw.random() < 0.9:
        visits.append((_fuel(draw, build, on_s), Milestone.FUEL_IN, Milestone.FUEL_OUT))
    if draw.random() < 0.88:
        visit = _catering(draw, build, on_s)
        visits.append((visit, Milestone.CATERING_IN, Milestone.CATERING_OUT))
    if draw.random() < 0.85:
        visit = _power(draw, on_s, off_s)
        visits.append((visit, Milestone.GROUND_POWER_IN, Milestone.GROUND_POWER_OUT))
    for visit, come, gone in visits:
        actors.append(visit.actor)
        moments |= {come: visit.in_s, gone: visit.out_s}
    bridge = _bridge(draw, build, on_s, off_s)
    moments |= {Milestone.BRIDGE_DOCKED: bridge.in_s, Milestone.BRIDGE_UNDOCKED: bridge.out_s}
    tug = _tug(draw, off_s)
    moments[Milestone.TUG_IN] = tug.in_s
    chocks = (on_s + draw.uniform(15, 40), off_s - draw.uniform(25, 60))
    moments |= {Milestone.CHOCKS_ON: chocks[0], Milestone.CHOCKS_OFF: chocks[1]}
    actors += [bridge.actor, *_small(draw, build, chocks), *_bags(draw, loaders)]
    return Served(actors=tuple(actors), tug=tug.actor, moments=moments, off_s=off_s)


def visit_of(
    draw: random.Random,
    kind: Kind,
    way: Sequence[Spot],
    times: tuple[float, float],
    *,
    back_m: float = 8.0,
    raises: bool = False,
) -> Visit:
    """A vehicle that comes along the road, then this way, and goes back the way it came.

    Args:
        draw: speed and colours.
        kind: what it is.
        way: corners from the road to where it stands.
        times: when it stands there, and when it sets off.
        back_m: how far it backs off before it turns.
        raises: its body is up while it stands.
    """
    speed = draw.uniform(2.5, 4.5)
    spots = ((ROAD_X, GATEWAY_Y), (ROAD_X, way[0][1] + 4.0), *way)
    rough = Drive(start_s=0.0, spots=spots, speed=speed)
    coming = Drive(start_s=times[0] - rough.end_s, spots=spots, speed=speed)
    last, before = spots[-1], spots[-2]
    heading = coming.at(times[0])[2]
    share = min(1.0, back_m / math.dist(last, before))
    turn = tuple(a + share * (b - a) for a, b in zip(last, before, strict=True))
    back = Drive(start_s=times[1], spots=(last, (turn[0], turn[1])), speed=1.8, heading=heading)
    ways = ((turn[0], turn[1]), (ROAD_X, way[0][1] + 6.0), (ROAD_X, GATEWAY_Y + 4.0))
    away = Drive(start_s=back.end_s + draw.uniform(1, 4), spots=ways, speed=speed)
    shapes: Mapping[Kind, Shape] = {Kind.BAGGAGE_TRACTOR: "baggage_train"}
    actor = Actor(
        kind=kind,
        shape=shapes.get(kind, kind.value),  # type: ignore[arg-type]  # the others bear its name
        drives=(coming, back, away),
        look=painted_look(draw),
        from_s=coming.start_s,
        to_s=away.end_s,
        raised=(times[0] + 8.0, times[1] - 8.0) if raises else None,
        size=draw.randint(1, 3),
    )
    return Visit(actor=actor, in_s=times[0], out_s=times[1])


def _loaders(draw: random.Random, build: Build, on_s: float, off_s: float) -> list[Visit]:
    found = []
    sides = [(3.2, 0.0), (build.length * 0.56, draw.uniform(10, 90))]
    if draw.random() < 0.3:
        sides = sides[:1] if draw.random() < 0.6 else sides[1:]
    first = on_s + draw.uniform(60, 160)
    for x, later in sides:
        at = x + draw.uniform(-0.6, 0.6)
        stop = build.radius + draw.uniform(4.2, 4.8)
        times = (first + later, off_s - draw.uniform(250, 420))
        way = ((at - 5.0, 18.0), (at, 16.0), (at, stop))
        found.append(visit_of(draw, Kind.BELT_LOADER, way, times))
    return found


def _fuel(draw: random.Random, build: Build, on_s: float) -> Visit:
    x, y = build.length * 0.36 + draw.uniform(-1.5, 1.5), draw.uniform(8.8, 11.0)
    start = on_s + draw.uniform(150, 420)
    times = (start, start + draw.uniform(240, 480))
    way = ((-2.0, 20.0), (2.0, y + draw.uniform(1.0, 4.0)), (x, y))
    return visit_of(draw, Kind.FUEL_TRUCK, way, times, back_m=12.0)


def _catering(draw: random.Random, build: Build, on_s: float) -> Visit:
    rear = draw.random() < 0.3
    x = (build.length * 0.68 if rear else build.door - 0.6) + draw.uniform(-0.4, 0.4)
    start = on_s + draw.uniform(130, 400)
    times = (start, start + draw.uniform(220, 420))
    way = ((x - 4.0, 19.0), (x, 16.0), (x, build.radius + 4.9))
    return visit_of(draw, Kind.CATERING_TRUCK, way, times, raises=True)


def _power(draw: random.Random, on_s: float, off_s: float) -> Visit:
    times = (on_s + draw.uniform(25, 90), off_s - draw.uniform(110, 200))
    spot = (draw.uniform(-6.5, -4.8), draw.uniform(3.4, 5.2))
    way = ((-9.0, 13.0), (spot[0] - 1.5, spot[1] + 5.0), spot)
    return visit_of(draw, Kind.GROUND_POWER, way, times, back_m=4.0)


def _tug(draw: random.Random, off_s: float) -> Visit:
    times = (off_s - draw.uniform(120, 260), off_s)
    way = ((ROAD_X, 3.0), (-11.0, 0.0), (draw.uniform(-5.6, -4.8), draw.uniform(-0.2, 0.2)))
    return visit_of(draw, Kind.TUG, way, times)


def _bridge(draw: random.Random, build: Build, on_s: float, off_s: float) -> Visit:
    door = (build.door, -(build.radius + 2.4))
    parked = (draw.uniform(-1.0, 3.0), draw.uniform(-12.0, -10.5))
    start = on_s + draw.uniform(35, 90)
    heading = math.pi / 2 + draw.uniform(-0.25, 0.1)
    come = Drive(
        start_s=start, spots=(parked, door), speed=BRIDGE_PACE, push=0.1, brake=0.1, heading=heading
    )
    leave = off_s - draw.uniform(100, 230)
    go = Drive(
        start_s=leave, spots=(door, parked), speed=BRIDGE_PACE, push=0.1, brake=0.1, heading=heading
    )
    actor = Actor(kind=Kind.BRIDGE_HEAD, shape="bridge", drives=(come, go), look=painted_look(draw))
    return Visit(actor=actor, in_s=come.end_s, out_s=leave)


def _small(draw: random.Random, build: Build, chocked: tuple[float, float]) -> list[Actor]:
    """Chocks, and cones at nose, engines and wing tips."""
    from_s, to_s = chocked
    look = painted_look(draw)
    chocks = Actor(
        kind=Kind.CHOCKS,
        shape="chocks",
        drives=standing(0.0, 0.0),
        look=look,
        from_s=from_s,
        to_s=to_s,
    )
    found = [chocks]
    half = build.span / 2
    for x, y in ((-6.5, 0.0), (5.0, half * 0.32), (5.0, -half * 0.32), (14.0, half), (14.0, -half)):
        if draw.random() < 0.7:
            later, earlier = draw.uniform(5, 50), draw.uniform(250, 330)
            way = standing(x + draw.uniform(-0.5, 0.5), y + draw.uniform(-0.5, 0.5))
            found.append(
                Actor(
                    kind=None,
                    shape="cone",
                    drives=way,
                    look=look,
                    from_s=from_s + later,
                    to_s=to_s - earlier,
                )
            )
    return found


def _bags(draw: random.Random, loaders: Sequence[Visit]) -> list[Actor]:
    """Trains of bags that come to the loaders."""
    found = []
    for visit in loaders:
        x, y = visit.actor.drives[0].spots[-1]
        at = visit.in_s + draw.uniform(20, 80)
        while at < visit.out_s - 150 and draw.random() < 0.8:
            stay = draw.uniform(80, 200)
            way = ((x - 10.0, 19.0), (x - 5.0, y + 7.0), (x + 1.0, y + 5.5))
            found.append(
                visit_of(
                    draw, Kind.BAGGAGE_TRACTOR, way, (at, min(at + stay, visit.out_s - 20))
                ).actor
            )
            at += stay + draw.uniform(60, 200)
    return found
