"""One-way lines that lead where nothing comes back from are taken both ways.

Who draws a network for a simulator turns some lines one-way and forgets the way back, and an extract
of a map cuts it off. An aircraft or vehicle that went through such a line would stay there for ever,
so the drawing contradicts itself. Lines that have a way back keep their direction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import networkx as nx

from spatiotemporal.airport_model.elements import Airport, Road, Taxiway
from spatiotemporal.airport_model.graphs import road_graph, taxi_graph
from spatiotemporal.airport_model.network import Network

Way = TypeVar("Way", Taxiway, Road)


def with_ways_back(airport: Airport) -> Airport:
    """The airport with such lines opened in both directions; their quality says ``derived``."""
    taxiways, roads = airport.taxiways, airport.roads
    if any(way.one_way for way in taxiways):
        taxiways = _opened(taxiways, taxi_graph(airport))
    if any(road.one_way for road in roads):
        roads = _opened(roads, road_graph(airport))
    return replace(airport, taxiways=taxiways, roads=roads)


def _opened(ways: tuple[Way, ...], network: Network) -> tuple[Way, ...]:
    home = {
        node: number
        for number, nodes in enumerate(nx.strongly_connected_components(network.graph))
        for node in nodes
    }
    traps = {
        edge.strand
        for node in network.points
        for edge in network.leaving(node)
        if home[edge.start] != home[edge.end]
    }
    return tuple(_two_way(way) if way.one_way and way.id in traps else way for way in ways)


def _two_way(way: Way) -> Way:
    provenance = replace(way.provenance, quality="derived")
    return replace(way, one_way=False, provenance=provenance)
