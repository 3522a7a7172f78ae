from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from ai_center import FactsRefused
from ai_center.adapters.version_store import VersionStore
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
from ai_center.algorithms.planning import TowAnswer
from ai_center.catalogue import PLANNERS, installed
from ai_center.hosting import HostContext, resolve
from ai_center.optimisers.departure_sequence import DepartureSequence
from ai_center.optimisers.generated_lane_day import generate_lane_day
from ai_center.optimisers.generated_peak import generate_peak
from ai_center.optimisers.generated_stand_day import generate
from ai_center.optimisers.generated_tow_day import generate_tow_day
from ai_center.optimisers.lane_plan import LanePlan
from ai_center.optimisers.stand_plan import StandPlan
from ai_center.optimisers.stand_repair import Repair
from ai_center.trials.sheet import Sheet

CONTEXT = HostContext(models=Path("no-models"), threads=1)


def stand_payload() -> dict[str, Any]:
    asked = StandQuestion(day=generate(turns=40), seconds=10)
    payload: dict[str, Any] = json.loads(STANDS.dump_json(asked))
    return payload


def sequence_payload() -> dict[str, Any]:
    departures, rules = generate_peak(3)
    asked = SequenceQuestion(departures=tuple(departures), rules=rules, orders=200)
    payload: dict[str, Any] = json.loads(SEQUENCES.dump_json(asked))
    return payload


def lane_payload() -> dict[str, Any]:
    asked = LaneQuestion(day=generate_lane_day(1), seconds=1)
    payload: dict[str, Any] = json.loads(LANES.dump_json(asked))
    return payload


def tow_payload() -> dict[str, Any]:
    day, fleet, rules = generate_tow_day(1, turns=120)
    asked = TowQuestion(day=day, fleet=fleet, rules=rules, seconds=10)
    payload: dict[str, Any] = json.loads(TOWS.dump_json(asked))
    return payload


PAYLOADS: dict[str, Callable[[], dict[str, Any]]] = {
    "stand_allocation": stand_payload,
    "departure_sequence": sequence_payload,
    "lane_plan": lane_payload,
    "tow_plan": tow_payload,
}
ANSWERS = {
    "stand_allocation": StandPlan,
    "departure_sequence": DepartureSequence,
    "lane_plan": LanePlan,
    "tow_plan": TowAnswer,
}


def answered(name: str, payload: object) -> Any:
    entry = installed().get(name)
    (outcome,) = resolve(entry.factory)(CONTEXT).predict([payload])
    if outcome.fault:
        raise outcome.fault
    return pickle.loads(pickle.dumps(outcome.value))


def test_plans_come_from_plain_values() -> None:
    plan = answered("stand_allocation", stand_payload())
    assert isinstance(plan, StandPlan)
    assert plan.figures.unplaced == 0
    found = answered("departure_sequence", sequence_payload())
    assert isinstance(found, DepartureSequence)
    assert len(found.take_offs) == len(sequence_payload()["departures"])


def test_a_published_plan_is_repaired() -> None:
    payload = stand_payload()
    plan = answered("stand_allocation", payload)
    published = plan.stand_of()
    stay, stand = next(iter(published.items()))
    closed = {"stand": stand, "span": [0, 10**9]}
    repair = answered("stand_allocation", payload | {"published": published, "changes": [closed]})
    assert isinstance(repair, Repair)
    assert stay in {move.stay for move in repair.moves}
    with pytest.raises(FactsRefused, match="published"):
        answered(
            "stand_allocation", payload | {"published": {"x/whole": stand}, "changes": [closed]}
        )


@pytest.mark.parametrize("entry", PLANNERS, ids=lambda entry: entry.card.name)
def test_the_fallback_takes_the_same_payload(entry: Any) -> None:
    name = entry.card.name
    assert entry.fallback is not None
    assert type(entry.fallback(PAYLOADS[name]())) is ANSWERS[name]
    assert type(answered(name, PAYLOADS[name]())) is ANSWERS[name]
    assert entry.card.limits


def test_the_version_that_serves_fills_in_what_a_payload_leaves_out(tmp_path: Path) -> None:
    store = VersionStore(tmp_path)
    sheet = Sheet(cases=("a",), values={})
    fields = {"name": "departure_sequence", "version": "1-x", "settings": {"orders": 100}}
    fields |= {"seed": 1, "cases": 1, "found_by": ""}  # type: ignore[dict-item]
    store.keep(fields, sheet, "card")
    store.point("departure_sequence", "1-x")
    payload = sequence_payload()
    del payload["orders"]
    entry = installed().get("departure_sequence")
    few = resolve(entry.factory)(HostContext(models=tmp_path, threads=1)).predict([payload])[0]
    many = resolve(entry.factory)(CONTEXT).predict([payload])[0]
    named = resolve(entry.factory)(CONTEXT).predict([payload | {"orders": 100}])[0]
    assert isinstance(few.value, DepartureSequence)
    assert isinstance(many.value, DepartureSequence)
    assert isinstance(named.value, DepartureSequence)
    assert few.value.take_offs == named.value.take_offs
    assert many.value.delay_s < few.value.delay_s


def test_a_refusal_names_the_field_and_no_value() -> None:
    payload = stand_payload()
    payload["day"]["turns"][3]["size"] = "secret"
    with pytest.raises(FactsRefused) as refused:
        answered("stand_allocation", payload)
    assert refused.value.field == "day.turns.3.size"
    assert "secret" not in str(refused.value)
    payload = stand_payload()
    payload["day"]["turns"][0]["off_block_min"] = 0
    with pytest.raises(FactsRefused, match="leaves before it comes"):
        answered("stand_allocation", payload)
    flights = sequence_payload()
    flights["departures"].append(flights["departures"][0])
    with pytest.raises(FactsRefused, match="name twice"):
        answered("departure_sequence", flights)
    with pytest.raises(FactsRefused, match="payload"):
        answered("departure_sequence", "no mapping")


def test_every_figure_of_a_plan_is_plain() -> None:
    json.dumps(asdict(answered("stand_allocation", stand_payload()).figures))
