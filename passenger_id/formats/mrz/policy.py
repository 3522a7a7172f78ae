"""What a reader may mind about a document whose digits are right: policy, not arithmetic.

States: ISO 3166-1 alpha-3 codes and the further codes of ICAO Doc 9303 part 3, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from passenger_id.formats.mrz.zone import Zone

_ISO_3166: Final = (
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA "
    "BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN "
    "CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU "
    "EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB "
    "GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL "
    "ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO "
    "LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR "
    "MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER "
    "PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM "
    "SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK "
    "TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM "
    "VUT WLF WSM YEM ZAF ZMB ZWE "
)
_DOC_9303: Final = (
    "D EUE GBD GBN GBO GBP GBS RKS UNA UNK UNO XAA XBA XCC XCE XCO XDC XEC XES XIM XMP XOM XPO "
    "XXA XXB XXC XXX "
)

STATES: Final = frozenset((_ISO_3166 + _DOC_9303).split())
"""Codes a state or nationality may have; ``D`` is Germany."""

SPECIMEN: Final = "UTO"
"""Utopia: the state of specimens."""

CONCERNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "check-digits": "A check digit does not fit.",
        "specimen": "The document is a specimen.",
        "unknown-issuer": "The issuing state is not a known code.",
        "unknown-nationality": "The nationality is not a known code.",
        "expired": "The document has expired.",
        "no-expiry": "The date of expiry is unknown or does not exist.",
        "no-birth": "The date of birth is partly unknown or does not exist.",
        "no-given-names": "The document states no given names, or they were cut.",
    }
)
"""Each concern with its sentence."""


def concerns(zone: Zone, today: date) -> tuple[str, ...]:
    """Names of what a reader may mind, in the order of :data:`CONCERNS`."""
    facts = {
        "check-digits": not zone.checks_fit,
        "specimen": SPECIMEN in (zone.issuing_state, zone.nationality),
        "unknown-issuer": zone.issuing_state not in STATES | {SPECIMEN},
        "unknown-nationality": zone.nationality not in STATES | {SPECIMEN},
        "expired": zone.expiry_date is not None and zone.expiry_date < today,
        "no-expiry": zone.expiry_date is None,
        "no-birth": zone.birth_date is None,
        "no-given-names": not zone.given_names,
    }
    return tuple(name for name in CONCERNS if facts[name])
