"""Writes an FWB (see ``fwb``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from cargo_platform.formats import cimp
from cargo_platform.formats.cimp_parties import Party
from cargo_platform.formats.cimp_segments import customs_text, kept_after, text_lines
from cargo_platform.formats.cimp_values import MONTHS
from cargo_platform.formats.fwb_message import Agent, ChargeTotals, Message
from cargo_platform.formats.fwb_rates import rate_text

_ORDER: Final = (
    "FLT RTG SHP CNE AGT SSR NFY ACC CVD RTD OTH PPD COL CER ISU OSI CDC REF COR COI SII ARD SPH NOM"
    " SRI OPI OCI"
)
ORDER: Final = tuple(_ORDER.split())
"""The manual's order of segments."""


def encode(message: Message) -> bytes:
    """Text of a message, its segments in the order they came or in that of the manual."""
    lines = [f"FWB/{message.version}", message.consignment.text()]
    order = list(dict.fromkeys([*message.layout, *_missing(message.layout)]))
    lines += kept_after(message.unread, "")
    for identifier in order:
        lines += _segment(message, identifier)
        lines += kept_after(message.unread, identifier)
    return cimp.encoded(lines)


def _missing(layout: tuple[str, ...]) -> Iterable[str]:
    return (identifier for identifier in ORDER if identifier not in layout)


def _segment(message: Message, identifier: str) -> list[str]:
    writer = _WRITERS.get(identifier)
    if writer is not None:
        return writer(message)
    lines: list[str] = []
    for segment in message.further:
        if segment.identifier == identifier:
            rows = ["".join(f"/{field}" for field in line) for line in segment.lines]
            lines += [f"{'' if number else identifier}{row}" for number, row in enumerate(rows)]
    return lines


def _joined(identifier: str, fields: Iterable[str]) -> list[str]:
    joined = "".join(f"/{field}" for field in fields)
    return [identifier + joined] if joined else []


def _party(party: Party | None, identifier: str) -> list[str]:
    return party.lines(identifier) if party else []


def _agent(agent: Agent | None) -> list[str]:
    if agent is None:
        return []
    fields = [agent.account, agent.iata_code]
    if agent.cass or agent.participant:
        fields.append(agent.cass)
    if agent.participant:
        fields.append(agent.participant)
    head = "AGT/" + "/".join(fields)
    if agent.place:
        return [head, f"/{agent.name}", f"/{agent.place}"]
    return [head, f"/{agent.name}"] if agent.name else [head]


def _declaration(message: Message) -> list[str]:
    said = message.charge_declaration
    return [f"CVD/{said.text()}"] if said else []


def _other_charges(message: Message) -> list[str]:
    lines = []
    for number, group in enumerate(message.other_charges):
        charges = "".join(f"{c.code}{c.entitlement}{c.amount:f}" for c in group.charges)
        lines.append(f"{'' if number else 'OTH'}/{group.indicator}/{charges}")
    return lines


def _totals(totals: ChargeTotals | None, identifier: str) -> list[str]:
    if totals is None:
        return []
    rows = ["".join(f"/{code}{amount:f}" for code, amount in line) for line in totals.lines]
    return [f"{'' if number else identifier}{row}" for number, row in enumerate(rows)]


def _issue(message: Message) -> list[str]:
    said = message.issue
    if said is None:
        return []
    day = f"{said.date.day:02d}{MONTHS[said.date.month - 1]}{said.date.year % 100:02d}"
    return _joined("ISU", [day, said.place, *([said.signature] if said.signature else [])])


_WRITERS: Final[Mapping[str, Callable[[Message], list[str]]]] = MappingProxyType(
    {
        "FLT": lambda m: _joined("FLT", (f"{f.flight}/{f.day:02d}" for f in m.flights)),
        "RTG": lambda m: _joined("RTG", (leg.airport + leg.carrier for leg in m.routing)),
        "SHP": lambda m: _party(m.shipper, "SHP"),
        "CNE": lambda m: _party(m.consignee, "CNE"),
        "NFY": lambda m: _party(m.notify, "NFY"),
        "AGT": lambda m: _agent(m.agent),
        "SSR": lambda m: text_lines("SSR", m.special_service),
        "OSI": lambda m: text_lines("OSI", m.other_service),
        "ACC": lambda m: text_lines("ACC", (f"{a.identifier}/{a.text}" for a in m.accounting)),
        "CVD": _declaration,
        "RTD": lambda m: rate_text(m.rates),
        "OTH": _other_charges,
        "PPD": lambda m: _totals(m.prepaid, "PPD"),
        "COL": lambda m: _totals(m.collect, "COL"),
        "CER": lambda m: _joined("CER", filter(None, [m.certification])),
        "ISU": _issue,
        "COR": lambda m: _joined("COR", filter(None, [m.customs_origin])),
        "SPH": lambda m: _joined("SPH", m.special_handling),
        "OCI": lambda m: customs_text(m.customs),
    }
)
