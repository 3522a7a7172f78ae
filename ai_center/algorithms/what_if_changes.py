"""What somebody may ask "what if" about, as it is written in a payload; moments are ISO 8601 with zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from ai_center.optimisers.stands import Letter
from ai_center.optimisers.tows import TugKind

MOST_CHANGES = 50

Minutes = Annotated[int, Field(ge=-1440, le=1440)]
Text = Annotated[str, Field(min_length=1, max_length=80)]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandClosed:
    """A stand cannot be used for a while."""

    stand: Text
    begins: AwareDatetime
    ends: AwareDatetime
    kind: Literal["stand_closed"] = "stand_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLate:
    """A turn comes and leaves later; earlier with a negative number."""

    turn: Text
    minutes: Minutes
    kind: Literal["turn_late"] = "turn_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnResized:
    """A turn is flown by an aircraft of another size."""

    turn: Text
    size: Letter
    kind: Literal["turn_resized"] = "turn_resized"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnCancelled:
    """A turn does not take place."""

    turn: Text
    kind: Literal["turn_cancelled"] = "turn_cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightLate:
    """A departure is ready later; earlier with a negative number."""

    flight: Text
    minutes: Minutes
    kind: Literal["flight_late"] = "flight_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightCancelled:
    """A departure does not take place."""

    flight: Text
    kind: Literal["flight_cancelled"] = "flight_cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRunway:
    """Everybody takes off from this runway."""

    runway: Text
    kind: Literal["one_runway"] = "one_runway"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayClosed:
    """No take-offs from a runway for a while."""

    runway: Text
    begins: AwareDatetime
    ends: AwareDatetime
    kind: Literal["runway_closed"] = "runway_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayRate:
    """A runway takes only so many take-offs an hour for a while."""

    runway: Text
    per_hour: Annotated[int, Field(ge=1, le=120)]
    begins: AwareDatetime
    ends: AwareDatetime
    kind: Literal["runway_rate"] = "runway_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanesOut:
    """So many lanes cannot be used for a while."""

    lanes: Annotated[int, Field(ge=1, le=200)]
    begins: AwareDatetime
    ends: AwareDatetime
    kind: Literal["lanes_out"] = "lanes_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class MorePeople:
    """More people come in a while, in percent of those expected; fewer with a negative number."""

    percent: Annotated[int, Field(ge=-100, le=400)]
    begins: AwareDatetime
    ends: AwareDatetime
    kind: Literal["more_people"] = "more_people"


@dataclass(frozen=True, slots=True, kw_only=True)
class TugsMissing:
    """So many tugs of a kind cannot be used for a while."""

    tugs: TugKind
    count: Annotated[int, Field(ge=1, le=100)]
    begins: AwareDatetime
    ends: AwareDatetime
    kind: Literal["tugs_missing"] = "tugs_missing"


StandChange = Annotated[
    StandClosed | TurnLate | TurnResized | TurnCancelled, Field(discriminator="kind")
]
SequenceChange = Annotated[
    FlightLate | FlightCancelled | OneRunway | RunwayClosed | RunwayRate,
    Field(discriminator="kind"),
]
LaneChange = Annotated[LanesOut | MorePeople, Field(discriminator="kind")]
TowChange = Annotated[TugsMissing | StandClosed | TurnLate, Field(discriminator="kind")]

StandChanges = Annotated[tuple[StandChange, ...], Field(min_length=1, max_length=MOST_CHANGES)]
SequenceChanges = Annotated[
    tuple[SequenceChange, ...], Field(min_length=1, max_length=MOST_CHANGES)
]
LaneChanges = Annotated[tuple[LaneChange, ...], Field(min_length=1, max_length=MOST_CHANGES)]
TowChanges = Annotated[tuple[TowChange, ...], Field(min_length=1, max_length=MOST_CHANGES)]
