"""What travels: flights as operations announce them, decisions as they are kept."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

from airport_brain.operations.domain import Direction, Flight, RawRef, StatusLabel
from airport_brain.operations.events import FlightChanged
from passenger_id import codec
from passenger_id.domain import FlightPhase, ModelRef, QualityPart
from passenger_id.matching import Outcome, Verdict
from passenger_id.reasons import REASONS, reason
from service_bus import Reject
from tests.unit.passenger_id.desk import FLIGHT, NOW, STD


def announced(**changes: Any) -> bytes:
    """An announcement in operations' own hand."""
    known: dict[str, Any] = {
        "id": "MU-5101-20261124-SHA-PEK@SHA",
        "leg_id": "MU-5101-20261124-SHA-PEK",
        "airline": "MU",
        "flight_number": "5101",
        "suffix": "",
        "display": "MU5101",
        "codeshares": (),
        "origin_date": date(2026, 11, 24),
        "origin": "SHA",
        "destination": "PEK",
        "direction": Direction.DEPARTURE,
        "airport": "SHA",
        "scheduled": STD,
        "estimated": None,
        "actual": None,
        "status": StatusLabel(code="BST", zh="开始登机", en="Boarding"),
        "gates": ("D12",),
        "belts": (),
        "stand": "212",
        "updated_at": NOW,
        "source": "/aodb",
        "message_id": "m1",
        **changes,
    }
    silent = {f.name: None for f in fields(Flight)}
    event = FlightChanged(
        flight=Flight(**{**silent, **known}),
        changes=(),
        values={},
        raw_ref=RawRef(message_id="m1", source="/aodb", topic="t", partition=0, offset=0),
        new=True,
    )
    return event.to_json()


def test_what_operations_announce_is_understood() -> None:
    view = codec.read_flight(announced(), as_of=datetime(2020, 1, 1, tzinfo=UTC))
    assert view is not None
    assert view.key == FLIGHT
    assert (view.scheduled, view.actual, view.as_of) == (STD, None, NOW)
    assert (view.status_code, view.status_zh, view.phase) == ("BST", "开始登机", FlightPhase.OPEN)
    assert (view.gates, view.stand) == (("D12",), "212")


def test_arrivals_are_passed_over() -> None:
    assert codec.read_flight(announced(direction=Direction.ARRIVAL), as_of=NOW) is None


@pytest.mark.parametrize(
    ("code", "phase"),
    [
        ("DX", FlightPhase.CANCELLED),
        ("DV", FlightPhase.DIVERTED),
        ("GCL", FlightPhase.GATE_CLOSED),
        ("OFB", FlightPhase.DEPARTED),
        ("X9", FlightPhase.OPEN),
    ],
)
def test_status_codes_mean_something_at_a_gate(code: str, phase: FlightPhase) -> None:
    status = StatusLabel(code=code, zh="", en="")
    view = codec.read_flight(announced(status=status), as_of=NOW)
    assert view is not None
    assert view.phase is phase


def test_an_actual_time_means_departed_whatever_the_code() -> None:
    view = codec.read_flight(announced(actual=STD), as_of=NOW)
    assert view is not None
    assert view.phase is FlightPhase.DEPARTED


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (b"{}", "airline"),
        (announced().replace(b'"2026-11-24"', b'"someday"'), "origin_date"),
        (announced().replace(b'"2026-11-24T08:00:00Z"', b'"soon"'), "scheduled"),
    ],
)
def test_an_announcement_without_identity_is_rejected_by_field(data: bytes, field: str) -> None:
    with pytest.raises(Reject) as rejected:
        codec.read_flight(data, as_of=NOW)
    assert rejected.value.facts["field"] == field


def test_a_decision_is_read_as_it_was_written() -> None:
    verdict = Verdict(
        outcome=Outcome.MATCH,
        reason=reason("face_match"),
        model=ModelRef(name="m", version="1", sha256="a" * 64),
        score=0.75,
        threshold=0.5,
        band="strong",
        quality=(QualityPart(name="Sharpness", value=0.1, unit="variance", score=90, ok=True),),
        stage_ms={"embed": 7.5},
    )
    assert codec.read_verdict(codec.write_verdict(verdict)) == verdict


def test_every_reason_speaks_both_languages() -> None:
    for code, why in REASONS.items():
        assert why.code == code
        assert any("\u4e00" <= letter <= "\u9fff" for letter in why.zh)
        assert why.en.isascii()
