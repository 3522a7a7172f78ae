"""One made-up message of each passenger format; nobody of these names and numbers exists."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _lines(*lines: str, end: str = "\r\n") -> bytes:
    return "".join(f"{line}{end}" for line in lines).encode("ascii")


EXAMPLES: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        "dcs-json": _lines(
            "{",
            '  "booking_reference": "K7Q2ZP",',
            '  "passenger_name": "ZHANG/SANMEI",',
            '  "flight": {"carrier": "MU", "number": "5101", "date": "2026-11-24",',
            '             "from": "SHA", "to": "PEK", "std": "2026-11-24T08:00:00Z"},',
            '  "seat": "12A", "sequence": 17, "gate": "D12", "document_last4": "002X"',
            "}",
            end="\n",
        ),
        "bcbp": (
            b"M2ZHANG/SAN           EK7Q2ZP SHAPEKMU 5101 328Y031A0017 148>8180WW6327BMU 1781234567001"
            b"2A7811234567890 0MU MU 620012345678     20KNK7Q2ZP PEKCKGCA 1411 329Y012C0044 12B29"
            b"781123456789110CA MU 620012345678     1PC"
        ),
        "mrz": _lines(
            "POCHNLI<NA<<XIAO<MING<<<<<<<<<<<<<<<<<<<<<<<",
            "EA12345676CHN9002281F3101012A9<<<<<<<<<<<<72",
            end="\n",
        ),
        "gb11643": b"11010519491231002X\n",
        "pnl": _lines(
            "QU SHAKKMU",
            ".PEKKKCA 240312",
            "PNL",
            "CA1501/24NOV PEK PART1",
            "CFG/008F030C180Y",
            "-SHA002F",
            "1ZHANG/SANMR .L/ABC123/CA",
            "1LI-WEBER/SIMS .L/DEF456",
            ".R/VGML HK1",
            "-SHA002Y",
            "2WANG/WUMR/LIUMRS-B2 .L/K7Q2ZP/CA .O/MU5101Y24SHACAN1030HK",
            "ENDPNL",
        ),
        "adl": _lines(
            "ADL",
            "MU5101/24NOV SHA PART1",
            "-PEK002Y",
            "DEL",
            "1QIAN/QIMR .L/AAA111",
            "ADD",
            "1SUN/BAMS .L/BBB222 .R/CHLD HK1",
            "CHG",
            "1WU/SHIMR .L/DDD444",
            ".R/WCHR HK1",
            "ENDADL",
        ),
        "prl": _lines(
            "PRL",
            "MU5101/24NOV SHA PART1",
            "-PEK002Y",
            "1WANG/WUMR .L/GHI789",
            "1ZHAO/LIUMR .L/GHI790",
            "ENDPRL",
        ),
        "paxlst": _lines(
            "UNA:+.? '",
            "UNB+UNOA:4+MUAIR+CUSTOMS+261124:0455+000000001++PAXLST'",
            "UNH+PAX001+PAXLST:D:02B:UN:IATA+MU5101/20261124+01:F'",
            "BGM+745'",
            "NAD+MS+++AIRLINE HELPDESK'",
            "TDT+20+MU523+++MU'",
            "LOC+125+PVG'",
            "DTM+189:2611240955:201'",
            "LOC+87+NRT'",
            "DTM+232:2611241350:201'",
            "NAD+FL+++LI:NA:MARIA'",
            "ATT+2++F'",
            "DTM+329:800229'",
            "LOC+178+PVG'",
            "LOC+179+NRT'",
            "NAT+2+CHN'",
            "RFF+AVF:K7Q2ZP'",
            "DOC+P:110:111+E12345678'",
            "DTM+36:310101'",
            "LOC+91+CHN'",
            "CNT+42:1'",
            "UNT+20+PAX001'",
            "UNZ+1+000000001'",
            end="\n",
        ),
    }
)
"""By the name of the format."""
