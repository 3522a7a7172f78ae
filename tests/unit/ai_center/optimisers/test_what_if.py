"""What if: the plan's difference with reasons and cost, for every planner; refusals name the field."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ai_center import FactsRefused
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
from ai_center.catalogue import installed
from ai_center.hosting import HostContext, resolve
from ai_center.optimisers.differences import WhatIf
from ai_center.optimisers.generated_lane_day import START_MIN, generate_lane_day
from ai_center.optimisers.generated_peak import START_S, generate_peak
from ai_center.optimisers.generated_stand_day import DAY_MIN, generate
from ai_center.optimisers.generated_tow_day import generate_tow_day
from ai_center.optimisers.stand_greedy import greedy

CONTEXT = HostContext(models=Path("no-models"), threads=1)


def asked(name: str, question: Any, *changes: dict[str, Any]) -> WhatIf:
    entry = installed().get(name)
    payload = {"question": question, "what_if": list(changes)}
    (outcome,) = resolve(entry.factory)(CONTEXT).predict([payload])
    if outcome.fault:
        raise outcome.fault
    found = pickle.loads(pickle.dumps(outcome.value))
    assert isinstance(found, WhatIf)
    assert found.adds == pytest.approx(found.after["cost"] - found.before["cost"])
    return found


def iso(minute: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)).isoformat()


def stand_question() -> dict[str, Any]:
    day = generate(turns=60)
    question = StandQuestion(day=day, seconds=10, published=greedy(day).stand_of())
    made: dict[str, Any] = json.loads(STANDS.dump_json(question))
    return made


def test_a_closed_stand_moves_those_who_were_there() -> None:
    question = stand_question()
    stay, stand = next(iter(question["published"].items()))
    closed = {
        "kind": "stand_closed",
        "stand": stand,
        "begins": iso(DAY_MIN - 1440),
        "ends": iso(DAY_MIN + 2 * 1440),
    }
    found = asked("stand_allocation", question, closed)
    moved = {difference.what: difference for difference in found.differences}
    assert moved[stay].before == stand
    assert moved[stay].after not in ("", stand)
    assert "closed" in moved[stay].because
    assert found.adds >= 0
    assert found.unit == "passenger min"


def test_a_late_turn_a_larger_aircraft_and_a_cancelled_one() -> None:
    question = stand_question()
    names = [turn["name"] for turn in question["day"]["turns"]]
    found = asked(
        "stand_allocation",
        question,
        {"kind": "turn_late", "turn": names[0], "minutes": 40},
        {"kind": "turn_resized", "turn": names[1], "size": "E"},
        {"kind": "turn_cancelled", "turn": names[2]},
    )
    assert len(found.differences) <= 6
    assert all(difference.because for difference in found.differences)


def sequence_question() -> dict[str, Any]:
    departures, rules = generate_peak(3)
    question = SequenceQuestion(departures=tuple(departures), rules=rules, orders=400)
    made: dict[str, Any] = json.loads(SEQUENCES.dump_json(question))
    return made


def test_one_runway_costs_delay_and_every_tsat_tells_why() -> None:
    found = asked(
        "departure_sequence", sequence_question(), {"kind": "one_runway", "runway": "16R"}
    )
    assert found.adds > 0
    assert found.after["flights"] == found.before["flights"]
    assert {difference.field for difference in found.differences} == {"tsat_s", "ttot_s"}


def test_a_late_flight_a_rate_and_a_closed_runway() -> None:
    question = sequence_question()
    name = question["departures"][0]["name"]
    begins, ends = iso(START_S // 60 + 20), iso(START_S // 60 + 50)
    found = asked(
        "departure_sequence",
        question,
        {"kind": "flight_late", "flight": name, "minutes": 40},
        {
            "kind": "runway_rate",
            "runway": "16R",
            "per_hour": 20,
            "begins": begins,
            "ends": ends,
        },
        {"kind": "runway_closed", "runway": "17L", "begins": begins, "ends": ends},
    )
    assert found.adds > 0
    assert name in {difference.what for difference in found.differences}
    gone = asked("departure_sequence", question, {"kind": "flight_cancelled", "flight": name})
    assert gone.after["flights"] == gone.before["flights"] - 1


def lane_question() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        LANES.dump_json(LaneQuestion(day=generate_lane_day(0), seconds=2))
    )
    return made


def test_lanes_out_and_more_people_cost_lanes_or_waits() -> None:
    begins, ends = iso(START_MIN + 60), iso(START_MIN + 180)
    found = asked(
        "lane_plan",
        lane_question(),
        {"kind": "lanes_out", "lanes": 6, "begins": begins, "ends": ends},
        {"kind": "more_people", "percent": 20, "begins": begins, "ends": ends},
    )
    assert found.adds > 0
    assert found.differences
    assert all("slot" in difference.what for difference in found.differences)


def test_missing_tugs_and_a_late_turn_move_tows() -> None:
    day, fleet, rules = generate_tow_day(2, turns=420)
    question = json.loads(
        TOWS.dump_json(TowQuestion(day=day, fleet=fleet, rules=rules, seconds=12))
    )
    begins, ends = iso(DAY_MIN), iso(DAY_MIN + 1440)
    found = asked(
        "tow_plan",
        question,
        {"kind": "tugs_missing", "tugs": "wide", "count": 2, "begins": begins, "ends": ends},
        {"kind": "turn_late", "turn": day.turns[5].name, "minutes": 30},
    )
    assert found.before["undone"] == 0
    assert found.adds >= 0


@pytest.mark.parametrize(
    ("name", "change", "field"),
    [
        ("stand_allocation", {"kind": "turn_late", "turn": "nobody", "minutes": 5}, "what_if"),
        ("stand_allocation", {"kind": "stand_closed", "stand": "T1-A1"}, "what_if.0"),
        ("stand_allocation", {"kind": "earthquake"}, "what_if.0"),
        ("departure_sequence", {"kind": "one_runway", "runway": "99"}, "what_if"),
        ("departure_sequence", {"kind": "flight_late", "flight": "F000"}, "minutes"),
        (
            "lane_plan",
            {"kind": "lanes_out", "lanes": 1, "begins": iso(60), "ends": iso(30)},
            "what_if",
        ),
        (
            "lane_plan",
            {"kind": "lanes_out", "lanes": 1, "begins": "2026-06-01T10:00", "ends": iso(30)},
            "begins",
        ),
    ],
)
def test_a_refusal_names_the_field(name: str, change: dict[str, Any], field: str) -> None:
    questions = {
        "stand_allocation": stand_question,
        "departure_sequence": sequence_question,
        "lane_plan": lane_question,
    }
    with pytest.raises(FactsRefused) as refused:
        asked(name, questions[name](), change)
    assert field in refused.value.field


def test_too_many_changes_are_refused() -> None:
    many = [{"kind": "flight_late", "flight": "F000", "minutes": 1}] * 51
    with pytest.raises(FactsRefused, match="what_if"):
        asked("departure_sequence", sequence_question(), *many)
    with pytest.raises(FactsRefused, match="what_if"):
        asked("departure_sequence", sequence_question())
