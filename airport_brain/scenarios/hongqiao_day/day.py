"""A day at Hongqiao, planned: everything that will be said, before anything is sent.

The same seed, start, hours and scale give the same plan, message by message and byte by byte. The
speed says how fast it is told; apart from that it only keeps security-check marks out of the future.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from airport_brain.scenarios.hongqiao_day.errands import (
    SIDE_WEIGHTS,
    SIDES,
    Escorts,
    Ground,
    Push,
    PushBacks,
    Rounds,
    share_pushes,
)
from airport_brain.scenarios.hongqiao_day.flights import Leg, StandPlace, plan_flights
from airport_brain.scenarios.hongqiao_day.freight import plan_freight
from airport_brain.scenarios.hongqiao_day.passengers import Traveller, plan_travellers
from airport_brain.scenarios.hongqiao_day.speakers.departure_control import journey_messages
from airport_brain.scenarios.hongqiao_day.speakers.flight_system import flight_messages
from airport_brain.scenarios.hongqiao_day.speakers.warehouse import freight_messages
from airport_brain.scenarios.hongqiao_day.telling import Telling
from airport_brain.scenarios.hongqiao_day.vehicles import Driver, Vehicle, plan_vehicles
from spatiotemporal.airport_model import Airport, load_airport

AIRPORT = "ZSSS"
VEHICLES = 200
WAYBILLS_PER_HOUR = 500
TRAVELLERS_PER_LEG = 12

TERMINALS = ("T1", "T2")
PUSHING_SIDES = ("T2", "T1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Which day to play.

    Attributes:
        scale: times the traffic of an ordinary hour.
        start: first moment, aware UTC.
        faces: some passengers show their faces.
    """

    seed: int
    speed: float
    scale: float
    hours: float
    start: datetime
    faces: bool = True

    @property
    def end(self) -> datetime:
        """Last moment of the day."""
        return self.start + timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will be said in a day, each list in the order of sending."""

    legs: Sequence[Leg]
    flights: Sequence[Telling]
    freight: Sequence[Telling]
    travellers: Sequence[Traveller]
    journeys: Sequence[Telling]
    drivers: Sequence[Driver]


def plan_day(day: Day, *, cast: int) -> Plan:
    """Plan a day.

    Args:
        day: which.
        cast: how many different faces there are to give to passengers; 0 for none.
    """
    airport = load_airport(AIRPORT)
    legs = plan_flights(
        day.seed, day.start, hours=day.hours, scale=day.scale, stands=_stands(airport)
    )
    waybills = plan_freight(
        day.seed,
        day.start,
        legs,
        count=max(1, round(WAYBILLS_PER_HOUR * day.scale * day.hours)),
    )
    travellers = plan_travellers(
        day.seed, day.start, legs, per_leg=TRAVELLERS_PER_LEG, cast=cast, speed=day.speed
    )
    return Plan(
        legs=legs,
        flights=flight_messages(day.seed, legs, day.start),
        freight=freight_messages(waybills),
        travellers=travellers,
        journeys=journey_messages(travellers, day.start),
        drivers=_drivers(day, legs, airport),
    )


def _stands(airport: Airport) -> list[StandPlace]:
    side_of = {apron: side for side in TERMINALS for apron in SIDES[side]}
    return [
        StandPlace(
            name=stand.number,
            size_code=stand.code,
            terminal=side_of[stand.apron],
            contact=stand.contact,
        )
        for stand in airport.stands
        if stand.kind == "gate" and stand.apron in side_of
    ]


def _drivers(day: Day, legs: Sequence[Leg], airport: Airport) -> list[Driver]:
    ground = Ground(airport)
    vehicles = plan_vehicles(day.seed, max(1, round(VEHICLES * day.scale)))
    choosers = [random.Random(f"vehicle-{day.seed}-{vehicle.phone}") for vehicle in vehicles]
    sides = [_side(vehicle, chooser) for vehicle, chooser in zip(vehicles, choosers, strict=True)]
    pushes = _pushes_by_vehicle(day, legs, ground, vehicles, sides)
    drivers = []
    for index, (vehicle, side, chooser) in enumerate(zip(vehicles, sides, choosers, strict=True)):
        errands: Rounds | Escorts
        if vehicle.fleet == "follow-me":
            errands = Escorts(ground, side, chooser)
        elif vehicle.fleet == "tug":
            errands = PushBacks(ground, side, pushes.get(index, []), chooser)
        else:
            errands = Rounds(ground, vehicle.fleet, side, chooser)
        drivers.append(Driver(vehicle, errands, chooser))
    return drivers


def _side(vehicle: Vehicle, chooser: random.Random) -> str:
    side = chooser.choices(list(SIDE_WEIGHTS), list(SIDE_WEIGHTS.values()))[0]
    return "T2" if vehicle.fleet == "follow-me" and side == "CARGO" else side


def _pushes_by_vehicle(
    day: Day,
    legs: Sequence[Leg],
    ground: Ground,
    vehicles: Sequence[Vehicle],
    sides: Sequence[str],
) -> dict[int, list[Push]]:
    """Push-backs of the day's departures, dealt to the tugs of the side where the stand is."""
    dealt: dict[int, list[Push]] = {}
    for side in PUSHING_SIDES:
        tugs = [
            index
            for index, vehicle in enumerate(vehicles)
            if vehicle.fleet == "tug" and sides[index] == side
        ]
        pushes = [
            push for leg in legs if (push := _push(day, leg)) and _on_side(ground, push, side)
        ]
        if tugs:
            dealt.update(zip(tugs, share_pushes(pushes, len(tugs)), strict=True))
    return dealt


def _push(day: Day, leg: Leg) -> Push | None:
    if leg.arriving or leg.cancelled or not day.start < leg.actual < day.end:
        return None
    second = int((leg.actual - day.start).total_seconds())
    return Push(second=second, stand=leg.place_at(leg.actual)[0])


def _on_side(ground: Ground, push: Push, side: str) -> bool:
    return ground.stands[push.stand].apron in SIDES[side]
