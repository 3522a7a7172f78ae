"""Where a landing aircraft may leave the runway."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spatiotemporal.airport_model.elements import Airport, Runway, RunwayEnd
from spatiotemporal.airport_model.errors import UnknownPlace
from spatiotemporal.airport_model.frame import Point, heading_deg, unit
from spatiotemporal.airport_model.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayExit:
    """A taxiway that leads off a runway.

    Attributes:
        node: junction on the runway; taxi routes can start here.
        taxiway: name of the line that leaves.
        at_m: distance of the junction from the landing threshold.
        turn_deg: change of heading from the runway into the taxiway, 0 to 180.
        fast: a rapid exit, made for leaving at speed.
    """

    node: str
    taxiway: str
    at_m: float
    turn_deg: float
    fast: bool


MOST_EXIT_TURN_DEG = 100.0
"""Exits that lead back against the landing direction are for the other direction."""


def runway_exits(airport: Airport, network: Network, designator: str) -> tuple[RunwayExit, ...]:
    """Exits for a landing on ``designator``, nearest to the threshold first.

    Raises:
        UnknownPlace: no runway end has that designator.
    """
    for runway in airport.runways:
        for end in runway.ends:
            if end.designator == designator:
                found = (exit for exit in _exits(network, runway, end) if exit.at_m > 0.0)
                return tuple(sorted(found, key=lambda exit: (exit.at_m, exit.taxiway)))
    raise UnknownPlace(network.name, f"runway:{designator}")


def _exits(network: Network, runway: Runway, end: RunwayEnd) -> Iterable[RunwayExit]:
    nodes = dict.fromkeys(edge.start for edge in network.edges() if edge.strand == runway.name)
    for node in nodes:
        for edge in network.leaving(node):
            turn = heading_deg(edge.points[0], edge.points[1]) - end.heading_deg
            turn = abs((turn + 180.0) % 360.0 - 180.0)
            if edge.kind != "runway" and turn <= MOST_EXIT_TURN_DEG:
                yield RunwayExit(
                    node=node,
                    taxiway=edge.name,
                    at_m=_ahead(end, network.points[node]),
                    turn_deg=turn,
                    fast=edge.kind == "rapid_exit",
                )


def _ahead(end: RunwayEnd, point: Point) -> float:
    towards = unit(end.heading_deg)
    return (point[0] - end.threshold[0]) * towards[0] + (point[1] - end.threshold[1]) * towards[1]
