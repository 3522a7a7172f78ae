"""Stand rows become stands: positions from pitch or arc, lead-in lines to the named taxilane."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import shapely
from shapely.geometry import LineString, MultiLineString, Point

from spatiotemporal.airport_model import frame
from spatiotemporal.airport_model.elements import Taxiway
from spatiotemporal.airport_model.errors import DescriptionFault
from spatiotemporal.airport_model.size_codes import pitch_m
from spatiotemporal.airport_model.stands import Stand, StandRow

LEAD_IN_LIMIT_M = 450.0
"""A lead-in longer than this has missed its taxilane."""


def expand(
    rows: Iterable[StandRow], taxiways: Sequence[Taxiway], *, file: str
) -> tuple[Stand, ...]:
    """Make the stands of all rows, in the order of the text.

    Raises:
        DescriptionFault: an unknown taxilane, or one that a lead-in line does not reach.
    """
    lanes: dict[str, MultiLineString] = {}
    for name in {way.name for way in taxiways}:
        lanes[name] = MultiLineString([way.points for way in taxiways if way.name == name])
    return tuple(stand for row in rows for stand in _stands(row, lanes, file))


def _stands(row: StandRow, lanes: Mapping[str, MultiLineString], file: str) -> Iterable[Stand]:
    if row.lane not in lanes:
        raise DescriptionFault(file, f"{row.key}.lane", f"no taxiway is named {row.lane!r}")
    places = zip(row.numbers, row.codes, _places(row), strict=True)
    for number, code, (nose, heading) in places:
        joint = _joint(nose, heading, lanes[row.lane])
        if joint is None:
            reason = f"the lead-in line of stand {number} does not reach {row.lane!r}"
            raise DescriptionFault(file, f"{row.key}.lane", reason)
        yield Stand(
            number=number,
            apron=row.apron,
            code=code,
            kind=row.kind,
            contact=row.contact,
            nose=nose,
            heading_deg=heading,
            lane=row.lane,
            lead_in=(joint, nose),
            excludes=row.excludes.get(number, ()),
            provenance=row.provenance,
        )


def _places(row: StandRow) -> Iterable[tuple[frame.Point, float]]:
    """Nose point and heading of each stand of a row."""
    if row.arc is not None:
        for index in range(len(row.codes)):
            bearing = row.arc.from_deg + index * row.arc.step_deg
            nose = frame.moved(row.arc.centre, bearing, row.arc.radius_m)
            yield nose, (bearing + 180.0) % 360.0
        return
    along = 0.0
    for index, code in enumerate(row.codes):
        if index:
            along += pitch_m(row.codes[index - 1], code) + row.gap_m
        yield frame.moved(row.start, row.along_deg, along), row.heading_deg


def _joint(nose: frame.Point, heading: float, lane: MultiLineString) -> frame.Point | None:
    """Where the line from the nose straight back first meets the taxilane."""
    back = LineString([nose, frame.moved(nose, heading, -LEAD_IN_LIMIT_M)])
    meets = [part for part in shapely.get_parts(back.intersection(lane)) if isinstance(part, Point)]
    if not meets:
        return None
    nearest = min(meets, key=lambda point: point.distance(Point(nose)))
    return nearest.x, nearest.y
