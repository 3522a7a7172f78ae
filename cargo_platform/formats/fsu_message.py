"""What an FSU or FSA says: a consignment and the statuses reported of it (see ``fsu``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cargo_platform.formats.cimp_values import Consignment, Quantity, TimeInformation
from service_bus import Notice

FLIGHT_LEG: Final = frozenset({"BKD", "PRE", "MAN", "DEP"})
FLIGHT_EVENT: Final = frozenset({"ARR", "RCF", "AWR", "FIW", "FOW"})
PLACE_EVENT: Final = frozenset(
    {"RCS", "FOH", "DPU", "NFD", "AWD", "DLV", "DDL", "CCD", "TGC", "DOC", "CRC"}
)
TRANSFER: Final = frozenset({"TFD", "TRM", "RCT"})
STATUSES: Final = FLIGHT_LEG | FLIGHT_EVENT | PLACE_EVENT | TRANSFER | {"DIS"}

DISCREPANCIES: Final = frozenset(
    ["FDCA", "MSCA", "FDAW", "MSAW", "FDAV", "MSAV", "FDMB", "MSMB", "OFLD", "OVCD", "SSPD", "DFLD"]
)

UNREAD: Final = "?"
"""Mark of an unknown line in a layout."""
ALONGSIDE: Final = "="
"""Mark of the other side of a transfer on the line of the status itself, in a layout."""
SLANT_GOES: Final = frozenset({"AWR", "FIW", "FOW"})
"""Statuses whose flight, when it is missing, takes its slant along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One status block.

    Attributes:
        local: when it happened, station-local and naive; midnight when only a day was given. Of BKD,
            PRE, MAN and DEP it is the day of the flight, and the times say the rest.
        has_time: a time of day was given.
        station: where it happened: the airport, or the departure of a from-to.
        to: arrival airport of BKD, PRE, MAN, DEP.
        flight: as written; also the flight that a CRC names, with ``flight_day`` and ``from_station``.
        discrepancy: code of DIS.
        carrier: first carrier of a transfer; ``other_carrier`` from the line after it.
        manifest: transfer manifest number.
        name: who was told, who delivered or received.
        ulds: with loading indicator, as written.
        other_service: OSI lines; ``customs``: OCI lines; both without identifier and first slant.
        unread: lines of an unknown kind.
        layout: kinds of the lines behind it in the order they came; written again in that order.
        line: number of its line in the message.
    """

    code: str
    local: datetime
    has_time: bool
    station: str
    to: str = ""
    flight: str = ""
    flight_day: datetime | None = None
    from_station: str = ""
    quantity: Quantity
    discrepancy: str = ""
    carrier: str = ""
    other_carrier: str = ""
    manifest: str = ""
    name: str = ""
    departure_time: TimeInformation | None = None
    arrival_time: TimeInformation | None = None
    volume: str = ""
    ulds: tuple[str, ...] = ()
    other_service: tuple[str, ...] = ()
    customs: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    layout: tuple[str, ...] = field(default=(), compare=False, repr=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A status message: FSU or FSA."""

    type: str
    version: int
    consignment: Consignment
    statuses: tuple[Status, ...]
    envelope: tuple[str, ...] = field(default=(), compare=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)
