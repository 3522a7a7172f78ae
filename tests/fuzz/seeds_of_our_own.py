"""Seeds written for fuzzing alone, where examples and tests leave parts of a format out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MORE: Final[Mapping[str, tuple[bytes, ...]]] = {
    "bcbp": (
        b"M1ZHANG/SAN           EABC123 SHAPEKMU 5101 328Y031A0017 100",
        b"M1ZHANG/SAN           EABC123 SHAPEKMU 5101 328Y031A0017 148>8180WW6327BMU 7812345670012"
        b"2A7811234567890 0MU MU 620012345678     20KN^160MEUCIQDbcbp0123456789",
    ),
    "gb11643": (b"110105491231002", b"310112199002280017\n44030619800101123X\n"),
    "nmea": (b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n",),
}
"""By the format's name; names and numbers are made up."""
