"""What if: the plan as it is, the plan with the changes, and what differs, with reasons and cost.

A payload is ``{"question": ..., "what_if": [change, ...]}``, the question as the planner takes it
(``plan_questions.py``), the changes as ``what_if_changes.py`` has them. Where the question holds no
published plan one is made first, in half of its time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from pydantic import TypeAdapter

from ai_center.algorithms.plan_questions import (
    LaneQuestion,
    SequenceQuestion,
    StandQuestion,
    TowQuestion,
    checked_lanes,
    checked_sequence,
    checked_stands,
    checked_tows,
    plan_told,
    read,
)
from ai_center.algorithms.planning import with_tugs
from ai_center.algorithms.what_if_changes import (
    FlightCancelled,
    FlightLate,
    LaneChanges,
    LanesOut,
    MorePeople,
    OneRunway,
    RunwayClosed,
    RunwayRate,
    SequenceChange,
    SequenceChanges,
    StandChange,
    StandChanges,
    StandClosed,
    TowChanges,
    TugsMissing,
    TurnCancelled,
    TurnLate,
    TurnResized,
)
from ai_center.errors import FactsRefused
from ai_center.optimisers.departure_sequence import (
    DepartureSequence,
    SequenceEffort,
    resequenced,
    sequenced,
)
from ai_center.optimisers.departures import Departure, RunwayRules
from ai_center.optimisers.differences import Difference, WhatIf, what_if
from ai_center.optimisers.lane_plan import LanePlan, planned
from ai_center.optimisers.lanes import LaneDay, Outage
from ai_center.optimisers.program import Seconds
from ai_center.optimisers.rounding import Tools
from ai_center.optimisers.stand_allocation import Effort, allocate
from ai_center.optimisers.stand_changes import Cancelled, Change, Closed, Resized, Retimed
from ai_center.optimisers.stand_plan import StandPlan
from ai_center.optimisers.stand_repair import Repair, repaired
from ai_center.optimisers.stands import StandDay
from ai_center.optimisers.tow_plan import TowPlan, towed
from ai_center.optimisers.tow_task import task_of
from ai_center.optimisers.tows import Fleet, TugsOut
from ai_center.optimisers.tows import checked as tows_checked


@dataclass(frozen=True, slots=True, kw_only=True)
class StandWhatIf:
    """A stand plan and what may happen to it."""

    question: StandQuestion
    what_if: StandChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceWhatIf:
    """A departure sequence and what may happen to it."""

    question: SequenceQuestion
    what_if: SequenceChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneWhatIf:
    """A lane plan and what may happen to it."""

    question: LaneQuestion
    what_if: LaneChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class TowWhatIf:
    """A tow plan and what may happen to it."""

    question: TowQuestion
    what_if: TowChanges


STANDS: TypeAdapter[StandWhatIf] = TypeAdapter(StandWhatIf)
SEQUENCES: TypeAdapter[SequenceWhatIf] = TypeAdapter(SequenceWhatIf)
LANES: TypeAdapter[LaneWhatIf] = TypeAdapter(LaneWhatIf)
TOWS: TypeAdapter[TowWhatIf] = TypeAdapter(TowWhatIf)


def stands(payload: object, tools: Tools) -> WhatIf:
    """What a stand plan becomes."""
    started = tools.clock()
    whole = read(STANDS, payload)
    asked = checked_stands(whole.question)
    before = _stands_before(asked, tools)
    after = _repaired(asked, before, whole.what_if, tools)
    return what_if(
        "passenger min",
        _stand_figures(before),
        _stand_figures(after.plan),
        _stand_differences(after, before),
        tools.clock() - started,
    )


def _stands_before(asked: StandQuestion, tools: Tools) -> StandPlan:
    if asked.published:
        return plan_told(asked.day, asked.published, "question.published")
    effort = Effort(seconds=asked.seconds / 2, gap=asked.gap, seed=asked.seed)
    return allocate(asked.day, tools, effort)


def _repaired(
    asked: StandQuestion, before: StandPlan, changes: Sequence[StandChange], tools: Tools
) -> Repair:
    return repaired(
        asked.day,
        before,
        [_stand_change(asked.day, change) for change in changes],
        now_min=asked.now_min,
        clock=tools.clock,
        solver=tools.solver,
    )


def _stand_change(day: StandDay, change: StandChange) -> Change:
    match change:
        case StandClosed():
            return Closed(stand=change.stand, span=_span_min(change.begins, change.ends))
        case TurnResized():
            return Resized(turn=change.turn, size=change.size)
        case TurnCancelled():
            return Cancelled(turn=change.turn)
        case TurnLate():
            turn = next((turn for turn in day.turns if turn.name == change.turn), None)
            if turn is None:
                raise FactsRefused("what_if", f"names a turn {change.turn!r} that is not there")
            return Retimed(
                turn=turn.name,
                in_block_min=turn.in_block_min + change.minutes,
                off_block_min=turn.off_block_min + change.minutes,
            )
        case _:
            assert_never(change)


def _stand_figures(plan: StandPlan) -> dict[str, float]:
    figures = plan.figures
    return {
        "cost": figures.cost,
        "contact_share": figures.contact_share,
        "tows": figures.tows,
        "unplaced": figures.unplaced,
    }


def _stand_differences(repair: Repair, before: StandPlan) -> Iterator[Difference]:
    for move in repair.moves:
        yield Difference(
            what=move.stay, field="stand", before=move.was, after=move.to, because=move.because
        )
    known = {placed.stay.turn.name for placed in before.placed} | set(before.unplaced)
    for placed in repair.plan.placed:
        if placed.stay.turn.name not in known:
            yield Difference(
                what=placed.stay.name, field="stand", before="", after=placed.stand, because="new"
            )


def sequence(payload: object, clock: Seconds) -> WhatIf:
    """What a departure sequence becomes."""
    started = clock()
    whole = read(SEQUENCES, payload)
    asked = checked_sequence(whole.question)
    effort = SequenceEffort(orders=asked.orders, seconds=asked.seconds / 2, seed=asked.seed)
    before = sequenced(asked.departures, asked.rules, clock, effort, asked.published)
    departures, rules = list(asked.departures), asked.rules
    for change in whole.what_if:
        departures, rules = _departures_changed(departures, rules, change)
    checked_sequence(replace(asked, departures=tuple(departures), rules=rules))
    now_s = asked.now_s
    if now_s is None:
        now_s = min((d.tobt_s for d in asked.departures), default=0) - 86_400
    after = resequenced(
        departures, rules, clock, published=before.take_offs, now_s=now_s, effort=effort
    )
    return what_if(
        "s of delay",
        _sequence_figures(before),
        _sequence_figures(after),
        _sequence_differences(before, after),
        clock() - started,
    )


def _departures_changed(
    departures: list[Departure], rules: RunwayRules, change: SequenceChange
) -> tuple[list[Departure], RunwayRules]:
    match change:
        case FlightLate():
            _known(change.flight, (d.name for d in departures), "flight")
            late = 60 * change.minutes
            return [
                replace(d, tobt_s=d.tobt_s + late) if d.name == change.flight else d
                for d in departures
            ], rules
        case FlightCancelled():
            _known(change.flight, (d.name for d in departures), "flight")
            return [d for d in departures if d.name != change.flight], rules
        case OneRunway():
            _known(change.runway, (d.runway for d in departures), "runway")
            return [replace(d, runway=change.runway) for d in departures], rules
        case RunwayClosed():
            span = _span_s(change.begins, change.ends)
            spans = (*rules.blocked.get(change.runway, ()), span)
            return departures, replace(rules, blocked={**rules.blocked, change.runway: spans})
        case RunwayRate():
            begins, ends = _span_s(change.begins, change.ends)
            rates = (*rules.rates.get(change.runway, ()), (begins, ends, change.per_hour))
            return departures, replace(rules, rates={**rules.rates, change.runway: rates})
        case _:
            assert_never(change)


def _sequence_figures(found: DepartureSequence) -> dict[str, float]:
    worst = max((t.delay_s for t in found.take_offs), default=0)
    return {
        "cost": found.delay_s,
        "delay_s": found.delay_s,
        "worst_delay_s": worst,
        "missed_ctots": found.missed,
        "moved_tsats": found.changes,
        "flights": len(found.take_offs),
    }


def _sequence_differences(
    before: DepartureSequence, after: DepartureSequence
) -> Iterator[Difference]:
    was = {t.departure.name: t for t in before.take_offs}
    now = {t.departure.name: t for t in after.take_offs}
    for name in sorted(was.keys() | now.keys(), key=lambda n: (was.get(n) or now[n]).ttot_s):
        old, new = was.get(name), now.get(name)
        if new is None and old is not None:
            yield Difference(
                what=name, field="tsat_s", before=str(old.tsat_s), after="", because="cancelled"
            )
        elif old is not None and new is not None:
            for field in ("tsat_s", "ttot_s"):
                if getattr(old, field) != getattr(new, field):
                    yield Difference(
                        what=name,
                        field=field,
                        before=str(getattr(old, field)),
                        after=str(getattr(new, field)),
                        because=new.because,
                    )


def lanes(payload: object, tools: Tools) -> WhatIf:
    """What a lane plan becomes."""
    started = tools.clock()
    whole = read(LANES, payload)
    asked = checked_lanes(whole.question)
    before = _lanes_planned(asked.day, asked, tools, asked.published)
    day = asked.day
    for change in whole.what_if:
        day = _lanes_changed(day, change)
    checked_lanes(replace(asked, day=day))
    after = _lanes_planned(day, asked, tools, before.lanes)
    return what_if(
        "lane min",
        _lane_figures(before),
        _lane_figures(after),
        _lane_differences(day, before, after),
        tools.clock() - started,
    )


def _lanes_planned(
    day: LaneDay, asked: LaneQuestion, tools: Tools, published: Sequence[int]
) -> LanePlan:
    return planned(
        day,
        tools.whole,
        tools.clock,
        seconds=asked.seconds / 2,
        seed=asked.seed,
        published=published,
        now_min=asked.now_min,
    )


def _lanes_changed(day: LaneDay, change: LanesOut | MorePeople) -> LaneDay:
    begins, ends = _span_min(change.begins, change.ends)
    if isinstance(change, LanesOut):
        outage = Outage(from_min=begins, to_min=ends, lanes=change.lanes)
        return replace(day, rules=replace(day.rules, outages=(*day.rules.outages, outage)))
    factor = 1 + change.percent / 100
    inside = [
        begins < day.start_min + (slot + 1) * day.slot_min
        and day.start_min + slot * day.slot_min < ends
        for slot in range(day.slots)
    ]
    flows = {
        quantile: tuple(n * factor if hit else n for n, hit in zip(flow, inside, strict=True))
        for quantile, flow in day.arrivals.items()
    }
    return replace(day, arrivals=flows)


def _lane_figures(plan: LanePlan) -> dict[str, float]:
    return {
        "cost": plan.cost,
        "lane_minutes": plan.lane_minutes,
        "openings": plan.openings,
        "late_people": sum(late.people for late in plan.late),
        "longest_wait_min": max((w for waits in plan.waits_min for w in waits), default=0.0),
    }


def _lane_differences(day: LaneDay, before: LanePlan, after: LanePlan) -> Iterator[Difference]:
    for slot, (was, now) in enumerate(zip(before.lanes, after.lanes, strict=True)):
        if was != now:
            yield Difference(
                what=f"slot {slot}, minute {day.start_min + slot * day.slot_min}",
                field="lanes",
                before=str(was),
                after=str(now),
                because=after.reasons[slot],
            )


def tows(payload: object, tools: Tools) -> WhatIf:
    """What a tow plan becomes; stands that change are repaired first."""
    started = tools.clock()
    whole = read(TOWS, payload)
    asked = checked_tows(whole.question)
    day, fleet = with_tugs(asked), asked.fleet
    if asked.stands:
        plan = plan_told(day, asked.stands, "question.stands")
    else:
        plan = allocate(day, tools, Effort(seconds=asked.seconds / 2, seed=asked.seed))
    before = _towed(asked, day, plan, fleet, tools, asked.published)
    stand_changes: list[StandChange] = []
    for change in whole.what_if:
        if isinstance(change, TugsMissing):
            fleet = _fewer(fleet, change)
        else:
            stand_changes.append(change)
    if stand_changes:
        repair = _repaired(StandQuestion(day=day), plan, stand_changes, tools)
        day, plan = repair.day, repair.plan
    told = {one.tow.name: one.start_min for one in before.towed}
    after = _towed(asked, day, plan, fleet, tools, told)
    return what_if(
        "bridge min",
        _tow_figures(before),
        _tow_figures(after),
        _tow_differences(before, after),
        tools.clock() - started,
    )


def _towed(
    asked: TowQuestion,
    day: StandDay,
    plan: StandPlan,
    fleet: Fleet,
    tools: Tools,
    told: Mapping[str, int],
) -> TowPlan:
    task = task_of(day, plan, fleet, asked.rules, told)
    tows_checked(task.tows, fleet, asked.rules)
    seconds = max(1.0, asked.seconds / 4)
    return towed(task, tools.solver, tools.clock, seconds=seconds, seed=asked.seed)


def _fewer(fleet: Fleet, change: TugsMissing) -> Fleet:
    begins, ends = _span_min(change.begins, change.ends)
    out = TugsOut(kind=change.tugs, count=change.count, from_min=begins, to_min=ends)
    return replace(fleet, out=(*fleet.out, out))


def _tow_figures(plan: TowPlan) -> dict[str, float]:
    return {
        "cost": plan.cost,
        "tows": len(plan.towed),
        "undone": len(plan.undone),
        "idle_bridge_min": plan.idle_bridge_min,
        "moved": plan.moved,
    }


def _tow_differences(before: TowPlan, after: TowPlan) -> Iterator[Difference]:
    was = {one.tow.name: one for one in before.towed}
    now = {one.tow.name: one for one in after.towed}
    why_not = {one.tow.name: one.because for one in after.undone}
    for name in sorted(was.keys() | now.keys()):
        old, new = was.get(name), now.get(name)
        if old is None or new is None or old.start_min != new.start_min:
            yield Difference(
                what=name,
                field="start_min",
                before=str(old.start_min) if old else "",
                after=str(new.start_min) if new else "",
                because=new.because if new else why_not.get(name, "not towed any more"),
            )


def _known(name: str, names: Iterator[str], kind: str) -> None:
    if name not in names:
        raise FactsRefused("what_if", f"names a {kind} {name!r} that is not there")


def _span_s(begins: datetime, ends: datetime) -> tuple[int, int]:
    if begins >= ends:
        raise FactsRefused("what_if", "holds a span that ends before it begins")
    return int(begins.timestamp()), int(ends.timestamp())


def _span_min(begins: datetime, ends: datetime) -> tuple[int, int]:
    start, end = _span_s(begins, ends)
    return start // 60, -(-end // 60)
