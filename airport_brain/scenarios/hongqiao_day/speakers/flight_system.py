"""The airport's flight system: AIDX flight-leg notifications, posted one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from airport_brain.operations import aidx, aidx_message
from airport_brain.scenarios.clock import DayClock
from airport_brain.scenarios.hongqiao_day.flight_news import Known, all_news
from airport_brain.scenarios.hongqiao_day.flights import SEATS, Leg
from airport_brain.scenarios.hongqiao_day.journal import Journal
from airport_brain.scenarios.hongqiao_day.speakers.http_sender import HttpSender
from airport_brain.scenarios.hongqiao_day.telling import Telling, tell

PATH = "/api/operations/intake/aidx"
CHANNEL = "aidx"

IATA, STATUSES, TIMES = "3", "9750", "2005"
"""Code lists: airlines and airports, operational statuses, times."""

LATE_INBOUND = "93"
"""IATA delay code: the aircraft came late from another flight."""


def flight_messages(seed: int, legs: Sequence[Leg], start: datetime) -> list[Telling]:
    """Every message of the day, in the order of sending."""
    return [
        Telling(
            at=known.at,
            subject=leg.display,
            body=aidx.encode(_message(leg, known)),
            facts={"leg": _leg_id(leg), "display": leg.display},
        )
        for leg, known in all_news(seed, legs, start)
    ]


async def tell_flights(
    tellings: Sequence[Telling],
    clock: DayClock,
    end: datetime,
    sender: HttpSender,
    journal: Journal,
) -> None:
    """Post the day's messages as they fall due."""

    async def deliver(telling: Telling) -> None:
        answer = await sender.send(
            PATH, content=telling.body, headers={"Content-Type": "application/xml"}
        )
        if answer is not None:
            journal.acknowledged(CHANNEL, id=answer.json()["message_id"], **telling.facts)

    await tell(tellings, clock, end, deliver)


def _leg_id(leg: Leg) -> str:
    """As the flight database names the leg."""
    ends = f"{leg.departure_airport}-{leg.arrival_airport}"
    return f"{leg.airline}-{leg.number}-{leg.origin_date:%Y%m%d}-{ends}"


def _message(leg: Leg, known: Known) -> aidx_message.Message:
    return aidx_message.Message(
        version="16.1",
        time_stamp=known.as_of,
        originator=aidx_message.Party(company_short_name="HONGQIAO AODB", code="SHA"),
        flight_leg=(
            aidx_message.FlightLeg(leg_identifier=_identifier(leg), leg_data=_data(leg, known)),
        ),
    )


def _identifier(leg: Leg) -> aidx_message.LegIdentifier:
    return aidx_message.LegIdentifier(
        airline=_coded(leg.airline, IATA),
        flight_number=leg.number,
        departure_airport=_coded(leg.departure_airport, IATA),
        arrival_airport=_coded(leg.arrival_airport, IATA),
        origin_date=leg.origin_date.date(),
    )


def _data(leg: Leg, known: Known) -> aidx_message.LegData:
    international = leg.other_airport in ("HKG", "HND")
    return aidx_message.LegData(
        international_status="International" if international else "Domestic",
        operational_status=(_coded(known.status, STATUSES),)
        if known.status
        else aidx_message.ABSENT,
        service_type="J",
        irregularity_delay=_delay(leg, known),
        cabin_class=(
            aidx_message.CabinClass(
                pax_count=(aidx_message.PaxCount(value=leg.passengers, usage="Actual"),),
                seat_capacity=SEATS[leg.aircraft_type],
            ),
        ),
        airport_resources=(
            aidx_message.AirportResources(usage="Planned", resource=(_resource(leg, known),)),
        ),
        operation_time=tuple(
            aidx_message.OperationTime(
                operation_qualifier=event, time_type=kind, code_context=TIMES, value=moment
            )
            for (event, kind), moment in sorted(known.times.items())
        ),
        aircraft_info=aidx_message.AircraftInfo(
            aircraft_type=(_coded(leg.aircraft_type, IATA),), registration=leg.registration
        ),
    )


def _delay(leg: Leg, known: Known) -> aidx_message.Group[aidx_message.IrregularityDelay]:
    if known.delay is None:
        return aidx_message.ABSENT
    minutes = round(known.delay.total_seconds() / 60)
    return (
        aidx_message.IrregularityDelay(
            reason_code=_coded(LATE_INBOUND, IATA),
            duration=f"PT{minutes}M",
            departure_or_arrival="Arrival" if leg.arriving else "Departure",
        ),
    )


def _resource(leg: Leg, known: Known) -> aidx_message.Resource:
    absent = aidx_message.ABSENT
    return aidx_message.Resource(
        departure_or_arrival="Arrival" if leg.arriving else "Departure",
        aircraft_parking_position=aidx_message.Coded(value=known.stand, qualifier="Stand"),
        passenger_gate=(aidx_message.Coded(value=known.gate),) if known.gate else absent,
        runway=aidx_message.Coded(value=leg.runway),
        aircraft_terminal=aidx_message.Coded(value=leg.terminal),
        public_terminal=(aidx_message.Coded(value=leg.terminal),),
        baggage_claim_unit=(aidx_message.BaggageBelt(value=known.belt),) if known.belt else absent,
    )


def _coded(value: str, context: str) -> aidx_message.Coded:
    return aidx_message.Coded(value=value, code_context=context)
