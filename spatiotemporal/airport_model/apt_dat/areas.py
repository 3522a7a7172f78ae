"""Runways, pavement, stands and other areas of an import."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely import STRtree
from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Dot
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.apt_dat import codes, curves
from spatiotemporal.airport_model.apt_dat.drafting import Draft, Feature, area
from spatiotemporal.airport_model.apt_dat.message import Drawn, Rectangle, Runway, Stand
from spatiotemporal.airport_model.apt_dat.pavement_kinds import building_use, pavement_layer
from spatiotemporal.airport_model.apt_dat.stand_names import split
from spatiotemporal.airport_model.apt_dat.strips import apart
from spatiotemporal.airport_model.frame import Point, moved
from spatiotemporal.airport_model.size_codes import SIZE_CODES
from spatiotemporal.airport_model.stands import NOSE_SHARE, WING_SHARE

NOSE_AHEAD_SHARE = 0.45
"""Stands are marked under the aircraft's centre of gravity; its nose stops this far ahead."""


def boundaries(draft: Draft) -> Iterable[Feature]:
    """Rows 130."""
    for drawn in draft.airport.boundaries:
        rings = [curves.ring(chain, draft.frame) for chain in drawn.chains]
        for outline in rings:
            shape, repaired = area([outline])
            if not shape.is_empty:
                key = str(drawn.line)
                yield draft.feature("boundary", key, shape, ("场界", drawn.name), repaired=repaired)


def runway_name(runway: Runway) -> str:
    """Both designators, ``18R/36L``."""
    return "/".join(end.number for end in runway.ends)


def runway_line(draft: Draft, runway: Runway) -> LineString:
    """The centre line."""
    return LineString([draft.point(end.place) for end in runway.ends])


def runways(draft: Draft) -> Iterable[Feature]:
    """Rows 100, 101 and the runways of rows 10."""
    for runway in draft.airport.runways:
        bearing, length = apart(runway.ends[0].place, runway.ends[1].place)
        name = runway_name(runway)
        shape = runway_line(draft, runway).buffer(runway.width_m / 2, cap_style="flat")
        yield draft.feature(
            "runway",
            name,
            shape,
            (f"跑道 {name}", f"Runway {name}"),
            designator=name,
            bearing_true_deg=round(bearing, 3),
            length_m=round(length, 1),
            width_m=runway.width_m,
            surface=codes.surface(runway.surface),
        )


def shoulders(draft: Draft) -> Iterable[Feature]:
    """Shoulders whose width the file gives, and blast pads."""
    for runway in draft.airport.runways:
        line, name = runway_line(draft, runway), runway_name(runway)
        parts: list[BaseGeometry] = []
        if runway.shoulder and runway.shoulder_m:
            wide = line.buffer(runway.width_m / 2 + runway.shoulder_m, cap_style="flat")
            parts.append(wide)
        parts += [pad for pad in _pads(line, runway) if pad is not None]
        if parts:
            names = (f"{name} 跑道道肩", f"Runway {name} shoulder")
            strip = line.buffer(runway.width_m / 2, cap_style="flat")
            shape = shapely.union_all(parts).difference(strip)
            yield draft.feature("runway_shoulder", name, shape, names)


def _pads(line: LineString, runway: Runway) -> Iterable[Polygon | None]:
    start, end = line.coords[0], line.coords[-1]
    for at, other, told in ((start, end, runway.ends[0]), (end, start, runway.ends[1])):
        if told.blastpad_m > 0 and line.length > 0:
            share = told.blastpad_m / line.length
            out = at[0] + (at[0] - other[0]) * share, at[1] + (at[1] - other[1]) * share
            yield LineString([at, out]).buffer(runway.width_m / 2, cap_style="flat")


def thresholds(draft: Draft) -> Iterable[Feature]:
    """Landing thresholds of runways on land."""
    for runway in draft.airport.runways:
        line, name = runway_line(draft, runway), runway_name(runway)
        for index, end in enumerate(runway.ends):
            at_m = end.displaced_m if index == 0 else line.length - end.displaced_m
            bearing, length = apart(end.place, runway.ends[1 - index].place)
            yield draft.feature(
                "threshold",
                end.number,
                line.interpolate(at_m),
                (f"{end.number} 跑道入口", f"Threshold {end.number}"),
                designator=end.number,
                runway=name,
                bearing_true_deg=round(bearing, 3),
                displaced_m=end.displaced_m,
                landing_distance_m=round(length - end.displaced_m, 1),
                pavement_end=[round(end.place[1], 7), round(end.place[0], 7)],
            )


def pavements(draft: Draft) -> Iterable[Feature]:
    """Rows 110 in the layers that :mod:`pavement_kinds` reads out of them, and old taxiways."""
    stands = STRtree([Dot(draft.point(stand.place)) for stand in draft.airport.stands])
    taxi_lines = STRtree(list(_taxi_lines(draft)))
    for drawn in draft.airport.pavements:
        shape, repaired = area([curves.ring(chain, draft.frame) for chain in drawn.chains])
        if shape.is_empty:
            continue
        on_it = len(stands.query(shape, predicate="covers"))
        crossed = len(taxi_lines.query(shape, predicate="intersects"))
        use = "" if on_it or crossed else building_use(drawn.name)
        yield _pavement(draft, drawn, shape, {"stands": on_it, "repaired": repaired}, use)
    for rectangle in draft.airport.rectangles:
        if rectangle.kind == "taxiway":
            key, names = str(rectangle.line), ("滑行道", "Taxiway")
            yield _rectangle(draft, rectangle, "taxiway", key, names)


def _taxi_lines(draft: Draft) -> Iterable[LineString]:
    for drawn in draft.airport.lines:
        for run in drawn_runs(draft, drawn):
            if codes.paint(run.code)[0] == "taxi_line":
                yield LineString(run.points)


PAVEMENT_ZH = {"apron": "机坪", "taxiway": "滑行道", "road_area": "服务车道", "building": "建筑物"}


def _pavement(
    draft: Draft, drawn: Drawn, shape: BaseGeometry, facts: dict[str, object], use: str
) -> Feature:
    stands = facts["stands"]
    assert isinstance(stands, int)
    layer, told_by = ("building", "name") if use else pavement_layer(drawn.name, stands=stands)
    zh = PAVEMENT_ZH[layer]
    surface = {"use": use} if use else {"surface": codes.surface(drawn.surface)}
    return draft.feature(
        layer,
        str(drawn.line),
        shape,
        (f"{zh} {drawn.name}".strip(), drawn.name or layer.capitalize()),
        designator=drawn.name,
        kind="drawn_footprint" if use else "pavement",
        kind_from=told_by,
        **surface,
        **facts,
    )


def helipads(draft: Draft) -> Iterable[Feature]:
    """Rows 102."""
    for rectangle in draft.airport.rectangles:
        if rectangle.kind == "helipad":
            number = rectangle.number
            names = (f"直升机坪 {number}", f"Helipad {number}")
            yield _rectangle(draft, rectangle, "helipad", number, names)


def _rectangle(
    draft: Draft, rectangle: Rectangle, layer: str, key: str, names: tuple[str, str]
) -> Feature:
    middle, half = draft.point(rectangle.place), rectangle.length_m / 2
    ends = [moved(middle, rectangle.heading_deg, along) for along in (-half, half)]
    shape = LineString(ends).buffer(rectangle.width_m / 2, cap_style="flat")
    facts = {"kind": rectangle.kind, "surface": codes.surface(rectangle.surface)}
    return draft.feature(layer, key, shape, names, designator=rectangle.number, **facts)


def stands(draft: Draft) -> Iterable[Feature]:
    """Parking areas of stands whose size is known, drawn from place, heading and size letter."""
    for stand in draft.airport.stands:
        if stand.size:
            nose, shape = _parked(draft, stand)
            facts = _stand_facts(stand)
            size = SIZE_CODES[stand.size]
            number = str(facts["number"])
            yield draft.feature(
                "stand",
                number or str(stand.line),
                shape,
                (f"{number} 机位", f"Stand {number}"),
                **facts,
                span_limit_m=size.span_limit_m,
                nose=draft.degrees(nose),
            )


def stand_locations(draft: Draft) -> Iterable[Feature]:
    """Every stand as the point that the file gives."""
    for stand in draft.airport.stands:
        facts = _stand_facts(stand)
        number = str(facts["number"])
        names = (f"{number or stand.name} 机位", f"Stand {number or stand.name}")
        shape = Dot(draft.point(stand.place))
        key = number or str(stand.line)
        yield draft.feature("stand_location", key, shape, names, **facts)


def _stand_facts(stand: Stand) -> dict[str, object]:
    apron, number = split(stand.name)
    return {
        "number": number,
        "apron": apron,
        "code": stand.size,
        "kind": stand.kind,
        "bearing_true_deg": round(stand.heading_deg, 1),
        "operation": stand.operation,
        "airlines": list(stand.airlines),
        "aircraft": list(stand.aircraft),
        "full_name": stand.name,
    }


def _parked(draft: Draft, stand: Stand) -> tuple[Point, Polygon]:
    size = SIZE_CODES[stand.size]
    half, length = size.span_limit_m / 2, size.length_m
    nose = moved(draft.point(stand.place), stand.heading_deg, length * NOSE_AHEAD_SHARE)
    outline = (
        (0.0, -half * NOSE_SHARE),
        (0.0, half * NOSE_SHARE),
        (-length * WING_SHARE, half),
        (-length, half),
        (-length, -half),
        (-length * WING_SHARE, -half),
    )
    corners = [moved(nose, stand.heading_deg, ahead, right) for ahead, right in outline]
    return nose, Polygon(corners)


def drawn_runs(draft: Draft, drawn: Drawn) -> Iterable[curves.Run]:
    """The painted runs of a drawn thing."""
    for chain in drawn.chains:
        yield from curves.runs(chain, draft.frame)
