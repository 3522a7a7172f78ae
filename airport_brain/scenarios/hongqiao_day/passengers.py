"""Passengers of the played hour's departures, and the faces that some of them show at the gate.

The faces are photographs that open-source packages ship for their own demonstrations. Each person of
that cast travels under an invented name; a gate visit shows the same photograph as a camera would see
it again: other light, another size, a little noise. Most passengers have no face record and board
with their document, as in life.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """One passenger of a departing leg.

    Attributes:
        reference: booking reference; with the sequence number it is unique in the day.
        face: index into the cast, or ``None`` for a passenger without a face record.
        enrols_at: when the document photo is enrolled, scenario time.
        arrives_at_gate: when the gate camera sees the passenger.
        impostor: shows another person's face (a try that the gate must refuse).
    """

    reference: str
    name: str
    leg: Leg
    seat: str
    sequence: int
    checked_in_at: datetime
    face: int | None = None
    enrols_at: datetime | None = None
    arrives_at_gate: datetime | None = None
    impostor: bool = False


def plan_travellers(
    seed: int, start: datetime, legs: Sequence[Leg], *, per_leg: int, cast: int
) -> list[Traveller]:
    """Make travellers for the departing legs; the same arguments give the same people."""
    chooser = random.Random(f"passengers-{seed}")
    travellers: list[Traveller] = []
    for leg in legs:
        if leg.arriving or leg.cancelled or leg.actual < start + timedelta(minutes=8):
            continue
        travellers += _of_leg(chooser, start, leg, per_leg, cast)
    return sorted(travellers, key=lambda traveller: traveller.checked_in_at)


def _of_leg(
    chooser: random.Random, start: datetime, leg: Leg, per_leg: int, cast: int
) -> list[Traveller]:
    seats = [f"{row}{letter}" for row in ROWS for letter in LETTERS]
    chooser.shuffle(seats)
    # At most one traveller per face and leg: two would be the same person twice on board.
    faces = chooser.sample(range(cast), k=min(cast, 2)) if cast else []
    people = []
    for sequence, seat in enumerate(seats[:per_leg], start=1):
        face = faces[sequence - 1] if sequence <= len(faces) else None
        at_gate = leg.actual - timedelta(minutes=chooser.uniform(6, 28))
        at_gate = max(at_gate, start + timedelta(minutes=chooser.uniform(1, 7)))
        people.append(
            Traveller(
                reference="".join(chooser.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6)),
                name=f"{chooser.choice(SURNAMES)}/{chooser.choice(GIVEN)}",
                leg=leg,
                seat=seat,
                sequence=sequence,
                checked_in_at=start + timedelta(seconds=chooser.uniform(1, 40)),
                face=face,
                enrols_at=None if face is None else at_gate - timedelta(seconds=45),
                arrives_at_gate=None if face is None else at_gate,
                impostor=face is not None and chooser.random() < 0.1,
            )
        )
    return people
