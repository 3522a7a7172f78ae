"""Optimisers as algorithms: plain facts in, a plan with bound and reasons out.

What they are asked stands in ``plan_questions.py``. Without ``stands`` the tow plan first allocates them
itself, with the tugs as a limit. With ``changes`` the published stand plan is repaired with few moves;
with ``what_if`` beside a ``question`` the answer is the difference to the plan without (``what_if.py``).
The fallbacks are the simple rules: at once and without a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ai_center.algorithms.plan_questions import (
    LANES,
    SEQUENCES,
    STANDS,
    TOWS,
    StandQuestion,
    TowQuestion,
    checked_lanes,
    checked_sequence,
    checked_stands,
    checked_tows,
    plan_told,
    read,
)
from ai_center.domain import ModelIdentity, Outcome
from ai_center.errors import AiError, NotReady
from ai_center.optimisers import tows as tow_facts
from ai_center.optimisers.departure_sequence import (
    DepartureSequence,
    SequenceEffort,
    answered,
    sequenced,
)
from ai_center.optimisers.lane_plan import LanePlan, planned, planned_simply
from ai_center.optimisers.program import Seconds
from ai_center.optimisers.rounding import Tools
from ai_center.optimisers.sequence_baselines import first_come
from ai_center.optimisers.stand_allocation import Effort, allocate
from ai_center.optimisers.stand_greedy import greedy
from ai_center.optimisers.stand_plan import StandPlan
from ai_center.optimisers.stand_repair import Repair, repaired
from ai_center.optimisers.stands import StandDay
from ai_center.optimisers.tow_plan import TowPlan, towed, towed_simply
from ai_center.optimisers.tow_task import task_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TowAnswer:
    """The tows with the stands they belong to."""

    stands: StandPlan
    tows: TowPlan


class Planner:
    """An algorithm without weights: every payload is answered by one function."""

    def __init__(
        self,
        answer: Callable[[object], object],
        what_if: Callable[[object], object],
        settings: Mapping[str, object],
    ) -> None:
        """Answer with a function.

        Args:
            answer: takes a payload.
            what_if: takes a payload with ``question`` and ``what_if``.
            settings: of the version that serves; they hold where a payload says nothing.
        """
        self._answer = answer
        self._what_if = what_if
        self._settings = dict(settings)

    @property
    def model(self) -> ModelIdentity | None:
        """None: nothing was learnt."""
        return None

    def predict(self, batch: Sequence[Mapping[str, Any]]) -> list[Outcome]:
        """Answer every payload in turn."""
        return [self._outcome(payload) for payload in batch]

    def _outcome(self, payload: object) -> Outcome:
        try:
            if not isinstance(payload, Mapping):
                return Outcome(value=self._answer(payload))
            if isinstance(payload.get("question"), Mapping):
                question = {**self._settings, **payload["question"]}
                return Outcome(value=self._what_if({**payload, "question": question}))
            return Outcome(value=self._answer({**self._settings, **payload}))
        except AiError as refusal:
            return Outcome(fault=refusal)


def allocated(payload: object, tools: Tools) -> StandPlan | Repair:
    """Plan a day, or repair a published plan."""
    asked = checked_stands(read(STANDS, payload))
    if asked.changes:
        return _repaired(asked, tools)
    effort = Effort(seconds=asked.seconds, gap=asked.gap, seed=asked.seed)
    return allocate(asked.day, tools, effort)


def allocated_simply(payload: object) -> StandPlan:
    """First come, first served: the fallback."""
    return greedy(checked_stands(read(STANDS, _plain(payload))).day)


def _plain(payload: object) -> object:
    """A payload that a simple rule can answer; what if it cannot say."""
    if isinstance(payload, Mapping) and "what_if" in payload:
        raise NotReady("planning cannot be reached, and its simple rule knows no difference")
    return payload


def _repaired(asked: StandQuestion, tools: Tools) -> Repair:
    published = plan_told(asked.day, asked.published, "published")
    return repaired(
        asked.day,
        published,
        asked.changes,
        now_min=asked.now_min,
        clock=tools.clock,
        solver=tools.solver,
    )


def lanes(payload: object, tools: Tools) -> LanePlan:
    """Plan the lanes of a day."""
    asked = checked_lanes(read(LANES, payload))
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
    asked = checked_lanes(read(LANES, _plain(payload)))
    return planned_simply(asked.day, asked.published)


def tows(payload: object, tools: Tools) -> TowAnswer:
    """Plan the tows of a stand plan, or of a day whose stands are allocated first."""
    asked = checked_tows(read(TOWS, payload))
    started = tools.clock()
    day = with_tugs(asked)
    if asked.stands:
        plan = plan_told(day, asked.stands, "stands")
    else:
        plan = allocate(day, tools, Effort(seconds=0.7 * asked.seconds, seed=asked.seed))
    task = task_of(day, plan, asked.fleet, asked.rules, asked.published)
    tow_facts.checked(task.tows, asked.fleet, asked.rules)
    left = max(1.0, asked.seconds - (tools.clock() - started))
    done = towed(task, tools.solver, tools.clock, seconds=left, seed=asked.seed)
    return TowAnswer(stands=plan, tows=done)


def tows_simply(payload: object) -> TowAnswer:
    """One tow after the other on the given stands, or on those of the simple rule: the fallback."""
    asked = checked_tows(read(TOWS, _plain(payload)))
    day = with_tugs(asked)
    plan = plan_told(day, asked.stands, "stands") if asked.stands else greedy(day)
    task = task_of(day, plan, asked.fleet, asked.rules, asked.published)
    tow_facts.checked(task.tows, asked.fleet, asked.rules)
    return TowAnswer(stands=plan, tows=towed_simply(task))


def with_tugs(asked: TowQuestion) -> StandDay:
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
    asked = checked_sequence(read(SEQUENCES, payload))
    effort = SequenceEffort(orders=asked.orders, seconds=asked.seconds, seed=asked.seed)
    return sequenced(asked.departures, asked.rules, clock, effort, asked.published)


def sequence_simply(payload: object) -> DepartureSequence:
    """First come, first served: the fallback."""
    asked = checked_sequence(read(SEQUENCES, _plain(payload)))
    return answered(first_come(asked.departures, asked.rules), asked.rules, asked.published)
