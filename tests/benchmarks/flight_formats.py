"""Flight messages read per second on one core, beside a bare reader of the same bytes.

The bare reader is the least that looks at all bytes: ``lxml`` building its tree for XML, the cutting of
records into their fields for SSIM, lines and words for telexes. The goals are those of the product:
AIDX 1,000 legs/s, SSIM 20,000 records/s.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from airport_brain.operations.formats import aidx, imf, mht0071, ssim
from airport_brain.operations.formats.aftn import adexp, ats
from airport_brain.operations.formats.aidx_message import (
    AircraftInfo,
    AirportResources,
    Coded,
    FlightLeg,
    LegData,
    LegIdentifier,
    Message,
    OperationTime,
    Resource,
)
from airport_brain.operations.formats.type_b import ldm, mvt
from airport_brain.operations.formats.type_b import ssm as schedule_message
from airport_brain.operations.formats.xml_tree import branch, leaf

pytestmark = [pytest.mark.benchmark_run]

REFERENCE = datetime(2026, 11, 24, 9, tzinfo=UTC)
SECONDS = 1.0
LEGS_OF_A_MESSAGE = 20
RECORDS_OF_A_FILE = 20_000


def aidx_message() -> bytes:
    """Twenty legs with seven times, resources at both ends and an aircraft each."""
    times = tuple(
        OperationTime(
            operation_qualifier=event,
            time_type=kind,
            code_context="9750",
            repeat_index=number,
            value=datetime(2026, 11, 24, 8, number, tzinfo=UTC),
        )
        for number, (event, kind) in enumerate(
            [
                ("OFB", "SCT"),
                ("OFB", "EST"),
                ("OFB", "ACT"),
                ("TKO", "ACT"),
                ("ONB", "SCT"),
                ("ONB", "EST"),
                ("TDN", "EST"),
            ],
            start=1,
        )
    )
    resources = tuple(
        Resource(
            departure_or_arrival=side,
            aircraft_parking_position=Coded(value="401", qualifier="A"),
            passenger_gate=(Coded(value="12", repeat_index=1),),
            public_terminal=(Coded(value="2", repeat_index=1),),
        )
        for side in ("Departure", "Arrival")
    )
    legs = tuple(
        FlightLeg(
            leg_identifier=LegIdentifier(
                airline=Coded(value="MU", code_context="3"),
                flight_number=str(5101 + number),
                departure_airport=Coded(value="SHA", code_context="3"),
                arrival_airport=Coded(value="PEK", code_context="3"),
                origin_date=date(2026, 11, 24),
            ),
            leg_data=LegData(
                international_status="Domestic",
                operational_status=(Coded(value="SCH", code_context="9750", repeat_index=1),),
                service_type="J",
                airport_resources=(AirportResources(usage="Planned", resource=resources),),
                operation_time=times,
                aircraft_info=AircraftInfo(
                    aircraft_type=(Coded(value="320", code_context="3"),), registration="B1234"
                ),
            ),
        )
        for number in range(LEGS_OF_A_MESSAGE)
    )
    return aidx.encode(Message(version="22.1", time_stamp=REFERENCE, flight_leg=legs))


def ssim_file() -> bytes:
    """A season of one airline."""
    leg = ssim.FlightLeg(
        airline_designator="MU",
        flight_number="1",
        period_of_operation_from=date(2026, 10, 25),
        period_of_operation_to=date(2027, 3, 27),
        days_of_operation=(1, 3, 5, 7),
        departure_station="SHA",
        passenger_std=480,
        aircraft_std=480,
        departure_utc_variation=480,
        arrival_station="PEK",
        aircraft_sta=620,
        passenger_sta=620,
        arrival_utc_variation=480,
        aircraft_type="320",
        passenger_reservations_booking_designator="JCDYBM",
        aircraft_configuration="C8Y150",
        record_serial_number=None,
    )
    legs = [
        replace(
            leg,
            flight_number=str(1 + number % 9999),
            itinerary_variation_identifier=f"{1 + number // 9999:02d}",
            record_serial_number=number + 3,
        )
        for number in range(RECORDS_OF_A_FILE)
    ]
    end = RECORDS_OF_A_FILE + 3
    return ssim.encode(
        ssim.Schedule(
            records=(
                ssim.Header(record_serial_number=1),
                ssim.Carrier(time_mode="L", airline_designator="MU", record_serial_number=2),
                *legs,
                ssim.Trailer(
                    airline_designator="MU",
                    serial_number_check_reference=end - 1,
                    record_serial_number=end,
                ),
            )
        )
    )


MVT = (
    b"QU SHATTMU PVGKDMU\r\n.PEKKDMU 240812\r\nMVT\r\nMU5101/24.B1234.SHA\r\n"
    b"AD0812/0827 EA1010 PEK\r\nDL93/62/0012/0005\r\nPX128\r\nSI DEICED\r\n"
)
LDM = (
    b"LDM\r\nMU5101/24.B1234.C8Y150.2/6\r\n"
    b"-PEK.70/55/3/1.0.T3200.1/900.2/1300.3/1000.PAX/8/120.PAD/0/0\r\n"
)
SSM = (
    b"SSM\r\nUTC\r\n24NOV00042E001\r\nNEW\r\nMU5101 3/MU\r\n25OCT26 27MAR27 1357\r\n"
    b"J 320 CY.C8Y150\r\nSHA0800 PEK1020 7/M\r\n"
)
FPL = (
    b"(FPL-CES5101-IS\r\n-A320/M-SDFGHIRWY/S\r\n-ZSSS0800\r\n-K0830S0980 PIKAS G330 PIMOL A593\r\n"
    b"-ZBAA0155 ZBTJ ZBSJ\r\n-PBN/A1B1 DOF/261124 REG/B1234 EET/ZBPE0040)"
)
IFPL = (
    b"-TITLE IFPL\n-BEGIN ADDR\n-FAC EUCHZMFP\n-END ADDR\n-ARCID CES551\n-ADEP ZSPD\n-ADES EGLL\n"
    b"-EOBD 261124\n-EOBT 0430\n-BEGIN RTEPTS\n-PT -PTID ZSPD -FL F000\n-END RTEPTS\n"
)


def mht() -> bytes:
    """A dynamic event with thirty tags."""
    tags = {f"AA{chr(65 + n)}{chr(65 + n)}": "1" for n in range(26)}
    flight = branch(
        "DFLT",
        leaf("FFID", "MU-5101-20261124080000-D"),
        *(leaf(name, text) for name, text in tags.items()),
        branch("STLS", branch("STND", leaf("CODE", "401"), leaf("ESTR", "20261124060000"))),
    )
    meta = {"SNDR": "A", "SEQN": "1", "DDTM": "20261124080500", "TYPE": "DFOE", "STYP": "DFIE"}
    return mht0071.encode(mht0071.build(meta, flight))


def imf_change() -> bytes:
    """A change of thirty elements."""
    info = {
        "MessageSequenceID": "7",
        "MessageType": "FlightData",
        "ServiceType": "FSS2",
        "OperationMode": "MOD",
        "SendDateTime": "2026-11-24T08:05:00Z",
        "Sender": "AODB",
    }
    fields = (leaf(f"Field{n}", "1", OldValue="0") for n in range(30))
    key = branch("PrimaryKey", branch("FlightKey", leaf("FlightIdentity", "MU5101")))
    return imf.encode(imf.build(info, branch("Data", key, branch("FlightData", *fields))))


def rate(work: Callable[[bytes], object], data: bytes, units: int) -> float:
    """Units per second."""
    work(data)
    rounds = 0
    started = time.process_time()
    while time.process_time() - started < SECONDS:
        work(data)
        rounds += 1
    return rounds * units / (time.process_time() - started)


def bare_records(data: bytes) -> object:
    """Records cut into forty-five fields, nothing looked at."""
    cuts = [(first, first + 4) for first in range(0, 180, 4)]
    return [[line[a:b].strip() for a, b in cuts] for line in data.decode().split("\r\n")]


def bare_words(data: bytes) -> object:
    """Lines and words, nothing looked at."""
    return [line.split(" ") for line in data.decode().split("\r\n")]


def bare_xml(data: bytes) -> object:
    """The tree, nothing looked at."""
    return [(element.tag, element.text) for element in etree.fromstring(data).iter()]


Case = tuple[str, Callable[[bytes], object], Callable[[bytes], object], bytes, int, float]

CASES: list[Case] = [
    ("aidx legs", aidx.parse, bare_xml, aidx_message(), LEGS_OF_A_MESSAGE, 1_000),
    (
        "ssim records",
        lambda data: ssim.parse(data, reference=REFERENCE),
        bare_records,
        ssim_file(),
        RECORDS_OF_A_FILE + 3,
        20_000,
    ),
    ("mvt", lambda data: mvt.parse(data, reference=REFERENCE), bare_words, MVT, 1, 0),
    ("ldm", lambda data: ldm.parse(data, reference=REFERENCE), bare_words, LDM, 1, 0),
    ("ssm", lambda d: schedule_message.parse(d, reference=REFERENCE), bare_words, SSM, 1, 0),
    ("ats fpl", lambda data: ats.parse(data, reference=REFERENCE), bare_words, FPL, 1, 0),
    ("adexp", lambda data: adexp.parse(data, reference=REFERENCE), bare_words, IFPL, 1, 0),
    ("mht0071", mht0071.parse, bare_xml, mht(), 1, 0),
    ("imf", imf.parse, bare_xml, imf_change(), 1, 0),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_rate(case: Case) -> None:
    name, parse, bare, data, units, goal = case
    ours, least = rate(parse, data, units), rate(bare, data, units)
    size = len(data) / units
    sys.stdout.write(f"\n{name}: {ours:,.0f}/s, bare {least:,.0f}/s, {size:,.0f} bytes each\n")
    assert ours >= goal
