"""Actors as meshes: which body is drawn for whom, and where it stands at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ai_center.vision import vehicles
from ai_center.vision.aircraft import Build, Livery, aircraft
from ai_center.vision.meshes import Mesh, placed
from ai_center.vision.movements import Pose
from ai_center.vision.stage import Actor, Shape
from ai_center.vision.turnaround import Plan
from ai_center.vision.vehicles import Look

ROTUNDA: Final = (-14.0, -21.0)
"""Where the bridge's tunnel begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What stands on the scene at a time.

    Attributes:
        actor: whose it is; of a tunnel, nobody's.
        parts: each casts its own shadow.
        pose: where it stands.
    """

    actor: Actor | None
    parts: tuple[Mesh, ...]
    pose: Pose


class Cast:
    """Bodies of a film; meshes are made once and moved only when their actor moved."""

    def __init__(self, plan: Plan) -> None:
        """Take the actors of a plan."""
        self._plan = plan
        self._shapes: dict[tuple[int, bool], tuple[Mesh, ...]] = {}
        self._stood: dict[int, tuple[Pose, bool, tuple[Mesh, ...]]] = {}

    def at(self, at_s: float) -> list[Body]:
        """Everybody who is there."""
        found = []
        for number, actor in enumerate(self._plan.actors):
            if actor.there(at_s):
                body = self._body(number, actor, at_s)
                found.append(body)
                if actor.shape == "bridge":
                    found.append(self._tunnel(actor, body.pose))
        return found

    def _body(self, number: int, actor: Actor, at_s: float) -> Body:
        pose, up = actor.pose(at_s), actor.up(at_s)
        stood = self._stood.get(number)
        if stood is None or stood[:2] != (pose, up):
            parts = tuple(placed(mesh, *pose) for mesh in self._shape(number, actor, up))
            stood = (pose, up, parts)
            self._stood[number] = stood
        return Body(actor=actor, parts=stood[2], pose=pose)

    def _shape(self, number: int, actor: Actor, up: bool) -> tuple[Mesh, ...]:
        key = (number, up)
        if key not in self._shapes:
            livery = self._plan.livery if number == 0 else _livery(actor.look)
            self._shapes[key] = shaped(actor, self._plan.build, livery, up=up)
        return self._shapes[key]

    def _tunnel(self, actor: Actor, pose: Pose) -> Body:
        mesh = vehicles.bridge_tunnel(actor.look, ROTUNDA, pose[:2])
        return Body(actor=None, parts=(mesh,), pose=pose)


def shaped(actor: Actor, build: Build, livery: Livery, *, up: bool) -> tuple[Mesh, ...]:
    """The meshes of an actor in its own frame."""
    look = actor.look
    match actor.shape:
        case "aircraft":
            return aircraft(build, livery)
        case "bridge":
            return (vehicles.bridge_head(look),)
        case "catering_truck":
            return (vehicles.catering_truck(look, raised=up),)
        case "baggage_train":
            return (vehicles.baggage_train(look, actor.size),)
        case "lorry":
            return (vehicles.lorry(look),)
        case _:
            return (SIMPLE[actor.shape](look),)


SIMPLE: Final[Mapping[Shape, Callable[[Look], Mesh]]] = {
    "fuel_truck": vehicles.fuel_truck,
    "belt_loader": vehicles.belt_loader,
    "tug": vehicles.tug,
    "ground_power": vehicles.ground_power,
    "bus": vehicles.bus,
    "person": vehicles.person,
    "chocks": lambda look: vehicles.chocks(),
    "cone": lambda look: vehicles.cone(),
}


def _livery(look: Look) -> Livery:
    white = (225.0, 225.0, 225.0)
    return Livery(body=white, belly=(190.0, 190.0, 190.0), tail=look.main, engine=look.second)
