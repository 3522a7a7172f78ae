"""No feature sees the future: the facts as they stood at the question give the same features."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from ai_center.datasets import generated_checkpoints, generated_freight, generated_hall
from ai_center.datasets.table import Table, moment_of
from ai_center.forecasts.arrival_time import ARRIVAL_TIME
from ai_center.forecasts.cargo_lateness import CARGO_LATENESS
from ai_center.forecasts.checkpoint_flow import (
    CHECKPOINT_FLOW,
    CHECKPOINT_FLOW_1H,
    CHECKPOINT_FLOW_7D,
    CHECKPOINT_FLOW_EACH,
    CHECKPOINT_QUARTER,
    CHECKPOINT_QUARTER_7D,
    CHECKPOINT_QUARTER_EACH,
    CHECKPOINT_QUARTER_EACH_7D,
)
from ai_center.forecasts.departure_delay import DEPARTURE_DELAY
from ai_center.forecasts.hall import ENERGY_NEED, HALL_OCCUPANCY
from ai_center.forecasts.task import Task, parts_of
from ai_center.forecasts.tasks import TASKS
from ai_center.forecasts.taxi_out import TAXI_OUT
from tests.unit.ai_center.small_facts import delay_facts, flow_facts, quarter_facts, taxi_facts

CASES: list[tuple[Task, Callable[[], Table]]] = [
    (TAXI_OUT, taxi_facts),
    (DEPARTURE_DELAY, delay_facts),
    (ARRIVAL_TIME, delay_facts),
    (CARGO_LATENESS, lambda: generated_freight.generate(days=4)),
    (HALL_OCCUPANCY, lambda: generated_hall.generate(days=60)),
    (ENERGY_NEED, lambda: generated_hall.generate(days=60)),
    (CHECKPOINT_FLOW, flow_facts),
    (CHECKPOINT_FLOW_1H, flow_facts),
    (CHECKPOINT_FLOW_7D, flow_facts),
    (CHECKPOINT_FLOW_EACH, flow_facts),
    (CHECKPOINT_QUARTER, quarter_facts),
    (CHECKPOINT_QUARTER_7D, quarter_facts),
    (CHECKPOINT_QUARTER_EACH, quarter_facts),
    (CHECKPOINT_QUARTER_EACH_7D, quarter_facts),
]
IDS = [task.name for task, _ in CASES]


@pytest.mark.parametrize(("task", "make"), CASES, ids=IDS)
def test_features_are_made_of_what_was_known_at_the_question(
    task: Task, make: Callable[[], Table]
) -> None:
    facts = make()
    whole = task.solve(facts, None)
    asked = np.flatnonzero(np.isfinite(whole.truth))
    for row in asked[:: max(1, len(asked) // 25)]:
        minute = float(whole.asked_min[row])
        then = task.known_at(facts, minute)
        place = np.array([place_of(task, facts, then, int(row))])
        alone = task.solve(then, place)
        np.testing.assert_array_equal(alone.features[0], whole.features[row])
        np.testing.assert_array_equal(alone.base[0], whole.base[row])
        assert np.isnan(alone.truth[0])
        for name, said in whole.baselines.items():
            assert alone.baselines[name][0] == said[row]


def place_of(task: Task, facts: Table, then: Table, row: int) -> int:
    """Where the row stands in the facts as they stood."""
    if task is TAXI_OUT:
        kept = facts.numbers("off_block_min") <= facts.numbers("off_block_min")[row]
        return int(kept[:row].sum())
    if task is CARGO_LATENESS:
        return row
    assert len(then) == len(facts)
    return row


@pytest.mark.parametrize(("task", "make"), CASES, ids=IDS)
def test_another_future_changes_no_feature(task: Task, make: Callable[[], Table]) -> None:
    facts, other = make(), changed(make())
    whole, again = task.solve(facts, None), task.solve(other, None)
    cut = float(np.nanmedian(whole.asked_min)) - 200
    early = whole.asked_min <= cut
    assert early.sum() > 50
    np.testing.assert_array_equal(whole.features[early], again.features[early])


def changed(facts: Table) -> Table:
    """Other times and counts for everything that is told in the second half."""
    columns = dict(facts.columns)
    if "hour_min" in columns:
        late = facts.numbers("hour_min") > np.median(facts.numbers("hour_min")) - 60
        for name in columns:
            if name.startswith("JFK") or name in ("temperature_c", "occupancy", "energy_kwh"):
                columns[name] = np.where(late, facts.numbers(name) * 3 + 1, columns[name])
        return Table(columns=columns)
    if "slot_min" in columns:
        late = facts.numbers("slot_min") > np.median(facts.numbers("slot_min")) - 15
        for name in generated_checkpoints.CHECKPOINTS:
            columns[name] = np.where(late, facts.numbers(name) * 3 + 1, columns[name])
        return Table(columns=columns)
    if "ready_min" in columns:
        ready = facts.numbers("ready_min")
        late = ready > np.median(facts.numbers("in_block_min"))
        return facts.replaced(ready_min=np.where(late, ready + 300, ready))
    plan = "off_block_min" if "taxi_out_min" in columns else "scheduled_min"
    middle = np.median(facts.numbers(plan))
    for name in ("taxi_out_min", "off_block_min", "in_block_min"):
        if name in columns and name != plan:
            length = facts.numbers(name)
            told = facts.numbers("off_block_min") + (length if name == "taxi_out_min" else 0)
            told = told if name == "taxi_out_min" else length
            columns[name] = np.where(told > middle, length + 17, length)
    return Table(columns=columns)


@pytest.mark.parametrize("task", TASKS.values(), ids=list(TASKS))
def test_every_feature_is_explained_and_periods_follow_one_another(task: Task) -> None:
    assert set(task.names) == set(task.meanings)
    split = task.split
    assert split.fit < split.validate <= split.calibrate < split.test < split.end


def test_a_row_told_after_the_test_began_is_not_learnt_from() -> None:
    facts = taxi_facts()
    problem = TAXI_OUT.solve(facts, None)
    middle = float(np.median(problem.asked_min))
    split = TAXI_OUT.split
    moved = replace(
        split,
        fit=moment_of(problem.asked_min.min()),
        validate=moment_of(middle - 600),
        calibrate=moment_of(middle - 500),
        test=moment_of(middle),
        end=moment_of(problem.asked_min.max() + 1),
    )
    parts = parts_of(problem, moved)
    learnt = parts.fit | parts.calibrate
    assert (problem.told_min[learnt] < middle).all()
    assert not (learnt & parts.test).any()
    assert not (parts.fit & parts.calibrate).any()
    assert parts.test.sum() + learnt.sum() < len(problem)


def test_a_closed_checkpoint_is_forecast_as_none() -> None:
    facts = flow_facts()
    name = "JFK Terminal 8 open"
    shut = facts.replaced(**{name: np.where(np.arange(len(facts)) >= 1000, 0.0, 1.0)})
    problem = CHECKPOINT_FLOW_EACH.solve(shut, np.array([999 * 8 + 7, 1000 * 8 + 7, 1000 * 8]))
    assert problem.scale[0] > 0
    assert problem.scale[1] == 0
    assert problem.base[1] == 0
    assert problem.scale[2] > 0


def test_the_plan_tells_those_that_stay_open_of_the_others() -> None:
    facts = quarter_facts(seed=2)
    rows = np.arange(len(facts)) * 4 + 1
    ordinary = CHECKPOINT_QUARTER_EACH.solve(facts, rows)
    late = np.arange(len(facts)) >= len(facts) - 96
    shut = facts.replaced(**{"north open": np.where(late, 0.0, facts.numbers("north open"))})
    closed = CHECKPOINT_QUARTER_EACH.solve(shut, rows)
    place = CHECKPOINT_QUARTER_EACH.names.index("plan_others_more")
    noon = len(facts) - 48
    assert facts.numbers("north open")[noon] == 1
    assert closed.features[noon, place] == pytest.approx(ordinary.features[noon, place] - 1)
    np.testing.assert_array_equal(closed.features[: noon - 96], ordinary.features[: noon - 96])


@pytest.mark.parametrize("task", [CHECKPOINT_FLOW, CHECKPOINT_FLOW_EACH], ids=lambda t: t.name)
def test_a_checkpoint_that_is_new_counts_and_has_a_forecast_of_its_own(task: Task) -> None:
    facts = flow_facts()
    opened = np.where(np.arange(len(facts)) < 1200, np.nan, 500.0)
    more = facts.replaced(**{"JFK Terminal 6": opened})
    whole, again = task.solve(facts, None), task.solve(more, None)
    if task is CHECKPOINT_FLOW:
        assert again.truth[1300] == whole.truth[1300] + 500
        return
    assert len(again) == len(facts) * 9
    assert again.truth[1300 * 9 + 8] == 500
    np.testing.assert_array_equal(again.features[1100 * 9], whole.features[1100 * 8])
