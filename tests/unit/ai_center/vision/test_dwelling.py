"""The dwell machine: any sequence of sightings gives a lawful sequence of events."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ai_center.vision.decoding import Detected
from ai_center.vision.detecting import Sighting, cover, sightings
from ai_center.vision.dwelling import Dwelling
from ai_center.vision.happenings import KINDS, Kind, Milestone
from ai_center.vision.learning import CHOSEN_ON
from ai_center.vision.turnaround import turnaround
from ai_center.vision.watching import Event, StandWatch
from ai_center.vision.zones import AIRCRAFT, SERVICES, Zone

ZONES = (AIRCRAFT, *SERVICES)
FUEL = next(zone for zone in SERVICES if zone.kind == Kind.FUEL_TRUCK)
STEP = 2.0


def seen(zone: Zone, *, u: float = 100.0, score: float = 0.9, wide: float = 40.0) -> Sighting:
    place = (sum(zone.x) / 2, sum(zone.y) / 2)
    box = (u - wide / 2, 60.0, u + wide / 2, 100.0)
    return Sighting(kind=zone.kind, score=score, box=box, place=place)


def run(dwelling: Dwelling, frames: list[tuple[Sighting, ...]]) -> list[tuple[str, float]]:
    changes = [dwelling.look(STEP * n, frame) for n, frame in enumerate(frames)]
    return [(change.way, change.at_s) for change in changes if change is not None]


def test_who_stands_and_leaves_is_told_with_both_moments() -> None:
    frames = [()] * 5 + [(seen(FUEL),)] * 20 + [()] * 60
    assert run(Dwelling(FUEL), frames) == [("comes", 10.0), ("goes", 48.0)]


def test_who_drives_through_is_not_told() -> None:
    frames = [(seen(FUEL, u=20.0 * n),) for n in range(20)] + [()] * 40
    assert run(Dwelling(FUEL), frames) == []


def test_coming_is_dated_by_the_stop_not_by_the_zone() -> None:
    driving = [(seen(FUEL, u=200.0 - 30 * n),) for n in range(6)]
    frames = [*driving, *[(seen(FUEL, u=20.0),)] * 16]
    assert run(Dwelling(FUEL), frames) == [("comes", 12.0)]


def test_flicker_is_neither_coming_nor_going() -> None:
    frames = [(seen(FUEL),) if n % 5 else () for n in range(60)] + [()] * 60
    assert [way for way, _ in run(Dwelling(FUEL), frames)] == ["comes", "goes"]


def test_who_is_hidden_has_not_left() -> None:
    bus = Sighting(kind=Kind.OTHER, score=0.9, box=(60.0, 40.0, 160.0, 140.0), place=(-13.0, 5.0))
    frames = [(seen(FUEL),)] * 10 + [(bus,)] * 60 + [(seen(FUEL),)] * 10
    assert run(Dwelling(FUEL), frames) == [("comes", 0.0)]
    gone = [(seen(FUEL),)] * 10 + [(bus,)] * 10 + [()] * 60
    assert run(Dwelling(FUEL), gone) == [("comes", 0.0), ("goes", 28.0)]


def test_moments_in_which_nothing_could_be_seen_do_not_speak_for_leaving() -> None:
    bus = Sighting(kind=Kind.OTHER, score=0.9, box=(60.0, 40.0, 160.0, 140.0), place=(-13.0, 5.0))
    blinks = [(seen(FUEL),)] * 10 + [(), *[(bus,)] * 60, ()] + [(seen(FUEL),)] * 10
    assert run(Dwelling(FUEL), blinks) == [("comes", 0.0)]


def test_what_stands_may_stray_when_others_hide_parts_of_it() -> None:
    shifted = [(seen(FUEL),)] * 12 + [(seen(FUEL, u=118.0),)] * 30 + [(seen(FUEL, u=95.0),)] * 10
    assert run(Dwelling(FUEL), shifted) == [("comes", 0.0)]


def test_setting_off_is_dated_back_to_the_last_standing() -> None:
    leaving = [(seen(FUEL, u=100.0 + 7.0 * n),) for n in range(1, 30)]
    frames = [(seen(FUEL),)] * 30 + leaving + [()] * 30
    assert run(Dwelling(FUEL), frames) == [("comes", 0.0), ("goes", 58.0)]


def test_who_is_seen_driving_away_is_given_up_sooner() -> None:
    place = (FUEL.x[0], FUEL.y[0])
    way = [(replace(seen(FUEL, u=100.0 + 60 * n), place=place),) for n in (1, 2, 3)]
    for leaving, known_s in ((way, 58 + FUEL.leave_s), ([()] * 3, 58 + FUEL.lost_s)):
        dwelling = Dwelling(FUEL)
        frames = [*[(seen(FUEL),)] * 30, *leaving, *[()] * 60]
        told = [dwelling.look(STEP * n, frame) for n, frame in enumerate(frames)]
        (gone,) = [one for one in told if one is not None and one.way == "goes"]
        assert gone.at_s == 58.0
        assert gone.told_s == pytest.approx(known_s, abs=STEP)


def test_who_appears_from_behind_came_before_that() -> None:
    bus = Sighting(kind=Kind.OTHER, score=0.9, box=(60.0, 40.0, 160.0, 140.0), place=(-13.0, 5.0))
    coming = [(seen(FUEL, u=10.0),), (seen(FUEL, u=50.0),)]
    frames = [*[()] * 5, *coming, *[(bus,)] * 20, *[(seen(FUEL),)] * 12]
    assert run(Dwelling(FUEL), frames) == [("comes", 12.0)]
    nobody = [*[()] * 7, *[(bus,)] * 20, *[(seen(FUEL),)] * 12]
    assert run(Dwelling(FUEL), nobody) == [("comes", 34.0)]  # the middle of the hiding


def test_who_is_hidden_soon_after_it_stopped_is_believed() -> None:
    bus = Sighting(kind=Kind.OTHER, score=0.9, box=(60.0, 40.0, 160.0, 140.0), place=(-13.0, 5.0))
    frames = [*[()] * 5, *[(seen(FUEL),)] * 6, *[(bus,)] * 10]
    assert run(Dwelling(FUEL), frames) == [("comes", 10.0)]


def test_what_an_empty_place_looks_like_is_nobody() -> None:
    ghost = seen(FUEL, score=0.45)
    frames = [*[(seen(FUEL),)] * 30, *[(ghost,)] * 80]
    assert run(Dwelling(FUEL), frames) == [("comes", 0.0), ("goes", 58.0)]


def test_who_was_not_seen_coming_must_be_seen_well() -> None:
    for score, told in ((0.5, []), (0.7, [("comes", 10.0)])):
        frames = [*[()] * 5, *[(seen(FUEL, score=score),)] * 20]
        assert run(Dwelling(FUEL), frames) == told
    way = [(seen(FUEL, u=300.0, score=0.5),), (seen(FUEL, u=200.0, score=0.5),)]
    frames = [*[()] * 3, *way, *[(seen(FUEL, score=0.5),)] * 20]
    assert run(Dwelling(FUEL), frames) == [("comes", 10.0)]


def test_parts_of_the_aircraft_are_not_taken_for_newcomers() -> None:
    wheel = next(zone for zone in SERVICES if zone.kind == Kind.CHOCKS)
    plane, part = seen(AIRCRAFT, u=300.0), seen(wheel, score=0.82)
    empty: list[tuple[Sighting, ...]] = [()] * 10
    frames = [*empty, *[(plane, part)] * 20, *[(plane, seen(wheel, score=0.95))] * 20]
    watch = StandWatch()
    events = [event for n, frame in enumerate(frames) for event in watch.look(STEP * n, frame)]
    assert [(e.milestone, e.at_s) for e in events] == [
        (Milestone.ON_BLOCK, 20.0),
        (Milestone.CHOCKS_ON, 60.0),
    ]


def test_a_clip_that_begins_with_everybody_there_tells_them_all() -> None:
    frames = [tuple(seen(zone, u=60.0 * n) for n, zone in enumerate(ZONES))] * 20
    watch = StandWatch()
    events = [event for n, frame in enumerate(frames) for event in watch.look(STEP * n, frame)]
    assert {e.milestone for e in events} == {zone.comes for zone in ZONES}


def test_a_stand_has_one_bridge_and_pieces_are_no_things() -> None:
    camera = turnaround(CHOSEN_ON[0]).camera
    boxes = np.array(
        [
            [400.0, 150.0, 480.0, 270.0],  # the bridge
            [300.0, 150.0, 360.0, 260.0],  # a door taken for one
            [200.0, 160.0, 250.0, 230.0],  # a truck
            [205.0, 165.0, 260.0, 215.0],  # a piece of it
            [210.0, 170.0, 270.0, 240.0],  # another, seen as well
        ]
    )
    kinds = [KINDS.index(Kind.BRIDGE_HEAD)] * 2 + [KINDS.index(Kind.FUEL_TRUCK)] * 3
    scores = np.array([0.9, 0.8, 0.9, 0.3, 0.8])
    found = Detected(boxes=boxes, scores=scores, kinds=np.array(kinds))
    told = [round(one.score, 1) for one in sightings(found, camera)]
    assert told == [0.9, 0.9, 0.8]


def test_an_aircraft_hides_nothing() -> None:
    box = (90.0, 80.0, 110.0, 100.0)
    nearer = (0.0, 0.0, 300.0, 200.0)
    for kind, hides in ((Kind.AIRCRAFT, False), (Kind.OTHER, True)):
        one = Sighting(kind=kind, score=0.9, box=nearer, place=(0.0, 0.0))
        assert cover(box, [one], margin_px=4.0) == float(hides)


def test_services_count_only_while_an_aircraft_stands() -> None:
    watch = StandWatch()
    truck, plane = seen(FUEL), seen(AIRCRAFT, u=300.0)
    frames = [(truck,)] * 20 + [(truck, plane)] * 20 + [()] * 40
    events = [event for n, frame in enumerate(frames) for event in watch.look(STEP * n, frame)]
    assert [(e.milestone, e.at_s) for e in events] == [
        (Milestone.ON_BLOCK, 40.0),
        (Milestone.FUEL_IN, 40.0),
        (Milestone.FUEL_OUT, 78.0),
        (Milestone.OFF_BLOCK, 78.0),
    ]


def test_two_loaders_make_one_coming_and_one_going() -> None:
    fore, aft = (zone for zone in SERVICES if zone.kind == Kind.BELT_LOADER)
    plane = seen(AIRCRAFT, u=300.0)
    frames: list[tuple[Sighting, ...]] = [(plane,)] * 10 + [(plane, seen(fore))] * 10
    frames += [(plane, seen(fore), seen(aft, u=200.0))] * 10 + [(plane, seen(aft, u=200.0))] * 20
    frames += [(plane,)] * 60
    watch = StandWatch()
    events = [event for n, frame in enumerate(frames) for event in watch.look(STEP * n, frame)]
    assert [(e.milestone, e.at_s) for e in events] == [
        (Milestone.ON_BLOCK, 0.0),
        (Milestone.LOADER_IN, 20.0),
        (Milestone.LOADER_OUT, 98.0),
    ]


def drawn_frames(seed: int, length: int) -> list[tuple[Sighting, ...]]:
    """Frames by chance in which things come, stray, flicker, hide each other and leave."""
    draw = random.Random(seed)
    there = dict.fromkeys(range(len(ZONES)), False)
    frames = []
    for _ in range(length):
        frame = []
        for number, zone in enumerate(ZONES):
            if draw.random() < 0.03:
                there[number] = not there[number]
            if there[number] and draw.random() < 0.85:
                u = 50.0 * number + draw.gauss(0, draw.choice((1, 1, 1, 12)))
                frame.append(seen(zone, u=u, score=draw.uniform(0.15, 1.0)))
        if draw.random() < 0.2:
            wide = (draw.uniform(-50, 300), 40.0, draw.uniform(300, 600), 140.0)
            frame.append(Sighting(kind=Kind.OTHER, score=0.9, box=wide, place=(-13.0, 0.0)))
        frames.append(tuple(frame))
    return frames


def watched(frames: list[tuple[Sighting, ...]], *, twice: bool = False) -> list[Event]:
    watch, events = StandWatch(), []
    for n, frame in enumerate(frames):
        events += watch.look(STEP * n, frame)
        if twice:
            assert watch.look(STEP * n, frame) == []
            assert watch.look(STEP * (n - 1), frame) == []
    return events


PAIRS = {
    zone.comes: zone.goes for zone in ZONES if zone.comes is not None and zone.goes is not None
}


@given(seed=st.integers(0, 10_000), length=st.integers(1, 220))
@example(seed=82, length=34)
def test_events_are_lawful(seed: int, length: int) -> None:
    frames = drawn_frames(seed, length)
    events = watched(frames)
    assert all(0.0 <= e.confidence <= 1.0 for e in events)
    assert all(e.at_s <= e.told_s <= STEP * length for e in events)
    told = [e.told_s for e in events]
    assert told == sorted(told)
    for come, go in PAIRS.items():
        turns = [e for e in events if e.milestone in (come, go)]
        # Coming and going take turns: no event twice without its opposite between.
        assert [e.milestone for e in turns] == [come, go] * (len(turns) // 2) + [come] * (
            len(turns) % 2
        )
        moments = [e.at_s for e in turns]
        assert moments == sorted(moments)
    present = False
    for event in events:
        if event.milestone in (Milestone.ON_BLOCK, Milestone.OFF_BLOCK):
            present = event.milestone == Milestone.ON_BLOCK
        else:
            assert present or event.milestone in PAIRS.values()


@given(seed=st.integers(0, 10_000))
def test_frames_that_come_again_or_late_change_nothing(seed: int) -> None:
    frames = drawn_frames(seed, 120)
    assert watched(frames) == watched(frames, twice=True)


def test_settling_takes_the_time_that_the_zone_asks() -> None:
    dwelling = Dwelling(FUEL)
    told = [dwelling.look(STEP * n, (seen(FUEL),)) for n in range(20)]
    (change,) = (one for one in told if one is not None)
    assert change.told_s - change.at_s == pytest.approx(FUEL.settle_s)
    assert change.confidence == pytest.approx(0.9)
