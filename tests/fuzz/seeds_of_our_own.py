"""Seeds written for fuzzing alone, where examples and tests leave parts of a format out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MORE: Final[Mapping[str, tuple[bytes, ...]]] = {
    "adsb": (
        b"# a log\n*8D485020994409940838175B284F;\n*7700;\n@00000000001A5D484FDEA248F5;\n"
        b"<00000000001B808DA05F219B06B6AF189400CBC33F;\nnoise\n1764216000.5,8C3461CF398D60597B4EA434C4D7\n",
        b"\x1a3\x00\x00\x00\x00\x00\x1a\x1a\x40\x8d\x40\x62\x1d\x58\xc3\x82\xd6\x90\xc8\xac\x28\x63\xa7"
        b"\x1a2\x00\x00\x00\x00\x00\x1b\x40\x5d\x48\x4f\xde\xa2\x48\xf5\x1a1\x00\x00\x00\x00\x00\x1c\x40\x77\x00",
    ),
    "bcbp": (
        b"M1ZHANG/SAN           EABC123 SHAPEKMU 5101 328Y031A0017 100",
        b"M1ZHANG/SAN           EABC123 SHAPEKMU 5101 328Y031A0017 148>8180WW6327BMU 7812345670012"
        b"2A7811234567890 0MU MU 620012345678     20KN^160MEUCIQDbcbp0123456789",
    ),
    "gb11643": (b"110105491231002", b"310112199002280017\n44030619800101123X\n"),
    "nmea": (
        b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n",
        b"$GPVTG,089.0,087.5,15.2,28.1\r$IIGGA,123519,4807.04,N,1131.00,E,1,8,0.9,545.9,M,46.9,M,,*52\r",
    ),
}
"""By the format's name; names and numbers are made up."""
