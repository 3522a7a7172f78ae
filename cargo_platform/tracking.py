"""From status messages to shipments: safe against late, repeated and part messages. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from cargo_platform.domain import ORDER, STAGES, Milestone, Shipment
from cargo_platform.formats import fsu
from cargo_platform.formats.cimp_values import normal_flight
from cargo_platform.stations import same_place, to_utc

END_OF_DAY = timedelta(hours=23, minutes=59)


def milestones(
    message: fsu.Message, *, received: datetime, sender: str, message_id: str
) -> list[tuple[str, Milestone]]:
    """The milestones that a status message reports, each with its identity."""
    awb = message.consignment.awb
    whole, _ = _whole(message)
    found = []
    for status in message.statuses:
        local, has_time = _moment(status)
        amount = status.quantity
        total = amount.total or whole
        milestone = Milestone(
            code=status.code,
            station=status.station,
            local=local,
            has_time=has_time,
            utc=to_utc(status.station, local) if has_time else None,
            to=status.to if status.code in fsu.FLIGHT_LEG else "",
            flight=normal_flight(status.flight),
            pieces=amount.pieces,
            weight_kg=amount.weight_kg,
            part=amount.code != "T" and (total is None or amount.pieces < total),
            discrepancy=status.discrepancy,
            received=received,
            sender=sender,
            message_id=message_id,
        )
        found.append((identity(awb, status), milestone))
    return found


def identity(awb: str, status: fsu.Status) -> str:
    """Key of what happened, whoever reports it and however often: equal news is one milestone.

    Of a flight leg the day counts and not the time, which some senders give and others do not.
    """
    facts = (
        awb,
        status.code,
        status.station,
        status.local.isoformat(),
        status.to,
        normal_flight(status.flight),
        status.quantity.pieces,
        status.discrepancy,
    )
    return hashlib.sha256("|".join(map(str, facts)).encode()).hexdigest()[:32]


def _moment(status: fsu.Status) -> tuple[datetime, bool]:
    """When it happened, or is planned: the time information says what the date leaves open."""
    told = status.departure_time if status.code in fsu.FLIGHT_LEG else status.arrival_time
    if status.has_time or told is None:
        return status.local, status.has_time
    if status.code in ("DEP", "ARR", "RCF") and told.kind != "A":
        return status.local, False
    moment = told.on(status.local)
    return (status.local, False) if moment is None else (moment, True)


def _whole(message: fsu.Message) -> tuple[int | None, Decimal | None]:
    """Pieces and kilograms of the whole shipment, as far as the consignment line says."""
    amount = message.consignment.quantity
    if amount is None:
        return None, None
    if amount.code == "T":
        return amount.pieces, amount.weight_kg
    return amount.total, None


def merged(known: Shipment | None, message: fsu.Message, received: datetime) -> Shipment:
    """The shipment with what a message's consignment line says.

    A field that a message leaves out keeps its value; a later message corrects an earlier one, an
    older one only fills gaps.
    """
    line = message.consignment
    pieces, weight = _whole(message)
    if known is None:
        return Shipment(
            awb=line.awb,
            origin=line.origin,
            destination=line.destination,
            pieces=pieces,
            weight_kg=weight,
            updated=received,
        )
    newer = received >= known.updated
    return replace(
        known,
        origin=(newer and line.origin) or known.origin or line.origin,
        destination=(newer and line.destination) or known.destination or line.destination,
        pieces=(pieces if newer and pieces is not None else known.pieces) or pieces,
        weight_kg=(weight if newer and weight is not None else known.weight_kg) or weight,
        updated=max(received, known.updated),
    )


def in_order(found: Iterable[Milestone]) -> list[Milestone]:
    """Milestones in the order they happened.

    Where a zone is known its moment decides, else the local time as it stands. A day without a time
    counts as its end, so that it comes after that day's timed events that lead to it.
    """

    def key(milestone: Milestone) -> tuple[datetime, int]:
        local = milestone.local if milestone.has_time else milestone.local + END_OF_DAY
        moment = milestone.utc or to_utc(milestone.station, local)
        return moment.replace(tzinfo=None) if moment else local, ORDER.get(milestone.code, 50)

    return sorted(found, key=key)


def status_of(shipment: Shipment, found: Sequence[Milestone]) -> Milestone | None:
    """The milestone that says how far the shipment is.

    The farthest along the way: from airport to airport as the departures say, at each airport the
    arrival before the next departure. Plans count as long as nothing has moved.
    """
    moving = [m for m in found if m.code in ORDER]
    if not moving:
        return found[-1] if found else None
    hops = _hops(shipment, moving)

    def rank(milestone: Milestone) -> tuple[int, bool, int]:
        order = ORDER[milestone.code]
        if milestone.code in _PLANS:
            return 0, False, order
        return hops.get(milestone.station, 1), milestone.code in _ONWARD, order

    return max(in_order(moving), key=rank)


_PLANS = frozenset({"BKD", "PRE", "MAN"})
_ONWARD = frozenset({"RCS", "FOW", "DEP", "TRM", "TFD", "RCT"})


def _hops(shipment: Shipment, found: Sequence[Milestone]) -> dict[str, int]:
    """How many flights each airport is from the origin; the destination is farther than all."""
    hops: dict[str, int] = {}
    for milestone in in_order(m for m in found if m.code == "DEP"):
        start = hops.setdefault(milestone.station, 0)
        hops.setdefault(milestone.to, start + 1)
    last = max(hops.values(), default=0) + 1
    for milestone in found:
        if same_place(shipment.destination, milestone.station):
            hops[milestone.station] = last
        elif same_place(shipment.origin, milestone.station):
            hops[milestone.station] = 0
    return hops


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the line with its state: done, partial, or open."""

    code: str
    state: str
    pieces: int


def stages(shipment: Shipment, found: Sequence[Milestone]) -> list[Stage]:
    """How far each stage is.

    What leaves counts at the origin and what arrives at the destination; a transit airport is neither.
    Pieces are summed over flights, never above the whole.
    """
    total = shipment.pieces or 0
    result = []
    for code, _, reaching in STAGES:
        place = shipment.origin if code in _AT_ORIGIN else shipment.destination
        there = [m for m in found if m.code in reaching and same_place(place, m.station)]
        by_status = {
            status: sum(m.pieces for m in there if m.code == status) for status in reaching
        }
        pieces = max(by_status.values(), default=0)
        pieces = min(pieces, total) if total else pieces
        state = "open" if not pieces else "done" if pieces >= total else "partial"
        result.append(Stage(code, state, pieces))
    # What comes later proves what came before, also when its message never arrived.
    for index in range(len(result) - 2, -1, -1):
        if result[index].state == "open" and result[index + 1].state != "open":
            result[index] = replace(result[index], state=result[index + 1].state)
    return result


_AT_ORIGIN = frozenset({"booked", "received", "departed"})
