"""One made-up message of each cargo format, for its page and for trying out the workbench."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _lines(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("ascii")


_FSU: Final = """\
FSU/12
112-12345675PVGFRA/T25K1250.5
RCS/23NOV1015/PVG/T25K1250.5/SHANGHAI AGENT
DEP/CK261/23NOV/PVGFRA/P20K1000.5/A2142/E0405-N
DIS/CK261/23NOV2130/PVG/OFLD/P5K250
OSI/PLS CALL AGENT
"""

_XML: Final = "<?xml version='1.0' encoding='UTF-8'?>\n"

_XFWB: Final = """\
<rsm:Waybill xmlns:rsm="iata:waybill:1" xmlns:ram="iata:datamodel:3">
  <rsm:MessageHeaderDocument>
    <ram:ID>112-12345675</ram:ID>
    <ram:Name>Master Air Waybill</ram:Name>
    <ram:TypeCode>741</ram:TypeCode>
    <ram:IssueDateTime>2026-11-22T10:15:00+08:00</ram:IssueDateTime>
  </rsm:MessageHeaderDocument>
  <rsm:BusinessHeaderDocument>
    <ram:ID>112-12345675</ram:ID>
  </rsm:BusinessHeaderDocument>
  <rsm:MasterConsignment>
    <ram:IncludedTareGrossWeightMeasure unitCode="KGM">1250.5</ram:IncludedTareGrossWeightMeasure>
    <ram:TotalPieceQuantity>25</ram:TotalPieceQuantity>
    <ram:ConsignorParty>
      <ram:Name>EXAMPLE TRADING</ram:Name>
      <ram:PostalStructuredAddress>
        <ram:StreetName>1 AIRPORT ROAD</ram:StreetName>
        <ram:CityName>SHANGHAI</ram:CityName>
        <ram:CountryID>CN</ram:CountryID>
      </ram:PostalStructuredAddress>
    </ram:ConsignorParty>
    <ram:ConsigneeParty>
      <ram:Name>MUSTER GMBH</ram:Name>
      <ram:PostalStructuredAddress>
        <ram:StreetName>AM FLUGHAFEN 1</ram:StreetName>
        <ram:CityName>FRANKFURT</ram:CityName>
        <ram:CountryID>DE</ram:CountryID>
      </ram:PostalStructuredAddress>
    </ram:ConsigneeParty>
    <ram:OriginLocation>
      <ram:ID>PVG</ram:ID>
    </ram:OriginLocation>
    <ram:FinalDestinationLocation>
      <ram:ID>FRA</ram:ID>
    </ram:FinalDestinationLocation>
    <ram:HandlingSPHInstructions>
      <ram:DescriptionCode>EAP</ram:DescriptionCode>
    </ram:HandlingSPHInstructions>
  </rsm:MasterConsignment>
</rsm:Waybill>
"""

_XFZB: Final = """\
<rsm:HouseWaybill xmlns:rsm="iata:housewaybill:1" xmlns:ram="iata:datamodel:3">
  <rsm:MessageHeaderDocument>
    <ram:ID>SHA0001234</ram:ID>
    <ram:TypeCode>703</ram:TypeCode>
    <ram:IssueDateTime>2026-11-22T10:15:00+08:00</ram:IssueDateTime>
  </rsm:MessageHeaderDocument>
  <rsm:BusinessHeaderDocument>
    <ram:ID>SHA0001234</ram:ID>
  </rsm:BusinessHeaderDocument>
  <rsm:MasterConsignment>
    <ram:IncludedTareGrossWeightMeasure unitCode="KGM">1250.5</ram:IncludedTareGrossWeightMeasure>
    <ram:TotalPieceQuantity>25</ram:TotalPieceQuantity>
    <ram:TransportContractDocument>
      <ram:ID>112-12345675</ram:ID>
    </ram:TransportContractDocument>
    <ram:OriginLocation>
      <ram:ID>PVG</ram:ID>
    </ram:OriginLocation>
    <ram:FinalDestinationLocation>
      <ram:ID>FRA</ram:ID>
    </ram:FinalDestinationLocation>
    <ram:IncludedHouseConsignment>
      <ram:IncludedTareGrossWeightMeasure unitCode="KGM">500.5</ram:IncludedTareGrossWeightMeasure>
      <ram:TotalPieceQuantity>10</ram:TotalPieceQuantity>
      <ram:SummaryDescription>AUTO PARTS</ram:SummaryDescription>
      <ram:ConsignorParty>
        <ram:Name>EXAMPLE TRADING</ram:Name>
      </ram:ConsignorParty>
      <ram:ConsigneeParty>
        <ram:Name>MUSTER GMBH</ram:Name>
      </ram:ConsigneeParty>
      <ram:OriginLocation>
        <ram:ID>PVG</ram:ID>
      </ram:OriginLocation>
      <ram:FinalDestinationLocation>
        <ram:ID>FRA</ram:ID>
      </ram:FinalDestinationLocation>
    </ram:IncludedHouseConsignment>
  </rsm:MasterConsignment>
</rsm:HouseWaybill>
"""

_XFHL: Final = """\
<rsm:HouseManifest xmlns:rsm="iata:housemanifest:1" xmlns:ram="iata:datamodel:3">
  <rsm:MessageHeaderDocument>
    <ram:ID>M-2</ram:ID>
    <ram:TypeCode>785</ram:TypeCode>
    <ram:IssueDateTime>2026-11-23T21:45:00</ram:IssueDateTime>
  </rsm:MessageHeaderDocument>
  <rsm:BusinessHeaderDocument>
    <ram:ID>112-12345675</ram:ID>
  </rsm:BusinessHeaderDocument>
  <rsm:MasterConsignment>
    <ram:IncludedTareGrossWeightMeasure unitCode="KGM">1250.5</ram:IncludedTareGrossWeightMeasure>
    <ram:TotalPieceQuantity>25</ram:TotalPieceQuantity>
    <ram:TransportContractDocument>
      <ram:ID>112-12345675</ram:ID>
    </ram:TransportContractDocument>
    <ram:IncludedHouseConsignment>
      <ram:SequenceNumeric>1</ram:SequenceNumeric>
      <ram:GrossWeightMeasure unitCode="KGM">500.5</ram:GrossWeightMeasure>
      <ram:TotalPieceQuantity>10</ram:TotalPieceQuantity>
      <ram:SummaryDescription>AUTO PARTS</ram:SummaryDescription>
      <ram:TransportContractDocument>
        <ram:ID>SHA0001234</ram:ID>
      </ram:TransportContractDocument>
    </ram:IncludedHouseConsignment>
  </rsm:MasterConsignment>
</rsm:HouseManifest>
"""

_XFFM: Final = """\
<rsm:FlightManifest xmlns:rsm="iata:flightmanifest:1" xmlns:ram="iata:datamodel:3">
  <rsm:MessageHeaderDocument>
    <ram:ID>M-3</ram:ID>
    <ram:TypeCode>122</ram:TypeCode>
    <ram:IssueDateTime>2026-11-23T21:45:00</ram:IssueDateTime>
  </rsm:MessageHeaderDocument>
  <rsm:LogisticsTransportMovement>
    <ram:ID>CK261</ram:ID>
    <ram:DepartureEvent>
      <ram:DepartureOccurrenceDateTime>2026-11-23T21:30:00</ram:DepartureOccurrenceDateTime>
      <ram:OccurrenceDepartureLocation>
        <ram:ID>PVG</ram:ID>
      </ram:OccurrenceDepartureLocation>
    </ram:DepartureEvent>
  </rsm:LogisticsTransportMovement>
  <rsm:ArrivalEvent>
    <ram:OccurrenceArrivalLocation>
      <ram:ID>FRA</ram:ID>
    </ram:OccurrenceArrivalLocation>
    <ram:AssociatedTransportCargo>
      <ram:TypeCode>ULD</ram:TypeCode>
      <ram:UtilizedUnitLoadTransportEquipment>
        <ram:ID>12345</ram:ID>
        <ram:CharacteristicCode>PMC</ram:CharacteristicCode>
        <ram:OperatingParty>
          <ram:PrimaryID schemeAgencyID="1">CK</ram:PrimaryID>
        </ram:OperatingParty>
      </ram:UtilizedUnitLoadTransportEquipment>
      <ram:IncludedMasterConsignment>
        <ram:GrossWeightMeasure unitCode="KGM">1000.5</ram:GrossWeightMeasure>
        <ram:PieceQuantity>20</ram:PieceQuantity>
        <ram:TotalPieceQuantity>25</ram:TotalPieceQuantity>
        <ram:TransportContractDocument>
          <ram:ID>112-12345675</ram:ID>
        </ram:TransportContractDocument>
      </ram:IncludedMasterConsignment>
    </ram:AssociatedTransportCargo>
  </rsm:ArrivalEvent>
</rsm:FlightManifest>
"""

_XFSU: Final = """\
<rsm:StatusMessage xmlns:rsm="iata:statusmessage:1" xmlns:ram="iata:datamodel:3">
  <rsm:MessageHeaderDocument>
    <ram:ID>M-1</ram:ID>
    <ram:TypeCode>785</ram:TypeCode>
    <ram:IssueDateTime>2026-11-23T21:45:00Z</ram:IssueDateTime>
  </rsm:MessageHeaderDocument>
  <rsm:MasterConsignment>
    <ram:PieceQuantity>25</ram:PieceQuantity>
    <ram:TransportSplitDescription>T</ram:TransportSplitDescription>
    <ram:TransportContractDocument>
      <ram:ID>112-12345675</ram:ID>
      <ram:TypeCode>740</ram:TypeCode>
    </ram:TransportContractDocument>
    <ram:OriginLocation>
      <ram:ID>PVG</ram:ID>
    </ram:OriginLocation>
    <ram:ReportedStatus>
      <ram:ReasonCode>DEP</ram:ReasonCode>
      <ram:AssociatedStatusConsignment>
        <ram:GrossWeightMeasure unitCode="KGM">1000.5</ram:GrossWeightMeasure>
        <ram:PieceQuantity>20</ram:PieceQuantity>
        <ram:SpecifiedLogisticsTransportMovement>
          <ram:ID>CK261</ram:ID>
          <ram:SpecifiedLocation>
            <ram:ID>PVG</ram:ID>
          </ram:SpecifiedLocation>
          <ram:SpecifiedEvent>
            <ram:OccurrenceDateTime>2026-11-23T21:42:00+08:00</ram:OccurrenceDateTime>
            <ram:DateTimeTypeCode>A</ram:DateTimeTypeCode>
          </ram:SpecifiedEvent>
        </ram:SpecifiedLogisticsTransportMovement>
      </ram:AssociatedStatusConsignment>
    </ram:ReportedStatus>
  </rsm:MasterConsignment>
</rsm:StatusMessage>
"""

_MT: Final = """\
<Manifest xmlns="urn:Declaration:datamodel:standard:CN:MT5202:1">
  <Head>
    <MessageID>2233123456789_20261123220000123</MessageID>
    <FunctionCode>2</FunctionCode>
    <MessageType>MT5202</MessageType>
    <SenderID>2233123456789</SenderID>
    <ReceiverID>2233</ReceiverID>
    <SendTime>20261123220000123</SendTime>
    <Version>1.0</Version>
  </Head>
  <Declaration>
    <DeclarationOfficeID>2233</DeclarationOfficeID>
    <BorderTransportMeans>
      <JourneyID>CK261/20261123</JourneyID>
      <TypeCode>4</TypeCode>
    </BorderTransportMeans>
    <ActualDateTime>20261123190000</ActualDateTime>
    <CompletedDateTime>20261123203000</CompletedDateTime>
    <LoadingLocation>
      <ID>PVG/2233</ID>
    </LoadingLocation>
    <UnloadingLocation>
      <ID>FRA</ID>
    </UnloadingLocation>
    <TallyParty>
      <ID>2233123456789</ID>
      <Contact>
        <Name>理货员</Name>
      </Contact>
    </TallyParty>
    <Consignment>
      <TransportContractDocument>
        <ID>11212345675</ID>
      </TransportContractDocument>
      <ConsignmentPackaging>
        <QuantityQuantity>20</QuantityQuantity>
      </ConsignmentPackaging>
    </Consignment>
  </Declaration>
</Manifest>
"""

_ONE_RECORD: Final = """\
{
  "@context": {
    "cargo": "https://onerecord.iata.org/ns/cargo#",
    "api": "https://onerecord.iata.org/ns/api#",
    "xsd": "http://www.w3.org/2001/XMLSchema#"
  },
  "@id": "https://1r.example.com/logistics-objects/s1",
  "@type": "cargo:Shipment",
  "api:hasRevision": 1,
  "cargo:goodsDescription": {
    "@language": "zh",
    "@value": "汽车零件"
  },
  "cargo:insured": false,
  "cargo:pieces": [
    {
      "@id": "https://1r.example.com/logistics-objects/p1",
      "@type": "cargo:Piece",
      "cargo:grossWeight": {
        "@type": "cargo:Value",
        "cargo:numericalValue": 120.5
      }
    }
  ]
}
"""

_FWB: Final = """\
FWB/17
112-12345675PVGFRA/T25K1250.5MC6.20
FLT/CK261/23
RTG/FRACK
SHP/ACC123
NAM/EXAMPLE TRADING
ADR/1 AIRPORT ROAD
LOC/SHANGHAI
/CN/201202/TE/862100000000
CNE
NAM/MUSTER GMBH
ADR/AM FLUGHAFEN 1
LOC/FRANKFURT/HE
/DE/60549
AGT//1234567/0001
/SHANGHAI AGENT
/SHANGHAI
CVD/CNY/PP/PP/NVD/NCV/XXX
RTD/1/P25/K1250.5/CQ/W1250.5/R28.50/T35639.25
/2/NG/ELECTRICALS
/3/ND/K800.0/CMT80-40-20/20
OTH/P/MYC1250AWA50
PPD/WT35639.25
/OA50/OC1250/CT36939.25
CER/AGENT
ISU/22NOV26/PVG/AGENT
REF/PVGFMCK
SPH/EAP/SPX
OCI/CN/SHP/T/91310000X
"""

_FHL: Final = """\
FHL/4
MBI/112-12345675PVGFRA/T25K1250.5
HBS/SHA0001234/PVGFRA/10/K500.5/10/AUTO PARTS
/SPX/EAP
TXT/AUTO PARTS NOT RESTRICTED
HTS/870899
SHP
NAM/EXAMPLE TRADING
ADR/1 AIRPORT ROAD
LOC/SHANGHAI
/CN/201202/TE/862100000000
CVD/CNY/PP/NVD/NCV/XXX
HBS/SHA0001235/PVGFRA/15/K750//GARMENTS
"""

_FFM: Final = """\
FFM/8
1/CK261/23NOV2130/PVG/B2078
FRA//24NOV0410
112-12345690PVGFRA/T1K12MC0.1/SPARES/AOG
ULD/PMC12345CK-U/1500KG Q7
112-12345675PVGFRA/P20K1000.5MC6.20T25/CONSOLIDATION/SPXEAP
/LHRLH0902/24NOV
DIM/K800/CMT80-40-20/20
OSI/KEEP DRY
LAST
"""

_FBL: Final = """\
FBL/4
1/CK261/23NOV/PVG/B2078
FRA
112-12345675PVGFRA/T25K1250.5MC6.20/CONSOLIDATION/SPXEAP
/LHRLH0902/24NOV
SSR/KEEP COOL
ULD/PMC12345CK
LAST
"""

EXAMPLES: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        "fsu": _lines(_FSU),
        "fsr": _lines("FSR/2\n112-12345675PVGFRA/T25\nOSI/PLEASE\nREF/PVGFMCK\n"),
        "fwb": _lines(_FWB),
        "fhl": _lines(_FHL),
        "ffm": _lines(_FFM),
        "fbl": _lines(_FBL),
        "fna": _lines(
            "FNA/1\nACK/STATUS NOT KNOWN\n/SECOND REASON\n"
            "FSU/12\n112-12345675PVGFRA/T25\nRCS/23NOV1015/PVG/T25\n"
        ),
        "xfwb": (_XML + _XFWB).encode(),
        "xfzb": (_XML + _XFZB).encode(),
        "xfhl": (_XML + _XFHL).encode(),
        "xffm": (_XML + _XFFM).encode(),
        "xfsu": (_XML + _XFSU).encode(),
        "mt": (_XML + _MT).encode(),
        "one-record": _ONE_RECORD.encode(),
    }
)
"""By the name of the format."""
