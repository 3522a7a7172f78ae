"""Tiles, what is wanted of their cells, and putting tiles together again."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest

from ai_center.vision.decoding import Detected, cells
from ai_center.vision.frames import LabelledBox
from ai_center.vision.happenings import KINDS, Kind
from ai_center.vision.lessons import inside, looked_at, wanted
from ai_center.vision.network import TILE, architecture, parameters, shapes
from ai_center.vision.tiles import Tile, plan_tiles, put_together
from ai_center.vision.turnaround import HEIGHT, WIDTH, turnaround

WHOLE = Tile(left=0, top=0, width=WIDTH, height=HEIGHT)
NEAR = Tile(left=100, top=150, width=TILE[0], height=TILE[1])


def label(
    box: tuple[float, float, float, float], *, visible: float = 1.0, kind: Kind = Kind.TUG
) -> LabelledBox:
    return LabelledBox(kind=kind, box=box, visible=visible)


def test_the_tiles_are_the_stand_and_the_nose() -> None:
    for seed in range(100_000, 100_030):
        camera = turnaround(seed).camera
        whole, near = plan_tiles(camera)
        assert whole == replace(WHOLE, tells=whole.tells)
        assert whole.tells | near.tells == set(Kind)
        assert whole.tells & near.tells == set()
        assert near.scale == 1.0
        assert 0 <= near.left <= WIDTH - near.width
        assert 0 <= near.top <= HEIGHT - near.height
        u, v = camera.project(np.array([[0.0, 0.0, 0.3]]))[0]
        assert near.left < u < near.left + near.width
        assert near.top < v < near.top + near.height


def test_tiles_to_learn_from_lie_in_the_picture() -> None:
    draw = random.Random(1)
    for _ in range(200):
        for tile in looked_at(draw, (WHOLE, NEAR)):
            assert tile.left >= 0
            assert tile.left + tile.width <= WIDTH
            assert tile.top >= 0
            assert tile.top + tile.height <= HEIGHT


def test_each_thing_is_told_by_cells_near_its_middle() -> None:
    things = [label((100, 100, 180, 160)), label((300, 40, 620, 360), kind=Kind.AIRCRAFT)]
    aim = wanted(things, WHOLE)
    places, strides = cells(*TILE)
    for cell, kind, box in zip(aim.cells, aim.kinds, aim.boxes, strict=True):
        middle = (places[cell] + 0.5) * strides[cell]
        assert (
            math.dist(middle, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)) < 2.2 * strides[cell]
        )
        assert KINDS[kind] in (Kind.TUG, Kind.AIRCRAFT)
    assert set(aim.kinds.tolist()) == {KINDS.index(Kind.TUG), KINDS.index(Kind.AIRCRAFT)}
    assert not len(aim.ignored)


def test_what_is_hardly_seen_or_mostly_outside_is_ignored() -> None:
    for one in (label((100, 160, 180, 220), visible=0.1), label((0, 100, 130, 200))):
        aim = wanted([one], NEAR)
        assert not len(aim.cells)
        assert len(aim.ignored) or inside(one, NEAR)[1] == pytest.approx(0.0, abs=0.15)


def test_boxes_cut_by_a_tile_are_left_to_the_other() -> None:
    def told(rows: list[tuple[float, float, float, float]], score: float) -> Detected:
        return Detected(
            boxes=np.array(rows, np.float64).reshape(-1, 4),
            scores=np.full(len(rows), score),
            kinds=np.zeros(len(rows), np.int64),
        )

    whole = told([(60, 90, 110, 120), (10, 10, 40, 30)], 0.6)
    near = told([(20, 30, 120, 90), (250, 0, 319, 80)], 0.9)
    found = put_together((WHOLE, NEAR), (whole, near), (WIDTH, HEIGHT), overlap=0.5)
    # The first is one thing in both tiles, the better wins; the one cut on the right is dropped.
    assert found.boxes.tolist() == [[120, 180, 220, 240], [20, 20, 80, 60]]
    assert found.scores.tolist() == [0.9, 0.6]


def test_the_network_is_small_and_whole() -> None:
    layers = architecture(len(KINDS))
    assert parameters(layers) < 600_000
    known = {"picture"}
    for layer in layers:
        assert set(layer.takes) <= known
        known.add(layer.name)
    assert {f"{head}_{stride}" for head in ("box", "kind") for stride in (8, 16, 32)} <= known
    assert shapes(layers)["kind_out"][0] == len(KINDS)


def test_a_tile_is_believed_only_in_what_it_is_there_for() -> None:
    truck, chocks = KINDS.index(Kind.FUEL_TRUCK), KINDS.index(Kind.CHOCKS)
    boxes = np.array([[100.0, 50.0, 160.0, 90.0], [40.0, 100.0, 70.0, 115.0]])
    seen = Detected(boxes=boxes, scores=np.array([0.9, 0.8]), kinds=np.array([truck, chocks]))
    near = replace(NEAR, tells=frozenset({Kind.CHOCKS}))
    whole = replace(WHOLE, tells=frozenset(Kind) - near.tells)
    size = (WIDTH, HEIGHT)
    one = put_together((near,), (seen,), size, overlap=0.5)
    other = put_together((whole,), (seen,), size, overlap=0.5)
    assert one.kinds.tolist() == [chocks]
    assert other.kinds.tolist() == [truck]
    assert len(put_together((NEAR,), (seen,), size, overlap=0.5).kinds) == 2
