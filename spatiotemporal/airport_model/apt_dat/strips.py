"""Runways, helipads and the rectangles of edition 810."""

from __future__ import annotations

from pyproj import Geod

from spatiotemporal.airport_model.apt_dat.message import Place, Rectangle, Runway, RunwayEnd
from spatiotemporal.airport_model.apt_dat.rows import Row

FOOT_M = 0.3048
EARTH = Geod(ellps="WGS84")

_OTHER_SIDE = {"L": "R", "R": "L"}


def ahead(place: Place, heading_deg: float, metres: float) -> Place:
    """The place some metres away.

    >>> lat, lon = ahead((31.0, 121.0), 90.0, 100.0)
    >>> round(lat, 6), round(lon, 6)
    (31.0, 121.001048)
    """
    lon, lat, _ = EARTH.fwd(place[1], place[0], heading_deg, metres)
    return float(lat), float(lon)


def apart(one: Place, other: Place) -> tuple[float, float]:
    """True bearing (0 up to 360) and metres from one place to another."""
    bearing, _, metres = EARTH.inv(one[1], one[0], other[1], other[0])
    return float(bearing) % 360.0, float(metres)


def land_runway(row: Row) -> Runway:
    """Row 100."""
    shoulder = row.whole("shoulder")
    return Runway(
        kind="land",
        width_m=row.number("width_m"),
        surface=row.whole("surface"),
        shoulder=shoulder % 100,
        shoulder_m=float(shoulder // 100),
        ends=(_end(row, 1), _end(row, 2)),
        line=row.line,
    )


def water_runway(row: Row) -> Runway:
    """Row 101."""
    return Runway(
        kind="water",
        width_m=row.number("width_m"),
        surface=13,
        ends=(_end(row, 1), _end(row, 2)),
        line=row.line,
    )


def _end(row: Row, n: int) -> RunwayEnd:
    return RunwayEnd(
        number=row.word(f"number{n}"),
        place=row.place(suffix=str(n)),
        displaced_m=max(0.0, row.number(f"displaced{n}_m")),
        blastpad_m=max(0.0, row.number(f"blastpad{n}_m")),
    )


def helipad(row: Row) -> Rectangle:
    """Row 102."""
    return Rectangle(
        kind="helipad",
        number=row.word("number"),
        place=row.place(),
        heading_deg=row.number("heading_deg") % 360.0,
        length_m=row.number("length_m"),
        width_m=row.number("width_m"),
        surface=row.whole("surface"),
        line=row.line,
    )


def old_strip(row: Row) -> Runway | Rectangle:
    """Row 10 of edition 810 and older: a runway, a helipad or a piece of taxiway."""
    number, heading = row.word("number"), row.number("heading_deg") % 360.0
    length, width = row.number("length_ft") * FOOT_M, row.number("width_ft") * FOOT_M
    first = number.rstrip("x")
    if not first or first.startswith("H"):
        return Rectangle(
            kind="helipad" if first else "taxiway",
            number=first,
            place=row.place(),
            heading_deg=heading,
            length_m=length,
            width_m=width,
            surface=row.whole("surface"),
            line=row.line,
        )
    displaced = _both(row.word("displaced_ft"))
    pads = _both(row.word("blastpad_ft"))
    numbers = first, opposite(first)
    ends = [
        RunwayEnd(number=name, place=ahead(row.place(), heading + turn, length / 2),
                  displaced_m=shift, blastpad_m=pad)
        for name, turn, shift, pad in zip(numbers, (180.0, 0.0), displaced, pads, strict=True)
    ]  # fmt: skip
    return Runway(
        kind="land",
        width_m=width,
        surface=row.whole("surface"),
        shoulder=row.whole("shoulder"),
        ends=(ends[0], ends[1]),
        line=row.line,
    )


def opposite(number: str) -> str:
    """The designator of the other direction.

    >>> opposite("08"), opposite("36R"), opposite("17C")
    ('26', '18L', '35C')
    """
    digits = number.rstrip("LRCSGWU")
    side = number[len(digits) :]
    if not digits.isdecimal():
        return number
    other = (int(digits) + 17) % 36 + 1
    return f"{other:02d}{_OTHER_SIDE.get(side, side)}"


def _both(text: str) -> tuple[float, float]:
    """Metres at either end from ``1000.0250``: feet at the first, then at the second."""
    first, _, second = text.partition(".")
    return tuple(  # type: ignore[return-value]
        float(part) * FOOT_M if part.isdecimal() else 0.0 for part in (first, second)
    )
