"""The validator's findings as a page with pictures: every rule, an overview, a close-up of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.checks import check
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.exchange.pictures import Mark, picture
from spatiotemporal.airport_model.findings import Finding
from spatiotemporal.airport_model.rule_book import RULE_BOOK

BAD = "#d55e00"
FILLS = {
    "boundary": "#f6f7f9", "apron": "#e3e6ea", "runway": "#5b6470", "taxiway": "#c3c9d1",
    "stand": "#ffffff", "building": "#b9c6d8", "road": "#e0d8c8",
}  # fmt: skip

CLOSE_UP_M = 160.0
"""Half the width of a close-up: two stands and what is beside them."""

MOST_CLOSE_UPS = 40
"""More pictures than this are not looked at; the table has all findings."""


def report(airport: Airport, findings: Sequence[Finding] | None = None) -> str:
    """An HTML page that stands alone.

    Args:
        findings: those of :func:`check`, if they are there already.
    """
    found = check(airport) if findings is None else findings
    shapes = _shapes(airport)
    ground = list(_ground(airport))
    verdict = "every rule holds" if not found else f"{len(found)} findings"
    title = f"{airport.icao} {airport.name_zh} {airport.name_en}: {verdict}"
    parts = [
        f"<h1>{escape(title)}</h1><p>{escape(airport.notice.zh)}<br>{escape(airport.notice.en)}</p>",
        _table(found),
        picture([*ground, *_pins(found, shapes)], title=airport.name_en, legend=_legend(found)),
    ]
    for finding in found[:MOST_CLOSE_UPS]:
        place = _place(finding, shapes)
        if place is not None:
            parts.append(_close_up(finding, place, ground))
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


_STYLE = (
    "body{font-family:sans-serif;margin:24px;color:#1b2430}table{border-collapse:collapse}"
    "td,th{border:1px solid #c3c9d1;padding:4px 10px;text-align:left}.bad{color:#b34700}"
    "svg{max-width:100%;height:auto;border:1px solid #e3e6ea;margin-top:16px}"
)


def _table(found: Sequence[Finding]) -> str:
    counts = Counter(finding.rule for finding in found)
    rows = [
        f"<tr{' class=bad' if counts[rule] else ''}><td>{escape(label.zh)}</td>"
        f"<td>{escape(label.en)}</td><td>{counts[rule] or '✓'}</td></tr>"
        for rule, label in RULE_BOOK.items()
    ]
    details = [
        f"<tr class=bad><td>{escape(f.rule)}</td><td>{escape(f.element)}</td>"
        f"<td>{escape(f.message)}</td></tr>"
        for f in found
    ]
    head = "<tr><th>规则</th><th>Rule</th><th></th></tr>"
    more = f"<h2>Findings</h2><table>{''.join(details)}</table>" if details else ""
    return f"<table>{head}{''.join(rows)}</table>{more}"


def _legend(found: Sequence[Finding]) -> dict[str, str]:
    counts = Counter(finding.rule for finding in found)
    return {f"{rule}: {count}": BAD for rule, count in counts.items()}


def _ground(airport: Airport) -> Iterable[Mark]:
    """The airport in muted colours, lowest first."""

    def mark(kind: str, shape: BaseGeometry, title: str = "", width: float = 0.5) -> Mark:
        return Mark(shape=shape, fill=FILLS[kind], stroke="#98a1ad", title=title, width_px=width)

    yield mark("boundary", airport.boundary)
    for apron in airport.aprons:
        yield mark("apron", apron.shape, apron.label.en)
    for way in airport.taxiways:
        area = LineString(way.points).buffer(way.paved_width_m / 2)
        yield mark("taxiway", area, f"taxiway {way.id}")
    for runway in airport.runways:
        yield mark("runway", runway.polygon, f"runway {runway.name}")
    for stand in airport.stands:
        yield mark("stand", stand.polygon, f"stand {stand.number}")
    for building in airport.buildings:
        yield mark("building", building.shape, building.label.en)
    for road in airport.roads:
        yield mark("road", LineString(road.points), f"road {road.name}")
    for hold in airport.hold_lines:
        yield Mark(shape=hold.line, fill="none", stroke="#e69f00", title=hold.id, width_px=1.5)


def _shapes(airport: Airport) -> dict[str, BaseGeometry]:
    """Shapes by the names that findings use."""
    shapes: dict[str, BaseGeometry] = {}
    for runway in airport.runways:
        shapes[runway.name] = shapes[f"runway {runway.name}"] = runway.polygon
        for end in runway.ends:
            shapes[end.designator] = Point(end.pavement_end)
    for way in airport.taxiways:
        shapes[way.id] = shapes[f"taxiway {way.id}"] = LineString(way.points)
    for road in airport.roads:
        shapes[road.id] = shapes[f"service_road {road.id}"] = LineString(road.points)
    for building in airport.buildings:
        shapes[building.id] = shapes[f"building {building.id}"] = building.shape
    for apron in airport.aprons:
        shapes[apron.id] = shapes[f"apron {apron.id}"] = apron.shape
    for facility in airport.facilities:
        shapes[f"facility {facility.id}"] = Point(facility.point)
    for stand in airport.stands:
        shapes[f"stand {stand.number}"] = stand.polygon
    return shapes


def _place(finding: Finding, shapes: dict[str, BaseGeometry]) -> Point | None:
    if finding.place is not None:
        return Point(finding.place)
    first = finding.element.removeprefix("stands ").split(" and ")[0]
    for name in (finding.element, f"stand {first}"):
        if name in shapes:
            return shapes[name].representative_point()
    return None


def _pins(found: Sequence[Finding], shapes: dict[str, BaseGeometry]) -> Iterable[Mark]:
    for finding in found:
        place = _place(finding, shapes)
        if place is not None:
            title = f"{finding.rule}: {finding.element} {finding.message}"
            ring = place.buffer(40.0).boundary
            yield Mark(shape=ring, fill="none", stroke=BAD, title=title, width_px=2.5)


def _close_up(finding: Finding, place: Point, ground: Sequence[Mark]) -> str:
    frame = box(
        place.x - CLOSE_UP_M,
        place.y - CLOSE_UP_M / 2,
        place.x + CLOSE_UP_M,
        place.y + CLOSE_UP_M / 2,
    )
    marks = []
    for mark in ground:
        if mark.shape.intersects(frame):
            cut = mark.shape.intersection(frame)
            marks.append(
                Mark(shape=cut, fill=mark.fill, stroke=mark.stroke, title=mark.title, width_px=1.0)
            )
    marks.append(Mark(shape=place.buffer(8.0).boundary, fill="none", stroke=BAD, width_px=2.5))
    marks.append(Mark(shape=frame.boundary, fill="none", stroke="#c3c9d1"))
    title = f"{finding.rule}: {finding.element} {finding.message}"
    return picture(marks, title=title, legend={})
