"""An airport as text: descriptions, the layers and graphs made of them, and routes through them."""

from spatiotemporal.airport_model import apt_dat
from spatiotemporal.airport_model.api import router
from spatiotemporal.airport_model.checks import check
from spatiotemporal.airport_model.description import known_airports, load_airport
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.errors import (
    DescriptionFault,
    NoRoute,
    UnknownAirport,
    UnknownFileKind,
    UnknownGrid,
    UnknownLayer,
    UnknownPlace,
    UnreadableLayers,
)
from spatiotemporal.airport_model.export import write_layers
from spatiotemporal.airport_model.findings import Finding
from spatiotemporal.airport_model.generator import LAYERS, Layer, layers
from spatiotemporal.airport_model.graphs import road_graph, taxi_graph
from spatiotemporal.airport_model.installing import forget, install
from spatiotemporal.airport_model.network import Edge, Network, Way
from spatiotemporal.airport_model.own_layers import write as write_own_layers
from spatiotemporal.airport_model.routes import (
    Leg,
    Route,
    Waypoint,
    drive_route,
    position_along,
    push_back,
    taxi_route,
)
from spatiotemporal.airport_model.runway_exits import RunwayExit, runway_exits
from spatiotemporal.airport_model.stands import Stand
from spatiotemporal.airport_model.store import AirportModel, LayerBytes, ModelStore

__all__ = [
    "LAYERS",
    "Airport",
    "AirportModel",
    "DescriptionFault",
    "Edge",
    "Finding",
    "Layer",
    "LayerBytes",
    "Leg",
    "ModelStore",
    "Network",
    "NoRoute",
    "Route",
    "RunwayExit",
    "Stand",
    "UnknownAirport",
    "UnknownFileKind",
    "UnknownGrid",
    "UnknownLayer",
    "UnknownPlace",
    "UnreadableLayers",
    "Way",
    "Waypoint",
    "apt_dat",
    "check",
    "drive_route",
    "forget",
    "install",
    "known_airports",
    "layers",
    "load_airport",
    "position_along",
    "push_back",
    "road_graph",
    "router",
    "runway_exits",
    "taxi_graph",
    "taxi_route",
    "write_layers",
    "write_own_layers",
]
