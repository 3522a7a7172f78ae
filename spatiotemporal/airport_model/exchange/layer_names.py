"""The project's layers under the names of aerodrome mapping databases, and back.

Feature classes are those of RTCA DO-272 / EUROCAE ED-99 as mapping data are exchanged; a layer that
the standard has no class for keeps a name in the same style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

AMDB: Mapping[str, str] = MappingProxyType(
    {
        "boundary": "AerodromeBoundary",
        "grass": "GrassArea",
        "runway_shoulder": "RunwayShoulder",
        "taxiway": "TaxiwayElement",
        "apron": "ApronElement",
        "runway": "RunwayElement",
        "threshold": "RunwayThreshold",
        "stand": "ParkingStandArea",
        "stand_location": "ParkingStandLocation",
        "taxi_line": "TaxiwayGuidanceLine",
        "hold_line": "TaxiwayHoldingPosition",
        "marking": "PaintedMarking",
        "road_marking": "RoadMarking",
        "service_road": "ServiceRoad",
        "road_area": "ServiceRoadArea",
        "building": "VerticalPolygonalStructure",
        "facility": "ServiceFacility",
        "helipad": "TouchDownLiftOffArea",
        "light_line": "LightingLine",
        "airfield_light": "AerodromeSurfaceLighting",
        "sign": "AerodromeSign",
        "taxi_edge": "AsrnEdge",
        "taxi_node": "AsrnNode",
        "windsock": "WindIndicator",
        "viewpoint": "TowerViewpoint",
        "jet_bridge": "PassengerBoardingBridge",
        "restriction": "OperationalRestriction",
        "deicing_area": "DeicingArea",
        "construction_area": "ConstructionArea",
        "hotspot": "Hotspot",
        "frequency_area": "FrequencyArea",
        "water": "Water",
    }
)

ALSO: Mapping[str, str] = MappingProxyType(
    {
        "runwaydisplacedarea": "runway",
        "paintedcenterline": "runway_line",
        "runwayexitline": "taxi_line",
        "standguidanceline": "stand_line",
    }
)
"""Classes of the standard that are a part of one of our layers; they are only read."""

_BACK = {amdb.lower(): name for name, amdb in AMDB.items()} | dict(ALSO)
_SNAKE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9_]+")


def amdb_name(layer: str) -> str:
    """A layer's name for exchange.

    >>> amdb_name("runway"), amdb_name("noise_area")
    ('RunwayElement', 'NoiseArea')
    """
    return AMDB.get(layer) or "".join(part.capitalize() for part in layer.split("_"))


def project_name(name: str) -> str:
    """The project's name of a layer that a file calls ``name``.

    >>> project_name("RunwayElement"), project_name("stand"), project_name("Noise Area")
    ('runway', 'stand', 'noise_area')
    """
    if name.lower() in _BACK:
        return _BACK[name.lower()]
    return "_".join(part for part in _SNAKE.sub("_", name).lower().split("_") if part) or "layer"
