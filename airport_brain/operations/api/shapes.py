"""What the routes give out. Times are UTC with ``Z``; the console's types are made from these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from airport_brain.operations.domain import AppliedMessage, ClockEntry, Feed, LegState
from airport_brain.operations.service import BoardPage, FlightDetail


class StatusOut(BaseModel):
    """A status code in two languages."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    zh: str
    en: str
    derived: bool = Field(description="read off the actual times because none was sent")


class FlightOut(BaseModel):
    """A flight as one airport shows it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    leg_id: str = Field(description="the leg, the same for both airports that may show it")
    airline: str
    flight_number: str
    suffix: str
    display: str = Field(description='as people say it, e.g. "MU5101"')
    codeshares: list[str]
    origin_date: date
    origin: str
    destination: str
    direction: Literal["arrival", "departure"]
    airport: str = Field(description="the airport whose view this is")
    scheduled: datetime | None
    scheduled_event: str = Field(description="ONB, TDN, OFB or TKO")
    estimated: datetime | None
    estimated_event: str
    actual: datetime | None
    actual_event: str
    status: StatusOut
    public_status: str
    aircraft_type: str
    registration: str
    call_sign: str
    stand: str
    gates: list[str]
    terminal: str
    belts: list[str]
    runway: str
    delay_min: int | None = Field(description="actual, else estimated, less scheduled")
    hidden: bool = Field(description="the sender asked not to show it")
    updated_at: datetime
    source: str
    message_id: str


class FeedOut(BaseModel):
    """Liveliness of one source."""

    model_config = ConfigDict(from_attributes=True)

    source: str
    last_message_at: datetime
    messages: int


class FlightsOut(BaseModel):
    """A page of the board."""

    items: list[FlightOut]
    total: int
    generated_at: datetime
    last_message_at: datetime | None
    feeds: list[FeedOut]


class TimeOut(BaseModel):
    """An entry of a leg's clocks."""

    qualifier: str
    time_type: str
    value: datetime | None = Field(description="null: cleared or withdrawn")
    code_context: str
    repeat_index: int | None
    source: str
    as_of: datetime = Field(description="when the source made the message")
    received_at: datetime
    message_id: str
    late: bool = Field(description="came after a newer message of its source; never was current")
    current: bool = Field(description="this entry is what is shown now")


class StatementOut(BaseModel):
    """What one source last said about one field."""

    field: str
    value: Any
    source: str
    as_of: datetime
    received_at: datetime
    message_id: str
    current: bool


class ResourceOut(BaseModel):
    """What one end of the leg uses."""

    side: Literal["arrival", "departure", ""]
    usage: str = Field(description="planned, actual or empty")
    values: dict[str, Any] = Field(description="stand, gates, terminal, belts, runway ...")


class MessageOut(BaseModel):
    """A message about the flight, and where its original lies."""

    message_id: str
    source: str
    received_at: datetime
    as_of: datetime
    topic: str
    partition: int
    offset: int
    warnings: list[dict[str, str]]


class FlightDetailOut(FlightOut):
    """A flight with everything that led to what is shown."""

    times: list[TimeOut]
    resources: list[ResourceOut]
    remarks: list[str]
    values: list[StatementOut] = Field(description="every field, as each source last said it")
    messages: list[MessageOut]


class IntakeOut(BaseModel):
    """The message is on disk."""

    message_id: str
    correlation_id: str
    topic: str
    partition: int
    offset: int
    duplicate: bool = Field(description="the same message was taken before; nothing is added")
    warnings: list[dict[str, str]]


def page_out(page: BoardPage, now: datetime) -> FlightsOut:
    """A page of the board as JSON."""
    return FlightsOut(
        items=[FlightOut.model_validate(flight) for flight in page.flights],
        total=page.total,
        generated_at=now,
        last_message_at=page.last_message_at,
        feeds=[feed_out(feed) for feed in page.feeds],
    )


def feed_out(feed: Feed) -> FeedOut:
    """A feed as JSON."""
    return FeedOut.model_validate(feed)


def detail_out(detail: FlightDetail) -> FlightDetailOut:
    """A flight with its history as JSON."""
    statements = _statements(detail.state)
    shown = {s.field: s.value for s in statements if s.current}
    return FlightDetailOut(
        **FlightOut.model_validate(detail.flight).model_dump(),
        times=[
            _time(entry, current=position in detail.current)
            for position, entry in enumerate(detail.clocks)
        ],
        resources=_resources(shown),
        remarks=[str(text) for text in shown.get("remarks") or ()],
        values=statements,
        messages=[_message(message) for message in detail.messages],
    )


def _time(entry: ClockEntry, *, current: bool) -> TimeOut:
    return TimeOut(
        qualifier=entry.time.qualifier,
        time_type=entry.time.time_type,
        value=entry.time.value,
        code_context=entry.time.code_context,
        repeat_index=entry.time.repeat_index,
        source=entry.origin.source,
        as_of=entry.origin.as_of,
        received_at=entry.origin.received_at,
        message_id=entry.origin.message_id,
        late=entry.late,
        current=current,
    )


def _statements(state: LegState) -> list[StatementOut]:
    found = []
    for name, statements in sorted(state.values.items()):
        latest = max(statements.values(), key=lambda s: (s.origin.received_at, s.origin.as_of))
        found += [
            StatementOut(
                field=name,
                value=statement.value,
                source=source,
                as_of=statement.origin.as_of,
                received_at=statement.origin.received_at,
                message_id=statement.origin.message_id,
                current=statement is latest,
            )
            for source, statement in sorted(statements.items())
        ]
    return found


def _resources(shown: dict[str, Any]) -> list[ResourceOut]:
    ends: dict[tuple[str, str], dict[str, Any]] = {}
    for name, value in shown.items():
        side, _, rest = name.partition(".")
        usage, dot, resource = rest.partition(".")
        if dot and value is not None:
            ends.setdefault((side, usage), {})[resource] = value
    return [
        ResourceOut(side=side, usage=usage, values=values)
        for (side, usage), values in sorted(ends.items())
    ]


def _message(message: AppliedMessage) -> MessageOut:
    return MessageOut(
        message_id=message.ref.message_id,
        source=message.ref.source,
        received_at=message.received_at,
        as_of=message.as_of,
        topic=message.ref.topic,
        partition=message.ref.partition,
        offset=message.ref.offset,
        warnings=[dict(notice) for notice in message.notices],
    )
