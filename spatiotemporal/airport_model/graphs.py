"""The two graphs of an airport: where aircraft taxi and where service vehicles drive.

Places in the taxi graph: ``stand:221`` (the nose stop), ``runway:36R`` (where the pavement begins),
``threshold:36R`` and ``hold:H3:18R/36L:1``. In the road graph: ``stand:221`` (where vehicles meet
the aircraft) and ``facility:fire-west``. Every other node is named after the lines that meet in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from shapely.geometry import LineString, MultiLineString, Point
from shapely.ops import nearest_points

from spatiotemporal.airport_model.elements import Airport, Facility
from spatiotemporal.airport_model.frame import Point as Place
from spatiotemporal.airport_model.frame import moved
from spatiotemporal.airport_model.network import Network
from spatiotemporal.airport_model.stands import Stand
from spatiotemporal.airport_model.weaving import Strand, weave

RUNWAY_RELUCTANCE = 6.0
"""Taxiing along a runway costs this many times its time, so routes leave it at the next exit."""

SERVICE_POINT_M = 5.0
"""Vehicles meet the aircraft this far ahead of its nose, or behind its tail."""


def taxi_graph(airport: Airport) -> Network:
    """Weave taxiways, runways and lead-in lines."""
    holds: dict[str, list[tuple[str, Place]]] = {}
    for hold in airport.hold_lines:
        holds.setdefault(hold.taxiway, []).append((f"hold:{hold.id}", hold.point))
    strands = [
        Strand(
            id=way.id,
            name=way.name,
            kind=way.kind,
            points=way.points,
            speed_mps=way.speed_mps,
            max_code=way.max_code,
            one_way=way.one_way,
            places=tuple(holds.get(way.id, ())),
        )
        for way in airport.taxiways
    ]
    strands += [*_runway_strands(airport), *_lead_ins(airport)]
    return weave(f"{airport.icao} taxiways", strands)


def _runway_strands(airport: Airport) -> Iterable[Strand]:
    for runway in airport.runways:
        first, second = runway.ends
        places: list[tuple[str, Place]] = []
        for end in (first, second):
            places.append((f"runway:{end.designator}", end.pavement_end))
            if end.displaced_m:
                places.append((f"threshold:{end.designator}", end.threshold))
        yield Strand(
            id=runway.name,
            name=runway.name,
            kind="runway",
            points=(first.pavement_end, second.pavement_end),
            speed_mps=airport.runway_speed_mps,
            places=tuple(places),
            reluctance=RUNWAY_RELUCTANCE,
        )


def _lead_ins(airport: Airport) -> Iterable[Strand]:
    for stand in airport.stands:
        yield Strand(
            id=f"lead-in {stand.number}",
            name=f"stand {stand.number}",
            kind="lead_in",
            points=stand.lead_in,
            speed_mps=airport.stand_speed_mps,
            max_code=stand.code,
            places=((f"stand:{stand.number}", stand.nose),),
        )


def road_graph(airport: Airport) -> Network:
    """Weave service roads with a connector for each stand and facility."""
    strands = [
        Strand(
            id=road.id,
            name=road.name,
            kind=road.zone.id,
            points=road.points,
            speed_mps=road.zone.limit_mps,
            one_way=road.one_way,
        )
        for road in airport.roads
    ]
    roads = _surface(airport)
    if not roads.is_empty:
        strands += _connectors(airport, roads)
    return weave(f"{airport.icao} service roads", strands)


def _connectors(airport: Airport, roads: MultiLineString) -> Iterable[Strand]:
    for stand in airport.stands:
        line = stand_connector(stand, roads)
        yield _connector(f"stand:{stand.number}", line, airport.stand_speed_mps)
    for facility, line in facility_lines(airport):
        yield _connector(f"facility:{facility.id}", line, airport.stand_speed_mps)


def _connector(place: str, line: LineString, speed_mps: float) -> Strand:
    points = tuple((x, y) for x, y in line.coords)
    return Strand(
        id=place,
        name=place,
        kind="connector",
        points=points,
        speed_mps=speed_mps,
        places=((place, points[-1]),),
    )


def stand_connector(stand: Stand, roads: MultiLineString) -> LineString:
    """The shorter of the ways from the roads to the nose and to the tail of a stand."""
    front = moved(stand.nose, stand.heading_deg, SERVICE_POINT_M)
    behind = moved(stand.nose, stand.heading_deg, -stand.length_m - SERVICE_POINT_M)
    lines = [LineString([_nearest(roads, point), point]) for point in (front, behind)]
    return min(lines, key=lambda line: line.length)


def _nearest(roads: MultiLineString, point: Place) -> Place:
    on_road, _ = nearest_points(roads, Point(point))
    return on_road.x, on_road.y


def connector_lines(airport: Airport) -> tuple[tuple[Stand, LineString], ...]:
    """Each stand with its connector to the service roads; none where there is no road."""
    roads = _surface(airport)
    if roads.is_empty:
        return ()
    return tuple((stand, stand_connector(stand, roads)) for stand in airport.stands)


def facility_lines(airport: Airport) -> tuple[tuple[Facility, LineString], ...]:
    """Each facility with its connector to the service roads; none where there is no road."""
    roads = _surface(airport)
    if roads.is_empty:
        return ()
    return tuple(
        (one, LineString([_nearest(roads, one.point), one.point])) for one in airport.facilities
    )


def _surface(airport: Airport) -> MultiLineString:
    """The roads that a connector may join: those above ground."""
    return MultiLineString([road.points for road in airport.roads if not road.tunnel])
