"""Status codes of flight legs in two languages, and the status that times alone imply.

Codes are those met in AIDX ``OperationalStatus`` (code lists 9750 and 2005). Marked "seen" in real
messages or public profiles: LAN, DX, DV, NOP; the others follow the three-letter time qualifiers of
the same lists. The table is data: a code that is missing here is shown as it was sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from airport_brain.operations.domain import Direction, StatusLabel

LABELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "DX": ("取消", "Cancelled"),
        "CX": ("取消", "Cancelled"),
        "CNL": ("取消", "Cancelled"),
        "NOP": ("不执行", "Not operating"),
        "DV": ("备降", "Diverted"),
        "DIV": ("备降", "Diverted"),
        "RR": ("改航", "Rerouted"),
        "RTR": ("滑回", "Returned to stand"),
        "ATB": ("返航", "Air turn-back"),
        "DEL": ("延误", "Delayed"),
        "DLY": ("延误", "Delayed"),
        "SCH": ("计划", "Scheduled"),
        "EST": ("预计", "Estimated"),
        "ENR": ("飞行中", "En route"),
        "FNL": ("最后进近", "Final approach"),
        "LAN": ("已落地", "Landed"),
        "LND": ("已落地", "Landed"),
        "TDN": ("已落地", "Landed"),
        "ONB": ("已到位", "In block"),
        "IBK": ("已到位", "In block"),
        "FBG": ("首件行李", "First bag"),
        "LBG": ("末件行李", "Last bag"),
        "CHK": ("值机中", "Check-in open"),
        "CHC": ("值机关闭", "Check-in closed"),
        "GTO": ("登机口开放", "Gate open"),
        "BST": ("开始登机", "Boarding"),
        "BRD": ("登机中", "Boarding"),
        "FCT": ("最后登机", "Final call"),
        "BEN": ("登机结束", "Boarding completed"),
        "GCL": ("登机口关闭", "Gate closed"),
        "OFB": ("已推出", "Off block"),
        "TKO": ("已起飞", "Airborne"),
        "AIR": ("已起飞", "Airborne"),
        "AB": ("已起飞", "Airborne"),
        "DEP": ("已起飞", "Departed"),
    }
)
"""Code -> Chinese and English label."""

GRAVEST_FIRST = ("DX", "CX", "CNL", "NOP", "DV", "DIV", "ATB", "RTR", "RR")
"""Of several codes of one leg these are shown before all others, in this order."""

ARRIVAL_STEPS = (("ONB", "ONB"), ("TDN", "LAN"), ("ATO", "ENR"), ("TKO", "ENR"), ("OFB", "ENR"))
DEPARTURE_STEPS = (
    ("TKO", "DEP"),
    ("OFB", "OFB"),
    ("GCL", "GCL"),
    ("BEN", "BEN"),
    ("FCT", "FCT"),
    ("BST", "BST"),
    ("GTO", "GTO"),
)
"""Actual times that imply a status when none was sent, latest step first."""


def label(code: str, *, derived: bool = False) -> StatusLabel:
    """A code in words; an unknown code stands for itself.

    >>> label("LAN").zh, label("X9").en
    ('已落地', 'X9')
    """
    zh, en = LABELS.get(code.upper(), (code, code))
    return StatusLabel(code=code, zh=zh, en=en, derived=derived)


def stated(codes: Sequence[str]) -> StatusLabel | None:
    """The status to show of those that were sent; ``None`` when none was."""
    if not codes:
        return None
    ranked = {code: rank for rank, code in enumerate(GRAVEST_FIRST)}
    # Among ordinary codes the last sibling is the latest step.
    best = min(reversed(codes), key=lambda code: ranked.get(code.upper(), len(ranked)))
    return label(best)


def implied(direction: Direction, actual: frozenset[str], *, estimated: bool) -> StatusLabel:
    """The status that the events with an actual time imply."""
    steps = ARRIVAL_STEPS if direction is Direction.ARRIVAL else DEPARTURE_STEPS
    for event, code in steps:
        if event in actual:
            return label(code, derived=True)
    return label("EST" if estimated else "SCH", derived=True)
