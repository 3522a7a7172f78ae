"""Conflicts on the apron: ways, forecasts, alerts, and that nothing of the future is needed for them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_center.algorithms.apron import ApronConflicts, straight_on
from ai_center.conflicts.generated_apron import Apron, ApronDay, generate
from ai_center.conflicts.ground import Ground, Line, ground_of
from ai_center.conflicts.learning import Reactions, recorded, said
from ai_center.conflicts.movers import Mover, Picture
from ai_center.conflicts.paths import STEP_M, quickest, sampled
from ai_center.conflicts.practice_ground import practice_ground
from ai_center.conflicts.reactions import Habits
from ai_center.conflicts.tracks import closest_m
from ai_center.conflicts.trial import alerts, run, scored
from ai_center.conflicts.turns import Turns
from ai_center.conflicts.watch import Alert, AlongRoutes, Foreseen, Method, StraightOn, Watch
from ai_center.errors import DatasetUnavailable, FactsRefused

SMALL = Apron(
    seconds=240,
    vehicles=14,
    movements=60,
    planted={"crossing": 30, "head-on": 15, "push-back": 15, "following": 15},
)


@pytest.fixture(scope="module")
def ground() -> Ground:
    return practice_ground()


@pytest.fixture(scope="module")
def day(ground: Ground) -> ApronDay:
    return generate(ground, seed=4, apron=SMALL)


def test_lines_are_cut_and_joined_both_ways(ground: Ground) -> None:
    assert max(line.length_m for line in ground.lines) <= 120
    starts = {(line.start, line.end) for line in ground.lines}
    assert all((end, start) in starts for start, end in starts)
    for number, following in enumerate(ground.following):
        for after in following:
            assert ground.lines[after].start == ground.lines[number].end
            assert ground.lines[after].end != ground.lines[number].start


@pytest.mark.parametrize(
    ("change", "field"),
    [({"points": ((0.0, 0.0),)}, "lines.0"), ({"speed_mps": 0.0}, "lines.0.speed_mps")],
)
def test_a_line_that_is_none_is_refused_by_its_number(
    change: dict[str, object], field: str
) -> None:
    line = Line(start="a", end="b", network="road", kind="x", points=((0, 0), (9, 0)), speed_mps=5)
    with pytest.raises(FactsRefused, match=field):
        ground_of("t", [replace(line, **change)], {})  # type: ignore[arg-type]
    with pytest.raises(FactsRefused, match="lines"):
        ground_of("t", [], {})


def test_the_quickest_way_leads_there_line_by_line(ground: Ground) -> None:
    lines = quickest(ground, "road facility:west N", "road stand:S5")
    assert ground.lines[lines[0]].start == "road facility:west N"
    assert ground.lines[lines[-1]].end == "road stand:S5"
    for before, after in pairwise(lines):
        assert after in ground.following[before]
    assert quickest(ground, "road facility:west N", "taxi stand:N1") == ()
    way = sampled(ground, lines, stops=True)
    steps = np.hypot(*np.diff(way.points, axis=0).T)
    assert steps == pytest.approx(STEP_M, abs=0.4)
    assert way.speed_mps[-1] < 0.5
    assert set(way.line_at.tolist()) == set(lines)


def test_vehicles_keep_to_the_right(ground: Ground) -> None:
    there = next(
        n for n, line in enumerate(ground.lines) if line.network == "road" and line.lanes == 2
    )
    back = next(
        n
        for n, line in enumerate(ground.lines)
        if line.start == ground.lines[there].end and line.end == ground.lines[there].start
    )
    one, other = sampled(ground, (there,)).points, sampled(ground, (back,)).points
    assert np.hypot(*(one[:, None] - other[None]).T).min() > 4


def test_chances_of_ways_sum_to_one_and_favour_the_straight(ground: Ground) -> None:
    turns = Turns(ground)
    for line in range(0, len(ground.lines), 7):
        onward = turns.onward(line)
        if onward:
            assert sum(share for _, share in onward) == pytest.approx(1)
        routes = turns.alternatives(line, 200, 6)
        assert sum(chance for _, chance in routes) == pytest.approx(1)
        assert all(lines[0] == line for lines, _ in routes)
    head = next(n for n, line in enumerate(ground.lines) if line.start == "road head N 60")
    straight = max(turns.onward(head), key=lambda entry: entry[1])[0]
    assert ground.lines[straight].kind == "stand"


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=2, max_size=6))
def test_the_closest_distance_is_below_any_that_is_sampled(
    places: list[tuple[float, float]],
) -> None:
    apart = np.array(places)
    closest = closest_m(apart)
    for row in range(len(apart) - 1):
        share = np.linspace(0, 1, 40)[:, None]
        between = apart[row] + share * (apart[row + 1] - apart[row])
        sampled_m = np.hypot(between[:, 0], between[:, 1]).min()
        assert closest[row] <= sampled_m + 1e-6
        assert (
            closest[row] >= sampled_m - 0.5 * np.hypot(*(apart[row + 1] - apart[row])) / 39 - 1e-6
        )


def test_a_day_follows_its_seed_and_keeps_its_rules(ground: Ground, day: ApronDay) -> None:
    again, other = generate(ground, seed=4, apron=SMALL), generate(ground, seed=5, apron=SMALL)
    assert again.conflicts == day.conflicts
    for one, same in zip(day.seen, again.seen, strict=True):
        np.testing.assert_array_equal(one, same)
    assert other.conflicts != day.conflicts
    planted = {conflict.planted for conflict in day.conflicts}
    assert len(planted - {"unplanned"}) >= 2
    unplanned = sum(conflict.planted == "unplanned" for conflict in day.conflicts)
    assert unplanned <= len(day.conflicts) / 2
    for track in day.tracks:
        assert track.speed_mps.max() < 16
        steps = np.hypot(*np.diff(track.points, axis=0).T)
        assert steps.max(initial=0) < 20


@pytest.mark.parametrize("method", ["along routes", "straight on"])
def test_alerts_need_nothing_of_the_future(day: ApronDay, method: str) -> None:
    def made(of: ApronDay) -> Method:
        return AlongRoutes(of.ground) if method == "along routes" else StraightOn(of.ground)

    cut = day.until(150)
    whole = alerts(run(day, made(day), lambda: 0.0), 0.2)
    part = alerts(run(cut, made(cut), lambda: 0.0), 0.2)
    assert part == [alert for alert in whole if alert.second < 150]
    assert whole


def picture(second: float, *rows: tuple[Mover, float, float, float, float]) -> Picture:
    values = np.array([row[1:] for row in rows])
    return Picture(
        second=second,
        movers=tuple(row[0] for row in rows),
        points=values[:, :2],
        speed_mps=values[:, 2],
        course_deg=values[:, 3],
        heading_deg=values[:, 3],
    )


def seen(method: Method, *starts: tuple[Mover, float, float, float, float]) -> list[Foreseen]:
    """What a method foresees after movers went straight on for four seconds."""
    found: list[Foreseen] = []
    for second in range(4):
        rows = []
        for mover, x, y, speed, course in starts:
            gone = speed * second
            turn = np.radians(course)
            rows.append((mover, x + gone * np.sin(turn), y + gone * np.cos(turn), speed, course))
        found = method.foreseen(picture(float(second), *rows))
    return found


CAR, VAN = Mover(name="car", kind="vehicle"), Mover(name="van", kind="vehicle")
JET = Mover(name="jet", kind="aircraft")


def test_two_lanes_are_no_conflict_but_straight_on_fears_one(ground: Ground) -> None:
    # The road bends nowhere here; a course that errs by two degrees does.
    meeting = ((CAR, 100.0, 137.8, 6.0, 91.0), (VAN, 260.0, 142.2, 6.0, 268.0))
    assert not seen(AlongRoutes(ground), *meeting)
    assert max(f.chance for f in seen(StraightOn(ground), *meeting)) > 0.2


def test_a_driver_who_does_not_brake_before_a_crossing_is_told_of(ground: Ground) -> None:
    habits = Habits()
    fast = ((JET, 74.0, 0.0, 6.0, 270.0), (CAR, 27.8, 75.0, 8.5, 180.0))
    slow = ((JET, 74.0, 0.0, 6.0, 270.0), (CAR, 27.8, 55.0, 2.0, 180.0))
    chances = [
        max((f.chance for f in seen(AlongRoutes(ground, habits=habits), *movers)), default=0.0)
        for movers in (fast, slow)
    ]
    assert chances[0] > 0.3
    assert chances[0] > 5 * chances[1]


def test_parked_vehicles_and_standing_pairs_are_no_conflict(ground: Ground) -> None:
    parked = (VAN, 62.2, 116.5, 0.0, 180.0)
    for method in (AlongRoutes(ground), StraightOn(ground)):
        assert not seen(method, parked, (CAR, 62.0, 125.0, 0.0, 180.0))
        assert not method.foreseen(picture(9.0, parked))


def test_the_watch_waits_for_a_second_picture_and_tells_once() -> None:
    watch, pair = Watch(0.5), ("a", "b")

    def at(second: float, chance: float) -> list[Alert]:
        return watch.raised(second, [Foreseen(pair=pair, chance=chance, seconds=9.0)])

    assert at(0, 0.9) == []
    assert [alert.second for alert in at(1, 0.6)] == [1]
    assert at(2, 0.9) == at(3, 0.3) == at(4, 0.9) == []
    for second in range(5, 13):
        assert watch.raised(second, []) == []
    assert at(13, 0.9) == []
    assert len(at(14, 0.9)) == 1


def test_alerts_are_held_against_what_came(day: ApronDay) -> None:
    conflict = next(c for c in day.conflicts if c.start_s > 60)
    early = Alert(pair=conflict.pair, second=conflict.start_s - 12.0, chance=1.0, expected_s=12)
    late = replace(early, second=conflict.start_s + 1.0)
    other = replace(early, pair=("nobody", "somebody"))
    outcome = scored(day, [early, late, other])
    assert outcome.false == (other,)
    (verdict,) = [v for v in outcome.verdicts if v.conflict == conflict]
    assert verdict.lead_s == 12
    assert verdict.in_time
    assert not any(v.in_time for v in scored(day, [late]).verdicts)


def test_habits_are_learnt_from_encounters(day: ApronDay) -> None:
    rows = recorded(day, AlongRoutes(day.ground))
    reactions = Reactions()
    reactions.day(day, rows)
    habits = reactions.habits()
    assert all(0 < share < 1 for share in habits.overlooked.values())
    assert all(list(levels) == sorted(levels) for levels in habits.needed_mps2.values())
    own = said(rows, habits)
    direct = run(day, AlongRoutes(day.ground, habits=habits), lambda: 0.0)
    assert own.foreseen == direct.foreseen


class Shelf:
    """Grounds in memory."""

    def __init__(self, *grounds: Ground) -> None:
        self._grounds = {ground.name: ground for ground in grounds}

    def ground(self, name: str) -> Ground:
        if name not in self._grounds:
            raise DatasetUnavailable(f"ground {name}", ("not here",))
        return self._grounds[name]


def question(*movers: dict[str, object], ground: str = "practice") -> dict[str, object]:
    return {"ground": ground, "pictures": [{"second": 1.0, "movers": list(movers)}], "least": 0.0}


def mover(name: str, x: float, y: float, course: float, **more: object) -> dict[str, object]:
    return {
        **{"name": name, "kind": "vehicle", "x_m": x, "y_m": y, "speed_mps": 6.0},
        **{"course_deg": course, "heading_deg": course},
        **more,
    }


def test_the_algorithm_answers_from_plain_values(ground: Ground) -> None:
    algorithm = ApronConflicts(Shelf(ground))
    meeting = question(
        mover("a", 200.0, 137.8, 90.0, speed_mps=8.0), mover("b", 216.0, 137.8, 90.0, speed_mps=0.9)
    )
    (outcome,) = algorithm.predict([meeting])
    assert [entry.pair for entry in outcome.value] == [("a", "b")]  # type: ignore[attr-defined]
    assert straight_on(meeting)[0].chance > 0.9
    assert algorithm.predict([question()])[0].value == []


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({}, "pictures"),
        (question(mover("a", 0, 0, 0, speed_mps=-1)), "speed_mps"),
        (question(mover("a", 0, 0, 0), mover("a", 9, 0, 0)), "names a mover twice"),
        (question(mover("a", float("nan"), 0, 0)), "x_m"),
        ({"pictures": [{"second": 2.0, "movers": []}, {"second": 1.0, "movers": []}]}, "order"),
    ],
)
def test_a_refused_payload_names_the_field(
    ground: Ground, payload: dict[str, object], field: str
) -> None:
    (outcome,) = ApronConflicts(Shelf(ground)).predict([payload])
    assert isinstance(outcome.fault, FactsRefused)
    assert field in str(outcome.fault)


def test_an_unknown_airport_is_told(ground: Ground) -> None:
    (outcome,) = ApronConflicts(Shelf(ground)).predict([question(ground="XXXX")])
    assert isinstance(outcome.fault, FactsRefused)
    assert outcome.fault.field == "ground"
