"""Solids: closed, facing outwards, of the volume that geometry says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from shapely.geometry import MultiPolygon, Polygon, box

from spatiotemporal.scene import surfaces
from spatiotemporal.scene.surfaces import Surface, volume_m3

L_SHAPE = Polygon([(0, 0), (30, 0), (30, 10), (10, 10), (10, 40), (0, 40)])
YARD = Polygon([(0, 0), (50, 0), (50, 40), (0, 40)], [[(10, 10), (10, 30), (40, 30), (40, 10)]])


def edges_are_paired(surface: Surface) -> bool:
    """Whether each edge, by place, is walked as often one way as the other."""
    count: dict[tuple[bytes, bytes], int] = {}
    places = [np.round(point, 6).tobytes() for point in surface.points + 0.0]
    for a, b, c in surface.triangles.tolist():
        for start, end in ((a, b), (b, c), (c, a)):
            count[places[start], places[end]] = count.get((places[start], places[end]), 0) + 1
    return all(count.get((end, start)) == times for (start, end), times in count.items())


@pytest.mark.parametrize(
    "shape", [L_SHAPE, YARD, MultiPolygon([box(0, 0, 5, 5), L_SHAPE.buffer(0)])]
)
def test_a_closed_prism_has_the_volume_of_its_footprint(shape: Polygon) -> None:
    if shape.geom_type == "MultiPolygon":
        shape = MultiPolygon([box(100, 0, 105, 5), L_SHAPE])
    solid = surfaces.prism(shape, 2.0, 12.0, closed=True)
    assert volume_m3(solid) == pytest.approx(shape.area * 10.0)
    assert edges_are_paired(solid)


def test_a_flat_shape_is_covered_without_new_corners() -> None:
    points, triangles = surfaces.flat_triangles(YARD)
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    one, two = b - a, c - a
    areas = (one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]) / 2
    assert (areas > 0).all()
    assert areas.sum() == pytest.approx(YARD.area)
    assert len(points) == 8


def test_round_solids_face_outwards() -> None:
    cylinder = surfaces.upright_cylinder(2.0, 0.0, 5.0, 24)
    assert volume_m3(cylinder) == pytest.approx(math.pi * 4 * 5, rel=0.02)
    tube = surfaces.lying_tube([(0.0, 1.0, 3.0), (4.0, 1.0, 3.0)], 24)
    assert volume_m3(tube) == pytest.approx(math.pi * 4, rel=0.02)
    assert edges_are_paired(cylinder)
    assert edges_are_paired(tube)


def test_turning_and_mirroring_keep_the_volume() -> None:
    solid = surfaces.box((0, 2), (0, 3), (0, 4), taper=0.5)
    assert volume_m3(solid.moved(100, -50, 7, heading_deg=33)) == pytest.approx(volume_m3(solid))
    assert volume_m3(solid.mirrored()) == pytest.approx(volume_m3(solid))


def test_a_heading_turns_clockwise() -> None:
    ahead = Surface(np.array([[0.0, 1.0, 0.0]]), np.empty((0, 3), dtype=np.int64))
    assert ahead.moved(0, 0, heading_deg=90).points[0] == pytest.approx([1.0, 0.0, 0.0], abs=1e-12)


def test_a_slope_joins_two_outlines() -> None:
    outer, inner = box(0, 0, 20, 10), box(4, 4, 16, 6)
    roof = surfaces.slope(outer, inner, 5.0, 8.0)
    heights = {(round(x), round(y)): z for x, y, z in roof.points.tolist()}
    assert heights[(0, 0)] == 5.0
    assert heights[(4, 4)] == 8.0
