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

- ``apt-latin-1``, ``apt-gb18030``: the text is not UTF-8 and was read as Latin-1 (Windows-1252), or as
  GB 18030 where all its other bytes are pairs that mean Chinese characters.
- ``apt-no-origin``: the first line is neither ``I`` nor ``A``; a piece of a file may begin with an airport.
- ``apt-edition``: the edition is not the first word of its line.
- ``apt-no-end``: there is no row 99.
- ``apt-after-end``: rows behind the row 99; left out.
- ``apt-twice-airport``: the wanted airport comes again further down; the first one is read.
- ``apt-bad-row``: a row that lacks a column or has a value that its column cannot have; it is left out and
  kept among the unknown ones. A header or a runway like that is always a fault.
- ``apt-no-extent``: a runway, helipad or taxiway without length or width.
- ``apt-far-away``: a thing farther from the airport's middle than any airport is wide; left out.
- ``apt-mhz``: a frequency in MHz, with a point.
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
