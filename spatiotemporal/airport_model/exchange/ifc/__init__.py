"""Reads the buildings of an IFC model (IFC2X3, IFC4, IFC4X3 as STEP text) for our building layer.

A small reader of the geometry that building envelopes are made of (ISO 16739 over ISO 10303-21):
areas bounded by lines and arcs, extruded or revolved; faceted bodies, triangulated and polygonal face
sets, bodies with curved edges by these edges; primitives; mapped items; unions, and the first operand
of other boolean results; the bounding box where nothing else is read. Placements, units, names,
storeys, and where a model lies (``IfcMapConversion`` with ``IfcProjectedCRS``, else the site's latitude
and longitude with the true north of its context). A footprint is what the parts of a building cover
seen from above, with holes under :data:`~.buildings.COURTYARD_M2` filled; a height goes from its
lowest to its highest corner.

Not read: splines, sweeps along curves, what a curved surface bulges beyond its edges (such parts are
left out and counted), openings, materials, anything that is no building. The XML and ZIP forms are
not read.

Notices:

- ``ifc-not-drawn``: shapes of a kind that is not read; how many.
- ``ifc-broken-shape``: shapes whose attributes are not what their kind asks for; left out.
- ``ifc-no-shape``: a building without any shape; left out.
- ``ifc-cut-ignored``: boolean results of which the first operand is taken whole.
"""

from spatiotemporal.airport_model.exchange.ifc.buildings import (
    IfcBuilding,
    IfcModel,
    features,
    parse,
    recognise,
)
from spatiotemporal.airport_model.exchange.ifc.step import FORMAT

__all__ = ["FORMAT", "IfcBuilding", "IfcModel", "features", "parse", "recognise"]
