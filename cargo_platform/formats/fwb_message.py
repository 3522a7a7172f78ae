"""What an FWB says: an air waybill (see ``fwb``). Amounts are ``Decimal`` in the waybill's currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from cargo_platform.formats.cimp_parties import Party
from cargo_platform.formats.cimp_segments import CustomsLine, Dimensions, Unread
from cargo_platform.formats.cimp_values import Consignment
from service_bus import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightBooking:
    """A flight and its day of the month (FLT)."""

    flight: str
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """An airport to go to and the carrier to it (RTG)."""

    airport: str
    carrier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """The issuing agent (AGT): account, IATA code, CASS address, participant identifier."""

    account: str = ""
    iata_code: str = ""
    cass: str = ""
    participant: str = ""
    name: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """A line of accounting information (ACC)."""

    identifier: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeDeclaration:
    """Charge declarations (CVD).

    Attributes:
        charge_code: ``None`` when its field is not there.
        prepaid_collect: P or C for weight and valuation charges, then for other charges.
        carriage: declared value or ``NVD``; customs: or ``NCV``; insurance: or ``XXX``.
    """

    currency: str
    charge_code: str | None = None
    prepaid_collect: str
    carriage: str
    customs: str
    insurance: str

    def text(self) -> str:
        """As it is written."""
        code = [] if self.charge_code is None else [self.charge_code]
        values = [self.prepaid_collect, self.carriage, self.customs, self.insurance]
        return "/".join([self.currency, *code, *values])


@dataclass(frozen=True, slots=True, kw_only=True)
class RateDetail:
    """A detail of a rate line.

    Attributes:
        number: running number of its line, ``None`` when it has none.
        kind: NG goods, NC consolidation, ND dimensions, NV volume, NU ULD, NS shipper's load and
            count, NH harmonised code, NO country of origin.
        text: what stands behind the kind, with its slant.
        dimensions: of ND.
    """

    number: int | None
    kind: str
    text: str
    dimensions: Dimensions | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLine:
    """A rate line (RTD).

    Attributes:
        number: running number of its line.
        pieces: or the rate combination point.
        gross: gross weight in ``weight_unit`` (K, L).
        item: commodity item or percentage, as written behind ``S``.
    """

    number: int
    pieces: int | None = None
    rate_point: str = ""
    weight_unit: str = ""
    gross: Decimal | None = None
    rate_class: str = ""
    item: str = ""
    chargeable: Decimal | None = None
    rate: Decimal | None = None
    total: Decimal | None = None
    details: tuple[RateDetail, ...] = ()

    @property
    def goods(self) -> str:
        """Nature of the goods: the chunks of NG and NC, a full one joined without a blank."""
        text = last = ""
        for detail in self.details:
            if detail.kind in ("NG", "NC"):
                chunk = detail.text.removeprefix("/")
                text += chunk if not text or len(last) == FULL_CHUNK else f" {chunk}"
                last = chunk
        return text


FULL_CHUNK = 20
"""Characters of a goods line; one that is full was cut, perhaps in the middle of a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCharge:
    """Another charge: its code, who is entitled to it (A agent, C carrier), the amount."""

    code: str
    entitlement: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCharges:
    """A line of other charges (OTH), prepaid (P) or collect (C)."""

    indicator: str
    charges: tuple[OtherCharge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeTotals:
    """Totals of prepaid (PPD) or collect (COL) charges.

    Attributes:
        lines: per line, codes with amounts: WT weight, VC valuation, TX taxes, OA due agent, OC due
            carrier, CT total.
    """

    lines: tuple[tuple[tuple[str, Decimal], ...], ...]

    def amount(self, code: str) -> Decimal | None:
        """The amount of a code."""
        return next((a for line in self.lines for c, a in line if c == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """When, where and by whom the waybill was issued (ISU)."""

    date: dt.date
    place: str
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A segment read as lines of fields: CDC, REF, COI, SII, ARD, NOM, SRI, OPI."""

    identifier: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An air waybill.

    Attributes:
        layout: identifiers in the order they came; a message is written in that order.
        special_handling: codes of SPH.
        further: CDC, REF, COI, SII, ARD, NOM, SRI and OPI as lines of fields.
    """

    version: int
    consignment: Consignment
    flights: tuple[FlightBooking, ...] = ()
    routing: tuple[Routing, ...] = ()
    shipper: Party | None = None
    consignee: Party | None = None
    notify: Party | None = None
    agent: Agent | None = None
    special_service: tuple[str, ...] = ()
    other_service: tuple[str, ...] = ()
    accounting: tuple[Accounting, ...] = ()
    charge_declaration: ChargeDeclaration | None = None
    rates: tuple[RateLine, ...] = ()
    other_charges: tuple[OtherCharges, ...] = ()
    prepaid: ChargeTotals | None = None
    collect: ChargeTotals | None = None
    certification: str = ""
    issue: Issue | None = None
    customs_origin: str = ""
    special_handling: tuple[str, ...] = ()
    customs: tuple[CustomsLine, ...] = ()
    further: tuple[Texts, ...] = ()
    unread: tuple[Unread, ...] = ()
    layout: tuple[str, ...] = field(default=(), compare=False, repr=False)
    envelope: tuple[str, ...] = field(default=(), compare=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)
