"""A flight message that puts an aircraft on a stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.platform_process import Platform


def send_in_block(
    platform: Platform,
    stand: str,
    registration: str,
    *,
    flight: str,
    airport: str = "SHA",
    aircraft_type: str = "320",
) -> None:
    """Tell a platform that a flight from Beijing went in block twenty minutes ago."""
    now = datetime.now(UTC).replace(microsecond=0)
    sent, at = (
        moment.isoformat().replace("+00:00", "Z") for moment in (now, now - timedelta(minutes=20))
    )
    message = f"""<?xml version='1.0' encoding='UTF-8'?>
<IATA_AIDX_FlightLegNotifRQ xmlns="http://www.iata.org/IATA/2007/00" Version="13.2" TimeStamp="{sent}">
  <FlightLeg>
    <LegIdentifier>
      <Airline CodeContext="3">{flight[:2]}</Airline><FlightNumber>{flight[2:]}</FlightNumber>
      <DepartureAirport CodeContext="3">PEK</DepartureAirport>
      <ArrivalAirport CodeContext="3">{airport}</ArrivalAirport>
      <OriginDate>{now.date()}</OriginDate>
    </LegIdentifier>
    <LegData>
      <AirportResources Usage="Actual"><Resource DepartureOrArrival="Arrival"
        ><AircraftParkingPosition>{stand}</AircraftParkingPosition></Resource></AirportResources>
      <OperationTime OperationQualifier="ONB" TimeType="SCT" CodeContext="9750">{at}</OperationTime>
      <OperationTime OperationQualifier="ONB" TimeType="ACT" CodeContext="9750">{at}</OperationTime>
      <AircraftInfo><AircraftType>{aircraft_type}</AircraftType><Registration>{registration}</Registration>
      </AircraftInfo>
    </LegData>
  </FlightLeg>
</IATA_AIDX_FlightLegNotifRQ>"""
    answer = platform.post(
        "/api/operations/intake/aidx",
        content=message.encode(),
        headers={"content-type": "application/xml"},
    )
    assert answer.status_code == 202, answer.text
