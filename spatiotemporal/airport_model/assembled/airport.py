"""Puts an airport together out of layers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, shape

from spatiotemporal.airport_model import hold_lines
from spatiotemporal.airport_model.assembled import runways as strips
from spatiotemporal.airport_model.assembled import stands as parking
from spatiotemporal.airport_model.assembled import structures, ways
from spatiotemporal.airport_model.assembled.identity import Identity
from spatiotemporal.airport_model.assembled.one_way import with_ways_back
from spatiotemporal.airport_model.assembled.sheet import Layers, Sheet
from spatiotemporal.airport_model.elements import Airport, Runway
from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.frame import Frame
from spatiotemporal.airport_model.provenance import Provenance

WIDEST_M = 60_000.0
"""No airport is larger; wider layers mix several, or systems of coordinates."""


def assemble(identity: Identity, layers: Layers) -> Airport:
    """An airport of its layers; the same layers give the same airport.

    Args:
        layers: GeoJSON collections in WGS84, as imports give them.

    Raises:
        UnreadableLayers: there is nothing in them, or they reach over more than an airport.
    """
    sheet = _sheet(identity.icao, layers)
    default = Provenance(
        source=identity.source, quality="estimate", valid_from=_since(layers) or date(1970, 1, 1)
    )
    runways = strips.runways(sheet)
    buildings = structures.buildings(sheet)
    aprons = structures.aprons(sheet)
    blocked = shapely.union_all([b.shape for b in buildings])
    drawn = ways.guidance(sheet)
    places = parking.places(sheet, [line for _, line in drawn])
    rooms = [parking.polygon(place) for place in places]
    # A line that tells no letter takes whatever parks here: nothing says that it is narrower.
    largest = max((place.code for place in places), default=parking.USUAL_CODE)
    taxiways = ways.taxiways(drawn, runways, rooms, blocked, default, largest)
    runways = strips.for_code(runways, largest)
    net = [(way.id, LineString(way.points)) for way in taxiways]
    stands = parking.stands(places, aprons, buildings, sheet.items("jet_bridge"), net)
    roads, zones = ways.roads(sheet, blocked, default)
    outline, derived = structures.boundary(sheet)
    airport = Airport(
        icao=identity.icao,
        iata=identity.iata,
        label=identity.label,
        frame=sheet.frame,
        elevation_m=identity.elevation_m,
        geoid_m=identity.geoid_m,
        time_zone=identity.time_zone,
        version=identity.version,
        notice=identity.notice,
        provenance=replace(default, quality="derived") if derived else default,
        boundary=outline,
        grass=structures.grass(sheet),
        runways=runways,
        taxiways=taxiways,
        aprons=structures.declaring(aprons, ((s.apron, s.code) for s in stands)),
        stands=stands,
        hold_lines=hold_lines.place(runways, taxiways),
        buildings=buildings,
        roads=roads,
        facilities=structures.facilities(sheet),
        zones=zones,
        runway_speed_mps=ways.RUNWAY_SPEED_MPS,
        stand_speed_mps=ways.STAND_SPEED_MPS,
        paved=structures.paved(sheet),
    )
    return with_ways_back(airport)


def _sheet(icao: str, layers: Layers) -> Sheet:
    """The layers in a frame about their middle, its ``y`` along the longest runway."""
    lon, lat = _middle(icao, layers)
    rough = Frame(latitude=lat, longitude=lon, bearing_deg=0.0)
    found: Sequence[Runway] = strips.runways(Sheet(frame=rough, layers=layers))
    if not found:
        return Sheet(frame=rough, layers=layers)
    longest = max(found, key=lambda runway: runway.length_m)
    centre = np.mean([runway.centre for runway in found], axis=0)
    ((lat, lon),) = rough.positions([(float(centre[0]), float(centre[1]))])
    frame = Frame(latitude=lat, longitude=lon, bearing_deg=round(longest.heading_deg, 4))
    return Sheet(frame=frame, layers=layers)


def _middle(icao: str, layers: Layers) -> tuple[float, float]:
    found = [
        (name, str(feature.get("id") or ""), shape(feature["geometry"]).bounds)
        for name, collection in layers.items()
        for feature in _features(collection)
    ]
    found = [one for one in found if len(one[2]) == 4 and all(map(math.isfinite, one[2]))]
    usable = np.asarray([box for _, _, box in found])
    if not len(usable):
        raise UnreadableLayers(icao, "there is no feature with a place in its layers")
    middles = (usable[:, :2] + usable[:, 2:]) / 2
    lon, lat = np.median(middles, axis=0)
    far = np.abs(middles - (lon, lat)) * 111_195.0 * (math.cos(math.radians(lat)), 1.0)
    if far.max() > WIDEST_M:
        layer, key, _ = found[int(far.max(axis=1).argmax())]
        reason = (
            f"its layers reach over {far.max() / 1000:.0f} km, more than any airport; "
            f"farthest is {key or 'a feature'} of layer {layer}"
        )
        raise UnreadableLayers(icao, reason)
    return float(lon), float(lat)


def _features(collection: Mapping[str, object]) -> Sequence[dict[str, Any]]:
    listed = collection.get("features", ())
    assert isinstance(listed, Sequence)
    return listed


def _since(layers: Layers) -> date | None:
    """The earliest beginning of any feature."""
    told = []
    for collection in layers.values():
        for feature in _features(collection):
            properties = feature.get("properties")
            if isinstance(properties, dict) and isinstance(properties.get("valid_from"), str):
                told.append(str(properties["valid_from"])[:10])
    try:
        return date.fromisoformat(min(told)) if told else None
    except ValueError:
        return None
