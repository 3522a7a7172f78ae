"""Passengers of the played hour's departures, and the faces that some of them show at the gate.

The faces are photographs that open-source packages ship for their own demonstrations. Each person of
that cast travels under an invented name; a gate visit shows the same photograph as a camera would see
it again: other light, another angle, a little noise. Most passengers have no face record and board
with their document, as in life.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from airport_brain.scenarios.hongqiao_day.flights import Leg

SURNAMES = (
    "WANG", "LI", "ZHANG", "LIU", "CHEN", "YANG", "HUANG", "ZHAO", "WU", "ZHOU", "XU", "SUN", "MA",
    "ZHU", "HU", "GUO", "HE", "LIN", "GAO", "LUO",
)  # fmt: skip
GIVEN = (
    "WEI", "FANG", "NA", "MIN", "JING", "LEI", "QIANG", "YANG", "YAN", "JUN", "JIE", "JUAN", "TAO",
    "MING", "CHAO", "XIUYING", "XIA", "PING", "GANG", "GUIYING",
)  # fmt: skip
ROWS = range(31, 62)
LETTERS = "ABCJKL"

FACES_PER_LEG = 2
IMPOSTOR_SHARE = 0.1
NO_SHOW_SHARE = 0.04
LATEST_AT_GATE = timedelta(minutes=7)
"""Before the aircraft leaves; the gate closes two minutes later."""
ENROLLED_BEFORE = timedelta(seconds=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """One passenger of a departing leg.

    Attributes:
        reference: booking reference; with the sequence number it is unique in the day.
        document: an invented number that no issuer gives.
        screened_at: security-check mark; a DCS states it with the check-in.
        stays_away_at: when the DCS gives the passenger up, if it does.
        face: index into the cast, or ``None`` for a passenger without a face record.
        enrols_at: when the document photo is enrolled, scenario time.
        arrives_at_gate: when the gate camera sees the passenger.
        impostor: shows another person's face (a try that the gate must refuse).
    """

    reference: str
    name: str
    document: str
    leg: Leg
    seat: str
    sequence: int
    checked_in_at: datetime
    screened_at: datetime
    stays_away_at: datetime | None = None
    face: int | None = None
    enrols_at: datetime | None = None
    arrives_at_gate: datetime | None = None
    impostor: bool = False

    @property
    def key(self) -> str:
        """Names the traveller within the day."""
        return f"{self.leg.display}-{self.sequence}"


def plan_travellers(
    seed: int,
    start: datetime,
    legs: Sequence[Leg],
    *,
    per_leg: int,
    cast: int,
    speed: float = 1.0,
) -> list[Traveller]:
    """Make travellers for the departing legs; the same arguments give the same people.

    Who leaves soon is told in the first seconds of the day, others one to two hours before they
    leave. A day that is told fast runs ahead of real clocks; its security-check marks do not, because
    no airport takes a mark from the future.
    """
    chooser = random.Random(f"passengers-{seed}")
    travellers: list[Traveller] = []
    for leg in legs:
        if leg.arriving or leg.cancelled or leg.actual < start + timedelta(minutes=9):
            continue
        travellers += _of_leg(chooser, start, leg, per_leg, cast)
    if speed > 1:
        travellers = [_marked_in_time(one, start, speed) for one in travellers]
    return sorted(travellers, key=lambda traveller: (traveller.checked_in_at, traveller.key))


def _marked_in_time(traveller: Traveller, start: datetime, speed: float) -> Traveller:
    told = start + (traveller.checked_in_at - start) / speed
    return replace(traveller, screened_at=min(traveller.screened_at, told))


def _of_leg(
    chooser: random.Random, start: datetime, leg: Leg, per_leg: int, cast: int
) -> list[Traveller]:
    seats = [f"{row}{letter}" for row in ROWS for letter in LETTERS]
    chooser.shuffle(seats)
    # At most one traveller per face and leg: two would be the same person twice on board.
    faces = chooser.sample(range(cast), k=min(cast, FACES_PER_LEG)) if cast else []
    people = []
    for sequence, seat in enumerate(seats[:per_leg], start=1):
        face = faces[sequence - 1] if sequence <= len(faces) else None
        checked_in = max(
            leg.scheduled - timedelta(minutes=chooser.uniform(75, 120)),
            start + timedelta(seconds=chooser.uniform(3, 30)),
        )
        # The latest wins where there is little time: the check-in must be applied before.
        at_gate = leg.actual - timedelta(minutes=chooser.uniform(8, 28))
        at_gate = max(at_gate, start + timedelta(seconds=chooser.uniform(95, 110)))
        at_gate = min(at_gate, leg.actual - LATEST_AT_GATE)
        stays_away = face is None and chooser.random() < NO_SHOW_SHARE
        people.append(
            Traveller(
                reference="".join(chooser.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6)),
                name=f"{chooser.choice(SURNAMES)}/{chooser.choice(GIVEN)}",
                document=f"00000019{chooser.randint(600101, 991228)}{chooser.randint(1000, 9999)}",
                leg=leg,
                seat=seat,
                sequence=sequence,
                checked_in_at=checked_in,
                screened_at=checked_in - timedelta(minutes=chooser.uniform(1, 25)),
                stays_away_at=leg.actual - timedelta(minutes=9) if stays_away else None,
                face=face,
                enrols_at=None if face is None else at_gate - ENROLLED_BEFORE,
                arrives_at_gate=None if face is None else at_gate,
                impostor=face is not None and chooser.random() < IMPOSTOR_SHARE,
            )
        )
    return people
