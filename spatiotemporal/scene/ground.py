"""The ground: land, grass and pavement as flat surfaces, each a little above the one it lies on."""

from __future__ import annotations

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import pavement
from spatiotemporal.airport_model.drawing import draw
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.provenance import Label
from spatiotemporal.scene.sketch import Sketch, Thing
from spatiotemporal.scene.surfaces import cap

DEPTHS_M = {
    "land": -0.60,
    "grass": -0.48,
    "shoulder": -0.38,
    "taxiway": -0.28,
    "apron": -0.24,
    "road": -0.16,
    "runway": -0.12,
}
"""Height of each kind: apart enough for a depth buffer, close enough not to be seen."""

SIMPLER_M = 0.15
LONGEST_M = 500.0


def ground(airport: Airport) -> Sketch:
    """Everything that lies flat, paint excepted."""
    sketch = Sketch()
    drawing = draw(airport)

    def lay(kind: str, layer: str, key: str, label: Label, shape: BaseGeometry) -> None:
        thing = Thing(id=f"{airport.icao}.{layer}.{key}", kind="pavement", label=label)
        # Long triangles would cut through the curve of the Earth: 0.3 m under a whole runway.
        outline = shapely.segmentize(shapely.simplify(shape, SIMPLER_M), LONGEST_M)
        sketch.add(thing, kind, cap(outline, DEPTHS_M[kind]))

    lay("land", "boundary", "1", Label(zh="场界", en="Boundary"), airport.boundary)
    taken = shapely.union_all([drawing.paved, *(b.shape for b in airport.buildings)])
    grass = airport.grass.difference(taken)
    lay("grass", "grass", "1", Label(zh="草地", en="Grass"), grass)
    for runway in airport.runways:
        label = Label(zh=f"跑道 {runway.name}", en=f"Runway {runway.name}")
        lay("shoulder", "runway_shoulder", runway.name, label, pavement.runway_shoulder(runway))
        lay("runway", "runway", runway.name, label, runway.polygon)
    for way in airport.taxiways:
        label = Label(zh=f"滑行道 {way.name}", en=f"Taxiway {way.name}")
        lay("taxiway", "taxiway", way.id, label, drawing.ways[way.id])
    if not airport.paved.is_empty:
        lay("taxiway", "taxiway", "areas", Label(zh="滑行道", en="Taxiways"), airport.paved)
    for apron in airport.aprons:
        lay("apron", "apron", apron.id, apron.label, pavement.apron_area(airport, apron))
    for road in airport.roads:
        if not road.tunnel:
            strip = LineString(road.points).buffer(road.width_m / 2, join_style="mitre")
            lay("road", "service_road", road.id, road.label, strip)
    return sketch
