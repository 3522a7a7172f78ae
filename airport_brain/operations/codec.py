"""The state of a leg, flights and messages as JSON, the way stores keep them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import orjson

from airport_brain.operations.domain import (
    ClockTime,
    LegKey,
    LegState,
    Origin,
    Statement,
    TimesStatement,
)


def write_state(state: LegState) -> bytes:
    """A leg's state as JSON."""
    return orjson.dumps(
        {
            "key": asdict(state.key),
            "airports": state.airports,
            "values": {
                name: {source: asdict(statement) for source, statement in statements.items()}
                for name, statements in state.values.items()
            },
            "times": {source: asdict(statement) for source, statement in state.times.items()},
            "last": asdict(state.last),
        },
        option=orjson.OPT_UTC_Z,
    )


def read_state(data: bytes) -> LegState:
    """Read what :func:`write_state` wrote."""
    body = orjson.loads(data)
    key = body["key"]
    return LegState(
        key=LegKey(**{**key, "origin_date": date.fromisoformat(key["origin_date"])}),
        airports=tuple(body["airports"]),
        values=MappingProxyType(
            {
                name: MappingProxyType(
                    {source: _statement(inner) for source, inner in statements.items()}
                )
                for name, statements in body["values"].items()
            }
        ),
        times=MappingProxyType(
            {
                source: TimesStatement(
                    times=tuple(_time(inner) for inner in statement["times"]),
                    origin=_origin(statement["origin"]),
                )
                for source, statement in body["times"].items()
            }
        ),
        last=_origin(body["last"]),
    )


def _statement(body: Mapping[str, Any]) -> Statement:
    return Statement(value=body["value"], origin=_origin(body["origin"]))


def _origin(body: Mapping[str, Any]) -> Origin:
    return Origin(
        source=body["source"],
        message_id=body["message_id"],
        as_of=datetime.fromisoformat(body["as_of"]),
        received_at=datetime.fromisoformat(body["received_at"]),
    )


def _time(body: Mapping[str, Any]) -> ClockTime:
    value = body["value"]
    return ClockTime(**{**body, "value": datetime.fromisoformat(value) if value else None})
