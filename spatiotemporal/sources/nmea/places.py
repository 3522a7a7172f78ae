"""Where the values of NMEA sentences stand: fields between commas, as the package's table says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from service_bus import Place
from spatiotemporal.sources.nmea.message import lines, start_of

_FIELDS: Final[Mapping[str, Mapping[str, tuple[int, int]]]] = {
    "RMC": {
        "time": (1, 1), "valid": (2, 2), "latitude": (3, 4), "longitude": (5, 6),
        "speed_mps": (7, 7), "track_deg": (8, 8), "variation_deg": (10, 11), "mode": (12, 12),
        "status": (13, 13),
    },
    "GGA": {
        "time": (1, 1), "latitude": (2, 3), "longitude": (4, 5), "quality": (6, 6),
        "satellites": (7, 7), "hdop": (8, 8), "altitude_m": (9, 9), "separation_m": (11, 11),
        "age_s": (13, 13), "station": (14, 14),
    },
    "VTG": {"track_deg": (1, 1), "magnetic_deg": (3, 3), "speed_mps": (5, 5), "mode": (9, 9)},
    "GSA": {
        "automatic": (1, 1), "dimensions": (2, 2), "pdop": (15, 15), "hdop": (16, 16),
        "vdop": (17, 17), "system": (18, 18),
    },
    "GNS": {
        "time": (1, 1), "latitude": (2, 3), "longitude": (4, 5), "mode": (6, 6),
        "satellites": (7, 7), "hdop": (8, 8), "altitude_m": (9, 9), "separation_m": (10, 10),
        "age_s": (11, 11), "station": (12, 12), "status": (13, 13),
    },
    "ZDA": {"time": (1, 4), "zone_min": (5, 6)},
    "HDT": {"heading_deg": (1, 1)},
    "GST": {
        "time": (1, 1), "rms": (2, 2), "major_m": (3, 3), "minor_m": (4, 4),
        "orientation_deg": (5, 5), "latitude_error_m": (6, 6), "longitude_error_m": (7, 7),
        "altitude_error_m": (8, 8),
    },
    "TXT": {"total": (1, 1), "number": (2, 2), "identifier": (3, 3), "text": (4, 4)},
    "GLL": {
        "latitude": (1, 2), "longitude": (3, 4), "time": (5, 5), "valid": (6, 6), "mode": (7, 7),
    },
}  # fmt: skip
"""First and last field of each value."""


def places(data: bytes, messages: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Places in the sentences that were read; lines that are none are passed over."""
    found: list[Place] = []
    number = 0
    for at, line in lines(data):
        dollar = start_of(line)
        if dollar is not None and number < len(messages):
            if messages[number].get("talker"):
                found += _sentence(line, at, dollar, messages[number], number)
            number += 1
    return found


def _sentence(
    line: bytes, at: int, dollar: int, message: Mapping[str, Any], number: int
) -> list[Place]:
    inner = line[dollar + 1 :].partition(b"*")[0]
    starts, where = [], at + dollar + 1
    for field in inner.split(b","):
        starts.append((where, where + len(field)))
        where += len(field) + 1
    talker, kind = str(message.get("talker", "")), str(message.get("kind", ""))
    head = starts[0][0]
    found = [
        Place(path=(number, "talker"), start=head, end=head + len(talker)),
        Place(path=(number, "kind"), start=head + len(talker), end=head + len(talker) + len(kind)),
    ]
    body = message.get("body")
    if (kind, len(starts)) == ("VTG", 5):  # an old form, without letters
        return found
    for name, (first, last) in _FIELDS.get(kind, {}).items():
        known = isinstance(body, Mapping) and body.get(name) not in (None, "")
        if known and last < len(starts):
            span = starts[first][0], starts[last][1]
            found.append(Place(path=(number, "body", name), start=span[0], end=span[1]))
    return found
