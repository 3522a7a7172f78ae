"""Kinds of shape in IFC models: each covers the ground and reaches the height that it should."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import shapely

from spatiotemporal.airport_model import exchange
from spatiotemporal.airport_model.exchange import ifc
from tests.unit.spatiotemporal.airport_model.exchange.models import Writer

Box = tuple[float, float, float, float]
Drawn = Callable[[Writer], str]
ROUND = 10 * math.pi / 2 * 10


def axes(w: Writer, *at: float) -> str:
    return w.axes(at or (0, 0, 0))


def flat(w: Writer, *at: float) -> str:
    return w.add(f"IFCAXIS2PLACEMENT2D({w.point(*at)},$)")


def raised(w: Writer, profile: str, high: float = 10.0) -> str:
    up = w.direction(0, 0, 1)
    return w.add(f"IFCEXTRUDEDAREASOLID({profile},{axes(w)},{up},{high})")


def area(w: Writer, curve: str) -> str:
    return raised(w, w.add(f"IFCARBITRARYCLOSEDPROFILEDEF(.AREA.,$,{curve})"))


def line(w: Writer, *points: tuple[float, float]) -> str:
    return w.add(f"IFCPOLYLINE(({','.join(w.point(*p) for p in points)}))")


def indexed(w: Writer) -> str:
    """Points out of order, a half circle at one end."""
    points = w.add("IFCCARTESIANPOINTLIST2D(((0.,0.),(0.,20.),(30.,0.),(30.,20.),(40.,10.)))")
    parts = "IFCLINEINDEX((1,3)),IFCARCINDEX((3,5,4)),IFCLINEINDEX((4,2,1))"
    return area(w, w.add(f"IFCINDEXEDPOLYCURVE({points},({parts}),.F.)"))


def composite(w: Writer, trims: str, sense: str, same: str) -> str:
    circle = w.add(f"IFCCIRCLE({flat(w, 30, 10)},10.)")
    arc = w.add(f"IFCTRIMMEDCURVE({circle},{trims},{sense}")
    pieces = [
        (line(w, (0, 0), (30, 0)), ".T."), (arc, same), (line(w, (30, 20), (0, 20)), ".T."),
        (line(w, (0, 0), (0, 20)), ".F."),
    ]  # fmt: skip
    made = [w.add(f"IFCCOMPOSITECURVESEGMENT(.CONTINUOUS.,{way},{piece})") for piece, way in pieces]
    return area(w, w.add(f"IFCCOMPOSITECURVE(({','.join(made)}),.F.)"))


def by_angle(w: Writer) -> str:
    trims = "(IFCPARAMETERVALUE(270.)),(IFCPARAMETERVALUE(90.))"
    return composite(w, trims, ".T.,.PARAMETER.)", ".T.")


def by_point(w: Writer) -> str:
    trims = f"({w.point(30, 20)}),({w.point(30, 0)})"
    return composite(w, trims, ".F.,.CARTESIAN.)", ".F.")


def rectangle(w: Writer, x: float, y: float, *at: float) -> str:
    place = flat(w, *at) if at else "$"
    return w.add(f"IFCRECTANGLEPROFILEDEF(.AREA.,$,{place},{x:.1f},{y:.1f})")


def revolved(w: Writer) -> str:
    """A quarter of a ring wall from 8 to 12 m, 6 m high."""
    axis = w.add(f"IFCAXIS1PLACEMENT({w.point(0, 0, 0)},{w.direction(0, 1, 0)})")
    place = w.axes((0, 0, 0), w.direction(0, -1, 0), w.direction(1, 0, 0))
    return w.add(f"IFCREVOLVEDAREASOLID({rectangle(w, 4, 6, 10, 3)},{place},{axis},90.)")


def numbered(w: Writer) -> str:
    """A roof of two triangles whose corners are numbers of numbers."""
    points = w.add("IFCCARTESIANPOINTLIST3D(((0.,0.,4.),(14.,0.,4.),(14.,6.,10.),(0.,6.,10.)))")
    return w.add(f"IFCTRIANGULATEDFACESET({points},$,.F.,((4,3,2),(4,2,1)),(4,3,2,1))")


def curved_edges(w: Writer) -> str:
    """The floor of half a disc, bounded by a line and an arc."""
    at = [w.add(f"IFCVERTEXPOINT({w.point(x, 0, 0)})") for x in (0, 20)]
    vector = w.add(f"IFCVECTOR({w.direction(1, 0, 0)},20.)")
    straight = w.add(f"IFCLINE({w.point(0, 0, 0)},{vector})")
    along = w.add(f"IFCEDGECURVE({at[0]},{at[1]},{straight},.T.)")
    circle = w.add(f"IFCCIRCLE({axes(w, 10, 0, 0)},10.)")
    arc = w.add(f"IFCEDGECURVE({at[1]},{at[0]},{circle},.T.)")
    edges = [w.add(f"IFCORIENTEDEDGE(*,*,{one},.T.)") for one in (along, arc)]
    bound = w.add(f"IFCFACEOUTERBOUND({w.add(f'IFCEDGELOOP(({edges[0]},{edges[1]}))')},.T.)")
    plane = w.add(f"IFCPLANE({axes(w)})")
    face = w.add(f"IFCADVANCEDFACE(({bound}),{plane},.T.)")
    return w.add(f"IFCADVANCEDBREP({w.add(f'IFCCLOSEDSHELL(({face}))')})")


def union(w: Writer) -> str:
    blocks = [w.add(f"IFCBLOCK({axes(w, x, 0, 0)},10.,{y}.,10.)") for x, y in ((0, 10), (8, 5))]
    return w.add(f"IFCCSGSOLID({w.add(f'IFCBOOLEANRESULT(.UNION.,{blocks[0]},{blocks[1]})')})")


def derived(w: Writer) -> str:
    turn = w.add(f"IFCCARTESIANTRANSFORMATIONOPERATOR2D({w.direction(0, 1)},$,{w.point(20, 5)},2.)")
    return raised(w, w.add(f"IFCDERIVEDPROFILEDEF(.AREA.,$,{rectangle(w, 10, 6)},{turn},$)"))


def two_areas(w: Writer) -> str:
    pair = f"({rectangle(w, 4, 4)},{rectangle(w, 4, 4, 20, 0)})"
    return raised(w, w.add(f"IFCCOMPOSITEPROFILEDEF(.AREA.,$,{pair},$)"))


def one(text: str) -> Drawn:
    """A profile, extruded."""
    return lambda w: raised(w, w.add(text))


KINDS: dict[str, tuple[Drawn, Box, float, float]] = {
    "indexed curve": (indexed, (0, 0, 40, 20), 600 + ROUND, 10),
    "arc by angles": (by_angle, (0, 0, 40, 20), 600 + ROUND, 10),
    "arc by points, backwards": (by_point, (0, 0, 40, 20), 600 + ROUND, 10),
    "whole ellipse": (
        lambda w: area(w, w.add(f"IFCELLIPSE({flat(w, 0, 0)},20.,8.)")), (-20, -8, 20, 8),
        160 * math.pi, 10,
    ),
    "angle": (one("IFCLSHAPEPROFILEDEF(.AREA.,$,$,12.,7.,1.,$,$,$)"), (-3.5, -6, 3.5, 6), 84, 10),
    "angle as wide as deep": (
        one("IFCLSHAPEPROFILEDEF(.AREA.,$,$,12.,$,1.,$,$,$)"), (-6, -6, 6, 6), 144, 10,
    ),
    "trapezium": (
        one("IFCTRAPEZIUMPROFILEDEF(.AREA.,$,$,20.,10.,8.,3.)"), (-10, -4, 10, 4), 120, 10,
    ),
    "ellipse": (
        one("IFCELLIPSEPROFILEDEF(.AREA.,$,$,20.,8.)"), (-20, -8, 20, 8), 160 * math.pi, 10,
    ),
    "derived": (derived, (14, -5, 26, 15), 240, 10),
    "two areas": (two_areas, (-2, -2, 22, 2), 32, 10),
    "revolved": (revolved, (0, 0, 12, 12), (144 - 64) * math.pi / 4, 6),
    "numbered": (numbered, (0, 0, 14, 6), 84, 6),
    "curved edges": (curved_edges, (0, 0, 20, 10), ROUND, 0),
    "union": (union, (0, 0, 18, 10), 140, 10),
    "cylinder": (
        lambda w: w.add(f"IFCRIGHTCIRCULARCYLINDER({axes(w)},12.,7.)"), (-7, -7, 7, 7),
        49 * math.pi, 12,
    ),
    "dome": (
        lambda w: w.add(f"IFCSPHERE({axes(w, 0, 0, 9)},9.)"), (-9, -9, 9, 9), 81 * math.pi, 18,
    ),
}  # fmt: skip


def units(w: Writer) -> None:
    """Degrees by their measure in radians."""
    metre = w.add("IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)")
    radian = w.add("IFCSIUNIT(*,.PLANEANGLEUNIT.,$,.RADIAN.)")
    measure = w.add(f"IFCMEASUREWITHUNIT(IFCPLANEANGLEMEASURE({math.radians(1.0):.15f}),{radian})")
    degree = w.add(f"IFCCONVERSIONBASEDUNIT($,.PLANEANGLEUNIT.,'DEGREE',{measure})")
    w.add(f"IFCUNITASSIGNMENT(({metre},{degree}))")


def building(w: Writer, shape: str, kind: str = "IFCBUILDINGELEMENTPROXY") -> None:
    place = w.placed((0, 0, 0))
    home = w.building("Hall", place, "guid")
    w.holds(home, w.product(kind, place, shape))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_covers_its_ground(kind: str) -> None:
    draw, bounds, covered, high = KINDS[kind]
    w = Writer()
    units(w)
    building(w, w.shape(draw(w)))
    (found,) = ifc.parse(w.text()).buildings
    assert found.footprint.bounds == pytest.approx(bounds, abs=0.35)
    assert found.footprint.area == pytest.approx(covered, rel=0.02)
    assert found.high - found.low == pytest.approx(high, abs=0.01)


def test_a_bounding_box_stands_in_for_a_body_that_is_not_read() -> None:
    w = Writer()
    box = w.add(f"IFCBOUNDINGBOX({w.point(1, 2, 0)},30.,20.,8.)")
    body = w.add("IFCSWEPTDISKSOLID($,1.,$,$,$)")
    shown = [
        w.add(f"IFCSHAPEREPRESENTATION($,'Body','AdvancedSweptSolid',({body}))"),
        w.add(f"IFCSHAPEREPRESENTATION($,'Box','BoundingBox',({box}))"),
    ]
    building(w, w.add(f"IFCPRODUCTDEFINITIONSHAPE($,$,({','.join(shown)}))"))
    model = ifc.parse(w.text())
    assert model.buildings[0].footprint.bounds == pytest.approx((1, 2, 31, 22))
    assert [n.code for n in model.notices] == ["ifc-not-drawn"]


def test_shapes_that_hold_themselves_many_times_end() -> None:
    w = Writer()
    itself = f"#{len(w.rows) + 1}"
    solid = w.add(f"IFCBOOLEANRESULT(.UNION.,{itself},{itself})")
    segment = w.add(f"IFCCOMPOSITECURVESEGMENT(.CONTINUOUS.,.T.,#{len(w.rows) + 2})")
    curve = w.add(f"IFCCOMPOSITECURVE(({','.join([segment] * 9)}),.F.)")
    building(w, w.shape(solid, area(w, curve)))
    model = ifc.parse(w.text())
    assert model.buildings == ()
    assert {n.code for n in model.notices} == {"ifc-broken-shape", "ifc-no-shape"}


def hall(w: Writer, k: float, system: str, conversion: str) -> bytes:
    """A hall of 60 x 20 m at the origin, on a map."""
    context = w.add(f"IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-05,{axes(w)},$)")
    crs = w.add(f"IFCPROJECTEDCRS({system})")
    w.add(f"IFCMAPCONVERSION({context},{crs},{conversion})")
    building(w, w.shape(w.slab([(0, 0), (60 * k, 0), (60 * k, 20 * k), (0, 20 * k)], 0, 8 * k)))
    return w.text()


MILLIMETRES = {
    "scaled": ("'EPSG:32630',$,$,$,$,$,{metre}", "611000.,5339500.,0.,1.,0.,0.001"),
    "a scale of one": ("'EPSG:32630',$,$,$,$,$,{metre}", "611000.,5339500.,0.,1.,0.,1."),
    "no scale, no unit": ("'EPSG:32630',$,$,$,$,$,$", "611000.,5339500.,0.,$,$,$"),
    "in its own unit": ("'EPSG:32630',$,$,$,$,$,$", "611000000.,5339500000.,0.,1.,0.,1."),
}


@pytest.mark.parametrize("style", MILLIMETRES)
def test_a_map_conversion_is_taken_in_the_unit_that_is_meant(style: str) -> None:
    w = Writer()
    mm = w.add("IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.)")
    w.add(f"IFCUNITASSIGNMENT(({mm}))")
    metre = w.add("IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)")
    system, conversion = MILLIMETRES[style]
    data = hall(w, 1000.0, system.format(metre=metre), conversion)
    assert _on_map(data, 32630) == pytest.approx((611_000, 5_339_500, 611_060, 5_339_520), abs=0.05)


def test_a_stretched_grid_stretches() -> None:
    w = Writer()
    w.add(f"IFCUNITASSIGNMENT(({w.add('IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)')}))")
    data = hall(w, 1.0, "'EPSG:32630',$,$,$,$,$,$", "611000.,5339500.,0.,1.,0.,0.99")
    assert _on_map(data, 32630)[2] == pytest.approx(611_059.4, abs=0.05)


def test_a_map_in_feet_is_a_map_in_feet() -> None:
    """EPSG:2263, New York: feet of the survey."""
    w = Writer()
    metre = w.add("IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)")
    w.add(f"IFCUNITASSIGNMENT(({metre}))")
    measure = w.add(f"IFCMEASUREWITHUNIT(IFCLENGTHMEASURE(0.3048006096),{metre})")
    foot = w.add(f"IFCCONVERSIONBASEDUNIT($,.LENGTHUNIT.,'US SURVEY FOOT',{measure})")
    data = hall(w, 1.0, f"'EPSG:2263',$,$,$,$,$,{foot}", "1040000.,180000.,0.,1.,0.,$")
    found = _on_map(data, 2263)
    assert found[:2] == pytest.approx((1_040_000, 180_000), abs=0.2)
    assert (found[2] - found[0]) * 0.3048006096 == pytest.approx(60.0, abs=0.05)


def _on_map(data: bytes, epsg: int) -> Box:
    (feature,) = ifc.features(ifc.parse(data))
    west, south, east, north = exchange.grid(f"EPSG:{epsg}").out(feature["geometry"]).bounds
    return west, south, east, north


def test_a_site_tells_of_its_own_origin(tmp_path: Path) -> None:
    def at(shift: float) -> tuple[float, ...]:
        w = Writer()
        ground = w.placed((shift, 0, 0))
        w.add(f"IFCSITE('s',$,'F',$,$,{ground},$,$,.ELEMENT.,(48,12,0,0),(-1,-30,0,0),0.,$,$)")
        place = w.placed((10, 0, 0), ground)
        home = w.building("Hall", place, "guid")
        w.holds(home, w.product("IFCSLAB", place, w.shape(union(w))))
        file = tmp_path / "hall.ifc"
        file.write_bytes(w.text())
        layers, _ = exchange.read(file, icao="LFZZ", valid_from=date(2026, 5, 1))
        (feature,) = layers["building"]["features"]  # type: ignore[misc]
        return tuple(shapely.geometry.shape(feature["geometry"]).bounds)

    assert at(5_000.0) == pytest.approx(at(0.0), abs=1e-6)
