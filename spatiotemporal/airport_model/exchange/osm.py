"""Reads OpenStreetMap: XML (``.osm``, API 0.6) and the JSON of the Overpass API.

A file is nodes (places), ways (lists of nodes) and relations (lists of members), each with tags; in
Overpass JSON ways and members may carry their geometry themselves (``out geom``). Numbers of elements
are unique per kind, positions are WGS84. Documents: https://wiki.openstreetmap.org/wiki/OSM_XML and
/OSM_JSON. XML is read as a stream by expat; a DOCTYPE is refused, so there are no entities.

Traps: extracts name nodes that they do not hold; deleted elements have no position; a way may come
before its nodes; editors write ``action="delete"`` into files that were never uploaded.

Notices (faults in strict mode):

- ``osm-missing-node``: a way names nodes that the file does not hold; it is drawn without them.
- ``osm-missing-member``: the same of a relation's way.
- ``osm-no-position``: a node without latitude and longitude; left out.
- ``osm-open-ring``: parts of a multipolygon that do not close; left out.

An import (:mod:`.osm_airport`) adds what of an extract it leaves out, never a fault:

- ``osm-unread-kind``: values of ``aeroway`` that no layer holds, and outlines of other aerodromes.
- ``osm-outside``: parts of airfields outside the outline of the airport.
"""

from __future__ import annotations

from typing import Final

from service_bus import Mode, TooLarge
from spatiotemporal.airport_model.exchange.osm_elements import FORMAT, Gathering, OsmFile
from spatiotemporal.airport_model.exchange.osm_json import read_json
from spatiotemporal.airport_model.exchange.osm_xml import XmlReader

__all__ = ["FORMAT", "MOST_BYTES", "parse", "recognise"]

MOST_BYTES: Final = 256 << 20
"""An airport with its surroundings is some megabytes, a city some hundred."""


def parse(data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MOST_BYTES) -> OsmFile:
    """Read a file of either kind.

    Raises:
        TooLarge: it is larger than ``max_bytes``.
        Malformed: it is neither, or an element cannot be read; names attribute and place.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "OpenStreetMap file")
    gathering = Gathering(mode)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        read_json(data, gathering)
    else:
        XmlReader(gathering).read(data)
    return gathering.file(data)


def recognise(data: bytes) -> float:
    """How surely these bytes are OpenStreetMap data."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"<":
        return 0.95 if b"<osm" in head else 0.0
    if head[:1] == b"{" and b'"elements"' in head:
        return 0.9 if b"overpass" in head.lower() or b'"osm3s"' in head else 0.6
    return 0.0
