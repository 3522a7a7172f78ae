"""What operations know: flight legs, what each source states about them, and the board's view.

A leg is identified as in AIDX and SSIM: carrier, number, operational suffix, origin date, departure
and arrival airport, and a repeat number for a second operation. Times are aware UTC.

Nothing a source stated is overwritten by another source: a field keeps the latest statement of each
source, and the current value is chosen from them by rule (``aodb``). Times also leave a trace, the
append-only clocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NewType

LegId = NewType("LegId", str)
"""``VS-808P-20180603-LHR-LGW``; ``-r2`` is appended for repeat number 2."""

FlightId = NewType("FlightId", str)
"""A leg as one airport shows it: ``VS-808P-20180603-LHR-LGW@LGW``."""

Value = Any
"""A stated value: text, number, list or object of those, as JSON has them; ``None`` is cleared."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Direction(StrEnum):
    """What a leg is to an airport."""

    ARRIVAL = "arrival"
    DEPARTURE = "departure"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegKey:
    """Identity of a flight leg.

    Attributes:
        number: digits without leading zeros.
        origin_date: date of the flight's first departure; stays when the leg slips past midnight.
    """

    airline: str
    number: str
    suffix: str = ""
    origin_date: date
    departure: str
    arrival: str
    repeat: int = 0

    @property
    def id(self) -> LegId:
        """The key as one word, safe in URLs.

        >>> LegKey(airline="VS", number="808", suffix="P", origin_date=date(2018, 6, 3),
        ...        departure="LHR", arrival="LGW").id
        'VS-808P-20180603-LHR-LGW'
        """
        repeat = f"-r{self.repeat}" if self.repeat > 1 else ""
        return LegId(
            f"{self.airline}-{self.number}{self.suffix}-{self.origin_date:%Y%m%d}"
            f"-{self.departure}-{self.arrival}{repeat}"
        )

    @property
    def display(self) -> str:
        """Flight number as people say it."""
        return f"{self.airline}{self.number}{self.suffix}"

    def direction_at(self, airport: str) -> Direction:
        """What the leg is to an airport; a leg that ends where it began is an arrival there."""
        return Direction.ARRIVAL if airport == self.arrival else Direction.DEPARTURE


def flight_id(leg_id: str, airport: str) -> FlightId:
    """Id of a leg as one airport shows it."""
    return FlightId(f"{leg_id}@{airport}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTime:
    """One time of a leg as a source keys it.

    Attributes:
        qualifier: event (ONB in-block, TDN touchdown, OFB off-block, TKO take-off ...).
        time_type: SCT scheduled, EST estimated, ACT actual, TAR target, CAL calculated.
        code_context: code list of the qualifier; the same letters differ between lists.
        value: ``None`` when cleared or withdrawn.
    """

    qualifier: str
    time_type: str
    code_context: str = ""
    repeat_index: int | None = None
    value: datetime | None

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What makes two times of one source the same clock."""
        return (self.code_context, self.qualifier, self.time_type, self.repeat_index or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a statement comes from.

    Attributes:
        as_of: when the source says it made the message; order within one source goes by it.
        received_at: when it came in; order between sources goes by it.
    """

    source: str
    message_id: str
    as_of: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a source last said about one field."""

    value: Value
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesStatement:
    """The group of times a source last sent; groups are always sent whole."""

    times: tuple[ClockTime, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEntry:
    """One entry of a leg's append-only record of times.

    Attributes:
        late: came in after a newer message of its source, so it never was the current value.
    """

    time: ClockTime
    origin: Origin
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LegUpdate:
    """What one message says about one leg.

    Attributes:
        airports: airports whose view the sender gives; both ends when it does not say.
        values: fields that are stated; a field that is missing is not changed.
        times: the group of times, ``None`` when the message has none.
    """

    key: LegKey
    airports: tuple[str, ...]
    origin: Origin
    values: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    times: tuple[ClockTime, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegState:
    """Everything known of a leg.

    Attributes:
        airports: airports that show it.
        values: field -> source -> statement.
        times: source -> its group of times.
        last: origin of the last message about it.
    """

    key: LegKey
    airports: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, Statement]] = field(default_factory=lambda: NOTHING)
    times: Mapping[str, TimesStatement] = field(default_factory=lambda: NOTHING)
    last: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that a message changed: ``gate``-like names or ``time.ONB.EST``."""

    field: str
    old: Value
    new: Value
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLabel:
    """A status code in words; ``derived`` when it was read off the times, not sent."""

    code: str
    zh: str
    en: str
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """A leg as one airport's board shows it.

    Attributes:
        id: see :data:`FlightId`; ``leg_id`` is the same for both airports' views.
        scheduled: and ``estimated``, ``actual``: in-block (else touchdown) of an arrival, off-block
            (else take-off) of a departure; the ``*_event`` fields say which of the two.
        delay_min: actual, else estimated, less scheduled; negative is early.
        hidden: the sender asked not to show it (deleted, not for display).
        source: of the last message about the leg, ``message_id`` with it.
    """

    id: str
    leg_id: str
    airline: str
    flight_number: str
    suffix: str
    display: str
    codeshares: tuple[str, ...]
    origin_date: date
    origin: str
    destination: str
    direction: Direction
    airport: str
    scheduled: datetime | None
    scheduled_event: str
    estimated: datetime | None
    estimated_event: str
    actual: datetime | None
    actual_event: str
    status: StatusLabel
    public_status: str
    aircraft_type: str
    registration: str
    call_sign: str
    stand: str
    gates: tuple[str, ...]
    terminal: str
    belts: tuple[str, ...]
    runway: str
    delay_min: int | None
    hidden: bool
    updated_at: datetime
    source: str
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRef:
    """Where the untouched original lies on the bus."""

    message_id: str
    source: str
    topic: str
    partition: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedMessage:
    """A message that was applied, and where its original is."""

    ref: RawRef
    received_at: datetime
    as_of: datetime
    content_type: str
    legs: tuple[LegId, ...] = ()
    notices: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Liveliness of one source."""

    source: str
    last_message_at: datetime
    messages: int
