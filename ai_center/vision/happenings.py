"""What can happen on a stand that a camera sees: the milestones, in the words of the trade.

MH/T 6125-2022 lists the core data that video may capture and defines each physically; its full text
was not at hand, so the Chinese names here are the usual ones of the trade and a starting value. Each
milestone's moment is defined below as the film's truth and the detector both take it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What the detector can tell apart; other vehicles only because they hide what is behind them."""

    AIRCRAFT = "aircraft"
    BRIDGE_HEAD = "bridge_head"
    FUEL_TRUCK = "fuel_truck"
    BELT_LOADER = "belt_loader"
    CATERING_TRUCK = "catering_truck"
    TUG = "tug"
    GROUND_POWER = "ground_power"
    BAGGAGE_TRACTOR = "baggage_tractor"
    CHOCKS = "chocks"
    OTHER = "other_vehicle"


KINDS: Final = tuple(Kind)
"""In the order of the detector's outputs."""


class Milestone(StrEnum):
    """What happened."""

    ON_BLOCK = "on_block"
    CHOCKS_ON = "chocks_on"
    BRIDGE_DOCKED = "bridge_docked"
    GROUND_POWER_IN = "ground_power_in"
    LOADER_IN = "loader_in"
    FUEL_IN = "fuel_in"
    CATERING_IN = "catering_in"
    CATERING_OUT = "catering_out"
    FUEL_OUT = "fuel_out"
    LOADER_OUT = "loader_out"
    GROUND_POWER_OUT = "ground_power_out"
    BRIDGE_UNDOCKED = "bridge_undocked"
    TUG_IN = "tug_in"
    CHOCKS_OFF = "chocks_off"
    OFF_BLOCK = "off_block"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A milestone in words.

    Attributes:
        name: as the trade says it in Chinese.
        english: the same in English.
        moment: physically, when it is.
        acdm: time of the A-CDM set that it gives, or empty.
    """

    name: str
    english: str
    moment: str
    acdm: str = ""


MEANINGS: Final = {
    Milestone.ON_BLOCK: Meaning(
        name="航空器入位",
        english="on block",
        moment="the aircraft has come to rest on the stand",
        acdm="AIBT",
    ),
    Milestone.CHOCKS_ON: Meaning(
        name="上轮挡", english="chocks on", moment="the nose wheel's chocks lie"
    ),
    Milestone.BRIDGE_DOCKED: Meaning(
        name="廊桥对接", english="bridge docked", moment="the bridge head rests at the door"
    ),
    Milestone.GROUND_POWER_IN: Meaning(
        name="电源车到位", english="ground power in position", moment="it stands at the nose"
    ),
    Milestone.LOADER_IN: Meaning(
        name="传送带车到位",
        english="belt loader in position",
        moment="the first loader stands at a hold door",
        acdm="ACGT",
    ),
    Milestone.FUEL_IN: Meaning(
        name="加油车到位", english="fuel truck in position", moment="it stands under a wing"
    ),
    Milestone.CATERING_IN: Meaning(
        name="配餐车到位", english="catering truck in position", moment="it stands at a door"
    ),
    Milestone.CATERING_OUT: Meaning(
        name="配餐车撤离", english="catering truck gone", moment="it sets off from the door"
    ),
    Milestone.FUEL_OUT: Meaning(
        name="加油车撤离", english="fuel truck gone", moment="it sets off from the wing"
    ),
    Milestone.LOADER_OUT: Meaning(
        name="传送带车撤离",
        english="belt loader gone",
        moment="the last loader sets off from a hold door",
    ),
    Milestone.GROUND_POWER_OUT: Meaning(
        name="电源车撤离", english="ground power gone", moment="it sets off from the nose"
    ),
    Milestone.BRIDGE_UNDOCKED: Meaning(
        name="廊桥撤离", english="bridge undocked", moment="the bridge head sets off from the door"
    ),
    Milestone.TUG_IN: Meaning(
        name="牵引车到位", english="tug in position", moment="it stands at the nose wheel"
    ),
    Milestone.CHOCKS_OFF: Meaning(
        name="撤轮挡", english="chocks off", moment="the nose wheel's chocks are taken away"
    ),
    Milestone.OFF_BLOCK: Meaning(
        name="航空器推出",
        english="off block",
        moment="the aircraft begins to move away from the stand",
        acdm="AOBT",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A milestone of a film: what, and how many seconds after its start."""

    milestone: Milestone
    at_s: float
