"""What the planners are asked, as it comes in a payload of plain values (it may be JSON).

stand_allocation    {"day": StandDay, "seconds": 1..300, "seed": n}
                    {"day", "published": {stay: stand}, "changes": [Change], "now_min": n}
departure_sequence  {"departures": [Departure], "rules": RunwayRules, "seconds", "orders", "seed",
                     "published": {flight: TSAT}}
lane_plan           {"day": LaneDay, "seconds", "seed", "published": [lanes per slot], "now_min": n}
tow_plan            {"day": StandDay, "stands": {stay: stand}, "fleet": Fleet, "rules": TowRules,
                     "seconds", "seed", "published": {tow: start}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from ai_center.errors import FactsRefused
from ai_center.optimisers import departures as departure_facts
from ai_center.optimisers import lanes as lane_facts
from ai_center.optimisers import stands as stand_facts
from ai_center.optimisers import tows as tow_facts
from ai_center.optimisers.departures import Departure, RunwayRules
from ai_center.optimisers.lanes import LaneDay
from ai_center.optimisers.stand_changes import Change
from ai_center.optimisers.stand_plan import StandPlan, plan_of
from ai_center.optimisers.stands import StandDay
from ai_center.optimisers.stays import all_ways
from ai_center.optimisers.tows import Fleet, TowRules

STAND_PAYLOAD = "{'day': StandDay, 'seconds', 'seed'}, or with 'published', 'changes', 'now_min'"
SEQUENCE_PAYLOAD = (
    "{'departures': [Departure], 'rules': RunwayRules, 'seconds', 'seed', 'published'}"
)
LimitS = Annotated[float, Field(ge=1, le=300)]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandQuestion:
    """What stand allocation is asked."""

    day: StandDay
    seconds: LimitS = 50.0
    gap: Annotated[float, Field(ge=0, le=1)] = 0.01
    seed: int = 1
    published: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    now_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceQuestion:
    """What sequencing is asked."""

    departures: tuple[Departure, ...]
    rules: RunwayRules = field(default_factory=RunwayRules)
    seconds: LimitS = 5.0
    orders: Annotated[int, Field(ge=1, le=1_000_000)] = 4_000
    seed: int = 1
    published: Mapping[str, int] = field(default_factory=dict)
    now_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneQuestion:
    """What the lane plan is asked."""

    day: LaneDay
    seconds: LimitS = 10.0
    seed: int = 1
    published: tuple[int, ...] = ()
    now_min: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TowQuestion:
    """What the tow plan is asked."""

    day: StandDay
    stands: Mapping[str, str] = field(default_factory=dict)
    fleet: Fleet = field(default_factory=Fleet)
    rules: TowRules = field(default_factory=TowRules)
    seconds: LimitS = 25.0
    seed: int = 1
    published: Mapping[str, int] = field(default_factory=dict)


Question = TypeVar("Question")
STANDS: TypeAdapter[StandQuestion] = TypeAdapter(StandQuestion)
SEQUENCES: TypeAdapter[SequenceQuestion] = TypeAdapter(SequenceQuestion)
LANES: TypeAdapter[LaneQuestion] = TypeAdapter(LaneQuestion)
TOWS: TypeAdapter[TowQuestion] = TypeAdapter(TowQuestion)
LANE_PAYLOAD = "{'day': LaneDay, 'seconds', 'seed', 'published', 'now_min'}"
TOW_PAYLOAD = (
    "{'day': StandDay, 'stands', 'fleet': Fleet, 'rules': TowRules, 'seconds', 'published'}"
)


def read(adapter: TypeAdapter[Question], payload: object) -> Question:
    """Turn a payload into a question; the refusal names the field, not its value."""
    try:
        return adapter.validate_python(payload)
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "payload"
        raise FactsRefused(place, f"is refused: {first['msg']}") from fault


def checked_stands(asked: StandQuestion) -> StandQuestion:
    """A stand question that does not contradict itself; raises FactsRefused."""
    stand_facts.checked(asked.day)
    return asked


def checked_sequence(asked: SequenceQuestion) -> SequenceQuestion:
    """A sequence question that does not contradict itself; raises FactsRefused."""
    departure_facts.checked(asked.departures, asked.rules)
    return asked


def checked_lanes(asked: LaneQuestion) -> LaneQuestion:
    """A lane question that does not contradict itself; raises FactsRefused."""
    lane_facts.checked(asked.day)
    if asked.published and len(asked.published) != asked.day.slots:
        raise FactsRefused("published", f"has {len(asked.published)} slots, not {asked.day.slots}")
    if any(not 0 <= n <= asked.day.rules.lanes for n in asked.published):
        raise FactsRefused("published", "holds more lanes than there are, or fewer than none")
    return asked


def checked_tows(asked: TowQuestion) -> TowQuestion:
    """A tow question that does not contradict itself; raises FactsRefused."""
    stand_facts.checked(asked.day)
    tow_facts.checked((), asked.fleet, asked.rules)
    return asked


def plan_told(day: StandDay, told: Mapping[str, str], field: str) -> StandPlan:
    """The plan that stands by name of stay make.

    Raises:
        FactsRefused: a stay or a stand is not of this day.
    """
    stays = {stay.name: stay for ways in all_ways(day) for way in ways for stay in way.stays}
    known = {stand.name for stand in day.stands}
    for name, stand in told.items():
        if name not in stays or stand not in known:
            raise FactsRefused(field, f"names {name!r} on {stand!r}, not of this day")
    return plan_of(day, [(stays[n], stand) for n, stand in told.items()])
