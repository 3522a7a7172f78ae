"""What the columns of each row code of apt.dat are: the tables that the reader runs on.

A column is a name, a kind, and whether older writers leave it out. ``rest`` takes what is left of
the line, spaces inside kept: names and texts are never quoted in this format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

VITAL_ROWS = frozenset({1, 10, 16, 17, 100, 101})
"""Without its header and its runways an airport is none; other rows that cannot be read are left out."""

VITAL_NUMBERS = frozenset({"id", "start", "end"})
"""Whole numbers that name or measure something; the others are codes of paint, light and surface."""

Kind = Literal["int", "float", "lat", "lon", "word", "rest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a row.

    Attributes:
        optional: a row may end before it.
    """

    name: str
    kind: Kind
    optional: bool = False

    @property
    def vital(self) -> bool:
        """Whether a row without a readable value here tells nothing."""
        return not self.optional and (self.kind != "int" or self.name in VITAL_NUMBERS)


def _columns(text: str) -> tuple[Column, ...]:
    """Read ``name:kind`` words; a question mark after the name makes the column optional."""
    made: list[Column] = []
    for word in text.split():
        name, _, kind = word.partition(":")
        read: dict[str, Kind] = {
            "i": "int", "f": "float", "lat": "lat", "lon": "lon", "w": "word", "r": "rest",
        }  # fmt: skip
        made.append(Column(name=name.rstrip("?"), kind=read[kind], optional=name.endswith("?")))
    return tuple(made)


_HEADER = "elevation_ft:f tower:i default_buildings:i id:w name?:r"
_END = "number{n}:w lat{n}:lat lon{n}:lon"
_LAND_END = (
    _END + " displaced{n}_m{o}:f blastpad{n}_m{o}:f markings{n}{o}:i approach_lights{n}{o}:i"
    " touchdown_lights{n}?:i end_lights{n}?:i"
)
_NODE = "lat:lat lon:lon paint?:i light?:i"
_CURVED_NODE = "lat:lat lon:lon control_lat:lat control_lon:lon paint?:i light?:i"

ROWS: Mapping[int, tuple[Column, ...]] = MappingProxyType(
    {
        code: _columns(text)
        for code, text in {
            1: _HEADER,
            16: _HEADER,
            17: _HEADER,
            # 810 and older: runways and taxiways alike, as rectangles about their middle.
            10: "lat:lat lon:lon number:w heading_deg:f length_ft:f displaced_ft:w blastpad_ft:w"
            " width_ft:f lights?:w surface?:i shoulder?:i markings?:i smoothness?:f signs?:i"
            " glideslopes?:w",
            100: "width_m:f surface:i shoulder:i smoothness:f centre_lights:i edge_lights:i"
            f" distance_signs:i {_LAND_END.format(n=1, o='')} {_LAND_END.format(n=2, o='?')}",
            101: f"width_m:f buoys:i {_END.format(n=1)} {_END.format(n=2)}",
            102: "number:w lat:lat lon:lon heading_deg:f length_m:f width_m:f surface:i"
            " markings?:i shoulder?:i smoothness?:f edge_lights?:i",
            110: "surface?:i smoothness?:f texture_deg?:f name?:r",
            111: _NODE,
            112: _CURVED_NODE,
            113: _NODE,
            114: _CURVED_NODE,
            115: _NODE,
            116: _CURVED_NODE,
            120: "name?:r",
            130: "name?:r",
            14: "lat:lat lon:lon height_ft:f draw_tower:i name?:r",
            15: "lat:lat lon:lon heading_deg:f name?:r",
            18: "lat:lat lon:lon kind:i name?:r",
            19: "lat:lat lon:lon lit:i name?:r",
            20: "lat:lat lon:lon heading_deg:f style:i size:i text?:r",
            21: "lat:lat lon:lon kind:i heading_deg:f glide_deg:f runway?:w name?:r",
            **dict.fromkeys(range(50, 57), "frequency:f name?:r"),
            1000: "name?:r",
            1001: "station:w from_deg:i to_deg:i most_kt:i",
            1002: "station:w ceiling_ft:i",
            1003: "station:w visibility_sm:f",
            1004: "from_hhmm:w to_hhmm:w",
            **dict.fromkeys(range(1050, 1057), "frequency:f name?:r"),
            1100: "runway:w frequency:i operations:w types:w on_course:w initial:w name?:r",
            1110: "runway:w frequency:i operations:w types:w on_course:w initial:w name?:r",
            1101: "runway:w side:w",
            1200: "name?:r",
            1201: "lat:lat lon:lon usage:w id:i name?:r",
            1202: "start:i end:i direction?:w kind?:w name?:r",
            1203: "lat:lat lon:lon",
            1204: "phase:w runways?:w",
            1205: "lat:lat lon:lon",
            1206: "start:i end:i direction?:w name?:r",
            1300: "lat:lat lon:lon heading_deg:f kind?:w aircraft?:w name?:r",
            1301: "size?:w operation?:w airlines?:r",
            1302: "key:w value?:r",
            1400: "lat:lat lon:lon heading_deg:f kind:w cars?:i name?:r",
            1401: "lat:lat lon:lon heading_deg:f kinds:w name?:r",
            1402: "lat:lat lon:lon heading_deg:f detail?:r",
            1500: "lat:lat lon:lon heading_deg:f style?:i size?:i tunnel_deg?:f tunnel_m?:f"
            " cabin_deg?:f",
            1501: "lat:lat lon:lon heading_deg:f detail?:r",
        }.items()
    }
)
"""Columns after the row code, by row code."""

NODE_ROWS = frozenset(range(111, 117))
CURVED_ROWS = frozenset({112, 114, 116})
CLOSING_ROWS = frozenset({113, 114})
ENDING_ROWS = frozenset({115, 116})
CHAIN_ROWS = frozenset({110, 120, 130})
HEADER_ROWS = frozenset({1, 16, 17})
END_ROW = 99
