"""ASTERIX of EUROCONTROL: surface radar and multilateration (010), A-SMGCS (011), their status
(019), multilateration (020), ADS-B (021), radar targets (048) and system tracks (062), both ways; and
what travels beside them: alerts (004), status of stations, radars, sensors and tracker (002, 023, 025,
034, 063, 065), versions (247).

Blocks and notices (:mod:`spatiotemporal.sources.asterix_blocks`), layouts by edition
(:mod:`.editions`), shapes of items (:mod:`.nodes`), records (:mod:`.message`), what they say of a
target (:mod:`.targets`), what their expansion fields say (:mod:`.expansions`).

Traps: the edition of a feed is configuration (:mod:`.older` finds one of category 021 in a recording);
time of day has no date and wraps at midnight UTC; cartesian positions are about a point that the messages
do not tell.

Refused as ``too-many``: in one input more than 8,000 records and things odd about them, and one more for
each 16 bytes. Records of a long log keep their bytes, and read their items anew when they are asked for
(:mod:`spatiotemporal.sources.later`).

Importing this package reads the layouts of all categories, about a second and 75 MB, so only what
decodes ASTERIX imports it.
"""

from spatiotemporal.sources.asterix.editions import EDITIONS
from spatiotemporal.sources.asterix.expansions import expansion
from spatiotemporal.sources.asterix.message import Message, encode, encode_block, parse
from spatiotemporal.sources.asterix.nodes import Value
from spatiotemporal.sources.asterix.older import suited
from spatiotemporal.sources.asterix.targets import Target, target
from spatiotemporal.sources.asterix_blocks import FORMAT, from_hex, recognise

__all__ = [
    "EDITIONS",
    "FORMAT",
    "Message",
    "Target",
    "Value",
    "encode",
    "encode_block",
    "expansion",
    "from_hex",
    "parse",
    "recognise",
    "suited",
    "target",
]
