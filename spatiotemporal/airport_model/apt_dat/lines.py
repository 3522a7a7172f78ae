"""Painted lines, lights, the taxi network and single objects of an import."""

from __future__ import annotations

from collections.abc import Iterable

from shapely.geometry import LineString
from shapely.geometry import Point as Dot

from spatiotemporal.airport_model.apt_dat import codes, curves
from spatiotemporal.airport_model.apt_dat.areas import runway_line, runway_name
from spatiotemporal.airport_model.apt_dat.drafting import Draft, Feature
from spatiotemporal.airport_model.apt_dat.message import Drawn, Place, TaxiEdge
from spatiotemporal.airport_model.apt_dat.rows import Row

PAINT_LAYERS = ("taxi_line", "hold_line", "marking", "road_marking")

TITLES = {
    "taxi_line": ("滑行引导线", "Guidance line"),
    "hold_line": ("等待线", "Holding position"),
    "marking": ("地面标志", "Marking"),
    "road_marking": ("车道标线", "Road marking"),
}


def painted(draft: Draft) -> dict[str, list[Feature]]:
    """Everything painted, by layer: rows 120, and the painted edges of rows 110."""
    made: dict[str, list[Feature]] = {layer: [] for layer in PAINT_LAYERS}
    runways = [(runway_name(r), runway_line(draft, r)) for r in draft.airport.runways]
    for drawn in (*draft.airport.pavements, *draft.airport.lines):
        for chain in drawn.chains:
            for run in curves.runs(chain, draft.frame):
                layer, kind = codes.paint(run.code)
                line = LineString(run.points)
                facts: dict[str, object] = {"kind": kind, "paint": run.code}
                if layer == "hold_line" and runways:
                    facts["runway"] = min(runways, key=lambda r: r[1].distance(line))[0]
                made[layer].append(_line(draft, layer, drawn, line, facts))
    return made


def _line(
    draft: Draft, layer: str, drawn: Drawn, line: LineString, facts: dict[str, object]
) -> Feature:
    names = TITLES[layer]
    return draft.feature(layer, str(drawn.line), line, names, designator=drawn.name, **facts)


def lights(draft: Draft) -> Iterable[Feature]:
    """Rows of lights along pavement edges and painted lines."""
    for drawn in (*draft.airport.pavements, *draft.airport.lines):
        for chain in drawn.chains:
            for run in curves.runs(chain, draft.frame, lights=True):
                kind = codes.LIGHTS.get(run.code, f"light_{run.code}")
                names = ("灯光", "Lights")
                line = LineString(run.points)
                yield draft.feature("light_line", str(drawn.line), line, names, kind=kind)


def taxi_nodes(draft: Draft) -> Iterable[Feature]:
    """Rows 1201."""
    for node in draft.airport.taxi_nodes:
        shape = Dot(draft.point(node.place))
        names = (f"节点 {node.id}", node.name or f"Node {node.id}")
        yield draft.feature("taxi_node", str(node.id), shape, names, usage=node.usage)


def taxi_edges(draft: Draft) -> Iterable[Feature]:
    """Rows 1202."""
    return _edges(draft, "taxi_edge", road=False)


def roads(draft: Draft) -> Iterable[Feature]:
    """Rows 1206."""
    return _edges(draft, "service_road", road=True)


def _edges(draft: Draft, layer: str, *, road: bool) -> Iterable[Feature]:
    places = {node.id: node.place for node in draft.airport.taxi_nodes}
    for edge in draft.airport.taxi_edges:
        known = edge.start in places and edge.end in places
        if (edge.kind == "road") is road and known:
            inner = [draft.point(place) for place in edge.shape]
            ends = draft.point(places[edge.start]), draft.point(places[edge.end])
            line = LineString([ends[0], *inner, ends[1]])
            yield draft.feature(
                layer, str(edge.line), line, (edge.name, edge.name), **_edge_facts(edge)
            )


def _edge_facts(edge: TaxiEdge) -> dict[str, object]:
    kind, _, letter = edge.kind.partition("_")
    return {
        "designator": edge.name,
        "start": edge.start,
        "end": edge.end,
        "one_way": edge.one_way,
        "kind": kind,
        "max_code": letter or "F",
        "zones": [f"{phase} {','.join(runways)}" for phase, runways in edge.zones],
    }


def signs(draft: Draft) -> Iterable[Feature]:
    """Rows 20."""
    for row in _objects(draft, 20):
        text = row.word("text")
        facts = {"text": text, "bearing_true_deg": row.number("heading_deg") % 360.0}
        yield _object(
            draft, "sign", row, ("标记牌", f"Sign {text}"), size=row.whole("size"), **facts
        )


def beacons(draft: Draft) -> Iterable[Feature]:
    """Rows 18 and 21: beacons and glide slope lights."""
    for row in _objects(draft, 18):
        kind = codes.BEACONS.get(row.whole("kind"), "beacon")
        names = ("机场灯标", row.word("name") or "Beacon")
        yield _object(draft, "airfield_light", row, names, kind=f"beacon_{kind}")
    for row in _objects(draft, 21):
        kind = codes.GLIDE_LIGHTS.get(row.whole("kind"), f"light_{row.whole('kind')}")
        yield _object(
            draft,
            "airfield_light",
            row,
            ("坡度灯", row.word("name") or "Glide slope lights"),
            kind=kind,
            runway=row.word("runway"),
            bearing_true_deg=row.number("heading_deg") % 360.0,
            glide_deg=row.number("glide_deg"),
        )


def windsocks(draft: Draft) -> Iterable[Feature]:
    """Rows 19."""
    for row in _objects(draft, 19):
        lit = bool(row.whole("lit"))
        yield _object(draft, "windsock", row, ("风向袋", row.word("name") or "Windsock"), lit=lit)


def viewpoints(draft: Draft) -> Iterable[Feature]:
    """Rows 14: where the tower looks from."""
    for row in _objects(draft, 14):
        height = round(row.number("height_ft") * 0.3048, 1)
        names = ("塔台视点", row.word("name") or "Tower viewpoint")
        yield _object(draft, "viewpoint", row, names, height_m=height)


def jet_bridges(draft: Draft) -> Iterable[Feature]:
    """Rows 1500 and 1501."""
    for row in _objects(draft, 1500, 1501):
        facts = {"bearing_true_deg": row.number("heading_deg") % 360.0}
        length = row.number("tunnel_m")
        yield _object(draft, "jet_bridge", row, ("登机桥", "Jet bridge"), length_m=length, **facts)


def facilities(draft: Draft) -> Iterable[Feature]:
    """Rows 1400 to 1402: where service vehicles wait and load."""
    uses = {1400: "vehicle_park", 1401: "vehicle_destination", 1402: "vehicle_park"}
    for row in _objects(draft, *uses):
        kinds = row.word("kind") or row.word("kinds")
        names = ("车辆停放点", row.word("name") or kinds or "Vehicle park")
        facts = {"use": uses[row.code], "vehicles": kinds.split("|")}
        bearing = row.number("heading_deg") % 360.0
        yield _object(draft, "facility", row, names, **facts, bearing_true_deg=bearing)


def _objects(draft: Draft, *wanted: int) -> Iterable[Row]:
    return (row for row in draft.airport.objects if row.code in wanted)


def _object(draft: Draft, layer: str, row: Row, names: tuple[str, str], **facts: object) -> Feature:
    place: Place = row.place()
    return draft.feature(layer, str(row.line), Dot(draft.point(place)), names, **facts)
