"""Questions "what if" to begin with, on generated days, as plain values that JSON holds.

Each is whole: it can be asked as it is, or changed by hand first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from ai_center.algorithms.plan_questions import (
    LANES,
    SEQUENCES,
    STANDS,
    TOWS,
    LaneQuestion,
    SequenceQuestion,
    StandQuestion,
    TowQuestion,
)
from ai_center.errors import UnknownAlgorithm
from ai_center.optimisers.generated_lane_day import generate_lane_day
from ai_center.optimisers.generated_peak import generate_peak
from ai_center.optimisers.generated_stand_day import DAY_MIN, generate
from ai_center.optimisers.generated_tow_day import generate_tow_day
from ai_center.optimisers.stand_greedy import greedy

TURNS = 60
SECONDS = 5.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def example(name: str) -> dict[str, Any]:
    """A question of an algorithm.

    Raises:
        UnknownAlgorithm: there is no example of it; names those of which there is.
    """
    if name not in EXAMPLES:
        raise UnknownAlgorithm(name, known=tuple(EXAMPLES))
    question, change = EXAMPLES[name]()
    return {"question": question, "what_if": [change]}


def _stands() -> tuple[Any, dict[str, Any]]:
    day = generate(turns=TURNS)
    published = greedy(day).stand_of()
    stand = next(iter(published.values()))
    asked = StandQuestion(day=day, seconds=SECONDS, published=published)
    change = {"kind": "stand_closed", "stand": stand, **_span(DAY_MIN, 24 * 60)}
    return STANDS.dump_python(asked, mode="json"), change


def _sequence() -> tuple[Any, dict[str, Any]]:
    departures, rules = generate_peak(1)
    asked = SequenceQuestion(departures=tuple(departures), rules=rules)
    runway = departures[0].runway
    return SEQUENCES.dump_python(asked, mode="json"), {"kind": "one_runway", "runway": runway}


def _lanes() -> tuple[Any, dict[str, Any]]:
    day = generate_lane_day(0)
    change = {"kind": "lanes_out", "lanes": 6, **_span(day.start_min + 60, 120)}
    return LANES.dump_python(LaneQuestion(day=day, seconds=SECONDS), mode="json"), change


def _tows() -> tuple[Any, dict[str, Any]]:
    day, fleet, rules = generate_tow_day(2)
    asked = TowQuestion(day=day, fleet=fleet, rules=rules, seconds=2 * SECONDS)
    change = {"kind": "tugs_missing", "tugs": "wide", "count": 2, **_span(DAY_MIN, 24 * 60)}
    return TOWS.dump_python(asked, mode="json"), change


def _span(begins_min: int, minutes: int) -> dict[str, str]:
    begins = EPOCH + timedelta(minutes=begins_min)
    return {"begins": begins.isoformat(), "ends": (begins + timedelta(minutes=minutes)).isoformat()}


EXAMPLES: Mapping[str, Callable[[], tuple[Any, dict[str, Any]]]] = MappingProxyType(
    {
        "stand_allocation": _stands,
        "departure_sequence": _sequence,
        "lane_plan": _lanes,
        "tow_plan": _tows,
    }
)
