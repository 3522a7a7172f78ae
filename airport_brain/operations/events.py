"""Topics that operations own, and what travels on them.

``operations.aidx.received`` holds AIDX messages byte for byte as they came. From them the canonical
event is made: ``operations.flight.changed`` carries the whole state of a flight as one airport
shows it (event-carried state), what changed, and where the original lies. Receivers need nothing
else to keep their own read model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

import orjson

from airport_brain.operations.domain import Change, Direction, Flight, RawRef, StatusLabel
from service_bus import Topic

AIDX_RECEIVED = Topic(
    name="operations.aidx.received.v1",
    owner="airport_brain.operations",
    summary="AIDX flight-leg messages as they came in, byte for byte.",
    key="source of the feed",
    retention=timedelta(days=30),
)

FLIGHT_CHANGED = Topic(
    name="operations.flight.changed.v1",
    owner="airport_brain.operations",
    summary="A flight as an airport shows it now, with what a message changed and where it lies.",
    key="flight leg id",
    retention=timedelta(days=30),
)

TOPICS: tuple[Topic, ...] = (AIDX_RECEIVED, FLIGHT_CHANGED)
"""All topics of this package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightChanged:
    """A flight is new or a message changed it.

    Attributes:
        flight: its whole state now, as ``flight.airport`` shows it.
        changes: fields of the leg whose current value is another now, with old value and source.
        values: current value of every field of the leg that was ever stated, by field name.
        raw_ref: the message that did it.
        new: first time that this airport shows the leg.
    """

    flight: Flight
    changes: tuple[Change, ...]
    values: Mapping[str, Any]
    raw_ref: RawRef
    new: bool

    def to_json(self) -> bytes:
        """As it travels: times ISO 8601 with ``Z``."""
        return orjson.dumps(asdict(self), option=orjson.OPT_UTC_Z)

    @classmethod
    def from_json(cls, data: bytes) -> FlightChanged:
        """Read what :meth:`to_json` wrote; members of later versions are passed over."""
        body = orjson.loads(data)
        return cls(
            flight=flight_from(body["flight"]),
            changes=tuple(Change(**change) for change in body["changes"]),
            values=body["values"],
            raw_ref=RawRef(**body["raw_ref"]),
            new=body["new"],
        )


_TIMES = ("scheduled", "estimated", "actual", "updated_at")
_LISTS = ("codeshares", "gates", "belts")
_KNOWN = frozenset(f.name for f in fields(Flight))


def flight_from(body: Mapping[str, Any]) -> Flight:
    """A flight from its JSON members."""
    values = {name: value for name, value in body.items() if name in _KNOWN}
    values |= {name: datetime.fromisoformat(values[name]) for name in _TIMES if values[name]}
    values |= {name: tuple(values[name]) for name in _LISTS}
    values["origin_date"] = date.fromisoformat(values["origin_date"])
    values["direction"] = Direction(values["direction"])
    values["status"] = StatusLabel(**values["status"])
    return Flight(**values)


def flight_json(flight: Flight) -> dict[str, Any]:
    """A flight as JSON members, the way the event and the board give it."""
    members: dict[str, Any] = orjson.loads(orjson.dumps(flight, option=orjson.OPT_UTC_Z))
    return members
