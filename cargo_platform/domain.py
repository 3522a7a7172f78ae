"""Shipments and their milestones. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Wording:
    """A status in both languages, in our own words."""

    zh: str
    en: str


STATUS: Mapping[str, Wording] = MappingProxyType(
    {
        "BKD": Wording("已订舱", "Booked on a flight"),
        "DOC": Wording("单证已收", "Documents received"),
        "FOH": Wording("货物已到货站", "Freight on hand"),
        "DPU": Wording("已上门提货", "Picked up from the shipper"),
        "RCS": Wording("已收运", "Ready for carriage"),
        "PRE": Wording("已配载", "Planned for loading"),
        "MAN": Wording("已列入舱单", "Manifested"),
        "FOW": Wording("已出库装机", "Out of the warehouse"),
        "DEP": Wording("已起飞", "Departed"),
        "TRM": Wording("待转运", "To be transferred"),
        "TFD": Wording("已转交承运人", "Transferred to another carrier"),
        "RCT": Wording("已接收转运", "Received from another carrier"),
        "ARR": Wording("已到达", "Arrived"),
        "FIW": Wording("已入库", "In the warehouse"),
        "RCF": Wording("进港理货完成", "Received from the flight"),
        "AWR": Wording("到港单证已收", "Arrival documents received"),
        "NFD": Wording("已通知提货", "Consignee notified"),
        "AWD": Wording("单证已交付", "Documents delivered"),
        "CRC": Wording("已向海关申报", "Reported to customs"),
        "CCD": Wording("海关已放行", "Cleared by customs"),
        "TGC": Wording("移交海关", "Transferred to customs"),
        "DLV": Wording("已交付", "Delivered"),
        "DDL": Wording("已送货上门", "Delivered to the door"),
        "DIS": Wording("异常", "Discrepancy"),
    }
)

DISCREPANCY: Mapping[str, Wording] = MappingProxyType(
    {
        "FDCA": Wording("找到货物", "cargo found"),
        "MSCA": Wording("货物缺失", "cargo missing"),
        "FDAW": Wording("找到运单", "air waybill found"),
        "MSAW": Wording("运单缺失", "air waybill missing"),
        "FDAV": Wording("找到邮件单", "mail document found"),
        "MSAV": Wording("邮件单缺失", "mail document missing"),
        "FDMB": Wording("找到邮袋", "mail bag found"),
        "MSMB": Wording("邮袋缺失", "mail bag missing"),
        "OFLD": Wording("拉货", "offloaded"),
        "OVCD": Wording("漏卸", "overcarried"),
        "SSPD": Wording("短装", "short shipped"),
        "DFLD": Wording("确认装机", "definitely loaded"),
    }
)

STAGES: tuple[tuple[str, Wording, frozenset[str]], ...] = (
    ("booked", Wording("订舱", "Booked"), frozenset({"BKD"})),
    ("received", Wording("收运", "Received"), frozenset({"RCS", "FOH", "RCT"})),
    ("departed", Wording("起飞", "Departed"), frozenset({"DEP"})),
    ("arrived", Wording("到达", "Arrived"), frozenset({"ARR", "RCF", "FIW"})),
    ("notified", Wording("通知", "Notified"), frozenset({"NFD", "AWD"})),
    ("delivered", Wording("交付", "Delivered"), frozenset({"DLV", "DDL"})),
)
"""The line that a stranger sees: stage, wording, and the statuses that reach it."""

_COURSE = (
    "BKD DOC FOH DPU RCS CRC PRE MAN FOW DEP TRM TFD RCT ARR FIW RCF AWR TGC CCD NFD AWD DLV DDL"
)
ORDER: Mapping[str, int] = MappingProxyType({c: rank for rank, c in enumerate(_COURSE.split())})
"""Order of events at one moment, and how far a shipment has come; DIS moves nothing on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One reported status of a shipment.

    Attributes:
        local: station-local, naive; the day only when ``has_time`` is false. Of a planned flight
            (BKD, PRE, MAN) its day or scheduled departure, of DEP the actual one when reported.
        utc: the same moment, when the station's zone is known.
        part: fewer pieces than the shipment has.
        discrepancy: code of a DIS.
        sender: feed it came from; ``message_id`` names the original.
    """

    code: str
    station: str
    local: datetime
    has_time: bool
    utc: datetime | None
    to: str
    flight: str
    pieces: int
    weight_kg: Decimal | None
    part: bool
    discrepancy: str
    received: datetime
    sender: str
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """What is known of an air waybill.

    Attributes:
        pieces: of the whole shipment, as far as known.
    """

    awb: str
    origin: str
    destination: str
    pieces: int | None
    weight_kg: Decimal | None
    updated: datetime
