"""Optimisers as algorithms: plain facts in, a plan with bound and reasons out.

One payload is a mapping of plain values (it may come from JSON); its fields are those of the data
classes in ``ai_center/optimisers``:

    stand_allocation    {"day": StandDay, "seconds": 1..300, "seed": n}
                        {"day", "published": {stay: stand}, "changes": [Change], "now_min": n}
    departure_sequence  {"departures": [Departure], "rules": RunwayRules, "seconds", "orders", "seed",
                         "published": {flight: TSAT}}
    lane_plan           {"day": LaneDay, "seconds", "seed", "published": [lanes per slot], "now_min": n}
    tow_plan            {"day": StandDay, "stands": {stay: stand}, "fleet": Fleet, "rules": TowRules,
                         "seconds", "seed", "published": {tow: start}}

Without ``stands`` the tow plan first allocates them itself, with the tugs as a limit. With ``changes`` the
published stand plan is repaired with few moves. The fallbacks are the simple rules: at once and without a
bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from ai_center.domain import ModelIdentity, Outcome
from ai_center.errors import AiError, FactsRefused
from ai_center.optimisers import departures as departure_facts
from ai_center.optimisers import lanes as lane_facts
from ai_center.optimisers import stands as stand_facts
from ai_center.optimisers import tows as tow_facts
from ai_center.optimisers.departure_sequence import (
    DepartureSequence,
    SequenceEffort,
    answered,
    sequenced,
)
from ai_center.optimisers.departures import Departure, RunwayRules
from ai_center.optimisers.lane_plan import LanePlan, planned, planned_simply
from ai_center.optimisers.lanes import LaneDay
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
from ai_center.optimisers.tow_plan import TowPlan, task_of, towed, towed_simply
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TowAnswer:
    """The tows with the stands they belong to."""

    stands: StandPlan
    tows: TowPlan


Question = TypeVar("Question")
STANDS: TypeAdapter[StandQuestion] = TypeAdapter(StandQuestion)
SEQUENCES: TypeAdapter[SequenceQuestion] = TypeAdapter(SequenceQuestion)
LANES: TypeAdapter[LaneQuestion] = TypeAdapter(LaneQuestion)
TOWS: TypeAdapter[TowQuestion] = TypeAdapter(TowQuestion)
LANE_PAYLOAD = "{'day': LaneDay, 'seconds', 'seed', 'published', 'now_min'}"
TOW_PAYLOAD = (
    "{'day': StandDay, 'stands', 'fleet': Fleet, 'rules': TowRules, 'seconds', 'published'}"
)


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

    def __init__(
        self, answer: Callable[[object], object], settings: Mapping[str, object] | None = None
    ) -> None:
        """Answer with a function.

        Args:
            answer: takes a payload.
            settings: of the version that serves; they hold where a payload says nothing.
        """
        self._answer = answer
        self._settings = dict(settings or {})

    @property
    def model(self) -> ModelIdentity | None:
        """None: nothing was learnt."""
        return None

    def predict(self, batch: Sequence[Mapping[str, Any]]) -> list[Outcome]:
        """Answer every payload in turn."""
        return [self._outcome(payload) for payload in batch]

    def _outcome(self, payload: object) -> Outcome:
        try:
            whole = {**self._settings, **payload} if isinstance(payload, Mapping) else payload
            return Outcome(value=self._answer(whole))
        except AiError as refusal:
            return Outcome(fault=refusal)


def allocated(payload: object, tools: Tools) -> StandPlan | Repair:
    """Plan a day, or repair a published plan."""
    asked = _question(payload)
    if asked.changes:
        return _repaired(asked, tools)
    effort = Effort(seconds=asked.seconds, gap=asked.gap, seed=asked.seed)
    return allocate(asked.day, tools, effort)


def allocated_simply(payload: object) -> StandPlan:
    """First come, first served: the fallback."""
    return greedy(_question(payload).day)


def _question(payload: object) -> StandQuestion:
    asked = _read(STANDS, payload)
    stand_facts.checked(asked.day)
    return asked


def _repaired(asked: StandQuestion, tools: Tools) -> Repair:
    published = _plan_told(asked.day, asked.published, "published")
    return repaired(
        asked.day,
        published,
        asked.changes,
        now_min=asked.now_min,
        clock=tools.clock,
        solver=tools.solver,
    )


def _plan_told(day: StandDay, told: Mapping[str, str], field: str) -> StandPlan:
    """The plan that stands by name of stay make."""
    stays = {stay.name: stay for ways in all_ways(day) for way in ways for stay in way.stays}
    known = {stand.name for stand in day.stands}
    for name, stand in told.items():
        if name not in stays or stand not in known:
            raise FactsRefused(field, f"names {name!r} on {stand!r}, not of this day")
    return plan_of(day, [(stays[n], stand) for n, stand in told.items()])


def lanes(payload: object, tools: Tools) -> LanePlan:
    """Plan the lanes of a day."""
    asked = _lane_question(payload)
    return planned(
        asked.day,
        tools.whole,
        tools.clock,
        seconds=asked.seconds,
        seed=asked.seed,
        published=asked.published,
        now_min=asked.now_min,
    )


def lanes_simply(payload: object) -> LanePlan:
    """Blocks staffed for their fullest slot: the fallback."""
    asked = _lane_question(payload)
    return planned_simply(asked.day, asked.published)


def _lane_question(payload: object) -> LaneQuestion:
    asked = _read(LANES, payload)
    lane_facts.checked(asked.day)
    if asked.published and len(asked.published) != asked.day.slots:
        raise FactsRefused("published", f"has {len(asked.published)} slots, not {asked.day.slots}")
    if any(not 0 <= n <= asked.day.rules.lanes for n in asked.published):
        raise FactsRefused("published", "holds more lanes than there are, or fewer than none")
    return asked


def tows(payload: object, tools: Tools) -> TowAnswer:
    """Plan the tows of a stand plan, or of a day whose stands are allocated first."""
    asked = _tow_question(payload)
    started = tools.clock()
    day = _with_tugs(asked)
    if asked.stands:
        plan = _plan_told(day, asked.stands, "stands")
    else:
        plan = allocate(day, tools, Effort(seconds=0.7 * asked.seconds, seed=asked.seed))
    task = task_of(day, plan, asked.fleet, asked.rules, asked.published)
    tow_facts.checked(task.tows, asked.fleet, asked.rules)
    left = max(1.0, asked.seconds - (tools.clock() - started))
    done = towed(task, tools.solver, tools.clock, seconds=left, seed=asked.seed)
    return TowAnswer(stands=plan, tows=done)


def tows_simply(payload: object) -> TowAnswer:
    """One tow after the other on the given stands, or on those of the simple rule: the fallback."""
    asked = _tow_question(payload)
    day = _with_tugs(asked)
    plan = _plan_told(day, asked.stands, "stands") if asked.stands else greedy(day)
    task = task_of(day, plan, asked.fleet, asked.rules, asked.published)
    tow_facts.checked(task.tows, asked.fleet, asked.rules)
    return TowAnswer(stands=plan, tows=towed_simply(task))


def _tow_question(payload: object) -> TowQuestion:
    asked = _read(TOWS, payload)
    stand_facts.checked(asked.day)
    tow_facts.checked((), asked.fleet, asked.rules)
    return asked


def _with_tugs(asked: TowQuestion) -> StandDay:
    """The day with the fleet as a limit of the allocation, unless it names limits itself."""
    rules, fleet = asked.day.rules, asked.fleet
    if asked.stands or rules.tugs is not None:
        return asked.day
    way = asked.rules
    busy = way.hook_min + way.drive_other_min + way.unhook_min + way.back_min
    flex = max(way.hook_min, way.drive_other_min, *way.drive_min.values()) + 2 * way.grid_min
    limited = replace(
        rules,
        tugs=fleet.wide + fleet.narrow,
        tugs_wide=fleet.wide,
        tug_busy_min=busy,
        tow_flex_min=flex,
    )
    return replace(asked.day, rules=limited)


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
