"""The chance that a shipment will be ready later than promised, asked when its flight is in-block.

Known then: what is on the flight, and every shipment that was ready by then at its terminal, told a
minute after. How a terminal works today shows in how long it took over the last ones, measured in the
time it promises, and in how many lie there unfinished past their time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from ai_center.datasets.generated_freight import GENERATED_FREIGHT, KINDS, START
from ai_center.datasets.table import Floats, Ints, Table, codes
from ai_center.forecasts.known import Known, Ongoing
from ai_center.forecasts.slots import DAY, two_hours
from ai_center.forecasts.task import Problem, Recipe, Split, Task, plain_features, stacked

TOLD_AFTER_MIN = 1.0

MEANINGS = {
    "time_of_day": "minute of the UTC day at in-block",
    "weekday": "day of the week, Monday is 0",
    "pieces": "pieces",
    "weight": "gross weight, kilograms",
    "mixed": "1 on a pallet with others, 0 alone",
    "promised": "minutes that the terminal promises",
    "kind_number": "kind of goods, numbered",
    **{
        f"terminal_used_{k}": f"share of the promised time used, mean of the terminal's last {k}"
        for k in (5, 20, 80)
    },
    **{f"terminal_used_{w}_min": f"the same of those ready within {w} minutes" for w in (180, 720)},
    "kind_used_20": "the same of its kind at the terminal, last 20",
    "kind_used_100": "the same of its kind at the terminal, last 100",
    "terminal_late_40": "share late of the terminal's last 40",
    "kind_late_60": "share late of its kind at the terminal, last 60",
    "unfinished": "shipments of the terminal in-block and not ready",
    "unfinished_minutes": "minutes those have lain, together",
    "overdue": "of those, past their promised time",
    "overdue_minutes": "minutes those are past it, together",
    "came_120": "shipments of the terminal in-block in the last 2 hours",
    "came_30": "shipments of the terminal in-block in the last 30 minutes",
}
LABELS = ("terminal", "kind")
AMOUNTS = ("time_of_day", "weekday", "pieces", "weight", "mixed", "promised", "came_120")
"""What plain LightGBM gets: everybody's first features."""


def known_at(facts: Table, minute: float) -> Table:
    """The facts as they stood: shipments that have come in, ready times as far as told."""
    facts = facts.rows(facts.numbers("in_block_min") <= minute)
    ready = facts.numbers("ready_min")
    return facts.replaced(ready_min=np.where(ready + TOLD_AFTER_MIN <= minute, ready, np.nan))


def solve(facts: Table, asked: Ints | None) -> Problem:
    """Features of the shipments that are asked for, at in-block."""
    rows = np.arange(len(facts)) if asked is None else asked
    here = facts.rows(rows)
    at = here.numbers("in_block_min")
    ready = here.numbers("ready_min")
    late = ready - at > here.numbers("promised_min")
    columns = {**_shipment(here), **_pace(facts, rows), **_load(facts, rows)}
    return Problem(
        asked_min=at,
        told_min=ready + TOLD_AFTER_MIN,
        features=stacked(tuple(MEANINGS), columns),
        plain=plain_features(here, LABELS, columns, AMOUNTS),
        truth=np.where(np.isnan(ready), np.nan, late),
        base=np.zeros(len(at)),
        scale=np.ones(len(at)),
        baselines={
            "share late of the kind's last 60": np.nan_to_num(columns["kind_late_60"], nan=0.1),
            "share late of the terminal's last 40": np.nan_to_num(
                columns["terminal_late_40"], nan=0.1
            ),
        },
        groups={
            "terminal": here.texts("terminal"),
            "kind": here.texts("kind"),
            "hour": two_hours(columns["time_of_day"]),
        },
    )


def _shipment(here: Table) -> dict[str, Floats]:
    at = here.numbers("in_block_min")
    kinds = sorted(KINDS)
    return {
        "time_of_day": np.mod(at, DAY),
        "weekday": np.mod(at // DAY + 3, 7),
        "pieces": here.numbers("pieces"),
        "weight": here.numbers("weight_kg"),
        "mixed": here.numbers("mixed"),
        "promised": here.numbers("promised_min"),
        "kind_number": np.searchsorted(kinds, here.texts("kind")).astype(np.float64),
    }


def _pace(facts: Table, rows: Ints) -> dict[str, Floats]:
    """How much of the promised time the last ones took."""
    at = facts.numbers("in_block_min")[rows]
    told = facts.numbers("ready_min") + TOLD_AFTER_MIN
    used = (facts.numbers("ready_min") - facts.numbers("in_block_min")) / facts.numbers(
        "promised_min"
    )
    late = np.where(np.isnan(used), np.nan, used > 1)
    # Steps of 1/1024 add up exactly, so what comes later cannot change a mean's last digit.
    used = np.round(used * 1024) / 1024
    terminal = codes(facts.texts("terminal"))
    kind = codes(terminal, facts.texts("kind"))
    here, mine = terminal[rows], kind[rows]
    ready, ready_kind = Known(told, used, terminal), Known(told, used, kind)
    return {
        **{f"terminal_used_{k}": ready.last(at, k, here) for k in (5, 20, 80)},
        **{f"terminal_used_{w}_min": ready.mean(at, w, here) for w in (180, 720)},
        "kind_used_20": ready_kind.last(at, 20, mine),
        "kind_used_100": ready_kind.last(at, 100, mine),
        "terminal_late_40": Known(told, late, terminal).last(at, 40, here),
        "kind_late_60": Known(told, late, kind).last(at, 60, mine),
    }


def _load(facts: Table, rows: Ints) -> dict[str, Floats]:
    """What lies at the terminal unfinished."""
    came = facts.numbers("in_block_min")
    told = facts.numbers("ready_min") + TOLD_AFTER_MIN
    due = came + facts.numbers("promised_min")
    terminal = codes(facts.texts("terminal"))
    at, here = came[rows], terminal[rows]
    lying = Ongoing(came + TOLD_AFTER_MIN, told, came, terminal)
    overdue = Ongoing(due, told, due, terminal)
    arrivals = Known(came + TOLD_AFTER_MIN, 1.0, terminal)
    return {
        "unfinished": lying.count(at, here),
        "unfinished_minutes": lying.duration(at, here),
        "overdue": overdue.count(at, here),
        "overdue_minutes": overdue.duration(at, here),
        "came_120": arrivals.counted(at - 120, at, here),
        "came_30": arrivals.counted(at - 30, at, here),
    }


def _day(number: int) -> datetime:
    return START + timedelta(days=number)


_RECIPE = Recipe(
    rounds=200, rate=0.05, leaves=15, leaf_rows=100, feature_share=0.6, row_share=0.7, ridge=5.0
)

CARGO_LATENESS = Task(
    name="cargo_lateness",
    version="1",
    title="Chance that a shipment is ready later than promised (on generated data)",
    question="Asked when the flight is in-block: will the shipment be ready for pick-up later than the "
    "terminal promises for its kind? Ready times are known one minute after.",
    unit="chance",
    dataset=GENERATED_FREIGHT,
    split=Split(
        fit=_day(14), validate=_day(120), calibrate=_day(150), test=_day(180), end=_day(240)
    ),
    names=tuple(MEANINGS),
    meanings=MEANINGS,
    plain=(*LABELS, *AMOUNTS),
    plain_labels=LABELS,
    solve=solve,
    known_at=known_at,
    fallback="share late of the kind's last 60",
    headline="brier",
    recipe=_RECIPE,
    spread=_RECIPE,
    choices="nothing: settings were taken over from the other forecasts",
    limits=(
        "GENERATED DATA: the figures show that the machinery works and say nothing of a real terminal; "
        "train it on real milestones",
        "one milestone (ready for pick-up), asked once, at in-block",
        "a share of the lateness is chance (inspections) and cannot be forecast",
    ),
    kind="chance",
)
