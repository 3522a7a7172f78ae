"""The live picture: newest position of each mover, in order or not."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from service_bus import TopicPartition
from spatiotemporal import ImpossibleFix, UnknownMover
from spatiotemporal.picture import FIRST_CAPACITY, Picture
from tests.unit.spatiotemporal.movers import START, TUG, fix, registered


@pytest.fixture
def picture() -> Picture:
    return Picture()


def test_the_newest_fix_is_shown_with_its_message(picture: Picture) -> None:
    picture.report([fix(0), fix(1)])
    state = picture.mover(TUG)
    assert (state.fix_time, state.message_id) == (START + timedelta(seconds=1), "m1")
    assert (state.fixes, state.late) == (2, 0)


def test_a_late_fix_is_counted_and_moves_nothing(picture: Picture) -> None:
    picture.report([fix(10)])
    before = picture.mover(TUG)
    picture.report([fix(4)])
    after = picture.mover(TUG)
    assert (after.latitude, after.fix_time) == (before.latitude, before.fix_time)
    assert (after.fixes, after.late) == (2, 1)


def test_the_same_moment_again_moves_nothing(picture: Picture) -> None:
    picture.report([fix(1), fix(1, latitude=0.0)])
    assert picture.mover(TUG).latitude == pytest.approx(31.19001)


@settings(deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_arrival_does_not_matter(seconds: list[int]) -> None:
    picture = Picture()
    picture.report([fix(second) for second in seconds])
    assert picture.mover(TUG).fix_time == START + timedelta(seconds=7)
    assert picture.total_fixes() == 8


def test_a_clock_that_was_years_ahead_does_not_freeze_a_mover(picture: Picture) -> None:
    picture.report([fix(0, fix_time=START + timedelta(days=4_000), received=START)])
    picture.report([fix(1)])
    assert picture.mover(TUG).fix_time == START + timedelta(seconds=1)


@pytest.mark.parametrize(
    "facts",
    [
        {"latitude": 90.5},
        {"latitude": math.nan},
        {"longitude": -180.5},
        {"longitude": math.inf},
        {"speed_mps": -1.0},
        {"speed_mps": math.nan},
        {"heading_deg": 361.0},
    ],
)
def test_impossible_values_never_become_a_fix(facts: dict[str, float]) -> None:
    (name,) = facts
    with pytest.raises(ImpossibleFix, match=name) as caught:
        fix(0, **facts)
    assert isinstance(caught.value, ValueError)


def test_a_record_is_taken_once(picture: Picture) -> None:
    place = TopicPartition("spatiotemporal.fix.reported.v1", 0)
    assert [picture.fresh(place, offset) for offset in (0, 1, 0, 1, 2)] == [
        True, True, False, False, True,
    ]  # fmt: skip


def test_a_mover_is_unknown_until_it_has_a_position(picture: Picture) -> None:
    picture.register(registered())
    with pytest.raises(UnknownMover, match=TUG):
        picture.mover(TUG)
    assert picture.latest() == []
    picture.report([fix()])
    state = picture.mover(TUG)
    assert (state.label, state.fleet, state.kind) == ("民航A0001", "tug", "vehicle")


def test_movers_inside_a_polygon_are_those_strictly_inside(picture: Picture) -> None:
    picture.report(
        [
            fix(0, "vehicle:in", latitude=31.20, longitude=121.30),
            fix(0, "vehicle:edge", latitude=31.25, longitude=121.30),
            fix(0, "vehicle:out", latitude=31.30, longitude=121.30),
        ]
    )
    inside = picture.latest(box(121.25, 31.15, 121.35, 31.25))
    assert [state.mover_id for state in inside] == ["vehicle:in"]


def test_the_nearest_come_first_with_their_distance(picture: Picture) -> None:
    picture.report([fix(0, f"vehicle:{n}", latitude=31.19 + n * 0.001) for n in range(5)])
    near = picture.near(31.19, 121.33, count=3, radius_m=150.0)
    assert [state.mover_id for state, _ in near] == ["vehicle:0", "vehicle:1"]
    assert near[1][1] == pytest.approx(111.2, abs=0.5)


def test_what_changed_is_told_once(picture: Picture) -> None:
    picture.report([fix(0), fix(0, "vehicle:2")])
    assert len(picture.changed().index) == 2
    assert len(picture.changed().index) == 0
    picture.report([fix(5)])
    assert picture.changed().latitude == pytest.approx([31.19005])
    picture.report([fix(1)])
    assert len(picture.changed().index) == 0


def test_names_are_told_when_they_change(picture: Picture) -> None:
    picture.report([fix()])
    rows, mark = picture.names()
    assert rows == [(0, TUG, "other", "13900100001")]
    assert picture.names(mark) == ([], mark)
    picture.register(registered())
    assert picture.names(mark)[0] == [(0, TUG, "tug", "民航A0001")]


def test_the_columns_grow(picture: Picture) -> None:
    count = FIRST_CAPACITY * 2 + 5
    picture.report([fix(0, f"vehicle:{n}", longitude=n * 0.001) for n in range(count)])
    assert len(picture) == len(picture.everything().index) == count
    assert picture.mover(f"vehicle:{count - 1}").longitude == pytest.approx((count - 1) * 0.001)


def test_a_picture_goes_on_from_what_was_saved(picture: Picture) -> None:
    place = TopicPartition("t.fix.reported.v1", 2)
    picture.register(registered())
    picture.register(registered("vehicle:silent", label="B"))
    picture.report([fix(0), fix(9), fix(3)])
    picture.fresh(place, 41)
    again = Picture()
    again.start_from(picture.unsaved())
    assert again.mover(TUG) == picture.mover(TUG)
    assert again.names()[0] == picture.names()[0]
    assert not again.fresh(place, 41)
    assert again.fresh(place, 42)


def test_only_what_changed_is_saved(picture: Picture) -> None:
    picture.report([fix(0), fix(0, "vehicle:2")])
    assert len(picture.unsaved().movers) == 2
    picture.report([fix(1)])
    assert [state.mover_id for state in picture.unsaved().movers] == [TUG]
