"""Reads X-Plane's airport layouts: apt.dat, editions 600 to 1200.

The format is public (X-Plane's "Airport Data (apt.dat) File Specification"; 850, 1000, 1050, 1100,
1130 and 1200 extend each other, 810 is the older one with rectangles instead of outlines). A file
is lines of text: the origin (``I`` or ``A``), the edition, then airports, each a header (row 1, 16
or 17) and rows that begin with a number; 99 ends it. One file may hold one airport or the world.

Traps: a curve's control point belongs to the node that it leaves, and the curve arrives at a node
from the control point mirrored in it; coincident nodes are how an editor gives a node two controls.
Third numbers of a node are paint below 100 and lights above. Frequencies of rows 50-56 are rounded
hundredths of MHz, those of 1050-1056 are kHz. Since 1200 a shoulder may carry its width in the
hundreds. A stand's size stands in the next row (1301). Headings may be negative.

Notices (faults in strict mode):

- ``apt-latin-1``: the text is not UTF-8 and was read as Latin-1.
- ``apt-no-origin``: the first line is neither ``I`` nor ``A``.
- ``apt-no-end``: there is no row 99.
- ``apt-unknown-row``: a row code that no edition read here has; the row is kept.
- ``apt-bad-value``: a code of paint, light, surface or the like that is no number; left out.
- ``apt-extra-columns``: a row with more columns than are known; they are kept.
- ``apt-stray-node``, ``apt-stray-size``, ``apt-stray-rule``, ``apt-stray-edge-part``: a row that
  belongs to one that is not there.
- ``apt-open-ring``, ``apt-unended-chain``, ``apt-short-chain``, ``apt-empty-shape``: shapes that
  are not complete.
- ``apt-stand-kind``, ``apt-stand-size``, ``apt-direction``: a word outside its list.
- ``apt-twice-node``, ``apt-unknown-node``: the taxi network contradicts itself.
"""

from spatiotemporal.airport_model.apt_dat.layers import layers, manifest
from spatiotemporal.airport_model.apt_dat.message import AptAirport
from spatiotemporal.airport_model.apt_dat.reading import airports_in, parse, recognise
from spatiotemporal.airport_model.apt_dat.rows import FORMAT

__all__ = [
    "FORMAT",
    "AptAirport",
    "airports_in",
    "layers",
    "manifest",
    "parse",
    "recognise",
]
