"""Optimisers as algorithms: plain facts in, a plan with bound and reasons out.

One payload is a mapping of plain values (it may come from JSON); its fields are those of the data
classes in ``ai_center/optimisers``:

    stand_allocation    {"day": StandDay, "seconds": 1..300, "seed": n}
                        {"day", "published": {stay: stand}, "changes": [Change], "now_min": n}
    departure_sequence  {"departures": [Departure], "rules": RunwayRules, "seconds", "orders", "seed",
                         "published": {flight: TSAT}}

With ``changes`` the published plan is repaired with few moves. The fallbacks are the baselines: first
come, first served, at once and without a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from ai_center.domain import ModelIdentity, Outcome
from ai_center.errors import AiError, FactsRefused
from ai_center.optimisers import departures as departure_facts
from ai_center.optimisers import stands as stand_facts
from ai_center.optimisers.departure_sequence import (
    DepartureSequence,
    SequenceEffort,
    answered,
    sequenced,
)
from ai_center.optimisers.departures import Departure, RunwayRules
from ai_center.optimisers.program import Seconds
from ai_center.optimisers.rounding import Tools
from ai_center.optimisers.sequence_baselines import first_come
from ai_center.optimisers.stand_allocation import Effort, allocate
from ai_center.optimisers.stand_changes import Change
from ai_center.optimisers.stand_greedy import greedy
from ai_center.optimisers.stand_plan import StandPlan, plan_of
from ai_center.optimisers.stand_repair import Repair, repaired
from ai_center.optimisers.stands import StandDay
from ai_center.optimisers.stays import all_ways

STAND_PAYLOAD = "{'day': StandDay, 'seconds', 'seed'}, or with 'published', 'changes', 'now_min'"
SEQUENCE_PAYLOAD = (
    "{'departures': [Departure], 'rules': RunwayRules, 'seconds', 'seed', 'published'}"
)
LimitS = Annotated[float, Field(ge=1, le=300)]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandQuestion:
    """What stand allocation is asked."""

    day: StandDay
    seconds: LimitS = 25.0
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


Question = TypeVar("Question")
STANDS: TypeAdapter[StandQuestion] = TypeAdapter(StandQuestion)
SEQUENCES: TypeAdapter[SequenceQuestion] = TypeAdapter(SequenceQuestion)


def _read(adapter: TypeAdapter[Question], payload: object) -> Question:
    """Turn a payload into a question; the refusal names the field, not its value."""
    try:
        return adapter.validate_python(payload)
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "payload"
        raise FactsRefused(place, f"is refused: {first['msg']}") from fault


class Planner:
    """An algorithm without weights: every payload is answered by one function."""

    def __init__(self, answer: Callable[[object], object]) -> None:
        """Answer with a function."""
        self._answer = answer

    @property
    def model(self) -> ModelIdentity | None:
        """None: nothing was learnt."""
        return None

    def predict(self, batch: Sequence[Mapping[str, Any]]) -> list[Outcome]:
        """Answer every payload in turn."""
        return [self._outcome(payload) for payload in batch]

    def _outcome(self, payload: object) -> Outcome:
        try:
            return Outcome(value=self._answer(payload))
        except AiError as refusal:
            return Outcome(fault=refusal)


def allocated(payload: object, tools: Tools) -> StandPlan | Repair:
    """Plan a day, or repair a published plan."""
    asked = _question(payload)
    if asked.changes:
        return _repaired(asked, tools)
    return allocate(asked.day, tools, Effort(seconds=asked.seconds, seed=asked.seed))


def allocated_simply(payload: object) -> StandPlan:
    """First come, first served: the fallback."""
    return greedy(_question(payload).day)


def _question(payload: object) -> StandQuestion:
    asked = _read(STANDS, payload)
    stand_facts.checked(asked.day)
    return asked


def _repaired(asked: StandQuestion, tools: Tools) -> Repair:
    stays = {stay.name: stay for ways in all_ways(asked.day) for way in ways for stay in way.stays}
    known = {stand.name for stand in asked.day.stands}
    for name, stand in asked.published.items():
        if name not in stays or stand not in known:
            raise FactsRefused("published", f"names {name!r} on {stand!r}, not of this day")
    published = plan_of(asked.day, [(stays[n], stand) for n, stand in asked.published.items()])
    return repaired(
        asked.day,
        published,
        asked.changes,
        now_min=asked.now_min,
        clock=tools.clock,
        solver=tools.solver,
    )


def sequence(payload: object, clock: Seconds) -> DepartureSequence:
    """Sequence departures."""
    asked = _read(SEQUENCES, payload)
    departure_facts.checked(asked.departures, asked.rules)
    effort = SequenceEffort(orders=asked.orders, seconds=asked.seconds, seed=asked.seed)
    return sequenced(asked.departures, asked.rules, clock, effort, asked.published)


def sequence_simply(payload: object) -> DepartureSequence:
    """First come, first served: the fallback."""
    asked = _read(SEQUENCES, payload)
    departure_facts.checked(asked.departures, asked.rules)
    return answered(first_come(asked.departures, asked.rules), asked.rules, asked.published)
