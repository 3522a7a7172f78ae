"""Air waybills of the played hour and the status messages that handling them brings.

Exports are booked, received and leave in the hold of a departing leg; imports arrive with an
arriving leg and are received, announced and delivered. Part shipments, an offload and late news
occur as they do in a warehouse.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from airport_brain.scenarios.hongqiao_day.flights import Leg

PREFIX_OF_CARRIER = {
    "MU": "781", "FM": "774", "CA": "999", "CZ": "784", "HU": "880", "ZH": "479", "3U": "876",
    "MF": "731", "HO": "018", "9C": "089",
}  # fmt: skip

AGENTS = ("PUDONG FORWARDING", "HONGQIAO LOGISTICS", "EAST GATE CARGO", "HUANGPU EXPRESS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One status to report: an FSU in the making.

    Attributes:
        at: when the message is sent, scenario time.
        happened: when the thing happened (station-local time goes into the message).
        code: IATA status code.
        station: where it happened; of a flight's movement, where the flight begins.
        pieces: of ``total_pieces``; fewer means a part shipment.
    """

    at: datetime
    happened: datetime
    code: str
    station: str
    pieces: int
    weight_kg: Decimal
    leg: Leg | None = None
    name: str = ""
    discrepancy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waybill:
    """An air waybill and everything that will be said of it within the hour."""

    awb: str
    origin: str
    destination: str
    pieces: int
    weight_kg: Decimal
    statuses: tuple[Status, ...]


def plan_freight(seed: int, start: datetime, legs: Sequence[Leg], *, count: int) -> list[Waybill]:
    """Make ``count`` waybills on the given legs; the same arguments give the same waybills."""
    chooser = random.Random(f"freight-{seed}")
    used: set[int] = set()
    carrying = [leg for leg in legs if not leg.cancelled]
    return [_waybill(chooser, start, chooser.choice(carrying), used) for _ in range(count)]


def awb_number(prefix: str, serial: int) -> str:
    """Eleven digits with a hyphen; the eighth serial digit is the first seven modulo 7.

    >>> awb_number("112", 1234567)
    '112-12345675'
    """
    return f"{prefix}-{serial:07d}{serial % 7}"


def _waybill(chooser: random.Random, start: datetime, leg: Leg, used: set[int]) -> Waybill:
    while (serial := chooser.randrange(1_000_000, 9_999_999)) in used:
        pass
    used.add(serial)
    pieces = min(400, 1 + int(chooser.expovariate(1 / 14)))
    weight = Decimal(pieces * chooser.randint(4, 60)) + Decimal(chooser.choice(["0", "0.5"]))
    journey = _inbound if leg.arriving else _outbound
    statuses = sorted(
        journey(chooser, start, leg, pieces, weight), key=lambda s: (s.at, s.happened)
    )
    return Waybill(
        awb=awb_number(PREFIX_OF_CARRIER[leg.airline], serial),
        origin=leg.departure_airport,
        destination=leg.arrival_airport,
        pieces=pieces,
        weight_kg=weight,
        statuses=tuple(statuses),
    )


def _outbound(
    chooser: random.Random, start: datetime, leg: Leg, pieces: int, weight: Decimal
) -> list[Status]:
    off = leg.actual
    agent = chooser.choice(AGENTS)
    steps = [
        ("BKD", off - timedelta(hours=chooser.uniform(20, 40)), agent, leg),
        ("FOH", off - timedelta(hours=chooser.uniform(5, 8)), agent, None),
        ("RCS", off - timedelta(hours=chooser.uniform(3.2, 4.5)), agent, None),
        ("MAN", off - timedelta(minutes=chooser.uniform(50, 90)), "", leg),
        ("DEP", off + timedelta(minutes=12), "", leg),
    ]
    carried, carried_weight = _part(chooser, pieces, weight)
    statuses = []
    for code, happened, name, on in steps:
        split = code in ("MAN", "DEP")
        statuses.append(
            Status(
                at=_sent(chooser, start, happened),
                happened=happened,
                code=code,
                station="SHA",
                pieces=carried if split else pieces,
                weight_kg=carried_weight if split else weight,
                leg=on,
                name=name,
            )
        )
    if carried < pieces:
        happened = off - timedelta(minutes=20)
        statuses.append(
            Status(
                at=_sent(chooser, start, happened),
                happened=happened,
                code="DIS",
                station="SHA",
                pieces=pieces - carried,
                weight_kg=weight - carried_weight,
                leg=leg,
                discrepancy="OFLD",
            )
        )
    return statuses


def _inbound(
    chooser: random.Random, start: datetime, leg: Leg, pieces: int, weight: Decimal
) -> list[Status]:
    landed = leg.actual
    steps = [
        ("DEP", landed - leg.block, leg.other_airport, leg),
        ("ARR", landed + timedelta(minutes=4), "SHA", leg),
        ("RCF", landed + timedelta(minutes=chooser.uniform(18, 35)), "SHA", leg),
        ("NFD", landed + timedelta(minutes=chooser.uniform(36, 50)), "SHA", None),
        ("DLV", landed + timedelta(minutes=chooser.uniform(52, 110)), "SHA", None),
    ]
    consignee = chooser.choice(AGENTS)
    return [
        Status(
            at=_sent(chooser, start, happened),
            happened=happened,
            code=code,
            station=station,
            pieces=pieces,
            weight_kg=weight,
            leg=on,
            name=consignee if code in ("NFD", "DLV") else "",
        )
        for code, happened, station, on in steps
    ]


def _sent(chooser: random.Random, start: datetime, happened: datetime) -> datetime:
    """Messages follow the event by seconds to minutes; what is past is told in the first minutes."""
    sent = happened + timedelta(seconds=chooser.expovariate(1 / 40))
    return sent if sent > start else start + timedelta(seconds=chooser.uniform(2, 150))


def _part(chooser: random.Random, pieces: int, weight: Decimal) -> tuple[int, Decimal]:
    if pieces < 6 or chooser.random() > 0.08:
        return pieces, weight
    carried = pieces - chooser.randint(1, pieces // 3)
    return carried, (weight * carried / pieces).quantize(Decimal("0.1"))
