"""Hands the graphs of an airport model to the algorithm centre, as the plain data that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ai_center.app
from ai_center.app import Ground, Line
from spatiotemporal.airport_model import Airport, Network, load_airport, road_graph, taxi_graph

ALGORITHM = "apron_conflicts"
GROUNDS = ("ZSSS",)
LANES_FROM_M = 7.0
"""A road at least so wide has two lanes."""


def leave_grounds(name: str, data_dir: Path) -> None:
    """Leave the grounds that an algorithm needs in the model store; most need none."""
    if name.partition("@")[0] == ALGORITHM:
        for icao in GROUNDS:
            ai_center.app.keep_ground(ground_of(icao), data_dir=data_dir)


def ground_of(icao: str) -> Ground:
    """Taxiways and service roads of an airport.

    Raises:
        UnknownAirport: it has no description.
    """
    airport = load_airport(icao)
    taxiways, roads = taxi_graph(airport), road_graph(airport)
    lines = [
        *_lines(taxiways, "taxi", {}),
        *_lines(roads, "road", _lanes(airport)),
    ]
    places = {
        f"{kind} {place}": f"{kind} {network.named[place]}"
        for kind, network in (("taxi", taxiways), ("road", roads))
        for place in network.places()
    }
    return ai_center.app.ground_of(icao, lines, places)


def _lanes(airport: Airport) -> dict[str, int]:
    return {road.id: 2 if road.width_m >= LANES_FROM_M else 1 for road in airport.roads}


def _lines(network: Network, kind: str, lanes: dict[str, int]) -> Iterator[Line]:
    for edge in network.edges():
        yield Line(
            start=f"{kind} {edge.start}",
            end=f"{kind} {edge.end}",
            network="taxi" if kind == "taxi" else "road",
            kind=edge.kind,
            points=edge.points,
            speed_mps=edge.speed_mps,
            lanes=lanes.get(edge.strand, 2),
            code=edge.max_code,
        )
