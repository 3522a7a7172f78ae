"""One made-up message of each flight format, for its page and for trying out the workbench."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _lines(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


_ENVELOPE: Final = ("QU SHATTMU PVGKDMU", ".PEKKDMU 240812")

_AIDX: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<IATA_AIDX_FlightLegNotifRQ xmlns="http://www.iata.org/IATA/2007/00" Version="16.1" \
TimeStamp="2026-11-24T00:12:00Z" Target="Production" TransactionIdentifier="T-4711" SequenceNmbr="7">
  <Originator CompanyShortName="EXAMPLE AIRPORT"/>
  <FlightLeg>
    <LegIdentifier>
      <Airline CodeContext="3">MU</Airline>
      <FlightNumber>5101</FlightNumber>
      <DepartureAirport CodeContext="3">SHA</DepartureAirport>
      <ArrivalAirport CodeContext="3">PEK</ArrivalAirport>
      <OriginDate>2026-11-24</OriginDate>
    </LegIdentifier>
    <LegData>
      <OperationalStatus CodeContext="9750">SCH</OperationalStatus>
      <AirportResources Usage="Planned">
        <Resource DepartureOrArrival="Departure">
          <AircraftParkingPosition Qualifier="1">212</AircraftParkingPosition>
          <PassengerGate>D12</PassengerGate>
        </Resource>
      </AirportResources>
      <OperationTime OperationQualifier="OFB" CodeContext="9750" \
TimeType="SCT">2026-11-24T00:00:00Z</OperationTime>
      <OperationTime OperationQualifier="OFB" CodeContext="9750" \
TimeType="EST">2026-11-24T00:12:00Z</OperationTime>
      <AircraftInfo>
        <AircraftType>320</AircraftType>
        <Registration>B1234</Registration>
      </AircraftInfo>
    </LegData>
  </FlightLeg>
</IATA_AIDX_FlightLegNotifRQ>
"""

_MHT0071: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<MSG>
  <META><SNDR>AODB</SNDR><RCVR>BUS</RCVR><SEQN>7</SEQN><DDTM>20261124080500</DDTM>\
<TYPE>DFOE</TYPE><STYP>DFIE</STYP><MGID>a-1</MGID><APOT>ZSSS</APOT></META>
  <DFLT>
    <FLID>1</FLID><FFID>MU-5101-20261124080000-D</FFID><AWCD>MU</AWCD><FLNO>5101</FLNO>
    <FEXD>20261124</FEXD><FLIO>D</FLIO><CFNO>B1234</CFNO><BORT>20261124073000</BORT><POKT/>
    <STLS><STND><CODE>401</CODE><ESTR>20261124060000</ESTR><REND/><BTSC>T2</BTSC></STND></STLS>
  </DFLT>
</MSG>
"""

_IMF: Final = """\
<IMFRoot xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <SysInfo>
    <MessageSequenceID>7</MessageSequenceID><MessageType>FlightData</MessageType>
    <ServiceType>FSS2</ServiceType><OperationMode>MOD</OperationMode>
    <SendDateTime>2026-11-24T08:05:00.123Z</SendDateTime><Sender>AODB</Sender>
  </SysInfo>
  <Data>
    <PrimaryKey><FlightKey><FlightScheduledDate>2026-11-24</FlightScheduledDate>\
<FlightIdentity>MU5101</FlightIdentity><FlightDirection>D</FlightDirection>\
<BaseAirport><AirportIATACode>SHA</AirportIATACode></BaseAirport></FlightKey></PrimaryKey>
    <FlightData>
      <OperationalDateTime><EstimatedTakeOffDateTime OldValue="2026-11-24T08:20:00Z">\
2026-11-24T08:27:00Z</EstimatedTakeOffDateTime></OperationalDateTime>
      <Airport><Stand OldValue="402">401</Stand><Gate>13</Gate></Airport>
    </FlightData>
  </Data>
</IMFRoot>
"""


def _record(start: str, *fields: tuple[int, str], number: int) -> str:
    """A schedule record of 200 bytes: texts at their first bytes, counted from 1."""
    text = list(start.ljust(200))
    for first, value in (*fields, (195, f"{number:06d}")):
        text[first - 1 : first - 1 + len(value)] = value
    return "".join(text)


EXAMPLES: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        "aidx": _AIDX.encode(),
        "ssim": _lines(
            _record("1AIRLINE STANDARD SCHEDULE DATA SET", number=1),
            _record("2LMU", (22, "00XXX00"), number=2),
            _record(
                "3 MU 51010101J25OCT2627MAR271 3 5 7 SHA08000800+0800T2PEK10201020+0800T2320",
                (173, "C8Y150"),
                number=3,
            ),
            _record("5 MU", (188, "000003E"), number=4),
        ),
        "type-b": _lines(*_ENVELOPE, "PAL", "MU5101/24NOV SHA PART1", "ENDPAL"),
        "mvt": _lines(
            *_ENVELOPE,
            "MVT",
            "MU5101/24.B1234.SHA",
            "AD0812/0827 EA1010 PEK",
            "DL93/62/0012/0005",
            "PX128",
            "SI DEICED",
        ),
        "ldm": _lines(
            *_ENVELOPE,
            "LDM",
            "MU5101/24.B1234.C8Y150.2/6",
            "-PEK.70/55/3/1.0.T3200.1/900.2/1300.3/1000.PAX/8/120.PAD/0/0",
            "SI PEK FRE 900 POS 0 BAG 62/2300",
        ),
        "ssm": _lines(
            "SSM",
            "UTC",
            "24NOV00042E001/REF 123",
            "NEW XASM",
            "MU5101 3/MU",
            "25OCT26 27MAR27 1357/W2",
            "J 320 CY.C8Y150 3/MU 4/MU 5/MU",
            "SHA0800/0/0800 PEK1020/0/1020 7/M",
            "SHAPEK 10/FM9101",
        ),
        "asm": _lines(
            "ASM",
            "LT",
            "24NOV00043E001/X",
            "TIM OPER",
            "MU5101/24NOV26 SHA/PEK",
            "J 320 .C8Y150",
            "SHA240800 PEK241020",
        ),
        "ptm": _lines(
            *_ENVELOPE,
            "PTM",
            "MU5101/24NOV SHA PART1",
            "MU2405/24 XIY 2Y 3B.ZHANG/SANMR.LI/SIMS",
            "CZ3000/25 CAN 1 F 2B45K.WANG/WUMR",
            "ENDPTM",
        ),
        "psm": _lines(
            *_ENVELOPE,
            "PSM",
            "MU5101/24NOV SHA PART1",
            "-PEK 2PAX / 3SSR",
            "1ZHANG/SANMR 12A",
            "WCHR",
            "1LI/SIMS",
            "BLND",
            "SVAN DOG",
            "ENDPSM",
        ),
        "aftn": _lines(
            "ZCZC TMA0124 240815", "FF ZSSSZTZX", "240815 ZSSSZPZX", "SERVICE RESUMED", "", "NNNN"
        ),
        "ats": _lines(
            "ZCZC TMA0123 240805",
            "FF ZBAAZPZX ZSSSZTZX",
            "240800 ZSSSZPZX",
            "(FPL-CES5101-IS",
            "-A320/M-SDFGHIRWY/S",
            "-ZSSS0800",
            "-K0830S0980 PIKAS G330 PIMOL A593 DCT",
            "-ZBAA0155 ZBTJ ZBSJ",
            "-PBN/A1B1 DOF/261124 REG/B1234 EET/ZBPE0040 RMK/TCAS EQUIPPED)",
            "",
            "NNNN",
        ),
        "adexp": _lines(
            "-TITLE IFPL",
            "-BEGIN ADDR",
            "  -FAC EUCHZMFP",
            "  -FAC EGLLZPZX",
            "-END ADDR",
            "-ARCID CES551",
            "-ADEP ZSPD",
            "-ADES EGLL",
            "-EOBD 261124",
            "-EOBT 0430",
            "-ROUTE N0480F340 SASAN G330 PIMOL",
            "-COMMENT END OF IT",
        ),
        "mht0071": _MHT0071.encode(),
        "imf": _IMF.encode(),
    }
)
"""By the name of the format."""
