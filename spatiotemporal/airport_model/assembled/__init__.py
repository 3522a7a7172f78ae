"""An airport made of layers alone, when nobody has written its description.

Layers that were imported (apt.dat, OpenStreetMap, GeoJSON, GeoPackage, shapefiles) hold shapes and
some attributes. Here they become the same :class:`~spatiotemporal.airport_model.elements.Airport`
that a description gives, so that graphs, routes, checks, tiles and scenes need not know the
difference. What the layers do not say is derived or assumed, and its quality says so:

- runways: ends from thresholds, else from the long axis of the pavement, else from the line;
- runways that are called by the same numbers get letters
  (:mod:`~spatiotemporal.airport_model.assembled.same_numbers`);
- stands: size letter from the drawn width or the class of aircraft, heading from the line that ends
  there, else away from the nearest taxi line;
- taxi lines and roads: ends that nearly touch are drawn on to each other, pieces apart by no more
  than :data:`~spatiotemporal.airport_model.assembled.joining.BRIDGE_M` get a link named ``link``;
- one-way lines from which nothing comes back are taken both ways
  (:mod:`~spatiotemporal.airport_model.assembled.one_way`);
- hold lines: where a taxi line leaves a runway's strip, whose width follows from the runway's length;
- heights of buildings from storeys or by use; a boundary round everything when none is drawn.
"""

from spatiotemporal.airport_model.assembled.airport import assemble
from spatiotemporal.airport_model.assembled.completing import completed
from spatiotemporal.airport_model.assembled.identity import Identity
from spatiotemporal.airport_model.assembled.same_numbers import told_apart

__all__ = ["Identity", "assemble", "completed", "told_apart"]
