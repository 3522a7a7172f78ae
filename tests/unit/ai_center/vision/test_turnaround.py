"""Planned and rendered turnarounds: the same for a seed, in order, and labelled as they look."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ai_center.vision.adapters.films import written
from ai_center.vision.adapters.renderer import Renderer
from ai_center.vision.happenings import MEANINGS, Kind, Milestone
from ai_center.vision.learning import CHOSEN_ON, HELD_BACK, LEARNT_FROM
from ai_center.vision.movements import Drive
from ai_center.vision.turnaround import turnaround

SEEDS = range(200_000, 200_040)


def test_a_drive_starts_and_stops_softly_and_covers_its_way() -> None:
    drive = Drive(start_s=10.0, spots=((0.0, 0.0), (30.0, 0.0), (30.0, 40.0)), speed=5.0)
    assert drive.at(0.0)[:2] == (0.0, 0.0)
    assert drive.at(drive.end_s)[:2] == (30.0, 40.0)
    gone = [drive.gone(t) for t in np.linspace(5, drive.end_s + 5, 400)]
    steps = np.diff(gone)
    assert (steps >= -1e-9).all()
    assert max(steps) <= 5.0 * (drive.end_s + 5 - 5) / 399 + 1e-6
    short = Drive(start_s=0.0, spots=((0.0, 0.0), (1.0, 0.0)), speed=50.0)
    assert short.top < 50.0
    assert short.gone(short.end_s / 2) == pytest.approx(0.5)


def test_seeds_of_learning_choosing_and_measuring_are_apart() -> None:
    parts = [set(LEARNT_FROM), set(CHOSEN_ON), set(HELD_BACK)]
    assert sum(map(len, parts)) == len(set.union(*parts))


@pytest.mark.parametrize("seed", SEEDS)
def test_happenings_are_in_the_order_of_a_turnaround(seed: int) -> None:
    plan = turnaround(seed)
    at = {one.milestone: one.at_s for one in plan.happenings}
    assert list(at.values()) == sorted(at.values())
    assert at[Milestone.ON_BLOCK] > 0
    assert at[Milestone.OFF_BLOCK] < plan.length_s
    assert at[Milestone.ON_BLOCK] == min(at.values())
    assert at[Milestone.OFF_BLOCK] == max(at.values())
    for come, go in (
        (Milestone.CHOCKS_ON, Milestone.CHOCKS_OFF),
        (Milestone.BRIDGE_DOCKED, Milestone.BRIDGE_UNDOCKED),
        (Milestone.LOADER_IN, Milestone.LOADER_OUT),
        (Milestone.FUEL_IN, Milestone.FUEL_OUT),
        (Milestone.CATERING_IN, Milestone.CATERING_OUT),
        (Milestone.GROUND_POWER_IN, Milestone.GROUND_POWER_OUT),
    ):
        assert (come in at) == (go in at)
        assert at.get(come, 0.0) <= at.get(go, 0.0)


def test_every_milestone_is_put_in_words() -> None:
    assert set(MEANINGS) == set(Milestone)
    assert len({meaning.name for meaning in MEANINGS.values()}) == len(Milestone)


def test_the_same_seed_gives_the_same_pixels_in_any_order() -> None:
    plan = turnaround(200_003)
    one, other = Renderer(plan), Renderer(plan)
    first = [one.frame(t).picture for t in (40.0, 300.0)]
    second = [other.frame(t).picture for t in (300.0, 40.0)]
    assert (first[0] == second[1]).all()
    assert (first[1] == second[0]).all()
    assert (first[0] != first[1]).any()


def test_boxes_lie_on_what_is_drawn() -> None:
    """The parked aircraft is where its box is: the picture with it differs there and only there."""
    plan = next(
        p for p in map(turnaround, SEEDS) if p.weather.light == "day" and p.weather.air == "clear"
    )
    on = plan.happenings[0].at_s
    with_it = Renderer(plan).frame(on + 3.0)
    boxes = [one for one in with_it.boxes if one.kind == Kind.AIRCRAFT]
    own = max(boxes, key=lambda one: one.visible * (one.box[2] - one.box[0]))
    assert own.visible > 0.8
    left, top, right, bottom = own.box
    foot = plan.camera.ground(np.array([[(left + right) / 2, bottom]]))[0]
    assert np.hypot(*foot) < 9
    assert right - left > 150
    assert 0 <= left < right <= plan.camera.width
    assert 0 <= top < bottom <= plan.camera.height


def test_weather_makes_pictures_differ() -> None:
    plans = {}
    for seed in SEEDS:
        plan = turnaround(seed)
        plans.setdefault((plan.weather.light, plan.weather.air), plan)
    means = {key: float(Renderer(p).frame(30.0).picture.mean()) for key, p in plans.items()}
    nights = [value for (light, _), value in means.items() if light == "night"]
    days = [value for (light, air), value in means.items() if light == "day" and air == "clear"]
    assert nights
    assert days
    assert min(days) > sum(nights) / len(nights)


def test_a_film_is_written_with_its_truth(tmp_path: Path) -> None:
    plan = turnaround(200_001)
    path = written(plan, tmp_path / "film", step_s=1.0, from_s=100.0, to_s=103.0)
    facts = json.loads(path.read_text())
    assert [row["at_s"] for row in facts["frames"]] == [100.0, 101.0, 102.0]
    assert all((path.parent / row["file"]).stat().st_size > 2_000 for row in facts["frames"])
    assert {one["milestone"] for one in facts["happenings"]} >= {"on_block", "off_block"}
    kinds = {box["kind"] for row in facts["frames"] for box in row["boxes"]}
    assert kinds <= {kind.value for kind in Kind}
    with pytest.raises(ValueError, match="positive"):
        written(plan, tmp_path, step_s=0)
