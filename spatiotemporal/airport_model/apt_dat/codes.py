"""Meanings of apt.dat's numbers: surfaces, paint, lights, beacons, glide slope lights.

A number that a table lacks is kept as it is; newer editions add numbers every year.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SURFACES: Mapping[int, str] = MappingProxyType(
    {
        1: "asphalt",
        2: "concrete",
        3: "grass",
        4: "dirt",
        5: "gravel",
        6: "asphalt",
        7: "concrete",
        8: "grass",
        9: "dirt",
        10: "asphalt",
        11: "concrete",
        12: "dry_lakebed",
        13: "water",
        14: "snow_or_ice",
        15: "transparent",
        **dict.fromkeys(range(20, 39), "asphalt"),
        **dict.fromkeys(range(50, 58), "concrete"),
    }
)
"""6-11 are the helipad and taxi-line variants of edition 810; 20-38 and 50-57 came with 1200."""

PAINT: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        1: ("taxi_line", "centre_line"),
        2: ("marking", "broken_line"),
        3: ("marking", "taxiway_edge"),
        4: ("hold_line", "runway_hold"),
        5: ("hold_line", "intermediate_hold"),
        6: ("hold_line", "ils_hold"),
        7: ("taxi_line", "centre_line_safety_zone"),
        8: ("marking", "queue_lane"),
        9: ("marking", "queue_lane_double"),
        10: ("marking", "wide_taxi_line"),
        11: ("hold_line", "wide_ils_hold"),
        12: ("marking", "wide_ils_critical"),
        13: ("marking", "wide_boundary"),
        20: ("road_marking", "road_edge"),
        21: ("road_marking", "road_chequer"),
        22: ("road_marking", "road_centre"),
    }
)
"""Layer and kind of each paint; 51-63 are 1-13 with black borders."""

BLACK_BORDER = 50

LIGHTS: Mapping[int, str] = MappingProxyType(
    {
        101: "taxi_centre_green",
        102: "taxi_edge_blue",
        103: "clearance_bar_amber",
        104: "runway_guard_amber",
        105: "runway_exit_green_amber",
        106: "danger_red",
        107: "taxi_centre_green_one_way",
        108: "runway_exit_green_amber_one_way",
    }
)

BEACONS: Mapping[int, str] = MappingProxyType(
    {0: "none", 1: "airport", 2: "seaport", 3: "heliport", 4: "military", 5: "strobe"}
)

GLIDE_LIGHTS: Mapping[int, str] = MappingProxyType(
    {
        1: "vasi",
        2: "papi_left",
        3: "papi_right",
        4: "papi_space_shuttle",
        5: "tri_colour_vasi",
        6: "runway_guard",
    }
)

SERVICES: Mapping[int, str] = MappingProxyType(
    {
        0: "atis",
        1: "unicom",
        2: "delivery",
        3: "ground",
        4: "tower",
        5: "approach",
        6: "departure",
    }
)
"""By row code less 50 or 1050."""

STAND_KINDS = frozenset({"gate", "hangar", "misc", "tie_down"})
NODE_USAGES = frozenset({"dest", "init", "both", "junc"})
DIRECTIONS = frozenset({"twoway", "oneway"})
SIZE_LETTERS = frozenset("ABCDEF")


def paint(code: int) -> tuple[str, str]:
    """Layer and kind of a painted line.

    >>> paint(54)
    ('hold_line', 'runway_hold')
    >>> paint(77)
    ('marking', 'paint_77')
    """
    plain = code - BLACK_BORDER if code > BLACK_BORDER else code
    return PAINT.get(plain, ("marking", f"paint_{code}"))


def surface(code: int) -> str:
    """Material of a surface.

    >>> surface(23), surface(99)
    ('asphalt', 'surface_99')
    """
    return SURFACES.get(code, f"surface_{code}")
