"""Readers of the single segments of an FWB (see ``fwb``)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from cargo_platform.formats.cimp import Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_rows import Cell, Row, text_cell
from cargo_platform.formats.cimp_segments import Segment
from cargo_platform.formats.cimp_values import FLIGHT_TEXT, MONTH, MONTHS, flight_of
from cargo_platform.formats.fwb_message import (
    Accounting,
    Agent,
    ChargeDeclaration,
    ChargeTotals,
    FlightBooking,
    Issue,
    OtherCharge,
    OtherCharges,
    Routing,
    Texts,
)
from service_bus import Malformed

AMOUNT: Final = r"(?:[0-9]{1,12}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})"
_DECLARED: Final = rf"({AMOUNT}|[A-Z]{{3}}|)"

_FLIGHT_DAY: Final = re.compile(rf"/({FLIGHT_TEXT})/([0-9]{{1,2}})([A-Z]{{3}})?", re.ASCII)
_DAY: Final = re.compile("0[1-9]|[12][0-9]|3[01]", re.ASCII)
_LEG: Final = re.compile(r"/([A-Z]{3})([A-Z0-9]{2})?", re.ASCII)
_CHARGE: Final = re.compile(rf"([A-Z]{{2}})([AC])({AMOUNT})", re.ASCII)
_TOTAL: Final = re.compile(rf"/(WT|VC|TX|OA|OC|CT)({AMOUNT})", re.ASCII)
_CODE: Final = re.compile(r"/([A-Z0-9]{3})", re.ASCII)

_AGENT: Final = Row(
    text_cell("account", 14),
    Cell(name="IATA code", pattern="([0-9][0-9 -]{0,15}|)", expected="7 digits", limit=7),
    Cell(name="CASS address", pattern="([0-9]{4}|)", expected="4 digits", optional=True),
    Cell(name="participant", pattern="([A-Z0-9]{0,17})", expected="three letters", optional=True),
)
_PARTICIPANT: Final = 3
_AGENT_TEXTS: Final = (Row(text_cell("name", 35)), Row(text_cell("place", 17)))
_ACCOUNTING: Final = Row(
    Cell(name="accounting identifier", pattern="([A-Z]{3}|)", expected="three letters"),
    text_cell("accounting text", 34),
)
_UNNAMED: Final = re.compile("/(?![A-Z]{3}/|/)", re.ASCII)
_UNNAMED_TEXT: Final = Row(text_cell("accounting text", 34))
_UNINSURED_CELLS: Final = (
    Cell(name="currency", pattern="([A-Z]{3})", expected="three letters"),
    Cell(name="charge code", pattern="([A-Z0-9]{1,2}|)", expected="two letters"),
    Cell(name="prepaid or collect", pattern="([PC]{1,2}|)", expected="P or C, twice"),
    Cell(name="value for carriage", pattern=_DECLARED, expected="an amount or NVD"),
    Cell(name="value for customs", pattern=_DECLARED, expected="an amount or NCV"),
)
_UNINSURED: Final = Row(*_UNINSURED_CELLS)
_DECLARATION: Final = Row(
    *_UNINSURED_CELLS,
    Cell(name="amount of insurance", pattern=_DECLARED, expected="an amount or XXX"),
)
SHORT_DECLARATION: Final = Row(
    Cell(name="currency", pattern="([A-Z]{3})", expected="three letters"),
    Cell(name="prepaid or collect", pattern="([PC]{2})", expected="P or C, twice"),
    Cell(name="value for carriage", pattern=_DECLARED, expected="an amount or NVD"),
    Cell(name="value for customs", pattern=_DECLARED, expected="an amount or NCV"),
    Cell(name="amount of insurance", pattern=_DECLARED, expected="an amount or XXX"),
)
"""Charge declarations of a house waybill, which have no charge code."""
_ISSUE: Final = Row(
    Cell(
        name="date of issue", pattern=rf"([0-9]{{2}})({'|'.join(MONTHS)})((?:20)?[0-9]{{2}})",
        expected="ddMMMyy",
    ),
    text_cell("place of issue", 17, optional=True),
    text_cell("signature", 20, optional=True),
)  # fmt: skip
_CERTIFICATION: Final = Row(text_cell("signature", 20))
_ORIGIN: Final = Row(Cell(name="customs origin", pattern="([A-Z0-9]{1,2})", expected="T1, T2, X"))
_OTHER: Final = Row(
    Cell(name="prepaid or collect", pattern="([PC])", expected="P or C"),
    Cell(
        name="other charge",
        pattern=rf"((?:[A-Z]{{2}}[AC]{AMOUNT})+)",
        expected="code, A or C and amount, e.g. MYC1250AWA50",
    ),
)
CENTURY: Final = 100


def _pairs(
    reading: Reading, segment: Segment, pattern: re.Pattern[str], field: str, expected: str
) -> list[re.Match[str]]:
    """Matches that follow each other to the end of each line.

    Raises:
        Malformed: names where the first one does not fit.
    """
    found: list[re.Match[str]] = []
    for line, start in segment.rows():
        at = start
        while at < len(line.text):
            match = pattern.match(line.text, at)
            if match is None and at > start and line.text[at:] == "/":
                reading.odd(
                    line, "slant-last", "a slant with nothing behind it", field=field, column=at + 1
                )
                break
            if match is None or line.text[match.end() : match.end() + 1] not in ("/", ""):
                raise bad(reading, line, at, field, expected)
            found.append(match)
            at = match.end()
    return found


def bad(reading: Reading, line: Line, at: int, field: str, expected: str) -> Malformed:
    """The fault for a field whose slant stands at ``at``."""
    text = line.text[at + 1 :].partition("/")[0]
    return reading.fault(
        line, f"not a right {field}", field=field, column=at + 2, found=text, expected=expected,
        code=f"bad-{field.replace(' ', '-').lower()}",
    )  # fmt: skip


def flights(reading: Reading, segment: Segment) -> tuple[FlightBooking, ...]:
    """FLT."""
    found = _pairs(reading, segment, _FLIGHT_DAY, "flight", "flight and day, e.g. CK261/23")
    if any(match[3] for match in found):
        reading.odd(
            segment.lines[0], "flight-month", "a day with its month, which was left out",
            field="FLT",
        )  # fmt: skip
    line = segment.lines[0]
    if not all(_DAY.fullmatch(match[2]) for match in found):
        reading.odd(line, "flight-day", "a day of one digit, or of no month", field="FLT")
    return tuple(FlightBooking(flight=flight_of(m, 1, reading, line), day=int(m[2])) for m in found)


def routing(reading: Reading, segment: Segment) -> tuple[Routing, ...]:
    """RTG."""
    found = _pairs(reading, segment, _LEG, "routing", "airport and carrier, e.g. FRACK")
    return tuple(Routing(airport=m[1], carrier=m[2] or "") for m in found)


def agent(reading: Reading, segment: Segment) -> Agent:
    """AGT."""
    line = segment.lines[0]
    found = _AGENT.read(reading, line, 3)
    if found[4] is not None and not (len(found[4]) == _PARTICIPANT and found[4].isalpha()):
        reading.odd(
            line, "participant", "not three letters", field="participant",
            column=found.start(4) + 1,
        )  # fmt: skip
    texts = ["", ""]
    for number, more in enumerate(segment.lines[1:]):
        if number == len(texts):
            reading.odd(more, "unknown-line", "a line too many", field="AGT")
            break
        texts[number] = (
            more.text[1:]
            if "/" in more.text[1:]
            else _AGENT_TEXTS[number].read(reading, more, 0)[1]
        )
    return Agent(
        account=found[1],
        iata_code=found[2],
        cass=found[3] or "",
        participant=found[4] or "",
        name=texts[0],
        place=texts[1],
    )


def accounting(reading: Reading, segment: Segment) -> tuple[Accounting, ...]:
    """ACC."""
    found = []
    for line, start in segment.rows():
        if _UNNAMED.match(line.text, start):
            reading.odd(
                line, "accounting-code", "no identifier before the text", field="ACC",
                column=start + 2,
            )  # fmt: skip
            text = _UNNAMED_TEXT.read(reading, line, start)[1]
            found.append(Accounting(identifier="", text=text))
            continue
        match = _ACCOUNTING.read(reading, line, start)
        found.append(Accounting(identifier=match[1], text=match[2]))
    return tuple(found)


def charge_declaration(reading: Reading, segment: Segment) -> ChargeDeclaration:
    """CVD."""
    line = segment.lines[0]
    if _DECLARATION.fits(line, 3):
        currency, code, *values = _DECLARATION.read(reading, line, 3).groups()
    elif SHORT_DECLARATION.fits(line, 3):
        reading.odd(line, "charge-code", "the field of the charge code is missing", field="CVD")
        currency, *values = SHORT_DECLARATION.read(reading, line, 3).groups()
        code = None
    elif _UNINSURED.fits(line, 3):
        reading.odd(line, "insurance-missing", "the amount of insurance is missing", field="CVD")
        currency, code, *values = (*_UNINSURED.read(reading, line, 3).groups(), "")
    else:
        currency, code, *values = _DECLARATION.read(reading, line, 3).groups()
    prepaid_collect, carriage, customs, insurance = values
    return ChargeDeclaration(
        currency=currency,
        charge_code=code,
        prepaid_collect=prepaid_collect,
        carriage=carriage,
        customs=customs,
        insurance=insurance,
    )


def other_charges(reading: Reading, segment: Segment) -> tuple[OtherCharges, ...]:
    """OTH."""
    lines = []
    for line, start in segment.rows():
        found = _OTHER.read(reading, line, start)
        charges = tuple(
            OtherCharge(code=m[1], entitlement=m[2], amount=Decimal(m[3]))
            for m in _CHARGE.finditer(found[2])
        )
        lines.append(OtherCharges(indicator=found[1], charges=charges))
    return tuple(lines)


def charge_totals(reading: Reading, segment: Segment) -> ChargeTotals:
    """PPD and COL."""
    lines = []
    for line, start in segment.rows():
        whole = _pairs(
            reading, Segment(line.text[:start], [line]), _TOTAL, "charge total", "e.g. WT1200"
        )
        lines.append(tuple((m[1], Decimal(m[2])) for m in whole))
    return ChargeTotals(lines=tuple(lines))


def certification(reading: Reading, segment: Segment) -> str:
    """CER."""
    line = segment.lines[0]
    return "" if line.text == "CER" else _CERTIFICATION.read(reading, line, 3)[1]


def issue(reading: Reading, segment: Segment) -> Issue:
    """ISU; the century is the one nearest to the reference."""
    line = segment.lines[0]
    found = _ISSUE.read(reading, line, 3)
    year, short = int(found[3]), len(found[3]) == len("yy")
    if not short or found[4] is None:
        message = "not ddMMMyy / place [/ signature]"
        reading.odd(line, "issue-form", message, field="ISU", column=5)
    if short:
        year += reading.near.year // CENTURY * CENTURY
        if year - reading.near.year > CENTURY // 2:
            year -= CENTURY
    try:
        day = date(year, MONTH[found[2]], int(found[1]))
    except ValueError:
        raise reading.fault(
            line, "no such date", field="date of issue", column=5,
            found=f"{found[1]}{found[2]}{found[3]}", expected="a day that exists",
            code="bad-date-of-issue",
        ) from None  # fmt: skip
    return Issue(date=day, place=found[4] or "", signature=found[5] or "")


def customs_origin(reading: Reading, segment: Segment) -> str:
    """COR."""
    return _ORIGIN.read(reading, segment.lines[0], 3)[1]


def special_handling(reading: Reading, segment: Segment) -> tuple[str, ...]:
    """SPH."""
    found = _pairs(reading, segment, _CODE, "special handling code", "three letters, e.g. EAP")
    return tuple(m[1] for m in found)


def texts(reading: Reading, segment: Segment) -> Texts:
    """Any other segment as lines of fields."""
    lines = []
    for line, start in segment.rows():
        fields = line.text[start:].split("/")
        if fields[0]:
            raise bad(reading, line, start - 1, segment.identifier, "a slant")
        lines.append(tuple(fields[1:]))
    return Texts(identifier=segment.identifier, lines=tuple(lines))
