"""Data of other dates and with strangers in them: handled, and said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from ai_center.datasets.declaration import continued
from ai_center.datasets.generated_hall import GENERATED_HALL
from ai_center.datasets.hflights import HFLIGHTS
from ai_center.datasets.nycflights import NYCFLIGHTS
from ai_center.datasets.table import Table, minutes_of
from ai_center.datasets.tsa_jfk import TSA_JFK
from ai_center.errors import Untrainable
from ai_center.forecasts.departure_delay import DEPARTURE_DELAY
from ai_center.forecasts.periods import fitted
from ai_center.forecasts.strangers import strangers
from ai_center.forecasts.task import Task
from ai_center.forecasts.taxi_out import TAXI_OUT
from tests.unit.ai_center.small_facts import START_MIN, delay_facts, flow_facts, taxi_facts


def day(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_the_declared_test_is_kept_where_the_data_go_beyond_it() -> None:
    split = TAXI_OUT.split
    longer = fitted(split, (day(2011, 1, 1), day(2011, 12, 31)))
    assert (longer.fit, longer.test, longer.end) == (split.fit, split.test, split.end)
    assert longer.calibrate == split.calibrate


def test_other_dates_get_periods_of_their_own() -> None:
    span = day(2012, 1, 1), day(2012, 12, 31)
    moved = fitted(TAXI_OUT.split, span)
    assert moved.fit == span[0]
    assert moved.test == span[1] - timedelta(days=73)
    assert moved.end > span[1]
    assert moved.fit < moved.validate <= moved.calibrate < moved.test < moved.end
    named = fitted(TAXI_OUT.split, span, test_from=day(2012, 11, 1), test_until=day(2012, 12, 1))
    assert (named.test, named.end) == (day(2012, 11, 1), day(2012, 12, 1))


@pytest.mark.parametrize("start", [day(2010, 1, 1), day(2014, 1, 1)])
def test_a_test_outside_the_data_is_refused_with_their_dates(start: datetime) -> None:
    with pytest.raises(Untrainable, match="2012-01-01 to 2012-12-31"):
        fitted(TAXI_OUT.split, (day(2012, 1, 1), day(2012, 12, 31)), test_from=start)


@pytest.mark.parametrize(
    ("task", "facts", "column"),
    [(TAXI_OUT, taxi_facts(), "carrier"), (DEPARTURE_DELAY, delay_facts(), "airport")],
    ids=["taxi_out", "departure_delay"],
)
def test_a_new_carrier_or_airport_is_forecast_and_said(
    task: Task, facts: Table, column: str
) -> None:
    late = np.arange(len(facts)) >= 500
    other = facts.replaced(**{column: np.where(late, "ZZZ", facts.texts(column))})
    problem = task.solve(other, None)
    known = np.isfinite(problem.truth[-50:])
    assert np.isfinite(problem.base[-50:][known]).all()
    assert all(np.isfinite(said[-50:][known]).all() for said in problem.baselines.values())
    since = float(facts.numbers(task.dataset.time)[500])
    notes = strangers(task.dataset, other, since, np.inf)
    assert any(note.startswith(f"{column} not met before: ZZZ") for note in notes)
    assert not any("not met before" in n for n in strangers(task.dataset, facts, since, np.inf))


def test_a_missing_month_is_said_and_stops_nothing() -> None:
    facts = taxi_facts(count=4000)
    at = facts.numbers("off_block_min")
    middle = START_MIN + 6 * 1440
    gap = facts.rows((at < middle) | (at > middle + 5 * 1440))
    problem = TAXI_OUT.solve(gap, None)
    assert np.isfinite(problem.base).all()
    (note,) = [n for n in strangers(HFLIGHTS, gap, middle, np.inf) if n.startswith("nothing")]
    assert "2012-01-0" in note


def test_hours_without_counts_are_said_and_a_new_checkpoint_too() -> None:
    facts = flow_facts()
    silent = np.arange(len(facts))
    silent = (silent >= 1000) & (silent < 1100)
    columns = {
        name: np.where(silent, np.nan, facts.numbers(name))
        for name in facts.columns
        if "JFK" in name
    }
    more = facts.replaced(**columns, **{"JFK Terminal 6": np.where(silent, np.nan, 9.0)})
    notes = strangers(TSA_JFK, more, START_MIN + 900 * 60, np.inf)
    assert any("'JFK Terminal 6' is not among the declared" in note for note in notes)
    assert any(note.startswith("nothing between 2012-02-11 15:00") for note in notes)
    assert any("days of past" in note for note in strangers(TSA_JFK, more, START_MIN, np.inf))


def test_past_and_later_rows_may_have_other_columns() -> None:
    hours = np.arange(6) * 60.0
    past = Table(columns={"hour_min": hours[:3], "seats": np.ones(3), "gone": np.ones(3)})
    later = Table(columns={"hour_min": hours[3:], "seats": np.ones(3), "new": np.ones(3)})
    whole = continued(GENERATED_HALL, past, later)
    assert np.isnan(whole.numbers("new")).tolist() == [True] * 3 + [False] * 3
    assert np.isnan(whole.numbers("gone")).tolist() == [False] * 3 + [True] * 3
    flights = delay_facts(count=20)
    named = flights.replaced(gate=np.full(20, "A1"))
    start = float(np.median(flights.numbers("scheduled_min")))
    both = continued(NYCFLIGHTS, flights, named.rows(named.numbers("scheduled_min") >= start))
    assert set(both.texts("gate").tolist()) == {"", "A1"}
    assert minutes_of(day(2012, 1, 1)) == START_MIN
