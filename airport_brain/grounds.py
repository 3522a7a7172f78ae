"""Graphs of the airports' models, as the plain data that the algorithm centre takes."""

from __future__ import annotations

from collections.abc import Iterator

import ai_center.app
from ai_center.app import Ground, Line
from spatiotemporal.airport_model import Airport, Network, load_airport, road_graph, taxi_graph

AIRPORTS = ("ZSSS", "ZSPD")
LANES_FROM_M = 7.0
"""A road at least so wide has two lanes."""


def grounds() -> Iterator[Ground]:
    """The ground of each of our airports."""
    yield from map(ground_of, AIRPORTS)


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
